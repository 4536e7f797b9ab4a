"""Change from the function of an experiment to another."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.edits.model_edits import NO_MODEL, is_model, kept_data, retuned
from gdsim.desktop.state.own_functions import OwnFunction
from gdsim.desktop.state.store import Store
from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, MODEL_KEYS
from gdsim.objectives.formula.formula import read
from gdsim.objectives.surfaces.high_dimensional import MANY
from gdsim.simulation.experiment import Experiment


class FunctionSwitch(QObject):
    """Puts another function into the experiment, as soon as it can be seen."""

    #: Another function is on its way: an edit of the present one is void.
    begun = Signal()
    #: Why a function was not taken, as an error.
    refused = Signal(object)

    def __init__(self, store: Store, requests: Requests, changes: ModelChanges, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._requests, self._changes = store, requests, changes

    def to_key(self, key: str) -> None:
        """Take a model or a function of the catalogue; a key of neither changes nothing."""
        if key in MODEL_KEYS:
            self._to_model(key)
        elif key in FUNCTIONS:
            # a function's own start shows what it is good for; the dimension stays where there is one
            now = self._store.experiment
            options = now.options if key in MANY and now.function in MANY else {}
            self._take({**_fresh(), "function": key, "options": options})

    def to_own(self, own: OwnFunction) -> None:
        """Take a function from a person's own list."""
        kept = {"function": own.text, "name": own.name, "parameters": own.parameters, "bounds": own.bounds}
        self._take({**_fresh(), **kept})

    def to_formula(self, text: str) -> None:
        """Take a formula, with 1 for each of its parameters."""
        self._take({**_fresh(), "function": text, "parameters": dict.fromkeys(read(text).parameters, 1.0)})

    def _to_model(self, key: str) -> None:
        """Take a model, on the examples of the one before where they suit it."""

        def switched(now: Experiment) -> Experiment:
            fields = {**_fresh(), "function": key, **kept_data(now, key)}
            return retuned(dataclasses.replace(now, **fields), now, self._store.base)

        self.begun.emit()
        self._requests.forget("formula")
        now = self._store.experiment
        self._changes.make(switched, now.data if is_model(now) else None, self.refused.emit)

    def _take(self, fields: dict[str, Any]) -> None:
        self.begun.emit()
        try:
            objective = dataclasses.replace(self._store.experiment, **fields).objective
        except GdsimError as error:
            self.refused.emit(error)
            return

        def take(_: object, error: GdsimError | None) -> None:
            try:
                if error is not None:
                    raise error
                now = self._store.experiment
                after = dataclasses.replace(now, **fields)
                self._store.replace(retuned(after, now, self._store.base))
            except GdsimError as wrong:
                self.refused.emit(wrong)

        if objective.ready:
            take(None, None)
        else:
            # seen first, and derived while it is looked at, as one that is typed
            self._requests.send("formula", objective.prepare_look, take)


def _fresh() -> dict[str, Any]:
    """The fields that no function takes over from the one before."""
    return {"name": "", "parameters": {}, "start": None, "bounds": None, **NO_MODEL}
