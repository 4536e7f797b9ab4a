"""The known minima on the landscape, or the maxima where one goes uphill."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.landscape.spots import FAINT, Spots, mark_look
from gdsim.objectives import Objective


class Stars:
    """A star on each known minimum, or a triangle on each maximum.

    Attributes
    ----------
    known, beside
        Those on what is seen, and those off the plane that is seen: faint.
    is_aside
        Whether the surface is that of something else than the function.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._objective: Objective | None = None
        self._ascent = False
        self.is_aside = False
        self.known, self.beside = Spots(symbol="star", size=14), Spots(symbol="star", size=14)
        for spots in (self.known, self.beside):
            spots.setZValue(5)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for spots, line, area in ((self.known, *(FAINT if self.is_aside else (1.0, 1.0))), (self.beside, *FAINT)):
            size, pen, brush = mark_look(theme, line, area)
            spots.setSize(size)
            spots.setPen(pen)
            spots.setBrush(brush)

    def set_function(self, objective: Objective, ascent: bool) -> None:
        """Mark what is known of a function."""
        self._objective = objective
        if ascent != self._ascent:
            self._ascent = ascent
            for spots in (self.known, self.beside):
                spots.setSymbol("t1" if ascent else "star")
        kinds = ("maxima", "maxima_beside") if ascent else ("minima", "minima_beside")
        for spots, kind in zip((self.known, self.beside), kinds, strict=True):
            marks = [(*extremum.position, extremum.value)[:2] for extremum in getattr(objective, kind)]
            spots.setData(pos=np.array(marks) if marks else np.empty((0, 2)))

    def set_aside(self, aside: bool) -> None:
        """The surface that is seen is that of something else than the function: all are faint."""
        if aside != self.is_aside:
            self.is_aside = aside
            self.set_theme(self._theme)

    def words_at(self, point: QPointF) -> str:
        """What the mark at a point of the plane stands for; "" if there is none."""
        from gdsim.desktop.views.landscape.sign_tips import extremum_words

        for spots, aside in ((self.known, self.is_aside), (self.beside, True)):
            if len(found := spots.pointsAt(point)):
                return extremum_words(self._ascent, self._value_at(found[0].pos()), aside)
        return ""

    def _value_at(self, place: QPointF) -> float | None:
        known = [] if self._objective is None else (*self._objective.minima, *self._objective.maxima)
        for extremum in known:
            if (*extremum.position, extremum.value)[:2] == (place.x(), place.y()):
                return float(extremum.value)
        return None
