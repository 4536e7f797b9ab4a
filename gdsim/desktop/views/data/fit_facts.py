"""Scores of the selected run, and the equation it has found."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.text.numbers import show
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.objectives.data import Dataset, Model
from gdsim.objectives.data.models.equation import equation
from gdsim.simulation.sampling.fits import score

translate = QCoreApplication.translate

#: Both scores of a model, and whether it parts its classes, so that there is no end.
_Known = tuple[list[float], bool]


class FitFacts(QWidget):
    """A sentence with the scores of a fit, and its equation; both keep their height while numbers change."""

    def __init__(self, queue: RequestQueue) -> None:
        super().__init__()
        self._queue = queue
        self._model: Model | None = None
        self._facts, self._equation = _faint_label("data_facts"), _faint_label("data_equation")
        self._equation.setToolTip(translate("DataView", "What the chosen run has found, in the units of the table."))
        self._equation.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._facts)
        column.addWidget(self._equation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The texts have as many lines as their width asks for."""
        super().resizeEvent(event)
        # its height is what the texts make it
        if event.size().width() != event.oldSize().width():
            for label in (self._facts, self._equation):
                label.setMinimumHeight(0)

    def clear(self) -> None:
        """Say nothing."""
        self._model = None
        for label in (self._facts, self._equation):
            _write(label, "")

    def stop(self) -> None:
        """Ask for nothing more."""
        self._queue.forget()

    def show_fit(self, model: Model, data: Dataset, theta: Array, name: str) -> None:
        """Tell of a model with parameters ``(d,)``, which the optimizer called `name` has found."""
        self._model = model
        _write(self._equation, equation(model, theta, show, data.target, data.classes))
        work = partial(_known, model, theta)
        if work_of(model) <= MOST_WORK:
            self._show_known(model, name, work(), None)
        else:
            self._queue.ask(work, partial(self._show_known, model, name))

    def _show_known(self, model: Model, name: str, known: _Known | None, _: GdsimError | None) -> None:
        # an answer may come when another model is shown
        if known is None or self._model is not model:
            return
        scores, parted = known
        text = _sentence(model.is_classes, np.isnan(scores[1]))
        train, held = (percent(x) if model.is_classes else show(x) for x in scores)
        text = text.format(name=name, train=train, held=held)
        endless = translate(
            "DataView", "A line parts the classes: longer weights are better for ever, there is no minimum."
        )
        _write(self._facts, f"{text}. {endless}" if parted else text)


def _sentence(classes: bool, alone: bool) -> str:
    """A sentence for accuracies or for errors; `alone` where nothing is held out."""
    if alone and classes:
        return translate("DataView", "{name}: accuracy {train}")
    if alone:
        return translate("DataView", "{name}: mean squared error {train}")
    if classes:
        return translate("DataView", "{name}: accuracy {train}, held out {held}")
    return translate("DataView", "{name}: mean squared error {train}, held out {held}")


def _write(label: QLabel, text: str) -> None:
    label.setText(text)
    # a line more or less as numbers change would make the picture jump
    tall = label.heightForWidth(label.width()) if text else 0
    label.setMinimumHeight(max(label.minimumHeight(), tall) if text else 0)


def _known(model: Model, theta: Array) -> _Known:
    """Work out how well a model does with parameters ``(d,)``, on what it is trained on and on what is held out."""
    return [float(score(model, theta, part)) for part in ("train", "held_out")], model.has_parted(theta)


def percent(share: float) -> str:
    """A share of the whole."""
    return "–" if np.isnan(share) else f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def _faint_label(name: str) -> QLabel:
    label = plain_label()
    label.setObjectName(name)
    label.setProperty("role", "faint")
    label.setWordWrap(True)
    return label
