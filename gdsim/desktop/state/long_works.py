"""Long work beside the race, such as maps: how far it is, how long it still takes, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class LongWork:
    """Work that takes long enough to be told of.

    Attributes
    ----------
    share
        How much of it is done, from 0 to 1.
    seconds
        How long it still takes, about; below 0 as long as nobody knows.
    stop
        Ends it, and keeps what is done.
    """

    share: float
    seconds: float
    stop: Callable[[], None]


class LongWorks(QObject):
    """State of a session: the long work that goes on, each told by whoever has it done."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: dict[str, LongWork] = {}

    @property
    def longest(self) -> LongWork | None:
        """The work that will take longest; None while there is none."""
        return max(self._works.values(), key=lambda work: work.seconds, default=None)

    def tell(self, name: str, work: LongWork | None) -> None:
        """Tell how far the work of a name is; None once it is over."""
        before = self._works.get(name)
        if work is None:
            self._works.pop(name, None)
        else:
            self._works[name] = work
        if work != before:
            self.changed.emit()

    def stop(self) -> None:
        """Stop all of it."""
        for work in tuple(self._works.values()):
            work.stop()


def time_left(share: float, spent: float) -> float:
    """Return how many seconds the rest takes if all goes on as it did; below 0 if that cannot be told yet."""
    return spent * (1 - share) / share if share > 0 else -1.0
