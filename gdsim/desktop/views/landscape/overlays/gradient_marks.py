"""The gradient at the chosen run, its components, and a direction to compare it with."""

from __future__ import annotations

from functools import partial

import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.overlays.gradient_drawing import Pencil, draw_components, draw_direction
from gdsim.desktop.views.landscape.overlays.gradient_figure import LOOKS, Figure, figure_at, largest_gradient
from gdsim.objectives import Objective
from gdsim.simulation.trajectories import Trajectories


class GradientMarks(PixelItem):
    """Arrows and labels at the head of one run; draws nothing unless `Marks` ask for something."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(25)
        self._most: float | None = None
        #: Works out what takes long; without, it is done while painting.
        self.queue: RequestQueue | None = None
        self._asked: tuple[object, ...] = ()
        self._found: Figure | None = None
        self.setVisible(False)

    def show_scene(self, scene: Scene) -> None:
        """Draw anew where anything that is drawn here has changed."""
        before, self.shown = self.shown, scene
        # how long an arrow is depends on the largest gradient of the run, which is found once a run
        if scene.changed(before, "paths", "selection"):
            self._most, self._asked = None, ()
        if scene.changed(before, "marks"):
            self.setVisible(scene.marks.components or scene.marks.angle is not None)
        if scene.changed(before, "step", "paths", "selection", "marks", "batch", "theme"):
            self.update()

    def figure(self) -> Figure | None:
        """Return what is drawn now."""
        scene, race = self.shown, None if self.shown is None else self.shown.paths
        if scene is None or race is None:
            return None
        keys, (key, run) = list(race.ids), scene.selection
        place = (keys.index(key), run) if key in keys and run < race.runs else None
        step, objective = scene.marks.step(scene.step), None if scene.batch is None else scene.batch.objective
        work = partial(_worked_out, race, place, step, self._most, objective)
        looks = 1 if self._most is not None else LOOKS
        if self.queue is None or work_of(objective or race.objective) * looks <= MOST_WORK:
            self._most, self._found = work()
            return self._found
        wanted = (race, place, step, objective)
        if wanted != self._asked:
            if self._asked[:1] != wanted[:1]:
                self._found = None
            self._asked = wanted
            self.queue.ask(work, partial(self._take, wanted))
        return self._found  # at the step before, for a moment

    def _take(self, wanted: tuple[object, ...], found: tuple[float, Figure | None] | None, _: object) -> None:
        if wanted == self._asked and found is not None:
            self._most, self._found = found
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the figure of now."""
        figure = self.figure()
        if figure is not None:
            self.draw_figure(painter, mapping, figure)

    def draw_figure(self, painter: QPainter, mapping: Mapping, figure: Figure) -> None:
        """Draw the components, the gradient, the direction with the level line at a head."""
        scene = self.shown
        if scene is None:
            return
        head = QPointF(mapping.x(figure.point[:1])[0], mapping.y(figure.point[1:])[0])
        if not mapping.inside.contains(head):
            return
        painter.setFont(pg.QtWidgets.QApplication.font())
        pencil = Pencil(painter, scene.theme, mapping.inside)
        if scene.marks.angle is not None:
            draw_direction(pencil, head, figure, scene.marks.angle, mapping)
        if scene.marks.components:
            draw_components(pencil, head, figure, mapping, scene.paths is not None and scene.paths.ascent)


def _worked_out(
    race: Trajectories, place: tuple[int, int] | None, step: int, most: float | None, objective: Objective | None
) -> tuple[float, Figure | None]:
    """Work out the largest gradient of a run, if it is not known yet, and what is drawn at a step."""
    most = largest_gradient(race, place) if most is None else most
    return most, figure_at(race, place, step, most, objective)
