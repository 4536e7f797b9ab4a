"""Small curves in the cells of a table."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.views.update.histories import Histories
from gdsim.objectives.base import Array


class SparkDelegate(QStyledItemDelegate):
    """Draws the history of the term in a row, with a cursor at the step that is looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._histories: Histories | None = None
        self._step = 0
        #: The curves, by row: only the cursor moves while one plays.
        self._pictures: dict[int, QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._pictures.clear()

    def set_histories(self, histories: Histories | None) -> None:
        """Draw other curves, or none."""
        self._histories = histories
        self._pictures.clear()

    def set_step(self, step: int) -> None:
        """Put the cursor at a step."""
        self._step = step

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a size for a row of text."""
        return QSize(self._theme.pixels(70), self._theme.pixels(20))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a curve for each coordinate, then the cursor."""
        super().paint(painter, option, index)
        row, rect, found = index.row(), option.rect.adjusted(3, 2, -3, -2), self._histories
        if found is None or row >= found.values.shape[1] or len(found.steps) < 2:
            return
        picture = self._pictures.get(row)
        if picture is None or picture.deviceIndependentSize().toSize() != rect.size():
            picture = self._pictures[row] = self._drawn(found, row, rect, painter.device().devicePixelRatio())
        painter.drawPixmap(rect.topLeft(), picture)
        share = (self._step - found.steps[0]) / max(1.0, found.steps[-1] - found.steps[0])
        x = rect.left() + min(max(share, 0.0), 1.0) * (rect.width() - 1)
        painter.setPen(QPen(QColor(self._theme.accent), self._theme.scale))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _drawn(self, found: Histories, row: int, rect: QRect, ratio: float) -> QPixmap:
        picture = QPixmap(rect.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        values = found.values[:, row]
        low, high = _range(values)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if low < 0 < high:
            level = (rect.height() - 1) * high / (high - low)
            painter.setPen(QPen(QColor(self._theme.line), self._theme.scale))
            painter.drawLine(QPointF(0, level), QPointF(rect.width(), level))
        for i in reversed(range(values.shape[1])):
            pen = QPen(solid(QColor(self._theme.text), 0.9 if i == 0 else 0.6), self._theme.scale)
            if i:
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawPolyline(_polygon(found.steps, values[:, i], low, high, rect.size()))
        painter.end()
        return picture


def _range(values: Array) -> tuple[float, float]:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    # half the numbers are finite, but not their difference
    low, high = max(low, -1e300), min(high, 1e300)
    return (low, high) if low < high else (low - 1.0, high + 1.0)


def _polygon(steps: Array, values: Array, low: float, high: float, size: QSize) -> QPolygonF:
    some = np.linspace(0, len(steps) - 1, min(len(steps), size.width())).astype(int)
    x = (steps[some] - steps[0]) * ((size.width() - 1) / max(1.0, steps[-1] - steps[0]))
    y = 1 + (high - np.clip(np.nan_to_num(values[some]), low, high)) / (high - low) * (size.height() - 3)
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return polygon
