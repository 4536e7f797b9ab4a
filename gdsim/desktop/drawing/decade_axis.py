"""An axis with a number at whole decades, as many as there is room for."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

#: Lines of text that one number needs: along a vertical axis, along a horizontal one.
_TALL, _WIDE = 1.1, 3.5
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class DecadeAxis(pg.AxisItem):
    """Where it is logarithmic, and some decade is in view; else as any axis."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[Any, Any]]:  # noqa: N803 (its names)
        """Every decade, or every second…"""
        line = QFontMetricsF(QApplication.font()).height()
        room = size / (line * (_TALL if self.orientation == "left" else _WIDE))
        decades = decades_between(minVal, maxVal, room) if self.logMode else []
        if not decades:
            found: list[tuple[Any, Any]] = super().tickValues(minVal, maxVal, size)
            return found
        return [(1.0, decades)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Powers of ten, or the number itself where that is short."""
        if not self.logMode or any(value != round(value) for value in values):
            found: list[str] = super().tickStrings(values, scale, spacing)
            return found
        return [_power(round(value)) for value in values]


def decades_between(low: float, high: float, most: float) -> list[float]:
    """Whole numbers from low to high, evenly spaced, about `most` of them at most; [] if there is none."""
    stride = max(1, math.ceil((high - low) / max(most, 1.0)))
    return [float(k) for k in range(stride * math.ceil(low / stride), math.floor(high) + 1, stride)]


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if -3 <= exponent <= 3 else f"10{str(exponent).translate(_RAISED)}"
