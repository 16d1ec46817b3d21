"""Draws an APL document as a web page, for a person to look at. Only what our documents use is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import islice
from typing import Any

from simulator.web.devices import Kind
from tools.screens.apl_binding import bound, dp, resources, styled

_JUSTIFY = {"start": "flex-start", "end": "flex-end", "center": "center", "spaceBetween": "space-between"}
_ALIGN = {"start": "flex-start", "end": "flex-end", "center": "center", "stretch": "stretch"}
_SIDES = ("Left", "Top", "Right", "Bottom")
_SIZES = {"width": "width", "height": "height", "fontSize": "font-size", "borderRadius": "border-radius"}
_PLAIN = {
    "color": "color", "fontWeight": "font-weight", "lineHeight": "line-height", "textAlign": "text-align",
    "grow": "flex-grow", "shrink": "flex-shrink", "backgroundColor": "background-color",
}  # fmt: skip

Json = Mapping[str, Any]
Found = tuple[dict[str, Any], list["Found"]]
"""A component with every property worked out, and its children."""


def inflate(directive: Json, viewport: Kind) -> Found:
    """The components that a device of this kind would show, from the outermost one in."""
    document, data = directive["document"], directive["datasources"]
    scope = {"viewport": viewport, "payload": data, "state": {}}
    sized = {**scope, "@": resources(document, scope)}
    return next(_inflate(document, document["mainTemplate"]["items"][0], sized))


def components(found: Found) -> Iterator[dict[str, Any]]:
    """A component and all inside it."""
    yield found[0]
    for child in found[1]:
        yield from components(child)


def page(directive: Json, viewport: Kind) -> str:
    """The screen as HTML, as wide and high as the device."""
    document = directive["document"]
    body = _html(inflate(directive, viewport), document.get("graphics", {}), viewport, "column")
    clip = "border-radius:50%;" if viewport.shape == "round" else ""
    size = f"width:{viewport.width}px;height:{viewport.height}px"
    return (
        "<!doctype html><meta charset=utf-8><style>*{box-sizing:border-box;margin:0}"
        "body{font-family:'Bookerly Display','DejaVu Sans',sans-serif}div{display:flex;flex-direction:column;"
        "position:relative;min-width:0}</style>"
        f"<div style='{size};{clip}overflow:hidden;background:{document['background']}'>{body}</div>"
    )


def _inflate(document: Json, component: Json, scope: Json) -> Iterator[Found]:
    if not bound(component.get("when", True), scope):
        return
    layout = document["layouts"].get(component["type"])
    if layout is not None:
        given = {name: bound(component.get(name), scope) for name in layout["parameters"]}
        kept = {key: value for key, value in component.items() if key not in {*given, "type", "when"}}
        yield from _inflate(document, {**layout["item"], **kept}, {**scope, **given})
        return
    scope = {**scope, **{each["name"]: bound(each["value"], scope) for each in component.get("bind", [])}}
    style = styled(document, bound(component["style"], scope), scope) if "style" in component else {}
    own = {
        key: _worked_out(value, scope)
        for key, value in {**style, **component}.items()
        if key not in {"item", "items", "data", "when", "style", "bind"}
    }
    yield own, list(_children(document, component, scope))


def _children(document: Json, component: Json, scope: Json) -> Iterator[Found]:
    inside = component.get("items", component.get("item", []))
    items = inside if isinstance(inside, list) else [inside]
    if "data" not in component:
        for item in items:
            yield from _inflate(document, item, scope)
        return
    for index, data in enumerate(bound(component["data"], scope)):
        here = {**scope, "data": data, "index": index}
        fitting = (item for item in items if bound(item.get("when", True), here))
        for item in islice(fitting, 1):
            yield from _inflate(document, item, here)


def _worked_out(value: Any, scope: Json) -> Any:  # noqa: ANN401 - APL values are of any type
    if isinstance(value, list):
        return [_worked_out(each, scope) for each in value]
    if isinstance(value, dict):
        return {key: _worked_out(each, scope) for key, each in value.items()}
    value = bound(value, scope)
    return scope["@"][value[1:]] if isinstance(value, str) and value.startswith("@") else value


def _html(found: Found, graphics: Json, viewport: Kind, direction: str) -> str:
    own, children = found
    css = dict(_css(own, viewport, direction))
    inner = "".join(_html(child, graphics, viewport, own.get("direction", "column")) for child in children)
    if own["type"] == "Text":
        inner = f"<span style='width:100%'>{escape(str(own['text']))}</span>"
        if own.get("textAlignVertical") == "center":
            css["justify-content"] = "center"
    if own["type"] == "VectorGraphic":
        inner = svg(graphics[own["source"]])
    written = ";".join(f"{key}:{value}" for key, value in css.items())
    return f"<div title='{own['type']}' style='{written}'>{inner}</div>"


def _css(own: Json, viewport: Kind, direction: str) -> Iterator[tuple[str, str]]:
    yield "flex-shrink", "0"
    for key, name in _SIZES.items():
        if key in own:
            yield name, _size(own[key], viewport)
    for key, name in _PLAIN.items():
        if key in own:
            yield name, str(own[key])
    if "spacing" in own:
        yield ("margin-left" if direction == "row" else "margin-top"), _size(own["spacing"], viewport)
    padding = own.get("padding", 0)
    sides = padding if isinstance(padding, list) else [padding] * 4
    for side, default in zip(_SIDES, sides, strict=True):
        yield f"padding-{side.lower()}", _size(own.get(f"padding{side}", default), viewport)
    if "borderWidth" in own:
        yield "border", f"{_size(own['borderWidth'], viewport)} solid {own['borderColor']}"
    if own["type"] == "ScrollView":
        yield "overflow", "hidden"
    if own["type"] == "Container":
        yield "flex-direction", own.get("direction", "column")
        yield "justify-content", _JUSTIFY[own.get("justifyContent", "start")]
        yield "align-items", _ALIGN[own.get("alignItems", "stretch")]
        yield "flex-wrap", "wrap" if own.get("wrap") == "wrap" else "nowrap"


def _size(size: object, viewport: Kind) -> str:
    number = dp(size, viewport)
    return str(size) if number is None else f"{number:.1f}px"


def svg(graphic: Json) -> str:
    """A vector graphic as SVG."""
    paths = "".join(
        f"<path d='{item['pathData']}' fill='{item.get('fill', 'transparent')}' "
        f"stroke='{item.get('stroke', 'none')}' stroke-width='{item.get('strokeWidth', 0)}' "
        f"stroke-linecap='{item.get('strokeLineCap', 'butt')}' "
        f"stroke-linejoin='{item.get('strokeLineJoin', 'miter')}'/>"
        for item in graphic["items"]
    )
    box = f"0 0 {graphic['width']} {graphic['height']}"
    return f"<svg viewBox='{box}' style='width:100%;height:100%'>{paths}</svg>"
