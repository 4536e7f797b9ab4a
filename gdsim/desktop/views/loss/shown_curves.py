"""The content of the loss view, resolved once: its parts draw this and compare it with the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import bold_runs
from gdsim.desktop.views.loss.curves import Curves
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True, eq=False)
class ShownCurves:
    """Curves of a race, and how they are drawn.

    Attributes
    ----------
    scene
        Where the curves are shown: its theme, step, selection and hidden optimizers.
    race
        The race whose curves they are.
    curves
        The heights along the axis.
    bold
        ``(optimizers,)``: the run of each that is bold.
    batches
        Losses of batches, shown in place of the restarts: where along the axis ``(k,)``, how high ``(k, optimizers)``,
        none of them before they are known. None where restarts are shown.
    """

    scene: Scene
    race: Trajectories
    curves: Curves
    bold: Sequence[int]
    batches: tuple[Array, Array] | None = None

    @property
    def theme(self) -> Theme:
        """Colours and sizes."""
        return self.scene.theme

    @property
    def step(self) -> int:
        """The step up to which curves are bright."""
        return self.scene.step

    @property
    def selected(self) -> str:
        """The optimizer that is looked at closely."""
        return self.scene.selection[0]

    @property
    def seen(self) -> list[int]:
        """The optimizers that are not hidden, by place."""
        return [o for o, key in enumerate(self.race.ids) if key not in self.scene.hidden]

    @property
    def hidden(self) -> list[int]:
        """The optimizers that are hidden, by place."""
        return [o for o, key in enumerate(self.race.ids) if key in self.scene.hidden]

    @property
    def marks_best(self) -> bool:
        """Tell whether a ring marks the best restart of an optimizer whose bold run is another."""
        return self.batches is None and self.curves.best.tolist() != list(self.bold)

    def differs(self, before: ShownCurves | None) -> bool:
        """Tell whether curves look otherwise than before, apart from how far they are bright."""
        if before is None or self.scene.changed(before.scene, "theme", "hidden"):
            return True
        if self.curves is not before.curves or self.batches is not before.batches or self.bold != before.bold:
            return True
        # only curves of batches stand out by the optimizer, not by its run
        return self.batches is not None and self.selected != before.selected


def bold_of(scene: Scene, race: Trajectories, curves: Curves) -> list[int]:
    """Return the run of each optimizer that is bold: the one that is selected, of others that from the start."""
    return bold_runs(race.ids, curves.heights.shape[2], scene.selection)
