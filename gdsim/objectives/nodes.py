"""The tree of a formula, and the functions and constants of its language."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gdsim.errors import GdsimError

T = TypeVar("T")

#: Names of the coordinates and of the constants.
COORDINATES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e}
#: Every function: the least and the largest number of its arguments; 0 for any number.
FUNCTIONS = {
    "exp": (1, 1), "log": (1, 2), "log10": (1, 1), "sqrt": (1, 1), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1),
    "asin": (1, 1), "acos": (1, 1), "atan": (1, 1), "sinh": (1, 1), "cosh": (1, 1), "tanh": (1, 1), "sigmoid": (1, 1),
    "relu": (1, 1), "softplus": (1, 1), "abs": (1, 1), "sign": (1, 1), "min": (2, 0), "max": (2, 0), "floor": (1, 1),
    "hypot": (2, 2), "atan2": (2, 2), "cbrt": (1, 1), "root": (2, 2), "sec": (1, 1), "csc": (1, 1), "cot": (1, 1),
    "sech": (1, 1), "csch": (1, 1), "coth": (1, 1), "asinh": (1, 1), "acosh": (1, 1), "atanh": (1, 1), "log2": (1, 1),
    "mod": (2, 2), "ceil": (1, 1), "round": (1, 1), "sinc": (1, 1), "erf": (1, 1), "where": (3, 3),
}  # fmt: skip
#: Those with corners or jumps: their derivatives are those almost everywhere.
CORNERS = ("abs", "sign", "relu", "min", "max", "floor", "hypot", "atan2")
#: What a parameter is called where a formula is printed as Python: with this before it, it clashes with nothing there.
MANGLED = "u_"


class FormulaError(GdsimError):
    """What is wrong with a formula, and where.

    Attributes
    ----------
    column
        Where in the text, counted from 1.
    """

    def __init__(self, template: str, start: int = 0, **values: object) -> None:
        self.column = start + 1
        super().__init__(template, "function", column=self.column, **values)


class NoCoordinateError(FormulaError):
    """A formula that is the same everywhere."""


@dataclass(frozen=True, eq=False, repr=False)
class Node:
    """A part of a formula, as a person wrote it.

    Attributes
    ----------
    op
        "number", "name", "+", "-", "*", "/", "^", "neg" or a key of FUNCTIONS; of conditions, "<", "<=", ">", ">=",
        "==", "!=", "and", "or" or "not". As written only: "sum" and "prod" of a body, from where and to where; and
        "item", a letter with an index.
    args
        What it is made of.
    value
        Of a number: its value.
    name
        Of a name: that of a coordinate, a parameter or a constant; of a number: its digits as written; of a sum or
        product: its index; of an item: its letter.
    start, end
        Where it stands in the text, with its brackets: columns counted from 0, the last one excluded.
    """

    op: str
    args: tuple[Node, ...] = ()
    value: float | None = None
    name: str = ""
    start: int = 0
    end: int = 0

    def __repr__(self) -> str:
        def show(node: Node, parts: Sequence[str]) -> str:
            return f"({' '.join(filter(None, (node.op, node.name, *parts)))})" if parts else node.name

        return fold(self, show)


def fold(tree: Node, combine: Callable[[Node, list[T]], T]) -> T:
    """Work a tree up from its leaves: `combine` is given a node and what came out of its arguments.

    Not by recursion: a long sum is a deep tree.
    """
    order, stack = [], [tree]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(node.args)
    done: dict[int, T] = {}
    for node in reversed(order):
        done[id(node)] = combine(node, [done[id(a)] for a in node.args])
    return done[id(tree)]


# --- constants -------------------------------------------------------------------------------------------


def _sigmoid(u: float) -> float:
    return 1 / (1 + math.exp(-u)) if u > -700 else 0.0


def _tan(u: float) -> float:
    # π/2 is no double: what is that large stands for infinity
    return math.tan(u) if abs(math.tan(u)) < 1e15 else math.inf


def _product(a: float, b: float) -> float:
    return a * b


_OF_FLOATS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": _product, "/": lambda a, b: a / b,
    "^": lambda a, b: a**b, "neg": lambda a: -a,
    "exp": math.exp, "log": math.log, "log10": math.log10, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos,
    "tan": _tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh,
    "tanh": math.tanh, "sigmoid": _sigmoid, "relu": lambda u: max(u, 0.0),
    "softplus": lambda u: max(u, 0.0) + math.log1p(math.exp(-abs(u))), "abs": abs,
    "sign": lambda u: float((u > 0) - (u < 0)), "min": min, "max": max, "floor": lambda u: float(math.floor(u)),
    "hypot": math.hypot, "atan2": math.atan2,
}  # fmt: skip


def constant(node: Node, arguments: Sequence[float | None]) -> float | None:
    """The value of a node, for `fold`; None if it changes with a coordinate or a parameter, nan if it is no number.

    In floats: whole numbers of any length would take any time.
    """
    if node.op == "number":
        return node.value
    if node.op == "name":
        return CONSTANTS.get(node.name)
    if node.op not in _OF_FLOATS or any(a is None for a in arguments):
        return None
    try:
        value = _OF_FLOATS[node.op](*arguments)
    except (ArithmeticError, ValueError):
        return math.nan
    return value if isinstance(value, float) and math.isfinite(value) else math.nan
