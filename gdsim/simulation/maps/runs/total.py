"""The box in which a function is a number everywhere, as far as its printed lines tell."""

from __future__ import annotations

import ast
import math
from functools import lru_cache

from gdsim.objectives.base import Objective

#: Half widths of boxes that are tried, the widest first.
_TRIED = (1e150, 1e120, 1e100, 1e75, 1e60, 1e50, 1e40, 1e35, 1e30, 1e25, 1e20, 1e15, 1e12, 1e10, 1e8, 1e6, 1e5, 1e4)
_SMALLER = (3e3, 1e3, 600.0, 300.0, 200.0, 100.0, 60.0, 40.0, 30.0, 20.0)
#: So often the way from one that is narrow enough to one that is not is halved.
_CLOSER = 5
#: What is smaller is far from overflow, however it was rounded.
_LARGEST = 1e300

Interval = tuple[float, float]


class _UnknownError(Exception):
    """Raised where nothing can be claimed."""


def total_radius(objective: Objective) -> float:
    """The largest r found so that f is a finite number wherever no coordinate is farther than r from 0; 0 for none.

    By interval arithmetic (Moore, "Interval Analysis", 1966) on the lines that work f out: what they come to in a box
    is enclosed, so that a radius is never claimed wrongly, but one may be missed.
    """
    value = objective.float_value()
    source = getattr(value, "source", "")
    if not source.startswith("def f("):
        return 0.0
    known = {name: float(x) for name, x in value.__globals__.items() if isinstance(x, float)}  # type: ignore[union-attr]
    return _radius(source, tuple(sorted(known.items())))


@lru_cache(maxsize=256)
def _radius(source: str, parameters: tuple[tuple[str, float], ...]) -> float:
    function = _function(source)
    wider = 0.0
    for radius in (*_TRIED, *_SMALLER):
        if _is_total(function, radius, dict(parameters)):
            return _widened(function, radius, wider, dict(parameters))
        wider = radius
    return 0.0


def _widened(function: ast.FunctionDef, radius: float, wider: float, parameters: dict[str, float]) -> float:
    """A wider radius than one that was found, closer to the next one, which is too wide: runs go far out fast."""
    for _ in range(_CLOSER if wider else 0):
        between = math.sqrt(radius) * math.sqrt(wider)
        if _is_total(function, between, parameters):
            radius = between
        else:
            wider = between
    return radius


@lru_cache(maxsize=64)
def _function(source: str) -> ast.FunctionDef:
    """The printed function as a tree: the same one for all values of its parameters."""
    function = ast.parse(source).body[-1]
    assert isinstance(function, ast.FunctionDef)
    return function


def _is_total(function: ast.FunctionDef, radius: float, parameters: dict[str, float]) -> bool:
    known: dict[str, Interval] = {name: (value, value) for name, value in parameters.items()}
    known |= {argument.arg: (-radius, radius) for argument in function.args.args}
    try:
        for statement in function.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    known[name] = _enclosed(value, known)
                case ast.Return(value=ast.expr() as value):
                    _enclosed(value, known)
                case _:
                    return False
    except (_UnknownError, ArithmeticError, ValueError):
        return False
    return True


def _enclosed(node: ast.expr, known: dict[str, Interval]) -> Interval:
    """An interval that holds all values of an expression."""
    low, high = _of_node(node, known)
    if not (-_LARGEST < low <= high < _LARGEST):
        raise _UnknownError
    return low, high


def _of_node(node: ast.expr, known: dict[str, Interval]) -> Interval:
    match node:
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.Constant(value=float() | int() as value):
            return float(value), float(value)
        case ast.Tuple(elts=[only]):
            return _enclosed(only, known)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            low, high = _enclosed(operand, known)
            return -high, -low
        case ast.BinOp(left=ast.Name(id=a), op=ast.Mult(), right=ast.Name(id=b)) if a == b and a in known:
            return _square(known[a])
        case ast.BinOp(left=left, op=op, right=right):
            return _operation(op, _enclosed(left, known), _enclosed(right, known))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _call(name, [_enclosed(a, known) for a in args])
    raise _UnknownError


def _square(a: Interval) -> Interval:
    ends = a[0] * a[0], a[1] * a[1]
    return (0.0 if a[0] <= 0 <= a[1] else min(ends)), max(ends)


def _operation(op: ast.operator, a: Interval, b: Interval) -> Interval:
    match op:
        case ast.Add():
            return a[0] + b[0], a[1] + b[1]
        case ast.Sub():
            return a[0] - b[1], a[1] - b[0]
        case ast.Mult():
            ends = [x * y for x in a for y in b]
            return min(ends), max(ends)
        case ast.Div():
            # well away from 0: the divisor itself is rounded
            if not (b[0] > 1e-9 or b[1] < -1e-9):
                raise _UnknownError
            ends = [x / y for x in a for y in b]
            return min(ends), max(ends)
    raise _UnknownError


def _call(name: str, args: list[Interval]) -> Interval:
    match name, args:
        case "float", [a]:
            return a
        case "sin" | "cos", [_]:
            return -1.0, 1.0
        case "tanh" | "sign" | "erf", [_]:
            return -1.0, 1.0
        case "arctan" | "atan", [_]:
            return -2.0, 2.0
        case "exp", [(low, high)]:
            if high > 690:
                raise _UnknownError
            return math.exp(low), math.exp(high)
        case "root" | "sqrt", [(low, high)] if low >= 0:
            return math.sqrt(low), math.sqrt(high)
        case "log", [(low, high)] if low > 1e-9:
            return math.log(low), math.log(high)
        case "abs" | "absolute" | "fabs", [(low, high)]:
            return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
        case "hypot", [a, b]:
            return 0.0, math.hypot(max(map(abs, a)), max(map(abs, b)))
        case "logaddexp", [a, b]:
            return max(a[0], b[0]), max(a[1], b[1]) + 1
        case "minimum" | "maximum", [a, b]:
            least = min if name == "minimum" else max
            return least(a[0], b[0]), least(a[1], b[1])
    raise _UnknownError
