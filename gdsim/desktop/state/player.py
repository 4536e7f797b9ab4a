"""Play, pause, step and scrub: which step is shown."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal

#: Milliseconds between two frames.
FRAME = 16
#: Speeds on offer, in steps a second.
SPEEDS = (5, 15, 30, 60, 120, 250, 1000)


class Player(QObject):
    """Moves a step number over a race, in real time.

    While a value is being dragged it shows whole paths: `shown_step` is then the last one.
    """

    moved = Signal(int)
    playing_changed = Signal(bool)
    length_changed = Signal(int)
    speed_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0
        self._step = 0.0
        self._speed = 60
        #: Whether paths are shown to their last step.
        self.whole = False
        self._clock = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._tick)

    @property
    def step(self) -> int:
        """The current step."""
        return int(self._step)

    @property
    def shown_step(self) -> int:
        """The step to show: the current one, or the last while something is dragged."""
        return self._last if self.whole else self.step

    @property
    def last(self) -> int:
        """The last step there is."""
        return self._last

    @property
    def playing(self) -> bool:
        """Return whether time goes on."""
        return self._timer.isActive()

    @property
    def speed(self) -> int:
        """Steps a second."""
        return self._speed

    def set_length(self, last: int) -> None:
        """There are steps 0 to `last`; someone who stood at the end stays there."""
        at_end = self._step >= self._last > 0
        if last != self._last:
            self._last = last
            self.length_changed.emit(last)
        self._go(last if at_end or self._step > last else self._step)

    def set_speed(self, speed: int) -> None:
        """Play at some steps a second."""
        self._speed = speed
        self.speed_changed.emit(speed)

    def set_whole(self, whole: bool) -> None:
        """Show whole paths while something is dragged."""
        if whole != self.whole:
            self.whole = whole
            self._clock = time.perf_counter()
            self.moved.emit(self.shown_step)

    def play(self) -> None:
        """Go on, from the start if at the end."""
        if self._step >= self._last:
            self._go(0)
        self._clock = time.perf_counter()
        if not self._timer.isActive():
            self._timer.start()
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still."""
        if self._timer.isActive():
            self._timer.stop()
            self._step = float(self.step)
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play if paused, pause if playing."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, step: int) -> None:
        """Show a step and stand there."""
        self.pause()
        self._go(step)

    def rewind(self) -> None:
        """Start over, playing or not."""
        self._go(0)

    def forward(self) -> None:
        """Go one step on."""
        self.seek(self.step + 1)

    def back(self) -> None:
        """Go one step back."""
        self.seek(self.step - 1)

    def first(self) -> None:
        """To the start."""
        self.seek(0)

    def to_end(self) -> None:
        """To the last step."""
        self.seek(self._last)

    def _go(self, step: float) -> None:
        self._step = min(max(float(step), 0.0), float(self._last))
        self.moved.emit(self.shown_step)

    def _tick(self) -> None:
        now = time.perf_counter()
        # a frame that came late must not make the race jump
        passed = min(now - self._clock, 0.1)
        self._clock = now
        if self.whole or self._last == 0:
            return
        before = self.step
        self._step = min(self._step + passed * self._speed, float(self._last))
        if self.step != before:
            self.moved.emit(self.shown_step)
        if self._step >= self._last:
            self.pause()
