"""Under a setting map: what is read off, the way to its best cell, and how far a map is that takes long."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from gdsim.desktop.compute.map_requests import SettingMaps
from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.setting_map.texts import best_text, best_tip, stop_text
from gdsim.desktop.widgets.steady_label import StillLabel

#: What takes no longer needs no telling, in seconds.
_SOON = 0.5
#: Above and below the two lines on a button, in pixels.
_MARGINS = 8


class MapFoot(QWidget):
    """Two lines on a cell, and beside them the button that takes the best one over, or Stop while a map takes long.

    Attributes
    ----------
    is_long
        Whether a map takes long.
    """

    stopped = Signal()
    #: What was stopped is wanted after all.
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = StillLabel()
        self.reading.setObjectName("setting_map_reading")
        self.stop = QToolButton()
        self.stop.setObjectName("setting_map_stop")
        self.stop.setProperty("role", "chip")
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("End the map where it is, and keep what there is."))
        self.stop.clicked.connect(self._press)
        self.best = QPushButton()
        self.best.setObjectName("setting_map_best")
        for button in (self.stop, self.best):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._going_on = self.is_long = False
        self.stop.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.reading, 1)
        row.addWidget(self.stop)
        row.addWidget(self.best)
        self.setFixedHeight(2 * self.fontMetrics().lineSpacing() + _MARGINS)
        self.show_best(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(2 * self.fontMetrics().lineSpacing() + _MARGINS)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines, of any width."""
        return QSize(0, super().minimumSizeHint().height())

    def show_best(self, done: DoneMap | None) -> None:
        """Offer the best cell of a map."""
        self.best.setText(best_text(done))
        self.best.setToolTip(tip_text(best_tip(done)))
        self.best.setEnabled(done is not None and done.best is not None)

    def show_progress(self, maps: SettingMaps) -> None:
        """Tell how far a map is that takes long, or that one was stopped."""
        self.is_long = maps.busy and (self.is_long or maps.remaining > _SOON)
        self._going_on = maps.stopped
        if self.is_long:
            self.stop.setText(stop_text(maps.share, maps.remaining))
            self.stop.setToolTip(self.tr("End the map where it is, and keep what there is."))
        elif maps.stopped:
            self.stop.setText(self.tr("Go on"))
            self.stop.setToolTip(self.tr("It was stopped, and what was done stays: draw the rest."))
        self.stop.setVisible(self.is_long or maps.stopped)
        # the best of a coarse map is not yet the best
        self.best.setVisible(not self.is_long)

    def _press(self) -> None:
        (self.wanted if self._going_on else self.stopped).emit()
