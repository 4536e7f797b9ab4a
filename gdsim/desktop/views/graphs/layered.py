"""Laying out a graph in layers: what depends on something stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: From one box, or line, to the next in a layer, in pixels.
GAP = 18.0
#: The room of a line that passes a layer.
_LINE = 16.0
_SWEEPS = 12

Edge = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Layout:
    """Places of all boxes and ways of all edges.

    Attributes
    ----------
    x
        The middle of each box, in pixels from the left edge.
    layers
        The layer of each box: 0 at the bottom.
    routes
        For each edge (from, to), the middles of what it passes, as (x, layer): first its box below, last that above.
    width
        Of all of it.
    """

    x: list[float]
    layers: list[int]
    routes: dict[Edge, list[tuple[float, int]]]
    width: float


def in_rows(
    sources: Sequence[Sequence[int]], widths: Sequence[float], rows: Sequence[Sequence[int]], aside: frozenset[int]
) -> Layout:
    """Boxes in the rows and the order that they are given in, each joined with the row below it only.

    The middles of all rows are above each other, so that of two rows of as many boxes each stands straight above
    one; those aside, at the ends of their rows, do not count for that.
    """
    x, layers = [0.0] * len(widths), [0] * len(widths)
    for layer, row in enumerate(rows):
        places = _packed([0.0] * len(row), [widths[box] for box in row])
        counted = [place for box, place in zip(row, places, strict=True) if box not in aside] or places
        middle = (counted[0] + counted[-1]) / 2
        for box, place in zip(row, places, strict=True):
            x[box], layers[box] = place - middle, layer
    left = min(xi - w / 2 for xi, w in zip(x, widths, strict=True))
    x = [xi - left for xi in x]
    routes = {
        (source, to): [(x[source], layers[source]), (x[to], layers[to])]
        for to, below in enumerate(sources)
        for source in below
    }
    return Layout(x, layers, routes, max(xi + w / 2 for xi, w in zip(x, widths, strict=True)))


def lay_out(sources: Sequence[Sequence[int]], widths: Sequence[float]) -> Layout:
    """Lay out boxes of some widths, each with the boxes before it that it depends on.

    Lines that are longer than a layer get a place in every layer they pass, so that they go round boxes and not
    through them; a few sweeps then put everything near what it is joined with.
    """
    layers = _layers(sources)
    wide = list(widths)
    rows: list[list[int]] = [[] for _ in range(max(layers) + 1)]
    for box, layer in enumerate(layers):
        rows[layer].append(box)
    chains: dict[Edge, list[int]] = {}
    neighbours: list[list[int]] = [[] for _ in widths]
    for box, below in enumerate(sources):
        for source in below:
            chain = [source]
            for layer in range(layers[source] + 1, layers[box]):
                chain.append(len(wide))
                rows[layer].append(len(wide))
                wide.append(_LINE)
                neighbours.append([])
            chain.append(box)
            chains[source, box] = chain
            for a, b in pairwise(chain):
                neighbours[a].append(b)
                neighbours[b].append(a)
    x = _spread(rows, neighbours, wide)
    left = min(xi - w / 2 for xi, w in zip(x, wide, strict=True))
    x = [xi - left for xi in x]
    routes = {edge: [(x[node], layers[edge[0]] + i) for i, node in enumerate(chain)] for edge, chain in chains.items()}
    width = max(xi + w / 2 for xi, w in zip(x, wide, strict=True))
    return Layout(x[: len(widths)], layers, routes, width)


def _layers(sources: Sequence[Sequence[int]]) -> list[int]:
    """The lowest layer in which each can stand."""
    layers: list[int] = []
    for below in sources:
        layers.append(1 + max((layers[b] for b in below), default=-1))
    return layers


def _spread(rows: list[list[int]], neighbours: list[list[int]], widths: list[float]) -> list[float]:
    """The middle of everything: up and down through the layers, each put near its neighbours."""
    x = [0.0] * len(widths)
    row_of = {node: r for r, row in enumerate(rows) for node in row}
    for row in rows:
        for node, place in zip(row, _packed([0.0] * len(row), [widths[n] for n in row]), strict=True):
            x[node] = place
    for sweep in range(_SWEEPS):
        up = sweep % 2 == 0
        for r in range(len(rows)) if up else reversed(range(len(rows))):
            row = rows[r]
            wanted = {}
            for node in row:
                seen = [n for n in neighbours[node] if sweep >= _SWEEPS - 2 or (row_of[n] < r) == up]
                wanted[node] = sum(x[n] for n in seen) / len(seen) if seen else x[node]
            if sweep < _SWEEPS - 2:
                row.sort(key=lambda node: wanted[node])
            places = _packed([wanted[node] for node in row], [widths[node] for node in row])
            for node, place in zip(row, places, strict=True):
                x[node] = place
    return x


def _packed(wanted: list[float], widths: list[float]) -> list[float]:
    """Places in this order, as near to those wanted as can be without an overlap.

    Between the arrangement that gives way to the right only and that to the left only: both keep the distances.
    """
    apart = [0.0] + [(a + b) / 2 + GAP for a, b in pairwise(widths)]
    right, left = list(wanted), list(wanted)
    for i in range(1, len(wanted)):
        right[i] = max(right[i], right[i - 1] + apart[i])
    for i in reversed(range(len(wanted) - 1)):
        left[i] = min(left[i], left[i + 1] - apart[i + 1])
    return [(a + b) / 2 for a, b in zip(right, left, strict=True)]
