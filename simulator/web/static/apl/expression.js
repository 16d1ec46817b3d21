// The expressions of APL's data binding, as far as our documents use them: paths, literals, arithmetic,
// comparisons, && || ! and one choice. What is not understood raises; nothing is guessed.

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|"([^"]*)"|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[-+*/%<>!?:().[\]]))/y;
const WHOLE = /^\$\{([^}]*)\}$/;
const PIECE = /\$\{([^}]*)\}/g;
const LITERALS = { true: true, false: false, null: null };
const LAYERS = [["||"], ["&&"], ["==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];
const ACTS = {
  "==": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b, ">": (a, b) => a > b,
  "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "+": (a, b) => a + b, "-": (a, b) => a - b,
  "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b,
  "&&": (a, b) => a && b, "||": (a, b) => a || b,
};

/** A value with every expression in it worked out; one that is an expression alone keeps its type. */
export function bound(value, scope) {
  if (Array.isArray(value)) return value.map((each) => bound(each, scope));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bound(each, scope)]));
  }
  if (typeof value !== "string") return value;
  const whole = WHOLE.exec(value);
  if (whole) return evaluate(whole[1], scope);
  return value.replace(PIECE, (_, expression) => evaluate(expression, scope) ?? "");
}

function evaluate(expression, scope) {
  const tokens = read(expression);
  let at = 0;
  const next = (sign) => tokens[at]?.sign === sign && ++at > 0;
  const need = (sign) => {
    if (!next(sign)) throw new Error(`expression \${${expression}}: ${sign} is expected`);
  };

  function choice() {
    const condition = layer(0);
    if (!next("?")) return condition;
    const yes = choice();
    need(":");
    const no = choice();
    return condition ? yes : no;
  }
  function layer(depth) {
    if (depth === LAYERS.length) return unary();
    let left = layer(depth + 1);
    for (let sign; (sign = LAYERS[depth].find(next)); ) left = ACTS[sign](left, layer(depth + 1));
    return left;
  }
  function unary() {
    if (next("!")) return !unary();
    if (next("-")) return -unary();
    return path(atom());
  }
  function atom() {
    if (next("(")) {
      const inner = choice();
      need(")");
      return inner;
    }
    const token = tokens[at++];
    if (token && "value" in token) return token.value;
    if (!token?.name) throw new Error(`expression \${${expression}} ends too early`);
    if (token.name in LITERALS) return LITERALS[token.name];
    if (!(token.name in scope)) throw new Error(`expression \${${expression}}: ${token.name} is not known`);
    return scope[token.name];
  }
  function path(value) {
    for (;;) {
      if (next(".")) value = step(value, tokens[at++]?.name);
      else if (next("[")) {
        value = step(value, choice());
        need("]");
      } else return value;
    }
  }

  const result = choice();
  if (at < tokens.length) throw new Error(`expression \${${expression}}: what comes after ${at} parts is not known`);
  return result;
}

/** What a value holds under a key; nothing where it holds none, as on a device. */
function step(value, key) {
  return value !== null && typeof value === "object" && Object.hasOwn(value, key) ? value[key] : null;
}

function read(expression) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (expression.slice(TOKEN.lastIndex).trim()) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(expression);
    if (!found) throw new Error(`expression \${${expression}}: ${expression.slice(from).trim()} is not known`);
    const [, number, single, double, name, sign] = found;
    if (number !== undefined) tokens.push({ value: Number(number) });
    else if (single !== undefined || double !== undefined) tokens.push({ value: single ?? double });
    else tokens.push(name ? { name } : { sign });
  }
  return tokens;
}
