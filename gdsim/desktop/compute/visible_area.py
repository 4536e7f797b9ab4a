"""What is worked out for the part of the landscape that is seen: its surface, and the arrows on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gdsim.desktop.compute.requests import Errands
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.desktop.state.overlays import Sight
from gdsim.desktop.state.plane import Slicing
from gdsim.desktop.state.store import Store
from gdsim.desktop.state.surface_choice import BatchGround
from gdsim.desktop.window.centre import Stage
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View

if TYPE_CHECKING:
    from gdsim.simulation.sampling.gradient_field import Arrows


class Looking(QObject):
    """Asks for what the stage is to show of the plane, and shows it when it comes."""

    def __init__(
        self,
        store: Store,
        stage: Stage,
        sight: Sight,
        slicing: Slicing,
        batch_ground: BatchGround,
        surfaces: Surfaces,
        errands: Errands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._stage, self._sight, self._slicing = store, stage, sight, slicing
        self._batch_ground, self._surfaces, self._errands = batch_ground, surfaces, errands
        self._marks = sight.marks
        self._over = False

    def connect_all(self) -> None:
        """Be told of all that changes what is seen."""
        self._surfaces.came.connect(self._sampled)
        self._stage.view_changed.connect(self._see)
        self._slicing.changed.connect(self._show_slice)
        self._batch_ground.changed.connect(self._show_surface)
        self._sight.marks_changed.connect(self._show_marks)

    def stop(self) -> None:
        """Show no other slice."""
        self._over = True

    def sample(self) -> None:
        """Have the surface of what is seen worked out."""
        view = self._stage.view()
        if view is not None:
            self._see(view)

    def ask_arrows(self) -> None:
        """Have the arrows worked out that are to be seen, if any are."""
        view, batch = self._sight.view, self._batch_ground.batch
        if view is None:
            return
        objective = self._in_sight() if batch is None else batch.objective
        if self._sight.marks.arrows and objective is not None and objective.dimension == 2:
            from gdsim.simulation.sampling.gradient_field import sample_arrows

            spacing = self._stage.arrow_spacing()
            self._errands.send("arrows", lambda: sample_arrows(objective, view, spacing), self._arrows_sampled)
        else:
            self._errands.forget("arrows")

    def _see(self, view: View) -> None:
        self._sight.set_view(view)
        objective = self._in_sight()
        if objective is not None:
            self._surfaces.ask(objective, view)
            self.ask_arrows()

    def _in_sight(self) -> Objective | None:
        """What the landscape is of: the function, or a slice of it; None if that is not known yet."""
        objective = self._store.experiment.objective
        if objective.dimension <= 2:
            return objective
        return None if self._slicing.seen is None else self._slicing.seen.objective

    def _sampled(self, surface: Surface | Curve) -> None:
        seen = self._slicing.seen
        self._batch_ground.set_whole(surface, None if seen is None else seen.plane)

    def _arrows_sampled(self, arrows: Arrows | None, _: GdsimError | None) -> None:
        if arrows is not None:
            self._stage.set_arrows(arrows)

    def _show_surface(self) -> None:
        if self._batch_ground.surface is None:
            return
        another = self._stage.batch is not self._batch_ground.batch
        self._stage.set_surface(self._batch_ground.surface, self._batch_ground.batch)
        if another:
            self.ask_arrows()

    def _show_slice(self) -> None:
        if self._over:
            return
        landscape = self._stage.landscape
        before = landscape.objective
        if self._stage.show_slice():
            self._batch_ground.forget_whole()
        if landscape.objective is not before:
            self.sample()

    def _show_marks(self) -> None:
        before, self._marks = self._marks, self._sight.marks
        self._stage.set_marks(self._marks)
        if self._marks.arrows and not before.arrows:
            self.ask_arrows()
