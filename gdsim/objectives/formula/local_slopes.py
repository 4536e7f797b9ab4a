"""What each operation of a formula is, and its derivative by each of its arguments: as numbers and as text.

The same definitions that the printed derivatives follow (see `symbolic`), one operation at a time, on numpy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from gdsim.objectives.formula.functions import BY_SYMBOL, CONDITIONS, ROWS, Row

Number = Any
Slopes = tuple[Number, ...]


class Numbers:
    """The functions by name, for the derivatives of their rows (see `functions`), on numpy's floats."""

    half, pi = np.float64(0.5), np.float64(np.pi)
    number = np.float64

    def __getattr__(self, name: str) -> Callable[..., Number]:
        row = BY_SYMBOL[name]
        return row.own if row.name == "ratio" and row.own else row.of_arrays


NUMBERS = Numbers()


def _others(factors: Sequence[Number], i: int) -> Number:
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


def _slopes_of(row: Row) -> Callable[..., Slopes]:
    return lambda *args: tuple(of(NUMBERS, *args) for of in row.slopes) or (np.float64(0.0),)


def _logarithm_slopes(u: Number, *base: Number) -> Slopes:
    return (1 / u,) if not base else (1 / (u * np.log(*base)), -np.log(u) / (base[0] * np.log(*base) ** 2))


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

#: The derivative of each by each of its arguments.
SLOPES: dict[str, Callable[..., Slopes]] = {
    **{row.name: _slopes_of(row) for row in ROWS.values()},
    **{row.name: (lambda *args: tuple(np.float64(0.0) for _ in args)) for row in CONDITIONS.values()},
    "product": lambda *factors: tuple(_others(factors, i) for i in range(len(factors))),
    "/": lambda a, b: (1 / b, -a / (b * b)),
    "^": _power_slopes,
    "min": _choice(np.minimum, -1.0),
    "max": _choice(np.maximum, 1.0),
    "log": _logarithm_slopes,
    "where": _chosen_slopes,
}

#: The same as text, of what the arguments are called; [a > b] is 1 where that is true, and else 0.
TEXTS: dict[str, tuple[str, ...]] = {
    **{row.name: row.texts for row in ROWS.values()},
    **{row.name: ("0", "0")[: row.least] for row in CONDITIONS.values()},
    "/": ("1/{1}", "−{0}/{1}²"),
    "where": ("0", "[{0}]", "[not {0}]"),
}
#: Those of a logarithm to a base.
TO_BASE = ("1/({0}·log({1}))", "−log({0}, {1})/({1}·log({1}))")
