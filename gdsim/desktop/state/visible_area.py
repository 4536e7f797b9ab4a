"""The part of the landscape that is seen, and what is worked out for it: surface, plane and arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View

if TYPE_CHECKING:
    from gdsim.desktop.session import Session
    from gdsim.simulation.sampling.gradient_field import Arrows


class Viewport(Protocol):
    """Something a landscape is looked at through."""

    def view(self) -> View | None:
        """Return the part of the plane that is in view; None if nothing is."""

    def arrow_spacing(self) -> tuple[float, float]:
        """Return the distance from one arrow to the next, along x and along y."""

    def pixels(self) -> int:
        """Return how many pixels the longer side of a landscape has."""


class VisibleArea(QObject):
    """Asks for what a viewport is to show, and puts it into the scene when it comes.

    Attributes
    ----------
    surfaces
        Tells of each surface as it comes.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._viewport: Viewport | None = None
        self._begun = False
        self.surfaces = Surfaces(session.worker, lambda: session.store.drag.coarse, self)
        self.surfaces.came.connect(self._sampled)
        session.plane.changed.connect(self._show_plane)
        session.surface_choice.changed.connect(self._show_surface)
        session.overlays.marks_changed.connect(self._show_marks)

    def look_through(self, viewport: Viewport) -> None:
        """Work things out for a viewport, from now on."""
        self._viewport = viewport

    @property
    def pixels(self) -> int:
        """The number of pixels of the longer side of a landscape."""
        return 1 if self._viewport is None else self._viewport.pixels()

    def begin(self) -> None:
        """Work things out from now on: the viewport has its size.

        As a window opens it is resized several times, and only one surface is ever looked at.
        """
        if not self._begun and not self._session.is_over:
            self._begun = True
            self.sample(at_once=True)

    def sample(self, at_once: bool = False) -> None:
        """Have the surface of what is seen worked out, coarsely `at_once` if that is little work."""
        view = self._viewport.view() if self._viewport is not None else None
        if view is not None:
            self.see(view, at_once)

    def refine(self) -> None:
        """Have finely what followed a hand coarsely."""
        # of many parameters another plane is seen now, which asks for itself
        if self.surfaces.coarse and self._session.store.experiment.objective.dimension <= 2:
            self.sample()

    def see(self, view: View, at_once: bool = False) -> None:
        """Have the surface and the arrows of another part worked out."""
        self._session.overlays.set_view(view)
        objective = self._objective
        if objective is not None and self._begun:
            self.surfaces.ask(objective, view, at_once)
            self.ask_arrows()

    def ask_arrows(self) -> None:
        """Have the arrows worked out that are to be seen, if any are."""
        session, view = self._session, self._session.overlays.view
        if view is None or self._viewport is None:
            return
        batch = session.surface_choice.batch
        objective = self._objective if batch is None else batch.objective
        if session.overlays.marks.arrows and objective is not None and objective.dimension == 2:
            from gdsim.simulation.sampling.gradient_field import sample_arrows

            spacing = self._viewport.arrow_spacing()
            session.requests.send("arrows", lambda: sample_arrows(objective, view, spacing), self._arrows_sampled)
        else:
            session.requests.forget("arrows")

    @property
    def _objective(self) -> Objective | None:
        """The function the landscape is of, or a slice of it; None if that is not known yet."""
        objective, seen = self._session.store.experiment.objective, self._session.plane.seen
        if objective.dimension <= 2:
            return objective
        return None if seen is None else seen.objective

    def _sampled(self, surface: Surface | Curve) -> None:
        seen = self._session.plane.seen
        self._session.surface_choice.set_whole(surface, None if seen is None else seen.plane)

    def _arrows_sampled(self, arrows: Arrows | None, _: GdsimError | None) -> None:
        if arrows is not None:
            self._session.show(arrows=arrows if self._session.overlays.marks.arrows else None)

    def _show_surface(self) -> None:
        choice, before = self._session.surface_choice, self._session.scene.batch
        if choice.surface is None:
            return
        self._session.show(surface=choice.surface, batch=choice.batch)
        if choice.batch is not before:
            self.ask_arrows()

    def _show_plane(self) -> None:
        seen, before = self._session.plane.seen, self._session.scene.plane
        if seen is None or self._session.is_over:
            return
        from gdsim.simulation.sampling.projection import is_elsewhere

        if before is None or is_elsewhere(before, seen):
            # the surface that is there belongs to another plane: paths on it would lie
            self._session.show(plane=seen, surface=None, batch=None, arrows=None)
            self._session.surface_choice.forget_whole()
        else:
            self._session.show(plane=seen)
        if before is None or before.objective is not seen.objective:
            self.sample()

    def _show_marks(self) -> None:
        scene, marks = self._session.scene, self._session.overlays.marks
        self._session.show(marks=marks, arrows=scene.arrows if marks.arrows else None)
        if marks.arrows and not scene.marks.arrows:
            self.ask_arrows()
