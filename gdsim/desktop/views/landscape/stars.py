"""The known minima on the landscape, or the maxima where one goes uphill."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.spots import FAINT, Spots, mark_look
from gdsim.objectives import Objective


class Stars:
    """A star on each known minimum, or a triangle on each maximum.

    Attributes
    ----------
    known, beside
        Those on what is seen, and those off the plane that is seen: faint.
    """

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        self.known, self.beside = Spots(symbol="star", size=14), Spots(symbol="star", size=14)
        for spots in (self.known, self.beside):
            spots.setZValue(5)

    def show_scene(self, scene: Scene) -> None:
        """Mark what is known of the function; faint where the surface is that of a batch."""
        before, self.shown = self.shown, scene
        was_of_batch = before is not None and before.batch is not None
        if scene.changed(before, "theme") or was_of_batch != (scene.batch is not None):
            self._dress(scene)
        ascent = scene.experiment.ascent
        turned = before is None or ascent != before.experiment.ascent
        if turned:
            for spots in (self.known, self.beside):
                spots.setSymbol("t1" if ascent else "star")
        if scene.objective is not None and (turned or scene.changed(before, "objective")):
            self._place(scene.objective, ascent)

    def _dress(self, scene: Scene) -> None:
        known = (1.0, 1.0) if scene.batch is None else FAINT
        for spots, (line, area) in ((self.known, known), (self.beside, FAINT)):
            size, pen, brush = mark_look(scene.theme, line, area)
            spots.setSize(size)
            spots.setPen(pen)
            spots.setBrush(brush)

    def _place(self, objective: Objective, ascent: bool) -> None:
        kinds = ("maxima", "maxima_beside") if ascent else ("minima", "minima_beside")
        for spots, kind in zip((self.known, self.beside), kinds, strict=True):
            # of one variable the second coordinate is the value: the mark lies on the curve
            marks = [(*extremum.position, extremum.value)[:2] for extremum in getattr(objective, kind)]
            spots.setData(pos=np.array(marks) if marks else np.empty((0, 2)))

    def tip_at(self, point: QPointF) -> str:
        """Say what the mark at a point of the plane stands for; "" if there is none."""
        if self.shown is None:
            return ""
        from gdsim.desktop.views.landscape.sign_tips import extremum_tip

        for spots, aside in ((self.known, self.shown.batch is not None), (self.beside, True)):
            if len(found := spots.pointsAt(point)):
                return extremum_tip(self.shown.experiment.ascent, self._value_at(found[0].pos()), aside)
        return ""

    def _value_at(self, place: QPointF) -> float | None:
        objective = None if self.shown is None else self.shown.objective
        for extremum in () if objective is None else (*objective.minima, *objective.maxima):
            if (*extremum.position, extremum.value)[:2] == (place.x(), place.y()):
                return float(extremum.value)
        return None
