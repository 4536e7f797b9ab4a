"""Settings that most people do not touch at first: direction, schedule of η, clipping, gradient, noise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from gdsim.desktop.state.store import Store
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.desktop.widgets.schedule_field import ScheduleField
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.objectives import GRADIENTS, Exact
from gdsim.optimizers import Hyper
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.shared_values import CLIP, NOISE

#: The distance of a numerical gradient, for its slider.
_H = Hyper(
    "gradient_h",
    1e-4,
    "h",
    "How far apart the values are that a numerical gradient is worked out from.",
    low=1e-12,
    high=1.0,
    slider=(1e-12, 1.0),
    log=True,
)


class MorePanel(QWidget):
    """Direction, schedule, clipping, gradient and noise, shared by all optimizers."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        self._add_direction()
        self._add_schedule()
        self._add_clip()
        self._add_gradient()
        self._noise = self._slider(NOISE, self.tr("noise σ"), lambda value: self._store.change(noise=value))
        tip = self.tr("Every run has noise of its own, drawn from the seed; all optimizers get the same.")
        meaning = f"{known_text('Hyperparameter', NOISE.meaning)} {tip}"
        self._noise.set_tip(meaning)
        self._add(self.tr("Noise σ"), self._noise, meaning)

    def _add_direction(self) -> None:
        self._direction = QCheckBox(self.tr("Ascent, uphill"))
        self._direction.setObjectName("direction")
        tip = self.tr("Go uphill, along +∇f to a maximum, instead of downhill along −∇f.")
        self._direction.setToolTip(tip)
        self._direction.toggled.connect(lambda on: self._store.change(direction="ascent" if on else "descent"))
        self._add(self.tr("Direction"), self._direction, tip)

    def _add_schedule(self) -> None:
        self._schedule = ScheduleField(
            "schedule", self.tr("schedule"), self._store.set_schedule, own=False, drag=self._store.drag
        )
        self._add(self.tr("Schedule"), self._schedule, self.tr("How η goes on from where it starts."))

    def _add_clip(self) -> None:
        tip = known_text("Hyperparameter", CLIP.meaning)
        self._clip = NumberField("clip", self.tr("clipping"), lambda value: self._store.change(clip=value))
        self._clip.set_reset(self.tr("Back to the value as it was opened."), lambda: self._store.reset("clip"))
        self._clip.set_tip(tip)
        self._add(self.tr("Clip at"), self._clip, tip)

    def _add_gradient(self) -> None:
        self._mode = QComboBox()
        self._mode.setObjectName("gradient")
        self._mode.setAccessibleName(self.tr("gradient"))
        tip = self.tr("Where the gradient comes from: its formula, or differences of values of f at a distance h.")
        self._mode.setToolTip(tip)
        self._mode.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._mode.setMinimumContentsLength(12)
        for key, mode in GRADIENTS.items():
            self._mode.addItem(known_text("Gradient", mode.title), key)
        self._mode.activated.connect(self._choose_mode)
        self._add(self.tr("Gradient"), self._mode, tip)
        self._h = self._slider(_H, self.tr("difference h"), self._take_h, "gradient")
        self._add(_H.symbol, self._h, known_text("Hyperparameter", _H.meaning))

    def _slider(self, hyper: Hyper, label: str, take: Callable[[float], None], what: str = "") -> SliderField:
        field = SliderField(hyper, label, take, drag=self._store.drag)
        reset = self.tr("Back to the value as it was opened.")
        field.field.set_reset(reset, lambda: self._store.reset(what or hyper.name))
        return field

    def _add(self, text: str, field: QWidget, tip: str) -> None:
        label = plain_label(text)
        label.setToolTip(tip)
        label.setMinimumWidth(56)
        self._form.addRow(label, field)

    def _choose_mode(self, index: int) -> None:
        # who looks at the exact one in between comes back to the same h
        self._store.use_gradient(self._mode.itemData(index), self._h.field.value or None)

    def _take_h(self, value: float) -> None:
        mode = self._store.experiment.gradient
        if not isinstance(mode, Exact):
            self._store.change(gradient=dataclasses.replace(mode, h=value))

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its values."""
        base, mode = self._store.base, experiment.gradient
        self._direction.blockSignals(True)
        self._direction.setChecked(experiment.ascent)
        self._direction.blockSignals(False)
        self._schedule.show_schedule(experiment.schedule)
        self._clip.show_value(experiment.clip, experiment.clip == base.clip)
        self._mode.setCurrentIndex(self._mode.findData(mode.key))
        self._form.setRowVisible(self._h, not isinstance(mode, Exact))
        if not isinstance(mode, Exact):
            self._h.show_value(mode.h, mode == base.gradient or base.gradient.key != mode.key)
        self._noise.show_value(experiment.noise, experiment.noise == base.noise)


def facts_of(experiment: Experiment) -> list[str]:
    """The settings that are not as they are at first, each in a word or two."""
    mode = experiment.gradient
    return [
        *([QCoreApplication.translate("MorePanel", "ascent")] if experiment.ascent else []),
        *([known_text("Schedule", experiment.schedule.title)] if experiment.schedule is not None else []),
        *([f"c {show_typed(experiment.clip, 3)}"] if experiment.clip else []),
        *([f"{known_text('Gradient', mode.title)} h {show_typed(mode.h, 3)}"] if not isinstance(mode, Exact) else []),
        *([f"σ {show_typed(experiment.noise, 3)}"] if experiment.noise else []),
    ]
