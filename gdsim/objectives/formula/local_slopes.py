"""The value of each operation of a formula, and its derivative by each of its arguments: as numbers and as text.

The same definitions that the printed derivatives follow (see `symbolic`), one operation at a time, on numpy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from gdsim.objectives.formula.functions import BY_SYMBOL, CONDITIONS, ROWS, row_of
from gdsim.objectives.formula.nodes import Node, fold
from gdsim.objectives.formula.pretty import pretty_tree
from gdsim.objectives.formula.slopes import Slope, slopes_of

Number = Any
Slopes = tuple[Number, ...]


class Numbers:
    """The functions by name, for the slopes of rows (see `slopes`), on numpy's floats."""

    pi = np.float64(np.pi)
    number = np.float64

    def __getattr__(self, name: str) -> Callable[..., Number]:
        row = BY_SYMBOL[name]
        # with `out`, as ratio has it, numpy answers with an array even for numbers
        return row.own if row.name == "ratio" and row.own else row.of_arrays


NUMBERS = Numbers()


def _others(factors: Sequence[Number], i: int) -> Number:
    # multiplied anew: the whole product divided by a factor is 0/0 where that factor is 0
    return reduce(np.multiply, [*factors[:i], *factors[i + 1 :]], np.float64(1.0))


def _choice(pick: Callable[..., Number], sign: float) -> Callable[..., Slopes]:
    """The slopes of min and max: two arguments at a time, half each where they are equal."""

    def slopes(*args: Number) -> Slopes:
        found: list[Number] = [np.float64(1.0)]
        now = args[0]
        for other in args[1:]:
            share = np.heaviside(sign * (now - other), 0.5)
            found = [share * slope for slope in found] + [np.heaviside(sign * (other - now), 0.5)]
            now = pick(now, other)
        return tuple(found)

    return slopes


def _power_slopes(a: Number, b: Number) -> Slopes:
    return b * np.power(a, b - 1.0), np.log(a) * np.power(a, b)


def _chosen_slopes(condition: Number, a: Number, b: Number) -> Slopes:
    del a, b
    return np.float64(0.0), np.float64(bool(condition)), np.float64(not condition)


#: The value of each operation; "product" takes any number of arguments.
VALUES: dict[str, Callable[..., Number]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "neg": np.negative,
    "product": lambda *factors: reduce(np.multiply, factors),
    "/": np.divide,
    "^": np.power,
    **{row.name: row.of_arrays for row in (*ROWS.values(), *CONDITIONS.values())},
}

#: The slopes of operations, and of those functions that are not by each argument what their row says.
_SLOPES: dict[str, Callable[..., Slopes]] = {
    "product": lambda *factors: tuple(_others(factors, i) for i in range(len(factors))),
    "/": lambda a, b: (1 / b, -a / (b * b)),
    "^": _power_slopes,
    "min": _choice(np.minimum, -1.0),
    "max": _choice(np.maximum, 1.0),
    "where": _chosen_slopes,
}
_TEXTS = {"/": ("1/{1}", "−{0}/{1}²"), "where": ("0", "[{0}]", "[not {0}]")}


def local_slopes(op: str, args: Sequence[Number]) -> Slopes:
    """The derivative of an operation by each of its arguments."""
    if op in _SLOPES:
        return _SLOPES[op](*args)
    slopes = slopes_of(row_of(op, len(args)), len(args))
    return tuple(slope.of(NUMBERS, *args) for slope in slopes) or (np.float64(0.0),) * len(args)


def local_slope_texts(op: str, count: int) -> tuple[str, ...]:
    """The same as text, of {0}, {1}, … for what the arguments are called; [a > b] is 1 where that is true, else 0."""
    if op in _TEXTS:
        return _TEXTS[op]
    return tuple(map(_written, slopes_of(row_of(op, count), count))) or ("0",) * count


@lru_cache(maxsize=128)
def _written(slope: Slope) -> str:
    """A slope of {0}, {1}, … as a person writes it, who knows none of the inner functions."""

    def part(node: Node, args: list[Node]) -> Node:
        if node.op == "name" and node.name in slope.names:
            return Node("name", name=f"{{{slope.names.index(node.name)}}}")
        if node.op == "neg" and args[0].op == "/":
            above, below = args[0].args
            return Node("/", (Node("neg", (above,)), below))
        return Node({"ratio": "/", "power": "^"}.get(node.op, node.op), tuple(args), node.value, node.name)

    return slope.shown or pretty_tree(fold(slope.tree, part))
