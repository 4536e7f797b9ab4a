"""Surfaces on request: sampled by the worker or, while an example is dragged, on the spot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.worker import Worker
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View, is_soon_there, survey

#: Within so many milliseconds a coarse surface is painted.
_PAINTED = 5


class Surfaces(QObject):
    """Asks for surfaces, and tells of them.

    A coarse one of little work is worked out on the spot: two threads that hand it to each other, and have only one
    interpreter, take several times as long as the surface itself.

    Parameters
    ----------
    is_coarse
        Tells whether a surface with fewer points will do, as it has to be there soon.
    """

    #: A surface, or a curve.
    came = Signal(object)

    def __init__(self, worker: Worker, is_coarse: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._is_coarse = worker, is_coarse
        self._on_the_spot = False
        #: The surface that is seen coarsely, and is to be asked for finely.
        self._finely: tuple[Objective, View] | None = None
        #: The formula of the function asked for last.
        self._text = ""
        #: Whether the one asked for last is to have fewer points.
        self.coarse = False
        worker.sampled.connect(self._take)

    def ask(self, objective: Objective, view: View, at_once: bool = False) -> None:
        """Have what is seen of a function worked out; `at_once`, coarsely, where the window is painted next."""
        self.coarse = self._is_coarse()
        another = at_once or self._text not in ("", objective.text)
        self._text = objective.text
        self._on_the_spot = self.coarse and is_soon_there(objective)
        if self._on_the_spot:
            self.came.emit(survey(objective, view, coarse=True))
        elif another and is_soon_there(objective):
            # whoever types sees at once what the text is, and in a moment sees it finely; not before that is painted,
            # as two threads with one interpreter would hold each other up
            self._finely = (objective, view)
            self._worker.let_paint()
            self.came.emit(survey(objective, view, coarse=True))
            QTimer.singleShot(_PAINTED, self._ask_finely)
            return
        self._finely = None
        if not self._on_the_spot:
            self._worker.sample(objective, view, self.coarse)

    def _ask_finely(self) -> None:
        if self._finely is not None:
            finely, self._finely = self._finely, None
            self._worker.sample(*finely, False)

    def _take(self, surface: Surface | Curve) -> None:
        # else it was asked for before the one that is shown
        if not self._on_the_spot and self._finely is None:
            self.came.emit(surface)
