"""Formulas and their derivatives as LaTeX, as text and as pictures; made by the worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gdsim.errors import GdsimError
from gdsim.objectives import Function
from gdsim.objectives.formula.functions import BY_SYMBOL, CONDITIONS
from gdsim.objectives.formula.nodes import MANGLED
from gdsim.objectives.formula.pretty import pretty, shown_name

#: The letters of a picture are so many pixels high before it is scaled.
EM = 24.0
#: The ink of a picture; a widget puts its own in its place.
_INK = "#010203"
#: Of more letters of LaTeX no picture is made: it would take a second, and nobody reads it.
LONGEST = 1300
#: Of more coordinates not all names stand after f, no second derivatives are told, and of the first not all.
_MOST_NAMES, _MOST_CURVED, _MOST_LINES = 4, 4, 12


@dataclass(frozen=True)
class Line:
    """A formula.

    Attributes
    ----------
    by
        What f is differentiated by, in order: () for f itself.
    latex, text
        The formula, with what stands before its sign of equality.
    """

    by: tuple[str, ...]
    latex: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A typeset formula as SVG, and its size in pixels at EM."""

    svg: str
    width: float
    height: float

    def inked(self, color: str) -> bytes:
        """The SVG in a colour."""
        return self.svg.replace(_INK, color).encode()


def lines_of(function: Function) -> tuple[Line, ...]:
    """f, its first and its second derivatives."""
    names = function.names
    second = [(a, b) for i, a in enumerate(names) for b in names[i:]]
    spoken = ", ".join(function.shown_names) if len(names) <= _MOST_NAMES else f"{function.shown_names[0]}, …"
    found = [Line((), _head(names, ()) + function.latex, f"f({spoken}) = {pretty(function.text)}")]
    parts = [("gradient", [(name,) for name in names])]
    if len(names) <= _MOST_CURVED:
        parts.append(("hessian", second))  # type: ignore[arg-type]  # of one name, and of two
    for what, places in parts:
        for by, (latex, text) in list(zip(places, _derivatives(function, what), strict=True))[:_MOST_LINES]:
            found.append(Line(by, _head(names, by) + latex if latex else "", f"{_plain_head(by, names)} = {text}"))
    return tuple(found)


@lru_cache(maxsize=64)
def typeset(latex: str) -> Picture:
    """A picture of LaTeX.

    Raises
    ------
    GdsimError
        If it is too long, or holds what cannot be typeset.
    """
    if not 0 < len(latex) <= LONGEST:
        raise GdsimError("too long to be typeset; it can be copied as text")
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws SVG 1.1
    svg = Latex(latex, size=EM, color=_INK).svg()
    width, height = (float(re.search(rf'{side}="([^"]+)"', svg)[1]) for side in ("width", "height"))  # type: ignore[index]
    return Picture(svg, width, height)


def _head(names: tuple[str, ...], by: tuple[str, ...]) -> str:
    from gdsim.objectives.formula.latex import name_latex

    if len(names) == 1:
        return f"f{len(by) * chr(39)}({name_latex(names[0])}) = "
    if not by:
        shown = [name_latex(name) for name in names]
        return f"f({', '.join(shown if len(names) <= _MOST_NAMES else [shown[0], r'…', shown[-1]])}) = "
    first, *more = [name_latex(name) for name in by]
    if not more:
        return rf"\frac{{\partial f}}{{\partial {first}}} = "
    below = rf"\partial {first}^2" if by[0] == by[1] else rf"\partial {first}\,\partial {more[0]}"
    return rf"\frac{{\partial^2 f}}{{{below}}} = "


def _plain_head(by: tuple[str, ...], names: tuple[str, ...]) -> str:
    shown = [shown_name(name) for name in by]
    if len(names) == 1:
        return f"f{('', '′', '″')[len(by)]}({shown_name(names[0])})"
    if len(by) == 1:
        return f"∂f/∂{shown[0]}"
    return f"∂²f/∂{shown[0]}²" if by[0] == by[1] else f"∂²f/∂{shown[0]}∂{shown[1]}"


def _derivatives(function: Function, what: str) -> list[tuple[str, str]]:
    """LaTeX ("" where it is too long) and text of the derivatives, row by row."""
    from gdsim.objectives.formula.symbolic import derivatives

    printer = _plain_printer()
    texts = [
        printer.doprint(tree).replace("**", "^") for tree in derivatives(function.text, function.names, what, False)
    ]
    return list(zip(function.expression.latex(what), texts, strict=True))


@lru_cache(maxsize=1)
def _plain_printer() -> Any:
    from sympy import StrPrinter

    class Printer(StrPrinter):  # type: ignore[misc]
        def _print_Symbol(self, tree: Any) -> str:
            return shown_name(tree.name.removeprefix(MANGLED))

        def _print_Exp1(self, _: Any) -> str:
            return "e"

        def _print_Function(self, tree: Any) -> str:
            name, args = type(tree).__name__, [self._print(a) for a in tree.args]
            row = BY_SYMBOL[name]
            if name in ("power", "ratio"):
                return f"(({args[0]}){'/' if name == 'ratio' else '^'}({args[1]}))"
            if name == "within":  # of its domain nothing is written
                return f"({args[0]})"
            if row.name in CONDITIONS:
                return f"(not {args[0]})" if row.name == "not" else f"({args[0]} {row.name} {args[1]})"
            return f"{row.name}({', '.join(args)})"

    for name in BY_SYMBOL:
        setattr(Printer, f"_print_{name}", Printer._print_Function)
    return Printer()
