// Small helpers around the elements of the page.

export const $ = (id) => document.getElementById(id);

/** An element with its attributes and children; text goes in as text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const pressed = (button) => button.getAttribute("aria-pressed") === "true";
export const press = (button, on) => button.setAttribute("aria-pressed", String(on));
