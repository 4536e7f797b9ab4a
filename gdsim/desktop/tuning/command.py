"""The command that opens the dialog, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from gdsim.desktop.session import Session
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.tuning.search import TuningSearch
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment


class TuningCommand(QObject):
    """Lets a person tune the race of a session."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the command does."""
        return {"tune": self.ask}

    def ask(self) -> None:
        """Open the dialog over the window."""
        from gdsim.desktop.tuning.dialog import TuneDialog

        session = self._session
        search = TuningSearch(session.worker, session.requests, session.long_works)
        dialog = TuneDialog(session.store.experiment, search, session.scene.theme, self._window)
        search.setParent(dialog)
        dialog.taken.connect(self._take_over)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_over(self, experiment: Experiment) -> None:
        try:
            self._session.store.replace(experiment, QCoreApplication.translate("Change", "fair tuning"))
        except GdsimError as error:
            self._session.say(error_text(error))
