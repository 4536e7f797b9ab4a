"""The file behind the window: its path, whether it is saved, and a copy in case of a crash."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from gdsim.desktop.state.settings import state_folder
from gdsim.desktop.state.store import Store
from gdsim.errors import GdsimError
from gdsim.objectives.surfaces.high_dimensional import DIMENSION
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
    #: A copy of what is unsaved cannot be kept: told once, until one can.
    not_kept = Signal(object)

    def __init__(self, store: Store, keep_copies: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_copies = keep_copies
        self.store = store
        self._saved: Experiment | None = store.experiment
        #: What title and note tell of; and the example that it is, which nobody has made and nobody needs to save.
        self._described = store.experiment
        self._example: Experiment | None = None
        self.path: Path | None = None
        self.title = ""
        self.note = ""
        self._known: tuple[int, ...] | None = None
        self._told = False
        self._lock: QLockFile | None = None
        #: Where a copy of what is unsaved is kept.
        self.copy = Path()
        #: Where it is that something was left by a program that was ended by force, if anything was.
        self.left = Path()
        if keep_copies:
            self._lock, self.copy, self.left = _claim()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep_copy)
        store.changed.connect(self._experiment_changed)

    @property
    def is_saved(self) -> bool:
        """Return whether nothing would be lost now: an example that is played with is nobody's work yet."""
        return self.store.experiment == self._saved or self._is_played_with

    @property
    def _is_played_with(self) -> bool:
        return self._example is not None and is_of_same(self.store.experiment, self._example)

    @property
    def words(self) -> tuple[str, str]:
        """Title and note; none where they are of another function, or of another table, than there is now."""
        told = is_of_same(self.store.experiment, self._described)
        return (self.title, self.note) if told else ("", "")

    @property
    def has_changed_since(self) -> bool:
        """Return whether the experiment is another than title and note tell of."""
        return self.store.experiment != self._described

    @property
    def experiment(self) -> Experiment:
        """The experiment that would be saved."""
        return self.store.experiment

    @property
    def name(self) -> str:
        """The name for the title of the window."""
        return self.path.name if self.path is not None else self.words[0]

    def start(self, document: Document, path: Path | None = None, example: bool = False) -> None:
        """Make another document the current one; maybe an example, which is not saved where it is played with."""
        self.path, self.title, self.note = path, document.title, document.note
        self._saved = self._described = document.experiment
        self._example = document.experiment if example else None
        self.store.start_over(document.experiment)
        self.forget_copy()
        self.changed.emit()

    def read(
        self, path: Path, table: Path | None = None, trusted: Callable[[str], bool] | None = None
    ) -> tuple[Document, tuple[int, ...] | None]:
        """Return the content of a file, and its marks; `begin` makes it the current document.

        A `table` is read, as it is now, in place of the one that the file names by its path; one outside the folder of
        the file only if it is `trusted`.
        """
        # files are imported at first use: most starts need none
        from gdsim.storage.files import open_file

        # looked at first: what is written while it is read counts as a change
        known = _about(path)
        return open_file(path, table, trusted=trusted), known

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
        save(self.store.experiment, path, self.title, self.note)
        self.path, self._example, self._described = path, None, self.store.experiment
        self._known = _about(path)
        self._saved = self.store.experiment
        self.forget_copy()
        self.changed.emit()

    @property
    def changed_outside(self) -> bool:
        """Return whether another program has written to the file since it was opened or saved."""
        now = _about(self.path) if self.path is not None else None
        # one that is gone can be written again without loss
        return now is not None and now != self._known

    @property
    def has_left(self) -> bool:
        """Return whether a program that was ended by force has left work."""
        return self._keep_copies and self.left.exists()

    def recovered(self, table: Path | None = None) -> Document | None:
        """Return the work that a program left which was ended by force; None if there is none.

        Raises `GdsimError` if it cannot be read, or the table that it names by its path cannot; a `table` is read, as
        it is now, in place of that one.
        """
        if not self.has_left:
            return None
        from gdsim.storage.files import open_file

        # it is this window's own: no file from elsewhere that names a table
        return open_file(self.left, table, trusted=lambda path: True)

    def put_left_aside(self) -> Path:
        """Put left work that cannot be read aside: it is not offered again, but kept; return where."""
        aside = self.left.with_suffix(".damaged")
        with contextlib.suppress(OSError):
            self.left.replace(aside)
        return aside

    def recover(self, document: Document) -> None:
        """Go on with what was left; it counts as unsaved."""
        self.path, self.title, self.note = None, document.title, document.note
        self._saved = self._example = None
        self._described = document.experiment
        self.store.replace(document.experiment, self.tr("restored"))
        # what was left goes only when there is another copy of it
        if self.keep_copy():
            self.forget_left()
        self.changed.emit()

    def play(self) -> None:
        """Take the experiment for an example, which nobody needs to save."""
        self._example = self.store.experiment

    def forget_left(self) -> None:
        """Delete the work that was left by a program that was ended by force."""
        if self._keep_copies:
            _remove(self.left)

    def forget_copy(self) -> None:
        """Forget what would be recovered of this window."""
        self._timer.stop()
        if self._keep_copies:
            _remove(self.copy)

    def close(self, keep: bool = False) -> None:
        """The window is closed: there is nothing to recover, unless what is unsaved is to be kept."""
        if keep and not self.is_saved and self._keep_copies:
            self._timer.stop()
            self.keep_copy()
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

    def keep_copy(self) -> bool:
        """Keep a copy of what is unsaved, for nobody else to read; whether that could be done."""
        from gdsim.storage.files import save

        try:
            save(self.store.experiment, self.copy, self.title, self.note, private=True)
        except GdsimError as error:
            if not self._told:
                self.not_kept.emit(error)
            self._told = True
            return False
        self._told = False
        return True


