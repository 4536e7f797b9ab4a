"""What can be taken away: pictures, tables and programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget

from gdsim.desktop.caption import caption_of, title_of
from gdsim.desktop.store import Store
from gdsim.desktop.style import Theme
from gdsim.desktop.words import error_text
from gdsim.errors import GdsimError
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.export import Words

_COPIED = QSize(1600, 1200)


class TakeAway(QObject):
    """Exports and copies what the window shows.

    Parameters
    ----------
    race
        Gives the race that is shown, or None.
    views
        Gives the widget of a view's name.
    """

    def __init__(
        self,
        store: Store,
        race: Callable[[], Trajectories | None],
        views: Callable[[str], QWidget],
        say: Callable[[str], None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._store, self._race, self._views, self._say, self._window = store, race, views, say, window
        self.theme: Theme | None = None

    def export_picture(self) -> None:
        """Ask which view, how large and where, and save it."""
        from gdsim.desktop.export_dialog import ExportDialog

        dialog = ExportDialog(self._window)
        if dialog.exec():
            name = f"{self._store.experiment.function}-{dialog.view}.png"
            path = self._ask(self.tr("Export picture"), name, self.tr("Pictures (*.png *.svg)"))
            if path:
                self.write_picture(path, dialog.view, dialog.size_in_pixels)
        dialog.deleteLater()

    def write_picture(self, path: Path, view: str, size: QSize) -> None:
        """Save a view."""
        from gdsim.desktop.export import write_picture

        if self.theme is not None:
            widget, words, theme = self._views(view), self._words(), self.theme
            self._try(lambda: write_picture(path, widget, words, size, theme))

    def copy_picture(self) -> None:
        """Put the landscape on the clipboard."""
        from gdsim.desktop.export import picture_of

        if self.theme is not None:
            image = picture_of(self._views("landscape"), self._words(), _COPIED, self.theme)
            QGuiApplication.clipboard().setImage(image)
            self._say(self.tr("The picture is on the clipboard."))

    def _words(self) -> Words:
        from gdsim.desktop.export import Words

        experiment = self._store.experiment
        keys = tuple(entry.key for entry in experiment.racing)
        return Words(title_of(experiment), caption_of(experiment), keys)

    def export_table(self) -> None:
        """Ask where and save how every run ended."""
        path = self._ask(self.tr("Export table"), f"{self._store.experiment.function}-runs.csv", "CSV (*.csv)")
        if path:
            self.write_table(path)

    def write_table(self, path: Path) -> None:
        """Save how every run ended as CSV."""
        from gdsim.storage.tables import write_outcomes

        self._write(path, write_outcomes)

    def export_iterates(self) -> None:
        """Ask where and save every step of every run."""
        name = f"{self._store.experiment.function}.csv"
        path = self._ask(self.tr("Export iterates"), name, self.tr("CSV (*.csv);;NumPy (*.npz)"))
        if path:
            self.write_iterates(path)

    def write_iterates(self, path: Path) -> None:
        """Save every step of every run as CSV, or as NPZ by the ending of the name."""
        from gdsim.storage.tables import write_arrays, write_iterates

        if path.suffix.lower() == ".npz":
            self._write(path, write_arrays, binary=True)
        else:
            self._write(path, write_iterates)

    def copy_python(self) -> None:
        """Put a program that runs the experiment on the clipboard."""
        from gdsim.storage.code import python_code

        self._copy(python_code)

    def copy_torch(self) -> None:
        """Put a PyTorch program that takes the same paths on the clipboard."""
        from gdsim.storage.code import torch_code

        self._copy(torch_code)

    def _write(self, path: Path, write: Callable[..., object], binary: bool = False) -> None:
        from gdsim.storage.atomic import cannot, replacing

        race = self._race()
        if race is None:
            return

        def work() -> None:
            try:
                with replacing(path) as temporary:
                    if binary:
                        write(race, temporary)
                    else:
                        with temporary.open("w", encoding="utf-8", newline="\n") as file:
                            write(race, file)
            except OSError as error:
                raise cannot("write", path, error) from error

        self._try(work)

    def _copy(self, write: Callable[..., str]) -> None:
        def copy() -> None:
            QGuiApplication.clipboard().setText(write(self._store.experiment))

        if self._try(copy):
            self._say(self.tr("The program is on the clipboard."))

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        path, _ = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        return Path(path) if path else None

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except GdsimError as error:
            self._say(error_text(error))
            return False
        return True
