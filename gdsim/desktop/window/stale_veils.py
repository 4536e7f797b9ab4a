"""Veils over curves and table while they are out of date."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdsim.desktop.session import Session
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.loss.view import LossView
from gdsim.desktop.views.runs.view import RunsView


class StaleVeils(QObject):
    """Draws curves and table faintly where the scene is stale."""

    def __init__(self, session: Session, loss: LossView, runs: RunsView) -> None:
        super().__init__(session)
        self._session = session
        self._veils = (Veil(loss), Veil(runs))
        self._stale = False
        session.shown.connect(self._show)

    def _show(self) -> None:
        scene = self._session.scene
        if scene.stale != self._stale:
            self._stale = scene.stale
            for veil in self._veils:
                veil.draw(scene.stale)
