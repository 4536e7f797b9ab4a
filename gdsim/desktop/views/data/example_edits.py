"""Changes of the examples by hand: points that are moved, added and taken away."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from gdsim.desktop.edits.example_edits import added, moved, removed
from gdsim.desktop.edits.model_edits import effective_source, held_still, is_model
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.data.examples_plot import DataPlot
from gdsim.desktop.views.data.shown_examples import ShownExamples
from gdsim.errors import GdsimError
from gdsim.objectives.source import Source
from gdsim.simulation.experiment import Experiment


class ExampleEdits(QObject):
    """Turns what a hand does to points into changes of the experiment.

    Parameters
    ----------
    shown
        Gives the examples that are shown; None where there are none.
    """

    def __init__(self, plot: DataPlot, desk: Desk, shown: Callable[[], ShownExamples | None]) -> None:
        super().__init__(plot)
        self._desk, self._shown, self._plot = desk, shown, plot
        self._file = ""
        plot.grabbed.connect(self._grab)
        plot.released.connect(self._release)
        plot.moved.connect(self.move)
        plot.added.connect(self.add)
        plot.removed.connect(self.remove)

    def move(self, index: int, x: float, y: float) -> None:
        """Move an example to a place in the picture."""
        shown = self._shown()
        if shown is not None and index < len(shown.data):
            self._desk.requests.expect()
            columns = shown.columns(x, y)
            self._change(lambda source: moved(source, index, columns), self._moved)

    def add(self, x: float, y: float, other: bool) -> None:
        """Add an example at a place, of the class of the nearest or of the other one."""
        shown = self._shown()
        if shown is not None:
            row, before = shown.row_at(x, y, other), self._source().path
            self._change(lambda source: added(source, row), lambda: self._say_where(before))

    def remove(self, index: int) -> None:
        """Take an example away."""
        shown = self._shown()
        if shown is None or index >= len(shown.data):
            return
        before, count = self._source().path, len(shown.data)

        def done() -> None:
            self._desk.selection.lose_example(index, count - 1)
            self._say_where(before)

        self._change(lambda source: removed(source, index), done)

    def _grab(self) -> None:
        if self._shown() is None:
            return
        self._file = self._source().path
        # what a hand does until it lets go is one change, even what comes of it later
        self._desk.store.drag.begin(self._plot.viewport(), coarse=True)

    def _release(self) -> None:
        self._desk.store.drag.end()
        self._say_where(self._file)

    def _moved(self) -> None:
        if not self._desk.store.drag.is_active:  # it has been let go meanwhile
            self._say_where(self._file)

    def _change(self, edit: Callable[[Source], Source], done: Callable[[], None]) -> None:
        def changed(now: Experiment) -> Experiment:
            return dataclasses.replace(now, **held_still(now), data=edit(effective_source(now)))

        self._desk.changes.make(changed, self._source(), self._refuse, done, self._desk.store.drag.burst)

    def _refuse(self, error: GdsimError) -> None:
        self._desk.say(error_text(error))

    def _say_where(self, before: str) -> None:
        """The examples may have been those of a file, by its path: changed ones are the experiment's own."""
        if before and is_model(self._desk.store.experiment) and not self._source().path:
            sentence = QCoreApplication.translate(
                "DataView", "The data is kept in the experiment from now on; {name} stays as it is."
            )
            self._desk.say(sentence.format(name=Path(before).name), good=True)

    def _source(self) -> Source:
        return effective_source(self._desk.store.experiment)
