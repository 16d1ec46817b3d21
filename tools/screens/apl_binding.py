"""Data binding as our APL documents use it: ``${...}``, ``@resources``, styles, dimensions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from simulator.web.devices import Kind

_EXPRESSION = re.compile(r"\$\{([^}]*)\}")
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    " == ": lambda left, right: bool(left == right),
    " > ": lambda left, right: bool(left > right),
}


def bound(value: Any, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - APL values are of any type
    """A value with every expression in it worked out; one that is an expression alone keeps its type."""
    if not isinstance(value, str):
        return value
    if whole := _EXPRESSION.fullmatch(value):
        return evaluate(whole[1], scope)
    return _EXPRESSION.sub(lambda found: str(evaluate(found[1], scope)), value)


def evaluate(expression: str, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see above
    """The value of an expression made of paths, literals, comparisons, ``||``, ``&&`` and one choice."""
    if " ? " in expression:
        condition, _, choices = expression.partition(" ? ")
        yes, _, no = choices.partition(" : ")
        return evaluate(yes if evaluate(condition, scope) else no, scope)
    for sign, joined in ((" || ", any), (" && ", all)):
        if sign in expression:
            return joined(bool(evaluate(part, scope)) for part in expression.split(sign))
    for sign, compare in _COMPARE.items():
        if sign in expression:
            left, _, right = expression.partition(sign)
            return compare(evaluate(left, scope), evaluate(right, scope))
    return _atom(expression.strip(), scope)


def _atom(atom: str, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see above
    if atom.startswith("'"):
        return atom.strip("'")
    if atom.isdigit():
        return int(atom)
    value: Any = scope
    for step in atom.split("."):
        if isinstance(value, list):
            value = len(value) if step == "length" else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else getattr(value, step, None)
    return value


def resources(document: Mapping[str, Any], scope: Mapping[str, Any]) -> dict[str, Any]:
    """The document's dimensions for a screen; a later block whose condition holds has the last word."""
    found: dict[str, Any] = {}
    for block in document["resources"]:
        if bound(block.get("when", True), scope):
            found |= block.get("dimensions", {})
    return found


def styled(document: Mapping[str, Any], name: str, scope: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that a style sets, those it extends first."""
    style = document["styles"][name]
    found = styled(document, style["extend"], scope) if "extend" in style else {}
    for values in style["values"]:
        if bound(values.get("when", True), scope):
            found |= {key: value for key, value in values.items() if key != "when"}
    return found


def dp(size: object, viewport: Kind) -> float | None:
    """A dimension in dp; None for one that depends on the parent, such as a percentage."""
    if isinstance(size, int | float):
        return float(size)
    written = re.fullmatch(r"([\d.]+)(vh|vw|dp|px)?", str(size))
    if written is None:
        return None
    number = float(written[1])
    return number * {"vh": viewport.height / 100, "vw": viewport.width / 100}.get(written[2], 1)
