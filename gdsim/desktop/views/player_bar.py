"""The bar of the player."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSlider, QToolButton, QWidget

from gdsim.desktop.player import SPEEDS, Player
from gdsim.desktop.style import Theme


class PlayerBar(QWidget):
    """Buttons, a scrubber, the step number and the speed."""

    def __init__(self, player: Player, buttons: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("player")
        self._player = player
        self._scrub = QSlider(Qt.Orientation.Horizontal)
        self._scrub.setObjectName("scrub")
        self._scrub.setAccessibleName(self.tr("Step"))
        self._scrub.setToolTip(self.tr("Drag to go to any step."))
        # the arrow keys step the race from everywhere, the slider included
        self._scrub.setSingleStep(1)
        self._count = QLabel()
        self._count.setObjectName("step_count")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed = QComboBox()
        self._speed.setObjectName("speed")
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("How many steps a second are played."))
        for speed in SPEEDS:
            self._speed.addItem(self.tr("{speed}/s").format(speed=speed), speed)
        self._scrub.setMinimumWidth(60)
        self._buttons = self._make_buttons(buttons)
        self._two_rows: bool | None = None
        self._epoch_steps = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 6)
        self._grid.setHorizontalSpacing(4)
        self._grid.setColumnStretch(5, 1)
        self._arrange()
        self._scrub.valueChanged.connect(player.seek)
        self._speed.currentIndexChanged.connect(lambda i: player.set_speed(SPEEDS[i]))
        player.moved.connect(self._show_step)
        player.length_changed.connect(self._show_length)
        player.speed_changed.connect(self._show_speed)
        self._show_speed(player.speed)
        self._show_length(player.last)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes of a theme."""
        for button in self._buttons:
            button.setIconSize(QSize(theme.pixels(18), theme.pixels(18)))
        self._show_length(self._player.last)
        self._arrange()

    def set_epoch_steps(self, steps: int) -> None:
        """So many steps make an epoch; with 1, all go by the same examples and epochs are not told."""
        if steps != self._epoch_steps:
            self._epoch_steps = steps
            self._show_length(self._player.last)
            self._arrange()

    def _make_buttons(self, actions: list[QAction]) -> list[QToolButton]:
        buttons = []
        for action in actions:
            button = QToolButton()
            button.setObjectName(action.objectName())
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.append(button)
        return buttons

    def _arrange(self) -> None:
        """All in one row, or scrubber and step above the rest where that is too wide."""
        rest = [*self._buttons, self._count, self._speed]
        needed = sum(widget.sizeHint().width() for widget in rest) + 6 * self.fontMetrics().height()
        two_rows = needed > self.width() > 0
        if two_rows == self._two_rows:
            return
        self._two_rows = two_rows
        for widget in (*rest, self._scrub):
            self._grid.removeWidget(widget)
        for column, button in enumerate(self._buttons):
            self._grid.addWidget(button, 1, column)
        if two_rows:
            self._grid.addWidget(self._scrub, 0, 0, 1, 6)
        else:
            self._grid.addWidget(self._scrub, 1, 5)
        self._grid.addWidget(self._count, 0 if two_rows else 1, 6, 1, 2 if two_rows else 1)
        self._grid.addWidget(self._speed, 1, 7)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row or two."""
        super().resizeEvent(event)
        self._arrange()

    def _show_step(self, step: int) -> None:
        self._scrub.blockSignals(True)
        self._scrub.setValue(step)
        self._scrub.blockSignals(False)
        self._count.setText(self._told(step, self._player.last))

    def _told(self, step: int, last: int) -> str:
        text = self.tr("step {step} / {last}").format(step=step, last=last)
        if self._epoch_steps == 1:
            return text
        return f"{text} · " + self.tr("epoch {epoch}").format(epoch=f"{step / self._epoch_steps:.1f}")

    def _show_length(self, last: int) -> None:
        self._scrub.blockSignals(True)
        self._scrub.setRange(0, last)
        self._scrub.setPageStep(max(1, last // 10))
        self._scrub.blockSignals(False)
        self._count.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._told(last, last)) + 8)
        self._show_step(self._player.shown_step)

    def _show_speed(self, speed: int) -> None:
        self._speed.blockSignals(True)
        self._speed.setCurrentIndex(SPEEDS.index(speed))
        self._speed.blockSignals(False)
