"""Under a setting map: what is read off, the way to its best cell, and how far a map is that takes long."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from gdsim.desktop.compute.map_requests import SettingMaps
from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.setting_map.texts import best_text, best_tip, stop_text
from gdsim.desktop.widgets.steady_label import StillLabel

#: What takes no longer needs no telling, in seconds.
_SOON = 0.5


class MapFoot(QWidget):
    """Two lines on a cell, the button that takes the best one over, and beside it Stop while a map takes long.

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
        self.best.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._going_on = self.is_long = False
        self.stop.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.reading, 0, 0, 1, 2)
        grid.addWidget(self.best, 1, 0)
        grid.addWidget(self.stop, 1, 1)
        grid.setColumnStretch(0, 1)
        self.reading.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.show_best(None)

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

    def _press(self) -> None:
        (self.wanted if self._going_on else self.stopped).emit()
