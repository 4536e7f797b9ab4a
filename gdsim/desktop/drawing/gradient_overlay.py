"""What is drawn of the gradient on a landscape."""

from __future__ import annotations

from gdsim.desktop.drawing.arrows import SPACING, ArrowsLayer
from gdsim.desktop.drawing.gradient_marks import GradientMarks
from gdsim.desktop.sight import Marks
from gdsim.desktop.style import Theme
from gdsim.simulation.arrows import Arrows
from gdsim.simulation.trajectories import Trajectories


class GradientOverlay:
    """Arrows all over the plane and marks at the chosen run; both are nothing until they are asked for."""

    def __init__(self, theme: Theme) -> None:
        self.arrows = ArrowsLayer(theme)
        self.marks = GradientMarks(theme)
        self.items = (self.arrows, self.marks)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        #: From one arrow to the next, in pixels.
        self.spacing = SPACING * theme.scale
        self.arrows.set_theme(theme)
        self.marks.set_theme(theme)

    def set_race(self, race: Trajectories | None) -> None:
        """Show another race, or none: arrows of another kind of function are gone with it."""
        if race is None:
            self.arrows.set_arrows(None)
        else:
            self.arrows.set_uphill(race.ascent)
        self.marks.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        self.marks.set_step(step)

    def set_chosen(self, key: str, run: int) -> None:
        """Show another run."""
        self.marks.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """Draw something more, or something no more."""
        self.arrows.set_alike(marks.alike)
        if not marks.arrows:
            self.arrows.set_arrows(None)
        self.marks.set_marks(marks)

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Show the arrows that were asked for, or none."""
        self.arrows.set_arrows(arrows)
