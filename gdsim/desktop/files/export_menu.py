"""Exports of pictures, tables and programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gdsim.desktop.session import Session
from gdsim.desktop.text.function_phrases import file_stem
from gdsim.desktop.text.phrases import error_text, optimizer_text
from gdsim.desktop.text.slice_phrases import slice_text
from gdsim.desktop.window.centre import Centre
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.desktop.compute.setting_work import DoneMap
    from gdsim.desktop.files.export import Words

_COPIED = QSize(1600, 1200)


class Shown(Protocol):
    """Something that shows views."""

    centre: Centre

    def view_named(self, name: str) -> QWidget:
        """Return the widget of a view, up to date."""


class ExportMenu(QObject):
    """Exports and copies what the window shows."""

    def __init__(self, session: Session, window: Any) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._shown: Shown = window
        #: What was said of the clipboard, until it holds something else.
        self._said = ""
        QGuiApplication.clipboard().dataChanged.connect(self._clipboard_changed)

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that take something away."""
        return {
            "export_picture": self.export_picture,
            "copy_picture": self.copy_picture,
            "export_table": self.export_table,
            "export_iterates": self.export_iterates,
            "export_basins": self.export_basins,
            "export_setting_map": self.export_setting_map,
            "copy_python": self.copy_python,
            "copy_torch": self.copy_torch,
            "save_python": self.save_python,
            "save_torch": self.save_torch,
        }

    @property
    def stem(self) -> str:
        """The name that is suggested for a file, without an ending."""
        return file_stem(self._session.store.experiment.objective)

    def export_picture(self) -> None:
        """Ask which view, how large and where, and save it."""
        from gdsim.desktop.files.export_dialog import COPY, ExportDialog

        self._session.say("")  # what was said of another attempt
        dialog = ExportDialog(self._window)
        answer = dialog.exec()
        if answer == COPY:
            self.copy_view(dialog.view, dialog.size_in_pixels)
        elif answer:
            name = f"{self.stem}-{dialog.view}.png"
            path = self._ask(self.tr("Export picture"), name, self.tr("Pictures (*.png *.svg)"))
            if path:
                self.write_picture(path, dialog.view, dialog.size_in_pixels)
        dialog.deleteLater()

    def write_picture(self, path: Path, view: str, size: QSize) -> None:
        """Save a view."""
        from gdsim.desktop.files.export import write_picture

        widget, words, theme = self._shown.view_named(view), self.words(view), self._session.scene.theme
        self._try(lambda: write_picture(path, widget, words, size, theme), path)

    def copy_picture(self) -> None:
        """Put the landscape on the clipboard."""
        self.copy_view("landscape", _COPIED)

    def copy_view(self, view: str, size: QSize) -> None:
        """Put a view on the clipboard."""
        from gdsim.desktop.files.export import picture_of

        image = picture_of(self._shown.view_named(view), self.words(view), size, self._session.scene.theme)
        QGuiApplication.clipboard().setImage(image)
        self._tell_copied(self.tr("The picture is on the clipboard."))

    def words(self, view: str) -> Words:
        """The words that a picture of a view is given."""
        from gdsim.desktop.files.export import Words

        experiment = self._session.store.experiment
        centre, scene = self._shown.centre, self._session.scene
        keys = centre.keys_shown(centre.side_by_side if view == "side_by_side" else centre.landscape)
        from gdsim.desktop.text.captions import caption_of, title_of

        caption = caption_of(experiment)
        if view in ("landscape", "side_by_side") and (seen := scene.plane):
            caption = f"{caption}. {slice_text(seen)}"
        if view in ("landscape", "side_by_side") and scene.batch is not None:
            told = self.tr("The surface is that of the batch of step {step}.").format(step=scene.batch.step)
            caption = f"{caption}. {told}" if not caption.endswith(".") else f"{caption} {told}"
        if view in ("landscape", "side_by_side") and centre.shows_basins(
            centre.side_by_side if view == "side_by_side" else centre.landscape
        ):
            caption = f"{caption.rstrip('.')}. {self._basin_words(view)}"
        if view == "setting_map":
            told = getattr(self._shown.view_named(view), "caption", "")
            caption = f"{told} {caption}".lstrip()
        return Words(title_of(experiment), caption, {key: optimizer_text(key, experiment) for key in keys})

    def _basin_words(self, view: str) -> str:
        """Say what the colours of a picture are where they are basins."""
        basins, experiment = self._session.scene.basins, self._session.store.experiment
        if view == "side_by_side" or basins is None or basins.key not in experiment.names:
            return self.tr("Colours: the minimum that each start leads to; darker after more steps.")
        told = self.tr("Colours: the minimum that {name} ends in from each start; darker after more steps.")
        return told.format(name=optimizer_text(basins.key, experiment))

    def export_table(self) -> None:
        """Ask where and save how every run ended."""
        path = self._ask(
            self.tr("Export table"), f"{file_stem(self._session.store.experiment.objective)}-runs.csv", "CSV (*.csv)"
        )
        if path:
            self.write_table(path)

    def write_table(self, path: Path) -> None:
        """Save how every run ended as CSV."""
        from gdsim.storage.tables import write_outcomes

        self._write(path, write_outcomes)

    def export_iterates(self) -> None:
        """Ask where and save every step of every run."""
        name = f"{self.stem}.csv"
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

    def export_basins(self) -> None:
        """Ask where and save the basin map of the chosen optimizer."""
        path = self._ask(self.tr("Export basins"), f"{self.stem}-basins.npz", self.tr("NumPy (*.npz)"))
        if path:
            self.write_basins(path)

    def write_basins(self, path: Path) -> None:
        """Save the basin map of the chosen optimizer as NPZ."""
        from gdsim.storage.maps import write_basins

        seen = self._session.basin_maps.seen
        if seen is not None:
            self._try(lambda: write_basins(path, seen.map, seen.drawn.asked.experiment), path)

    def export_setting_map(self) -> None:
        """Ask where and save the setting map."""
        if self._setting_map is None:
            self._session.say(self.tr("There is no setting map yet: open it with View > Setting map."))
            return
        path = self._ask(self.tr("Export setting map"), f"{self.stem}-setting_map.npz", "NumPy (*.npz)")
        if path:
            self.write_setting_map(path)

    @property
    def _setting_map(self) -> DoneMap | None:
        dock = next(dock for dock in self._window.lazy_docks if dock.name == "setting_map")
        return None if dock.view is None else dock.view.page.done

    def write_setting_map(self, path: Path) -> None:
        """Save the setting map as NPZ."""
        from gdsim.storage.maps import write_settings

        found = self._setting_map
        if found is not None:
            self._try(lambda: write_settings(path, found.map, found.asked.experiment), path)

    def copy_python(self) -> None:
        """Put a program that runs the experiment on the clipboard."""
        from gdsim.storage.programs.gdsim_program import python_code

        self._copy(python_code)

    def copy_torch(self) -> None:
        """Put a PyTorch program that takes the same paths on the clipboard."""
        from gdsim.storage.programs.torch_program import torch_code

        self._copy(torch_code)

    def save_python(self) -> None:
        """Ask where and save a program that runs the experiment."""
        path = self._ask(self.tr("Save Python program"), f"{self.stem}.py", "Python (*.py)")
        if path:
            from gdsim.storage.programs.gdsim_program import python_code

            self.write_program(path, python_code)

    def save_torch(self) -> None:
        """Ask where and save a PyTorch program that takes the same paths."""
        path = self._ask(self.tr("Save PyTorch program"), f"{self.stem}-torch.py", "Python (*.py)")
        if path:
            from gdsim.storage.programs.torch_program import torch_code

            self.write_program(path, torch_code)

    def write_program(self, path: Path, write: Callable[[Experiment], str]) -> None:
        """Save a program."""
        from gdsim.storage.atomic import replacing

        def work() -> None:
            program = write(self._session.store.experiment)
            with replacing(path) as temporary:
                temporary.write_text(program, encoding="utf-8", newline="\n")

        self._try(work, path)

    def _write(self, path: Path, write: Callable[..., object], binary: bool = False) -> None:
        from gdsim.storage.atomic import replacing

        race = self._session.scene.race
        if race is None:
            return

        def work() -> None:
            with replacing(path) as temporary:
                if binary:
                    write(race, temporary)
                else:
                    with temporary.open("w", encoding="utf-8", newline="\n") as file:
                        write(race, file)

        self._try(work, path)

    def _copy(self, write: Callable[..., str]) -> None:
        def copy() -> None:
            QGuiApplication.clipboard().setText(write(self._session.store.experiment))

        if self._try(copy):
            self._tell_copied(self.tr("The program is on the clipboard."))

    def _tell_copied(self, sentence: str) -> None:
        self._said = sentence
        self._session.say(sentence, good=True)

    def _clipboard_changed(self) -> None:
        """Something else was copied: what was said of the clipboard is not true any more."""
        if self._said and self._said == self._shown.centre.message.sentence:
            self._session.say("")
        self._said = ""

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        self._session.say("")
        path, kind = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        if not path:
            return None
        chosen = Path(path)
        # the kind that was chosen counts where the name says nothing, or still what was suggested
        if "*.npz" in kind and chosen.suffix.lower() in ("", ".csv"):
            return chosen.with_suffix(".npz")
        return chosen if chosen.suffix else chosen.with_suffix(Path(name).suffix)

    def _try(self, work: Callable[[], object], path: Path | None = None) -> bool:
        self._session.say("")
        try:
            work()
        except GdsimError as error:
            self._session.say(error_text(error))
            return False
        if path is not None:
            self._session.say(self.tr("Saved to {path}.").format(path=path), good=True)
        return True
