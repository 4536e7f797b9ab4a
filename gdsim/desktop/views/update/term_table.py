"""The terms of a step in a table: their numbers, their history, and which are drawn on the landscape."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.term_colors import term_look
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.views.update.histories import Histories, reduced
from gdsim.desktop.views.update.spark import SparkDelegate
from gdsim.optimizers.compiled.named_terms import NamedStep, NamedTerm, Role
from gdsim.simulation.terms.update_terms import TakenStep

#: The roles whose terms are drawn until a person chooses others.
DRAWN = (Role.GRADIENT, Role.CARRIED, Role.STEP)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PARTS = {Role.STEP: "step", Role.CARRIED: "carried", Role.ADDED: "added", Role.DECAY: "decay"}


def kind_of(term: NamedTerm) -> str:
    """The kind of its arrow; see `TermArrow`."""
    return _PARTS.get(term.role, "slope")


class TermTable(QTableWidget):
    """A row a term; a tick draws it on the landscape, choosing a row shows how it is worked out."""

    #: Other terms are to be drawn.
    ticked = Signal()
    #: A row was chosen by a person.
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("update.terms")
        self.setAccessibleName(QCoreApplication.translate("UpdateView", "Terms of the step"))
        self._theme, self._named = theme, None
        self._wide = 1
        #: What a person ticked or not, by symbol; the rest goes by its role.
        self._wishes: dict[str, bool] = {}
        self._spark, self._plain = SparkDelegate(theme, self), QStyledItemDelegate(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.itemChanged.connect(self._take_tick)
        self.itemSelectionChanged.connect(self._choose)

    _named: NamedStep | None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._spark.set_theme(theme)
        palette = self.palette()
        # curves and arrows keep their colours on it
        for role, color in (
            (QPalette.ColorRole.Highlight, theme.line),
            (QPalette.ColorRole.HighlightedText, theme.text),
        ):
            palette.setColor(role, QColor(color))
        self.setPalette(palette)
        self.setIconSize(QSize(theme.pixels(22), theme.pixels(12)))
        self.verticalHeader().setDefaultSectionSize(theme.pixels(21))
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                self._dress(row)
        self.viewport().update()

    def set_terms(self, named: NamedStep, names: tuple[str, ...], drawable: bool) -> None:
        """List the terms of a rule, with coordinates of these names; of more than two the length."""
        with QSignalBlocker(self):
            self._named = named
            heads = list(names) if len(names) <= 2 else ["|·|"]
            self._wide = len(heads)
            if self.columnCount() != self._wide + 3:
                self.clear()
            self.setRowCount(len(named.terms))
            self.setColumnCount(self._wide + 3)
            translate = QCoreApplication.translate
            self.setHorizontalHeaderLabels(
                ["", translate("UpdateView", "Term"), *heads, translate("UpdateView", "History")]
            )
            for column in range(self._wide + 3):
                is_history = column == self._wide + 2
                self.setItemDelegateForColumn(column, self._spark if is_history else self._plain)
            self.setColumnHidden(0, not drawable)
            # cut off at its end where there is little room
            if (history := self.horizontalHeaderItem(self._wide + 2)) is not None:
                history.setTextAlignment(_LEFT)
            for row in range(len(named.terms)):
                self._fill(row, drawable)
            self._size_columns()

    def _fill(self, row: int, drawable: bool) -> None:
        assert self._named is not None
        term = self._named.terms[row]
        meaning = known_text("Term", term.meaning)
        for column in range(self._wide + 3):
            if self.item(row, column) is None:
                self.setItem(row, column, QTableWidgetItem())
            item = self._cell(row, column)
            item.setToolTip(meaning)
            if 1 < column <= self._wide + 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._cell(row, 1).setText(term.symbol)
        self._cell(row, 1).setData(Qt.ItemDataRole.AccessibleDescriptionRole, meaning)
        head, tip = self._cell(row, 0), QCoreApplication.translate("UpdateView", "Draw {symbol} on the landscape.")
        if not drawable or not term.direction:
            head.setData(Qt.ItemDataRole.CheckStateRole, None)
            head.setIcon(QIcon())
        else:
            head.setToolTip(tip.format(symbol=term.symbol))
            head.setData(Qt.ItemDataRole.AccessibleTextRole, tip.format(symbol=term.symbol))
            head.setCheckState(Qt.CheckState.Checked if self._is_wanted(term) else Qt.CheckState.Unchecked)
        self._dress(row)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def _is_wanted(self, term: NamedTerm) -> bool:
        return self._wishes.get(term.symbol, term.role in DRAWN)

    def _dress(self, row: int) -> None:
        assert self._named is not None
        head = self._cell(row, 0)
        if head.data(Qt.ItemDataRole.CheckStateRole) is not None:
            head.setIcon(_line_icon(kind_of(self._named.terms[row]), self._theme))

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        for column in range(self._wide + 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(term.symbol) for term in self._named.terms), default=0)  # type: ignore[union-attr]
        self.setColumnWidth(0, self._theme.pixels(48))
        self.setColumnWidth(1, longest + 12)
        for column in range(2, self._wide + 2):
            self.setColumnWidth(column, metrics.horizontalAdvance("−0.0000e−0") + 6)
        header.setSectionResizeMode(self._wide + 2, QHeaderView.ResizeMode.Stretch)

    def drawn(self) -> list[int]:
        """The terms that are ticked, by their places."""
        return [row for row in range(self.rowCount()) if self._cell(row, 0).checkState() == Qt.CheckState.Checked]

    def show_step(self, taken: TakenStep | None, number: int) -> None:
        """Show the numbers of a step."""
        if self._named is None:
            return
        self._spark.set_step(number)
        with QSignalBlocker(self):
            for row, term in enumerate(self._named.terms):
                values = [] if taken is None else reduced(taken.value(term)).tolist()
                if term.is_scalar:
                    values = [] if taken is None else [float(taken.value(term)[0])]
                for column in range(self._wide):
                    text = show(values[column]) if column < len(values) else ""
                    item = self._cell(row, column + 2)
                    if item.text() != text:
                        item.setText(text)
        self.viewport().update()

    def show_histories(self, histories: Histories | None) -> None:
        """Show how the terms went on."""
        self._spark.set_histories(histories)
        self.viewport().update()

    def mark(self, row: int | None) -> None:
        """Mark the term that is worked out now; None for none."""
        with QSignalBlocker(self):
            if row is None:
                self.clearSelection()
            else:
                self.selectRow(row)
                self.scrollToItem(self._cell(row, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the term in sight that is worked out now: what is said of it takes more room, or less."""
        super().resizeEvent(event)
        for index in self.selectionModel().selectedRows(1):
            self.scrollTo(index)

    def _choose(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.chosen.emit(rows[0].row())

    def _take_tick(self, item: QTableWidgetItem) -> None:
        if item.column() == 0 and self._named is not None:
            symbol = self._named.terms[item.row()].symbol
            self._wishes[symbol] = item.checkState() == Qt.CheckState.Checked
            self.ticked.emit()


@lru_cache(maxsize=32)
def _line_icon(kind: str, theme: Theme) -> QIcon:
    """The arrow of a kind of term, as it is drawn on the landscape."""
    size, look = QSize(theme.pixels(22), theme.pixels(12)), term_look(kind, theme)
    picture = QPixmap(size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.color, look.width * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if look.dashes:
        pen.setDashPattern(list(look.dashes))
    painter.setPen(pen)
    middle, head = size.height() / 2, 6.0 * theme.scale
    right = size.width() - 1.0
    painter.drawLine(QPointF(1, middle), QPointF(right - head, middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color)
    painter.drawPolygon(
        [QPointF(right, middle), QPointF(right - head, middle - 0.6 * head), QPointF(right - head, middle + 0.6 * head)]
    )
    painter.end()
    icon = QIcon()
    # the same in a row that is selected: Qt would tint it
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(picture, mode)
    return icon
