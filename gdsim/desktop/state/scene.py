"""What is on screen, resolved once: a frozen value that every view shows and compares with the last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gdsim.desktop.state.overlays import Marks

if TYPE_CHECKING:
    from gdsim.desktop.look.style import Theme
    from gdsim.simulation.experiment import Experiment
    from gdsim.simulation.sampling.batch_surface import BatchSurface
    from gdsim.simulation.sampling.curve import Curve
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
    stale
        Whether race and surface are out of date, for longer than one would notice.
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
    stale: bool = False

    def with_(self, **parts: Any) -> Scene:
        """Return the scene with some parts exchanged; itself where none is another."""
        return replace(self, **parts) if any(_differ(getattr(self, k), v) for k, v in parts.items()) else self

    def changed(self, before: Scene | None, *parts: str) -> bool:
        """Tell whether any of the parts named is another than in the scene shown before, or none was shown."""
        return before is None or any(_differ(getattr(self, part), getattr(before, part)) for part in parts)


#: Parts that are compared by value: small, and made anew with every change.
_PLAIN = (int, tuple, frozenset, Marks)


def _differ(one: object, other: object) -> bool:
    if isinstance(one, _PLAIN):
        return one != other
    return one is not other
