"""The drawing of a model for one example: values in its boxes, and derivatives as far as the walk has come."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.views.graphs.graph_drawing import GraphDrawing, TextLine, brief
from gdsim.desktop.views.graphs.layered import GAP, in_rows
from gdsim.desktop.views.graphs.layered import Edge as Pair
from gdsim.desktop.views.graphs.pass_sizes import LEAST, PAD, TINY, WHOLE, PassSizes, sizes_of
from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Stage, Worked

#: Where numbers do not fit into boxes in this size they are dots.
_LEGIBLE = 0.57
#: How far from a box the texts of edges begin that come together, or part, in lines.
_NEAR = 0.12
#: And no further to the side, as a share of the way, where there is little room.
_ASIDE = 0.2


class PassDrawing(GraphDrawing):
    """A box a number.

    Where it is seen so small that all texts cannot be read, there is one number in each box, larger; where that has no
    room either, there is none: a dot shows how far the walk has come, and its tip what is known of it.
    """

    least = LEAST

    def __init__(self, theme: Theme) -> None:
        self.worked: Worked | None = None
        self.stage: Stage | None = None
        self.node = 0
        #: The graph that is drawn; None before there is a model.
        self.passes: Passes | None = None
        self._sizes: PassSizes | None = None
        self._by_pair: dict[Pair, int] = {}
        super().__init__(theme)

    def set_passes(self, passes: Passes | None) -> bool:
        """Take another graph; whether its boxes and edges are others."""
        before, self.passes = self.passes, passes
        if before is not None and passes is not None and (before.nodes, before.edges) == (passes.nodes, passes.edges):
            return False
        self.worked = self.stage = None
        self.rearrange()
        return True

    def rearrange(self) -> None:
        """Lay it out again."""
        passes = self.passes
        if passes is None:
            self.clear()
            return
        self._by_pair = {(edge.source, edge.to): e for e, edge in enumerate(passes.edges)}
        self._sizes = sizes_of(passes, self._metrics, self._sizes)
        self._stack(passes, self._sizes)

    def suit(self, width: float, height: float) -> None:
        """Give boxes and edges such heights that the drawing fills its room; the widths are what they are."""
        passes, before = self.passes, self._sizes
        if passes is None or before is None:
            return
        self._sizes = before.suited(width, height)
        if self._sizes != before:
            self._stack(passes, self._sizes)

    def _stack(self, passes: Passes, sizes: PassSizes) -> None:
        sources = [[passes.edges[e].source for e in into] for into in passes.into]
        ones = frozenset(i for i, node in enumerate(passes.nodes) if node.kind == "one")
        gaps = [sizes.stretch * gap for gap in sizes.gaps]
        self.arrange(sources, sizes.widths, sizes.high - PAD, gaps, in_rows(sources, sizes.widths, passes.rows, ones))
        self.layout.area.adjust(-sizes.margin[0], 0, 0, sizes.margin[1])

    @property
    def _fit(self) -> PassSizes:
        assert self._sizes is not None
        return self._sizes

    @property
    def _is_small(self) -> bool:
        """Tell whether there is one number in a box at most."""
        return self.zoom * self._fit.shrunk < WHOLE

    @property
    def _enlarged(self) -> float:
        sizes = self._sizes
        if sizes is None:
            return 1.0
        if not self._is_small:
            return sizes.shrunk
        return min(TINY / self.zoom, sizes.widest, sizes.high)

    @property
    def is_dotted(self) -> bool:
        """Tell whether there is room for no number."""
        return self._is_small and self._enlarged * self.zoom < _LEGIBLE

    def tip(self, what: object) -> str:
        """All that is known of a box or an edge."""
        passes, worked, stage = self.passes, self.worked, self.stage
        if passes is None or worked is None or stage is None or what is None:
            return ""
        if isinstance(what, int):
            node = passes.nodes[what]
            known = [f"{node.name} = {show(worked.values[what])}"] if node.row <= stage.forward else [node.name]
            if node.kind == "one":
                known = [node.name]
            elif node.row >= stage.back:
                known.append(f"∂C/∂{node.name} = {show(worked.totals[what])}")
            return "\n".join(known)
        assert isinstance(what, tuple)
        edge = passes.edges[self._by_pair[what]]
        local = f"∂{passes.nodes[edge.to].name}/∂{passes.nodes[edge.source].name}"
        slope = show(worked.slopes[self._by_pair[what]])
        if edge.parameter < 0:
            return f"{local} = {slope}" if self._is_known(edge) else local
        name = passes.model.names[edge.parameter]
        known = [f"{name} = {slope}" if passes.nodes[edge.source].kind == "one" else f"{local} = {name} = {slope}"]
        if self._is_known(edge):
            known.append(f"∂C/∂{name} = {show(float(worked.by_parameter[edge.parameter]))}")
        return "\n".join(known)

    def box(self, node: int) -> QRectF:
        """Return the place of a box."""
        return self.layout.boxes[node]

    def around(self, node: int) -> QRectF:
        """Return the place of a box, up or down to those that it is worked out of."""
        area, (_, pairs) = QRectF(self.box(node)), self._bright() or (set(), set())
        for other in {i for pair in pairs for i in pair}:
            area.setTop(min(area.top(), self.box(other).top()))
            area.setBottom(max(area.bottom(), self.box(other).bottom()))
        return area

    def _is_known(self, edge: Edge) -> bool:
        """Tell whether the way back has passed an edge."""
        assert self.passes is not None
        assert self.stage is not None
        if edge.parameter >= 0:
            return self.passes.nodes[edge.to].row >= self.stage.weights
        return self.passes.nodes[edge.source].row >= self.stage.back

    def texts(self, i: int) -> list[TextLine]:
        """Return the texts in a box, as far as they are known."""
        theme, passes, worked, stage = self._theme, self.passes, self.worked, self.stage
        assert passes is not None
        node = passes.nodes[i]
        if self.is_dotted:
            return []
        if node.kind == "one" or worked is None or stage is None:
            return [(node.name, theme.text)] if node.kind == "one" or not self._is_small else []
        forward, back = node.row <= stage.forward, node.row >= stage.back
        value, total = worked.values[i], worked.totals[i]
        if self._is_small:
            lines = [(_tight(total), theme.accent)] if back else [(_tight(value) if forward else "", theme.text)]
        elif self._fit.narrow:
            lines = [
                (node.name, theme.faint),
                (brief(value) if forward else "", theme.text),
                (f"∂ {brief(total)}" if back else "", theme.accent),
            ]
        else:
            lines = [
                (f"{node.name} = {show(value, 4)}" if forward else node.name, theme.text),
                (f"∂C/∂{node.name} = {show(total, 4)}" if back else "", theme.accent),
            ]
        return [line for line in lines if line[0]]

    def _labels(self, edge: Pair) -> list[TextLine]:
        passes, worked = self.passes, self.worked
        if passes is None or worked is None or self.stage is None or self.is_dotted:
            return []
        known = passes.edges[self._by_pair[edge]]
        if known.parameter < 0:
            hidden = not self._is_known(known)
        else:  # where all are joined with all, only those of the node that is looked at
            hidden = len(passes.rows[passes.nodes[known.to].row]) > 1 and self.node not in edge
        if hidden:
            return []
        lines = [(self._short(worked.slopes[self._by_pair[edge]]), self._theme.text)]
        if known.parameter >= 0 and self._is_known(known):
            text = self._short(float(worked.by_parameter[known.parameter]))
            lines.append((text if self._is_small else f"∂ {text}", self._theme.accent))
        room = min(self._room(known), 1 if self._is_small else 2)
        if room < len(lines):  # what the stop is about
            lines = lines[-1:] if self.stage.what in ("weights", "update") else lines[:1]
        return lines[:room]

    def _short(self, x: float) -> str:
        """A number beside an edge: there is less room where there are many."""
        return _tight(x) if self._is_small else show(x, 2) if self._fit.narrow else brief(x)

    def _room(self, edge: Edge) -> int:
        """Number of lines that there is room for at an edge."""
        assert self.passes is not None
        gap = self._fit.stretch * self._fit.gaps[self.passes.nodes[edge.source].row]
        return int(gap / self._enlarged + 0.1)

    def _middle(self, edge: Pair) -> QPointF:
        assert self.passes is not None
        if self.passes.edges[self._by_pair[edge]].parameter < 0:
            return super()._middle(edge)
        parts = len(self.passes.out_of[edge[0]]) > 1
        gap = self._fit.stretch * self._fit.gaps[self.passes.nodes[edge[0]].row]
        lines = min(1 if self._is_small else 2, self._room(self.passes.edges[self._by_pair[edge]]))
        near = min((lines / 2 * self._enlarged + _NEAR) / gap, 0.5)
        most = _ASIDE if self._is_small else 1.0
        if edge[0] == self.node and parts:
            return _at_height(self.layout.edges[edge], 1 - near, 1 - most, 1.0)
        return _at_height(self.layout.edges[edge], near, 0.0, most)

    def _bright(self) -> tuple[set[int], set[Pair]] | None:
        passes, stage = self.passes, self.stage
        if passes is None or stage is None or self.worked is None:
            return None
        edges = passes.out_of if stage.what == "back" else passes.into
        if stage.what == "inputs":
            return set(passes.rows[0]), set()
        return {self.node}, {(passes.edges[e].source, passes.edges[e].to) for e in edges[self.node]}

    def _filling(self, i: int) -> QColor:
        """A dot shows whether its value is known, and then its derivative."""
        theme, passes, stage = self._theme, self.passes, self.stage
        if passes is not None and stage is not None and self.is_dotted and passes.nodes[i].kind != "one":
            row = passes.nodes[i].row
            if row >= stage.back or row <= stage.forward:
                return solid(theme.accent if row >= stage.back else theme.faint, 0.7)
        return super()._filling(i)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """The graph and, where there are no names in the boxes, those of rows."""
        super().paint(painter, option, widget)
        passes = self.passes
        if passes is None or not self._is_small:
            return
        size = TINY / self.zoom
        font = QFont(self._font)
        font.setPointSizeF(font.pointSizeF() * size)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.faint))
        high = size * self._metrics.height()
        for row in passes.rows[1:]:
            box, name = self.layout.boxes[row[0]], passes.nodes[row[0]].name.split("[")[0]
            wide = size * self._metrics.horizontalAdvance(name) + 8
            place = QRectF(max(box.left() - wide, self.layout.area.left()), box.center().y() - high / 2, wide, high)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), name)
        for i in passes.rows[0]:
            box, name = self.layout.boxes[i], passes.nodes[i].name
            short = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, (box.width() + GAP / 2) / size)
            if passes.nodes[i].kind == "input" and short.rstrip("…"):
                place = QRectF(box.left() - GAP / 2, box.bottom(), box.width() + GAP, high)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), short)

    def _is_end(self, i: int) -> bool:
        assert self.passes is not None
        return self.passes.nodes[i].kind in ("input", "cost")


def _tight(x: float) -> str:
    """A number where there is the least room: two decimals, or how large it is."""
    if x == 0 or not math.isfinite(x):
        return show(x)
    if 0.01 <= abs(x) < 1000:
        text = f"{x:.{2 if abs(x) < 10 else 0}f}"
    else:
        mantissa, exponent = f"{x:.0e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def _at_height(line: QPainterPath, share: float, least: float, most: float) -> QPointF:
    """Find where an edge between two rows has come so far up; half its length may lie on a flat part in the middle.

    Of the way to the side it is within the shares `least` and `most`.
    """
    start, end = QPointF(line.elementAt(0).x, line.elementAt(0).y), line.currentPosition()
    low, high = 0.0, 1.0
    for _ in range(10):
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < share else (low, t)
    aside = min(max(3 * t**2 - 2 * t**3, least), most)
    return QPointF(start.x() + aside * (end.x() - start.x()), start.y() + share * (end.y() - start.y()))
