"""The numbers beside a colour bar: with as many digits as it takes to tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gdsim.desktop.text.numbers import MINUS, show

_DIGITS, _MOST = 3, 5
#: With so many digits what is subtracted is told, if there is room.
_LONGEST = 12
#: A range as small as this share of its values is nothing but rounding.
_ROUNDING = 1e-14

Fits = Callable[[str], bool]


def level_texts(levels: Sequence[float], low: float, fits: Fits, heads: Fits) -> tuple[list[str], str]:
    """Write a number for each ascending level, "" for none, and what they are numbers of: "f", or "f − 0.6931".

    Parameters
    ----------
    low
        The lowest value: where numbers would need too many digits it is subtracted.
    fits, heads
        Whether there is room for a number, and for what they are numbers of.
    """
    if not levels:
        return [], "f"
    highest = levels[-1]
    if highest - low <= _ROUNDING * max(abs(low), abs(highest)):
        texts = [""] * len(levels)
        texts[len(levels) // 2] = show(low, _DIGITS)
        return texts, "f"
    for digits in range(_DIGITS, _MOST + 1):
        texts = [show(level, digits) for level in levels]
        if len(set(texts)) == len(texts) and (digits == _DIGITS or all(map(fits, texts))):
            return texts, "f"
    sign = "+" if low < 0 else MINUS
    names = [f"f {sign} {show(abs(low), digits)}" for digits in range(_LONGEST, 1, -1)]
    return [show(level - low, _DIGITS) for level in levels], next(filter(heads, names), names[-1])
