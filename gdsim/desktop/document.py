"""The file behind the window: its path, whether it is saved, and a copy in case of a crash."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from gdsim.desktop.settings import state_folder
from gdsim.desktop.store import Store
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.storage.files import Document

#: A copy is kept this long after the last change, in milliseconds.
_PAUSE = 1500
_MOST_WINDOWS = 50


class DocumentFile(QObject):
    """Knows the path and what was saved there.

    `open` and `save` raise `GdsimError` with a sentence and change nothing when they cannot do their work.
    """

    changed = Signal()

    def __init__(self, store: Store, keep_copies: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_copies = keep_copies
        self._store = store
        self._saved = store.experiment
        self.path: Path | None = None
        self.title = ""
        self.note = ""
        self._lock: QLockFile | None = None
        self._copy = Path()
        if keep_copies:
            self._lock, self._copy = _claim()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._keep_copy)
        store.changed.connect(self._experiment_changed)

    @property
    def is_saved(self) -> bool:
        """Whether nothing would be lost now."""
        return self._store.experiment == self._saved

    @property
    def experiment(self) -> Experiment:
        """What would be saved."""
        return self._store.experiment

    @property
    def name(self) -> str:
        """What to call it in the title of the window."""
        return self.path.name if self.path is not None else self.title

    def start(self, document: Document, path: Path | None = None) -> None:
        """Make another document the current one."""
        self.path, self.title, self.note = path, document.title, document.note
        self._saved = document.experiment
        self._store.start_over(document.experiment)
        self.forget_copy()
        self.changed.emit()

    def open(self, path: Path) -> None:
        """Open a file."""
        # files are imported at first use: most starts need none
        from gdsim.storage.files import open_file

        document = open_file(path)
        if document.repeated:
            names = ", ".join(document.repeated)
            raise GdsimError(
                "{path} lists {names} more than once; a window shows every optimizer once", path=path, names=names
            )
        self.start(document, path)

    def save(self, path: Path) -> None:
        """Save to a file, which becomes the current one."""
        from gdsim.storage.files import save

        save(self._store.experiment, path, self.title, self.note)
        self.path = path
        self._saved = self._store.experiment
        self.forget_copy()
        self.changed.emit()

    # --- the copy

    def recovered(self) -> Document | None:
        """What was left by a program that was ended by force; None if nothing was."""
        if not self._keep_copies or not self._copy.exists():
            return None
        from gdsim.storage.files import open_file

        try:
            return open_file(self._copy)
        except GdsimError:
            self.forget_copy()
            return None

    def recover(self, document: Document) -> None:
        """Go on with what was left; it counts as unsaved."""
        self.path, self.title, self.note = None, document.title, document.note
        self._store.replace(document.experiment, self.tr("restored"))
        self.changed.emit()

    def forget_copy(self) -> None:
        """Nothing needs to be recovered."""
        self._timer.stop()
        if not self._keep_copies:
            return
        with contextlib.suppress(OSError):
            self._copy.unlink(missing_ok=True)

    def close(self) -> None:
        """The window is closed in good order: there is nothing to recover."""
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


def _claim() -> tuple[QLockFile, Path]:
    """A place for the copy that no other window uses; a copy that is there was left by one that is dead."""
    folder = state_folder()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    for number in range(_MOST_WINDOWS):
        lock = QLockFile(str(folder / f"window-{number}.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            break
    return lock, folder / f"window-{number}.json"
