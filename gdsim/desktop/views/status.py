"""The progress of a long computation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gdsim.desktop.text.remaining import remaining_text
from gdsim.desktop.widgets.labels import plain_label


class StatusStrip(QWidget):
    """A line that is always there, so that nothing moves when it has something to say."""

    stopped = Signal()
    #: The race that was stopped is wanted after all.
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._progress = QProgressBar()
        self._progress.setObjectName("progress")
        self._progress.setRange(0, 100)
        self._progress.setFixedSize(120, 8)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the computation"))
        self._remaining = plain_label()
        self._remaining.setObjectName("remaining")
        self._remaining.setProperty("role", "faint")
        self._stop = QPushButton(self.tr("Stop"))
        self._stop.setObjectName("stop_computing")
        self._stop.setToolTip(self.tr("End the computation where it is and show what there is of it."))
        self._stop.clicked.connect(self.stopped)
        self._again = QPushButton(self.tr("Run again"))
        self._again.setObjectName("run_stopped_again")
        self._again.setToolTip(self.tr("Compute a race that was stopped, from its start."))
        self._again.clicked.connect(self.again_wanted)
        self._is_stopped = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._remaining)
        row.addWidget(self._progress)
        row.addWidget(self._stop)
        row.addWidget(self._again)
        self._fit()
        self.done()

    def _fit(self) -> None:
        """Be as tall with the button as without: what lies above must not move when a computation takes its time."""
        height = self.fontMetrics().lineSpacing() + 4
        for button in (self._stop, self._again):
            button.setFixedHeight(height)
        self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def show_progress(self, share: float, seconds: float = -1.0) -> None:
        """A computation is under way, and still takes so many seconds; below 0, nobody knows."""
        self._progress.setValue(round(100 * share))
        self._remaining.setText(remaining_text(seconds) if seconds >= 1 else "")
        self._remaining.setVisible(seconds >= 1)
        self._progress.show()
        self._stop.show()
        self._again.hide()

    def done(self) -> None:
        """Show that no computation is under way."""
        self._remaining.hide()
        self._progress.hide()
        self._stop.hide()
        self._again.setVisible(self._is_stopped)

    def show_stopped(self, stopped: bool) -> None:
        """Offer to run a race again that was stopped, in the place where it is stopped."""
        self._is_stopped = stopped
        self._again.setVisible(stopped and self._stop.isHidden())

    @property
    def taken(self) -> int:
        """Width that is taken, from the right."""
        shown = [part for part in (self._remaining, self._progress, self._stop, self._again) if not part.isHidden()]
        return sum(part.sizeHint().width() + 6 for part in shown)
