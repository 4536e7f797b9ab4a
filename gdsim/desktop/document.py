"""The file behind the window: its path, whether it is saved, and a copy in case of a crash."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from gdsim.desktop.settings import state_folder
from gdsim.desktop.store import Store
from gdsim.errors import GdsimError
from gdsim.objectives.many import DIMENSION
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.storage.files import Document

#: A copy is kept this long after the last change, in milliseconds.
_PAUSE = 1500
_MOST_WINDOWS = 50


class DocumentFile(QObject):
    """Knows the path and what was saved there.

    `read` and `save` raise `GdsimError` with a sentence and change nothing when they cannot do their work.
    """

    changed = Signal()

    def __init__(self, store: Store, keep_copies: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_copies = keep_copies
        self._store = store
        self._saved: Experiment | None = store.experiment
        #: What title and note tell of; and the example that it is, which nobody has made and nobody needs to save.
        self._told = store.experiment
        self._example: Experiment | None = None
        self.path: Path | None = None
        self.title = ""
        self.note = ""
        self._known: tuple[int, ...] | None = None
        self._lock: QLockFile | None = None
        self._copy = self._left = Path()
        if keep_copies:
            self._lock, self._copy, self._left = _claim()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._keep_copy)
        store.changed.connect(self._experiment_changed)

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost now: an example that is played with is nobody's work yet."""
        return self._store.experiment == self._saved or self._is_played_with

    @property
    def _is_played_with(self) -> bool:
        return self._example is not None and is_of_same(self._store.experiment, self._example)

    @property
    def words(self) -> tuple[str, str]:
        """Title and note; none where they are of another function, or of another table, than there is now."""
        told = is_of_same(self._store.experiment, self._told)
        return (self.title, self.note) if told else ("", "")

    @property
    def has_changed_since(self) -> bool:
        """Whether the experiment is another than title and note tell of."""
        return self._store.experiment != self._told

    @property
    def experiment(self) -> Experiment:
        """What would be saved."""
        return self._store.experiment

    @property
    def name(self) -> str:
        """What to call it in the title of the window."""
        return self.path.name if self.path is not None else self.words[0]

    def start(self, document: Document, path: Path | None = None, example: bool = False) -> None:
        """Make another document the current one; maybe an example, which is not saved where it is played with."""
        self.path, self.title, self.note = path, document.title, document.note
        self._saved = self._told = document.experiment
        self._example = document.experiment if example else None
        self._store.start_over(document.experiment)
        self.forget_copy()
        self.changed.emit()

    def read(self, path: Path, table: Path | None = None) -> tuple[Document, tuple[int, ...] | None]:
        """What a file holds, and what it looked like; `begin` makes it the current document.

        A `table` is read, as it is now, in place of the one that the file names by its path.
        """
        # files are imported at first use: most starts need none
        from gdsim.storage.files import open_file

        # looked at first: what is written while it is read counts as a change
        known = _about(path)
        return open_file(path, table), known

    def begin(self, document: Document, path: Path, known: tuple[int, ...] | None, as_saved: bool = True) -> None:
        """Make what was read from a file the current document; with another table it is not what was saved."""
        self.start(document, path)
        self._known = known
        if not as_saved:
            self._saved = None
            self.changed.emit()

    def save(self, path: Path) -> None:
        """Save to a file, which becomes the current one."""
        from gdsim.storage.files import save

        if self.path is None:  # an example's words are not those of what was made out of it
            self.title, self.note = self.words
        save(self._store.experiment, path, self.title, self.note)
        self.path, self._example, self._told = path, None, self._store.experiment
        self._known = _about(path)
        self._saved = self._store.experiment
        self.forget_copy()
        self.changed.emit()

    @property
    def changed_outside(self) -> bool:
        """Whether another program has written to the file since it was opened or saved."""
        now = _about(self.path) if self.path is not None else None
        # one that is gone can be written again without loss
        return now is not None and now != self._known

    # --- the copy

    def recovered(self, table: Path | None = None) -> Document | None:
        """What was left by a program that was ended by force; None if nothing was.

        Raises `GdsimError` if all that is wrong with it is the table that it names by its path; a `table` is read, as
        it is now, in place of that one.
        """
        if not self._keep_copies or not self._left.exists():
            return None
        from gdsim.storage.files import open_file
        from gdsim.storage.sources import table_error

        try:
            document = open_file(self._left, table)
        except GdsimError as error:
            if table_error(error):
                raise
            self.forget_left()
            return None
        return document

    def recover(self, document: Document) -> None:
        """Go on with what was left; it counts as unsaved."""
        self.path, self.title, self.note = None, document.title, document.note
        self._saved = self._example = None
        self._told = document.experiment
        self._store.replace(document.experiment, self.tr("restored"))
        # what was left goes only when there is another copy of it
        self._keep_copy()
        self.forget_left()
        self.changed.emit()

    def play(self) -> None:
        """What there is is an example."""
        self._example = self._store.experiment

    def forget_left(self) -> None:
        """What was left by a program that was ended by force is not wanted any more."""
        if self._keep_copies:
            _remove(self._left)

    def forget_copy(self) -> None:
        """Nothing of this window needs to be recovered."""
        self._timer.stop()
        if self._keep_copies:
            _remove(self._copy)

    def close(self, keep: bool = False) -> None:
        """The window is closed: there is nothing to recover, unless what is unsaved is to be kept."""
        if keep and not self.is_saved and self._keep_copies:
            self._timer.stop()
            self._keep_copy()
        else:
            self.forget_copy()
        if self._lock is not None:
            self._lock.unlock()

    def _experiment_changed(self, _: Experiment) -> None:
        if self.is_saved:
            self.forget_copy()
        elif self._keep_copies:
            self._timer.start()
        self.changed.emit()

    def _keep_copy(self) -> None:
        from gdsim.storage.files import save

        # a copy that cannot be kept must not disturb the work
        with contextlib.suppress(GdsimError, OSError):
            save(self._store.experiment, self._copy, self.title, self.note)


def is_of_same(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments are about the same thing, whatever was turned, dragged or switched on."""
    return _subject(one) == _subject(other)


def _subject(experiment: Experiment) -> tuple[object, ...]:
    data = experiment.data
    return experiment.function, experiment.options.get(DIMENSION), "" if data is None else data.path


def _claim() -> tuple[QLockFile, Path, Path]:
    """A place for the copy that no other window uses, and one for what was left there by a window that is dead.

    What was left has a name of its own: it is not to be overwritten before a person has seen it.
    """
    folder = state_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    for number in range(_MOST_WINDOWS):
        lock = QLockFile(str(folder / f"window-{number}.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            break
    copy, left = folder / f"window-{number}.json", folder / f"left-{number}.json"
    if lock.isLocked():
        for orphan in [copy, *(path for path in folder.glob("window-*.json") if _is_orphan(path, copy))]:
            if not left.exists():
                with contextlib.suppress(OSError):
                    orphan.replace(left)
    return lock, copy, left


def _is_orphan(path: Path, mine: Path) -> bool:
    """Whether a copy belongs to no window that lives."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    if path == mine or not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _about(path: Path) -> tuple[int, ...] | None:
    """What changes when somebody writes to a file; None if there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
