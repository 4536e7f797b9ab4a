"""The point that views look at closely: where the selected run is at the step that is shown."""

from __future__ import annotations

from typing import NamedTuple

from gdsim.desktop.state.scene import Scene
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories


class RunPoint(NamedTuple):
    """A run of a race, at a step."""

    race: Trajectories
    optimizer: int
    run: int
    step: int

    @property
    def key(self) -> str:
        """The id of its optimizer."""
        return self.race.ids[self.optimizer]

    @property
    def point(self) -> Array:
        """The position, ``(d,)``."""
        point: Array = self.race.positions[self.step, self.optimizer, :, self.run]
        return point


def shown_point(scene: Scene | None) -> RunPoint | None:
    """Return the selected run of a scene at the step of the heads; None where no optimizer takes part."""
    return None if scene is None else _point_at(scene, scene.step)


def held_point(scene: Scene | None) -> RunPoint | None:
    """Return the same at the step that is looked at while something is dragged and whole paths are shown."""
    return None if scene is None else _point_at(scene, scene.marks.step(scene.step))


def _point_at(scene: Scene, step: int) -> RunPoint | None:
    race, (key, run) = scene.race, scene.selection
    # the selection may still be that of the race before
    if race is None or key not in race.ids or run >= race.runs:
        return None
    return RunPoint(race, race.ids.index(key), run, min(step, race.steps))
