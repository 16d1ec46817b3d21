// From an APL document and its data to the components that a device shows, every property worked out.

import { bound } from "./expression.js";
import { COMPONENTS, PARTS, only } from "./known.js";

const AT_REST = { focused: false, pressed: false, disabled: false, checked: false, karaoke: false };
const NO_PROPERTY = new Set(["item", "items", "data", "when", "style", "bind", "onPress"]);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/**
 * The outermost component: `{type, at(state), press, children}`. `at` gives its properties in a state such as
 * `{focused: true}`. What cannot be drawn goes to `problems`, and a component `Problem` stands in its place.
 */
export function inflate(directive, viewport, problems) {
  const { document, datasources } = directive;
  only(directive, PARTS.directive, "directive");
  only(document, PARTS.document, "document");
  only(document.mainTemplate, PARTS.mainTemplate, "mainTemplate");
  const parameters = list(document.mainTemplate.parameters);
  // One parameter is given all the data; it is how every document of ours is written.
  if (parameters.length !== 1) throw new Error("mainTemplate: exactly one parameter can be drawn");
  const scope = { viewport, state: AT_REST, [parameters[0]]: datasources };
  const sizes = resources(document, scope);
  const items = list(document.mainTemplate.items ?? document.mainTemplate.item);
  return { document, root: open({ document, sizes, problems }, items[0], scope, "mainTemplate")[0] };
}

function resources(document, scope) {
  const found = {};
  for (const block of list(document.resources)) {
    only(block, PARTS.resources, "resources");
    if (bound(block.when ?? true, scope)) Object.assign(found, block.dimensions);
  }
  return found;
}

/** A component as a list: none where its condition does not hold. */
function open(all, component, scope, place) {
  const where = `${place} > ${component.type}`;
  try {
    if (!bound(component.when ?? true, scope)) return [];
    const layout = all.document.layouts?.[component.type];
    return layout ? opened(all, component, layout, scope, where) : [made(all, component, scope, where)];
  } catch (error) {
    all.problems.push(`${where}: ${error.message}`);
    return [{ type: "Problem", message: error.message, children: [] }];
  }
}

function opened(all, component, layout, scope, where) {
  only(layout, PARTS.layout, where);
  const inside = { ...scope };
  const names = list(layout.parameters).map((each) => (typeof each === "string" ? { name: each } : each));
  for (const { name, default: otherwise } of names) {
    inside[name] = bound(component[name] ?? otherwise ?? null, scope);
  }
  const given = new Set(["type", "when", ...names.map(({ name }) => name)]);
  const passed = Object.fromEntries(
    Object.entries(component)
      .filter(([key]) => !given.has(key))
      .map(([key, value]) => [key, bound(value, scope)]),
  );
  const [item] = list(layout.items ?? layout.item);
  return open(all, { ...item, ...passed }, inside, where);
}

function made(all, component, outside, where) {
  const known = COMPONENTS[component.type];
  if (!known) throw new Error("this component cannot be drawn");
  only(component, known, where);
  const scope = { ...outside };
  for (const { name, value } of list(component.bind)) scope[name] = bound(value, scope);
  const properties = (state) => {
    const here = { ...scope, state: { ...AT_REST, ...state } };
    const styled = component.style === undefined ? {} : style(all, bound(component.style, here), here);
    const own = Object.fromEntries(
      Object.entries({ ...styled, ...component })
        .filter(([key]) => !NO_PROPERTY.has(key))
        .map(([key, value]) => [key, looked(all, bound(value, here))]),
    );
    only(own, known, `${where}, style ${component.style}`);
    return own;
  };
  properties({}); // what is wrong is wrong here, not at the first touch
  return {
    type: component.type,
    where,
    at: properties,
    press: list(component.onPress).map((command) => sent(bound(command, scope))),
    children: children(all, component, scope, where),
  };
}

function children(all, component, scope, where) {
  const items = list(component.items ?? component.item);
  if (component.data === undefined) return items.flatMap((item) => open(all, item, scope, where));
  const data = bound(component.data, scope);
  if (!Array.isArray(data)) throw new Error("data is no list");
  return data.flatMap((each, index) => {
    const here = { ...scope, data: each, index, length: data.length };
    const fitting = items.find((item) => bound(item.when ?? true, here));
    return fitting ? open(all, fitting, here, where) : [];
  });
}

function sent(command) {
  const known = PARTS[command.type];
  if (command.type !== "SendEvent") throw new Error(`onPress: ${command.type} cannot be done`);
  only(command, known, "onPress");
  return command.arguments;
}

function style(all, name, scope) {
  const found = all.document.styles?.[name];
  if (!found) throw new Error(`there is no style ${name}`);
  only(found, PARTS.style, `style ${name}`);
  const result = Object.assign({}, ...list(found.extend).map((each) => style(all, each, scope)));
  for (const { when = true, ...values } of list(found.values)) {
    if (bound(when, scope)) Object.assign(result, values);
  }
  return result;
}

/** A dimension that has a name is looked up. */
function looked(all, value) {
  if (typeof value !== "string" || !value.startsWith("@")) return value;
  if (!(value.slice(1) in all.sizes)) throw new Error(`there is no dimension ${value}`);
  return all.sizes[value.slice(1)];
}
