"""The bar of the player."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.player import SPEEDS, Player
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.widgets.default_action import connect_once
from gdsim.desktop.widgets.labels import plain_label


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
        self._count = plain_label()
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
        self._wanted = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 6)
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        for row in (self._above, self._row):
            row.setSpacing(4)
            column.addLayout(row)
        self._arrange()
        self._scrub.valueChanged.connect(player.seek)
        self._speed.currentIndexChanged.connect(lambda i: player.set_speed(SPEEDS[i]))
        player.moved.connect(self._show_step)
        player.length_changed.connect(self._show_length)
        player.speed_changed.connect(self._show_speed)
        self._show_speed(player.speed)
        self._show_length(player.last)

    def show_scene(self, scene: Scene) -> None:
        """Show how many steps of the race make an epoch."""
        if scene.race is not None:
            self.set_epoch_steps(scene.race.course.epoch_steps)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes of a theme."""
        for button in self._buttons:
            button.setIconSize(QSize(theme.pixels(18), theme.pixels(18)))
        self._show_length(self._player.last)
        self._arrange()

    def set_epoch_steps(self, steps: int) -> None:
        """Set how many steps make an epoch; with 1, all go by the same examples and no epoch is named."""
        if steps != self._epoch_steps:
            self._epoch_steps = steps
            self._show_length(self._player.last)
            self._arrange()

    def set_wanted(self, steps: int) -> None:
        """Set how many steps were asked for of a race that was stopped; 0 if it was not."""
        if steps != self._wanted:
            self._wanted = steps
            self._show_length(self._player.last)
            self._arrange()

    def _make_buttons(self, actions: list[QAction]) -> list[QToolButton]:
        buttons = []
        for action in actions:
            button = QToolButton()
            button.setObjectName(action.objectName())
            button.setDefaultAction(action)
            connect_once(button)
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
        # one by one: an item that is taken out of a layout belongs to nobody, and would stay for ever
        for row in (self._above, self._row):
            for part in (*rest, self._scrub):
                row.removeWidget(part)
        for button in self._buttons:
            self._row.addWidget(button)
        for part, share in ((self._scrub, 1), (self._count, 0)):
            (self._above if two_rows else self._row).addWidget(part, share)
        if two_rows:
            self._row.addWidget(self._speed, 1, Qt.AlignmentFlag.AlignRight)
        else:
            self._row.addWidget(self._speed)

    def minimumSizeHint(self) -> QSize:
        """The least size of two rows."""
        rows = ([*self._buttons, self._speed], [self._scrub, self._count])
        widest = max(sum(part.minimumSizeHint().width() for part in row) + 4 * len(row) for row in rows)
        widest = max(widest, self._scrub.minimumWidth() + self._count.minimumWidth() + 4)
        return QSize(widest + 16, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts in one row, or in two."""
        super().resizeEvent(event)
        self._arrange()

    def _show_step(self, step: int) -> None:
        self._scrub.blockSignals(True)
        self._scrub.setValue(step)
        self._scrub.blockSignals(False)
        self._count.setText(self._step_text(step, self._player.last))

    def _step_text(self, step: int, last: int) -> str:
        text = self.tr("step {step} / {last}").format(step=step, last=last)
        if self._wanted > last:
            text = self.tr("step {step} / {last} (stopped)").format(step=step, last=self._wanted)
        if self._epoch_steps == 1:
            return text
        return f"{text} · " + self.tr("epoch {epoch}").format(epoch=f"{step / self._epoch_steps:.1f}")

    def _show_length(self, last: int) -> None:
        self._scrub.blockSignals(True)
        self._scrub.setRange(0, last)
        self._scrub.setPageStep(max(1, last // 10))
        self._scrub.blockSignals(False)
        self._count.setMinimumWidth(self.fontMetrics().horizontalAdvance(self._step_text(last, last)) + 8)
        self._show_step(self._player.shown_step)

    def _show_speed(self, speed: int) -> None:
        self._speed.blockSignals(True)
        self._speed.setCurrentIndex(SPEEDS.index(speed))
        self._speed.blockSignals(False)
