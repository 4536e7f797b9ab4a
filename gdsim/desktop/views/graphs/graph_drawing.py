"""The drawing of a graph: boxes in layers, with texts in the boxes and at the edges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.views.graphs.graph_layout import REACH, GraphLayout, place_graph
from gdsim.desktop.views.graphs.layered import Edge, Layout, lay_out

#: More edges than these are drawn fainter, where others stand out.
_MANY = 60
#: How faint edges are where others stand out; and where many cross, which would make one dark bar.
_FADED, _FADED_MANY = 0.25, 0.13
#: No drawing of which nothing else is said is made smaller than this, to be in view as a whole.
_READABLE = 0.62

#: A text and its colour.
TextLine = tuple[str, str]


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
        #: Where boxes and edges are.
        self.layout = GraphLayout()
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

    def texts(self, i: int) -> list[TextLine]:
        """Return the texts in a box, from the top."""
        raise NotImplementedError

    def _labels(self, edge: Edge) -> list[TextLine]:
        """Return the texts at an edge."""
        raise NotImplementedError

    def _bright(self) -> tuple[set[int], set[Edge]] | None:
        """Boxes and edges that stand out; None if all are alike."""
        return None

    def _filling(self, i: int) -> QColor:
        """The colour of a box."""
        del i
        return QColor(self._theme.base)

    def _is_end(self, i: int) -> bool:
        """Tell whether a box is one of the first or the last."""
        del i
        return False

    @property
    def _enlarged(self) -> float:
        """Scale of the texts, compared with the boxes."""
        return 1.0

    def _middle(self, edge: Edge) -> QPointF:
        """Return the middle of the texts of an edge."""
        return self.layout.middles[edge]

    def text_width(self, i: int) -> float:
        """Return the width of the texts in a box, as they are drawn."""
        return max((self._metrics.horizontalAdvance(text) for text, _ in self.texts(i)), default=0) * self._enlarged

    def redraw(self) -> None:
        """Draw other numbers, or let others stand out."""
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
        """Draw nothing."""
        self._place(GraphLayout())

    def arrange(
        self,
        sources: Sequence[Sequence[int]],
        widths: Sequence[float],
        lines: float,
        gaps: float | Sequence[float],
        layout: Layout | None = None,
    ) -> None:
        """Lay out boxes of some widths and so many lines; the gaps above layers are in lines, too."""
        line = self._metrics.height()
        layout = layout or lay_out(sources, widths)
        above = [gaps] * max(layout.layers) if isinstance(gaps, float) else gaps
        self._place(place_graph(sources, widths, (lines + 0.5) * line, [gap * line for gap in above], layout))

    def _place(self, layout: GraphLayout) -> None:
        self.prepareGeometryChange()
        self.layout = layout
        self._renew_ground()
        self.update()

    def boundingRect(self) -> QRectF:
        """Boxes and edges."""
        return self.layout.area

    def at(self, point: QPointF) -> object:
        """The step or the edge under a point of the scene."""
        for i, box in enumerate(self.layout.boxes):
            if box.contains(point):
                return i
        reach = REACH / min(self.zoom, 1.0)
        stroke = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        for edge, line in self.layout.edges.items():
            if self.layout.bounds[edge].intersects(stroke) and line.intersects(stroke):
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
            if self.layout.bounds[edge].intersects(seen):
                self._draw_edge(painter, self.layout.edges[edge], True, False)
        for edge in self.layout.edges:
            self._draw_labels(painter, edge)
        for i, box in enumerate(self.layout.boxes):
            if box.adjusted(-2, -2, 2, 2).intersects(seen):
                self._draw_box(painter, i, box, i in boxes)

    def _renew_ground(self) -> None:
        for view in self.scene().views() if self.scene() is not None else ():
            view.resetCachedContent()

    def paint_ground(self, painter: QPainter) -> None:
        """All edges as they are where none stands out, or others do."""
        for line in self.layout.edges.values():
            self._draw_edge(painter, line, False, self._is_faded)

    def _draw_edge(self, painter: QPainter, line: QPainterPath, bright: bool, faded: bool) -> None:
        theme, many = self._theme, len(self.layout.edges) > _MANY
        share = 0.55 if not faded else _FADED_MANY if many else _FADED
        color = QColor(theme.accent) if bright else solid(QColor(theme.text), share)
        # a hair's breadth is seen however small it is
        width = max(2.4, 1.8 / self.zoom) if bright else max(1.2, (0.4 if many else 0.6) / self.zoom)
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
        self._draw_lines(painter, box, self.texts(i))

    def _draw_lines(self, painter: QPainter, rect: QRectF, lines: Sequence[TextLine]) -> None:
        height = self._metrics.height() * self._enlarged
        top = rect.center().y() - len(lines) * height / 2
        for k, (text, color) in enumerate(lines):
            painter.setPen(QColor(color))
            place = QRectF(rect.x(), top + k * height, rect.width(), height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def brief(x: float) -> str:
    """A number of three digits; a small whole one without a point."""
    return f"{x:.0f}".replace("-", MINUS) if abs(x) < 1000 and x == int(x) else show(x, 3)
