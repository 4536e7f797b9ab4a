"""The current experiment, held once."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.simulation.experiment import Entry, Experiment


class Store(QObject):
    """Holds the current Experiment; everything that shows it listens to `changed`.

    Bad values raise `GdsimError` and leave the experiment as it was.
    """

    changed = Signal(object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment

    @property
    def experiment(self) -> Experiment:
        """The current experiment."""
        return self._experiment

    def replace(self, experiment: Experiment) -> None:
        """Make another experiment the current one."""
        if experiment != self._experiment:
            self._experiment = experiment
            self.changed.emit(experiment)

    def change(self, **fields: Any) -> None:
        """Change some fields of the experiment."""
        self.replace(dataclasses.replace(self._experiment, **fields))

    def enable(self, key: str, enabled: bool) -> None:
        """Let an optimizer race, or not."""
        self._change_entry(key, lambda entry: dataclasses.replace(entry, enabled=enabled))

    def set_value(self, key: str, name: str, value: float | bool) -> None:
        """Give an optimizer a value of its own."""
        self._change_entry(key, lambda entry: dataclasses.replace(entry, values={**entry.values, name: value}))

    def unset_value(self, key: str, name: str) -> None:
        """Let an optimizer follow the shared value, or its default, again."""
        self._change_entry(
            key,
            lambda entry: dataclasses.replace(entry, values={k: v for k, v in entry.values.items() if k != name}),
        )

    def _change_entry(self, key: str, change: Any) -> None:
        entries: tuple[Entry, ...] = self._experiment.optimizers
        if key not in {entry.key for entry in entries}:
            entries = (*entries, Entry(key, enabled=False))
        self.change(optimizers=tuple(change(entry) if entry.key == key else entry for entry in entries))
