"""A logarithmic axis with as many numbers as there is room for: whole decades, or 1, 2 and 5 in each."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from gdsim.desktop.plotting.number_axis import NumberAxis

#: Lines of text that one number needs: along a vertical axis; along a horizontal one at least, and where numbers turn
#: out to be wider, so many times fewer of them are tried.
_TALL, _WIDE, _FEWER = 1.1, 2.5, 0.8
#: In a view of no more decades than these there may be numbers between: the densest of these that fits.
_FEW = 2.5
_BETWEEN = ((1, 2, 3, 5, 7), (1, 2, 5), (1, 3))
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class DecadeAxis(NumberAxis):
    """Axis of decades where it is logarithmic; else as any axis."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[Any, Any]]:  # noqa: N803 (its names)
        """Return every decade, or every second…; where few are in view, some numbers between."""
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        line = self.metrics.height()
        if self.orientation == "left":
            ticks = log_ticks(minVal, maxVal, size / (line * _TALL))
            half = (maxVal - minVal) * line / (2 * max(size, 1.0))
            if len(ticks) > 2 and ticks[-1] > maxVal - half:
                ticks.pop()  # its number would be cut
            return [(1.0, ticks)]
        most, pixels = size / (line * _WIDE), size / max(maxVal - minVal, 1e-12)
        ticks = log_ticks(minVal, maxVal, most)
        while len(ticks) > 1 and not self.has_room(ticks, self.tickStrings(ticks, 1.0, 1.0), pixels):
            most *= _FEWER
            ticks = log_ticks(minVal, maxVal, most) if most > 1 else ticks[:1]
        return [(1.0, ticks)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write powers of ten, or the number itself where that is short."""
        return [_number(value) for value in values] if self.logMode else super().tickStrings(values, scale, spacing)


def log_ticks(low: float, high: float, most: float) -> list[float]:
    """Return logarithms of round numbers from low to high, at most about `most`: the more telling the better."""
    decades = decades_between(low, high, most)
    if len(decades) > 2 or high - low > _FEW:
        return decades
    for mantissas in _BETWEEN:
        logs = [math.log10(m) for m in mantissas]
        found = [k + log for k in range(math.floor(low), math.floor(high) + 1) for log in logs]
        # evenly spread is how labels lie beside each other: what counts is the narrowest gap
        if (high - low) / min(b - a for a, b in pairwise([*logs, 1.0])) <= most:
            return [value for value in found if low <= value <= high]
    return decades or [(low + high) / 2]


def decades_between(low: float, high: float, most: float) -> list[float]:
    """Return whole numbers from low to high, evenly spaced, about `most` of them at most; [] if there is none."""
    stride = max(1, math.ceil((high - low) / max(most, 1.0)))
    return [float(k) for k in range(stride * math.ceil(low / stride), math.floor(high) + 1, stride)]


def _number(log: float) -> str:
    exponent = math.floor(log + 1e-9)
    mantissa = float(f"{10 ** (log - exponent):.3g}")
    if -3 <= exponent <= 3:
        return f"{mantissa * 10.0**exponent:.4g}"  # three would make 1e+03 of 1000
    power = f"10{str(exponent).translate(_RAISED)}"
    return power if mantissa == 1 else f"{mantissa:.3g}·{power}"
