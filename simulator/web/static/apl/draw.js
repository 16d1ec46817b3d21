// Draws the components of an APL document as elements of the page, in dp; the caller scales them.

import { PARTS, only, word } from "./known.js";
import { inflate } from "./inflate.js";

const SVG = "http://www.w3.org/2000/svg";
const EMPTY = 20; // dp that may stand below the last line
const SIDES = ["Left", "Top", "Right", "Bottom"];
const SIZES = { width: "width", height: "height", fontSize: "fontSize", borderRadius: "borderRadius" };
const PLAIN = {
  color: "color", fontWeight: "fontWeight", lineHeight: "lineHeight", grow: "flexGrow", shrink: "flexShrink",
  backgroundColor: "backgroundColor",
};

/** What a directive shows on a viewport: its element, and what of it could not be drawn. */
export function draw(directive, viewport, touch) {
  const problems = [];
  const screen = document.createElement("div");
  screen.className = "apl";
  screen.style.width = `${viewport.width}px`;
  screen.style.height = `${viewport.height}px`;
  try {
    const { document: shown, root } = inflate(directive, viewport, problems);
    screen.style.background = shown.background ?? "black";
    screen.style.setProperty("--ground", screen.style.background);
    const painter = { graphics: shown.graphics ?? {}, viewport, touch, problems };
    if (root) screen.append(element(painter, root, { direction: "column", first: true, button: null }));
  } catch (error) {
    problems.push(error.message);
  }
  return { screen, problems };
}

function element(painter, component, around) {
  if (component.type === "Problem") return problem(component.message);
  try {
    return drawn(painter, component, around);
  } catch (error) {
    painter.problems.push(`${component.where}: ${error.message}`);
    return problem(error.message);
  }
}

function drawn(painter, component, around) {
  const own = component.at({});
  const touched = component.type === "TouchWrapper";
  const box = document.createElement(touched ? "button" : around.button ? "span" : "div");
  const button = touched ? { box, restyle: [] } : around.button;
  const paint = (state) => Object.assign(box.style, css(component.at(state), component.type, painter.viewport, around));
  paint({});
  if (button && own.inheritParentState) button.restyle.push(paint);
  named(box, own, component.type);
  let first = true;
  for (const child of component.children) {
    box.append(element(painter, child, { direction: own.direction ?? "column", first, button }));
    first = false;
  }
  if (component.type === "Text") box.append(text(own));
  if (component.type === "VectorGraphic") box.append(graphic(painter, own));
  if (touched) wire(button, component.press, painter.touch, own.accessibilityLabel ?? box.textContent);
  return box;
}

/** A target answers to a click, Enter and Space, and its styles to focus and pressing. */
function wire({ box, restyle }, press, touch, label) {
  const state = { focused: false, pressed: false };
  const set = (change) => {
    Object.assign(state, change);
    restyle.forEach((paint) => paint(state));
  };
  box.type = "button";
  box.addEventListener("focus", () => set({ focused: box.matches(":focus-visible") }));
  box.addEventListener("blur", () => set({ focused: false, pressed: false }));
  box.addEventListener("pointerdown", () => set({ pressed: true }));
  for (const over of ["pointerup", "pointercancel", "pointerleave"]) {
    box.addEventListener(over, () => set({ pressed: false }));
  }
  box.addEventListener("click", () => press.forEach((sent) => touch(sent, label)));
}

function named(box, own, type) {
  const role = word("role", own.role ?? "none");
  if (role && type !== "TouchWrapper" && type !== "VectorGraphic") box.setAttribute("role", role);
  if (role === "heading") box.setAttribute("aria-level", "3");
  if (type === "ScrollView") {
    box.tabIndex = 0; // it scrolls, so the keyboard must reach it
    box.setAttribute("role", "group");
    box.classList.add("apl-scroll");
    hint(box);
  }
  if (own.accessibilityLabel && type !== "VectorGraphic") box.setAttribute("aria-label", own.accessibilityLabel);
}

