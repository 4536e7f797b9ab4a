"""Typeset lines that may change with every frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.update.math_boxes import Box, RowBox, TextBox, boxes_of, is_name
from gdsim.optimizers.compiled.term_formula import Formula, Spelled

#: How much larger than text a formula is set, how far it shrinks to fit, and the room between two lines.
_LARGER, _LEAST, _GAP = 1.12, 0.6, 4.0


@dataclass(frozen=True, eq=False)
class MathLine:
    """A formula with what stands before and after it.

    Attributes
    ----------
    head, tail
        As text: "m ←", "= 0.3".
    formula, spelled
        What stands between, and how its names and numbers are written.
    text
        The whole line as text, for who listens to it, and for a copy.
    """

    head: str
    formula: Formula
    spelled: Spelled
    tail: str = ""
    text: str = ""

    def boxed(self, font: QFont) -> Box:
        """The line in boxes."""
        head = TextBox(self.head, font, is_name(self.head))
        found = [head, TextBox(" ", font), boxes_of(self.formula, self.spelled, font)]
        return RowBox([*found, TextBox(f" {self.tail}", font)] if self.tail else found)


class MathLines(QWidget):
    """Typeset lines under each other; all shrink alike where one has no room."""

    def __init__(self, theme: Theme, faint: bool = False) -> None:
        super().__init__()
        self._theme, self._faint = theme, faint
        self._lines: Sequence[MathLine] = ()
        self._boxes: list[Box] = []
        self._font = QFont()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def lines(self) -> Sequence[MathLine]:
        """The lines that are shown."""
        return self._lines

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and sizes of a theme."""
        self._theme = theme
        self.show_lines(self._lines)

    def show_lines(self, lines: Sequence[MathLine]) -> None:
        """Show some lines, or none."""
        self._lines = lines
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self._boxes = [line.boxed(font) for line in lines]
        text = "\n".join(line.text for line in lines)
        self.setAccessibleName(text)
        self.setToolTip(text)
        # only where it is another: a layout that is told so lays everything out anew
        height = self._height()
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        self.update()

    def _height(self) -> int:
        # that of natural size: it must not jump with the number of digits
        return round(sum(box.height + _GAP for box in self._boxes)) if self._boxes else 0

    def sizeHint(self) -> QSize:
        """The natural size."""
        return QSize(round(max((box.width for box in self._boxes), default=0.0)), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all lines, smaller where there is no room."""
        widest = max((box.width for box in self._boxes), default=1.0)
        share = min(1.0, max(_LEAST, self.width() / widest))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(self.rect()))
        painter.scale(share, share)
        y = (self.height() / share - sum(box.height + _GAP for box in self._boxes)) / 2
        for box in self._boxes:
            painter.setPen(QColor(self._theme.faint if self._faint else self._theme.text))
            box.draw(painter, 0.0, y + _GAP / 2 + box.ascent)
            y += box.height + _GAP
        painter.end()
