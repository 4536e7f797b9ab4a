"""The dock of the examples comes and goes with the models."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from gdsim.desktop.edits.model_edits import is_model
from gdsim.desktop.session import Session
from gdsim.desktop.window.lazy_dock import LazyDock


class DataDock(QObject):
    """Opens the dock when a model is chosen and closes it when a function is; a person who closed it is left alone."""

    def __init__(self, docks: list[LazyDock], session: Session) -> None:
        super().__init__(session)
        self._dock = next((dock for dock in docks if dock.name == "data_view"), None)
        self._session = session
        self._model = self._unwanted = False
        session.shown.connect(self.show_model)

    def show_model(self) -> None:
        """Show the examples of a model; before the window is seen nothing has its place, and this is called again."""
        if self._dock is None or not self._dock.window().isVisible():
            return
        before, self._model = self._model, is_model(self._session.scene.experiment)
        if self._model == before:
            return
        action = self._dock.toggleViewAction()
        if not self._model:
            # closed while there was something to see: then it is not wanted
            self._unwanted = not action.isChecked()
        if action.isChecked() != self._model and not (self._model and self._unwanted):
            action.trigger()
            self._stand_back(self._dock)

    def want(self) -> None:
        """An example was opened: one that is on data is not told without them, though a person had closed the dock."""
        self._unwanted = False
        if self._dock is not None and self._model and not self._dock.toggleViewAction().isChecked():
            self._dock.toggleViewAction().trigger()
            self._stand_back(self._dock)

    def _stand_back(self, dock: LazyDock) -> None:
        """Leave the parameters in sight where it lies in one place with them: it is there that a model is chosen."""
        window = dock.parentWidget()
        if isinstance(window, QMainWindow) and dock.isVisible():
            for other in window.tabifiedDockWidgets(dock):
                if window.dockWidgetArea(other) == Qt.DockWidgetArea.LeftDockWidgetArea and not isinstance(
                    other, LazyDock
                ):
                    other.raise_()
                    return
