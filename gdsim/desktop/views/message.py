"""A sentence of what went wrong, or of what is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from gdsim.desktop.widgets.wrapping_label import WrappedLabel

#: Between the message and the sides of the centre, in pixels.
_MARGIN = 8
#: So long a good message is shown, in milliseconds.
_LONG_ENOUGH = 8000


class Message(QFrame):
    """Lies over the centre, as broad and as high as its sentence: nothing moves when it comes.

    Of one line, it lies over a line of the centre where there is room; else it lies over what is drawn, from its upper
    left corner on. The numbers of the axes are seen.

    Parameters
    ----------
    corner
        Gives the upper left corner of what is drawn.
    line
        A widget there; where it goes, the message goes.
    room
        Gives the free part of the line: from where to where it may be covered, in the height, and how broad it is.
    """

    def __init__(
        self, centre: QWidget, corner: Callable[[], QPoint], line: QWidget, room: Callable[[], tuple[int, int, int]]
    ) -> None:
        super().__init__(centre)
        self._centre = centre
        self.setObjectName("message_box")
        self._corner, self._room = corner, room
        #: What is done has been seen after a while.
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_LONG_ENOUGH)
        self.timer.timeout.connect(lambda: self.say(""))
        self._label = WrappedLabel()
        self._label.setObjectName("message")
        self._label.setProperty("role", "error")
        away = QToolButton()
        away.setObjectName("message_away")
        away.setText("×")
        away.setAccessibleName(self.tr("Put the message away"))
        away.setToolTip(self.tr("Put the message away."))
        away.clicked.connect(lambda: self.say(""))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 2, 4, 2)
        self._row.setSpacing(6)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._away = away
        for watched in (centre, line):
            watched.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """The sentence that is shown; "" for none."""
        return self._label.text()

    def say(self, sentence: str, good: bool = False, stays: bool = False) -> None:
        """Show a sentence, of what went wrong or of what is done, or nothing.

        What is done goes by itself after a while, unless it `stays`.
        """
        if not sentence and not self._label.text():
            return  # as with every move of a drag
        if sentence and good and not stays:
            self.timer.start()
        else:
            self.timer.stop()
        self._label.setProperty("role", "done" if good else "error")
        self._label.style().unpolish(self._label)
        self._label.style().polish(self._label)
        if sentence and sentence.rstrip()[-1:] not in (".", "?", "!", "…"):
            sentence += "."
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the line and the centre."""
        if self.isVisible() and event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Have nothing going on when it is not seen."""
        super().hideEvent(event)
        self.timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._place()

    def _place(self) -> None:
        if not self._label.text():
            return
        self._away.setFixedHeight(self.fontMetrics().lineSpacing() + 4)
        top, bottom, free = self._room()
        size = self._size_within(self._centre.width() - 2 * _MARGIN)
        at = QPoint(_MARGIN, bottom - size.height())
        if at.y() < top or at.x() + size.width() > free:
            at = self._corner()
            size = self._size_within(self._centre.width() - at.x() - _MARGIN)
        self.setGeometry(QRect(at, size))
        self.raise_()

    def _size_within(self, width: int) -> QSize:
        """The size that it has where there is so much room in the width."""
        margins = self._row.contentsMargins()
        beside = 2 * self.frameWidth() + margins.left() + margins.right() + self._row.spacing()
        beside += self._away.sizeHint().width()
        inner = max(min(self._label.sizeHint().width(), width - beside), 1)
        height = max(self._label.heightForWidth(inner), self._away.height())
        return QSize(inner + beside, height + 2 * self.frameWidth() + margins.top() + margins.bottom())
