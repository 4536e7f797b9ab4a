"""An axis over a plot against steps that tells where epochs end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import Theme

#: Between two labels, in widths of a digit.
_GAP = 1.5


def epoch_marks(
    epoch_steps: int, last: float, pixels: float, width: Callable[[str], float], named: str = "{n}"
) -> list[tuple[int, str]]:
    """The steps at which epochs are marked, each with its label; all, or every second, fifth, tenth…

    Parameters
    ----------
    epoch_steps
        Steps in an epoch.
    last, pixels
        The step at the right end of an axis that begins with step 0, and how long it is.
    width
        That of a text in pixels: labels, centred at their marks, neither overlap nor go beyond the ends.
    named
        The first label, with {n} for the number; the others are bare numbers. A label without room is "".
    """
    most = int(last // epoch_steps)
    if most < 1 or pixels <= 0:
        return []
    step = pixels / last
    gap, stride = _GAP * width("0"), 1
    needed = max(width(str(most)), (width(named.format(n=most)) + width(str(most))) / 2) + gap
    while stride * epoch_steps * step < needed and _next(stride) <= most:
        stride = _next(stride)
    marks, free, text = [], 0.0, named
    for n in range(stride, most + 1, stride):
        label = text.format(n=n)
        middle, half = n * epoch_steps * step, width(label) / 2
        if middle - half < free or middle + half > pixels:
            label = ""
        else:
            free, text = middle + half + gap, "{n}"
        marks.append((n * epoch_steps, label))
    return marks


def _next(stride: int) -> int:
    """1, 2, 5, 10, 20, 50…"""
    return stride * 5 // 2 if str(stride)[0] == "2" else stride * 2


class EpochAxis(pg.AxisItem):
    """Axis whose ticks are thin lines through the whole plot."""

    def __init__(self) -> None:
        super().__init__("top")
        self._epoch_steps = 1
        #: The epochs that are marked, by the step at which they end; "" where there is no room for a number.
        self.labels: dict[int, str] = {}
        self.setGrid(255)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setPen(pg.mkPen(theme.line))
        self.setTickPen(pg.mkPen(theme.faint))
        self.setTextPen(pg.mkPen(theme.faint))
        self.setTickFont(QApplication.font())
        self.setStyle(tickAlpha=0.2, tickLength=0, tickTextOffset=3)
        self.setHeight(theme.pixels(20))

    def set_epoch_steps(self, steps: int) -> None:
        """Set how many steps make an epoch."""
        if steps != self._epoch_steps:
            self._epoch_steps = steps
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[Any, Any]]:  # noqa: N803 (its names)
        """Ends of epochs."""
        del minVal  # races begin at step 0
        width = QFontMetricsF(QApplication.font()).horizontalAdvance
        named = QCoreApplication.translate("Epochs", "epoch {n}")
        self.labels = dict(epoch_marks(self._epoch_steps, maxVal, size, width, named))
        return [(float(self._epoch_steps), list(self.labels))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Write their numbers."""
        del scale, spacing
        return [self.labels.get(int(value), "") for value in values]
