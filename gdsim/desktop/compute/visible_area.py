"""What is worked out for the part of the landscape that is seen: its surface, and the arrows on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.state.store import Store
from gdsim.desktop.state.surface_choice import SurfaceChoice
from gdsim.desktop.window.centre import Stage
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View

if TYPE_CHECKING:
    from gdsim.simulation.sampling.gradient_field import Arrows


class VisibleArea(QObject):
    """Asks for what the stage is to show of the plane, and shows it when it comes."""

    def __init__(
        self,
        store: Store,
        stage: Stage,
        overlays: Overlays,
        slicing: PlaneState,
        surface_choice: SurfaceChoice,
        surfaces: Surfaces,
        requests: Requests,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._stage, self._overlays, self._slicing = store, stage, overlays, slicing
        self._surface_choice, self._surfaces, self._requests = surface_choice, surfaces, requests
        self._marks = overlays.marks
        self._over = False

    def connect_all(self) -> None:
        """Be told of all that changes what is seen."""
        self._surfaces.came.connect(self._sampled)
        self._stage.view_changed.connect(self._see)
        self._slicing.changed.connect(self._show_slice)
        self._surface_choice.changed.connect(self._show_surface)
        self._overlays.marks_changed.connect(self._show_marks)

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
        view, batch = self._overlays.view, self._surface_choice.batch
        if view is None:
            return
        objective = self._seen_objective() if batch is None else batch.objective
        if self._overlays.marks.arrows and objective is not None and objective.dimension == 2:
            from gdsim.simulation.sampling.gradient_field import sample_arrows

            spacing = self._stage.arrow_spacing()
            self._requests.send("arrows", lambda: sample_arrows(objective, view, spacing), self._arrows_sampled)
        else:
            self._requests.forget("arrows")

    def _see(self, view: View) -> None:
        self._overlays.set_view(view)
        objective = self._seen_objective()
        if objective is not None:
            self._surfaces.ask(objective, view)
            self.ask_arrows()

    def _seen_objective(self) -> Objective | None:
        """What the landscape is of: the function, or a slice of it; None if that is not known yet."""
        objective = self._store.experiment.objective
        if objective.dimension <= 2:
            return objective
        return None if self._slicing.seen is None else self._slicing.seen.objective

    def _sampled(self, surface: Surface | Curve) -> None:
        seen = self._slicing.seen
        self._surface_choice.set_whole(surface, None if seen is None else seen.plane)

    def _arrows_sampled(self, arrows: Arrows | None, _: GdsimError | None) -> None:
        if arrows is not None:
            self._stage.set_arrows(arrows)

    def _show_surface(self) -> None:
        if self._surface_choice.surface is None:
            return
        another = self._stage.batch is not self._surface_choice.batch
        self._stage.set_surface(self._surface_choice.surface, self._surface_choice.batch)
        if another:
            self.ask_arrows()

    def _show_slice(self) -> None:
        if self._over:
            return
        landscape = self._stage.landscape
        before = landscape.objective
        if self._stage.show_slice():
            self._surface_choice.forget_whole()
        if landscape.objective is not before:
            self.sample()

    def _show_marks(self) -> None:
        before, self._marks = self._marks, self._overlays.marks
        self._stage.set_marks(self._marks)
        if self._marks.arrows and not before.arrows:
            self.ask_arrows()
