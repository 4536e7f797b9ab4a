"""What each operation of a formula is, and its derivative by each of its arguments: as numbers and as text.

The same definitions that the printed derivatives follow (see `symbolic`), one operation at a time, on numpy's floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

Number = Any
Slopes = tuple[Number, ...]


def _ratio(a: Number, b: Number) -> Number:
    return a / b if b != 0 else np.float64(0.0)


def _sigmoid(u: Number) -> Number:
    return np.exp(-np.logaddexp(0.0, -u))


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


#: The value of each operation; "product" takes any number of arguments.
VALUES: dict[str, Callable[..., Number]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "neg": np.negative,
    "product": lambda *factors: reduce(np.multiply, factors), "/": np.divide, "^": np.power,
    "exp": np.exp, "log": np.log, "log10": np.log10, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "sigmoid": _sigmoid, "relu": lambda u: np.maximum(u, 0.0), "softplus": lambda u: np.logaddexp(0.0, u),
    "abs": np.absolute, "sign": np.sign, "floor": np.floor,
    "min": lambda *args: reduce(np.minimum, args), "max": lambda *args: reduce(np.maximum, args),
    "hypot": np.hypot, "atan2": np.arctan2,
}  # fmt: skip

#: The derivative of each by each of its arguments.
SLOPES: dict[str, Callable[..., Slopes]] = {
    "product": lambda *factors: tuple(_others(factors, i) for i in range(len(factors))),
    "/": lambda a, b: (1 / b, -a / (b * b)),
    "^": _power_slopes,
    "exp": lambda u: (np.exp(u),),
    "log": lambda u: (1 / u,),
    "log10": lambda u: (1 / (u * np.log(10.0)),),
    "sqrt": lambda u: (0.5 / np.sqrt(u),),
    "sin": lambda u: (np.cos(u),),
    "cos": lambda u: (-np.sin(u),),
    "tan": lambda u: (1 + np.tan(u) ** 2,),
    "asin": lambda u: (1 / np.sqrt(1 - u * u),),
    "acos": lambda u: (-1 / np.sqrt(1 - u * u),),
    "atan": lambda u: (1 / (1 + u * u),),
    "sinh": lambda u: (np.cosh(u),),
    "cosh": lambda u: (np.sinh(u),),
    # 1 - tanh² would lose its digits far out
    "tanh": lambda u: (1 / np.cosh(u) ** 2,),
    "sigmoid": lambda u: (_sigmoid(u) * _sigmoid(-u),),
    "softplus": lambda u: (_sigmoid(u),),
    "relu": lambda u: (np.heaviside(u, 0.0),),
    "abs": lambda u: (np.sign(u),),
    "sign": lambda u: (np.float64(0.0),),
    "floor": lambda u: (np.float64(0.0),),
    "min": _choice(np.minimum, -1.0),
    "max": _choice(np.maximum, 1.0),
    "hypot": lambda a, b: (_ratio(a, np.hypot(a, b)), _ratio(b, np.hypot(a, b))),
    "atan2": lambda a, b: (_ratio(b, a * a + b * b), -_ratio(a, a * a + b * b)),
}

#: The same as text, of what the arguments are called; [a > b] is 1 where that is true, and else 0.
TEXTS: dict[str, tuple[str, ...]] = {
    "/": ("1/{1}", "−{0}/{1}²"),
    "exp": ("exp({0})",), "log": ("1/{0}",), "log10": ("1/({0}·log(10))",), "sqrt": ("1/(2√{0})",),
    "sin": ("cos({0})",), "cos": ("−sin({0})",), "tan": ("1 + tan({0})²",),
    "asin": ("1/√(1 − {0}²)",), "acos": ("−1/√(1 − {0}²)",), "atan": ("1/(1 + {0}²)",),
    "sinh": ("cosh({0})",), "cosh": ("sinh({0})",), "tanh": ("1 − tanh({0})²",),
    "sigmoid": ("sigmoid({0})·(1 − sigmoid({0}))",), "softplus": ("sigmoid({0})",), "relu": ("[{0} > 0]",),
    "abs": ("sign({0})",), "sign": ("0",), "floor": ("0",),
    "hypot": ("{0}/hypot({0}, {1})", "{1}/hypot({0}, {1})"),
    "atan2": ("{1}/({0}² + {1}²)", "−{0}/({0}² + {1}²)"),
}  # fmt: skip
