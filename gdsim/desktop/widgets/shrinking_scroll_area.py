"""Area that scrolls where there is too little room for its widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

#: No side has to be longer than so many lines of text.
_LINES = 8


class ScrollRoom(QScrollArea):
    """Fills itself with a widget, and does with less room than that needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # left to itself it would scroll wherever there is less room than wanted
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_widget(self, widget: QWidget) -> None:
        """Show another widget; the one before is kept, unseen."""
        before: QWidget | None = self.takeWidget()
        if before is not None:
            before.setParent(self)
            before.hide()
        self.setWidget(widget)
        widget.show()
        self._fit()

    def sizeHint(self) -> QSize:
        """The size hint of the widget."""
        inside: QWidget | None = self.widget()
        return super().sizeHint() if inside is None else inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The least size of the widget, up to a size that every window has."""
        most = _LINES * self.fontMetrics().height()
        return super().minimumSizeHint().expandedTo(self._needed.boundedTo(QSize(most, most)))

    def event(self, event: QEvent) -> bool:
        """Look whether the widget inside needs more room than before, or less."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is other room."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _needed(self) -> QSize:
        inside: QWidget | None = self.widget()
        return QSize() if inside is None else inside.minimumSizeHint().expandedTo(inside.minimumSize())

    def _fit(self) -> None:
        inside: QWidget | None = self.widget()
        if inside is not None:
            inside.resize(self.viewport().size().expandedTo(self._needed))
