"""The functions that people type, a row each: to add one, add its row.

A row says how a function is worked out (on floats for constants, by numpy for points, by mpmath where a constant is
rounded once), what its derivatives are, and how it is written as text, as LaTeX and for torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gdsim.objectives.formula.functions import special
from gdsim.objectives.formula.functions.row import NOT_NEGATIVE, POSITIVE, POWER, PRODUCT, SUM, Row


def _pole(value: float) -> float:
    # neither π nor π/2 is a double: what is that large stands for infinity
    return value if abs(value) < 1e15 else math.inf


def _log(u: float, base: float | None = None) -> float:
    if base in (2.0, 10.0):
        return math.log2(u) if base == 2.0 else math.log10(u)
    return math.log(u) if base is None else math.log(u) / math.log(base)


def _log_of_arrays(u: Any, base: Any = None) -> Any:
    return np.log(u) if base is None else np.log(u) / np.log(base)


def _exact_log(mp: Any, *args: Any) -> Any:
    return mp.log(args[0]) if len(args) == 1 else mp.log(args[0]) / mp.log(args[1])


def _exact_root(mp: Any, a: Any, n: Any) -> Any:
    odd = n % 2 == 1
    return -mp.power(-a, 1 / n) if a < 0 and odd else mp.power(a, 1 / n)


def _sigmoid_of_arrays(u: Any) -> Any:
    return np.exp(-np.logaddexp(0.0, -u))


def _smallest(*args: Any) -> Any:
    found = args[0]
    for other in args[1:]:
        found = np.minimum(found, other)
    return found


def _largest(*args: Any) -> Any:
    found = args[0]
    for other in args[1:]:
        found = np.maximum(found, other)
    return found


def _row(name: str, of_arrays: Callable[..., Any], *slopes: str, **other: Any) -> Row:
    """A function that `math` knows by the same name unless its value on floats is given."""
    other.setdefault("of_floats", getattr(math, name, None))
    return Row(name=name, of_arrays=of_arrays, slopes=slopes, **other)


def _two(name: str, of_arrays: Callable[..., Any], *slopes: str, **other: Any) -> Row:
    return _row(name, of_arrays, *slopes, least=2, most=2, **other)


def _one_over(below: str, name: str, slope: str, **other: Any) -> Row:
    """The row of a reciprocal: 1 over a function."""
    lower, of_floats = getattr(np, below), getattr(math, below)
    return _row(
        name,
        lambda u: 1.0 / lower(u),
        slope,
        of_floats=lambda u: _pole(1.0 / of_floats(u)),
        latex=rf"\{name}" if name in ("sec", "csc", "cot", "coth") else "",
        torch=f"(1 / torch.{below}(#1))",
        code=f"1/{below}(u)",
        partial=True,
        raised_first=True,
        **other,
    )


_TORCH_HYPOT = '''
def hypot(x, y):
    """The root of the sum of squares; where that is 0, its gradient is 0 and not undefined."""
    return torch.linalg.vector_norm(torch.stack(torch.broadcast_tensors(x, y)), dim=0)

'''
_TORCH_CBRT = '''
def cbrt(x):
    """The cube root: of a negative number, a negative one."""
    return torch.sign(x) * torch.abs(x) ** (1 / 3)

'''
_TORCH_ROOT = '''
def root(x, n):
    """The n-th root: of a negative number if n is an odd whole number."""
    size = torch.abs(x) ** (1 / n)
    return torch.where(x < 0, torch.where(tensor(n) % 2 == 1, -size, math.nan), size)

'''

_EXPONENTIALS_AND_ROOTS = (
    _row("exp", np.exp, "exp(u)", latex="e^{#1}", holds=POWER, fading=True, sign=NOT_NEGATIVE),
    _row(
        "log",
        _log_of_arrays,
        "1/u",
        most=2,
        of_floats=_log,
        exact=_exact_log,
        aliases=("ln",),
        latex=r"\ln",
        partial=True,
        logarithmic=True,
    ),
    _row("log10", np.log10, "1/(u*log(10))", latex=r"\log_{10}", partial=True, logarithmic=True),
    _row(
        "log2",
        np.log2,
        "1/(u*log(2))",
        exact=lambda mp, u: mp.log(u, 2),
        aliases=("ld", "lb"),
        latex=r"\log_{2}",
        partial=True,
        logarithmic=True,
    ),
    _row("sqrt", np.sqrt, "1/(2*sqrt(u))", latex=r"\sqrt{#1}", partial=True),
    _two(
        "hypot",
        np.hypot,
        "ratio(a, hypot(a, b))",
        "ratio(b, hypot(a, b))",
        latex=r"\sqrt{#1² + #2²}",
        torch="hypot(#1, #2)",
        torch_helper=_TORCH_HYPOT,
        corners=True,
        sign=NOT_NEGATIVE,
    ),
    _row(
        "cbrt",
        np.cbrt,
        "1/(3*cbrt(u)**2)",
        exact=lambda mp, u: mp.sign(u) * mp.cbrt(abs(u)),
        latex=r"\sqrt[3]{#1}",
        torch="cbrt(#1)",
        torch_helper=_TORCH_CBRT,
    ),
    _two(
        "root",
        special.root,
        "1/(b*power(abs(root(a, b)), b - 1))",
        "-root(a, b)*log(abs(a))/b**2",
        of_floats=special.float_root,
        own=special.float_root,
        exact=_exact_root,
        latex=r"\sqrt[#2]{#1}",
        torch="root(#1, #2)",
        torch_helper=_TORCH_ROOT,
        partial=True,
        steep=True,
    ),
)

_TRIGONOMETRIC = (
    _row("sin", np.sin, "cos(u)", latex=r"\sin", raised_first=True),
    _row("cos", np.cos, "-sin(u)", latex=r"\cos", raised_first=True),
    _row(
        "tan",
        np.tan,
        "1 + tan(u)**2",
        of_floats=lambda u: _pole(math.tan(u)),
        aliases=("tg",),
        latex=r"\tan",
        raised_first=True,
        partial=True,
    ),
    _one_over("cos", "sec", "sec(u)*tan(u)"),
    _one_over("sin", "csc", "-csc(u)*cot(u)", aliases=("cosec",)),
    _one_over("tan", "cot", "-(csc(u)**2)", aliases=("ctg",)),
    _row("asin", np.arcsin, "1/sqrt(1 - u**2)", aliases=("arcsin",), latex=r"\arcsin", partial=True),
    _row("acos", np.arccos, "-1/sqrt(1 - u**2)", aliases=("arccos",), latex=r"\arccos", partial=True),
    _row("atan", np.arctan, "1/(1 + u**2)", aliases=("arctan",), latex=r"\arctan"),
)

_HYPERBOLIC = (
    _row("sinh", np.sinh, "cosh(u)", latex=r"\sinh", raised_first=True),
    _row("cosh", np.cosh, "sinh(u)", latex=r"\cosh", raised_first=True, sign=POSITIVE),
    # 1 - tanh² would lose its digits far out
    _row("tanh", np.tanh, "sech(u)**2", shown=("1 − tanh({0})²",), latex=r"\tanh", raised_first=True, fading=True),
    _one_over("cosh", "sech", "-sech(u)*tanh(u)", fading=True),
    _one_over("sinh", "csch", "-csch(u)*coth(u)"),
    _one_over("tanh", "coth", "-(csch(u)**2)"),
    _row("asinh", np.arcsinh, "1/sqrt(1 + u**2)", aliases=("arsinh", "arcsinh"), latex=r"\operatorname{arsinh}"),
    _row(
        "acosh",
        np.arccosh,
        # 1/sqrt(u² − 1) would have values below −1, where acosh has none
        "1/(sqrt(u - 1)*sqrt(u + 1))",
        aliases=("arcosh", "arccosh"),
        latex=r"\operatorname{arcosh}",
        partial=True,
    ),
    _row(
        "atanh",
        np.arctanh,
        "1/(1 - u**2)",
        aliases=("artanh", "arctanh"),
        latex=r"\operatorname{artanh}",
        partial=True,
    ),
)

_SIGMOIDS_AND_WAVES = (
    _row(
        "sigmoid",
        _sigmoid_of_arrays,
        "sigmoid(u)*sigmoid(-u)",
        shown=("sigmoid({0})·(1 − sigmoid({0}))",),
        # beyond 709.78 math.exp raises, where numpy gives infinity
        of_floats=lambda u: 1 / (1 + math.exp(-u)) if u > -700 else 0.0,
        exact=lambda mp, u: 1 / (1 + mp.exp(-u)),
        aliases=("logistic",),
        latex=r"\sigma",
        code="1/(1 + exp(-u))",
        raised_first=True,
        fading=True,
    ),
    _row(
        "relu",
        lambda u: np.maximum(u, 0.0),
        "heaviside(u, 0)",
        shown=("[{0} > 0]",),
        of_floats=lambda u: max(u, 0.0),
        exact=lambda mp, u: max(u, mp.mpf(0)),
        code="maximum(0, u)",
        corners=True,
        steep=True,
    ),
    _row(
        "softplus",
        lambda u: np.logaddexp(0.0, u),
        "sigmoid(u)",
        of_floats=lambda u: max(u, 0.0) + math.log1p(math.exp(-abs(u))),
        exact=lambda mp, u: mp.log1p(mp.exp(-abs(u))) + max(u, 0),
        latex=r"\ln\left(1 + e^{#1}\right)",
        torch="torch.logaddexp(tensor(0.0), #1)",
        code="logaddexp(0, u)",
        fading=True,
    ),
    # 1 at 0, and not the one of signal processing: sin(u)/u, without π
    _row(
        "sinc",
        special.sinc,
        "-j1(u)",
        shown=("(cos({0}) − sinc({0}))/{0}",),
        of_floats=special.float_sinc,
        own=special.float_sinc,
        exact=lambda mp, u: mp.sin(u) / u if u else mp.mpf(1),
        torch="torch.sinc(#1 / math.pi)",
    ),
    _row("erf", special.erf, "2/sqrt(pi)*exp(-(u**2))", own=special.float_erf, fading=True),
)

_WITH_CORNERS = (
    _row(
        "abs",
        np.absolute,
        "sign(u)",
        of_floats=abs,
        exact=lambda mp, u: abs(u),
        latex=r"\left|#1\right|",
        symbol="absolute",
        corners=True,
        sign=NOT_NEGATIVE,
    ),
    _row(
        "sign",
        np.sign,
        of_floats=lambda u: float((u > 0) - (u < 0)),
        aliases=("sgn",),
        latex=r"\operatorname{sgn}",
        corners=True,
    ),
    _row(
        "floor",
        np.floor,
        of_floats=lambda u: float(math.floor(u)),
        latex=r"\left\lfloor #1 \right\rfloor",
        corners=True,
    ),
    _row(
        "ceil",
        np.ceil,
        of_floats=lambda u: float(math.ceil(u)),
        aliases=("ceiling",),
        latex=r"\left\lceil #1 \right\rceil",
        corners=True,
    ),
    # halves to the even neighbour
    _row(
        "round",
        np.rint,
        of_floats=lambda u: float(round(u)),
        exact=lambda mp, u: mp.nint(u),
        latex=r"\left\lfloor #1 \right\rceil",
        corners=True,
    ),
    # the slopes are those of two arguments: half each where they are equal
    _row(
        "min",
        _smallest,
        "heaviside(b - a, 1/2)",
        "heaviside(a - b, 1/2)",
        least=2,
        most=0,
        of_floats=min,
        exact=lambda mp, *args: min(args),
        aliases=("minimum",),
        latex=r"\min",
        symbol="minimum",
        corners=True,
        steep=True,
    ),
    _row(
        "max",
        _largest,
        "heaviside(a - b, 1/2)",
        "heaviside(b - a, 1/2)",
        least=2,
        most=0,
        of_floats=max,
        exact=lambda mp, *args: max(args),
        aliases=("maximum",),
        latex=r"\max",
        symbol="maximum",
        corners=True,
        steep=True,
    ),
    _two(
        "atan2",
        np.arctan2,
        "ratio(b, a**2 + b**2)",
        "-ratio(a, a**2 + b**2)",
        aliases=("arctan2",),
        corners=True,
    ),
    # the sign of the divisor, as in Python
    _two(
        "mod",
        np.remainder,
        "1",
        "-floor(a/b)",
        of_floats=lambda a, b: a % b,
        exact=lambda mp, a, b: a - b * mp.floor(a / b),
        latex=r"#1 \;\bmod\; #2",
        holds=PRODUCT,
        torch="torch.remainder(#1, #2)",
        corners=True,
        partial=True,
    ),
    _row(
        "where",
        np.where,
        least=3,
        most=3,
        of_floats=lambda c, a, b: a if c else b,
        exact=lambda mp, c, a, b: a if c else b,
        latex=r"\begin{cases} #2 & \text{if } #1 \\ #3 & \text{otherwise} \end{cases}",
        holds=SUM,
        corners=True,
    ),
)

#: In the order in which they are told.
TYPED_ROWS = (*_EXPONENTIALS_AND_ROOTS, *_TRIGONOMETRIC, *_HYPERBOLIC, *_SIGMOIDS_AND_WAVES, *_WITH_CORNERS)
