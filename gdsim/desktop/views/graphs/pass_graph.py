"""The graph of a model for one example, on the screen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.graphs.graph_view import GraphView
from gdsim.desktop.views.graphs.pass_drawing import PassDrawing
from gdsim.objectives.data.walkthrough.passes import Passes, Stage, Worked


class PassGraph(GraphView):
    """Boxes from the inputs at the bottom to the cost at the top."""

    drawing: PassDrawing

    #: The next neuron of a row, or that before it, is wanted: 1 or -1.
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(PassDrawing(theme), theme, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down go from neuron to neuron; the others are those of every graph."""
        by = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self.turned.emit(by)
        event.accept()

    def set_passes(self, passes: Passes | None) -> None:
        """Draw another graph, whole; one with the same boxes stays as it is seen."""
        if self.drawing.set_passes(passes):
            self.fit()

    def set_worked(self, worked: Worked | None, stage: Stage, node: int) -> None:
        """Other numbers, another stop of the walk, or another node that is looked at."""
        gone_on = (self.drawing.stage, self.drawing.node) != (stage, node)
        self.drawing.worked, self.drawing.stage, self.drawing.node = worked, stage, node
        self.drawing.redraw()
        if gone_on:
            self._look_at(self.drawing.around(node), self.drawing.box(node))

    def _look_at(self, around: QRectF, box: QRectF) -> None:
        """Bring what is looked at into view: to the middle, if it was not there already; above all its own box."""
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        if not seen.contains(around):
            middle = around.center()
            self.centerOn(middle if seen.height() >= around.height() else QPointF(middle.x(), box.center().y()))
