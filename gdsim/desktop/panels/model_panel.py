"""A model on data: its formula, what can be chosen about it, its examples and its batches."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gdsim.desktop.compute.model_requests import ModelChanges, size_of
from gdsim.desktop.edits.model_edits import effective_source, held_still, is_model, retuned, source_title
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.function_phrases import choice_text, option_title
from gdsim.desktop.text.phrases import error_text, known_text
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.desktop.widgets.typed_line import TypedLine
from gdsim.errors import GdsimError
from gdsim.objectives.data import DATASETS, SAMPLES
from gdsim.objectives.data.models.model_kinds import MODELS, Option
from gdsim.objectives.data.models.neurons import Network
from gdsim.objectives.source import Source
from gdsim.optimizers import Hyper
from gdsim.simulation.experiment import Experiment

#: The lines of the list that are a person's own table, and to open another.
_TABLE, _OPEN = "", "open"
_COUNT = Hyper("data_count", 100, "n", "How many examples are drawn.", low=2, high=100_000, slider=(10.0, 500.0))
_NOISE = Hyper("data_noise", 0.5, "σ", "How noisy the examples are.", low=0, high=1e6, slider=(0.0, 2.0))


class ModelPanel(QWidget):
    """Made when the first model is chosen."""

    #: A table of a person's own is to be opened.
    table_wanted = Signal()

    def __init__(self, store: Store, changes: ModelChanges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._changes = store, changes
        self._kind = ""
        self._controls: dict[str, QWidget] = {}
        self._text = plain_label()
        self._text.setObjectName("model_text")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._error = plain_label()
        self._error.setObjectName("model_error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._options = QWidget()
        self._form = _grid(self._options)
        data = QWidget()
        self._data_form = _grid(data)
        self._make_data()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._text, self._options, self._error, data):
            column.addWidget(widget)
        keep_own_keys(self)

    def _make_data(self) -> None:
        self._data = _combo("data", self.tr("Data"), self.tr("The examples that the model is trained on."))
        for sets in (DATASETS, SAMPLES):
            for key, made in sets.items():
                self._data.addItem(known_text("Data", made.title), key)
                tip = known_text("Data", made.summary)
                self._data.setItemData(self._data.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
            self._data.insertSeparator(self._data.count())
        self._data.addItem(self.tr("Open a CSV file…"), _OPEN)
        self._data.activated.connect(self._choose_data)
        self._count = self._slider(_COUNT, self.tr("number of examples"), self._changer("count"))
        self._noise = self._slider(_NOISE, self.tr("noise of the examples"), self._changer("noise"))
        self._seed = NumberField("data_seed", self.tr("seed of the data"), self._changer("seed"))
        self._seed.set_tip(self.tr("What the examples are drawn from, and which of them are held out."))
        self._held = NumberField("data_held_out", self.tr("share held out"), self._changer("held_out"))
        self._held.set_tip(
            self.tr(
                "The share of the examples that no model is trained on: they tell how well it does "
                "on what it has not seen."
            )
        )
        self._batch = NumberField("batch", self.tr("batch"), lambda value: self._store.change(batch=value))
        self._batch.set_tip(self.tr("How many examples each step goes by; 0 for all of them."))
        self._batch.set_word(0, self.tr("all"))
        self._labels: dict[QWidget, QLabel] = {}
        rows = (
            (self.tr("Data"), self._data),
            (self.tr("Count"), self._count),
            (self.tr("Noise"), self._noise),
            (self.tr("Seed"), self._seed),
            (self.tr("Held out"), self._held),
            (self.tr("Batch"), self._batch),
        )
        for row, (text, widget) in enumerate(rows):
            label = self._labels[widget] = _label(text, widget.toolTip())
            self._data_form.addWidget(label, row, 0)
            self._data_form.addWidget(widget, row, 1)

    def _slider(self, hyper: Hyper, label: str, take: Callable[[float], None]) -> SliderField:
        field = SliderField(hyper, label, take, drag=self._store.drag)
        field.set_tip(known_text("Data", hyper.meaning))
        return field

    def _make_options(self, key: str) -> None:
        for widget in self._options.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._form.removeWidget(widget)
            take_away(widget)
        self._kind, self._controls = key, {}
        for row, option in enumerate(MODELS[key].options):
            control = self._control(option)
            self._controls[option.name] = control
            tip = known_text("Model", option.meaning)
            if isinstance(control, QCheckBox):
                self._form.addWidget(control, row, 0, 1, 2)
                continue
            self._form.addWidget(_label(option_title(option.name), tip), row, 0)
            self._form.addWidget(control, row, 1)
        keep_own_keys(self._options)
        self._align()

    def _align(self) -> None:
        """Let all fields begin at one line, whatever the labels of a model."""
        forms = (self._form, self._data_form)
        labels = [form.itemAtPosition(row, 0) for form in forms for row in range(form.rowCount())]
        found = [item.widget() for item in labels if item is not None]
        wide = max(label.sizeHint().width() for label in found if isinstance(label, QLabel))
        for form in forms:
            form.setColumnMinimumWidth(0, wide)

    def changeEvent(self, event: QEvent) -> None:
        """Labels grow with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._kind:
            self._align()

    def _control(self, option: Option) -> QWidget:
        name, title, tip = f"option.{option.name}", option_title(option.name), known_text("Model", option.meaning)
        if option.choices:
            combo = _combo(name, title, tip)
            for choice in option.choices:
                combo.addItem(choice_text(choice), choice)
            combo.activated.connect(lambda i: self._set(option.name, combo.itemData(i)))
            return combo
        if isinstance(option.default, bool):
            box = QCheckBox(title)
            box.setObjectName(name)
            box.setToolTip(tip)
            box.toggled.connect(lambda on: self._set(option.name, on))
            return box
        if isinstance(option.default, tuple):
            line = TypedLine()
            line.setObjectName(name)
            line.setAccessibleName(title)
            line.setToolTip(self.tr("{meaning} As 8, or 16,16 for two layers.").format(meaning=tip))
            line.editingFinished.connect(lambda: self._set_widths(option.name, line))
            return line
        field = NumberField(name, title, lambda value: self._take_number(option.name, value))
        field.set_tip(tip)
        return field

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its model; says nothing to anyone."""
        key = str(experiment.function)
        if key != self._kind:
            self._make_options(key)
        self._error.hide()
        self._text.setText(self._formula(experiment))
        for option in MODELS[key].options:
            _show(self._controls[option.name], experiment.options.get(option.name, option.default))
        self._show_data(effective_source(experiment))
        self._grey_out(needs_classes=key == "logistic" or experiment.options.get("cost") == "cross_entropy")
        self._batch.show_value(experiment.batch)

    def _formula(self, experiment: Experiment) -> str:
        """The cost, a line for each of its equations; of a network its layers."""
        objective = experiment.objective
        if isinstance(objective, Network):
            layers = " → ".join(map(str, (objective.X.shape[1], *objective.hidden, 1)))
            text = self.tr("{layers}: {count} weights")
            return text.format(layers=layers, count=objective.dimension)
        cost, *equations = re.split(r", (?=\w = )", objective.text)
        return "\n".join([cost + (" + λ/2·Σw²" if experiment.options.get("l2") else ""), *equations])

    def _show_data(self, source: Source) -> None:
        at = self._data.findData(_TABLE)
        if source.key and at >= 0:
            self._data.removeItem(at)
        elif not source.key and at < 0:
            self._data.insertItem(self._data.count() - 1, "", _TABLE)
        if not source.key:
            self._data.setItemText(self._data.findData(_TABLE), source_title(source))
        self._data.setCurrentIndex(self._data.findData(source.key))
        made = DATASETS.get(source.key)
        for widget in (self._count, self._noise):
            widget.setVisible(made is not None)
            self._labels[widget].setVisible(made is not None)
        if made is not None:
            self._count.show_value(made.count if source.count is None else source.count)
            self._noise.show_value(made.noise if source.noise is None else source.noise)
        self._seed.show_value(source.seed)
        self._held.show_value(share_of(source))

    def _grey_out(self, needs_classes: bool) -> None:
        """Sets that the model cannot be trained on."""
        lines = self._data.model()
        assert isinstance(lines, QStandardItemModel)
        for i in range(self._data.count()):
            key = self._data.itemData(i)
            made = DATASETS.get(key) or SAMPLES.get(key)
            if made is not None:
                lines.item(i).setEnabled(bool(made.classes) or not needs_classes)

    def _choose_data(self, index: int) -> None:
        key = self._data.itemData(index)
        if key == _OPEN:
            self._show_data(effective_source(self._store.experiment))
            self.table_wanted.emit()
        elif key != effective_source(self._store.experiment).key:
            default = MODELS[self._kind].data
            source = None if key == default.key else Source(key)
            # years beside indices make a valley that nobody gets along
            more = {"standardise": True} if key in SAMPLES and len(SAMPLES[key].features) > 1 else {}
            self._change(
                lambda now: {"data": source, "options": {**now.options, **more}, "start": None, "bounds": None}, source
            )

    def _changer(self, name: str) -> Callable[[float], None]:
        def take(value: float) -> None:
            experiment = self._store.experiment
            if not is_model(experiment):  # undo may have brought back a function while the hand is on the slider
                return
            before, drag = effective_source(experiment), self._store.drag

            def changed(now: Experiment) -> Experiment:
                # undo may have brought back other examples
                source = _but_with(effective_source(now), name, value)
                return dataclasses.replace(now, **held_still(now), data=source)

            # what a slider does while it is held is one change, even what comes of it when it is let go
            larger = max(before, _but_with(before, name, value), key=size_of)
            self._changes.make(changed, larger, self._refuse, burst=drag.burst)

        return take

    def _take_number(self, name: str, value: float) -> None:
        checked = MODELS[self._kind].option(name).check(value, self._kind)

        def changed(now: Experiment) -> Experiment:
            return dataclasses.replace(now, options=self._options_with(now, name, checked), bounds=None)

        self._changes.make(changed, self._store.experiment.data, self._refuse)

    def _set(self, name: str, value: Any) -> None:
        checked = MODELS[self._kind].option(name).check(value, self._kind)
        # what is looked at, and the start, belong to the shape of the valley
        self._change(lambda now: {"options": self._options_with(now, name, checked), "start": None, "bounds": None})

    def _options_with(self, now: Experiment, name: str, checked: Any) -> Mapping[str, Any]:
        others = {key: kept for key, kept in now.options.items() if key != name}
        default = MODELS[str(now.function)].option(name).default
        return others if checked == default else {**others, name: checked}

    def _set_widths(self, name: str, line: QLineEdit) -> None:
        text = line.text()
        try:
            widths = tuple(int(part) for part in text.replace(";", ",").split(","))
        except ValueError:
            self._complain(
                GdsimError(
                    "{field} must be the widths of 1 to 4 layers, not {given}",
                    f"{self._kind}.{name}",
                    given=repr(text)[:60],
                )
            )
            return
        try:
            self._set(name, widths)
        except GdsimError as error:
            self._complain(error)

    def _change(self, fields: Callable[[Experiment], dict[str, Any]], source: Source | None = None) -> None:
        def changed(now: Experiment) -> Experiment:
            found = fields(now)
            if found["options"] == now.options and "data" not in found:
                return now
            return retuned(dataclasses.replace(now, **found), now, self._store.base)

        self._changes.make(changed, source or self._store.experiment.data, self._refuse)

    def _refuse(self, error: GdsimError) -> None:
        self.show_experiment(self._store.experiment)
        self._complain(error)

    def _complain(self, error: GdsimError) -> None:
        self._error.setText(error_text(error))
        self._error.show()


def _but_with(source: Source, name: str, value: float) -> Source:
    return dataclasses.replace(source, **{name: value})  # type: ignore[arg-type]


def share_of(source: Source) -> float:
    """The share that is held out."""
    if source.held_out is not None:
        return source.held_out
    return SAMPLES[source.key].held_out if source.key in SAMPLES else 0.25


def _show(control: QWidget, value: Any) -> None:
    control.blockSignals(True)
    if isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(value))
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QLineEdit):
        control.setText(",".join(map(str, value)))
    elif isinstance(control, NumberField):
        control.show_value(value)
    control.blockSignals(False)


def _combo(name: str, label: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(label)
    combo.setToolTip(tip)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    return combo


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    return grid


def _label(text: str, tip: str) -> QLabel:
    label = plain_label(text)
    label.setToolTip(tip)
    label.setMinimumWidth(56)
    return label
