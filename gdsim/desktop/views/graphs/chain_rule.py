"""The chain rule, seen: how f is worked out step by step, and how its derivatives come out of the steps."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import islice, pairwise

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.graphs.chain_graph import ChainGraph, ChainPath, slope_name, slope_text
from gdsim.desktop.views.graphs.graph_drawing import brief
from gdsim.desktop.views.graphs.point_view import PointView, scrolled, wrapped_label
from gdsim.objectives import Function
from gdsim.objectives.formula.chain import Chain, Worked, chain_of
from gdsim.simulation.trajectories import Trajectories

#: More steps than these are not drawn, more paths not listed, more terms not written out.
_MOST_STEPS, _MOST_PATHS, _MOST_TERMS = 60, 60, 4
#: A term as long as most, to reckon with.
_SAMPLE = "(−0.000)·(−0.000)·0.000 + "


class ChainRuleView(PointView):
    """Values upwards, local derivatives at the edges, products along paths and their sum below."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk, theme)
        self.setAccessibleName(self.tr("Chain rule"))
        #: The steps of the function that are shown; None where it has no formula.
        self.shown: Chain | None = None
        self._worked: Worked | None = None
        self._paths: list[ChainPath] = []
        self._hovered: ChainPath | None = None
        self.graph = ChainGraph(theme)
        self.graph.setObjectName("chain_graph")
        self.graph.setAccessibleName(self.tr("The steps from the coordinates up to f"))
        self.graph.setToolTip(
            self.tr(
                "Each box is one operation with its value, each edge has its derivative. Point "
                "to an edge to see a path; click for the next; the wheel zooms."
            )
        )
        self.graph.pointed.connect(self._hover)
        self.graph.picked.connect(self._pick)
        self.choice = QComboBox()
        self.choice.setObjectName("chain_path")
        self.choice.setAccessibleName(self.tr("Path"))
        self.choice.setToolTip(
            self.tr("A path from a coordinate up to f: the product of the derivatives along it is one term of the sum.")
        )
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.choice.currentIndexChanged.connect(self._select_path)
        self.product, self.sums, self.sentence = (
            wrapped_label(name) for name in ("chain_product", "chain_sums", "chain_sentence")
        )
        self.sums.setTextFormat(Qt.TextFormat.RichText)
        self.sums.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(8, 4, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addWidget(self.graph, 1)
        for part in (self.choice, self.product, self.sums):
            column.addWidget(part)
        # where there is little room the graph keeps its height
        area = scrolled("chain_area", sheet)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _apply_theme(self, theme: Theme) -> None:
        self.graph.set_theme(theme)

    def _take(self, race: Trajectories) -> None:
        function = race.objective
        chain = chain_of(function.text, function.names) if isinstance(function, Function) else None
        if chain is not self.shown:
            self._set_chain(chain)

    def _set_chain(self, chain: Chain | None) -> None:
        self.shown, self._worked, self._hovered = chain, None, None
        drawn = chain is not None and len(chain.steps) <= _MOST_STEPS
        self.graph.set_chain(chain if drawn else None)
        self._paths = []
        if chain is not None:
            for i in range(len(chain.names)):
                self._paths += islice(chain.paths(i), _MOST_PATHS)
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItem(self.tr("all paths"))
        for path in self._paths:
            self.choice.addItem(" → ".join(chain.steps[i].name for i in path) if chain is not None else "")
        self.choice.blockSignals(False)
        for part in (self.graph, self.choice):
            part.setVisible(drawn)
        self._explain()
        self._give_room()

    def _explain(self) -> None:
        chain, text = self.shown, ""
        if chain is None:
            text = self.tr("This function has no formula to be taken apart.")
        elif len(chain.steps) > _MOST_STEPS:
            text = self.tr("The formula has {count} steps: more than {most} are not drawn.").format(
                count=len(chain.steps), most=_MOST_STEPS
            )
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))

    def _give_room(self) -> None:
        """Room for the longest that the texts can become."""
        if self.shown is None:
            return
        width = max(40, self.width() - 16)
        metrics = self.fontMetrics()
        lines = 0
        for count in self.shown.path_counts:
            letters = (
                "∂f/∂x = " + _SAMPLE * min(count, _MOST_TERMS) + ("… = " if count > _MOST_TERMS else "") + "−0.0000"
            )
            lines += 1 + metrics.horizontalAdvance(letters) // width
        self.sums.setMinimumHeight(lines * metrics.lineSpacing())
        self.product.setMinimumHeight((2 if width > 300 * self.theme.scale else 3) * metrics.lineSpacing())

    def _hover(self, what: object) -> None:
        self._hovered = self._path_through(what)
        self._show_path()

    def _pick(self, what: object) -> None:
        """Choose a path through what was clicked; the next one if it is one already."""
        through = [i for i, path in enumerate(self._paths) if _leads_through(path, what)]
        now = self.choice.currentIndex() - 1
        later = [i for i in through if i > now] if now in through else []
        self.choice.setCurrentIndex((later or through or [-1])[0] + 1)
        self._hovered = None
        self._show_path()

    def _path_through(self, what: object) -> ChainPath | None:
        now = self._selected()
        if what is None or (now is not None and _leads_through(now, what)):
            return None
        return next((path for path in self._paths if _leads_through(path, what)), None)

    def _selected(self) -> ChainPath | None:
        index = self.choice.currentIndex()
        return self._paths[index - 1] if 0 < index <= len(self._paths) else None

    def _select_path(self, _: int) -> None:
        self._hovered = None
        self._show_path()

    def _show_numbers(self) -> None:
        """The numbers at the current point."""
        chain, point = self.shown, self._point()
        if chain is None or point is None or not isinstance(point.race.objective, Function):
            self._worked = None
        else:
            self._worked = chain.evaluate(point.point.tolist(), point.race.objective.parameters)
        self.graph.set_worked(self._worked)
        self._show_path()

    def _show_path(self) -> None:
        path = self._hovered or self._selected()
        self.graph.set_path(path)
        chain, worked = self.shown, self._worked
        if chain is None or worked is None:
            self.product.setText("")
            self.sums.setText("" if chain is None else self.tr("No optimizer takes part."))
            return
        self.product.setText(self._product_text(chain, worked, path))
        self.sums.setText("<br>".join(self._sum_text(chain, worked, i, path) for i in range(len(chain.names))))

    def _product_text(self, chain: Chain, worked: Worked, path: ChainPath | None) -> str:
        if path is None:
            return self.tr("Along a path the derivatives are multiplied; over the paths the products are added.")
        edges = list(reversed(list(pairwise(path))))
        names = " · ".join(slope_name(chain, *edge) for edge in edges)
        texts = " · ".join(_bracketed(slope_text(chain, *edge)) for edge in edges)
        slopes = worked.along(chain, path)
        numbers = " · ".join(_signed(slope) for slope in slopes)
        return f"{names} = {texts} = {numbers} = {show(float(np.prod(slopes)))}"

    def _sum_text(self, chain: Chain, worked: Worked, coordinate: int, path: ChainPath | None) -> str:
        d = "d" if len(chain.names) == 1 else "∂"
        total = show(worked.totals[coordinate])
        head = f"{d}f/{d}{escape(chain.steps[coordinate].name)}"
        count = chain.path_counts[coordinate]
        terms = []
        for each in islice(chain.paths(coordinate), _MOST_TERMS):
            term = escape(_term(worked.along(chain, each)))
            terms.append(f'<b style="color:{self.theme.accent}">{term}</b>' if each == path else term)
        if count > _MOST_TERMS:
            terms.append(self.tr("… ({count} paths)").format(count=f"{count:,}" if count < 10**9 else f"{count:.0e}"))
        # one factor is the total itself
        alone = not terms or (count == 1 and "·" not in terms[0])
        return f"{head} = {total}" if alone else f"{head} = {' + '.join(terms)} = {total}"


def _leads_through(path: ChainPath, what: object) -> bool:
    return what in path if isinstance(what, int) else what in set(pairwise(path))


def _term(slopes: Sequence[float]) -> str:
    """The product of a path; factors of 1 say nothing."""
    telling = [slope for slope in slopes if slope != 1] or [1.0]
    return "·".join(_signed(slope) for slope in telling)


def _signed(x: float) -> str:
    text = brief(x)
    return f"({text})" if text.startswith(MINUS) else text


def _bracketed(text: str) -> str:
    """A factor: a sum, or what begins with a sign, in brackets."""
    return f"({text})" if text.startswith("−") or " + " in text or " − " in text else text
