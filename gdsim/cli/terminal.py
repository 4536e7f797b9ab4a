"""Aligned tables of texts and numbers that any terminal can show."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

#: How many significant digits a number has unless more are asked for.
DIGITS = 4
#: For terminals that know no Greek.
_SPELLED = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "η": "eta",
    "λ": "lambda",
    "ν": "nu",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "ψ": "psi",
    "₀": "0",
    "₁": "1",
    "₂": "2",
    "₃": "3",
    "⁺": "+",
    "⁻": "-",
    "Δ": "Delta",
    "²": "^2",
    "³": "^3",
    "√": "sqrt",
    "Σ": "sum ",
    "Π": "product ",
    "½": "1/2",
    "ᵢ": "[i]",
    "⁴": "^4",
    "∇": "grad ",
    "‖": "|",
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "x",
    "÷": "/",
    "é": "e",
    "…": "...",
}


def legible(text: str, stream: TextIO | None) -> str:
    """`text` as far as a stream's encoding can show it; Greek is spelled out where it cannot."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        spelled = "".join(_SPELLED.get(letter, letter) for letter in text.replace("ᵢ₊₁", "[i+1]"))
        return spelled.encode(encoding, "replace").decode(encoding)
    return text


def tell(message: str) -> None:
    """Write a sentence to stderr, if there is one."""
    if sys.stderr is not None:
        sentence = " ".join(f"gdsim: {message}".split())
        print(legible(sentence, sys.stderr), file=sys.stderr)


def number(value: float, digits: int = DIGITS) -> str:
    """Significant digits, scientific only where needed."""
    return "–" if math.isnan(value) else f"{value + 0.0:.{digits}g}"


def aligned(rows: Iterable[Sequence[str]], right: Sequence[int], stream: TextIO | None) -> str:
    """Rows as lines of columns; the columns numbered in `right` are flush right."""
    table = [[legible(cell, stream) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    sides = [">" if i in right else "<" for i in range(len(widths))]
    lines = ("  ".join(f"{cell:{side}{w}}" for cell, side, w in zip(row, sides, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def counted(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
