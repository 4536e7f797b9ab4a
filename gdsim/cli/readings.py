"""The reading of a typed formula, where its text alone leaves that open."""

from __future__ import annotations

import re

from gdsim.errors import shown
from gdsim.objectives import Function
from gdsim.objectives.formula.formula import fold, read
from gdsim.objectives.formula.nodes import Node
from gdsim.objectives.formula.pretty import pretty
from gdsim.objectives.formula.reading.characters import GREEK, LOWERED, RAISED

_MOST_LETTERS, _MOST_NAMES = 160, 4
_POWER = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def read_as(function: Function) -> str:
    """Write how a formula was read, "f(x, y) = x²·y"; "" where the text says just this, but for blanks and signs.

    Sums are written with their coordinates always: their text does not name them.
    """
    formula = read(function.text)
    understood = pretty(function.text)
    if _bare(function.text) == _bare(understood) and (formula.declared or not _has_sum(formula.tree)):
        return ""
    names = function.shown_names
    told = names if len(names) <= _MOST_NAMES else (*names[:2], "…", names[-1])
    return f"read as f({', '.join(told)}) = {shown(_with_signs(understood), _MOST_LETTERS)}"


def _with_signs(text: str) -> str:
    """With a sign behind a power, where one could read on: x²·y."""
    return re.sub(rf"({_POWER.pattern})(?=[^\W\d]|\d|\()", r"\1·", text)


def _bare(text: str) -> str:
    """A text without what makes no difference to its reading: blanks, signs of products in their usual places."""
    text = re.sub(r"^\s*\w+\s*(\([^()=]*\))?\s*=(?!=)", "", text).strip()
    text = _POWER.sub(lambda found: "^" + found[0].translate(RAISED), _with_signs(text)).translate(LOWERED)
    for letter, name in GREEK.items():
        text = text.replace(letter, name)
    text = re.sub("[⋅×*]", "·", text.replace("**", "^").replace("−", "-"))
    text = re.sub(r"√(\w+)", r"sqrt(\1)", text.replace("√(", "sqrt(")).replace("_", "")
    text = re.sub(r"\bln\b", "log", text)
    # what a power, and a bar, end with may be read on
    text = re.sub(r"([/^][\w.]+)\s+(?=[\w(])", r"\1·", re.sub(r"\s*([·+\-/^,=<>|()])\s*", r"\1", text))
    return re.sub(r"(?<![/^\w.])([\w.]*)·|(?<=\))·|\s+", r"\1", text)


def _has_sum(tree: Node) -> bool:
    return bool(fold(tree, lambda node, below: node.op in ("sum", "prod") or any(below)))
