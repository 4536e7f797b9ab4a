"""The graph of a model for one example: values in its boxes, and derivatives as far as the walk has come."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.views.graphs.graph import GraphDrawing, GraphView, Line, brief
from gdsim.desktop.views.graphs.layered import GAP, in_rows
from gdsim.desktop.views.graphs.layered import Edge as Pair
from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Stage, Worked

#: Rows of more boxes than these have narrow ones.
_MOST_WIDE = 3
#: The room below a row, in lines: of edges with one number, with a weight and its derivative, and of many of these.
_ALONE, _JOINED, _CROSSED = 1.7, 3.0, 4.2
#: The share of other boxes' width that one with a 1 in it has.
_NARROW = 0.7
#: What each depends on one other alone.
_SINGLE = ("activation", "probability", "cost")
#: The gaps may be made so much smaller or larger than that, to fill the room there is.
_TIGHT, _LOOSE = 0.5, 1.8
#: Seen smaller than this the boxes have one number each, drawn so large that it is seen in one of these sizes; where
#: that does not fit into them either, they are dots.
_WHOLE, _LEGIBLE, _TINY = 0.66, 0.57, 0.85
#: A box is higher than its lines by the first of these, by the second where edges would be shorter than their share;
#: around a number alone there is so much, and no box is flatter than the last.
_PAD, _LITTLE, _EASY, _AROUND, _FLAT = 0.5, 0.2, 0.8, 1.4, 1.6
#: What such a number needs.
_TYPICAL = "−0.00"
#: So small it may be to be seen as a whole.
_LEAST = 0.07
#: How far from a box the texts of edges begin that come together, or part, in lines.
_NEAR = 0.12
#: And no further to the side, as a share of the way, where there is little room.
_ASIDE = 0.2
#: The room before a row, where its name stands.
_BEFORE = "a1 "


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


class PassDrawing(GraphDrawing):
    """A box a number.

    Where it is seen so small that all texts cannot be read, there is one number in each box, larger; where that has no
    room either, there is none: a dot shows how far the walk has come, and its tip what is known of it.
    """

    least = _LEAST

    def __init__(self, theme: Theme) -> None:
        self.worked: Worked | None = None
        self.stage: Stage | None = None
        self.node = 0
        self._passes: Passes | None = None
        self._narrow = False
        #: Of each row but the lowest, the room below it; and how much that is stretched.
        self._gaps: list[float] = []
        self._stretch = 1.0
        #: How high a box is, in lines, and the room before the rows and below the inputs.
        self._high, self._margin = 3 + _PAD, (0.0, 0.0)
        self._widths: list[float] = []
        #: How much larger a number may be for the narrowest of the boxes.
        self._widest = 1.0
        self._by_pair: dict[Pair, int] = {}
        super().__init__(theme)

    def set_passes(self, passes: Passes | None) -> bool:
        """Take another graph; whether its boxes and edges are others."""
        before, self._passes = self._passes, passes
        if before is not None and passes is not None and (before.nodes, before.edges) == (passes.nodes, passes.edges):
            return False
        self.worked = self.stage = None
        self.rearrange()
        return True

    def rearrange(self) -> None:
        """Lay it out again."""
        passes = self._passes
        if passes is None:
            self.clear()
            return
        self._by_pair = {(edge.source, edge.to): e for e, edge in enumerate(passes.edges)}
        self._narrow = max(map(len, passes.rows)) > _MOST_WIDE + 1
        pad = self._metrics.height()
        widths: list[float] = []
        widest = 0.0
        for node in passes.nodes:
            name = node.name if self._narrow else f"∂C/∂{node.name}"
            number = "∂ −0.0000" if self._narrow else f"{name} = −0.000e−0"
            longest = max(self._metrics.horizontalAdvance(text) for text in (name, number))
            widths.append((pad if node.kind == "one" else longest) + pad)
            if node.kind not in ("one", "input"):
                # as wide as the others, to stand in line
                widest = max(widest, widths[-1])
        for i, node in enumerate(passes.nodes):
            if node.kind == "one" and self._narrow:
                # its edge has as long texts as the others
                widths[i] = _NARROW * widest
            elif node.kind not in ("one", "input"):
                widths[i] = widest
        self._widths = widths
        numbered = [width for width, node in zip(widths, passes.nodes, strict=True) if node.kind != "one"]
        self._widest = (min(numbered) - 4) / self._metrics.horizontalAdvance(_TYPICAL)
        self._gaps = [
            _ALONE if passes.nodes[row[0]].kind in _SINGLE else _CROSSED if self._narrow and len(row) > 1 else _JOINED
            for row in passes.rows[1:]
        ]
        self._stack(passes)

    def suit(self, width: float, height: float) -> None:
        """Give boxes and edges such heights that the drawing fills its room; the widths are what they are."""
        passes, line = self._passes, self._metrics.height()
        if passes is None:
            return
        before = (self._high, self._stretch, self._margin)
        natural, rows, gaps = self._wide(passes), len(passes.rows), sum(self._gaps)

        def stretched(scale: float, high: float) -> float:
            return ((height / scale - 16 - self._margin[1]) / line - rows * high) / gaps

        scale = min(width / (natural + 16), 1.0)
        self._margin, self._high = (0.0, 0.0), self._lines_each + _PAD
        if stretched(scale, self._high) < _EASY:
            self._high = self._lines_each + _LITTLE
        seen = min(scale, height / line / (rows * self._high + _TIGHT * gaps))
        if seen < _WHOLE:
            # one number in a box, and what a row is called before it, or below it
            margin = _TINY * self._metrics.horizontalAdvance(_BEFORE)
            scale = min(max((width - margin) / (natural + 16), _LEAST), 1.0)
            self._margin = margin / scale, _TINY * line / scale
            self._high = min(max(_AROUND * _TINY / scale, _FLAT), self._high)
        self._stretch = min(max(stretched(scale, self._high), _TIGHT), _LOOSE)
        if before != (self._high, self._stretch, self._margin):
            self._stack(passes)

    def _wide(self, passes: Passes) -> float:
        """How wide the widest row is."""
        return max(sum(self._widths[i] + GAP for i in row) - GAP for row in passes.rows)

    def _stack(self, passes: Passes) -> None:
        sources = [[passes.edges[e].source for e in into] for into in passes.into]
        ones = frozenset(i for i, node in enumerate(passes.nodes) if node.kind == "one")
        gaps = [self._stretch * gap for gap in self._gaps]
        layout = in_rows(sources, self._widths, passes.rows, ones)
        self.arrange(sources, self._widths, self._high - _PAD, gaps, layout)
        self._area.adjust(-self._margin[0], 0, 0, self._margin[1])

    @property
    def _lines_each(self) -> int:
        return 3 if self._narrow else 2

    @property
    def _shrunk(self) -> float:
        """How much smaller all texts are drawn, as the boxes may be lower than these are."""
        return min((self._high - _LITTLE) / self._lines_each, 1.0)

    @property
    def _is_small(self) -> bool:
        """Whether there is one number in a box at most."""
        return self.zoom * self._shrunk < _WHOLE

    @property
    def _enlarged(self) -> float:
        if not self._is_small:
            return self._shrunk
        return min(_TINY / self.zoom, self._widest, self._high)

    @property
    def _is_dotted(self) -> bool:
        """Whether there is room for no number."""
        return self._is_small and self._enlarged * self.zoom < _LEGIBLE

    def tip(self, what: object) -> str:
        """All that is known of a box or an edge."""
        passes, worked, stage = self._passes, self.worked, self.stage
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
        """Where a box stands."""
        return self._boxes[node]

    def around(self, node: int) -> QRectF:
        """Where a box stands, up or down to those that it is worked out of."""
        area, (_, pairs) = QRectF(self.box(node)), self._bright() or (set(), set())
        for other in {i for pair in pairs for i in pair}:
            area.setTop(min(area.top(), self.box(other).top()))
            area.setBottom(max(area.bottom(), self.box(other).bottom()))
        return area

    def _is_known(self, edge: Edge) -> bool:
        """Whether the way back has passed an edge."""
        assert self._passes is not None
        assert self.stage is not None
        if edge.parameter >= 0:
            return self._passes.nodes[edge.to].row >= self.stage.weights
        return self._passes.nodes[edge.source].row >= self.stage.back

    def _lines(self, i: int) -> list[Line]:
        theme, passes, worked, stage = self._theme, self._passes, self.worked, self.stage
        assert passes is not None
        node = passes.nodes[i]
        if self._is_dotted:
            return []
        if node.kind == "one" or worked is None or stage is None:
            return [(node.name, theme.text)] if node.kind == "one" or not self._is_small else []
        forward, back = node.row <= stage.forward, node.row >= stage.back
        value, total = worked.values[i], worked.totals[i]
        if self._is_small:
            lines = [(_tight(total), theme.accent)] if back else [(_tight(value) if forward else "", theme.text)]
        elif self._narrow:
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

    def _labels(self, edge: Pair) -> list[Line]:
        passes, worked = self._passes, self.worked
        if passes is None or worked is None or self.stage is None or self._is_dotted:
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
        return _tight(x) if self._is_small else show(x, 2) if self._narrow else brief(x)

    def _room(self, edge: Edge) -> int:
        """How many lines there is room for at an edge."""
        assert self._passes is not None
        gap = self._stretch * self._gaps[self._passes.nodes[edge.source].row]
        return int(gap / self._enlarged + 0.1)

    def _middle(self, edge: Pair) -> QPointF:
        assert self._passes is not None
        if self._passes.edges[self._by_pair[edge]].parameter < 0:
            return super()._middle(edge)
        parts = len(self._passes.out_of[edge[0]]) > 1
        gap = self._stretch * self._gaps[self._passes.nodes[edge[0]].row]
        lines = min(1 if self._is_small else 2, self._room(self._passes.edges[self._by_pair[edge]]))
        near = min((lines / 2 * self._enlarged + _NEAR) / gap, 0.5)
        most = _ASIDE if self._is_small else 1.0
        if edge[0] == self.node and parts:
            return _at_height(self._edges[edge], 1 - near, 1 - most, 1.0)
        return _at_height(self._edges[edge], near, 0.0, most)

    def _bright(self) -> tuple[set[int], set[Pair]] | None:
        passes, stage = self._passes, self.stage
        if passes is None or stage is None or self.worked is None:
            return None
        edges = passes.out_of if stage.what == "back" else passes.into
        if stage.what == "inputs":
            return set(passes.rows[0]), set()
        return {self.node}, {(passes.edges[e].source, passes.edges[e].to) for e in edges[self.node]}

    def _filling(self, i: int) -> QColor:
        """A dot shows whether its value is known, and then its derivative."""
        theme, passes, stage = self._theme, self._passes, self.stage
        if passes is not None and stage is not None and self._is_dotted and passes.nodes[i].kind != "one":
            row = passes.nodes[i].row
            if row >= stage.back or row <= stage.forward:
                return solid(theme.accent if row >= stage.back else theme.faint, 0.7)
        return super()._filling(i)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """The graph and, where there are no names in the boxes, those of rows."""
        super().paint(painter, option, widget)
        passes = self._passes
        if passes is None or not self._is_small:
            return
        size = _TINY / self.zoom
        font = QFont(self._font)
        font.setPointSizeF(font.pointSizeF() * size)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.faint))
        high = size * self._metrics.height()
        for row in passes.rows[1:]:
            box, name = self._boxes[row[0]], passes.nodes[row[0]].name.split("[")[0]
            wide = size * self._metrics.horizontalAdvance(name) + 8
            place = QRectF(max(box.left() - wide, self._area.left()), box.center().y() - high / 2, wide, high)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), name)
        for i in passes.rows[0]:
            box, name = self._boxes[i], passes.nodes[i].name
            short = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, (box.width() + GAP / 2) / size)
            if passes.nodes[i].kind == "input" and short.rstrip("…"):
                place = QRectF(box.left() - GAP / 2, box.bottom(), box.width() + GAP, high)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), short)

    def _is_end(self, i: int) -> bool:
        assert self._passes is not None
        return self._passes.nodes[i].kind in ("input", "cost")


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
    """Where an edge between two rows has come so far up; half its length may lie on a flat part in the middle.

    Of the way to the side it is within the shares `least` and `most`.
    """
    start, end = QPointF(line.elementAt(0).x, line.elementAt(0).y), line.currentPosition()
    low, high = 0.0, 1.0
    for _ in range(10):
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < share else (low, t)
    aside = min(max(3 * t**2 - 2 * t**3, least), most)
    return QPointF(start.x() + aside * (end.x() - start.x()), start.y() + share * (end.y() - start.y()))
