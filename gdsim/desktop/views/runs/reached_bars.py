"""Bars under the numbers of runs that reached a minimum: which minimum how many of them ended in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from gdsim.desktop.look.basin_colours import basin_color
from gdsim.desktop.look.outcome_greys import outcome_grey
from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.runs.row import RunRow
from gdsim.desktop.views.runs.tree import FaintCells, RunsTree
from gdsim.simulation.endings.outcome_kinds import ELSEWHERE_PART, LOST_PART, Kind
from gdsim.simulation.maps.pixel_kinds import ELSEWHERE

#: In pixels: how high a bar is, and how far from the edges of its cell.
_HEIGHT, _MARGIN = 3, 4
#: The outcome whose grey a part has that is no minimum.
_OTHERS: dict[int, str] = {ELSEWHERE_PART: ELSEWHERE, LOST_PART: Kind.DIVERGED}


class ReachedBars(FaintCells):
    """Delegate that draws a bar under the number of each optimizer, in the colours that basins have."""

    def __init__(self, tree: RunsTree, theme: Theme) -> None:
        super().__init__(tree)
        self._tree = tree
        self.theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The number, and the bar under it."""
        super().paint(painter, option, index)
        row = self._tree.itemFromIndex(index)
        if isinstance(row, RunRow) and row.parts:
            for rect, color in bar(row.parts, QRectF(option.rect), self.theme):
                painter.fillRect(rect, color)


def bar(parts: tuple[tuple[int, int], ...], cell: QRectF, theme: Theme) -> list[tuple[QRectF, QColor]]:
    """The pieces of a bar at the foot of a cell, from left to right, and their colours."""
    whole = sum(count for _, count in parts)
    width, top = cell.width() - 2 * _MARGIN, cell.bottom() - _HEIGHT
    pieces, left = [], cell.left() + _MARGIN
    for part, count in parts:
        share = width * count / whole
        pieces.append((QRectF(left, top, share, _HEIGHT), _color(part, theme)))
        left += share
    return pieces


def _color(part: int, theme: Theme) -> QColor:
    if part >= 0:
        return basin_color(part, theme)
    return QColor(*outcome_grey(_OTHERS[part], theme.dark))
