"""The operations a step is recorded in, and how each is written for floats and for arrays."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdsim.optimizers.compiled.elementwise import larger

Array = NDArray[np.float64]


class Operation(NamedTuple):
    """Spellings of an operation; ``{0}``, ``{1}``, … stand for what it is done to.

    Attributes
    ----------
    floats
        An expression of Python floats, in brackets.
    ufunc
        The function of numpy, or of `SCOPE`, whose last argument is what it fills.
    """

    floats: str
    ufunc: str = ""


#: By the name of a `Term`.
OPERATIONS = {
    **{
        op: Operation(f"({{0}} {op} {{1}})", ufunc)
        for op, ufunc in {
            "+": "add",
            "-": "subtract",
            "*": "multiply",
            "/": "divide",
            ">": "greater",
            ">=": "greater_equal",
            "<": "less",
            "<=": "less_equal",
            "==": "equal",
            "**": "power_into",
        }.items()
    },
    "sqrt": Operation("root({0})", "sqrt"),
    "absolute": Operation("abs({0})", "absolute"),
    "maximum": Operation("larger({0}, {1})", "maximum"),
    "where": Operation("({1} if {0} else {2})"),
    # of floats, each coordinate has its own: see `RunLines`
    "total": Operation("", "total_into"),
}


def power_into(base: Any, exponent: Any, out: Array) -> None:
    """Fill `out` with powers as Python rounds them, which is slow: numpy rounds those of arrays otherwise."""
    out[...] = _POWER(base, exponent)


def total_into(x: Array, out: Array) -> None:
    """Fill `out` ``(d, …)`` with sums over the coordinates, in their order, however many."""
    np.add.accumulate(x, axis=0, out=out)
    out[...] = out[-1]


_POWER = np.frompyfunc(pow, 2, 1)
#: Functions that the printed lines call by name.
SCOPE: dict[str, Any] = {
    "np": np,
    "root": math.sqrt,
    "larger": larger,
    "power_into": power_into,
    "total_into": total_into,
    **{each.ufunc: getattr(np, each.ufunc) for each in OPERATIONS.values() if hasattr(np, each.ufunc)},
}
