"""Forward and back, seen: how a model answers one example, and how the derivatives of its cost come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.late import Desk, LateView
from gdsim.desktop.numbers import show
from gdsim.desktop.style import Theme
from gdsim.desktop.words import known_text, optimizer_text
from gdsim.optimizers.descent import GradientDescent
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.drawing.pass_graph import PassGraph
    from gdsim.objectives.data import Model
    from gdsim.objectives.data.passes import Edge, Passes, Stage, Worked
    from gdsim.objectives.data.walk import Walk


#: The least height of the graph; lines of what is told, and its share of the height where there is little.
_LEAST, _LINES, _FEWEST, _SHARE = 120, 8.5, 4, 0.36


class ForwardBackView(LateView):
    """The graph of one example, and a walk: forward, cost, backward, update."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Forward and back"))
        self._desk, self._theme = desk, theme
        self._race: Trajectories | None = None
        self._step = 0
        self._passes: Passes | None = None
        self._walk: Walk | None = None
        self._worked: Worked | None = None
        self._at = 0
        self._node = 0
        self._edge: Edge | None = None
        #: Made with the first model.
        self.graph: PassGraph | None = None
        self.sentence = _label("pass_sentence")
        self.words, self.formula, self.product = _label("pass_words"), _label("pass_formula"), _label("pass_product")
        for label in (self.formula, self.product):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._make_controls()
        self._lay_out()
        desk.chosen.changed.connect(self._show_if_seen)
        desk.sight.marks_changed.connect(self._show_if_seen)
        self._set_model(None)

    def _make_controls(self) -> None:
        self.example = QSpinBox()
        self.example.setObjectName("pass_example")
        self.example.setAccessibleName(self.tr("Example"))
        self.example.setToolTip(self.tr("Which of the examples that the model is trained on goes through it."))
        self.example.setMinimum(1)
        self.example.valueChanged.connect(self._show)
        self.next_example = self._button("next_example", self.tr("Next example"),
                                         self.tr("Let the next example go through the model."))  # fmt: skip
        self.next_example.clicked.connect(self._go_to_next_example)
        self.back = self._button("walk_back", self.tr("Back"), self.tr("Go one stop of the walk back."))
        self.back.clicked.connect(self._go_back)
        self.next = self._button("walk_next", self.tr("Next"), self.tr(
            "Go on: up through the model, to the cost, back through its derivatives, and to the next step."
        ))  # fmt: skip
        self.next.clicked.connect(self._go_on)
        self.place = QLabel()
        self.place.setObjectName("walk_place")
        self.place.setProperty("role", "faint")

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        self._head, self._foot = QWidget(), QWidget()
        head, foot = QHBoxLayout(self._head), QHBoxLayout(self._foot)
        for row in (head, foot):
            row.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.example)
        head.addWidget(self.next_example)
        head.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        foot.addWidget(self.place)
        foot.addStretch(1)
        told = QWidget()
        texts = QVBoxLayout(told)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(4)
        for label in (self.words, self.formula, self.product):
            texts.addWidget(label)
        texts.addStretch(1)
        self._told = QScrollArea()
        self._told.setObjectName("pass_texts")
        self._told.setFrameShape(QFrame.Shape.NoFrame)
        self._told.setWidgetResizable(True)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told.setWidget(told)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 6)
        self._column.setSpacing(4)
        for part in (self.sentence, self._head, self._foot, self._told):
            self._column.addWidget(part)

    def sizeHint(self) -> QSize:
        """Room for the graph and what is told of it."""
        return QSize(self._theme.pixels(400), self._theme.pixels(600))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told has its share of the height."""
        super().resizeEvent(event)
        self._give_room()

    # --- what it is told

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self.graph is not None:
            self.graph.set_theme(theme)
        self._give_room()
        self._show()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        # what is no model need not know them
        model = race.objective if hasattr(race.objective, "layers") else None
        if self._passes is None or model is not self._passes.model:
            self._set_model(model)  # type: ignore[arg-type]
        self._show()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self._show()

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self._show()

    # --- the model

    def _set_model(self, model: Model | None) -> None:
        before, self._passes, self._worked = self._passes, None, None
        text = self.tr("One example goes forward through a model, and its derivatives come back: choose a model on "
                       "data.")  # fmt: skip
        if model is not None:
            from gdsim.objectives.data.passes import MOST_WIDE, is_small, passes_of
            from gdsim.objectives.data.walk import Walk

            text = self.tr("This model is too large to be drawn: more than {most} neurons or inputs beside each other, "
                           "or too many layers.").format(most=MOST_WIDE)  # fmt: skip
            if is_small(model):
                text, self._passes = "", passes_of(model)
                self._walk = Walk(self._passes, show)
                self._take_passes(self._passes, before)
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        parts = (self._head, self._foot, self._told, self.graph)
        for part in parts:
            if part is not None:
                part.setVisible(self._passes is not None)
        # a sentence that stands alone stands at the top
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop if self._passes is None else Qt.AlignmentFlag(0))

    def _take_passes(self, passes: Passes, before: Passes | None) -> None:
        if before is None or before.nodes != passes.nodes:
            self._at, self._node, self._edge = 0, 0, None
        graph = self.graph or self._add_graph()
        graph.set_passes(passes)
        count = len(passes.model.y)
        self.example.blockSignals(True)
        self.example.setMaximum(count)
        self.example.setSuffix(f" / {count}")
        self.example.blockSignals(False)
        self._give_room()

    def _add_graph(self) -> PassGraph:
        from gdsim.desktop.drawing.pass_graph import PassGraph

        graph = self.graph = PassGraph(self._theme)
        graph.setObjectName("pass_graph")
        graph.setAccessibleName(self.tr("The example from the inputs up to the cost"))
        graph.setToolTip(self.tr("Each box has its value and, on the way back, the derivative of the cost by it; each "
                                 "edge its weight or local derivative. Click a box to follow it; drag to move, the "
                                 "wheel zooms."))  # fmt: skip
        graph.picked.connect(self._pick)
        graph.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column.insertWidget(2, graph, 1)
        return graph

    def _give_room(self) -> None:
        """What is told keeps its height while its numbers change; the graph has the rest."""
        if self.graph is not None:
            self.graph.setMinimumHeight(self._theme.pixels(_LEAST))
        line = self.fontMetrics().lineSpacing()
        self._told.setFixedHeight(round(max(_FEWEST * line, min(_LINES * line, _SHARE * self.height()))))

    # --- the walk

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

    def _node_of(self, passes: Passes, stage: Stage) -> int:
        """The node of a row that is looked at: the chosen one, or that of the same neuron."""
        chosen = passes.nodes[self._node]
        if stage.what == "update" and chosen.kind == "sum":
            return self._node
        place = passes.rows[chosen.row].index(self._node)
        there = [i for i in passes.rows[stage.row] if passes.nodes[i].kind != "one"]
        return there[min(place, len(there) - 1)]

    # --- showing

    def _run(self) -> tuple[Trajectories, int, int, int] | None:
        """The race, the chosen optimizer and run, and the step."""
        race = self._race
        place = self._desk.chosen.place_in(race) if race is not None else None
        if race is None or place is None:
            return None
        return race, *place, min(self._desk.sight.marks.step(self._step), race.steps)

    def _show(self) -> None:
        passes, graph, walk = self._passes, self.graph, self._walk
        if passes is None or graph is None or walk is None:
            return
        self._at = max(0, min(self._at, len(passes.stages) - 1))
        stage = passes.stages[self._at]
        node = self._node_of(passes, stage)
        run = self._run()
        worked = None
        if run is not None:
            race, o, r, step = run
            worked = passes.work(race.positions[step, o, :, r], self.example.value() - 1)
        self._worked = worked
        graph.set_worked(worked, stage, node)
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(passes.stages) - 1)
        self.place.setText(f"{self._at + 1} / {len(passes.stages)}")
        if run is None or worked is None:
            texts = (self.tr("No optimizer takes part."), "", "")
        elif stage.what == "update":
            texts = self._update_texts(run, worked, node)
        else:
            texts = (self._words(stage), _beneath(walk.formula(worked, stage, node)), self._product(worked, stage))
        for label, text in zip((self.words, self.formula, self.product), texts, strict=True):
            label.setText(_whole(text))

    def _words(self, stage: Stage) -> str:
        assert self._passes is not None
        node = self._passes.nodes[self._passes.rows[stage.row][0]]
        activation = known_text("Activation", node.activation.title) if node.activation is not None else ""
        cost = known_text("Cost", self._passes.model.layers.cost.title)
        match stage.what:
            case "inputs" if self._passes.model.standardise:
                return self.tr("Forward: the inputs are the features of the example, standardised; y is the answer "
                               "to be given.")  # fmt: skip
            case "inputs":
                return self.tr("Forward: the inputs are the features of the example; y is the answer to be given.")
            case "sum":
                return self.tr("Forward: each neuron weighs its inputs, adds them up, and adds its bias.")
            case "activation":
                return self.tr("Forward: the activation ({activation}) of each weighted sum.").format(
                    activation=activation
                )
            case "probability":
                return self.tr("Forward: the sigmoid makes a probability of class 1 of it.")
            case "cost":
                return self.tr("Cost: how far the answer is from y ({cost}).").format(cost=cost)
            case "weights":
                return self.tr("Backward: the derivative by a weight is that by its sum, times what it weighs.")
        if stage.row == len(self._passes.rows) - 2:
            return self.tr("Backward: the derivative of the cost by the answer.")
        if node.kind == "sum":
            return self.tr("Backward: times the local derivative of the activation.")
        if stage.row == len(self._passes.rows) - 3:
            return self.tr("Backward: times the local derivative of the sigmoid.")
        return self.tr("Backward: along each edge times its weight, and the sum over all edges.")

    def _product(self, worked: Worked, stage: Stage) -> str:
        """Of one neuron: the derivative by a weight, all in one line."""
        passes, walk = self._passes, self._walk
        assert passes is not None
        assert walk is not None
        if len(passes.model.layers.layers) > 1 or stage.weights > 1:
            return ""
        first = passes.edges[passes.into[passes.rows[1][0]][0]]
        return walk.chain(worked, self._edge or first)

    def _update_texts(self, run: tuple[Trajectories, int, int, int], worked: Worked, node: int) -> tuple[str, str, str]:
        race, o, r, step = run
        walk = self._walk
        assert walk is not None
        rule = race.rules[o]
        name = optimizer_text(rule.key, race.ascent)
        if step >= min(int(race.ended[o, r]), race.steps):
            return self.tr("Update: {name} has ended here.").format(name=name), "", ""
        examples = getattr(race.course.stepwise.at(step + 1), "examples", None)
        count = len(examples.targets) if examples is not None else 0
        by = (
            self.tr("{name}, by the one example of this step:  {moved}")
            if count == 1
            else self.tr("{name}, by the mean over {count} examples:  {moved}")
        )
        to = race.positions[step + 1, o, :, r]
        moved = by.format(name=name, count=f"{count:,}", moved=walk.moved(worked, node, to))
        if not isinstance(rule, GradientDescent) or rule.weight_decay != 0:
            return self.tr("Update: {name} makes its step of such derivatives.").format(name=name), "", moved
        rate = float(race.learning_rates(o, r)[step])
        by_this = walk.update(worked, node, rate, race.ascent)
        words = (
            self.tr("Update: η times along the derivative. By this example alone:")
            if race.ascent
            else self.tr("Update: η times against the derivative. By this example alone:")
        )
        return words, _beneath(by_this), moved


def _beneath(formulas: str) -> str:
    """A formula a line."""
    return formulas.replace(";   ", "\n")


def _whole(text: str) -> str:
    """Text that is not broken within ∂C/∂a."""
    return text.replace("/∂", "\u2060/\u2060∂")


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
