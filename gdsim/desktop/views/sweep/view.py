"""Sweep over η of every optimizer, and the range test under it."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.loss_heights import Heights, heights_of_losses, heights_of_steps
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import error_text, optimizer_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.sweep.asked import RATE, Found, asked_of
from gdsim.desktop.views.sweep.fields import SweepFields
from gdsim.desktop.views.sweep.range_plot import RangePlot
from gdsim.desktop.views.sweep.runs import SweepRuns
from gdsim.desktop.views.sweep.shown import (
    Quantity,
    quantiles,
    rows_of,
)
from gdsim.desktop.views.sweep.sweep_plot import SweepPlot
from gdsim.desktop.views.sweep.table import FIGURES, SweepTable
from gdsim.desktop.views.sweep.texts import advice_text, hint_text, signs_text, sweep_title
from gdsim.desktop.views.sweep.work_bar import WorkBar
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError
from gdsim.optimizers import Method
from gdsim.simulation.experiment import Experiment

#: The margin at the sides in pixels; so long it waits for more that is to be drawn, in milliseconds.
_MARGIN, _PAUSE = 8, 60


class SweepView(LazyView):
    """Sweep of every optimizer over η, and the range test; nothing is worked out while it is not seen."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("Sweep"))
        self._desk = desk
        self.runs = SweepRuns(desk.worker, desk.requests, desk.long_works, self)
        self.fields, self.table, self.work = SweepFields(), SweepTable(), WorkBar()
        self.sweep, self.range = SweepPlot(theme), RangePlot(theme)
        self.range.box.setXLink(self.sweep.box)
        self._make_labels()
        self._lay_out()
        self._connect()

    def _make_labels(self) -> None:
        names = ("title", "signs", "test", "advice", "hint")
        self.labels = {name: plain_label() for name in names}
        for name, label in self.labels.items():
            label.setObjectName(f"sweep.{name}")
            label.setWordWrap(True)
        for name in ("signs", "hint"):
            self.labels[name].setProperty("role", "faint")
        text = self.tr("Range test, η grows with every step: ▼ minimum ÷ 10, ◆ steepest slope")
        self.labels["test"].setText(text)

    def _connect(self) -> None:
        # sweeps may follow each other faster than they can be drawn
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._show_found)
        self.runs.changed.connect(self._show_soon)
        self.runs.progressed.connect(self._show_work)
        self.work.stopped.connect(self.runs.halt)
        self.work.resumed.connect(self.runs.go_on)
        self.fields.range_changed.connect(lambda: self._ask())
        self.fields.quantity_changed.connect(self._show_found)
        self.table.wanted.connect(self.use_best)
        self.sweep.chosen.connect(self.use_best)

    def _lay_out(self) -> None:
        labels = self.labels
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 4, _MARGIN, 6)
        column.setSpacing(4)
        above: tuple[QWidget, ...] = (self.fields, self.work, labels["title"], labels["signs"])
        below: tuple[QWidget, ...] = (labels["advice"], self.table, labels["hint"])
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self.sweep, 5)
        # close to each other: they have one axis
        column.addWidget(labels["test"])
        column.addWidget(self.range, 3)
        for widget in below:
            column.addWidget(widget)

    def sizeHint(self) -> QSize:
        """Room for two plots and a table."""
        return QSize(380, max(620, self.minimumSizeHint().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Have worked out what is seen now."""
        super().showEvent(event)
        self._ask()

    @property
    def is_ready(self) -> bool:
        """Return whether all sweeps are there and drawn, or nothing more comes."""
        return not (self.runs.waits or self._timer.isActive())

    def work_out(self) -> None:
        """Have all sweeps worked out."""
        self._ask(unseen=True)

    def stop(self) -> None:
        """Have nothing worked out any more."""
        self.runs.forget()
        self._timer.stop()

    def _show_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def use_best(self, key: str) -> None:
        """Give an optimizer its best η."""
        found = self.runs.found.get(key)
        rate = None if found is None else found.best
        if rate is not None:
            try:
                self._desk.store.set_value(key, RATE, float(f"{rate:.{FIGURES}g}"))
            except GdsimError as error:
                self._desk.say(error_text(error))

    def _apply_theme(self, theme: Theme) -> None:
        for plot in (self.sweep, self.range):
            plot.set_theme(theme)

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if scene.changed(before, "experiment"):
            self._ask()
        if scene.changed(before, "theme", "hidden", "selection"):
            self._show_found()
        elif scene.changed(before, "experiment"):
            self.sweep.mark("in_use", _rates(scene.experiment))
            self._show_table()

    def _ask(self, unseen: bool = False) -> None:
        if self.scene is None or not (unseen or self.isVisible()):
            return
        try:
            self.runs.ask(asked_of(self.scene.experiment, self.fields.within))
        except GdsimError as error:
            self.runs.forget()
            self.work.show_work(busy=False, share=0.0, halted=False, error=error_text(error))

    @property
    def _at_start(self) -> float:
        """The loss at the start; infinite as long as it is not known."""
        race = self.race
        return float(race.losses[0, 0, 0]) if race is not None and race.losses.size else math.inf

    @property
    def _seen(self) -> dict[str, Found]:
        """The sweeps of optimizers that race and are not hidden."""
        if self.scene is None:
            return {}
        racing = [entry.id for entry in self.scene.experiment.racing]
        return {key: self.runs.found[key] for key in racing if key in self.runs.found and key not in self.scene.hidden}

    def _show_found(self) -> None:
        scene = self.scene
        if scene is None:
            return
        seen, chosen, experiment = self._seen, scene.selection[0], scene.experiment
        heights = self._heights(experiment, seen)
        self.labels["title"].setText(sweep_title(self.fields.quantity, heights.scale, experiment))
        self.labels["signs"].setText(signs_text(experiment))
        self.sweep.show_sweeps(seen, self.fields.quantity, heights, chosen)
        self.sweep.mark("in_use", _rates(experiment))
        self.sweep.show_rates(self.fields.within.low, self.fields.within.high)
        self._show_tests(seen, experiment, chosen)
        self._show_table()

    def _heights(self, experiment: Experiment, seen: dict[str, Found]) -> Heights:
        quantity = self.fields.quantity
        values = [quantiles(found.sweep, quantity) for found in seen.values()]
        if quantity is Quantity.STEPS:
            return heights_of_steps(values, experiment.steps)
        return heights_of_losses(values, experiment.objective, experiment.ascent, self._at_start)

    def _show_tests(self, seen: dict[str, Found], experiment: Experiment, chosen: str) -> None:
        tests = {key: found.test for key, found in seen.items() if found.test is not None}
        losses = [test.losses for test in tests.values()]
        heights = heights_of_losses(losses, experiment.objective, experiment.ascent, self._at_start)
        self.range.show_tests(tests, heights, chosen)
        name = optimizer_text(chosen, experiment)
        self.labels["advice"].setText(advice_text(name, seen.get(chosen)))

    def _show_table(self) -> None:
        if self.scene is None:
            return
        within, experiment = self.fields.within, self.scene.experiment
        decades = math.log10(within.high / within.low)
        rows = rows_of(self._seen)
        self.table.show_rows(rows, decades, lambda key: optimizer_text(key, experiment), self.theme)
        hint = hint_text(rows, within, experiment)
        self.labels["hint"].setText(hint)
        self.labels["hint"].setVisible(bool(hint))
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences have as many lines as the width asks for."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        # the least height of a layout is reckoned for another width than it gets
        width = self.width() - 2 * _MARGIN
        for label in self.labels.values():
            label.setMinimumHeight(label.heightForWidth(width) if label.text() else 0)

    def _show_work(self) -> None:
        runs = self.runs
        self.work.show_work(runs.busy, runs.share, runs.halted, runs.error, runs.remaining if runs.busy else runs.rest)


def _rates(experiment: Experiment) -> dict[str, float]:
    """The η that each optimizer has; methods have none."""
    return {lane.id: lane.rate for lane in experiment.lanes if not isinstance(lane.rule, Method)}
