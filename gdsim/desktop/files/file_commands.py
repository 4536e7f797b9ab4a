"""Commands about files: open, save, tables of data, exports, and what a crash has left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow

from gdsim.desktop.files.export_menu import ExportMenu
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.files.open_data import OpenData
from gdsim.desktop.files.recovery import offer_recovery
from gdsim.desktop.session import Session
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.views.status import StatusStrip


class FileCommands:
    """The document of a window, and all that asks for files.

    Attributes
    ----------
    document
        The file behind the experiment.
    menu, tables, exports
        What opens and saves it, what opens tables of data, and what takes pictures, tables and programs away.
    """

    def __init__(self, session: Session, settings: Settings, window: QMainWindow) -> None:
        self._session, self._settings, self._window = session, settings, window
        self.document = DocumentFile(session.store, settings.lasting, window)
        self.menu = FileMenu(self.document, settings, session.requests, session.say, window)
        self.tables = OpenData(session.store, session.requests, session.changes, session.say, window)
        self.exports = ExportMenu(session, window)

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands about files do."""
        return {**self.menu.commands(), **self.tables.commands(), **self.exports.commands()}

    def connect_status(self, status: StatusStrip) -> None:
        """Show how much of a file is read, and let a person stop it."""
        status.stopped.connect(self.menu.stop_reading)
        self.menu.reading.connect(status.show_progress)
        self.menu.read.connect(status.done)

    def offer_recovery(self) -> None:
        """Offer what a program that was ended by force has left, once the window is there."""
        if self._settings.lasting:
            offer = partial(offer_recovery, self.document, self.menu, self._session.say, self._window)
            QTimer.singleShot(0, self._window, offer)
