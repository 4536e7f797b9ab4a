"""The tree of a formula, and the functions and constants of its language."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gdsim.errors import GdsimError
from gdsim.objectives.formula.functions import CONDITIONS, ROWS

T = TypeVar("T")

#: Names of the coordinates and of the constants.
COORDINATES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e}
#: Every function: the least and the largest number of its arguments; 0 for any number.
FUNCTIONS = {row.name: (row.least, row.most) for row in ROWS.values()}
#: Functions with corners or jumps: their derivatives are those almost everywhere.
CORNERS = tuple(row.name for row in ROWS.values() if row.corners)
#: With this before it, a name clashes with nothing where a formula is printed as Python.
MANGLED = "u_"


def python_name(name: str) -> str:
    """The name of a coordinate or a parameter where a formula is printed as Python.

    x and y by their own names. Python takes some letters for one another, and so they stand by their numbers.
    """
    if name in COORDINATES:
        return name
    return MANGLED + "".join(letter if letter.isascii() else f"_{ord(letter):x}_" for letter in name)


class FormulaError(GdsimError):
    """Error in a formula, with its place in the text.

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
        "number", "name", "+", "-", "*", "/", "^", "neg", a key of FUNCTIONS or of CONDITIONS. As written only: "sum"
        and "prod" of a body, from where and to where; and "item", a letter with an index.
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


def count_nodes(tree: Node) -> int:
    """The number of nodes of a tree."""
    found, stack = 0, [tree]
    while stack:
        found += 1
        stack.extend(stack.pop().args)
    return found


def _power(a: float, b: float) -> float:
    return float(a**b)  # complex for most powers of negative numbers, and then an error


_OF_FLOATS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": _power,
    "neg": lambda a: -a,
    **{row.name: row.of_floats for row in (*ROWS.values(), *CONDITIONS.values()) if row.of_floats},
}


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
    except (ArithmeticError, ValueError, TypeError):
        return math.nan
    return value if isinstance(value, float) and math.isfinite(value) else math.nan