/** Marks what scrolls while more stands below, so that a line at the edge does not look like the last. */
function hint(box) {
  const below = () => box.scrollHeight - box.clientHeight - box.scrollTop;
  const mark = () => box.classList.toggle("apl-more", below() > EMPTY);
  box.addEventListener("scroll", mark);
  new ResizeObserver(mark).observe(box);
}

function css(own, type, viewport, around) {
  const size = (value) => length(value, viewport);
  const style = { flexShrink: "0" };
  for (const [key, name] of Object.entries(SIZES)) if (key in own) style[name] = size(own[key]);
  for (const [key, name] of Object.entries(PLAIN)) if (key in own) style[name] = String(own[key]);
  if ("fontFamily" in own) style.fontFamily = word("fontFamily", own.fontFamily);
  if ("alignSelf" in own) style.alignSelf = word("alignItems", own.alignSelf);
  if ("spacing" in own && !around.first) {
    style[around.direction === "row" ? "marginLeft" : "marginTop"] = size(own.spacing);
  }
  const padding = Array.isArray(own.padding) ? own.padding : Array(4).fill(own.padding ?? 0);
  SIDES.forEach((side, at) => (style[`padding${side}`] = size(own[`padding${side}`] ?? padding[at])));
  if ("borderWidth" in own) style.border = `${size(own.borderWidth)} solid ${own.borderColor ?? "transparent"}`;
  if (type === "ScrollView") style.overflowY = "auto";
  if (type === "Container") {
    style.flexDirection = word("direction", own.direction ?? "column");
    style.justifyContent = word("justifyContent", own.justifyContent ?? "start");
    style.alignItems = word("alignItems", own.alignItems ?? "stretch");
    style.flexWrap = word("wrap", own.wrap ?? "noWrap");
  }
  if (type === "Text") {
    style.justifyContent = word("textAlignVertical", own.textAlignVertical ?? "auto");
    style.textAlign = word("textAlign", own.textAlign ?? "auto");
  }
  return style;
}

function length(value, viewport) {
  if (typeof value === "number") return `${value}px`;
  const found = /^(\d+(?:\.\d+)?)(vh|vw|dp|%)?$/.exec(value);
  if (value === "auto") return "auto";
  if (!found) throw new Error(`the size ${value} cannot be drawn`);
  const [, number, unit] = found;
  if (unit === "%") return value;
  const per = { vh: viewport.height / 100, vw: viewport.width / 100 }[unit] ?? 1;
  return `${Number(number) * per}px`;
}

function text(own) {
  const words = document.createElement("span");
  const said = String(own.text ?? "");
  if (/<\/?[a-z]/i.test(said)) throw new Error("text with markup cannot be drawn");
  words.className = "apl-text";
  words.textContent = said;
  if (own.maxLines) {
    words.classList.add("apl-clamped");
    words.style.webkitLineClamp = String(own.maxLines);
  }
  return words;
}

function graphic({ graphics }, own) {
  const source = graphics[own.source];
  if (!source) throw new Error(`there is no graphic ${own.source}`);
  only(source, PARTS.graphic, own.source);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${source.width} ${source.height}`);
  svg.setAttribute("preserveAspectRatio", word("scale", own.scale ?? "best-fit"));
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", own.accessibilityLabel ?? own.source);
  for (const item of source.items) {
    if (item.type !== "path") throw new Error(`${own.source}: ${item.type} cannot be drawn`);
    only(item, PARTS.path, own.source);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", item.pathData);
    path.setAttribute("fill", item.fill ?? "transparent");
    path.setAttribute("stroke", item.stroke ?? "transparent");
    path.setAttribute("stroke-width", item.strokeWidth ?? 1);
    path.setAttribute("stroke-linecap", item.strokeLineCap ?? "butt");
    path.setAttribute("stroke-linejoin", item.strokeLineJoin ?? "miter");
    svg.append(path);
  }
  return svg;
}

function problem(message) {
  const box = document.createElement("span");
  box.className = "apl-problem";
  box.textContent = message;
  return box;
}

