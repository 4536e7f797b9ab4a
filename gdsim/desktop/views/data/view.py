"""The examples, and what each model makes of them at the current step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.edits.example_edits import added, moved, removed
from gdsim.desktop.edits.model_edits import effective_source, held_still, is_model
from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import error_text, optimizer_text, reading_text, tip_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.data.examples_plot import DataPlot
from gdsim.desktop.views.data.fit_items import Fits
from gdsim.desktop.views.data.key import lines_key, points_key, target_name
from gdsim.desktop.views.data.scores_plot import ScoresPlot
from gdsim.desktop.widgets.labels import plain_label, rich_label
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.objectives.data import Dataset, Model
from gdsim.objectives.data.dataset import telling
from gdsim.objectives.data.lookup import dataset_of
from gdsim.objectives.data.models.equation import equation
from gdsim.objectives.source import Source
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.fits import Scores, score, scores
from gdsim.simulation.trajectories import Trajectories

_CHANNEL = "scores"


class DataView(LazyView):
    """Points that can be moved, with the fit of every optimizer; or how well they do, step by step."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Data"))
        self._desk, self._theme = desk, theme
        self._race: Trajectories | None = None
        self._scored: Trajectories | None = None
        self._told = RequestQueue(desk.requests, "told")
        self._scores: Scores | None = None
        self._data: Dataset | None = None
        self._step = 0
        self._hidden: frozenset[str] = frozenset()
        self._axes = [0, 1]
        #: What the fits that are shown were made of.
        self._fitted: tuple[Any, ...] = ()
        self._file = ""
        #: What a hand does until it lets go is one change, even what comes of it later.
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
        self._make_head()
        self._lay_out()
        self.plot.grabbed.connect(self._grab)
        self.plot.released.connect(self._release)
        self.plot.moved.connect(self._move)
        self.plot.added.connect(self._add)
        self.plot.removed.connect(self._remove)
        self.plot.picked.connect(desk.selection.choose_example)
        desk.selection.example_changed.connect(self._mark_example)
        desk.selection.changed.connect(self._chosen_changed)
        desk.store.changed.connect(self._experiment_changed)
        # a race may be long in coming, the examples are there
        self._show_data(desk.store.experiment)
        self._show_key()

    def _make_head(self) -> None:
        self._features = []
        for name, title in (("x", self.tr("feature across")), ("y", self.tr("feature up"))):
            combo = QComboBox()
            combo.setObjectName(f"data_feature_{name}")
            combo.setAccessibleName(title)
            combo.setToolTip(self.tr("Which feature is shown; those not shown are taken at their mean."))
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            # in a narrow pane its end is cut, not that of all below
            combo.setMinimumWidth(combo.fontMetrics().horizontalAdvance("0000") + 32)
            combo.activated.connect(self._choose_features)
            self._features.append(combo)
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
        self._key, self._facts, self._equation = rich_label(), plain_label(), plain_label()
        self._equation.setToolTip(self.tr("What the chosen run has found, in the units of the table."))
        self._equation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label, name in ((self._key, "data_key"), (self._facts, "data_facts"), (self._equation, "data_equation")):
            label.setObjectName(name)
            label.setProperty("role", "faint")
            label.setWordWrap(True)

    def _show_switch(self) -> None:
        self._switch.setText(self.tr("Accuracy by step") if self._is_classes else self.tr("MSE by step"))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for combo in self._features:
            row.addWidget(combo)
        row.addStretch(1)
        row.addWidget(self._switch)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.curves)
        self._sentence = QLabel(
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
        column.addWidget(self._equation)
        column.addWidget(self._sentence, 1)

    def sizeHint(self) -> QSize:
        """Room for a plot."""
        return QSize(self._theme.pixels(380), self._theme.pixels(360))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence has as many lines as its width asks for."""
        super().resizeEvent(event)
        for label in (self._facts, self._equation):
            label.setMinimumHeight(0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.plot.set_theme(theme)
        self.plot.names.set_theme(theme)
        self.curves.set_theme(theme)
        self._fitted = ()
        self._show_key()
        self._show_fits()
        self._show_scores()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        self._show_data(self._desk.store.experiment)
        self._show_key()
        self._show_fits()
        self._ask_scores()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self.curves.set_step(step)
        self._show_fits()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self._show_fits()
        self._show_scores()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._desk.requests.forget(_CHANNEL)
        self._told.forget()

    def _experiment_changed(self, experiment: Experiment) -> None:
        if not is_model(experiment):  # also in the middle of a drag, by undo
            self.plot.let_go()
            self._data = None
        if self.isVisible():
            self._show_data(experiment)

    def _chosen_changed(self) -> None:
        if self.isVisible():
            self._show_key()
            self._show_fits()
            self._show_scores()

    def _show_data(self, experiment: Experiment) -> None:
        there = is_model(experiment)
        for widget in (self._stack, self._key, self._facts, self._equation, self._switch):
            widget.setVisible(there)
        self._sentence.setVisible(not there)
        if not there:
            self._data = None
            for combo in self._features:
                combo.hide()
            return
        self._show_switch()
        source = effective_source(experiment)
        data = dataset_of(source)
        self._key.setToolTip("" if source.reading is None else tip_text(reading_text(source.reading)))
        if self._data is None or data.features != self._data.features:
            self._list_features(data)
        changed, self._data = data is not self._data, data
        for i, combo in enumerate(self._features):
            combo.setVisible(i < self._across(data) < data.X.shape[1])
        if changed:
            self._show_points(data)
        else:  # another model may tell another thing of the same examples
            self._show_names(data)

    def _show_names(self, data: Dataset) -> None:
        """Name the axes."""
        across, up = (data.features[axis] for axis in self._axes)
        if self._across(data) == 1:
            up = target_name(data, self._desk.store.experiment.objective)
        self.plot.names.show(across, up)

    def _show_points(self, data: Dataset) -> None:
        held = np.zeros(len(data), dtype=bool)
        held[data.held_out] = True
        self._show_names(data)
        self.plot.show_points(self._places(data), data.y if data.classes else np.zeros(len(data)), held)
        self._mark_example()

    def _show_key(self) -> None:
        if self._data is not None:
            scored = self._switch.isChecked()
            lines = lines_key(self._data, self._is_classes, self._desk.selection.key, self._chosen_name, self._theme)
            self._key.setText(lines if scored else points_key(self._data, self._theme))

    def _across(self, data: Dataset) -> int:
        """How many features are axes of the picture: two where there are classes."""
        return 2 if data.classes and data.X.shape[1] > 1 else 1

    def _places(self, data: Dataset) -> Array:
        if self._across(data) == 2:
            return data.X[:, self._axes]
        return np.column_stack([data.X[:, self._axes[0]], data.y])

    def _list_features(self, data: Dataset) -> None:
        order = telling(data.X, data.y)
        self._axes = [order[0], order[min(1, len(order) - 1)]]
        for axis, combo in zip(self._axes, self._features, strict=True):
            combo.clear()
            combo.addItems(list(data.features))
            combo.setCurrentIndex(axis)

    def _choose_features(self) -> None:
        chosen = [combo.currentIndex() for combo in self._features]
        if chosen[0] == chosen[1] and self._data is not None and self._across(self._data) == 2:
            # the other takes the place that is free now
            chosen = self._axes[::-1]
            for axis, combo in zip(chosen, self._features, strict=True):
                combo.setCurrentIndex(axis)
        self._axes = chosen
        if self._data is not None:
            self._show_points(self._data)
        self._show_fits()

    def _mark_example(self) -> None:
        self.plot.select(self._desk.selection.example)

    def _model(self) -> Model | None:
        """The model that was raced, if it fits the examples that are shown."""
        race, data = self._race, self._data
        model = race.objective if race is not None else None
        if not isinstance(model, Model) or data is None or model.X.shape[1] != data.X.shape[1]:
            return None
        return model

    @property
    def _is_classes(self) -> bool:
        """Whether what was raced, or will be first, tells classes, by its own account."""
        model = self._desk.store.experiment.objective if self._race is None else self._race.objective
        return isinstance(model, Model) and model.is_classes

    def _show_fits(self) -> None:
        model, race, data = self._model(), self._race, self._data
        looked_at = (
            self._desk.selection.key,
            self._desk.selection.run,
            *self._axes,
            *self.plot.view_range(),
            show(2 / 3),
        )
        on_curves = self._stack.currentWidget() is not self.plot
        fitted = (race, model, data, self._step, self._hidden, on_curves, looked_at)
        if fitted == self._fitted:  # a race that comes is told of, and then its step
            return
        self._fitted = fitted
        keys = list(race.ids) if race is not None else []
        shown = [o for o, key in enumerate(keys) if key not in self._hidden]
        if model is None or race is None or data is None or not shown:
            self.plot.show_field(None)
            self.plot.show_residuals(None)
            self.plot.show_lines({}, "")
            self._tell(None, None)
            return
        step = min(self._step, race.steps)
        place = self._desk.selection.place_in(race)
        chosen = race.positions[step, place[0], :, place[1]] if place is not None else None
        # the fit of every shown optimizer is that of its run from the start, but of the chosen one the chosen run
        thetas = race.positions[step, shown, :, 0].T.copy()
        if place is not None and chosen is not None and place[0] in shown:
            thetas[:, shown.index(place[0])] = chosen
        names = [keys[o] for o in shown]
        if self._stack.currentWidget() is self.plot:
            fits = Fits(model, data, thetas, names, chosen, self._desk.selection.key)
            if self._across(data) == 2:
                fits.draw_boundaries(self.plot, (self._axes[0], self._axes[1]))
            else:
                fits.draw_curves(self.plot, self._axes[0])
        self._tell(model, chosen)

    @property
    def _chosen_name(self) -> str:
        return optimizer_text(self._desk.selection.key, self._desk.store.experiment)

    def _tell(self, model: Model | None, chosen: Array | None) -> None:
        data = self._data
        if model is None or chosen is None or data is None:
            self._write(self._facts, "")
            self._write(self._equation, "")
            return
        self._write(self._equation, equation(model, chosen, show, data.target, data.classes))
        work = partial(_known, model, chosen)
        if work_of(model) <= MOST_WORK:
            self._tell_parts(model, work(), None)
        else:
            self._told.ask(work, partial(self._tell_parts, model))

    def _tell_parts(self, model: Model, known: tuple[list[float], bool] | None, _: GdsimError | None) -> None:
        if known is None or self._race is None or self._race.objective is not model:
            return
        parts, parted = known
        numbers = [percent(x) if model.is_classes else show(x) for x in parts]
        name = self._chosen_name
        if np.isnan(parts[1]):
            sentence = (
                self.tr("{name}: accuracy {train}")
                if model.is_classes
                else self.tr("{name}: mean squared error {train}")
            )
        else:
            sentence = (
                self.tr("{name}: accuracy {train}, held out {held}")
                if model.is_classes
                else self.tr("{name}: mean squared error {train}, held out {held}")
            )
        text = sentence.format(name=name, train=numbers[0], held=numbers[1])
        endless = self.tr("A line parts the classes: longer weights are better for ever, there is no minimum.")
        self._write(self._facts, f"{text}. {endless}" if parted else text)

    def _write(self, label: QLabel, text: str) -> None:
        """Show what is said of the chosen run."""
        label.setText(text)
        # a line more or less as numbers change would make the picture jump
        tall = label.heightForWidth(label.width()) if text else 0
        label.setMinimumHeight(max(label.minimumHeight(), tall) if text else 0)

    def _turn(self, scored: bool) -> None:
        self._stack.setCurrentWidget(self.curves if scored else self.plot)
        self._show_key()
        self._show_fits()
        self._ask_scores()

    def _ask_scores(self) -> None:
        race = self._race
        if not self._switch.isChecked() or race is None or not isinstance(race.objective, Model):
            return
        if race is not self._scored:
            self._desk.requests.send(_CHANNEL, partial(scores, race), partial(self._take_scores, race))
        else:  # another run may have been chosen since
            self._show_scores()

    def _take_scores(self, race: Trajectories, found: Scores | None, error: GdsimError | None) -> None:
        if error is None:
            self._scored, self._scores = race, found
            self._show_scores()

    def _show_scores(self) -> None:
        race = self._scored
        if race is not None and isinstance(race.objective, Model):
            keys = race.ids
            self.curves.show_scores(
                self._scores, keys, self._hidden, race.objective.is_classes, self._desk.selection.key
            )

    def _grab(self) -> None:
        if self._data is None:
            return
        self._file = self._source().path
        self._desk.store.drag.begin(self.plot.viewport(), coarse=True)

    def _release(self) -> None:
        self._desk.store.drag.end()
        self._say_where(self._file)

    def _change(self, edit: Callable[[Source], Source], done: Callable[[], None] = lambda: None) -> None:
        def changed(now: Experiment) -> Experiment:
            return dataclasses.replace(now, **held_still(now), data=edit(effective_source(now)))

        self._desk.changes.make(changed, self._source(), self._refuse, done, self._desk.store.drag.burst)

    def _refuse(self, error: GdsimError) -> None:
        self._desk.say(error_text(error))

    def _say_where(self, before: str) -> None:
        """The examples may have been those of a file, by its path: changed ones are the experiment's own."""
        if before and is_model(self._desk.store.experiment) and not self._source().path:
            sentence = self.tr("The data is kept in the experiment from now on; {name} stays as it is.")
            self._desk.say(sentence.format(name=Path(before).name), good=True)

    def _source(self) -> Source:
        return effective_source(self._desk.store.experiment)

    def _columns(self, x: float, y: float) -> dict[int, float]:
        """What a place in the picture means, by column; the last column is the target."""
        assert self._data is not None
        if self._across(self._data) == 2:
            return {self._axes[0]: x, self._axes[1]: y}
        target = float(y > 0.5) if self._data.classes else y
        return {self._axes[0]: x, self._data.X.shape[1]: target}

    def _move(self, index: int, x: float, y: float) -> None:
        if self._data is not None and index < len(self._data):
            self._desk.requests.expect()
            columns = self._columns(x, y)
            self._change(lambda source: moved(source, index, columns), self._moved)

    def _moved(self) -> None:
        if not self._desk.store.drag.is_active:  # it has been let go meanwhile
            self._say_where(self._file)

    def _add(self, x: float, y: float, other: bool) -> None:
        data = self._data
        if data is None:
            return
        row = np.append(data.X[data.train].mean(axis=0), 0.0)
        if data.classes:
            places = self._places(data)
            spans = np.ptp(places, axis=0)
            far = ((places - (x, y)) / np.where(spans > 0, spans, 1.0)) ** 2
            row[-1] = abs(float(data.y[int(np.argmin(far.sum(axis=1)))]) - float(other))
        for column, value in self._columns(x, y).items():
            row[column] = value
        before = self._source().path
        self._change(lambda source: added(source, row), lambda: self._say_where(before))

    def _remove(self, index: int) -> None:
        if self._data is not None and index < len(self._data):
            before, count = self._source().path, len(self._data)

            def done() -> None:
                self._desk.selection.lose_example(index, count - 1)
                self._say_where(before)

            self._change(lambda source: removed(source, index), done)


def _known(model: Model, theta: Array) -> tuple[list[float], bool]:
    """How well a model does with parameters ``(d,)``, on what it is trained on and on what is held out.

    And whether it parts its classes with them, so that there is no end.
    """
    return [float(score(model, theta, part)) for part in ("train", "held_out")], model.has_parted(theta)


def percent(share: float) -> str:
    """A share of the whole."""
    return "–" if np.isnan(share) else f"{100 * share:.1f}\N{NO-BREAK SPACE}%"
