"""A sheet that a specimen of a sign is drawn on, and the race that it is taken from."""

from __future__ import annotations

from functools import cache

from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QBrush, QPainter, QPen, QTransform

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.trajectories import Trajectories

#: How large a specimen is, in pixels at scale 1.
WIDTH, HEIGHT = 132, 60
STEPS = 24


class Sheet:
    """A sheet that a specimen is drawn on."""

    def __init__(self, painter: QPainter, theme: Theme, size: QSize) -> None:
        self.painter, self.theme = painter, theme
        self.size = QRect(QPoint(0, 0), size)

    @property
    def middle(self) -> QPointF:
        """Place of a sign that stands alone."""
        return QPointF(self.size.width() / 2, self.size.height() / 2)

    @property
    def scene(self) -> Scene:
        """A scene of a bowl on which nothing is drawn yet."""
        return Scene(bowl(), self.theme)

    def mapping(self, left: float, right: float, bottom: float, top: float) -> Mapping:
        """From what is seen to pixels."""
        across, up = self.size.width() / (right - left), self.size.height() / (top - bottom)
        return Mapping(QTransform(across, 0, 0, -up, -left * across, top * up), self.size)

    def symbol(self, symbol: str, look: tuple[float, QPen, QBrush], at: QPointF | None = None) -> None:
        """Draw one of pyqtgraph's symbols, as its scatter plots draw them."""
        size, pen, brush = look
        self.painter.save()
        self.painter.translate(at or self.middle)
        drawSymbol(self.painter, symbol, size, pen, brush)
        self.painter.restore()


@cache
def bowl_race(restarts: int = 0, steps: int = STEPS, tolerance: float = 0.0) -> Trajectories:
    """A descent into a bowl."""
    return bowl(restarts, steps, tolerance).run()


def bowl(restarts: int = 0, steps: int = STEPS, tolerance: float = 0.0) -> Experiment:
    """The experiment that a specimen is of."""
    return Experiment(
        "bowl",
        start=(-4.0, -1.5),
        restarts=restarts,
        seed=3,
        steps=steps,
        tolerance=tolerance,
        learning_rate=0.06,
        optimizers=(Entry("momentum"),),
    )
