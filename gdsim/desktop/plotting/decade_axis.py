"""A logarithmic axis with as many numbers as there is room for: whole decades, or 1, 2 and 5 in each."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from gdsim.desktop.plotting.number_axis import NumberAxis
from gdsim.simulation.maps.scales import Scale

#: Lines of text that one number needs: along a vertical axis; along a horizontal one at least, and where numbers turn
#: out to be wider, so many times fewer of them are tried.
_TALL, _WIDE, _FEWER = 1.1, 2.5, 0.8
#: In a view of no more decades than these there may be numbers between: the densest of these that fits.
_FEW = 2.5
_BETWEEN = ((1, 2, 3, 5, 7), (1, 2, 5), (1, 3))
#: So many nines are written out.
_NINES = 5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class DecadeAxis(NumberAxis):
    """Axis of decades where it is logarithmic, in values or in their distance from 1; else as any axis."""

    #: Whether it is the distance from 1 that is logarithmic.
    from_one = False

    def set_scale(self, scale: Scale) -> None:
        """Show numbers at the places of a scale."""
        if (self.logMode, self.from_one) != (scale is not Scale.LINEAR, scale is Scale.LOG1M):
            self.from_one = scale is Scale.LOG1M
            self.setLogMode(scale is not Scale.LINEAR)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[Any, Any]]:  # noqa: N803 (its names)
        """Return every decade, or every second…; where few are in view, some numbers between."""
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        line = self.metrics.height()
        if self.orientation == "left":
            ticks = self._ticks(minVal, maxVal, size / (line * _TALL))
            half = (maxVal - minVal) * line / (2 * max(size, 1.0))
            if len(ticks) > 2 and ticks[-1] > maxVal - half:
                ticks.pop()  # its number would be cut
            return [(1.0, ticks)]
        most, pixels = size / (line * _WIDE), size / max(maxVal - minVal, 1e-12)
        ticks = self._ticks(minVal, maxVal, most)
        while len(ticks) > 1 and not self.has_room(ticks, self.tickStrings(ticks, 1.0, 1.0), pixels):
            most *= _FEWER
            ticks = self._ticks(minVal, maxVal, most) if most > 1 else ticks[:1]
        return [(1.0, ticks)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write powers of ten, or the number itself where that is short."""
        if not self.logMode:
            return super().tickStrings(values, scale, spacing)
        return [_number_near_one(value) if self.from_one else _number(value) for value in values]

    def _ticks(self, low: float, high: float, most: float) -> list[float]:
        if not self.from_one:
            return log_ticks(low, high, most)
        return sorted(0.0 - log for log in log_ticks(-high, -low, most))


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


def _number_near_one(place: float) -> str:
    """Write 1 less a power of ten: 0, 0.9, 0.99, … or 1 − 10⁻⁶."""
    distance = float(f"{10.0**-place:.3g}")
    if place > _NINES + 1e-9:
        return f"1 − {_number(-place)}"
    return f"{1 - distance:.{max(0, math.ceil(place + 1e-9)) + 2}f}".rstrip("0").rstrip(".") or "0"
