"""A box that asks for a logarithmic axis."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget


class LogBox(QCheckBox):
    """Check box for a logarithmic axis; where there can be none it is off and cannot be pressed.

    Attributes
    ----------
    wanted
        What a person wants, which comes true again as soon as it can.
    """

    #: A person wants something else.
    wish_changed = Signal(bool)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(True)
        self.wanted = True
        self.toggled.connect(self.want)

    def want(self, wanted: bool) -> None:
        """Ask for a logarithmic axis, or for none."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self._show()
        self.wish_changed.emit(wanted)

    def set_possible(self, possible: bool) -> None:
        """Say whether there can be a logarithmic axis."""
        if possible != self.isEnabled():
            self.setEnabled(possible)
            self._show()

    def _show(self) -> None:
        blocker = QSignalBlocker(self)
        self.setChecked(self.wanted and self.isEnabled())
        blocker.unblock()
