"""The functions of the formula language: a row each, which everything else reads.

A row says how a function is worked out (on floats for constants, by numpy for points, by mpmath where a constant is
rounded once), what its derivatives are, and how it is written as text, as LaTeX and for torch. A derivative is written
down once, as arithmetic on whatever `f` makes of a function's name: SymPy's trees, numpy's numbers or `jets`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.objectives.formula import special

#: A derivative: of what knows the functions by name (``f.cos``), and of the arguments.
Slope = Callable[..., Any]


@dataclass(frozen=True)
class Row:
    """A function.

    Attributes
    ----------
    name
        As it is typed; of an inner one, as it is printed.
    least, most
        The least and the largest number of its arguments; `most` is 0 for any number.
    of_floats
        Its value on Python floats, by `math`; it may raise where it is undefined.
    of_arrays
        Its value by numpy, for scalars as for arrays: the printed functions call it by the row's name.
    slopes
        Its derivative by each of its arguments; none if it is constant but for its jumps.
    texts
        The same as text, of what the arguments are called; [a > b] is 1 where that is true, and else 0.
    latex
        LaTeX with #1, #2 or #* (all of them) for the arguments; without these, the operator before the bracket.
    torch
        The same for torch with #1 and #2; ``torch.`` and the name if empty.
    exact
        Its value by mpmath, of the module and the arguments; mpmath's function of that name if None.
    corners
        It has corners or jumps: its derivatives are those almost everywhere.
    partial
        There are real numbers at which it is undefined or infinite.
    raised_first
        A power of it is written before its bracket: sin²(x).
    symbol
        What it is called in `symbolic` if not by its name.
    below
        It is one over the function of this name, and printed so.
    own
        It is one of `special`: on floats another function, which answers with a float.
    """

    name: str
    least: int
    most: int
    of_floats: Callable[..., Any] | None
    of_arrays: Callable[..., Any]
    slopes: tuple[Slope, ...] = ()
    texts: tuple[str, ...] = ()
    latex: str = ""
    torch: str = ""
    exact: Callable[..., Any] | None = None
    corners: bool = False
    partial: bool = False
    raised_first: bool = False
    symbol: str = ""
    below: str = ""
    own: Callable[..., float] | None = None

    @property
    def printed(self) -> str:
        """Its name where it is printed as Python and in `symbolic`."""
        return self.symbol or self.name

    def worked_out(self, mp: Any, *args: Any) -> Any:
        """Its value by mpmath."""
        return self.exact(mp, *args) if self.exact else getattr(mp, self.name)(*args)


def _pole(value: float) -> float:
    # neither π nor π/2 is a double: what is that large stands for infinity
    return value if abs(value) < 1e15 else math.inf


def _tan(u: float) -> float:
    return _pole(math.tan(u))


def _round(u: float) -> float:
    return float(round(u))


def _log(u: float, base: float | None = None) -> float:
    if base in (2.0, 10.0):
        return math.log2(u) if base == 2.0 else math.log10(u)
    return math.log(u) if base is None else math.log(u) / math.log(base)


def _mod(a: Any, b: Any) -> Any:
    return a % b


def _exact_log(mp: Any, *args: Any) -> Any:
    return mp.log(args[0]) if len(args) == 1 else mp.log(args[0]) / mp.log(args[1])


def _exact_root(mp: Any, a: Any, n: Any) -> Any:
    odd = n % 2 == 1
    return -mp.power(-a, 1 / n) if a < 0 and odd else mp.power(a, 1 / n)


def _root_by_order(f: Any, a: Any, n: Any) -> Any:
    return -f.root(a, n) * f.log(f.absolute(a)) / n**2


def _np_sigmoid(u: Any) -> Any:
    return np.exp(-np.logaddexp(0.0, -u))


def _np_log(u: Any, base: Any = None) -> Any:
    return np.log(u) if base is None else np.log(u) / np.log(base)


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


def _one(name: str, of_arrays: Callable[..., Any], slope: Slope | None, text: str, **other: Any) -> Row:
    """A function of one argument."""
    of_floats = other.pop("of_floats", None) or getattr(math, name, None)
    return Row(name, 1, 1, of_floats, of_arrays, (slope,) if slope else (), (text,), **other)


def _under_one(name: str, below: str, slope: Slope, text: str) -> Row:
    """One over a function."""
    lower, of_floats = getattr(np, below), getattr(math, below)
    latex = rf"\{name}" if name in ("sec", "csc", "cot", "coth") else ""
    return Row(
        name,
        1,
        1,
        lambda u: _pole(1.0 / of_floats(u)),
        lambda u: 1.0 / lower(u),
        (slope,),
        (text,),
        latex,
        f"(1 / torch.{below}(#1))",
        partial=True,
        raised_first=True,
        below=below,
    )


_ROWS = (
    _one("exp", np.exp, lambda f, u: f.exp(u), "exp({0})", latex="e^{#1}"),
    Row("log", 1, 2, _log, _np_log, (lambda f, u: 1 / u,), ("1/{0}",), r"\ln", exact=_exact_log, partial=True),
    _one(
        "log10",
        np.log10,
        lambda f, u: 1 / (u * f.log(f.number(10))),
        "1/({0}·log(10))",
        latex=r"\log_{10}",
        partial=True,
    ),
    _one(
        "log2",
        np.log2,
        lambda f, u: 1 / (u * f.log(f.number(2))),
        "1/({0}·log(2))",
        latex=r"\log_{2}",
        partial=True,
        exact=lambda mp, u: mp.log(u, 2),
    ),
    _one("sqrt", np.sqrt, lambda f, u: f.half / f.sqrt(u), "1/(2√{0})", latex=r"\sqrt{#1}", partial=True),
    _one(
        "cbrt",
        np.cbrt,
        lambda f, u: 1 / (3 * f.cbrt(u) ** 2),
        "1/(3·cbrt({0})²)",
        latex=r"\sqrt[3]{#1}",
        torch="cbrt(#1)",
        exact=lambda mp, u: mp.sign(u) * mp.cbrt(abs(u)),
    ),
    Row(
        "root",
        2,
        2,
        special.float_root,
        special.root,
        (lambda f, a, n: 1 / (n * f.power(f.absolute(f.root(a, n)), n - 1)), _root_by_order),
        ("1/({1}·|root({0}, {1})|^({1} − 1))", "−root({0}, {1})·log|{0}|/{1}²"),
        r"\sqrt[#2]{#1}",
        "root(#1, #2)",
        _exact_root,
        partial=True,
        own=special.float_root,
    ),
    _one("sin", np.sin, lambda f, u: f.cos(u), "cos({0})", latex=r"\sin", raised_first=True),
    _one("cos", np.cos, lambda f, u: -f.sin(u), "−sin({0})", latex=r"\cos", raised_first=True),
    _one(
        "tan",
        np.tan,
        lambda f, u: 1 + f.tan(u) ** 2,
        "1 + tan({0})²",
        latex=r"\tan",
        raised_first=True,
        of_floats=_tan,
        partial=True,
    ),
    _under_one("sec", "cos", lambda f, u: f.sec(u) * f.tan(u), "sec({0})·tan({0})"),
    _under_one("csc", "sin", lambda f, u: -f.csc(u) * f.cot(u), "−csc({0})·cot({0})"),
    _under_one("cot", "tan", lambda f, u: -(f.csc(u) ** 2), "−csc({0})²"),
    _one("asin", np.arcsin, lambda f, u: 1 / f.sqrt(1 - u**2), "1/√(1 − {0}²)", latex=r"\arcsin", partial=True),
    _one("acos", np.arccos, lambda f, u: -1 / f.sqrt(1 - u**2), "−1/√(1 − {0}²)", latex=r"\arccos", partial=True),
    _one("atan", np.arctan, lambda f, u: 1 / (1 + u**2), "1/(1 + {0}²)", latex=r"\arctan"),
    _one("sinh", np.sinh, lambda f, u: f.cosh(u), "cosh({0})", latex=r"\sinh", raised_first=True),
    _one("cosh", np.cosh, lambda f, u: f.sinh(u), "sinh({0})", latex=r"\cosh", raised_first=True),
    # 1 - tanh² would lose its digits far out
    _one("tanh", np.tanh, lambda f, u: f.sech(u) ** 2, "1 − tanh({0})²", latex=r"\tanh", raised_first=True),
    _under_one("sech", "cosh", lambda f, u: -f.sech(u) * f.tanh(u), "−sech({0})·tanh({0})"),
    _under_one("csch", "sinh", lambda f, u: -f.csch(u) * f.coth(u), "−csch({0})·coth({0})"),
    _under_one("coth", "tanh", lambda f, u: -(f.csch(u) ** 2), "−csch({0})²"),
    _one("asinh", np.arcsinh, lambda f, u: 1 / f.sqrt(1 + u**2), "1/√(1 + {0}²)", latex=r"\operatorname{arsinh}"),
    _one(
        "acosh",
        np.arccosh,
        lambda f, u: 1 / (f.sqrt(u - 1) * f.sqrt(u + 1)),
        "1/(√({0} − 1)·√({0} + 1))",
        partial=True,
        latex=r"\operatorname{arcosh}",
    ),
    _one(
        "atanh", np.arctanh, lambda f, u: 1 / (1 - u**2), "1/(1 − {0}²)", partial=True, latex=r"\operatorname{artanh}"
    ),
    _one(
        "sigmoid",
        _np_sigmoid,
        lambda f, u: f.sigmoid(u) * f.sigmoid(-u),
        "sigmoid({0})·(1 − sigmoid({0}))",
        of_floats=lambda u: 1 / (1 + math.exp(-u)) if u > -700 else 0.0,
        exact=lambda mp, u: 1 / (1 + mp.exp(-u)),
        latex=r"\sigma",
        raised_first=True,
    ),
    _one(
        "relu",
        lambda u: np.maximum(u, 0.0),
        lambda f, u: f.heaviside(u, f.number(0)),
        "[{0} > 0]",
        of_floats=lambda u: max(u, 0.0),
        exact=lambda mp, u: max(u, mp.mpf(0)),
        corners=True,
    ),
    _one(
        "softplus",
        lambda u: np.logaddexp(0.0, u),
        lambda f, u: f.sigmoid(u),
        "sigmoid({0})",
        of_floats=lambda u: max(u, 0.0) + math.log1p(math.exp(-abs(u))),
        latex=r"\ln\left(1 + e^{#1}\right)",
        torch="torch.logaddexp(tensor(0.0), #1)",
        exact=lambda mp, u: mp.log1p(mp.exp(-abs(u))) + max(u, 0),
    ),
    # 1 at 0, and not the one of signal processing: sin(u)/u, without π
    _one(
        "sinc",
        special.sinc,
        lambda f, u: -f.j1(u),
        "(cos({0}) − sinc({0}))/{0}",
        of_floats=special.float_sinc,
        own=special.float_sinc,
        torch="torch.sinc(#1 / math.pi)",
        exact=lambda mp, u: mp.sin(u) / u if u else mp.mpf(1),
    ),
    _one("erf", special.erf, lambda f, u: 2 / f.sqrt(f.pi) * f.exp(-(u**2)), "2/√π·exp(−{0}²)", own=special.float_erf),
    _one(
        "abs",
        np.absolute,
        lambda f, u: f.sign(u),
        "sign({0})",
        of_floats=abs,
        symbol="absolute",
        corners=True,
        latex=r"\left|#1\right|",
        exact=lambda mp, u: abs(u),
    ),
    _one(
        "sign",
        np.sign,
        None,
        "0",
        of_floats=lambda u: float((u > 0) - (u < 0)),
        latex=r"\operatorname{sgn}",
        corners=True,
    ),
    _one(
        "floor",
        np.floor,
        None,
        "0",
        of_floats=lambda u: float(math.floor(u)),
        corners=True,
        latex=r"\left\lfloor #1 \right\rfloor",
    ),
    _one(
        "ceil",
        np.ceil,
        None,
        "0",
        of_floats=lambda u: float(math.ceil(u)),
        corners=True,
        latex=r"\left\lceil #1 \right\rceil",
    ),
    # halves to the even neighbour
    _one(
        "round",
        np.rint,
        None,
        "0",
        of_floats=_round,
        corners=True,
        latex=r"\left\lfloor #1 \right\rceil",
        exact=lambda mp, u: mp.nint(u),
    ),
    # the slopes are those of two arguments: half each where they are equal
    Row(
        "min",
        2,
        0,
        min,
        _smallest,
        (lambda f, a, b: f.heaviside(b - a, f.half), lambda f, a, b: f.heaviside(a - b, f.half)),
        latex=r"\min",
        exact=lambda mp, *args: min(args),
        corners=True,
        symbol="minimum",
    ),
    Row(
        "max",
        2,
        0,
        max,
        _largest,
        (lambda f, a, b: f.heaviside(a - b, f.half), lambda f, a, b: f.heaviside(b - a, f.half)),
        latex=r"\max",
        exact=lambda mp, *args: max(args),
        corners=True,
        symbol="maximum",
    ),
    Row(
        "hypot",
        2,
        2,
        math.hypot,
        np.hypot,
        (lambda f, a, b: f.ratio(a, f.hypot(a, b)), lambda f, a, b: f.ratio(b, f.hypot(a, b))),
        ("{0}/hypot({0}, {1})", "{1}/hypot({0}, {1})"),
        corners=True,
        torch="hypot(#1, #2)",
    ),
    Row(
        "atan2",
        2,
        2,
        math.atan2,
        np.arctan2,
        (lambda f, a, b: f.ratio(b, a**2 + b**2), lambda f, a, b: -f.ratio(a, a**2 + b**2)),
        ("{1}/({0}² + {1}²)", "−{0}/({0}² + {1}²)"),
        corners=True,
    ),
    # the sign of the divisor, as in Python
    Row(
        "mod",
        2,
        2,
        _mod,
        np.remainder,
        (lambda f, a, b: f.number(1), lambda f, a, b: -f.floor(a / b)),
        ("1", "−floor({0}/{1})"),
        r"#1 \;\bmod\; #2",
        "torch.remainder(#1, #2)",
        lambda mp, a, b: a - b * mp.floor(a / b),
        corners=True,
        partial=True,
    ),
    Row(
        "where",
        3,
        3,
        lambda c, a, b: a if c else b,
        np.where,
        latex=r"\begin{cases} #2 & \text{if } #1 \\ #3 & \text{otherwise} \end{cases}",
        exact=lambda mp, c, a, b: a if c else b,
        corners=True,
    ),
)


def _condition(name: str, symbol: str, of_arrays: Callable[..., Any], of_floats: Callable[..., bool], mark: str) -> Row:
    count = 1 if name == "not" else 2
    return Row(
        name,
        count,
        count,
        lambda *args: float(of_floats(*args)),
        of_arrays,
        symbol=symbol,
        latex=mark,
        exact=lambda mp, *args: mp.mpf(of_floats(*args)),
    )


#: What stands in the first place of `where`: true or false of numbers, and of conditions.
CONDITIONS = {
    row.name: row
    for row in (
        _condition("<", "less", np.less, lambda a, b: a < b, "#1 < #2"),
        _condition("<=", "less_equal", np.less_equal, lambda a, b: a <= b, r"#1 \leq #2"),
        _condition(">", "greater", np.greater, lambda a, b: a > b, "#1 > #2"),
        _condition(">=", "greater_equal", np.greater_equal, lambda a, b: a >= b, r"#1 \geq #2"),
        _condition("==", "equal", np.equal, lambda a, b: a == b, "#1 = #2"),
        _condition("!=", "not_equal", np.not_equal, lambda a, b: a != b, r"#1 \neq #2"),
        _condition("and", "logical_and", np.logical_and, lambda a, b: bool(a and b), r"#1 \text{ and } #2"),
        _condition("or", "logical_or", np.logical_or, lambda a, b: bool(a or b), r"#1 \text{ or } #2"),
        _condition("not", "logical_not", np.logical_not, lambda a: not a, r"\text{not } #1"),
    )
}

#: Every function of the language, by its name there.
ROWS = {row.name: row for row in _ROWS}


def _heaviside(mp: Any, u: Any, at: Any) -> Any:
    return mp.mpf(u > 0) if u != 0 else at


#: What derivatives need beside these; nobody can type them.
INNER = {
    row.name: row
    for row in (
        Row(
            "power",
            2,
            2,
            None,
            np.power,
            (lambda f, a, b: b * f.power(a, b - 1), lambda f, a, b: f.log(a) * f.power(a, b)),
            partial=True,
        ),
        Row(
            "ratio",
            2,
            2,
            None,
            special.ratio,
            (lambda f, a, b: f.ratio(f.number(1), b), lambda f, a, b: -f.ratio(a, b * b)),
            latex=r"\frac{#1}{#2}",
            exact=lambda mp, a, b: a / b if b else mp.mpf(0),
            own=special.float_ratio,
        ),
        # 1 where it holds, and 0 elsewhere
        Row("heaviside", 2, 2, None, np.heaviside, latex=r"\left[#1 > 0\right]", exact=_heaviside),
        Row(
            "j1",
            1,
            1,
            None,
            special.j1,
            (lambda f, u: (f.sinc(u) - 2 * f.j2(u)) / 3,),
            latex="j_1",
            exact=lambda mp, u: (mp.sin(u) / u - mp.cos(u)) / u if u else mp.mpf(0),
            own=special.float_j1,
        ),
        Row(
            "j2",
            1,
            1,
            None,
            special.j2,
            latex="j_2",
            exact=lambda mp, u: ((3 / u**2 - 1) * mp.sin(u) - 3 * mp.cos(u) / u) / u if u else mp.mpf(0),
            own=special.float_j2,
        ),
        Row("within", 2, 0, None, special.within, exact=lambda mp, a, *_: a),
        # what SymPy may not work out; see `domains`
        Row("add", 2, 2, None, np.add, exact=lambda mp, a, b: a + b),
        Row("multiply", 2, 2, None, np.multiply, exact=lambda mp, a, b: a * b),
        Row("divide", 2, 2, None, np.divide, exact=lambda mp, a, b: a / b),
    )
}

#: All of them by the names under which `symbolic` has them and they are printed.
BY_SYMBOL = {row.printed: row for row in (*_ROWS, *CONDITIONS.values(), *INNER.values())}
#: Those of them that are undefined or infinite somewhere.
PARTIAL = frozenset(row.printed for row in BY_SYMBOL.values() if row.partial)
