"""The examples, and what each model makes of them at the current step."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout

from gdsim.desktop.compute.request_queue import RequestQueue
from gdsim.desktop.edits.model_edits import effective_source, is_model
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import optimizer_text, reading_text, tip_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.data.example_edits import ExampleEdits
from gdsim.desktop.views.data.examples_plot import DataPlot
from gdsim.desktop.views.data.feature_choice import FeatureChoice
from gdsim.desktop.views.data.fit_facts import FitFacts
from gdsim.desktop.views.data.fit_items import fits_of
from gdsim.desktop.views.data.key import lines_key, points_key, target_name
from gdsim.desktop.views.data.scores_plot import ScoresPlot
from gdsim.desktop.views.data.shown_examples import ShownExamples, first_axes
from gdsim.desktop.widgets.labels import plain_label, rich_label
from gdsim.errors import GdsimError
from gdsim.objectives.data import Model
from gdsim.objectives.data.lookup import dataset_of
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.fits import Scores, scores
from gdsim.simulation.trajectories import Trajectories

_CHANNEL = "scores"


class DataView(LazyView):
    """Points that can be moved, with the fit of every optimizer; or how well they do, step by step."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("Data"))
        self._desk = desk
        #: The examples that are shown; None where there is no model.
        self.shown: ShownExamples | None = None
        #: The scores that are shown, and the race they are of.
        self.scored: tuple[Trajectories, Scores | None] | None = None
        #: What the fits that are shown were made of.
        self._fitted: tuple[Any, ...] = ()
        self._make_plots(theme)
        self.edits = ExampleEdits(self.plot, desk, lambda: self.shown)
        self.features = FeatureChoice()
        self.features.wanted.connect(self._show_features)
        self._make_switch()
        self._key = rich_label()
        self._key.setObjectName("data_key")
        self._key.setProperty("role", "faint")
        self._key.setWordWrap(True)
        self._facts = FitFacts(RequestQueue(desk.requests, "told"))
        self._lay_out()
        self.plot.picked.connect(desk.selection.choose_example)
        desk.selection.example_changed.connect(self._mark_example)
        # a race may be long in coming, the examples are there
        self._show_data(desk.store.experiment)
        self._show_key()

    def _make_plots(self, theme: Theme) -> None:
        self.plot = DataPlot(theme)
        self.plot.setObjectName("data_plot")
        self.plot.setAccessibleName(self.tr("Examples"))
        self.plot.setAccessibleDescription(
            self.tr(
                "Page Up and Page Down go from point to point, arrow keys move it, "
                "Delete takes it away, Insert adds one."
            )
        )
        self.plot.setToolTip(
            self.tr(
                "Drag a point to move it; a double click adds one (Shift: of the other class), "
                "Delete takes one away. Hollow points are held out."
            )
        )
        self.curves = ScoresPlot(theme)
        self.curves.setObjectName("scores_plot")
        self.curves.setAccessibleName(self.tr("Accuracy or mean squared error against step"))
        self.curves.setToolTip(
            self.tr(
                "Full lines: the examples that are trained on; lines with rings, or dashed: "
                "those held out. Where the two part, the model learns its examples by "
                "heart."
            )
        )

    def _make_switch(self) -> None:
        self._switch = QToolButton()
        self._switch.setObjectName("scores")
        self._switch.setProperty("role", "chip")
        self._switch.setToolTip(
            self.tr(
                "How well every optimizer does, step by step, on what it is trained on and "
                "on what is held out: accuracy, or MSE, the mean squared error."
            )
        )
        self._show_switch()
        self._switch.setCheckable(True)
        self._switch.toggled.connect(self._turn)

    def _show_switch(self) -> None:
        self._switch.setText(self.tr("Accuracy by step") if self._is_classes else self.tr("MSE by step"))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.features)
        row.addStretch(1)
        row.addWidget(self._switch)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.curves)
        self._sentence = plain_label()
        self._sentence.setText(
            self.tr("The data of a model: choose one under “Models on data” in the list of functions.")
        )
        self._sentence.setObjectName("data_sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        column.addWidget(self._key)
        column.addWidget(self._facts)
        column.addWidget(self._sentence, 1)

    def sizeHint(self) -> QSize:
        """Room for a plot."""
        return QSize(self.theme.pixels(380), self.theme.pixels(360))

    def _apply_theme(self, theme: Theme) -> None:
        self.plot.set_theme(theme)
        self.plot.names.set_theme(theme)
        self.curves.set_theme(theme)
        self._fitted = ()

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if scene.changed(before, "experiment", "race"):
            self._show_data(scene.experiment)
        if scene.changed(before, "race", "selection", "theme"):
            self._show_key()
        self.curves.show_step(scene.step)
        # while examples are dragged, fits are drawn for the race that comes of it, not before
        if scene.changed(before, "race", "step", "hidden", "selection", "theme", "digits"):
            self._show_fits()
        if scene.changed(before, "race"):
            self._ask_scores()
        elif scene.changed(before, "hidden", "selection", "theme"):
            self._show_scores()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._desk.requests.forget(_CHANNEL)
        self._facts.stop()

    def _show_data(self, experiment: Experiment) -> None:
        there = is_model(experiment)
        for widget in (self._stack, self._key, self._facts, self._switch):
            widget.setVisible(there)
        self._sentence.setVisible(not there)
        if not there:
            self.plot.let_go()  # also in the middle of a drag, by undo
            self.plot.clear_points()
            self.shown = None
            self.features.show_features(None)
            return
        self._show_switch()
        source = effective_source(experiment)
        data, before = dataset_of(source), self.shown
        self._key.setToolTip("" if source.reading is None else tip_text(reading_text(source.reading)))
        same = before is not None and before.data.features == data.features
        self.shown = ShownExamples(data, before.axes if before is not None and same else first_axes(data))
        self.features.show_features(self.shown)
        if before is None or data is not before.data:
            self._show_points(self.shown)
        else:  # another model may tell another thing of the same examples
            self._name_axes(self.shown)

    def _name_axes(self, shown: ShownExamples) -> None:
        across, up = (shown.data.features[axis] for axis in shown.axes)
        if shown.across == 1:
            up = target_name(shown.data, self._desk.store.experiment.objective)
        self.plot.names.show(across, up)

    def _show_points(self, shown: ShownExamples) -> None:
        data = shown.data
        held = np.zeros(len(data), dtype=bool)
        held[data.held_out] = True
        self._name_axes(shown)
        self.plot.show_points(shown.places, data.y if data.classes else np.zeros(len(data)), held)
        self._mark_example()

    def _show_key(self) -> None:
        if self.shown is None:
            return
        data = self.shown.data
        if self._switch.isChecked():
            self._key.setText(lines_key(data, self._is_classes, self._selected[0], self._name, self.theme))
        else:
            self._key.setText(points_key(data, self.theme))

    def _show_features(self, across: int, up: int) -> None:
        if self.shown is not None:
            self.shown = ShownExamples(self.shown.data, (across, up))
            self.features.show_features(self.shown)
            self._show_points(self.shown)
            self._show_fits()

    def _mark_example(self) -> None:
        self.plot.select(self._desk.selection.example)

    @property
    def _selected(self) -> tuple[str, int]:
        return ("", 0) if self.scene is None else self.scene.selection

    @property
    def _name(self) -> str:
        return optimizer_text(self._selected[0], self._desk.store.experiment)

    @property
    def _is_classes(self) -> bool:
        """Tell whether what was raced, or will be first, tells classes, by its own account."""
        model = self._desk.store.experiment.objective if self.race is None else self.race.objective
        return isinstance(model, Model) and model.is_classes

    def _show_fits(self) -> None:
        scene, shown, is_seen = self.scene, self.shown, self._stack.currentWidget() is self.plot
        looked_at = (None if shown is None else shown.axes, *self.plot.view_range(), show(2 / 3))
        data = None if shown is None else shown.data
        parts = () if scene is None else (scene.race, scene.step, scene.hidden, scene.selection)
        fitted = (data, *parts, is_seen, looked_at)
        if fitted == self._fitted:  # a race that comes is shown, and then its step
            return
        self._fitted = fitted
        fits = None if scene is None or shown is None else fits_of(scene, shown)
        if fits is None:
            self.plot.clear_fits()
            self._facts.clear()
            return
        if is_seen:
            fits.draw(self.plot)
        if fits.chosen is None:
            self._facts.clear()
        else:
            self._facts.show_fit(fits.model, fits.shown.data, fits.chosen, self._name)

    def _turn(self, scored: bool) -> None:
        self._stack.setCurrentWidget(self.curves if scored else self.plot)
        self._show_key()
        self._show_fits()
        self._ask_scores()

    def _ask_scores(self) -> None:
        race = self.race
        if not self._switch.isChecked() or race is None or not isinstance(race.objective, Model):
            self._forget_scores(race)
            return
        if self.scored is None or race is not self.scored[0]:
            self._desk.requests.send(_CHANNEL, partial(scores, race), partial(self._take_scores, race))
        else:  # another run may have been chosen since
            self._show_scores()

    def _forget_scores(self, race: Trajectories | None) -> None:
        """Keep no other race than the one that is shown: it may be large."""
        if self.scored is not None and self.scored[0] is not race:
            self.scored = None
            self.curves.clear_scores()

    def _take_scores(self, race: Trajectories, found: Scores | None, error: GdsimError | None) -> None:
        if error is None:
            self.scored = race, found
            self._show_scores()

    def _show_scores(self) -> None:
        if self.scored is None or self.scene is None:
            return
        race, found = self.scored
        if isinstance(race.objective, Model):
            hidden, selected = self.scene.hidden, self.scene.selection[0]
            self.curves.show_scores(found, race.ids, hidden, race.objective.is_classes, selected)
