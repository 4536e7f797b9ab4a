"""Arrows and marks of the gradient on a landscape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gdsim.desktop.compute.request_queue import RequestQueue
from gdsim.desktop.state.scene import Scene

if TYPE_CHECKING:
    from gdsim.desktop.views.landscape.overlays.arrows import ArrowsLayer
    from gdsim.desktop.views.landscape.overlays.gradient_marks import GradientMarks
    from gdsim.desktop.views.landscape.overlays.step_marks import StepMarks


class GradientOverlay:
    """Arrows all over the plane and marks at the chosen run; both are made when they are asked for.

    Parameters
    ----------
    add
        Puts an item on the landscape.
    """

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, add: Callable[[Any], None]) -> None:
        self._add = add
        self._arrows: ArrowsLayer | None = None
        self._marks: GradientMarks | None = None
        self._steps: StepMarks | None = None
        #: Works out what takes long at the chosen run.
        self.queue: RequestQueue | None = None

    @property
    def arrows(self) -> ArrowsLayer:
        """The layer of the arrows."""
        if self._arrows is None:
            from gdsim.desktop.views.landscape.overlays.arrows import ArrowsLayer

            self._arrows = ArrowsLayer()
            self._join(self._arrows)
        return self._arrows

    @property
    def marks(self) -> GradientMarks:
        """The item with what is drawn at the chosen run."""
        if self._marks is None:
            from gdsim.desktop.views.landscape.overlays.gradient_marks import GradientMarks

            self._marks = GradientMarks()
            self._marks.queue = self.queue
            self._join(self._marks)
        return self._marks

    @property
    def steps(self) -> StepMarks:
        """The item with the terms of the chosen run's step."""
        if self._steps is None:
            from gdsim.desktop.views.landscape.overlays.step_marks import StepMarks

            self._steps = StepMarks()
            self._join(self._steps)
        return self._steps

    def _join(self, item: ArrowsLayer | GradientMarks | StepMarks) -> None:
        if self.shown is not None:
            item.show_scene(self.shown)
        self._add(item)

    @property
    def has_arrows(self) -> bool:
        """Tell whether arrows are seen."""
        return self._arrows is not None and self._arrows.isVisible()

    @property
    def spacing(self) -> float:
        """Pixels from one arrow to the next."""
        from gdsim.desktop.views.landscape.overlays.arrows import SPACING

        return SPACING * (1.0 if self.shown is None else self.shown.theme.scale)

    def show_scene(self, scene: Scene) -> None:
        """Show what is wanted of the gradient, made now if it is wanted for the first time."""
        self.shown = scene
        if self._arrows is not None:
            self._arrows.show_scene(scene)
        elif scene.arrows is not None and scene.marks.arrows:
            _ = self.arrows
        if self._marks is not None:
            self._marks.show_scene(scene)
        elif scene.marks.components or scene.marks.angle is not None:
            _ = self.marks
        if self._steps is not None:
            self._steps.show_scene(scene)
        elif scene.marks.terms is not None:
            _ = self.steps
