"""The derivatives of a formula where the printed ones come to no number.

Printed derivatives are plain arithmetic, and 0·∞ is no number in it: the slope of min(x, exp(1000x)) at 1, of
√((x - 1)²) at 1, of exp(-1/x²) at 0. Where one of them is not finite, it is worked out again with care, from the
formula itself (see `jets`), and stays as it is only if it really is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.functions import ROWS, row_of
from gdsim.objectives.formula.functions.row import ANY_SIGN, NOT_NEGATIVE, POSITIVE
from gdsim.objectives.formula.nodes import CONSTANTS, Node, constant, fold

if TYPE_CHECKING:
    from gdsim.objectives.formula.jets import Jet

#: Changes `(count, …)` results at points ``(d, …)`` in place.
Care = Callable[[Array, Array], None]

_ORDERS = {"value": 0, "gradient": 1, "hessian": 2}


class _Seen(NamedTuple):
    """Facts about a part: its value if constant, the operations in it, and its least sign."""

    value: float | None
    inside: frozenset[str]
    least: int


@lru_cache(maxsize=64)
def needs_care(text: str, what: str) -> bool:
    """Tell whether a printed function may come to no number where the formula has one."""
    found: set[str] = set()

    def look(node: Node, args: list[_Seen]) -> _Seen:
        value = constant(node, [a.value for a in args])
        if value is not None:
            return _Seen(value, frozenset(), POSITIVE if value > 0 else NOT_NEGATIVE if value == 0 else ANY_SIGN)
        inside = frozenset().union(*(a.inside for a in args))
        op = _kind(node, args)
        row = ROWS.get(op)
        if op == "power" or (op == "sqrt" and args[0].least < POSITIVE) or (row and row.steep):
            found.add("gradient")
        if row and row.fading and "/" in inside:
            found.add("gradient")
        if row and row.logarithmic and "exp" in inside:
            found.update(("value", "gradient"))
        return _Seen(None, inside | {op}, _least(node, args))

    fold(read(text).plain, look)
    return ("gradient" if what == "hessian" else what) in found


def _kind(node: Node, args: Sequence[_Seen]) -> str:
    """The operation, told apart by what may come of it: a power may be a quotient, a root or an exponential."""
    if node.op == "/":
        return "/" if args[1].value is None else "*"
    if node.op != "^":
        return node.op
    exponent = args[1].value
    if args[0].value == np.e:
        return "exp"
    if exponent is None or not exponent.is_integer():
        return "sqrt" if exponent == 0.5 else "power"
    return "/" if exponent < 0 else "^"


def _least(node: Node, args: Sequence[_Seen]) -> int:
    """The sign that a part surely has wherever it is defined: positive, not negative, or any."""
    least = min((a.least for a in args), default=ANY_SIGN)
    match node.op:
        case "+":
            return max(a.least for a in args) if least >= NOT_NEGATIVE else ANY_SIGN
        case "*" | "/":
            return least
        case "^" if args[1].value is not None and args[1].value % 2 == 0:
            return max(NOT_NEGATIVE, args[0].least)
        case "^" | "sqrt":
            return args[0].least
    row = ROWS.get(node.op)
    return row.sign if row else ANY_SIGN


def care_for(text: str, names: tuple[str, ...], parameters: Mapping[str, float], what: str) -> Care:
    """A function that works out again the results of a printed one that are no numbers."""

    def care(points: Array, out: Array) -> None:
        flat, results = points.reshape(len(points), -1), out.reshape(len(out), -1)
        amiss = ~np.isfinite(results).all(axis=0) & np.isfinite(flat).all(axis=0)
        if not amiss.any():
            return
        with np.errstate(all="ignore"):
            found = worked_out(text, names, parameters, what, flat[:, amiss])
        old = results[:, amiss]
        results[:, amiss] = np.where(np.isfinite(old) | ~np.isfinite(found), old, found)
        # `results` is a copy where `out` does not lie together in memory
        out[...] = results.reshape(out.shape)

    return care


def worked_out(text: str, names: tuple[str, ...], parameters: Mapping[str, float], what: str, points: Array) -> Array:
    """Value, gradient or Hessian (upper triangle by rows) at points ``(d, n)``, as ``(count, n)``; nan if undefined."""
    from gdsim.objectives.formula.jets import JETS, applied, as_jet, coordinate, power

    order = _ORDERS[what]
    known = {**CONSTANTS, **parameters}

    def part(node: Node, args: list[Jet]) -> Jet:
        match node.op:
            case "number":
                return as_jet(node.value or 0.0)
            case "name" if node.name in names:
                return coordinate(node.name, points[names.index(node.name)], order)
            case "name":
                return as_jet(known[node.name])
            case "+":
                return args[0] + args[1]
            case "-":
                return args[0] - args[1]
            case "*":
                return args[0] * args[1]
            case "/":
                return args[0] / args[1]
            case "neg":
                return -args[0]
            case "^":
                return power(*args)
            case "root" if np.ndim(args[1].value) == 0 and args[1].value in (2.0, 3.0):
                return JETS.sqrt(args[0]) if args[1].value == 2.0 else JETS.cbrt(args[0])
        return applied(row_of(node.op), args)

    whole = fold(read(text).plain, part)
    found = np.array([np.broadcast_to(row, points.shape[1:]) for row in _rows(whole, names, what)])
    # where the function is no number, its slopes are none
    found[:, ~np.isfinite(np.broadcast_to(whole.value, points.shape[1:]))] = np.nan
    return found


def _rows(whole: Jet, names: tuple[str, ...], what: str) -> list[Any]:
    if what == "value":
        return [whole.value]
    from gdsim.objectives.formula.jets import Jet

    nothing = Jet(np.float64(0.0))
    slopes = [whole.slopes.get(name, nothing) for name in names]
    if what == "gradient":
        return [slope.value for slope in slopes]
    return [slope.slopes.get(name, nothing).value for i, slope in enumerate(slopes) for name in names[i:]]
