"""A graph of boxes in layers, with texts in the boxes and at the edges."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QToolTip,
    QWidget,
)

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.graphs.layered import Edge, Layout, lay_out

#: How far from an edge the mouse may be, in pixels.
_REACH = 7.0
#: More edges than these are drawn fainter, where others stand out.
_MANY = 60
_NOTCH = 1.15
_SMALLEST, _LARGEST, _READABLE = 0.3, 4.0, 0.62
#: Pixels left free on each side.
_RIM = 1

#: A text and its colour.
Line = tuple[str, str]


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
        """As large as the drawing, within reason."""
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
        """It is on nothing any more."""
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


class GraphDrawing(QGraphicsItem):
    """All boxes and edges as one item; what stands in them, those that make it a graph of something say.

    Attributes
    ----------
    least
        Smaller it is not made to be in view as a whole.
    zoom
        How large it is seen.
    """

    least = _READABLE

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._boxes: list[QRectF] = []
        self._edges: dict[Edge, QPainterPath] = {}
        self._middles: dict[Edge, QPointF] = {}
        self._bounds: dict[Edge, QRectF] = {}
        self._area = QRectF()
        self._faded = 0.25
        self._is_faded = False
        self.zoom = 1.0
        # only what is in view is drawn
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.set_theme(theme)

    def rearrange(self) -> None:
        """Lay it out again: the size of the text is another one."""

    def suit(self, width: float, height: float) -> None:
        """Lay it out for so much room, where that makes a difference."""

    def tip(self, what: object) -> str:
        """More about a box or an edge."""
        del what
        return ""

    def _lines(self, i: int) -> list[Line]:
        """What stands in a box, from the top."""
        raise NotImplementedError

    def _labels(self, edge: Edge) -> list[Line]:
        """What stands at an edge."""
        raise NotImplementedError

    def _bright(self) -> tuple[set[int], set[Edge]] | None:
        """Boxes and edges that stand out; None if all are alike."""
        return None

    def _filling(self, i: int) -> QColor:
        """The colour of a box."""
        del i
        return QColor(self._theme.base)

    def _is_end(self, i: int) -> bool:
        """Whether a box is one of the first or the last."""
        del i
        return False

    @property
    def _enlarged(self) -> float:
        """How much larger than the boxes texts are drawn."""
        return 1.0

    def _middle(self, edge: Edge) -> QPointF:
        """Where the texts of an edge stand."""
        return self._middles[edge]

    def redraw(self) -> None:
        """Other numbers, or others stand out."""
        faded = self._bright() is not None
        if faded != self._is_faded:
            self._is_faded = faded
            self._renew_ground()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the size of a theme."""
        self._theme = theme
        self._font = QApplication.font()
        self._metrics = QFontMetricsF(self._font)
        self.rearrange()

    def clear(self) -> None:
        """Nothing is drawn."""
        self.prepareGeometryChange()
        self._boxes, self._edges, self._middles, self._bounds, self._area = [], {}, {}, {}, QRectF()
        self._renew_ground()
        self.update()

    def arrange(
        self,
        sources: Sequence[Sequence[int]],
        widths: Sequence[float],
        lines: float,
        gaps: float | Sequence[float],
        layout: Layout | None = None,
    ) -> None:
        """Lay out boxes of some widths and so many lines; the gaps above layers are in lines, too."""
        self.clear()
        line, pad = self._metrics.height(), 0.5 * self._metrics.height()
        layout = layout or lay_out(sources, widths)
        high, rows = lines * line + pad, max(layout.layers)
        gaps = [gaps] * rows if isinstance(gaps, float) else gaps
        middles = list(accumulate((high + gap * line for gap in reversed(gaps)), initial=high / 2))[::-1]

        def y(layer: int) -> float:
            return middles[layer]

        self._boxes = [
            QRectF(x - w / 2, y(layer) - high / 2, w, high)
            for x, layer, w in zip(layout.x, layout.layers, widths, strict=True)
        ]
        below, above = _ports(sources, self._boxes)
        for (source, to), route in layout.routes.items():
            start = QPointF(above[source, to], y(route[0][1]) - high / 2)
            end = QPointF(below[source, to], y(route[-1][1]) + high / 2)
            # past a box a line runs straight up
            points = [start]
            for x, layer in route[1:-1]:
                points += [QPointF(x, y(layer) + high / 2), QPointF(x, y(layer) - high / 2)]
            points.append(end)
            self._edges[source, to] = _curve(points)
            self._middles[source, to] = (points[-2] + points[-1]) / 2
        self._bounds = {
            edge: path.boundingRect().adjusted(-_REACH, -_REACH, _REACH, _REACH) for edge, path in self._edges.items()
        }
        # where many cross they would make one dark bar
        self._faded = 0.25 if len(self._edges) <= _MANY else 0.13
        self._area = QRectF(0, 0, layout.width, y(0) + high / 2).adjusted(-8, -8, 8, 8)
        self._renew_ground()

    def boundingRect(self) -> QRectF:
        """Boxes and edges."""
        return self._area

    def at(self, point: QPointF) -> object:
        """The step or the edge under a point of the scene."""
        for i, box in enumerate(self._boxes):
            if box.contains(point):
                return i
        reach = _REACH / min(self.zoom, 1.0)
        stroke = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        for edge, line in self._edges.items():
            if self._bounds[edge].intersects(stroke) and line.intersects(stroke):
                return edge
            if self._labels(edge) and self._label_rect(edge).contains(point):
                return edge
        return None

    def _label_rect(self, edge: Edge) -> QRectF:
        labels, middle = self._labels(edge), self._middle(edge)
        width = max((self._metrics.horizontalAdvance(text) for text, _ in labels), default=0.0) * self._enlarged + 6
        height = max(len(labels), 1) * self._metrics.height() * self._enlarged
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Edges, their texts, boxes."""
        del widget
        font = QFont(self._font)
        font.setPointSizeF(font.pointSizeF() * self._enlarged)
        painter.setFont(font)
        seen = option.exposedRect
        boxes, edges = self._bright() or (set(), set())
        for edge in edges:
            if self._bounds[edge].intersects(seen):
                self._draw_edge(painter, self._edges[edge], True, False)
        for edge in self._edges:
            self._draw_labels(painter, edge)
        for i, box in enumerate(self._boxes):
            if box.adjusted(-2, -2, 2, 2).intersects(seen):
                self._draw_box(painter, i, box, i in boxes)

    def _renew_ground(self) -> None:
        for view in self.scene().views() if self.scene() is not None else ():
            view.resetCachedContent()

    def paint_ground(self, painter: QPainter) -> None:
        """All edges as they are where none stands out, or others do."""
        for line in self._edges.values():
            self._draw_edge(painter, line, False, self._is_faded)

    def _draw_edge(self, painter: QPainter, line: QPainterPath, bright: bool, faded: bool) -> None:
        theme = self._theme
        color = QColor(theme.accent) if bright else solid(QColor(theme.text), self._faded if faded else 0.55)
        # a hair's breadth is seen however small it is
        width = (
            max(2.4, 1.8 / self.zoom) if bright else max(1.2, (0.6 if len(self._edges) <= _MANY else 0.4) / self.zoom)
        )
        painter.setPen(QPen(color, width * theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)
        tip, size = line.currentPosition(), 4.5 * theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        left, right = tip + QPointF(-0.8 * size, 1.6 * size), tip + QPointF(0.8 * size, 1.6 * size)
        painter.drawPolygon(QPolygonF([tip, left, right]))

    def _draw_labels(self, painter: QPainter, edge: Edge) -> None:
        labels = self._labels(edge)
        if labels:
            rect = self._label_rect(edge)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(solid(QColor(self._theme.window), 0.88))
            painter.drawRoundedRect(rect, 3, 3)
            self._draw_lines(painter, rect, labels)

    def _draw_box(self, painter: QPainter, i: int, box: QRectF, bright: bool) -> None:
        theme, end = self._theme, self._is_end(i)
        border = theme.accent if bright else theme.faint if end else theme.line
        width = (2.0 if bright else 1.4 if end else 1.0) / min(self.zoom, 1.0)
        painter.setPen(QPen(QColor(border), width * theme.scale))
        painter.setBrush(self._filling(i))
        painter.drawRoundedRect(box, 6, 6)
        self._draw_lines(painter, box, self._lines(i))

    def _draw_lines(self, painter: QPainter, rect: QRectF, lines: Sequence[Line]) -> None:
        height = self._metrics.height() * self._enlarged
        top = rect.center().y() - len(lines) * height / 2
        for k, (text, color) in enumerate(lines):
            painter.setPen(QColor(color))
            place = QRectF(rect.x(), top + k * height, rect.width(), height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def brief(x: float) -> str:
    """A number of three digits; a small whole one without a point."""
    return f"{x:.0f}".replace("-", MINUS) if abs(x) < 1000 and x == int(x) else show(x, 3)


def _ports(sources: Sequence[Sequence[int]], boxes: Sequence[QRectF]) -> tuple[dict[Edge, float], dict[Edge, float]]:
    """Where edges meet their boxes: side by side, in the order of what they lead to. Below `to`, above `from`."""
    below: dict[Edge, float] = {}
    above: dict[Edge, float] = {}
    users: list[list[int]] = [[] for _ in boxes]
    for to, used in enumerate(sources):
        for k, source in enumerate(sorted(used, key=lambda s: boxes[s].center().x())):
            below[source, to] = _share(boxes[to], k, len(used))
            users[source].append(to)
    for source, above_it in enumerate(users):
        for k, to in enumerate(sorted(above_it, key=lambda t: boxes[t].center().x())):
            above[source, to] = _share(boxes[source], k, len(above_it))
    return below, above


def _share(box: QRectF, k: int, count: int) -> float:
    return box.center().x() + 0.7 * box.width() * ((k + 0.5) / count - 0.5)


def _curve(points: Sequence[QPointF]) -> QPainterPath:
    """A smooth line that leaves every point straight up."""
    path = QPainterPath(points[0])
    for a, b in pairwise(points):
        lift = QPointF(0, (b.y() - a.y()) / 2)
        path.cubicTo(a + lift, b - lift, b)
    return path
