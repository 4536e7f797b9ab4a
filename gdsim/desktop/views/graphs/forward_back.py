"""Forward and back, seen: how a model answers one example, and how the derivatives of its cost come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gdsim.desktop.edits.model_edits import effective_source, is_model
from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.graphs.point_view import PointView, scrolled, wrapped_label
from gdsim.desktop.views.graphs.walk_bar import WalkBar, faint_label
from gdsim.desktop.views.graphs.walk_state import WalkState
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.formula_row import Copies, FormulaRow
from gdsim.desktop.widgets.typeset import Line, typeset
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.graphs.pass_graph import PassGraph
    from gdsim.objectives.data import Model
    from gdsim.objectives.data.dataset import Indices
    from gdsim.objectives.data.walkthrough.passes import Passes, Worked


#: The least height of the graph; lines of the texts, and their share of the height where there is little.
_LEAST, _LINES, _FEWEST, _SHARE = 120, 7.5, 4, 0.34


class ForwardBackView(PointView):
    """The graph of one example, and a walk: forward, cost, backward, update."""

    _size = (400, 600)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk, theme)
        self.setAccessibleName(self.tr("Forward and back"))
        #: Where one is in the walk; None where there is no model, or one too large to be drawn.
        self.shown: WalkState | None = None
        #: Made with the first model.
        self.graph: PassGraph | None = None
        self.sentence = wrapped_label("pass_sentence")
        self.words, self.formula, self.product = (
            wrapped_label(name) for name in ("pass_words", "pass_formula", "pass_product")
        )
        for label in (self.words, self.formula, self.product):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chain = FormulaRow(Line((), "", ""), theme, "pass_chain", Copies(desk.say, self))
        self.bar = WalkBar()
        self.bar.example_wanted.connect(self._choose_example)
        self.bar.moved.connect(self._move)
        self._part = faint_label("pass_part")
        self._lay_out()
        desk.selection.example_changed.connect(self._example_changed)
        self._set_model(None)

    def _lay_out(self) -> None:
        sheet = QWidget()
        texts = QVBoxLayout(sheet)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(4)
        for text in (self.words, self.formula, self.chain, self.product):
            texts.addWidget(text)
        texts.addStretch(1)
        self._texts = scrolled("pass_texts", sheet)
        # a formula with long names may be wider than can be read in the room there is
        self._texts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 6)
        self._column.setSpacing(4)
        for area in (self.sentence, self.bar, self._texts):
            self._column.addWidget(area)

    def _apply_theme(self, theme: Theme) -> None:
        self.chain.picture.set_theme(theme)
        if self.graph is not None:
            self.graph.set_theme(theme)

    def stop(self) -> None:
        """Typeset nothing more."""
        self._desk.requests.forget("product")
        if not self.chain.is_done:
            self.chain.show_line(Line((), "", ""))

    def _take(self, race: Trajectories) -> None:
        # what is no model need not know them
        model = race.objective if hasattr(race.objective, "layers") else None
        if self.shown is None or model is not self.shown.passes.model:
            self._set_model(model)  # type: ignore[arg-type]
        self._agree()

    def _set_model(self, model: Model | None) -> None:
        before, self.shown = self.shown, None
        text = self.tr(
            "One example goes forward through a model, and its derivatives come back: choose a model on data."
        )
        if model is not None:
            from gdsim.objectives.data.walkthrough.passes import MOST_WEIGHTS, MOST_WIDE, is_small

            text = self.tr(
                "This model is too large to be drawn: more than {wide} neurons or inputs beside each other, "
                "or more than {weights} weights."
            ).format(wide=MOST_WIDE, weights=MOST_WEIGHTS)
            if is_small(model):
                text, self.shown = "", self._walk_through(model).like(before)
                self._show_graph(self.shown.passes)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        for part in (self.bar, self._texts, self.graph):
            if part is not None:
                part.setVisible(self.shown is not None)
        # a sentence that stands alone stands at the top
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop if self.shown is None else Qt.AlignmentFlag(0))

    def _walk_through(self, model: Model) -> WalkState:
        from gdsim.objectives.data.walkthrough.passes import passes_of
        from gdsim.objectives.data.walkthrough.walk import Walk

        passes = passes_of(model)
        rows, classes = self._known_of(passes)
        return WalkState(Walk(passes, show, show_typed, classes), rows)

    def _show_graph(self, passes: Passes) -> None:
        graph = self.graph or self._add_graph()
        graph.set_passes(passes)
        self.bar.set_count(passes.count)
        self._give_room()

    def _add_graph(self) -> PassGraph:
        from gdsim.desktop.views.graphs.pass_graph import PassGraph

        graph = self.graph = PassGraph(self.theme)
        graph.setObjectName("pass_graph")
        graph.setAccessibleName(self.tr("The example from the inputs up to the cost"))
        graph.setToolTip(
            self.tr(
                "Each box has its value and, on the way back, the derivative of the cost by it; each "
                "edge its weight or local derivative; where there is no room for numbers they are "
                "shown under the mouse. Click a box to follow it; drag to move, the wheel zooms, a "
                "double click or the key 0 fits it in."
            )
        )
        graph.setAccessibleDescription(self.tr("Page Up and Page Down go from neuron to neuron in a row."))
        # in a corner that is empty: beside the number there is no room to spare
        self._part.setParent(graph)
        self._part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        graph.picked.connect(self._click)
        graph.turned.connect(self._turn)
        graph.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column.insertWidget(2, graph, 1)
        keep_own_keys(graph)
        return graph

    def _give_room(self) -> None:
        """Texts keep their height while their numbers change; the graph has the rest."""
        if self.graph is not None:
            self.graph.setMinimumHeight(self.theme.pixels(_LEAST))
        line = self.fontMetrics().lineSpacing()
        self._texts.setFixedHeight(round(max(_FEWEST * line, min(_LINES * line, _SHARE * self.height()))))
        self.bar.fit(self.width())

    def _known_of(self, passes: Passes) -> tuple[Indices, tuple[str, ...]]:
        """The row of each example in the data that it is an example of, and the names of the classes."""
        experiment = self._desk.store.experiment
        if is_model(experiment):
            from gdsim.objectives.data.lookup import dataset_of

            data = dataset_of(effective_source(experiment))
            if (len(data.train), len(data)) == (passes.trained, passes.count):
                return np.concatenate([data.train, data.held_out]), data.classes
        return np.arange(passes.count), ()  # the race of what is there now is on its way

    def _agree(self) -> None:
        """Have one example looked at in all views: the one that is selected, or that which is shown if none is."""
        selection = self._desk.selection
        if self.shown is None:
            return
        if selection.example is None or selection.example >= self.shown.passes.count:
            selection.choose_example(self.bar.example)
        else:
            self._take_example()

    def _example_changed(self) -> None:
        if self.isVisible():
            self._agree()
        else:
            self._take_example()

    def _choose_example(self, row: int) -> None:
        self._desk.selection.choose_example(row)
        self._show_numbers()

    def _take_example(self) -> None:
        """Show the example that was chosen here or elsewhere."""
        row = self._desk.selection.example
        if row is not None and self.bar.show_example(row) and self.isVisible():
            self._show_numbers()

    def _move(self, by: int) -> None:
        if self.shown is not None:
            self._go_to(self.shown.moved(by))

    def _click(self, what: object) -> None:
        """Look at the box or the weight that was clicked."""
        if self.shown is not None and what is not None:
            self._go_to(self.shown.clicked(what))

    def _turn(self, by: int) -> None:
        if self.shown is not None:
            self._go_to(self.shown.turned(by))

    def _go_to(self, shown: WalkState) -> None:
        self.shown = shown
        self._show_numbers()

    def _show_numbers(self) -> None:
        shown, graph, point = self.shown, self.graph, self._point()
        if shown is None or graph is None:
            return
        example = shown.example_in(self.bar.example)
        worked = shown.passes.work(point.point, example) if point is not None else None
        graph.set_worked(worked, shown.stage, shown.node_here)
        self.bar.show_place(shown.at, len(shown.passes.stages))
        self._part.setText(self.tr("held out") if example >= shown.passes.trained else "")
        self._part.adjustSize()
        self._show_texts(shown, worked, example)

    def _show_texts(self, shown: WalkState, worked: Worked | None, example: int) -> None:
        """The sentence of the stop, its formula and what follows from it."""
        from gdsim.desktop.views.graphs.pass_texts import StopTexts, stop_texts

        point, walk, node = self._point(), shown.walk, shown.node_here
        walk.edge = shown.edge
        texts = StopTexts(self.tr("No optimizer takes part."))
        if point is not None and worked is not None:
            texts = stop_texts(walk, point, worked, shown.stage, node, example, shown.rows)
        outcome = texts.outcome
        chained = shown.passes.is_one_neuron and worked is not None and shown.stage.what in ("back", "weights")
        self.chain.setVisible(chained)
        if chained and worked is not None:
            from gdsim.objectives.data.walkthrough.product import Product

            product = Product(shown.passes, shown.weight)
            self._show_chain(Line((), product.latex, product.text))
            outcome = product.numbers(worked, show) if shown.stage.what == "weights" else ""
        for label, text in ((self.words, texts.words), (self.formula, texts.formula), (self.product, outcome)):
            label.setText(_unbroken(text))
            label.setVisible(bool(text))

    def _show_chain(self, line: Line) -> None:
        """Typeset its letters, once; the numbers below them go on."""
        if line == self.chain.line:
            return
        self.chain.show_line(line)
        if line.latex:
            self._desk.requests.send("product", lambda: typeset(line.latex), self.chain.take)


def _unbroken(text: str) -> str:
    """Text that is not broken within ∂C/∂a."""
    return text.replace("/∂", "\u2060/\u2060∂")
