"""The graph of a chain of operations, with values in its boxes and derivatives at its edges."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsItem, QGraphicsScene, QGraphicsView, QToolTip, QWidget

from gdsim.desktop.drawing.layered import Edge, Layout, lay_out
from gdsim.desktop.numbers import MINUS, show
from gdsim.desktop.style import Theme, solid
from gdsim.objectives.chain import Chain, Worked

#: A label is cut after so many letters; all of it is in the tip.
_LONGEST = 30
#: How far from an edge the mouse may be, in pixels.
_REACH = 7.0
_NOTCH = 1.15
_SMALLEST, _LARGEST, _READABLE = 0.3, 4.0, 0.62

Path = tuple[int, ...]


class ChainGraph(QGraphicsView):
    """Boxes from the coordinates at the bottom to f at the top; the wheel zooms, the mouse drags it about."""

    #: What the mouse is on: a step, an edge, or None.
    pointed = Signal(object)
    #: What was clicked.
    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self.drawing = _Drawing(theme)
        self._scene.addItem(self.drawing)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._zoomed = False
        self._on: object = None
        self._pressed = QPointF()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours and the size of a theme."""
        self.setBackgroundBrush(QColor(theme.window))
        self.setMinimumHeight(theme.pixels(180))
        self.drawing.set_theme(theme)
        self._fit_scene()

    def set_chain(self, chain: Chain | None) -> None:
        """Draw another chain, whole."""
        self.drawing.set_chain(chain)
        self._zoomed = False
        self._fit_scene()

    def set_worked(self, worked: Worked | None) -> None:
        """Other numbers in the same boxes."""
        self.drawing.worked = worked
        self.drawing.update()

    def set_path(self, path: Path | None) -> None:
        """Let one path stand out, or all of them."""
        self.drawing.path = path
        self.drawing.update()

    def sizeHint(self) -> QSize:
        """As large as the drawing, within reason."""
        size = self.drawing.boundingRect().size()
        return QSize(round(min(max(size.width(), 240), 700)), round(min(max(size.height(), 160), 520)))

    def fit(self) -> None:
        """All of it in view, but not so small that it cannot be read."""
        self._zoomed = False
        self._fit_scene()

    def _fit_scene(self) -> None:
        area = self.drawing.boundingRect()
        self._scene.setSceneRect(area)
        if not self._zoomed and not area.isEmpty():
            room = self.viewport().size()
            scale = min(room.width() / area.width(), room.height() / area.height(), 1.0)
            self.resetTransform()
            self.scale(max(scale, _READABLE), max(scale, _READABLE))
            self.centerOn(area.center())

    # --- mouse

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted."""
        super().resizeEvent(event)
        self._fit_scene()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer or farther."""
        factor = _NOTCH ** (event.angleDelta().y() / 120)
        if _SMALLEST < self.transform().m11() * factor < _LARGEST:
            self._zoomed = True
            self.scale(factor, factor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what the mouse is on."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._point(self.drawing.at(self.mapToScene(event.position().toPoint())))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if self._on else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """It is on nothing any more."""
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a drag is no click."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        super().mouseReleaseEvent(event)
        if (event.position() - self._pressed).manhattanLength() < 4:
            self.picked.emit(self.drawing.at(self.mapToScene(event.position().toPoint())))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All of it again."""
        self.fit()

    def viewportEvent(self, event: QEvent) -> bool:
        """The tip of a box or an edge has its whole formula."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.drawing.tip(self.drawing.at(self.mapToScene(event.pos())))
            QToolTip.showText(event.globalPos(), text or self.toolTip(), self)
            return True
        return super().viewportEvent(event)

    def _point(self, what: object) -> None:
        if what != self._on:
            self._on = what
            self.pointed.emit(what)


class _Drawing(QGraphicsItem):
    """All boxes and edges as one item."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.worked: Worked | None = None
        self.path: Path | None = None
        self._chain: Chain | None = None
        self._layout: Layout | None = None
        self._boxes: list[QRectF] = []
        self._edges: dict[Edge, QPainterPath] = {}
        self._middles: dict[Edge, QPointF] = {}
        self._area = QRectF()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._font = QApplication.font()
        self._metrics = QFontMetricsF(self._font)
        self.set_chain(self._chain)

    def set_chain(self, chain: Chain | None) -> None:
        self.prepareGeometryChange()
        self._chain, self.worked, self.path = chain, None, None
        self._boxes, self._edges, self._area = [], {}, QRectF()
        if chain is not None:
            self._arrange(chain)
        self.update()

    def _arrange(self, chain: Chain) -> None:
        line, pad = self._metrics.height(), 0.5 * self._metrics.height()
        texts = [self._text(i) for i in range(len(chain.steps))]
        number = self._metrics.horizontalAdvance("−0.0000e−00")
        widths = [max(self._metrics.horizontalAdvance(text), number) + 2 * pad for text in texts]
        layout = self._layout = lay_out([step.sources for step in chain.steps], widths)
        high, gap = 2 * line + pad, 2.2 * line
        rows = max(layout.layers)

        def y(layer: float) -> float:
            return (rows - layer) * (high + gap) + high / 2

        self._boxes = [
            QRectF(x - w / 2, y(layer) - high / 2, w, high)
            for x, layer, w in zip(layout.x, layout.layers, widths, strict=True)
        ]
        below, above = _ports(chain, self._boxes)
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
        self._area = QRectF(0, 0, layout.width, y(0) + high / 2).adjusted(-8, -8, 8, 8)

    def boundingRect(self) -> QRectF:
        return self._area

    def at(self, point: QPointF) -> object:
        """The step or the edge under a point of the scene."""
        for i, box in enumerate(self._boxes):
            if box.contains(point):
                return i
        stroke = QRectF(point.x() - _REACH, point.y() - _REACH, 2 * _REACH, 2 * _REACH)
        for edge, line in self._edges.items():
            label = self._label_rect(edge)
            if label.contains(point) or line.intersects(stroke):
                return edge
        return None

    def tip(self, what: object) -> str:
        """The whole formula of a step, or of the derivative at an edge."""
        if self._chain is None or what is None:
            return ""
        if isinstance(what, int):
            step = self._chain.steps[what]
            return f"{step.name} = {step.text}" if step.text else step.name
        assert isinstance(what, tuple)
        return f"{slope_name(self._chain, *what)} = {slope_text(self._chain, *what)}"

    def _text(self, i: int) -> str:
        assert self._chain is not None
        step = self._chain.steps[i]
        text = f"{step.name} = {step.text}" if step.text else step.name
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _label_rect(self, edge: Edge) -> QRectF:
        width, height = self._metrics.horizontalAdvance(self._number(edge)) + 6, self._metrics.height()
        middle = self._middles[edge]
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def _number(self, edge: Edge) -> str:
        if self.worked is None or self._chain is None:
            return ""
        source, to = edge
        return brief(self.worked.slopes[to][self._chain.steps[to].sources.index(source)])

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Edges, their numbers, boxes."""
        if self._chain is None:
            return
        painter.setFont(self._font)
        lit = set(pairwise(self.path)) if self.path else set()
        for bright in (False, True):
            for edge, line in self._edges.items():
                if (edge in lit) == bright:
                    self._draw_edge(painter, edge, line, bright)
        for edge in self._edges:
            self._draw_number(painter, edge, edge in lit)
        for i, box in enumerate(self._boxes):
            self._draw_box(painter, i, box)

    def _draw_edge(self, painter: QPainter, edge: Edge, line: QPainterPath, bright: bool) -> None:
        theme = self._theme
        faded = self.path is not None and not bright
        color = QColor(theme.accent) if bright else solid(QColor(theme.text), 0.25 if faded else 0.55)
        painter.setPen(QPen(color, (2.4 if bright else 1.2) * theme.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)
        tip, size = line.currentPosition(), 4.5 * theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        left, right = tip + QPointF(-0.8 * size, 1.6 * size), tip + QPointF(0.8 * size, 1.6 * size)
        painter.drawPolygon(QPolygonF([tip, left, right]))

    def _draw_number(self, painter: QPainter, edge: Edge, bright: bool) -> None:
        theme, rect = self._theme, self._label_rect(edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(solid(QColor(theme.window), 0.88))
        painter.drawRoundedRect(rect, 3, 3)
        faded = self.path is not None and not bright
        painter.setPen(QColor(theme.accent if bright else theme.faint if faded else theme.text))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self._number(edge))

    def _draw_box(self, painter: QPainter, i: int, box: QRectF) -> None:
        assert self._chain is not None
        theme = self._theme
        bright = self.path is not None and i in self.path
        end = i < len(self._chain.names) or i == len(self._chain.steps) - 1
        border = theme.accent if bright else theme.faint if end else theme.line
        painter.setPen(QPen(QColor(border), (2.0 if bright else 1.4 if end else 1.0) * theme.scale))
        painter.setBrush(QColor(theme.base))
        painter.drawRoundedRect(box, 6, 6)
        half = box.height() / 2
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(box.x(), box.y() + 2, box.width(), half), int(Qt.AlignmentFlag.AlignCenter),
                         self._text(i))  # fmt: skip
        if self.worked is not None:
            painter.setPen(QColor(theme.accent if bright else theme.faint))
            painter.drawText(QRectF(box.x(), box.y() + half - 2, box.width(), half), int(Qt.AlignmentFlag.AlignCenter),
                             show(self.worked.values[i]))  # fmt: skip


def brief(x: float) -> str:
    """A number of three digits; a small whole one without a point."""
    return f"{x:.0f}".replace("-", MINUS) if abs(x) < 1000 and x == int(x) else show(x, 3)


def slope_name(chain: Chain, source: int, to: int) -> str:
    """What the derivative at an edge is called: ∂u₂/∂u₁, or du₂/du₁ where it depends on that alone."""
    d = "d" if len(chain.steps[to].sources) == 1 else "∂"
    return f"{d}{chain.steps[to].name}/{d}{chain.steps[source].name}"


def slope_text(chain: Chain, source: int, to: int) -> str:
    """Its formula."""
    step = chain.steps[to]
    return step.slopes[step.sources.index(source)]


def _ports(chain: Chain, boxes: Sequence[QRectF]) -> tuple[dict[Edge, float], dict[Edge, float]]:
    """Where edges meet their boxes: side by side, in the order of what they lead to. Below `to`, above `from`."""
    below: dict[Edge, float] = {}
    above: dict[Edge, float] = {}
    for to, step in enumerate(chain.steps):
        for k, source in enumerate(sorted(step.sources, key=lambda s: boxes[s].center().x())):
            below[source, to] = _share(boxes[to], k, len(step.sources))
    for source, users in enumerate(chain.users):
        for k, to in enumerate(sorted(users, key=lambda t: boxes[t].center().x())):
            above[source, to] = _share(boxes[source], k, len(users))
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
