"""Forward and back, seen: how a model answers one example, and how the derivatives of its cost come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.edits.model_edits import effective_source, is_model
from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.graphs.following import FollowingView, scrolled, told
from gdsim.desktop.widgets.focus_keys import settle_keys
from gdsim.desktop.widgets.formula_row import Copies, FormulaRow
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.typeset import Line, typeset
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.graphs.pass_graph import PassGraph
    from gdsim.objectives.data import Model
    from gdsim.objectives.data.dataset import Indices
    from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Stage
    from gdsim.objectives.data.walkthrough.walk import Walk


#: The least height of the graph; lines of what is told, and its share of the height where there is little.
_LEAST, _LINES, _FEWEST, _SHARE = 120, 7.5, 4, 0.34
#: A place in the walk that is as long as most.
_LONGEST = "00 / 00"


class ForwardBackView(FollowingView):
    """The graph of one example, and a walk: forward, cost, backward, update."""

    _size = (400, 600)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk, theme)
        self.setAccessibleName(self.tr("Forward and back"))
        self._passes: Passes | None = None
        #: The row in the data of each example of the model: of those trained on, then of those held out.
        self._rows_of: Indices = np.empty(0, dtype=np.int64)
        self._walk: Walk | None = None
        self._at = 0
        self._node = 0
        self._edge: Edge | None = None
        #: Made with the first model.
        self.graph: PassGraph | None = None
        self.sentence = told("pass_sentence")
        self.words, self.formula, self.product = told("pass_words"), told("pass_formula"), told("pass_product")
        for label in (self.words, self.formula, self.product):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chain = FormulaRow(Line((), "", ""), theme, "pass_chain", Copies(desk.say, self))
        self._make_controls()
        self._lay_out()
        desk.selection.example_changed.connect(self._example_changed)
        self._set_model(None)

    def _make_controls(self) -> None:
        self.example = QSpinBox()
        self.example.setObjectName("pass_example")
        self.example.setAccessibleName(self.tr("Example"))
        self.example.setToolTip(
            self.tr(
                "Which example goes through the model, by its row in the data. A click on a "
                "point under Data chooses it, too."
            )
        )
        self.example.setMinimum(1)
        self.example.valueChanged.connect(self._tell_example)
        self.next_example = self._button(
            "next_example", self.tr("Next example"), self.tr("Let the next example go through the model.")
        )
        self.next_example.clicked.connect(self._go_to_next_example)
        self.back = self._button("walk_back", self.tr("Back"), self.tr("Go one stop of the walk back."))
        self.back.clicked.connect(self._go_back)
        self.next = self._button(
            "walk_next",
            self.tr("Next"),
            self.tr("Go on: up through the model, to the cost, back through its derivatives, and to the next step."),
        )
        self.next.clicked.connect(self._go_on)
        self.part, self.place = plain_label(), plain_label()
        for label, name in ((self.part, "pass_part"), (self.place, "walk_place")):
            label.setObjectName(name)
            label.setProperty("role", "faint")

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "chip")
        button.setText(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return button

    def _lay_out(self) -> None:
        self._head = QWidget()
        # one row where there is room, which is not what it asks for
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._head)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        for parts in ((self.example, self.next_example), (self.back, self.next, self.place)):
            row = QHBoxLayout()
            row.setSpacing(4)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
            self._rows.addLayout(row)
        sheet = QWidget()
        texts = QVBoxLayout(sheet)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(4)
        for said in (self.words, self.formula, self.chain, self.product):
            texts.addWidget(said)
        texts.addStretch(1)
        self._told = scrolled("pass_texts", sheet)
        # a formula with long names may be wider than can be read in the room there is
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 6)
        self._column.setSpacing(4)
        for area in (self.sentence, self._head, self._told):
            self._column.addWidget(area)

    def _dress(self, theme: Theme) -> None:
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
        if self._passes is None or model is not self._passes.model:
            self._set_model(model)  # type: ignore[arg-type]
        self._agree()

    def _set_model(self, model: Model | None) -> None:
        before, self._passes = self._passes, None
        text = self.tr(
            "One example goes forward through a model, and its derivatives come back: choose a model on data."
        )
        if model is not None:
            from gdsim.objectives.data.walkthrough.passes import MOST_WEIGHTS, MOST_WIDE, is_small, passes_of
            from gdsim.objectives.data.walkthrough.walk import Walk

            text = self.tr(
                "This model is too large to be drawn: more than {wide} neurons or inputs beside each other, "
                "or more than {weights} weights."
            ).format(wide=MOST_WIDE, weights=MOST_WEIGHTS)
            if is_small(model):
                text, self._passes = "", passes_of(model)
                self._rows_of, classes = self._known_of(self._passes)
                self._walk = Walk(self._passes, show, show_typed, classes)
                self._take_passes(self._passes, before)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        for part in (self._head, self._told, self.graph):
            if part is not None:
                part.setVisible(self._passes is not None)
        # a sentence that stands alone stands at the top
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop if self._passes is None else Qt.AlignmentFlag(0))

    def _take_passes(self, passes: Passes, before: Passes | None) -> None:
        if before is None or (before.nodes, before.edges) != (passes.nodes, passes.edges):
            self._at, self._node, self._edge = 0, 0, None
        graph = self.graph or self._add_graph()
        graph.set_passes(passes)
        self.example.blockSignals(True)
        self.example.setMaximum(passes.count)
        self.example.setSuffix(f" / {passes.count}")
        self.example.blockSignals(False)
        self._give_room()

    def _add_graph(self) -> PassGraph:
        from gdsim.desktop.views.graphs.pass_graph import PassGraph

        graph = self.graph = PassGraph(self._theme)
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
        self.part.setParent(graph)
        self.part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        graph.picked.connect(self._pick)
        graph.turned.connect(self._turn)
        graph.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column.insertWidget(2, graph, 1)
        settle_keys(graph)
        return graph

    def _give_room(self) -> None:
        """What is told keeps its height while its numbers change; the graph has the rest."""
        if self.graph is not None:
            self.graph.setMinimumHeight(self._theme.pixels(_LEAST))
        line = self.fontMetrics().lineSpacing()
        self._told.setFixedHeight(round(max(_FEWEST * line, min(_LINES * line, _SHARE * self.height()))))
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(_LONGEST))
        rows = [self._rows.itemAt(k) for k in range(2)]
        widths = [row.sizeHint().width() for row in rows if row is not None]
        self._head.setMinimumWidth(max(widths))
        wide = self.width() > 24 + sum(widths)
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

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
        """What goes through the model is the example that is chosen: that which is there, if none is."""
        passes, chosen = self._passes, self._desk.selection
        if passes is None:
            return
        if chosen.example is None or chosen.example >= passes.count:
            chosen.choose_example(self.example.value() - 1)
        else:
            self._take_example()

    def _example_changed(self) -> None:
        if self.isVisible():
            self._agree()
        else:
            self._take_example()

    def _tell_example(self) -> None:
        self._desk.selection.choose_example(self.example.value() - 1)
        self._show()

    def _take_example(self) -> None:
        """Show the example that was chosen here or elsewhere."""
        row = self._desk.selection.example
        if row is not None and row < self.example.maximum() and row + 1 != self.example.value():
            self.example.blockSignals(True)
            self.example.setValue(row + 1)
            self.example.blockSignals(False)
            self._show_if_seen()

    def _go_on(self) -> None:
        self._at += 1
        self._show()

    def _go_back(self) -> None:
        self._at -= 1
        self._show()

    def _go_to_next_example(self) -> None:
        last = self.example.value() == self.example.maximum()
        self.example.setValue(1 if last else self.example.value() + 1)

    def _pick(self, what: object) -> None:
        """Look at the box or the weight that was clicked."""
        if self._passes is None or what is None:
            return
        if isinstance(what, tuple):
            edge = next(e for e in self._passes.edges if (e.source, e.to) == what)
            self._edge, self._node = (edge if edge.parameter >= 0 else self._edge), edge.to
        elif isinstance(what, int):
            self._node = what
            weighed = [self._passes.edges[e] for e in self._passes.out_of[what]]
            if weighed and weighed[0].parameter >= 0:
                self._edge = weighed[0]
        self._show()

    def _turn(self, by: int) -> None:
        """Look at the next of the neurons in the row of the stop, or at the one before."""
        passes = self._passes
        if passes is None:
            return
        stage = passes.stages[self._at]
        row = [i for i in passes.rows[stage.row] if passes.nodes[i].kind != "one"]
        self._pick(row[(row.index(self._node_of(passes, stage)) + by) % len(row)])

    def _node_of(self, passes: Passes, stage: Stage) -> int:
        """The node of a row that is looked at: the chosen one, or that of the same neuron."""
        chosen = passes.nodes[self._node]
        if stage.what == "update" and chosen.kind == "sum":
            return self._node
        place = passes.rows[chosen.row].index(self._node)
        there = [i for i in passes.rows[stage.row] if passes.nodes[i].kind != "one"]
        return there[min(place, len(there) - 1)]

    def _show(self) -> None:
        passes, graph, walk = self._passes, self.graph, self._walk
        if passes is None or graph is None or walk is None:
            return
        from gdsim.desktop.views.graphs.pass_texts import Told, told_of

        self._at = max(0, min(self._at, len(passes.stages) - 1))
        stage, place = passes.stages[self._at], self._place()
        example = int(np.flatnonzero(self._rows_of == self.example.value() - 1)[0])
        node = self._node_of(passes, stage)
        worked = passes.work(place.point, example) if place is not None else None
        graph.set_worked(worked, stage, node)
        walk.edge = self._edge
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(passes.stages) - 1)
        self.part.setText(self.tr("held out") if example >= passes.trained else "")
        self.part.adjustSize()
        self.place.setText(f"{self._at + 1} / {len(passes.stages)}")
        said = Told(self.tr("No optimizer takes part."))
        if place is not None and worked is not None:
            said = told_of(walk, place, worked, stage, node, example, self._rows_of)
        outcome = said.outcome
        chained = passes.is_one_neuron and worked is not None and stage.what in ("back", "weights")
        self.chain.setVisible(chained)
        if chained and worked is not None:
            from gdsim.objectives.data.walkthrough.product import Product

            product = Product(passes, self._edge or passes.edges[passes.into[passes.rows[1][0]][0]])
            self._show_chain(Line((), product.latex, product.text))
            outcome = product.numbers(worked, show) if stage.what == "weights" else ""
        for label, text in ((self.words, said.words), (self.formula, said.formula), (self.product, outcome)):
            label.setText(_whole(text))
            label.setVisible(bool(text))

    def _show_chain(self, line: Line) -> None:
        """Its letters: they are typeset once, while the numbers below them go on."""
        if line == self.chain.line:
            return
        self.chain.show_line(line)
        if line.latex:
            self._desk.requests.send("product", lambda: typeset(line.latex), self.chain.take)


def _whole(text: str) -> str:
    """Text that is not broken within ∂C/∂a."""
    return text.replace("/∂", "\u2060/\u2060∂")
