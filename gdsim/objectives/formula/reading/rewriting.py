"""A formula with other names in it, all else as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gdsim.objectives.formula.reading.characters import GREEK

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def renamed(text: str, names: Mapping[str, str]) -> str:
    """`text` with other names, or products in their place, wherever the old stand as words of their own."""
    spelled = {way: new for name, new in names.items() for way in _spellings(name)}
    ways = "|".join(map(re.escape, sorted(spelled, key=len, reverse=True)))
    # a number may stand right before a name, and a raised one right behind
    return re.sub(rf"(?<![A-Za-z_]){_OWN}({ways})(?![A-Za-z0-9_₀-₉])", lambda found: spelled[found[1]], text)


#: Not within a word such as a1b.
_OWN = r"(?<![A-Za-z_][0-9])"


def _spellings(name: str) -> list[str]:
    """The ways to type a name: theta and θ, a1 and a_1 and a₁."""
    match = re.fullmatch(r"([A-Za-z]+?)([0-9]*)", name)
    if match is None:
        return [name]
    base, index = match.groups()
    bases = [base, *(letter for letter, known in GREEK.items() if known == base)]
    if not index:
        return bases
    return [b + end for b in bases for end in (index, f"_{index}", f"_{{{index}}}", index.translate(_LOWERED))]
