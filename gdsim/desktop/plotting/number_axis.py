"""An axis whose numbers keep their distance, whatever the size of text and plot."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdsim.desktop.text.numbers import MINUS

#: The least between two numbers: widths of a digit along a horizontal axis, lines from middle to middle along a
#: vertical one; and more the longer the axis is, by these shares of it.
_GAP, _LINES = 2.0, 1.5
_MORE_WIDE, _MORE_HIGH = 1 / 60, 1 / 24
#: Steps are tried from this share of the axis on.
_FINEST = 1 / 25
#: So much room, in pixels, numbers may take beyond their own.
_NEAR = 4.0
#: So much of a line, above and below, has no figures.
_EDGE = 0.2


class NumberAxis(pg.AxisItem):
    """Axis with numbers 1, 2 or 5 apart, or ten times that…: as many as there is room for."""

    picture: Any

    def __init__(self, *arguments: Any, **fields: Any) -> None:
        super().__init__(*arguments, **fields)
        # only what is in view, and has to be painted anew, is
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint line, ticks and numbers, without a recorded picture, which takes longer than what is in it."""
        # where pyqtgraph keeps what is to be forgotten with another range
        specs: tuple[Any, ...] | None = self.picture
        if specs is None:
            self.picture = specs = self.generateDrawSpecs(painter) or ()
        if specs:
            line, ticks, texts = specs
            near = option.exposedRect.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR)
            seen = [text for text in texts if near.intersects(text[0]) and self._is_whole(text[0])]
            self.drawPicture(painter, line, ticks, seen)

    def _is_whole(self, where: QRectF) -> bool:
        """Tell whether a number along a vertical axis is not cut by the edge of what is drawn on."""
        if self.orientation not in ("left", "right"):
            return True
        room, placed = self.scene().sceneRect(), self.mapRectToScene(where)
        # above and below figures is nothing
        free = _EDGE * placed.height()
        return bool(placed.top() + free >= room.top() and placed.bottom() - free <= room.bottom())

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[Any, Any]]:  # noqa: N803 (its names)
        """Return the multiples of the smallest step that leaves room between its numbers."""
        low, high = sorted((float(minVal), float(maxVal)))
        if not (1e-300 < high - low < math.inf and size > 0):
            return []
        found: tuple[float, list[float]] = (high - low, [])
        for step in round_steps(_FINEST * (high - low)):
            values = multiples(step, low, high)
            if not values:
                return [(found[0], found[1][:1])]  # there is room for one number only
            found = (step, values)
            if self.has_room(values, self.tickStrings(values, 1.0, step), size / (high - low)):
                break
        return [found]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write numbers with as many digits as it takes to tell them apart."""
        texts: list[str] = super().tickStrings(values, scale, spacing)
        if len(set(texts)) < len(texts):
            largest = max(abs(value) for value in values)
            digits = min(17, 2 + math.floor(math.log10(largest / spacing)))
            texts = [f"{value * scale:.{digits}g}" for value in values]
        # without the plus of a power that is two figures more than the axis has room for
        texts = [text.replace("e+0", "e").replace("e+", "e").replace("e-0", "e-") for text in texts]
        texts = [text.replace("-", MINUS) for text in texts]
        return texts if self._fits(texts) else [_as_power(value * scale, spacing * scale) for value in values]

    def _fits(self, texts: Sequence[str]) -> bool:
        """Tell whether all numbers are whole in the width of a vertical axis; others would not be drawn."""
        if self.orientation != "left" or self.fixedWidth is None:
            return True
        room = self.fixedWidth - self.style["tickTextOffset"][0] - max(0, self.style["tickLength"])
        return all(self.metrics.horizontalAdvance(text) <= room - 1 for text in texts)

    @property
    def metrics(self) -> QFontMetricsF:
        """The metrics of its numbers."""
        return QFontMetricsF(self.style["tickFont"] or QApplication.font())

    def has_room(self, values: Sequence[float], texts: Sequence[str], pixels: float) -> bool:
        """Tell whether no number comes too near to the next, with so many pixels from 0 to 1."""
        metrics, gaps = self.metrics, [pixels * (b - a) for a, b in pairwise(values)]
        if self.orientation in ("left", "right"):
            line = metrics.height()
            most = _LINES * line + _MORE_HIGH * pixels * (values[-1] - values[0])
            return all(gap >= most for gap in gaps)
        widths = [metrics.horizontalAdvance(text) for text in texts]
        free = _GAP * metrics.horizontalAdvance("0") + _MORE_WIDE * pixels * (values[-1] - values[0])
        return all(gap >= (a + b) / 2 + free for gap, (a, b) in zip(gaps, pairwise(widths), strict=True))


def _as_power(value: float, spacing: float) -> str:
    """Write a number as short as it can be, −2e4 for −20000, with the digits that tell it from one a step further."""
    if value == 0:
        return "0"
    digits = math.floor(math.log10(abs(value)) + 1e-9) - math.floor(math.log10(spacing) + 1e-9)
    mantissa, _, power = f"{value:.{min(max(digits, 0), 16)}e}".partition("e")
    return f"{float(mantissa):.17g}e{int(power)}".replace("-", MINUS)


def round_steps(least: float) -> Iterator[float]:
    """Yield 1, 2 and 5 times powers of ten, from `least` on."""
    power = math.floor(math.log10(least))
    while True:
        yield from (step for m in (1, 2, 5) if (step := float(f"{m}e{power}")) >= least)
        power += 1


def multiples(step: float, low: float, high: float) -> list[float]:
    """Return the multiples of a step from low to high."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [min(max(k * step, low), high) for k in range(first, last + 1)]
