"""Arrows with numbers at the frame of the loss plot, where curves go on beyond it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.loss.cuts import Cut, cuts_of, rows_of
from gdsim.desktop.views.loss.shown_curves import ShownCurves

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


class CutsItem(PixelItem):
    """Each arrow in the colour of its optimizer; numbers that would lie on each other stand in rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(5)
        #: The curves whose ends are marked; None before the first race.
        self.shown: ShownCurves | None = None
        self.cuts: Sequence[Cut] = ()

    def show_cuts(self, shown: ShownCurves) -> None:
        """Mark where curves leave the plot; what lies ahead of the step that is shown is fainter."""
        before, self.shown = self.shown, shown
        if before is None or shown.curves is not before.curves or shown.bold != before.bold:
            self.cuts = cuts_of(shown.race, shown.curves, shown.bold)
        passed = before is not None and any((c.step <= shown.step) != (c.step <= before.step) for c in self.cuts)
        # the selected optimizer has the first choice of a place
        if passed or shown.differs(before) or (before is not None and shown.selected != before.selected):
            self.update()

    def seen(self) -> list[Cut]:
        """Return the cuts of optimizers that are not hidden, the first to be placed first."""
        shown = self.shown
        if shown is None:
            return []
        keys, seen = shown.race.ids, set(shown.seen)
        cuts = [cut for cut in self.cuts if cut.optimizer in seen]
        return sorted(cuts, key=lambda cut: (cut.restarts > 0, keys[cut.optimizer] != shown.selected, cut.step))

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """At the top those that leave there, at the bottom the others."""
        seen, shown = self.seen(), self.shown
        if not seen or shown is None:
            return
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        painter.setFont(font)
        labels = CutLabels(shown.theme, shown.race.ids, shown.step)
        for up in (True, False):
            _draw_edge(painter, mapping, labels, [cut for cut in seen if cut.up == up], up)


@dataclass(frozen=True)
class CutLabels:
    """Arrows with their numbers, in the colours of optimizers, as they look at a step."""

    theme: Theme
    keys: Sequence[str]
    step: int = 0

    def draw(self, painter: QPainter, cuts: Sequence[Cut], text: str, where: QRectF) -> None:
        """Draw arrows that share a number, in pixels."""
        theme = self.theme
        arrow, scale = _ARROW * theme.scale, theme.scale
        painter.setOpacity(1.0 if any(cut.step <= self.step for cut in cuts) else _AHEAD)
        painter.fillRect(where, solid(QColor(theme.window), _PLATE))
        for i, cut in enumerate(cuts):
            self._draw_arrow(painter, cut, QPointF(where.left() + (i + 0.5) * arrow, where.center().y()), arrow / 2)
        painter.setPen(QColor(theme.text))
        beside = where.adjusted(len(cuts) * arrow + _SPACE * scale, 0, 4, 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_arrow(self, painter: QPainter, cut: Cut, at: QPointF, half: float) -> None:
        color, x, middle = optimizer_color(self.keys[cut.optimizer], self.theme), at.x(), at.y()
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


def _draw_edge(painter: QPainter, mapping: Mapping, labels: CutLabels, cuts: list[Cut], up: bool) -> None:
    """All labels at the top or at the bottom, in rows where they would lie on each other."""
    metrics, scale, area = QFontMetricsF(painter.font()), labels.theme.scale, mapping.area
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
            labels.draw(painter, group, text, QRectF(x, _top(row, line, area, up), width, line))
    left = sum(len(group) for (group, _), row in zip(groups, rows, strict=True) if row < 0)
    if left:  # how many there are that have no room
        painter.setOpacity(1.0)
        painter.setPen(QColor(labels.theme.faint))
        where = QRectF(4, _top(most, line, area, up), area.width() - 8, line)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, f"+{left}")


def _top(row: int, line: float, area: QRect, up: bool) -> float:
    """Top of a row of labels, counted from the frame."""
    return 1 + row * line if up else area.height() - 1 - (row + 1) * line


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
    """Left end of a label so that its arrow is where the curve leaves, as far as the plot has room."""
    return max(2.0, min(tip - _ARROW * scale / 2, area.width() - width - 2.0))
