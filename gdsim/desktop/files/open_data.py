"""Opens a table of a person's own as the data of a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMainWindow

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.edits.model_edits import is_model, retuned
from gdsim.desktop.files.background_reading import LongReading
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.phrases import error_text, reading_text
from gdsim.errors import GdsimError
from gdsim.objectives import Source
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.first_fit import fitted_options

if TYPE_CHECKING:
    from gdsim.desktop.files.data_dialog import DataDialog


class OpenData(QObject):
    """Asks for a file and for its columns; the worker reads it."""

    def __init__(
        self,
        store: Store,
        requests: Requests,
        changes: ModelChanges,
        say: Callable[..., None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._store, self._requests, self._changes, self._say, self._window = store, requests, changes, say, window
        #: The dialog that is open.
        self.dialog: DataDialog | None = None
        self._reading: LongReading | None = None

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that are about tables."""
        return {"open_data": self.ask}

    def ask(self) -> None:
        """Ask for a file."""
        self._say("")  # what was said of another attempt
        path = self._ask_path("")
        if path is not None:
            self.ask_columns(path)

    def _ask_path(self, folder: str) -> Path | None:
        kinds = self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self.dialog or self._window, self.tr("Open data"), folder, kinds)
        return Path(path) if path else None

    def ask_columns(self, path: Path) -> None:
        """Ask for the columns of a file; the dialog that is open already shows it, if there is one."""
        self._say("")
        from gdsim.desktop.files.data_dialog import DataDialog

        if self.dialog is not None:
            self.dialog.look_at(path)
            return
        self.dialog = dialog = DataDialog(path, self._window)
        dialog.read_wanted.connect(self._read)
        dialog.stop_wanted.connect(self._stop)
        dialog.other_wanted.connect(self._ask_other)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _ask_other(self) -> None:
        dialog = self.dialog
        path = self._ask_path(str(dialog.path.parent)) if dialog is not None else None
        if dialog is not None and path is not None:
            dialog.look_at(path)

    def _read(self) -> None:
        if self.dialog is not None:
            self.read(self.dialog.path, self.dialog.choices(), self.dialog.inside)

    def read(self, path: Path, choices: dict[str, Any], inside: bool) -> None:
        """Have a file read, as `read_csv` does with some choices; `inside` is whether the experiment shall hold it."""
        from gdsim.storage.csv.data import read_csv

        self._stop()
        self._reading = LongReading(self)
        if self.dialog is not None:
            self._reading.progressed.connect(self.dialog.show_progress)
        work = self._reading.followed(partial(read_csv, path, **choices))
        self._requests.send("data", work, partial(self._take, inside))

    def _stop(self) -> None:
        self._requests.forget("data")
        self._changes.stop()
        if self._reading is not None:
            self._reading.stop()
            self._reading.deleteLater()
            self._reading = None

    def _forget(self) -> None:
        self._stop()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _take(self, inside: bool, found: tuple[Source, int] | None, error: GdsimError | None) -> None:
        self._stop()
        if error is not None:
            self._refuse(error)
        elif found is not None:
            self._replace(found[0], inside)

    def _replace(self, source: Source, inside: bool) -> None:
        """Take the examples, in the experiment if they fit there."""
        alone = dataclasses.replace(source, path="", checksum="") if inside else source
        outside = False

        def changed(now: Experiment) -> Experiment:
            nonlocal outside
            outside = inside and not _fits(alone)
            return retuned(with_data(now, source if outside else alone), now, self._store.base)

        def done() -> None:
            if self.dialog is not None:
                self.dialog.accept()
            if text := self._told(source, outside):
                self._say(text, good=True)

        self._changes.make(changed, source, self._refuse, done)

    def _refuse(self, error: GdsimError) -> None:
        if self.dialog is not None:
            self.dialog.refuse(error_text(error))
        else:
            self._say(error_text(error))

    def _told(self, source: Source, outside: bool) -> str:
        parts = [reading_text(source.reading)] if source.reading is not None else []
        if outside:
            told = self.tr("The table is too large to be saved with the experiment, which names {name} in its place.")
            parts.insert(0, told.format(name=Path(source.path).name))
        return " ".join(filter(None, parts))


def _fits(source: Source) -> bool:
    """Return whether a saved experiment can hold the examples."""
    from gdsim.storage.files import fits

    return fits(Experiment("linear", data=source, steps=1))


def with_data(experiment: Experiment, source: Source) -> Experiment:
    """The model on other examples: one that they suit where there is none, or a line through numbers or classes."""
    told = dict(experiment.options) if is_model(experiment) else {}
    fields: dict[str, Any] = {"data": source, "options": fitted_options(told, source), "start": None, "bounds": None}
    suited = "logistic" if source.classes else "linear"
    if is_model(experiment) and experiment.function in (suited, "perceptron", "network"):
        try:
            return dataclasses.replace(experiment, **fields)
        except GdsimError:  # classes are asked for, and there are none
            pass
    options = {name: value for name, value in fields["options"].items() if name in ("l2", "standardise")}
    fields |= {"function": suited, "name": "", "parameters": {}, "options": options}
    return dataclasses.replace(experiment, **fields)
