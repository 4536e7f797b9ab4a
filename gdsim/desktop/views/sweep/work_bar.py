"""Progress of long work, with a button that stops it and one that goes on."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gdsim.desktop.text.remaining import remaining_text
from gdsim.desktop.widgets.labels import plain_label


class WorkBar(QWidget):
    """Seen only while something takes long, was stopped, or went wrong."""

    stopped = Signal()
    resumed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._bar, self._label = QProgressBar(), plain_label()
        self._bar.setObjectName("sweep.progress")
        self._bar.setAccessibleName(self.tr("Progress of the sweep"))
        self._bar.setRange(0, 100)
        self._label.setObjectName("sweep.message")
        self._label.setWordWrap(True)
        self._make_buttons()
        for widget, stretch in ((self._bar, 1), (self._label, 1), (self._stop, 0), (self._resume, 0)):
            row.addWidget(widget, stretch)
        self.show_work(busy=False, share=0.0, halted=False, error="")

    def _make_buttons(self) -> None:
        self._stop, self._resume = QPushButton(self.tr("Stop")), QPushButton(self.tr("Go on"))
        self._stop.setObjectName("sweep.stop")
        self._stop.setToolTip(self.tr("Stop the sweep, and keep what there is."))
        self._resume.setObjectName("sweep.resume")
        self._resume.setToolTip(self.tr("Try the rest of the values, too."))
        self._stop.clicked.connect(self.stopped)
        self._resume.clicked.connect(self.resumed)

    def show_work(self, busy: bool, share: float, halted: bool, error: str, rest: float = 0.0) -> None:
        """Show how things stand; `rest` are the seconds that it still takes."""
        self._bar.setValue(round(100 * share))
        self._bar.setFormat(f"%p %, {remaining_text(rest)}")
        text = self.tr("Not all values have been tried; the rest takes about {seconds} s.")
        said = text.format(seconds=math.ceil(rest)) if halted else ""
        self._label.setText(error or said)
        self._label.setProperty("role", "error" if error else "")
        self._label.style().unpolish(self._label)
        self._label.style().polish(self._label)
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        self._label.setVisible(not busy and bool(self._label.text()))
        self._resume.setVisible(halted and not busy and not error)
        self.setVisible(busy or halted or bool(error))
