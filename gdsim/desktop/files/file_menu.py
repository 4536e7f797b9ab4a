"""New, open, save: what the File menu does with experiments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.edits.first_experiments import new_experiment, opening_experiment
from gdsim.desktop.files.background_reading import LongReading
from gdsim.desktop.files.table_questions import ask_outside, ask_table
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.text.function_phrases import file_stem
from gdsim.desktop.text.phrases import error_text, known_text, tip_text
from gdsim.errors import GdsimError
from gdsim.objectives.source import is_table

if TYPE_CHECKING:
    from gdsim.storage.files import Document
    from gdsim.storage.sources import TableError

_Read = TypeVar("_Read")
#: A table of more bytes takes so long to read that the window does not wait for it.
_LARGE = 1_000_000

#: Answers to the question whether to save first.
SAVE, DISCARD, CANCEL = "save", "discard", "cancel"


class FileMenu(QObject):
    """Asks for paths, and before anything is lost."""

    #: The file that was to be opened is a table: it may become the data of a model.
    table_found = Signal(object)
    #: An example is the current document now.
    example_opened = Signal()
    #: An example was opened that is looked at with a view, or a command: its name.
    view_wanted = Signal(str)
    #: So much of a file is read, from 0 to 1; and it is.
    reading = Signal(float)
    read = Signal()

    def __init__(
        self,
        document: DocumentFile,
        settings: Settings,
        requests: Requests,
        say: Callable[..., None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._settings = settings
        self._requests = requests
        self._say = say
        self._window = window
        self._reading: LongReading | None = None
        #: The menus of files and of examples, which are filled when they are opened.
        self.recent, self.examples = QMenu(self.tr("Open &recent"), window), QMenu(self.tr("E&xamples"), window)
        self.recent.aboutToShow.connect(self.fill_recent)
        self.examples.aboutToShow.connect(self.fill_examples)

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that are about experiments in files."""
        return {"new": self.new, "open": self.open, "save": self.save, "save_as": self.save_as}

    def new(self) -> None:
        """Begin anew."""
        from gdsim.storage.files import Document

        if self.may_leave():
            self._document.start(Document(new_experiment(self._settings.preferences.steps)))

    def open(self) -> None:
        """Ask for a file and open it."""
        self._say("")  # what was said of another attempt
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open"), self._folder(), self._filter())
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> bool:
        """Open a file; a sentence is shown if that cannot be done, and all stays as it is."""
        self._say("")
        if is_table(path.name):
            self.table_found.emit(path)
            return False
        if not self.may_leave():
            return False
        from gdsim.storage.sources import size_of_table

        def read() -> None:
            document, _ = self._document.read(path, trusted=self._settings.knows_table)
            document.experiment.objective.prepare()

        return self.ahead(size_of_table(path), read, partial(self._open_read, path))

    def ahead(self, size: int, read: Callable[[], object], then: Callable[[], bool]) -> bool:
        """Have the worker read what is so large, which is there at once when it is read again `then`.

        What is small is not waited for. Whether to expect that it is opened.
        """
        if size <= _LARGE:
            return then()
        self.stop_reading()
        self._reading = LongReading(self)
        self._reading.progressed.connect(self.reading)
        self.reading.emit(0.0)

        def answer(*_: object) -> None:  # what is wrong is said when it is read again
            self.stop_reading()
            then()

        self._requests.send("document", self._reading.followed(read), answer)
        return True

    def stop_reading(self) -> None:
        """Give up what is being read, if anything is."""
        if self._reading is not None:
            self._requests.forget("document")
            self._reading.stop()
            self._reading.deleteLater()
            self._reading = None
            self.read.emit()

    def _open_read(self, path: Path) -> bool:
        def read(table: Path | None) -> tuple[Document, tuple[int, ...] | None]:
            return self._document.read(path, table, self._settings.knows_table)

        def begin(found: tuple[Document, tuple[int, ...] | None], as_saved: bool) -> bool:
            document, known = found

            def go_on() -> None:
                self._document.begin(document, path, known, as_saved)
                self._settings.add_recent(path)

            return self.when_ready(document, go_on)

        return self.with_table(read, begin)

    def with_table(
        self, read: Callable[[Path | None], _Read], then: Callable[[_Read, bool], bool], table: Path | None = None
    ) -> bool:
        """Go on with what is read, maybe with another table than the file names; whether that may be expected.

        `then` is told, too, whether it is with the table that is named, as it was. If that is not what it was, a person
        is asked; a sentence is shown where there is nothing to be read.
        """
        from gdsim.storage.sources import table_error

        try:
            found = read(table)
        except GdsimError as error:
            lost = table_error(error)
            if lost is not None and lost.why == "outside" and ask_outside(lost.path, self._window):
                self._settings.add_table(lost.path)
                size = _size(Path(lost.path))
            else:
                asked = lost is not None and lost.why != "outside" and table is None
                table = self.ask_table(lost) if lost is not None and asked else None
                if table is None:
                    self._say(error_text(error))
                    return False
                size = _size(table)
            return self.ahead(size, partial(read, table), partial(self.with_table, read, then, table))
        return then(found, table is None)

    def ask_table(self, lost: TableError) -> Path | None:
        """Ask which table to read in place of one that is not what it was, or cannot be read; None for none."""
        return ask_table(lost, self._window)

    def when_ready(self, document: Document, begin: Callable[[], None]) -> bool:
        """Go on with a document as soon as its function is worked out; whether that may be expected."""
        objective = document.experiment.objective

        def answer(_: object, error: GdsimError | None) -> None:
            if error is None:
                begin()
            else:
                self._say(error_text(error))

        if objective.ready:
            begin()
        else:
            self._requests.send("document", objective.prepare, answer)
        return True

    def open_example(self, document: Document, shown_with: str = "") -> None:
        """Open one of the examples, with the view that it is looked at with; it has no file of its own."""
        self._say("")

        def begin() -> None:
            self._document.start(document, example=True)
            self.example_opened.emit()
            if shown_with:
                self.view_wanted.emit(shown_with)

        if self.may_leave():
            self.when_ready(document, begin)

    def save(self) -> bool:
        """Save to the known file, or ask for one; whether it was saved."""
        self._say("")
        path = self._document.path
        if path is None:
            return self.save_as()
        if self._document.changed_outside:
            sentence = self.tr("{name} was changed by another program since it was opened or saved. Overwrite it?")
            if not self.ask_overwrite(sentence.format(name=path.name)):
                return False
        return self.save_to(path)

    def save_as(self) -> bool:
        """Ask for a file and save to it; whether it was saved."""
        self._say("")
        suggested = (
            self._document.path or Path(self._folder()) / f"{file_stem(self._document.experiment.objective)}.json"
        )
        path, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save as"), str(suggested), self._filter())
        if not path:
            return False
        chosen = Path(path)
        if not chosen.suffix:
            # the dialog has asked about the name without its ending only
            chosen = Path(path + ".json")
            if chosen.exists():
                sentence = self.tr("{name} exists already. Overwrite it?").format(name=chosen.name)
                if not self.ask_overwrite(sentence):
                    return False
        return self.save_to(chosen)

    def save_to(self, path: Path) -> bool:
        """Save to a file, whatever stands in it; whether it was saved."""
        try:
            self._document.save(path)
        except GdsimError as error:
            self._say(error_text(error))
            return False
        self._settings.add_recent(path)
        data = self._document.experiment.data
        if data is not None and data.path:  # whoever saves it has read it already
            self._settings.add_table(data.path)
        self._say(self.tr("Saved to {path}.").format(path=path), good=True)
        return True

    def may_leave(self) -> bool:
        """Return whether the experiment may go: it is saved, or a person said what to do with it."""
        if self._document.is_saved or not self._settings.lasting:
            return True
        answer = self.ask()
        return self.save() if answer == SAVE else answer == DISCARD

    def ask(self) -> str:
        """Ask whether to save first."""
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            self.tr("Unsaved changes"),
            tip_text(self.tr("{name} has changes that are not saved.").format(name=self._name())),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        return {buttons.Save: SAVE, buttons.Discard: DISCARD}.get(answer, CANCEL)

    def _name(self) -> str:
        """Return the name of the experiment in a question: its file, its title or else its function."""
        from gdsim.desktop.text.captions import title_of

        return known_text("Example", self._document.name) or title_of(self._document.experiment)

    def ask_overwrite(self, sentence: str) -> bool:
        """Ask whether to write over a file."""
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window, self.tr("Overwrite"), tip_text(sentence), buttons.Yes | buttons.Cancel, buttons.Cancel
        )
        return answer == buttons.Yes

    def fill_recent(self) -> None:
        """List the files opened or saved last."""
        menu = self.recent
        menu.clear()
        for path in self._settings.recent:
            action = menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(tip_text(str(path)))
            action.setStatusTip(str(path))
            action.triggered.connect(self._opener(path))
        menu.setEnabled(True)
        if menu.isEmpty():
            menu.addAction(self.tr("No files yet")).setEnabled(False)

    def fill_examples(self) -> None:
        """List the examples by what they are about, and first of all what the window opens with."""
        menu = self.examples
        if not menu.isEmpty():
            return
        from gdsim.storage.examples import GROUPS, examples
        from gdsim.storage.files import Document

        opening, note = Document(opening_experiment()), self.tr("What the window opens with: six optimizers at once.")
        self._list_example(menu, self.tr("The opening race"), note, opening)
        menu.addSeparator()
        groups = {group: menu.addMenu(known_text("Example", group)) for group in GROUPS}
        for example in examples():
            title, note = (known_text("Example", text) for text in (example.document.title, example.document.note))
            self._list_example(groups[example.group], title, note, example.document, example.shown_with)

    def example_actions(self) -> list[QAction]:
        """List what opens each of the examples."""
        self.fill_examples()
        menu = self.examples
        groups = [group for group in menu.findChildren(QMenu) if group is not menu]
        return [action for each in (menu, *groups) for action in each.actions() if action.menu() is None]

    def _list_example(self, menu: QMenu, title: str, note: str, document: Document, shown_with: str = "") -> None:
        menu.setToolTipsVisible(True)
        action = menu.addAction(title)
        action.setToolTip(note)
        action.setStatusTip(self.tr("Example: {note}").format(note=note))
        action.triggered.connect(self._starter(document, shown_with))

    def _opener(self, path: Path) -> Callable[[], object]:
        return lambda: self.open_path(path)

    def _starter(self, document: Document, shown_with: str) -> Callable[[], object]:
        return lambda: self.open_example(document, shown_with)

    def _folder(self) -> str:
        recent = self._settings.recent
        return str(recent[0].parent) if recent else ""

    def _filter(self) -> str:
        return self.tr("Experiments (*.json);;All files (*)")


def _size(path: Path) -> int:
    """Return how many bytes a file has; 0 if that cannot be seen."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
