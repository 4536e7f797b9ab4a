"""Opens a table of a person's own as the data of a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow

from gdsim.desktop.errands import Errands
from gdsim.desktop.models import is_model, retuned
from gdsim.desktop.store import Store
from gdsim.desktop.words import error_text
from gdsim.errors import GdsimError
from gdsim.objectives import Source
from gdsim.simulation.experiment import Experiment


class OpenData(QObject):
    """Asks for a file and for its columns; the worker reads it."""

    def __init__(self, store: Store, errands: Errands, say: Callable[..., None], window: QMainWindow) -> None:
        super().__init__(window)
        self._store, self._errands, self._say, self._window = store, errands, say, window

    def ask(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open data"), "", self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        )
        if path:
            self.ask_columns(Path(path))

    def ask_columns(self, path: Path) -> None:
        """Ask for the columns of a file."""
        from gdsim.desktop.data_dialog import DataDialog

        try:
            dialog = DataDialog(path, self._window)
        except GdsimError as error:
            self._say(error_text(error))
            return
        if dialog.exec():
            self.read(path, dialog.choices(), dialog.inside)
        dialog.deleteLater()

    def read(self, path: Path, choices: dict[str, Any], inside: bool) -> None:
        """Have it read."""
        from gdsim.storage.csv_data import read_csv

        self._errands.send("data", partial(read_csv, path, **choices), partial(self._take, inside))

    def _take(self, inside: bool, found: tuple[Source, int] | None, error: GdsimError | None) -> None:
        if found is None:
            if error is not None:
                self._say(error_text(error))
            return
        source, dropped = found
        now, outside = self._store.experiment, False
        if inside:
            alone = dataclasses.replace(source, path="", checksum="")
            outside = not _fits(alone)
            source = source if outside else alone
        try:
            self._store.replace(retuned(with_data(now, source), now, self._store.base))
        except GdsimError as wrong:
            self._say(error_text(wrong))
            return
        if outside:
            told = self.tr("The table is too large to be saved with the experiment, which names {name} in its place.")
            self._say(told.format(name=Path(source.path).name), good=True)
        elif dropped:
            left_out = self.tr("1 row with gaps was left out.") if dropped == 1 else self.tr(
                "{count} rows with gaps were left out.")  # fmt: skip
            self._say(left_out.format(count=dropped), good=True)


def _fits(source: Source) -> bool:
    """Whether a saved experiment can hold the examples."""
    from gdsim.storage.files import fits

    return fits(Experiment("linear", data=source, steps=1))


def with_data(experiment: Experiment, source: Source) -> Experiment:
    """The model on other examples; one that they suit where there is none."""
    fields: dict[str, Any] = {"data": source, "start": None, "bounds": None}
    options = dict(experiment.options) if is_model(experiment) else {}
    if len(source.features) > 1:
        # columns of different size make a valley that nobody gets along
        options["standardise"] = True
    fields["options"] = options
    if is_model(experiment):
        try:
            return dataclasses.replace(experiment, **fields)
        except GdsimError:  # classes are asked for, and there are none
            fields["options"] = {name: value for name, value in options.items() if name == "standardise"}
    fields |= {"function": "logistic" if source.classes else "linear", "name": "", "parameters": {}}
    return dataclasses.replace(experiment, **fields)
