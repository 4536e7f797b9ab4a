"""The table under the sweep: how forgiving each optimizer is, and its best η."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.sweep.shown import Row
from gdsim.desktop.views.sweep.width_bar import WidthBar
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.eliding_label import ElidedLabel
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.legend import swatch

#: Figures of an η that is taken over.
FIGURES = 3


class SweepTable(QWidget):
    """A line an optimizer, the most forgiving first, with a button that takes its best η over."""

    #: The best η of an optimizer is wanted, by `Entry.id`.
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sweep_table")
        self.setAccessibleName(self.tr("Widths of workable η"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 3)
        titles = (self.tr("Optimizer"), self.tr("Decades of η that work"), self.tr("Best η"))
        for column, text in enumerate(titles, 1):
            label = ElidedLabel(text)
            label.setProperty("role", "faint")
            label.setToolTip(text)
            self._grid.addWidget(label, 0, column)
        self.lines: dict[str, _Line] = {}

    def show_rows(self, rows: list[Row], decades: float, name: Callable[[str], str], theme: Theme) -> None:
        """Show rows in their order; a bar is full where all `decades` work."""
        if [row.key for row in rows] != list(self.lines):
            self._make_lines([row.key for row in rows])
        for row in rows:
            self.lines[row.key].show_row(row, decades, name(row.key), theme)

    def _make_lines(self, keys: list[str]) -> None:
        for line in self.lines.values():
            line.end(self._grid)
        self.lines = {}
        for place, key in enumerate(keys, 1):
            line = self.lines[key] = _Line(key, partial(self.wanted.emit, key))
            for column, widget in enumerate(line.widgets):
                self._grid.addWidget(widget, place, column)
        keep_own_keys(self)


class _Line:
    """The widgets of one optimizer."""

    def __init__(self, key: str, use: Callable[[], None]) -> None:
        self.key = key
        self.sign, self.name, self.bar, self.best = plain_label(), ElidedLabel(), WidthBar(), plain_label()
        self.use = QToolButton()
        self.use.setProperty("role", "chip")
        self.use.setObjectName(f"sweep.use.{key}")
        self.use.clicked.connect(lambda: use())
        self.widgets = (self.sign, self.name, self.bar, self.best, self.use)

    def end(self, grid: QGridLayout) -> None:
        """Go away."""
        for widget in self.widgets:
            grid.removeWidget(widget)
            take_away(widget)

    def show_row(self, row: Row, decades: float, name: str, theme: Theme) -> None:
        """Show what is known."""
        size, tr = theme.pixels(12), self.use.tr
        self.sign.setPixmap(swatch(self.key, theme, size).pixmap(size, size))
        self.name.setText(name)
        self.name.setToolTip(tip_text(name))
        width = f"{row.width:.2f}" if row.is_whole else f"~{row.width:.1f}"
        self.bar.show_share(row.width / decades, width, optimizer_color(self.key, theme))
        self.bar.setAccessibleName(tr("{name}: {width} decades of η work").format(name=name, width=width))
        self.bar.setToolTip(tip_text(self.bar.accessibleName()))
        best = "–" if row.best is None else show_typed(row.best, FIGURES)
        self.best.setText(best)
        self.use.setText(tr("Use"))
        self.use.setEnabled(row.best is not None)
        self.use.setToolTip(tip_text(tr("Give {name} the η that does best: {best}").format(name=name, best=best)))
        self.use.setAccessibleName(self.use.toolTip())
