"""The table of runs, bare: a heading over columns that belong together, and lines between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTreeWidget,
    QWidget,
)

from gdsim.desktop.look.style import Theme

#: Keys that fold a row, unfold it, or do either.
_FOLDING = {Qt.Key.Key_Minus: False, Qt.Key.Key_Plus: True, Qt.Key.Key_Return: None, Qt.Key.Key_Enter: None}
#: From the left edge of a column to its text.
_MARGIN = 4


class BandedHeader(QHeaderView):
    """A header with a second line above: a band with a heading over several columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.bands: list[tuple[Sequence[int], str]] = []
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        #: Whether a person is at it with the mouse, and may be making a column wider.
        self.is_held = False

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.updateGeometries()
        self.viewport().update()

    def set_bands(self, bands: Sequence[tuple[Sequence[int], str]]) -> None:
        """Put a heading over columns that lie side by side; those that are hidden count for nothing."""
        if list(bands) != self.bands:
            self.bands = list(bands)
            self.viewport().update()

    def spans(self) -> list[tuple[int, int, str]]:
        """Each band that is seen: where it begins and ends in pixels, and its heading."""
        found = []
        for columns, text in self.bands:
            seen = [c for c in columns if not self.isSectionHidden(c)]
            if seen:
                lefts = [self.sectionViewportPosition(c) for c in seen]
                rights = [left + self.sectionSize(c) for left, c in zip(lefts, seen, strict=True)]
                found.append((min(lefts), max(rights), text))
        return found

    def sizeHint(self) -> QSize:
        """Room for two lines."""
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + self._band_height())

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Paint the title of a column, under the band."""
        band = QRect(rect.x(), rect.y(), rect.width(), self._band_height())
        painter.fillRect(band, QColor(self._theme.window))
        below = rect.adjusted(0, self._band_height(), 0, 0)
        painter.save()
        super().paintSection(painter, below, column)
        painter.restore()
        self._write(painter, below, column)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, column: int) -> None:
        """The title is written by itself: the style would put one with a sign of another font higher than the rest."""
        super().initStyleOptionForIndex(option, column)
        option.text = ""

    def _write(self, painter: QPainter, rect: QRect, column: int) -> None:
        text, side = (
            self.model().headerData(column, self.orientation(), role)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole)
        )
        to_right = side is not None and bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == column
        mark = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMarkSize, None, self) if sorted_by else 0
        metrics, room = self.fontMetrics(), rect.adjusted(_MARGIN, 0, -_MARGIN - mark, 0)
        shown = metrics.elidedText(text or "", Qt.TextElideMode.ElideRight, room.width())
        left = room.right() + 1 - metrics.horizontalAdvance(shown) if to_right else room.left()
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.faint))
        painter.drawText(QPoint(left, rect.center().y() + (metrics.ascent() - metrics.descent()) // 2 + 1), shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note that a person may be making a column wider."""
        self.is_held = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Note that the mouse has let go."""
        super().mouseReleaseEvent(event)
        self.is_held = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The titles, then the headings over them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self._band_font())
        for left, right, text in self.spans():
            room = QRect(left + _MARGIN, 0, right - left - 2 * _MARGIN, self._band_height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.setPen(QColor(self._theme.text))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(left, 0, left, self.height())
            painter.drawLine(left, self._band_height(), right - 1, self._band_height())

    def _band_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _band_height(self) -> int:
        return self.fontMetrics().height() + 4


class FaintCells(QStyledItemDelegate):
    """Cells whose colour is their own in the row that is selected, too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """A selected cell would be written in the colour of the selection."""
        super().initStyleOption(option, index)
        brush = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(brush, QBrush):
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, brush)
            option.palette = palette


class RunsTree(QTreeWidget):
    """Rows with a line down between the bands of the header.

    Parameters
    ----------
    faint
        The columns whose cells may be faint.
    """

    #: There is more room for the columns, or less, or a person has made one wider.
    resized = Signal()

    def __init__(self, theme: Theme, faint: Sequence[int] = ()) -> None:
        super().__init__()
        self._theme = theme
        self.bands = BandedHeader(theme, self)
        self.setHeader(self.bands)
        self.bands.setSectionsMovable(False)
        self.setUniformRowHeights(False)
        self.setAlternatingRowColors(False)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for column in faint:
            self.setItemDelegateForColumn(column, FaintCells(self))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.bands.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, then the lines."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._theme.line))
        for left, _, _ in self.bands.spans():
            painter.drawLine(left, 0, left, self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less: a scroll bar takes of it, too."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, + and − fold and unfold the row that is current, or that it is folded under."""
        item = self.currentItem()
        if event.key() not in _FOLDING or item is None:
            super().keyPressEvent(event)
            return
        row, unfolded = item.parent() or item, _FOLDING[Qt.Key(event.key())]
        if row.isExpanded() and not unfolded:
            self.setCurrentItem(row)
        row.setExpanded(not row.isExpanded() if unfolded is None else unfolded)
