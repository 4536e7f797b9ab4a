"""What is worked out for the part of the landscape that is seen: its surface, and the arrows on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.store import Store
from gdsim.desktop.state.surface_choice import SurfaceChoice
from gdsim.desktop.window.centre import Centre
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View

if TYPE_CHECKING:
    from gdsim.simulation.sampling.gradient_field import Arrows


class VisibleArea(QObject):
    """Asks for what the landscape is to show of the plane, and shows it when it comes.

    Attributes
    ----------
    scene
        Gives the scene that is shown now.
    show_parts
        Shows it with some parts exchanged.
    """

    scene: Callable[[], Scene]
    show_parts: Callable[..., None]

    def __init__(
        self,
        store: Store,
        centre: Centre,
        overlays: Overlays,
        slicing: PlaneState,
        surface_choice: SurfaceChoice,
        surfaces: Surfaces,
        requests: Requests,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._centre, self._overlays, self._slicing = store, centre, overlays, slicing
        self._surface_choice, self._surfaces, self._requests = surface_choice, surfaces, requests
        self._over = False

    def connect_all(self) -> None:
        """Be told of all that changes what is seen."""
        self._surfaces.came.connect(self._sampled)
        self._centre.view_changed.connect(self._see)
        self._slicing.changed.connect(self._show_slice)
        self._surface_choice.changed.connect(self._show_surface)
        self._overlays.marks_changed.connect(self._show_marks)

    def stop(self) -> None:
        """Show no other slice."""
        self._over = True

    def sample(self) -> None:
        """Have the surface of what is seen worked out."""
        view = self._centre.view()
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

            spacing = self._centre.arrow_spacing()
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
            self.show_parts(arrows=arrows if self._overlays.marks.arrows else None)

    def _show_surface(self) -> None:
        if self._surface_choice.surface is None:
            return
        another = self.scene().batch is not self._surface_choice.batch
        self.show_parts(surface=self._surface_choice.surface, batch=self._surface_choice.batch)
        if another:
            self.ask_arrows()

    def _show_slice(self) -> None:
        before, seen = self.scene().plane, self._slicing.seen
        if self._over or seen is None:
            return
        from gdsim.simulation.sampling.projection import is_elsewhere

        if before is None or is_elsewhere(before, seen):
            # the surface that is there belongs to another plane: paths on it would lie
            self.show_parts(plane=seen, surface=None, batch=None, arrows=None)
            self._surface_choice.forget_whole()
        else:
            self.show_parts(plane=seen)
        if before is None or before.objective is not seen.objective:
            self.sample()

    def _show_marks(self) -> None:
        before, marks = self.scene().marks, self._overlays.marks
        self.show_parts(marks=marks, arrows=self.scene().arrows if marks.arrows else None)
        if marks.arrows and not before.arrows:
            self.ask_arrows()
