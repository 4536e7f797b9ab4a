"""The scene: all that is on screen, resolved once into a frozen value that views compare with the last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gdsim.desktop.state.overlays import Marks

if TYPE_CHECKING:
    from gdsim.desktop.look.style import Theme
    from gdsim.desktop.state.seen_basins import SeenBasins
    from gdsim.objectives import Objective
    from gdsim.simulation.experiment import Experiment
    from gdsim.simulation.sampling.batch_surface import BatchSurface
    from gdsim.simulation.sampling.curve import Curve
    from gdsim.simulation.sampling.gradient_field import Arrows
    from gdsim.simulation.sampling.landscape import Surface
    from gdsim.simulation.sampling.projection import Sliced
    from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything a view may show, at one moment.

    Parts that are the same object are the same thing: a view compares by identity, without looking into arrays.

    Attributes
    ----------
    experiment
        What is set now; the race may be that of the experiment before.
    theme
        Colours, fonts and pens.
    race
        The newest race there is; None before the first.
    step
        The step that is shown.
    selection
        The optimizer that is looked at closely, "" where none takes part, and which of its runs.
    hidden
        The optimizers that are left out.
    marks
        What is drawn of the gradient; `marks.held` is the step to look at while something is dragged.
    plane
        What is seen of a function of more than two parameters; None for others.
    surface
        What the landscape shows of the function, as far as it has been sampled.
    batch
        The batch whose surface that is; None if it is that of all examples.
    basins
        The basin maps that are seen; None where the landscape is.
    arrows
        The gradient all over the landscape, as far as it has been sampled.
    stale
        Whether race and surface are out of date, for longer than one would notice.
    digits
        How many significant digits numbers have.
    """

    experiment: Experiment
    theme: Theme
    race: Trajectories | None = None
    step: int = 0
    selection: tuple[str, int] = ("", 0)
    hidden: frozenset[str] = frozenset()
    marks: Marks = field(default_factory=Marks)
    plane: Sliced | None = None
    surface: Surface | Curve | None = None
    batch: BatchSurface | None = None
    arrows: Arrows | None = None
    basins: SeenBasins | None = None
    stale: bool = False
    digits: int = 4

    # every part of the window asks for these two several times a frame
    @cached_property
    def objective(self) -> Objective | None:
        """The function that the landscape shows, or its slice; None while the plane of a slice is not known."""
        if self.experiment.objective.dimension <= 2:
            return self.experiment.objective
        return None if self.plane is None else self.plane.objective

    @cached_property
    def paths(self) -> Trajectories | None:
        """The race as it is drawn on the landscape; None while there is none of a function of so many variables."""
        race = self.race
        if self.experiment.objective.dimension > 2:
            return None if self.plane is None else self.plane.race
        return race if race is not None and race.objective.dimension == self.experiment.objective.dimension else None

    @property
    def start(self) -> tuple[float, ...]:
        """The place of the start on the landscape."""
        start = self.experiment.start or self.experiment.objective.start
        return start if self.plane is None else self.plane.place(start)

    def with_(self, **parts: Any) -> Scene:
        """Return the scene with some parts exchanged; itself where none is another."""
        for part, value in parts.items():
            if _differ(getattr(self, part), value):
                return replace(self, **parts)
        return self

    def changed(self, before: Scene | None, *parts: str) -> bool:
        """Tell whether any of the parts named is another than in the scene shown before, or none was shown."""
        if before is None:
            return True
        for part in parts:
            one, other = getattr(self, part), getattr(before, part)
            # `_differ`, written out: every part of the window asks this with every frame, and mostly they are the same
            if one is not other and (not isinstance(one, _PLAIN) or one != other):
                return True
        return False


#: Parts that are compared by value: small, and made anew with every change.
_PLAIN = (int, tuple, frozenset, Marks)


def _differ(one: object, other: object) -> bool:
    return one is not other and (not isinstance(one, _PLAIN) or one != other)
