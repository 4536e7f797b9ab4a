"""Text → checked tree → SymPy → value, gradient and Hessian as plain functions.

The text is read by Python's parser for its syntax tree only; nothing in it is ever evaluated as Python. What is
printed back out (see `printing`) and compiled is our own arithmetic on the names of the coordinates.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.base import Array
from gdsim.objectives.printed import PRINTED

if TYPE_CHECKING:
    import sympy

Compiled = Callable[..., tuple[Any, ...]]

#: Functions an expression may call; numpy computes each, for scalars as for arrays, so that both agree.
_CALLS = ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "hypot")


def _ratio(a: Any, b: Any) -> Any:
    """a/b, and 0 where b is 0: a derivative almost everywhere stays finite at a corner."""
    shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    return np.divide(a, b, out=np.zeros(shape), where=np.not_equal(b, 0.0))


def _float_ratio(a: float, b: float) -> float:
    return a / b if b != 0.0 else 0.0


#: What SymPy may be handed: it cannot be interrupted.
_MOST_PARTS, _LARGEST_EXPONENT, _MOST_BITS = 1000, 1000, 1024

_UFUNCS = {name: getattr(np, name) for name in (*_CALLS, "power")}
_ARRAYS = _UFUNCS | {"ratio": _ratio, "array": np.array}
_SCALARS = _UFUNCS | {"ratio": _float_ratio}


@dataclass(frozen=True)
class Expression:
    """A formula in named variables.

    Attributes
    ----------
    text
        As it is written, in Python's notation.
    names
        The variables in order, d of them.
    """

    text: str
    names: tuple[str, ...]

    @cached_property
    def tree(self) -> sympy.Expr:
        """The formula as SymPy has it."""
        return parse(self.text, self.names)

    @cached_property
    def value(self) -> Compiled:
        """Of d arrays: a tuple of one array."""
        return self._compiled("value")

    @cached_property
    def gradient(self) -> Compiled:
        """Of d arrays: the d first derivatives."""
        return self._compiled("gradient")

    @cached_property
    def float_gradient(self) -> Compiled:
        """Of d Python floats: the d first derivatives."""
        return self._compiled("float_gradient")

    @cached_property
    def hessian(self) -> Compiled:
        """Of d arrays: the second derivatives of the upper triangle, row by row."""
        return self._compiled("hessian")

    def source(self, what: str) -> str:
        """The Python text of one of the four functions."""
        from sympy.core.parameters import distribute

        from gdsim.objectives.printing import operations

        # 2·(x + y) or 2x + 2y: whichever comes out shorter
        texts = []
        for spread in (False, True):
            with distribute(spread):
                texts.append(self._printed(what))
        return min(texts, key=operations)

    def _printed(self, what: str) -> str:
        from gdsim.objectives.printing import Printer

        symbols = _symbols(self.names)
        tree = parse(self.text, self.names)
        trees = [tree]
        if what != "value":
            trees = [tree.diff(symbol) for symbol in symbols]
        if what == "hessian":
            trees = [trees[i].diff(symbol) for i in range(len(symbols)) for symbol in symbols[i:]]
        return Printer(scalar=what == "float_gradient").function(trees, self.names)

    def _compiled(self, what: str) -> Compiled:
        source = PRINTED.get((self.text, what)) or self.source(what)
        scope: dict[str, Any] = dict(_SCALARS if what == "float_gradient" else _ARRAYS)
        exec(compile(source, f"<{what} of {self.text[:60]}>", "exec"), scope)
        function: Compiled = scope["f"]
        # a loop may take these lines in, instead of calling them
        function.source = source  # type: ignore[attr-defined]
        return function


@lru_cache(maxsize=256)
def expression(text: str, names: tuple[str, ...]) -> Expression:
    """The one `Expression` of a text, so that it is compiled once."""
    return Expression(text, names)


def evaluate(function: Compiled, points: Array, count: int, out: Array | None = None) -> Array:
    """Call a compiled function on points ``(d, …)`` and stack its `count` results, each in full shape.

    Numpy's warnings are silenced here, unless the results go to `out`: whoever loops silences them once.
    """
    points = np.asarray(points, dtype=np.float64)
    if out is None:
        with np.errstate(all="ignore"):
            return evaluate(function, points, count, np.empty((count, *points.shape[1:])))
    for i, result in enumerate(function(*points)):
        out[i] = result
    return out


def pretty(text: str) -> str:
    """A formula in Python's notation as a person writes it: x**2 becomes x²."""
    text = re.sub(r"\bpi\b", "π", re.sub(r"\bsqrt\((\w)\)", r"√\1", text))
    text = re.sub(r"\bhypot\(x, y\)", "√(x**2 + y**2)", text)
    text = re.sub(r"\*\*(\d)(?!\d)", lambda power: "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(power[1])], text)
    text = text.replace("*", "·").replace("-", "\N{MINUS SIGN}")
    text = re.sub(r"(?<=\d)·(?=[a-z]{2})", " ", text)
    return re.sub(r"(?<=[\dxyπ)⁰¹²³⁴⁵⁶⁷⁸⁹])·(?=[xyπ(])", "", text)


def parse(text: str, names: Iterable[str]) -> sympy.Expr:
    """Read a formula in Python's notation into SymPy, or raise `GdsimError` saying what is wrong with it."""
    try:
        body = ast.parse(text.strip(), mode="eval").body
        if sum(1 for _ in ast.walk(body)) > _MOST_PARTS:
            raise MemoryError
        return _Reader(tuple(names)).read(body)
    except GdsimError:
        raise
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise GdsimError("the formula '{text}' cannot be read", "function", text=text[:80]) from error


@lru_cache(maxsize=64)
def _symbols(names: tuple[str, ...]) -> tuple[sympy.Symbol, ...]:
    import sympy

    return tuple(sympy.Symbol(name, real=True) for name in names)


class _Reader:
    """Turns the few kinds of syntax a formula may hold into SymPy."""

    def __init__(self, names: tuple[str, ...]) -> None:
        import sympy

        self.sympy = sympy
        self.names = dict(zip(names, _symbols(names), strict=True))
        self.names |= {"pi": sympy.pi, "e": sympy.E}

    def read(self, node: ast.expr) -> sympy.Expr:
        tree = self._part(node)
        if tree.is_number and not _is_usable(tree):
            raise GdsimError("'{part}' is not a finite real number", "function", part=ast.unparse(node)[:60])
        return tree

    def _part(self, node: ast.expr) -> sympy.Expr:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool) and number < math.inf:
                # the decimal text, exactly: 0.26 is 13/50
                return self.sympy.Rational(repr(number))
            case ast.Name(id=name):
                if name not in self.names:
                    raise UnknownNameError("name", name, [*self.names, *_CALLS], "function")
                return self.names[name]
            case ast.UnaryOp(op=ast.USub(), operand=a):
                return -self.read(a)
            case ast.BinOp(left=a, op=ast.Add(), right=b):
                return self.read(a) + self.read(b)
            case ast.BinOp(left=a, op=ast.Sub(), right=b):
                return self.read(a) - self.read(b)
            case ast.BinOp(left=a, op=ast.Mult(), right=b):
                return self.read(a) * self.read(b)
            case ast.BinOp(left=a, op=ast.Div(), right=b):
                return self.read(a) / self.read(b)
            case ast.BinOp(left=a, op=ast.Pow(), right=b):
                base, exponent = self.read(a), self.read(b)
                # SymPy works powers of numbers out in whole, however long that takes
                if not exponent.is_number or abs(float(exponent)) <= _LARGEST_EXPONENT:
                    return base**exponent
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                if name not in _CALLS:
                    raise UnknownNameError("function", name, _CALLS, "function")
                return self._call(name, [self.read(a) for a in arguments])
        raise GdsimError("'{part}' cannot stand in a formula", "function", part=ast.unparse(node)[:60])

    def _call(self, name: str, arguments: list[sympy.Expr]) -> sympy.Expr:
        if len(arguments) != (2 if name == "hypot" else 1):
            raise GdsimError("{name}() has the wrong number of arguments", "function", name=name)
        return _corner_functions()["hypot"](*arguments) if name == "hypot" else getattr(self.sympy, name)(*arguments)


def _is_usable(number: sympy.Expr) -> bool:
    """Whether a constant is finite and real, and short enough to go on with."""
    if number.is_Rational:
        return bool(max(abs(number.p), number.q).bit_length() <= _MOST_BITS)
    try:
        return math.isfinite(float(number))
    except (TypeError, ValueError, OverflowError):
        return False


@lru_cache(maxsize=1)
def _corner_functions() -> dict[str, Any]:
    """SymPy functions whose derivatives are those almost everywhere, and finite at the corner."""
    import sympy

    class ratio(sympy.Function):  # type: ignore[misc]  # noqa: N801
        def fdiff(self, argindex: int = 1) -> sympy.Expr:
            a, b = self.args
            return ratio(1, b) if argindex == 1 else -ratio(a, b * b)

    class hypot(sympy.Function):  # type: ignore[misc]  # noqa: N801
        def fdiff(self, argindex: int = 1) -> sympy.Expr:
            return ratio(self.args[argindex - 1], self)

    return {"hypot": hypot, "ratio": ratio}
