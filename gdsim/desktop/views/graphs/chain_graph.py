"""The graph of a chain of operations, with values in its boxes and derivatives at its edges."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.graphs.graph_drawing import GraphDrawing, TextLine, brief
from gdsim.desktop.views.graphs.graph_view import GraphView
from gdsim.desktop.views.graphs.layered import Edge
from gdsim.objectives.formula.chain import Chain, Worked

#: A label is cut after so many letters; all of it is in the tip.
_LONGEST = 30

ChainPath = tuple[int, ...]


class ChainGraph(GraphView):
    """Boxes from the coordinates at the bottom to f at the top."""

    drawing: _Drawing

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_Drawing(theme), theme, parent)

    def set_chain(self, chain: Chain | None) -> None:
        """Draw another chain, whole."""
        self.drawing.set_chain(chain)
        self.fit()

    def set_worked(self, worked: Worked | None) -> None:
        """Other numbers in the same boxes."""
        self.drawing.worked = worked
        self.drawing.redraw()

    def set_path(self, path: ChainPath | None) -> None:
        """Let one path stand out, or all of them."""
        self.drawing.path = path
        self.drawing.redraw()


class _Drawing(GraphDrawing):
    """A box an operation."""

    def __init__(self, theme: Theme) -> None:
        self.worked: Worked | None = None
        self.path: ChainPath | None = None
        self._chain: Chain | None = None
        super().__init__(theme)

    def set_chain(self, chain: Chain | None) -> None:
        self._chain, self.worked, self.path = chain, None, None
        self.rearrange()

    def rearrange(self) -> None:
        chain = self._chain
        if chain is None:
            self.clear()
            return
        texts = [self._text(i) for i in range(len(chain.steps))]
        number = self._metrics.horizontalAdvance("−0.0000e−00")
        widths = [max(self._metrics.horizontalAdvance(text), number) + self._metrics.height() for text in texts]
        self.arrange([step.sources for step in chain.steps], widths, 2, 2.2)

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

    def texts(self, i: int) -> list[TextLine]:
        """Return the texts in a box, as far as they are known."""
        lines = [(self._text(i), self._theme.text)]
        if self.worked is not None:
            bright = self.path is not None and i in self.path
            lines.append((show(self.worked.values[i]), self._theme.accent if bright else self._theme.faint))
        return lines

    def _labels(self, edge: Edge) -> list[TextLine]:
        if self.worked is None or self._chain is None:
            return []
        theme, (source, to) = self._theme, edge
        color = theme.text
        if self.path is not None:
            color = theme.accent if edge in set(pairwise(self.path)) else theme.faint
        return [(brief(self.worked.slopes[to][self._chain.steps[to].sources.index(source)]), color)]

    def _bright(self) -> tuple[set[int], set[Edge]] | None:
        return None if self.path is None else (set(self.path), set(pairwise(self.path)))

    def _is_end(self, i: int) -> bool:
        assert self._chain is not None
        return i < len(self._chain.names) or i == len(self._chain.steps) - 1


def slope_name(chain: Chain, source: int, to: int) -> str:
    """Name the derivative at an edge: ∂u₂/∂u₁, or du₂/du₁ where it depends on that alone."""
    d = "d" if len(chain.steps[to].sources) == 1 else "∂"
    return f"{d}{chain.steps[to].name}/{d}{chain.steps[source].name}"


def slope_text(chain: Chain, source: int, to: int) -> str:
    """Return the formula of the derivative at an edge."""
    step = chain.steps[to]
    return step.slopes[step.sources.index(source)]
