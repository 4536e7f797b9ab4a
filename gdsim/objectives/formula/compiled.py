"""A formula compiled: value, gradient and Hessian as plain functions.

What is compiled is our own arithmetic on the names of the coordinates, printed from the tree (see `formula`,
`symbolic` and `printing`); of the text that a person typed, nothing is ever evaluated as Python.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.formula.careful import care_for, needs_care
from gdsim.objectives.formula.formula import Formula, FormulaError, read
from gdsim.objectives.formula.functions import BY_SYMBOL
from gdsim.objectives.formula.nodes import python_name

__all__ = ["KINDS", "Compiled", "Expression", "add_printed", "evaluate", "expression"]

Compiled = Callable[..., tuple[Any, ...]]

#: The functions that are compiled of a formula.
KINDS = ("value", "float_value", "gradient", "float_gradient", "hessian")


def _calls(scalar: bool) -> dict[str, Any]:
    """The functions that printed code may call, by name: numpy's for scalars as for arrays, so that both agree."""
    calls: dict[str, Any] = {"inf": math.inf, "nan": math.nan, "logaddexp": np.logaddexp}
    for name, row in BY_SYMBOL.items():
        calls[name] = row.own if scalar and row.own else row.of_arrays
    # numpy's own of two arguments, and not that of many
    return calls | {"minimum": np.minimum, "maximum": np.maximum, "log": np.log}


_SCALARS = _calls(scalar=True) | {"isfinite": math.isfinite}
_ARRAYS = _calls(scalar=False) | {"array": np.array}


@dataclass(frozen=True)
class Expression:
    """A formula in named variables, with numbers for its parameters.

    Attributes
    ----------
    text
        As it is written.
    names
        The variables in order, d of them.
    parameters
        The name and the value of every parameter. The same code serves all values.
    """

    text: str
    names: tuple[str, ...]
    parameters: tuple[tuple[str, float], ...] = ()

    @property
    def formula(self) -> Formula:
        """The text as it has been read."""
        return read(self.text)

    @property
    def ready(self) -> bool:
        """Tell whether value and gradient are there already, compiled or printed ahead."""
        return all(map(self._is_there, KINDS[:-1]))

    @property
    def value_ready(self) -> bool:
        """Tell whether the value is there already, compiled or printed ahead."""
        return self._is_there("value")

    @property
    def ready_twice(self) -> bool:
        """Tell whether the Hessian is there too, or is taken from differences of gradients as it would be too long."""
        return self.ready and (not self.formula.twice or self._is_there("hessian"))

    def _is_there(self, what: str) -> bool:
        return (self.text, self.names, what) in _CODES or bool(_printed_ahead(self, what))

    def compile(self) -> None:
        """Work value and gradient out; at the first use of SymPy that takes a while.

        The Hessian is worked out by whoever asks for it first: it takes as long as the others together, and neither a
        surface nor a race needs it.
        """
        for what in KINDS[:-1]:
            getattr(self, what)

    @cached_property
    def value(self) -> Compiled:
        """Of d arrays: a tuple of one array."""
        return self._bound("value")

    @cached_property
    def float_value(self) -> Callable[..., float]:
        """Of d Python floats: the value."""
        return self._bound("float_value")  # type: ignore[return-value]

    @cached_property
    def gradient(self) -> Compiled:
        """Of d arrays: the d first derivatives."""
        return self._bound("gradient")

    @cached_property
    def float_gradient(self) -> Compiled:
        """Of d Python floats: the d first derivatives."""
        return self._bound("float_gradient")

    @cached_property
    def hessian(self) -> Compiled:
        """Of d arrays: the second derivatives of the upper triangle, row by row."""
        return self._bound("hessian")

    def latex(self, what: str = "value") -> str | tuple[str, ...]:
        """The formula as LaTeX, or its "gradient" (d texts) or "hessian" (upper triangle); "" if too long to read."""
        from gdsim.objectives.formula.derived_latex import derived_latex
        from gdsim.objectives.formula.latex import latex

        return latex(self.text) if what == "value" else derived_latex(self.text, self.names, what)

    def source(self, what: str) -> str:
        """The Python text of one of the functions, printed now."""
        from gdsim.objectives.formula.printing import source

        formula = self.formula
        missing = [n for n in (*formula.names, *formula.parameters) if n not in (*self.names, *dict(self.parameters))]
        missing = [name for name in missing if name != "x" or "y" not in formula.names]
        if missing:
            raise FormulaError("the formula has '{name}', which is given no value", name=missing[0])
        return source(self.text, self.names, what)

    def _bound(self, what: str) -> Compiled:
        code = _code(self, what)
        values = {python_name(name): value if code.scalar else np.array(value) for name, value in self.parameters}
        scope = {**code.scope, **values, "careful": self._of_floats(what.removeprefix("float_"))}
        function: Compiled = FunctionType(code.code, scope, "f")
        # a loop may take these lines in, instead of calling them
        function.source = code.source  # type: ignore[attr-defined]
        if not code.scalar and needs_care(self.text, what):
            function.care = care_for(self.text, self.names, dict(self.parameters), what)  # type: ignore[attr-defined]
        return function

    def _of_floats(self, what: str) -> Callable[..., Any]:
        """A function that needs care, of d floats: as arrays have it."""

        def careful(*point: float) -> Any:
            found = evaluate(getattr(self, what), np.array(point)[:, None], 1 if what == "value" else len(point))
            return float(found[0, 0]) if what == "value" else tuple(found[:, 0].tolist())

        return careful


