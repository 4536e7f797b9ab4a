"""The run that is looked at closely, and the example."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from gdsim.simulation.trajectories import Trajectories


class Selection(QObject):
    """The run whose derivative, gradient or formula is shown in numbers; state of the window, not of the experiment.

    It is always one that takes part and is not hidden, where there is one. Whom a person chose is remembered: they
    are the chosen ones again as soon as they are back.

    Attributes
    ----------
    key, run
        The optimizer, "" where none takes part, and which of its runs: 0 for that from the start point.
    example
        Which of the examples of a model, by its place in their set; None before one is chosen.
    """

    changed = Signal()
    example_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self.run = 0
        self.example: int | None = None
        self._wanted: tuple[str, int] = ("", 0)
        self._keys: tuple[str, ...] = ()
        self._runs = 1
        self._hidden: frozenset[str] = frozenset()

    def choose(self, key: str, run: int = 0) -> None:
        """Look at a run."""
        self._wanted = (key, run)
        self._settle()

    def choose_example(self, example: int | None) -> None:
        """Look at an example."""
        if example != self.example:
            self.example = example
            self.example_changed.emit()

    def lose_example(self, lost: int, last: int) -> None:
        """Follow an example that is taken away, whose place the last one takes."""
        if self.example in (lost, last):
            self.choose_example(None if self.example == lost else lost)

    def set_race(self, race: Trajectories) -> None:
        """Take the runs that there are now."""
        self._keys, self._runs = race.ids, race.runs
        self._settle()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Take which optimizers are not seen."""
        self._hidden = hidden
        self._settle()

    def place_in(self, race: Trajectories) -> tuple[int, int] | None:
        """Return the place of the run in a race: its optimizer and its run; None if it is not there."""
        keys = list(race.ids)
        return (keys.index(self.key), self.run) if self.key in keys and self.run < race.runs else None

    def _settle(self) -> None:
        seen = [key for key in self._keys if key not in self._hidden]
        key, run = self._wanted
        if key not in seen:
            key, run = next(iter(seen or self._keys), ""), 0
        run = run if run < self._runs else 0
        if (key, run) != (self.key, self.run):
            self.key, self.run = key, run
            self.changed.emit()


def bold_runs(keys: Iterable[str], runs: int, chosen: tuple[str, int]) -> list[int]:
    """The run of each optimizer that is drawn bold, where all are seen: the chosen one, of others that from the start.

    Parameters
    ----------
    keys
        The optimizers.
    runs
        How many runs of each are drawn.
    chosen
        Which optimizer is looked at closely, and which of its runs.
    """
    return [chosen[1] if key == chosen[0] and chosen[1] < runs else 0 for key in keys]
