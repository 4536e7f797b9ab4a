"""What is drawn of the gradient on a landscape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gdsim.desktop.compute.request_queue import RequestQueue
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.overlays import Marks
from gdsim.objectives import Objective
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.landscape.arrows import ArrowsLayer
    from gdsim.desktop.views.landscape.gradient_marks import GradientMarks
    from gdsim.simulation.sampling.gradient_field import Arrows


class GradientOverlay:
    """Arrows all over the plane and marks at the chosen run; both are made when they are asked for.

    Parameters
    ----------
    add
        Puts an item on the landscape.
    """

    def __init__(self, theme: Theme, add: Callable[[Any], None]) -> None:
        self._theme, self._add = theme, add
        self._arrows: ArrowsLayer | None = None
        self._marks: GradientMarks | None = None
        self._wanted = Marks()
        self._race: Trajectories | None = None
        self._read: Objective | None = None
        self._step = 0
        self._chosen = ("", 0)
        #: Works out what takes long at the chosen run.
        self.turns: RequestQueue | None = None

    @property
    def arrows(self) -> ArrowsLayer:
        """The layer of the arrows."""
        if self._arrows is None:
            from gdsim.desktop.views.landscape.arrows import ArrowsLayer

            self._arrows = ArrowsLayer(self._theme)
            self._arrows.set_alike(self._wanted.alike)
            self._arrows.set_uphill(self._race is not None and self._race.ascent)
            self._add(self._arrows)
        return self._arrows

    @property
    def marks(self) -> GradientMarks:
        """What is drawn at the chosen run."""
        if self._marks is None:
            from gdsim.desktop.views.landscape.gradient_marks import GradientMarks

            marks = self._marks = GradientMarks(self._theme)
            marks.turns = self.turns
            marks.set_race(self._race)
            marks.read_from(self._read)
            marks.set_chosen(*self._chosen)
            marks.set_step(self._step)
            marks.set_marks(self._wanted)
            self._add(marks)
        return self._marks

    @property
    def has_arrows(self) -> bool:
        """Whether arrows are seen."""
        return self._arrows is not None and self._arrows.isVisible()

    @property
    def spacing(self) -> float:
        """From one arrow to the next, in pixels."""
        from gdsim.desktop.views.landscape.arrows import SPACING

        return SPACING * self._theme.scale

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for item in (self._arrows, self._marks):
            if item is not None:
                item.set_theme(theme)

    def set_race(self, race: Trajectories | None) -> None:
        """Show another race, or none: arrows of another kind of function are gone with it."""
        self._race = race
        if race is None:
            self.set_arrows(None)
        elif self._arrows is not None:
            self._arrows.set_uphill(race.ascent)
        if self._marks is not None:
            self._marks.set_race(race)

    def read_from(self, objective: Objective | None) -> None:
        """The surface is that of something else than the function; None: it is not."""
        self._read = objective
        if self._marks is not None:
            self._marks.read_from(objective)

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        if self._marks is not None:
            self._marks.set_step(step)

    def set_chosen(self, key: str, run: int) -> None:
        """Show another run."""
        self._chosen = (key, run)
        if self._marks is not None:
            self._marks.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """Draw something more, or something no more."""
        self._wanted = marks
        if self._arrows is not None:
            self._arrows.set_alike(marks.alike)
        if not marks.arrows:
            self.set_arrows(None)
        if marks.components or marks.angle is not None or self._marks is not None:
            self.marks.set_marks(marks)

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Show the arrows that were asked for, or none."""
        if arrows is not None or self._arrows is not None:
            self.arrows.set_arrows(arrows)
