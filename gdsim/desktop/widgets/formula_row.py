"""A formula that is typeset, and copies of it: as text, as LaTeX, as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.widgets.formula_picture import FormulaPicture
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.typeset import Line, Picture
from gdsim.errors import GdsimError

#: So much larger than on screen is a picture that is copied.
_COPIED = 3.0
#: Of a formula that is too long for a picture, so many letters are shown.
_MOST_SHOWN = 1500


class Copies(QObject):
    """Puts formulas on the clipboard, and says so."""

    def __init__(self, say: Callable[..., None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say

    def text(self, rows: Sequence[FormulaRow]) -> None:
        """Copy as text, a line each."""
        QGuiApplication.clipboard().setText("\n".join(row.line.text for row in rows))
        self._say(self.tr("The formulas are on the clipboard."), good=True)

    def latex(self, rows: Sequence[FormulaRow]) -> None:
        """Copy as LaTeX, a line each."""
        QGuiApplication.clipboard().setText("\n".join(row.line.latex for row in rows))
        self._say(self.tr("The formulas are on the clipboard."), good=True)

    def picture(self, rows: Sequence[FormulaRow]) -> None:
        """Copy as one picture; those that have none are left out."""
        images = [row.picture.image(_COPIED) for row in rows if row.picture.picture is not None]
        if images:
            QGuiApplication.clipboard().setImage(_stacked(images))
            self._say(self.tr("The picture is on the clipboard."), good=True)


class FormulaRow(QWidget):
    """A formula as a picture or, until there is one or where it is too long, as text."""

    def __init__(self, line: Line, theme: Theme, name: str, copies: Copies) -> None:
        super().__init__()
        self.copies = copies
        self.setObjectName(name)
        self.setToolTip(self.tr("The right button copies this formula: as text, as LaTeX or as a picture."))
        self.picture = FormulaPicture(theme)
        self._plain = plain_label()
        self._plain.setWordWrap(True)
        self._plain.setTextFormat(Qt.TextFormat.PlainText)
        #: Why there is no picture.
        self.reason = plain_label()
        self.reason.setProperty("role", "faint")
        self.reason.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self.picture, self._plain, self.reason):
            column.addWidget(part)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show another formula, as text to begin with."""
        self.line = line
        self.is_done = False
        self.setAccessibleName(line.text)
        self._plain.setText(_broken(line.text))
        self._show(None, "")

    def take(self, picture: Picture | None, error: GdsimError | None) -> None:
        """Show the picture, or say why there is none."""
        self.is_done = True
        self._show(picture, error_text(error) if error is not None else "")

    def _show(self, picture: Picture | None, reason: str) -> None:
        self.picture.show_picture(picture)
        self._plain.setVisible(picture is None)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copies of this formula."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, copy, there in (
            (self.tr("Copy as text"), self.copies.text, True),
            (self.tr("Copy as LaTeX"), self.copies.latex, bool(self.line.latex)),
            (self.tr("Copy as a picture"), self.copies.picture, self.picture.picture is not None),
        ):
            action = QAction(text, menu)
            action.setEnabled(there)
            action.triggered.connect(lambda _=False, copy=copy: copy([self]))
            menu.addAction(action)
        menu.popup(event.globalPos())


def _broken(text: str) -> str:
    """Not too many letters, and places where a line may end."""
    text = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return text.replace("*", "*\u200b").replace("(", "\u200b(")


def _stacked(images: Sequence[QImage]) -> QImage:
    """Pictures one under the other, on the ground of the first."""
    width, height = max(image.width() for image in images), sum(image.height() for image in images)
    whole = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(images[0].pixelColor(0, 0))
    painter = QPainter(whole)
    top = 0
    for image in images:
        painter.drawImage(QPoint(0, top), image)
        top += image.height()
    painter.end()
    return whole
