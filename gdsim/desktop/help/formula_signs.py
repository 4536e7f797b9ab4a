"""Language of functions: its section of the table of signs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.help.signs import Section, Sign
from gdsim.objectives.formula.formula import FUNCTIONS


def formula_section() -> Section:
    """The language of formulas, in short."""
    return Section(
        _tr("Typing a function"),
        _tr(
            "A formula is typed as it is written on paper; it is checked at every key. The view Formulas shows what "
            "it was read as."
        ),
        ("formula",),
        (
            Sign("", "2x, x y, 3(x + 1)", _tr("Products need no sign; 1/2x is (1/2)·x.")),
            Sign("", "x^2, x**2, x²", _tr("Powers; -x^2 is -(x²).")),
            Sign("", "sin 2x, |x|, √x", _tr("A function takes the factors behind it, or brackets: sin(2x).")),
            Sign("", "x, y", _tr("The coordinates; or x1, x2 …; or w1, w2 … where no other letter is there.")),
            Sign("", "f(w, b) =", _tr("Before a formula: w and b are its coordinates.")),
            Sign("", "a, k, θ", _tr("Any other letter is a parameter, with a slider; longer names are asked about.")),
            Sign("", "where(x > 0, a, b)", _tr("a where the condition holds, and b elsewhere; and, or, not join.")),
            Sign("", "piecewise(x > 0, a, x < -1, b, c)", _tr("The value behind the first condition that holds.")),
            Sign("", "sum(x_i^2, i, 1, 10)", _tr("A sum over i from 1 to 10; prod is a product.")),
            Sign("", r"\frac{x^2}{2}", _tr("LaTeX that is pasted is read, fractions, roots, sums and cases.")),
            Sign("", _tr("Functions"), ", ".join(sorted(FUNCTIONS))),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Signs", text)
