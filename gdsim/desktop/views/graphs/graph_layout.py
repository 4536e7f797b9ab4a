"""Layout of a graph: places of the boxes and lines of the edges, in the units of a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from gdsim.desktop.views.graphs.layered import Edge, Layout

#: How far from an edge the mouse may be, in pixels.
REACH = 7.0


@dataclass(frozen=True, eq=False)
class GraphLayout:
    """Boxes and edges of a graph.

    Attributes
    ----------
    boxes
        Where each box stands.
    edges
        The line of each edge, from the lower box up to the other.
    middles
        Where the text of each edge stands.
    bounds
        The room that each edge takes, so far around it as the mouse may be.
    area
        The room that all of it takes.
    """

    boxes: Sequence[QRectF] = ()
    edges: Mapping[Edge, QPainterPath] = field(default_factory=dict)
    middles: Mapping[Edge, QPointF] = field(default_factory=dict)
    bounds: Mapping[Edge, QRectF] = field(default_factory=dict)
    area: QRectF = field(default_factory=QRectF)


def place_graph(
    sources: Sequence[Sequence[int]], widths: Sequence[float], box: float, gaps: Sequence[float], layout: Layout
) -> GraphLayout:
    """Place boxes and edges.

    Parameters
    ----------
    sources
        The boxes that each is worked out of.
    widths, box
        How wide each box is, and how high all are.
    gaps
        The room above each layer but the highest.
    layout
        The layers of the boxes, their places across, and the ways of the edges.
    """
    middles = list(accumulate((box + gap for gap in reversed(gaps)), initial=box / 2))[::-1]
    boxes = [
        QRectF(x - w / 2, middles[layer] - box / 2, w, box)
        for x, layer, w in zip(layout.x, layout.layers, widths, strict=True)
    ]
    below, above = _ports(sources, boxes)
    edges: dict[Edge, QPainterPath] = {}
    texts: dict[Edge, QPointF] = {}
    for (source, to), route in layout.routes.items():
        # past a box a line runs straight up
        passed = [QPointF(x, middles[layer] + side) for x, layer in route[1:-1] for side in (box / 2, -box / 2)]
        start = QPointF(above[source, to], middles[route[0][1]] - box / 2)
        end = QPointF(below[source, to], middles[route[-1][1]] + box / 2)
        points = [start, *passed, end]
        edges[source, to] = _curve(points)
        texts[source, to] = (points[-2] + points[-1]) / 2
    bounds = {edge: path.boundingRect().adjusted(-REACH, -REACH, REACH, REACH) for edge, path in edges.items()}
    area = QRectF(0, 0, layout.width, middles[0] + box / 2).adjusted(-8, -8, 8, 8)
    return GraphLayout(boxes, edges, texts, bounds, area)


def _ports(sources: Sequence[Sequence[int]], boxes: Sequence[QRectF]) -> tuple[dict[Edge, float], dict[Edge, float]]:
    """Places where edges meet boxes: side by side, in the order of what they lead to. Below `to`, above `from`."""
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
