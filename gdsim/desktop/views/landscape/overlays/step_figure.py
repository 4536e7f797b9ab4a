"""The arrows of a step in pixels: pure decisions, no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from gdsim.desktop.state.overlays import StepArrows, TermArrow

#: A step is shown as long as it is, unless the longest of its parts is shorter than this, in pixels at scale 1: then
#: all are magnified alike, by a round number, and are no longer than that.
_SHORT, _LONG = 26.0, 72.0
#: How long the longest arrow of the size of a gradient is.
_SLOPE = 84.0


class Shown(NamedTuple):
    """An arrow from one place to another, in pixels from the head, and what is written at its tip."""

    arrow: TermArrow
    begin: tuple[float, float]
    tip: tuple[float, float]
    label: str


def shown_arrows(terms: StepArrows, pixels: tuple[float, float], scale: float) -> list[Shown]:
    """Find where the arrows are.

    Parameters
    ----------
    pixels
        How many pixels right and down a unit of x and of y is.
    scale
        The presentation size.
    """
    parts = [each for each in terms.arrows if each.kind != "slope"]
    slopes = [each for each in terms.arrows if each.kind == "slope"]
    factor = magnification(max((_length(_moved(each, pixels)) for each in parts), default=0.0) / scale)
    found = _end_to_end(parts, pixels, factor)
    longest = max((_length(_moved(each, pixels)) for each in slopes), default=0.0)
    for each in slopes:
        x, y = _moved(each, pixels)
        if longest > 0:
            tip = _SLOPE * scale * x / longest, _SLOPE * scale * y / longest
            found.append(Shown(each, (0.0, 0.0), tip, each.symbol))
    return found


def magnification(longest: float) -> float:
    """By how much a step is magnified whose longest part has so many pixels: 1, 2, 5, 10, …"""
    if not 0 < longest < _SHORT:
        return 1.0
    most = _LONG / longest
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most * (1 + 1e-12))


def _end_to_end(parts: Sequence[TermArrow], pixels: tuple[float, float], factor: float) -> list[Shown]:
    """The step from the head; its parts one after the other, as they sum up to it."""
    found, at = [], (0.0, 0.0)
    for kind in ("carried", "decay", "added", "step"):
        for each in parts:
            if each.kind == kind:
                begin = (0.0, 0.0) if kind == "step" else at
                x, y = _moved(each, pixels)
                tip = begin[0] + factor * x, begin[1] + factor * y
                label = each.symbol if factor == 1 else f"{each.symbol} ×{factor:g}"
                found.append(Shown(each, begin, tip, label))
                at = at if kind == "step" else tip
    return found


def _moved(arrow: TermArrow, pixels: tuple[float, float]) -> tuple[float, float]:
    return arrow.x * pixels[0], arrow.y * pixels[1]


def _length(vector: tuple[float, float]) -> float:
    return math.hypot(*vector)
