"""Arrows with numbers at the frame of the loss plot, where curves go on beyond it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.layer import Mapping
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.loss.cuts import Cut, rows_of

#: Width of an arrow, and pixels between it and its number and between two labels.
_ARROW, _SPACE, _GAP = 7.0, 3.0, 6.0
#: Curves that leave no farther apart, in pixels, share a label if it is the same.
_NEAR = 40.0
#: Labels take no more than this share of the plot's height at either edge.
_SHARE = 0.4
#: The size of the numbers, as a share of the other text; how faint what lies ahead is; and what is behind a label.
_SMALL, _AHEAD, _PLATE = 0.87, 0.75, 0.7


def cut_text(cut: Cut) -> str:
    """The number at an arrow."""
    if math.isnan(cut.value):
        return QCoreApplication.translate("Loss", "undefined at step {step}").format(step=cut.lost)
    value = show(cut.value, 2)
    if cut.restarts == 1:
        return QCoreApplication.translate("Loss", "{value}, 1 restart").format(value=value)
    if cut.restarts:
        return QCoreApplication.translate("Loss", "{value}, farthest of {count} restarts").format(
            value=value, count=cut.restarts
        )
    if cut.lost is not None:
        return QCoreApplication.translate("Loss", "{value} at step {step}").format(value=value, step=cut.lost)
    return value


class CutsItem(pg.GraphicsObject):
    """Each arrow in the colour of its optimizer; numbers that would lie on each other stand in rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(5)
        self._theme = theme
        self._keys: Sequence[str] = ()
        self._hidden: frozenset[str] = frozenset()
        self._chosen = ""
        self._step = 0
        self.cuts: Sequence[Cut] = ()

    def boundingRect(self) -> QRectF:
        """All of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph when the view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_cuts(self, keys: Sequence[str], cuts: Sequence[Cut]) -> None:
        """Show other arrows, of these optimizers."""
        self._keys, self.cuts = keys, cuts
        self.update()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.update()

    def set_chosen(self, key: str) -> None:
        """The optimizer whose number has the first choice of a place."""
        self._chosen = key
        self.update()

    def set_step(self, step: int) -> None:
        """What lies ahead of the current step is fainter."""
        if any((cut.step <= step) != (cut.step <= self._step) for cut in self.cuts):
            self.update()
        self._step = step

    def seen(self) -> list[Cut]:
        """Those of optimizers that are not hidden, the first to be placed first."""
        seen = [cut for cut in self.cuts if self._keys[cut.optimizer] not in self._hidden]
        return sorted(seen, key=lambda cut: (cut.restarts > 0, self._keys[cut.optimizer] != self._chosen, cut.step))

    def paint(self, painter: QPainter, *_: Any) -> None:
        """At the top those that leave there, at the bottom the others."""
        seen = self.seen()
        if not seen:
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        painter.setFont(font)
        for up in (True, False):
            self._draw_labels(painter, Mapping(transform, area), [cut for cut in seen if cut.up == up], up)
        painter.restore()

    def _draw_labels(self, painter: QPainter, mapping: Mapping, cuts: list[Cut], up: bool) -> None:
        metrics, scale, area = QFontMetricsF(painter.font()), self._theme.scale, mapping.area
        tips = mapping.x(np.array([cut.step for cut in cuts])).tolist()
        groups = together(cuts, tips, _NEAR * scale)
        texts = [cut_text(group[0]) for group, _ in groups]
        widths = [
            (len(group) * _ARROW + _SPACE) * scale + metrics.horizontalAdvance(text)
            for (group, _), text in zip(groups, texts, strict=True)
        ]
        line = metrics.height()
        most = max(1, int(_SHARE * area.height() / line))
        starts = [_start(tip, width, area, scale) for (_, tip), width in zip(groups, widths, strict=True)]
        rows = rows_of(starts, widths, _GAP * scale, most)
        for (group, _), text, x, width, row in zip(groups, texts, starts, widths, rows, strict=True):
            if row >= 0:
                top = 1 + row * line if up else area.height() - 1 - (row + 1) * line
                self.draw_label(painter, group, text, QRectF(x, top, width, line))
        left = sum(len(group) for (group, _), row in zip(groups, rows, strict=True) if row < 0)
        if left:
            self._draw_rest(painter, f"+{left}", QRect(0, 0, area.width(), area.height()), line, most, up)

    def draw_label(self, painter: QPainter, cuts: Sequence[Cut], text: str, where: QRectF) -> None:
        """Arrows with their number, in pixels."""
        arrow, scale = _ARROW * self._theme.scale, self._theme.scale
        painter.setOpacity(1.0 if any(cut.step <= self._step for cut in cuts) else _AHEAD)
        painter.fillRect(where, solid(QColor(self._theme.window), _PLATE))
        for i, cut in enumerate(cuts):
            self._draw_arrow(painter, cut, QPointF(where.left() + (i + 0.5) * arrow, where.center().y()), arrow / 2)
        painter.setPen(QColor(self._theme.text))
        beside = where.adjusted(len(cuts) * arrow + _SPACE * scale, 0, 4, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_arrow(self, painter: QPainter, cut: Cut, at: QPointF, half: float) -> None:
        color, x, middle = optimizer_color(self._keys[cut.optimizer], self._theme), at.x(), at.y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        if not math.isnan(cut.value):
            tip = -half if cut.up else half
            corners = [QPointF(x, middle + tip), QPointF(x - half, middle - tip), QPointF(x + half, middle - tip)]
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.setPen(QPen(color, half / 2))
            reach = 0.7 * half
            for slant in (reach, -reach):
                painter.drawLine(QPointF(x - reach, middle - slant), QPointF(x + reach, middle + slant))

    def _draw_rest(self, painter: QPainter, text: str, area: QRect, line: float, most: int, up: bool) -> None:
        """How many there are that have no room."""
        top = 1 + most * line if up else area.height() - 1 - (most + 1) * line
        painter.setOpacity(1.0)
        painter.setPen(QColor(self._theme.faint))
        painter.drawText(QRectF(4, top, area.width() - 8, line), Qt.AlignmentFlag.AlignVCenter, text)


def together(cuts: Sequence[Cut], tips: Sequence[float], near: float) -> list[tuple[list[Cut], float]]:
    """Cuts that share a label, and where the first of them leaves: those whose texts are the same, so near at most."""
    groups: list[tuple[list[Cut], float]] = []
    for cut, tip in zip(cuts, tips, strict=True):
        for group, first in groups:
            if abs(tip - first) <= near and cut_text(group[0]) == cut_text(cut):
                group.append(cut)
                break
        else:
            groups.append(([cut], tip))
    return groups


def _start(tip: float, width: float, area: QRect, scale: float) -> float:
    """Where a label begins so that its arrow is where the curve leaves, as far as the plot has room."""
    return max(2.0, min(tip - _ARROW * scale / 2, area.width() - width - 2.0))
