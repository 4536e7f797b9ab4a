"""A graph on the screen: the wheel zooms, the mouse drags it about and tells what it is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QToolTip, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.graphs.graph_drawing import GraphDrawing

#: How much closer a notch of the wheel brings it; the smallest and the largest that it is seen.
_NOTCH = 1.15
_SMALLEST, _LARGEST = 0.3, 4.0
#: Pixels left free on each side.
_RIM = 1


class GraphView(QGraphicsView):
    """Boxes from the bottom to the top; the wheel zooms, the mouse drags it about."""

    #: What the mouse is on: a box, an edge, or None.
    pointed = Signal(object)
    #: What was clicked.
    picked = Signal(object)

    def __init__(self, drawing: GraphDrawing, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.drawing = drawing
        self._scene.addItem(self.drawing)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.actionTriggered.connect(self._stay)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        #: Whether a person has zoomed or moved it: then it stays so.
        self._zoomed = False
        self._on: object = None
        self._pressed, self._scrolled = QPointF(), (0, 0)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the size of a theme."""
        self.setBackgroundBrush(QColor(theme.window))
        self.setMinimumHeight(theme.pixels(180))
        self.drawing.set_theme(theme)
        self._fit_scene()

    def sizeHint(self) -> QSize:
        """The size of the drawing, within reason."""
        size = self.drawing.boundingRect().size()
        return QSize(round(min(max(size.width(), 240), 700)), round(min(max(size.height(), 160), 520)))

    def fit(self) -> None:
        """All of it in view, but not so small that it cannot be read."""
        self._zoomed = False
        self._fit_scene()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The edges, kept as a picture: they stay while numbers change sixty times a second."""
        super().drawBackground(painter, rect)
        self.drawing.paint_ground(painter)

    def _fit_scene(self) -> None:
        # as if there were no scroll bars: else they would come and go by turns
        room = self.maximumViewportSize().shrunkBy(QMargins(_RIM, _RIM, _RIM, _RIM))
        if not self._zoomed and not room.isEmpty():
            self.drawing.suit(room.width(), room.height())
        area = self.drawing.boundingRect()
        self._scene.setSceneRect(area)
        if not self._zoomed and not room.isEmpty() and not area.isEmpty():
            scale = min(room.width() / area.width(), room.height() / area.height(), 1.0)
            self.resetTransform()
            self._zoom(max(scale, self.drawing.least))
            self.centerOn(area.center())

    def _stay(self) -> None:
        self._zoomed = True

    def _zoom(self, factor: float) -> None:
        self.scale(factor, factor)
        self.drawing.zoom = self.transform().m11()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 fits it again; arrow keys scroll."""
        if event.key() == Qt.Key.Key_0:
            self.fit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted."""
        super().resizeEvent(event)
        self._fit_scene()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer or farther."""
        before, least = self.drawing.zoom, min(_SMALLEST, self.drawing.least)
        wanted = min(max(before * _NOTCH ** (event.angleDelta().y() / 120), min(least, before)), _LARGEST)
        if wanted != before:
            self._stay()
            self._zoom(wanted / before)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the mouse is on."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point(self._under(event.position().toPoint()))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self._on else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the mouse is on nothing any more."""
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a drag is no click."""
        self._pressed, self._scrolled = event.position(), self._scroll()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        super().mouseReleaseEvent(event)
        if (event.position() - self._pressed).manhattanLength() < 4:
            self.picked.emit(self._under(event.position().toPoint()))
        elif self._scroll() != self._scrolled:
            self._stay()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All of it again."""
        self.fit()

    def viewportEvent(self, event: QEvent) -> bool:
        """The tip of a box or an edge has its whole formula."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.drawing.tip(self._under(event.pos()))
            QToolTip.showText(event.globalPos(), tip_text(text) or self.toolTip(), self)
            return True
        return super().viewportEvent(event)

    def _under(self, at: QPoint) -> object:
        return self.drawing.at(self.mapToScene(at))

    def _scroll(self) -> tuple[int, int]:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def _point(self, what: object) -> None:
        # told again while the mouse stays on it: a path may have been chosen elsewhere in between
        if what is not None or self._on is not None:
            self._on = what
            self.pointed.emit(what)