def is_of_same(one: Experiment, other: Experiment) -> bool:
    """Return whether two experiments are about the same thing, whatever was turned, dragged or switched on."""
    return _subject(one) == _subject(other)


def _subject(experiment: Experiment) -> tuple[object, ...]:
    data = experiment.data
    return experiment.function, experiment.options.get(DIMENSION), "" if data is None else data.path


def _claim() -> tuple[QLockFile, Path, Path]:
    """A place for the copy that no other window uses, and one for what was left there by a window that is dead.

    What was left has a name of its own: it is not to be overwritten before a person has seen it.
    """
    folder = state_folder()
    with contextlib.suppress(OSError):  # then a copy cannot be kept, which is told when there is one
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # one of an earlier gdsim, which was open to all
    for number in range(_MOST_WINDOWS):
        lock = QLockFile(str(folder / f"window-{number}.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            break
    copy, left = folder / f"window-{number}.json", folder / f"left-{number}.json"
    if lock.isLocked():
        orphans = [copy, *(path for path in folder.glob("window-*.json") if _is_orphan(path, copy))]
        # what was left before and not yet answered is offered first, the rest at later starts
        waiting = sorted(folder.glob(f"left-{number}-*.json"))
        for found in [*waiting, *orphans]:
            with contextlib.suppress(OSError):
                found.replace(_free(left) if found in orphans else left if not left.exists() else found)
    return lock, copy, left


def _free(left: Path) -> Path:
    """A place for what was left that is taken by nothing else that was."""
    others = (left.with_name(f"{left.stem}-{number:03}.json") for number in count(2))
    return left if not left.exists() else next(path for path in others if not path.exists())


def _is_orphan(path: Path, mine: Path) -> bool:
    """Return whether a copy belongs to no window that lives."""
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    if path == mine or not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _about(path: Path) -> tuple[int, ...] | None:
    """Return marks of a file that change when somebody writes to it; None if there is no file."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
