"""Help > What is what: every sign in the window, drawn as it is there, and what it stands for."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCursor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QWidget,
)

from gdsim.desktop.help.sheet import WIDTH
from gdsim.desktop.help.signs import Section, Sign, sections
from gdsim.desktop.help.specimens import specimen
from gdsim.desktop.look.style import Theme
from gdsim.desktop.widgets.labels import plain_label


class WhatIsWhat(QDialog):
    """A list of sections and the signs of one; the window goes on beside it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("what_is_what")
        self.setWindowTitle(self.tr("What is what"))
        self.setModal(False)
        self._theme = theme
        self._place: QPoint | None = None
        self._sections = sections()
        self.list = QListWidget()
        self.list.setObjectName("what_is_what.sections")
        self.list.setAccessibleName(self.tr("Parts of the window"))
        self.list.addItems([section.title for section in self._sections])
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + theme.pixels(28))
        self.area = QScrollArea()
        self.area.setObjectName("what_is_what.signs")
        self.area.setAccessibleName(self.tr("Signs"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(self)
        row.addWidget(self.list)
        row.addWidget(self.area, 1)
        self.list.currentRowChanged.connect(self._show_section)
        self.list.setCurrentRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Come where it was: some systems put it lower by its frame each time."""
        super().showEvent(event)
        if self._place is not None:
            self.move(self._place)

    def hideEvent(self, event: QHideEvent) -> None:
        """Know where it was."""
        self._place = self.pos()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """Size that fits beside the landscape in a small window."""
        room = self.screen().availableGeometry().size()
        return QSize(self._theme.pixels(640), self._theme.pixels(560)).boundedTo(room * 0.9)

    @property
    def section(self) -> str:
        """The title of the section that is shown."""
        return self._sections[self.list.currentRow()].title

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme: all is drawn anew."""
        self._theme = theme
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + theme.pixels(28))
        self._show_section(self.list.currentRow())

    def show_part(self, widget: QWidget | None) -> None:
        """Show the section of the part of the window that a widget belongs to; the first one if it has none."""
        self.list.setCurrentRow(max(0, self._section_of(widget)))

    def _section_of(self, widget: QWidget | None) -> int:
        while widget is not None:
            for i, section in enumerate(self._sections):
                if widget.objectName() and widget.objectName() in section.parts:
                    return i
            widget = widget.parentWidget()
        return -1

    def _show_section(self, at: int) -> None:
        if at >= 0:
            self.area.setWidget(self._page(self._sections[at]))

    def _page(self, section: Section) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(self._theme.pixels(14))
        grid.setVerticalSpacing(self._theme.pixels(10))
        title, intro = plain_label(section.title), plain_label(section.intro)
        title.setProperty("role", "heading")
        intro.setWordWrap(True)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(intro, 1, 0, 1, 2)
        for row, sign in enumerate(section.signs, 2):
            grid.addWidget(self._shown(sign), row, 0, Qt.AlignmentFlag.AlignTop)
            words = QWidget()
            lines = QGridLayout(words)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(2)
            meaning = plain_label(sign.meaning)
            meaning.setWordWrap(True)
            if sign.picture:
                called = plain_label(sign.text)
                called.setProperty("role", "heading")
                lines.addWidget(called, 0, 0)
            lines.addWidget(meaning, 1, 0)
            lines.setRowStretch(2, 1)
            grid.addWidget(words, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(section.signs) + 2, 1)
        return page

    def _shown(self, sign: Sign) -> QLabel:
        """The sign itself, drawn or written."""
        label = plain_label("" if sign.picture else sign.text)
        px = self._theme.pixels
        if sign.picture:
            label.setPixmap(specimen(sign.picture, self._theme, self.devicePixelRatioF()))
            label.setFixedWidth(px(WIDTH))
            label.setAccessibleName(sign.text)
        else:
            label.setProperty("role", "heading")
            label.setWordWrap(True)
            label.setFixedWidth(px(WIDTH))
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return label


def part_asked_about(window: QWidget) -> QWidget | None:
    """Return the part F1 is pressed on: where the focus is, or else what lies under the mouse."""
    focus = QApplication.focusWidget()
    stage = window.findChild(QWidget, "stage")
    if focus is not None and focus not in (window, stage) and window.isAncestorOf(focus):
        return focus
    under = QApplication.widgetAt(QCursor.pos())
    return under if under is not None and window.isAncestorOf(under) else focus
