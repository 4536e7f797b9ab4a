"""Scenes for parts of the window that take them part by part still."""

from __future__ import annotations

from gdsim.desktop.session import Session
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.loss.view import LossView
from gdsim.desktop.views.runs.view import RunsView
from gdsim.desktop.window.centre import Stage


class PartScenes:
    """Tells the middle of the window and the table what has changed in a scene."""

    def __init__(self, session: Session, stage: Stage, loss: LossView, runs: RunsView) -> None:
        self._stage, self._runs = stage, runs
        self._veils = (Veil(loss), Veil(runs))
        self._shown: Scene | None = None
        session.store.drag.begun.connect(lambda: stage.hold(session.overlays.marks.held or 0))
        session.store.drag.ended.connect(stage.let_go)

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed."""
        before, self._shown = self._shown, scene
        stage = self._stage
        if scene.changed(before, "experiment"):
            stage.set_experiment(scene.experiment)
        if scene.changed(before, "plane") and scene.plane is not None:
            stage.show_slice()
        if scene.changed(before, "surface", "batch") and scene.surface is not None:
            stage.set_surface(scene.surface, scene.batch)
        if scene.changed(before, "marks"):
            stage.set_marks(scene.marks)
        if before is not None and scene.changed(before, "arrows") and scene.arrows is not None:
            stage.set_arrows(scene.arrows)
        if before is not None and scene.changed(before, "stale"):
            stage.set_stale(scene.stale)
            self._runs.set_stale(scene.stale)
            for veil in self._veils:
                veil.draw(scene.stale)
        stage.show_scene(scene)