@dataclass(frozen=True)
class _Code:
    """A compiled function of a formula, without values for its parameters."""

    source: str
    code: CodeType
    scope: dict[str, Any]
    scalar: bool


#: The functions worked out so far, the newest last; kept by text, so that new values of parameters cost nothing.
_CODES: dict[tuple[str, tuple[str, ...], str], _Code] = {}
_MOST_CODES = 400


def _code(expression: Expression, what: str) -> _Code:
    key = (expression.text, expression.names, what)
    code = _CODES.get(key)
    if code is None:
        code = _compiled(_printed_ahead(expression, what) or expression.source(what), what, expression.text)
        while len(_CODES) >= _MOST_CODES:
            # None, as another thread may have taken it away already
            _CODES.pop(next(iter(_CODES)), None)
        _CODES[key] = code
    return code


#: Sources of functions that were printed ahead; a text and a kind → the Python text, "" if there is none.
_PRINTED: list[Callable[[str, str], str]] = []


def add_printed(source_of: Callable[[str, str], str]) -> None:
    """Let functions be taken from what was printed ahead, by formula and kind: SymPy need not be waited for."""
    _PRINTED.append(source_of)


def _printed_ahead(expression: Expression, what: str) -> str:
    """The text of a function that was printed ahead; "" if there is none of these names."""
    source = next(filter(None, (source_of(expression.text, what) for source_of in _PRINTED)), "")
    return source if f"def f({', '.join(map(python_name, expression.names))}):" in source else ""


def _compiled(source: str, what: str, text: str) -> _Code:
    scalar = what.startswith("float_")
    scope: dict[str, Any] = dict(_SCALARS if scalar else _ARRAYS)
    exec(compile(source, f"<{what} of {text[:60]}>", "exec"), scope)
    function = scope.pop("f")
    return _Code(source, function.__code__, scope, scalar)


@lru_cache(maxsize=64)
def expression(text: str, names: tuple[str, ...], parameters: tuple[tuple[str, float], ...] = ()) -> Expression:
    """The one `Expression` of a text and its values."""
    return Expression(text, names, parameters)


#: Number of points that are worked on at a time where there are many.
_PIECE = 8192


def evaluate(function: Compiled, points: Array, count: int, out: Array | None = None) -> Array:
    """Call a compiled function on points ``(d, …)`` and stack its `count` results, each in full shape.

    Numpy's warnings are silenced here, unless the results go to `out`: whoever loops silences them once.
    """
    points = np.asarray(points, dtype=np.float64)
    if out is None:
        with np.errstate(all="ignore"):
            return evaluate(function, points, count, np.empty((count, *points.shape[1:])))
    # of arrays that do not lie together reshape makes copies, and results in a copy are lost
    if points.size > 2 * _PIECE * len(points) and points.flags.c_contiguous and out.flags.c_contiguous:
        # in pieces, all that lies between points and results stays in the cache
        flat, results = points.reshape(len(points), -1), out.reshape(count, -1)
        for first in range(0, flat.shape[1], _PIECE):
            piece = slice(first, first + _PIECE)
            for i, result in enumerate(function(*flat[:, piece])):
                results[i, piece] = result
    else:
        for i, result in enumerate(function(*points)):
            out[i] = result
    care = getattr(function, "care", None)
    # a sum is the cheapest look at all results; where it alone overflows, care finds nothing amiss
    if care is not None and not math.isfinite(np.add.reduce(out, axis=None)):
        care(points, out)
    return out
