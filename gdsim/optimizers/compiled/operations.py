"""The operations a step is recorded in, and how each is written for floats and for arrays."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from gdsim.optimizers.compiled.elementwise import larger


class Operation(NamedTuple):
    """Spellings of an operation; ``{0}``, ``{1}``, … stand for what it is done to.

    Attributes
    ----------
    floats
        An expression of Python floats, in brackets.
    ufunc
        The function of numpy; "" where there is none, or it gives other bits.
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
            # a power of the step number alone: numpy's arrays round it otherwise than Python does
            "**": "",
        }.items()
    },
    "sqrt": Operation("root({0})", "sqrt"),
    "absolute": Operation("abs({0})", "absolute"),
    "maximum": Operation("larger({0}, {1})", "maximum"),
    "where": Operation("({1} if {0} else {2})"),
}
#: Functions that the printed lines call by name.
SCOPE: dict[str, Any] = {
    "np": np,
    "root": math.sqrt,
    "larger": larger,
    **{each.ufunc: getattr(np, each.ufunc) for each in OPERATIONS.values() if each.ufunc},
}
