// What the drawing knows of APL: exactly what our documents use. Anything else is an error on the page.

const BOX = [
  "type", "when", "style", "bind", "width", "height", "grow", "shrink", "spacing", "alignSelf", "padding",
  "paddingLeft", "paddingTop", "paddingRight", "paddingBottom", "accessibilityLabel", "role", "inheritParentState",
];
const HOLDS = ["item", "items", "data"];

export const COMPONENTS = {
  Container: [...BOX, ...HOLDS, "direction", "justifyContent", "alignItems", "wrap"],
  Frame: [...BOX, "item", "items", "backgroundColor", "borderColor", "borderWidth", "borderRadius"],
  ScrollView: [...BOX, "item", "items"],
  TouchWrapper: [...BOX, "item", "items", "onPress"],
  Text: [
    ...BOX, "text", "color", "fontSize", "fontFamily", "fontWeight", "lineHeight", "maxLines", "textAlign",
    "textAlignVertical",
  ],
  VectorGraphic: [...BOX, "source", "scale"],
};
export const PARTS = {
  directive: ["type", "token", "document", "datasources"],
  document: [
    "type", "version", "theme", "background", "resources", "styles", "layouts", "graphics", "mainTemplate",
  ],
  mainTemplate: ["parameters", "items", "item"],
  resources: ["when", "description", "dimensions"],
  style: ["extend", "values", "description"],
  layout: ["parameters", "item", "items", "description"],
  graphic: ["type", "version", "width", "height", "items", "description"],
  path: [
    "type", "pathData", "fill", "stroke", "strokeWidth", "strokeLineCap", "strokeLineJoin",
  ],
  SendEvent: ["type", "arguments"],
};
export const VALUES = {
  direction: { row: "row", column: "column" },
  justifyContent: {
    start: "flex-start", end: "flex-end", center: "center", spaceBetween: "space-between",
  },
  alignItems: { start: "flex-start", end: "flex-end", center: "center", stretch: "stretch" },
  wrap: { noWrap: "nowrap", wrap: "wrap" },
  textAlign: { left: "left", center: "center", right: "right", auto: "start" },
  textAlignVertical: { auto: "flex-start", top: "flex-start", center: "center", bottom: "flex-end" },
  scale: { "best-fit": "xMidYMid meet" },
  role: { none: null, button: "button", header: "heading", image: "img", progressbar: "progressbar" },
  fontFamily: { "amazon-ember-display": "inherit", "sans-serif": "inherit" },
};

/** Raises for a key that is not in the list. */
export function only(part, known, where) {
  const strange = Object.keys(part).filter((key) => !known.includes(key));
  if (strange.length) throw new Error(`${where}: ${strange.join(", ")} cannot be drawn`);
}

/** The CSS for one of APL's words; raises for a word that is not known. */
export function word(property, value) {
  const words = VALUES[property];
  if (!Object.hasOwn(words, value)) throw new Error(`${property}: ${value} cannot be drawn`);
  return words[value];
}
