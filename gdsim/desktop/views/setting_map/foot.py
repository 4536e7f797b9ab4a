"""Under a setting map: what is read off, how far it is, and the way to its best cell."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from gdsim.desktop.compute.map_requests import SettingMaps
from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.setting_map.texts import best_text, best_tip, remaining_text
from gdsim.desktop.widgets.steady_label import StillLabel

#: What takes no longer needs no telling, in seconds.
_SOON = 0.5


class MapFoot(QWidget):
    """A line on a cell, a line on progress with Stop, and the button that takes the best cell over."""

    stopped = Signal()
    #: What was stopped is wanted after all.
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading, self.progress = StillLabel(), StillLabel()
        self.reading.setObjectName("setting_map_reading")
        self.progress.setObjectName("setting_map_progress")
        self.stop = QToolButton()
        self.stop.setObjectName("setting_map_stop")
        self.stop.setProperty("role", "chip")
        # what stands beside and below keeps its place
        policy = self.stop.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.stop.setSizePolicy(policy)
        self.stop.clicked.connect(self._pressed)
        self.best = QPushButton()
        self.best.setObjectName("setting_map_best")
        self.best.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._going_on = self._is_long = False
        self._show_stop(visible=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.reading, 0, 0, 1, 2)
        grid.addWidget(self.progress, 1, 0)
        grid.addWidget(self.stop, 1, 1)
        grid.addWidget(self.best, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        lines = self.fontMetrics().lineSpacing()
        self.reading.setMinimumHeight(2 * lines)
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
        is_long = maps.busy and maps.remaining > _SOON
        self._is_long = is_long or (maps.busy and self._is_long)
        self._show_stop(self._is_long or maps.stopped, maps.stopped)
        if maps.stopped:
            self.progress.setText(self.tr("Stopped; what was done stays."))
        elif is_long:
            self.progress.setText(remaining_text(maps.share, maps.remaining))
        elif not maps.busy:
            self.progress.setText("")

    def _show_stop(self, visible: bool, going_on: bool = False) -> None:
        self._going_on = going_on
        self.stop.setText(self.tr("Go on") if going_on else self.tr("Stop"))
        stop, go_on = self.tr("End the map where it is, and keep what there is."), self.tr("Draw the rest of the map.")
        self.stop.setToolTip(go_on if going_on else stop)
        self.stop.setVisible(visible)

    def _pressed(self) -> None:
        (self.wanted if self._going_on else self.stopped).emit()
