"""The graph of a model for one example: values in its boxes, and derivatives as far as the walk has come."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.drawing.graph import GraphDrawing, GraphView, Line, brief
from gdsim.desktop.drawing.layered import Edge as Pair
from gdsim.desktop.drawing.layered import in_rows
from gdsim.desktop.numbers import show
from gdsim.desktop.style import Theme
from gdsim.objectives.data.passes import Edge, Passes, Stage, Worked

#: Rows of more boxes than these have narrow ones.
_MOST_WIDE = 3
#: The room below a row, in lines: of edges with one number, with a weight and its derivative, and of many of these.
_ALONE, _JOINED, _CROSSED = 1.7, 3.0, 4.2
#: The share of other boxes' width that one with a 1 in it has.
_NARROW = 0.7
#: What each depends on one other alone.
_SINGLE = ("activation", "probability", "cost")
#: How far from a box the texts of edges stand that come together, or part, in lines.
_NEAR = 1.12


class PassGraph(GraphView):
    """Boxes from the inputs at the bottom to the cost at the top."""

    drawing: PassDrawing

    #: The next neuron of a row, or that before it, is wanted: 1 or -1.
    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(PassDrawing(theme), theme, parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down go from neuron to neuron; arrow keys scroll."""
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
    """A box a number."""

    def __init__(self, theme: Theme) -> None:
        self.worked: Worked | None = None
        self.stage: Stage | None = None
        self.node = 0
        self._passes: Passes | None = None
        self._narrow = False
        self._gaps: list[float] = []
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
        sources = [[passes.edges[e].source for e in into] for into in passes.into]
        self._gaps = [
            _ALONE if passes.nodes[row[0]].kind in _SINGLE else _CROSSED if self._narrow and len(row) > 1 else _JOINED
            for row in passes.rows[1:]
        ]
        ones = frozenset(i for i, node in enumerate(passes.nodes) if node.kind == "one")
        self.arrange(sources, widths, 3 if self._narrow else 2, self._gaps, in_rows(sources, widths, passes.rows, ones))

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
        if node.kind == "one" or worked is None or stage is None:
            return [(node.name, theme.text)]
        forward, back = node.row <= stage.forward, node.row >= stage.back
        value, total = show(worked.values[i], 4), worked.totals[i]
        if self._narrow:
            lines = [(node.name, theme.faint), (brief(worked.values[i]) if forward else "", theme.text),
                     (f"∂ {brief(total)}" if back else "", theme.accent)]  # fmt: skip
        else:
            lines = [(f"{node.name} = {value}" if forward else node.name, theme.text),
                     (f"∂C/∂{node.name} = {show(total, 4)}" if back else "", theme.accent)]  # fmt: skip
        return [line for line in lines if line[0]]

    def _labels(self, edge: Pair) -> list[Line]:
        passes, worked = self._passes, self.worked
        if passes is None or worked is None or self.stage is None:
            return []
        known = passes.edges[self._by_pair[edge]]
        slope = self._short(worked.slopes[self._by_pair[edge]])
        if known.parameter < 0:
            return [(slope, self._theme.text)] if self._is_known(known) else []
        # where all are joined with all, only those of the node that is looked at
        if len(passes.rows[passes.nodes[known.to].row]) > 1 and self.node not in edge:
            return []
        lines = [(slope, self._theme.text)]
        if self._is_known(known):
            lines.append((f"∂ {self._short(float(worked.by_parameter[known.parameter]))}", self._theme.accent))
        return lines

    def _short(self, x: float) -> str:
        """A number beside an edge: there is less room where there are many."""
        return show(x, 2) if self._narrow else brief(x)

    def _middle(self, edge: Pair) -> QPointF:
        assert self._passes is not None
        if self._passes.edges[self._by_pair[edge]].parameter < 0:
            return super()._middle(edge)
        parts = len(self._passes.out_of[edge[0]]) > 1
        near = _NEAR / self._gaps[self._passes.nodes[edge[0]].row]
        if edge[0] == self.node and parts:
            near = 1 - near
        return self._edges[edge].pointAtPercent(near)

    def _bright(self) -> tuple[set[int], set[Pair]] | None:
        passes, stage = self._passes, self.stage
        if passes is None or stage is None or self.worked is None:
            return None
        edges = passes.out_of if stage.what == "back" else passes.into
        if stage.what == "inputs":
            return set(passes.rows[0]), set()
        return {self.node}, {(passes.edges[e].source, passes.edges[e].to) for e in edges[self.node]}

    def _is_end(self, i: int) -> bool:
        assert self._passes is not None
        return self._passes.nodes[i].kind in ("input", "cost")
