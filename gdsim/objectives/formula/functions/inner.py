"""Conditions, and the functions that derivatives need: nobody types them as functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gdsim.objectives.formula.functions import special
from gdsim.objectives.formula.functions.row import SUM, Row


def _condition(name: str, symbol: str, of_arrays: Callable[..., Any], of_floats: Callable[..., bool], mark: str) -> Row:
    count = 1 if name == "not" else 2
    return Row(
        name=name,
        least=count,
        most=count,
        of_floats=lambda *args: float(of_floats(*args)),
        of_arrays=of_arrays,
        latex=mark,
        holds=SUM,
        exact=lambda mp, *args: mp.mpf(of_floats(*args)),
        symbol=symbol,
    )


def _exact_heaviside(mp: Any, u: Any, at: Any) -> Any:
    return mp.mpf(u > 0) if u != 0 else at


def _two(name: str, of_arrays: Callable[..., Any], **other: Any) -> Row:
    return Row(name=name, least=2, most=2, of_arrays=of_arrays, **other)


#: True or false of numbers, and of conditions: what stands in the first place of `where`.
CONDITION_ROWS = (
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

#: The functions that derivatives need beside those of the language.
INNER_ROWS = (
    _two("power", np.power, slopes=("b*power(a, b - 1)", "log(a)*power(a, b)"), partial=True),
    # a/b, and 0 where b is 0: what is 0/0 in the corner of a derivative
    _two(
        "ratio",
        special.ratio,
        slopes=("ratio(1, b)", "-ratio(a, b*b)"),
        latex=r"\frac{#1}{#2}",
        exact=lambda mp, a, b: a / b if b else mp.mpf(0),
        own=special.float_ratio,
    ),
    # 1 where the first is positive, the second where it is 0, and 0 elsewhere
    _two("heaviside", np.heaviside, latex=r"\left[#1 > 0\right]", exact=_exact_heaviside),
    # of two arguments, log is a quotient wherever it is derived; here are the slopes by both
    _two(
        "log_to",
        lambda u, base: np.log(u) / np.log(base),
        slopes=("1/(a*log(b))", "-log(a)/(b*log(b)**2)"),
        shown=("", "−log({0}, {1})/({1}·log({1}))"),
        latex=r"\log_{#2}\left(#1\right)",
        torch="(torch.log(#1) / torch.log(#2))",
    ),
    Row(
        name="j1",
        of_arrays=special.j1,
        slopes=("(sinc(u) - 2*j2(u))/3",),
        latex="j_1",
        exact=lambda mp, u: (mp.sin(u) / u - mp.cos(u)) / u if u else mp.mpf(0),
        own=special.float_j1,
    ),
    Row(
        name="j2",
        of_arrays=special.j2,
        latex="j_2",
        exact=lambda mp, u: ((3 / u**2 - 1) * mp.sin(u) - 3 * mp.cos(u) / u) / u if u else mp.mpf(0),
        own=special.float_j2,
    ),
    Row(name="within", least=2, most=0, of_arrays=special.within, exact=lambda mp, a, *_: a),
    # what SymPy may not work out; see `domains`
    _two("add", np.add, exact=lambda mp, a, b: a + b),
    _two("multiply", np.multiply, exact=lambda mp, a, b: a * b),
    _two("divide", np.divide, exact=lambda mp, a, b: a / b),
)
