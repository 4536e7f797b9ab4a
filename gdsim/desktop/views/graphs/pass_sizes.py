"""Sizes of the boxes and gaps of a model's graph: pure decisions, so that numbers can be read in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QFontMetricsF

from gdsim.desktop.views.graphs.layered import GAP
from gdsim.objectives.data.walkthrough.passes import Node, Passes

#: Rows of more boxes than these have narrow ones.
_MOST_WIDE = 3
#: The room below a row, in lines: of edges with one number, with a weight and its derivative, and of many of these.
_ALONE, _JOINED, _CROSSED = 1.7, 3.0, 4.2
#: The share of other boxes' width that one with a 1 in it has.
_NARROW = 0.7
#: Kinds of boxes that depend on one other alone.
_SINGLE = ("activation", "probability", "cost")
#: The gaps may be made so much smaller or larger than that, to fill the room there is.
_TIGHT, _LOOSE = 0.5, 1.8
#: Seen smaller than the first the boxes have one number each, drawn so large that it is seen in the second size.
WHOLE, TINY = 0.66, 0.85
#: A box is higher than its lines by the first of these, by the second where edges would be shorter than their share;
#: around a number alone there is so much, and no box is flatter than the last.
PAD, _LITTLE, _EASY, _AROUND, _FLAT = 0.5, 0.2, 0.8, 1.4, 1.6
#: A number that stands alone in its box, as long as most.
_TYPICAL = "−0.00"
#: So small it may be to be seen as a whole.
LEAST = 0.07
#: The room before a row, where its name stands.
_BEFORE = "a1 "


@dataclass(frozen=True)
class PassSizes:
    """Sizes of boxes and gaps.

    Attributes
    ----------
    narrow
        Whether rows are so wide that boxes have their name, value and derivative below each other.
    widths
        How wide each box is.
    row
        How wide the widest row is.
    widest
        How much larger a number may be for the narrowest of the boxes.
    gaps
        Of each row but the lowest, the room below it, in lines.
    line, before
        How high a line of text is, and how wide the name before a row.
    high
        How high a box is, in lines.
    stretch
        How much the gaps are stretched.
    margin
        The room before the rows and below the inputs.
    """

    narrow: bool
    widths: tuple[float, ...]
    row: float
    widest: float
    gaps: tuple[float, ...]
    line: float
    before: float
    high: float = 3 + PAD
    stretch: float = 1.0
    margin: tuple[float, float] = (0.0, 0.0)

    @property
    def lines(self) -> int:
        """Number of lines in a box."""
        return 3 if self.narrow else 2

    @property
    def shrunk(self) -> float:
        """Scale at which all texts are drawn, as the boxes may be lower than these are."""
        return min((self.high - _LITTLE) / self.lines, 1.0)

    def suited(self, width: float, height: float) -> PassSizes:
        """Return such heights that the drawing fills its room; the widths are what they are."""
        scale, margin, high = min(width / (self.row + 16), 1.0), (0.0, 0.0), self.lines + PAD
        if self._stretched(height, scale, margin, high) < _EASY:
            high = self.lines + _LITTLE
        seen = min(scale, height / self.line / (len(self.gaps) * high + high + _TIGHT * sum(self.gaps)))
        if seen < WHOLE:
            # one number in a box, and what a row is called before it, or below it
            beside = TINY * self.before
            scale = min(max((width - beside) / (self.row + 16), LEAST), 1.0)
            margin = beside / scale, TINY * self.line / scale
            high = min(max(_AROUND * TINY / scale, _FLAT), high)
        stretch = min(max(self._stretched(height, scale, margin, high), _TIGHT), _LOOSE)
        return replace(self, margin=margin, high=high, stretch=stretch)

    def _stretched(self, height: float, scale: float, margin: tuple[float, float], high: float) -> float:
        """Stretch of the gaps with which a height would be filled."""
        rows = len(self.gaps) + 1
        return ((height / scale - 16 - margin[1]) / self.line - rows * high) / sum(self.gaps)


def sizes_of(passes: Passes, metrics: QFontMetricsF, before: PassSizes | None) -> PassSizes:
    """Return the sizes of a graph in some font; as high as before until it is suited to its room."""
    narrow = max(map(len, passes.rows)) > _MOST_WIDE + 1
    widths = _widths(passes, metrics, narrow)
    numbered = [width for width, node in zip(widths, passes.nodes, strict=True) if node.kind != "one"]
    sizes = PassSizes(
        narrow,
        tuple(widths),
        max(sum(widths[i] + GAP for i in row) - GAP for row in passes.rows),
        (min(numbered) - 4) / metrics.horizontalAdvance(_TYPICAL),
        tuple(_gap(passes.nodes[row[0]], narrow and len(row) > 1) for row in passes.rows[1:]),
        metrics.height(),
        metrics.horizontalAdvance(_BEFORE),
    )
    if before is None:
        return sizes
    return replace(sizes, high=before.high, stretch=before.stretch, margin=before.margin)


def _gap(first: Node, crossed: bool) -> float:
    """The room below a row that begins with a box."""
    if first.kind in _SINGLE:
        return _ALONE
    return _CROSSED if crossed else _JOINED


def _widths(passes: Passes, metrics: QFontMetricsF, narrow: bool) -> list[float]:
    pad = metrics.height()
    widths, widest = [], 0.0
    for node in passes.nodes:
        name = node.name if narrow else f"∂C/∂{node.name}"
        number = "∂ −0.0000" if narrow else f"{name} = −0.000e−0"
        longest = max(metrics.horizontalAdvance(text) for text in (name, number))
        widths.append((pad if node.kind == "one" else longest) + pad)
        if node.kind not in ("one", "input"):
            # as wide as the others, to stand in line
            widest = max(widest, widths[-1])
    for i, node in enumerate(passes.nodes):
        if node.kind == "one" and narrow:
            # its edge has as long texts as the others
            widths[i] = _NARROW * widest
        elif node.kind not in ("one", "input"):
            widths[i] = widest
    return widths
