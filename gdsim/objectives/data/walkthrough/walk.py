"""The formulas at each stop of the walk through a model, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim.objectives.base import Array
from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Stage, Worked
from gdsim.objectives.data.walkthrough.written import Write, factor, is_finite

#: More terms of a sum than these are not written out, and more formulas than these not beside each other.
_MOST_TERMS, _MOST_BESIDE = 4, 2

#: The activation of z as text, by its key.
_MADE = {
    "identity": "{z}",
    "step": "[{z} > 0]",
    "sigmoid": "σ({z})",
    "tanh": "tanh({z})",
    "relu": "max({z}, 0)",
    "leaky_relu": "max({z}, 0.01·{z})",
    "softplus": "log(1 + exp({z}))",
}


class Walk:
    """Writes the formulas of a graph; `write` says how a number looks, `typed` one that a person chose.

    Of the weights that lead to a sum that of `edge`, where it is one of them, comes first. `classes` are the names of
    the classes 0 and 1, where they have names.
    """

    def __init__(self, passes: Passes, write: Write, typed: Write | None = None, classes: tuple[str, ...] = ()) -> None:
        self.passes = passes
        self._classes = classes
        self.edge: Edge | None = None
        self._write = write
        self._typed = typed or write

    def formula(self, worked: Worked, stage: Stage, node: int) -> str:
        """The formula of a stop, for one node of its row; "" for the update."""
        match stage.what:
            case "inputs":
                return self._inputs(worked)
            case "sum":
                return self._sum(worked, node)
            case "activation" | "probability":
                return self._activation(worked, node)
            case "cost":
                return self._cost(worked)
            case "back":
                return self._back(worked, node)
            case "weights":
                return self._weights(worked, node)
        return ""

    def _inputs(self, worked: Worked) -> str:
        names = [self._named(worked, i) for i in self.passes.rows[0] if self.passes.nodes[i].kind == "input"]
        return ";   ".join((", ".join(names), f"y = {self._answer(worked.target)}"))

    def class_text(self, c: int) -> str:
        """A class by its number and, where it has another name, by that, too: 1 (B)."""
        name = self._classes[c] if self._classes else str(c)
        return str(c) if name == str(c) else f"{c} ({name})"

    def _answer(self, target: float) -> str:
        """The target of the example as text: a number, or a class."""
        return self.class_text(int(target)) if self._is_class(target) else self._write(target)

    def _y(self, target: float) -> str:
        """The same as a factor: of a class its number, which is whole."""
        return str(int(target)) if self._is_class(target) else self._factor(target)

    def _is_class(self, target: float) -> bool:
        return (self.passes.model.is_classes or bool(self._classes)) and target in (0.0, 1.0)

    def _sum(self, worked: Worked, node: int) -> str:
        edges = [self.passes.edges[e] for e in self.passes.into[node]]
        letters = [self._term(edge, self._weight(edge), self._name(edge.source)) for edge in edges]
        numbers = [
            self._term(edge, self._factor(worked.theta[edge.parameter]), self._factor(worked.values[edge.source]))
            for edge in edges
        ]
        return " = ".join(
            (self._name(node), _added(letters, True), _added(numbers, True), self._write(worked.values[node]))
        )

    def _term(self, edge: Edge, weight: str, value: str) -> str:
        return weight if self.passes.nodes[edge.source].kind == "one" else f"{weight}·{value}"

    def _activation(self, worked: Worked, node: int) -> str:
        below = self.passes.edges[self.passes.into[node][0]].source
        activation = self.passes.nodes[node].activation
        assert activation is not None
        made = _MADE[activation.key]
        parts = [self._name(node), made.format(z=self._name(below))]
        if not activation.is_identity:
            parts.append(made.format(z=self._write(worked.values[below])))
        return " = ".join((*parts, self._write(worked.values[node])))

    def _cost(self, worked: Worked) -> str:
        given = len(self.passes.nodes) - 2
        name, number = self._name(given), self._write(worked.values[given])
        if not self.passes.is_entropy:
            made = f"({name} − y)² = ({number} − {self._y(worked.target)})²"
        elif worked.target == 1:
            made = f"−log({name}) = −log({number})"
        else:
            made = f"−log(1 − {name}) = −log(1 − {number})"
        return f"C = {made} = {self._write(worked.values[-1])}"

    def _back(self, worked: Worked, node: int) -> str:
        users = [self.passes.edges[e] for e in self.passes.out_of[node]]
        head, total = f"∂C/∂{self._name(node)}", self._write(worked.totals[node])
        if users[0].to == len(self.passes.nodes) - 1:
            return f"{head} = {self._by_answer(worked, node)} = {total}"
        letters = [f"∂C/∂{self._name(edge.to)}·{self._local(edge)}" for edge in users]
        slopes = [worked.slopes[e] for e in self.passes.out_of[node]]
        numbers = [
            f"{self._factor(worked.totals[edge.to])}·{self._factor(slope)}"
            for edge, slope in zip(users, slopes, strict=True)
        ]
        if self.passes.is_entropy and node == len(self.passes.nodes) - 3:
            # where it is saturated, the factors are 0 and infinite; their product is this
            short = f"{self._name(node + 1)} − y"
            if not all(is_finite(x) for x in (worked.totals[users[0].to], *slopes)):
                return f"{head} = {short} = {total}"
            return f"{head} = {_added(letters)} = {_added(numbers)} = {total} = {short}"
        return f"{head} = {_added(letters)} = {_added(numbers)} = {total}"

    def _by_answer(self, worked: Worked, node: int) -> str:
        """The derivative of the cost by what the model answers."""
        name, number = self._name(node), self._write(worked.values[node])
        if not self.passes.is_entropy:
            return f"2·({name} − y) = 2·({number} − {self._y(worked.target)})"
        if worked.target == 1:
            return f"−1/{name} = −1/{number}"
        return f"1/(1 − {name}) = 1/(1 − {number})"

    def _local(self, edge: Edge) -> str:
        if edge.parameter >= 0:
            return self._weight(edge)
        return f"∂{self._name(edge.to)}/∂{self._name(edge.source)}"

    def _weights(self, worked: Worked, node: int) -> str:
        written = []
        for edge in self._edges_into(node):
            head = f"∂C/∂{self._weight(edge)} = ∂C/∂{self._name(node)}"
            total = self._write(worked.by_parameter[edge.parameter])
            if self.passes.nodes[edge.source].kind == "one":
                written.append(f"{head} = {total}")
            else:
                numbers = f"{self._factor(worked.totals[node])}·{self._factor(worked.values[edge.source])}"
                written.append(f"{head}·{self._name(edge.source)} = {numbers} = {total}")
        # of one neuron, what follows is said of the chosen one
        return self._beside(written, 1 if self.passes.is_one_neuron else _MOST_BESIDE)

    def update(self, worked: Worked, node: int, rate: float, ascent: bool, mean: Array | None = None) -> str:
        """Write a step of plain descent for the weights that lead to one sum.

        By this example alone, or by the mean ``(d,)`` over some of them, with the penalty.
        """
        sign = "+" if ascent else "−"
        gradient = worked.gradient if mean is None else mean
        written = []
        for edge in self._edges_into(node):
            place, name = edge.parameter, self._weight(edge)
            old, slope = float(worked.theta[place]), float(gradient[place])
            letters = f"∂C/∂{name}" if mean is None else f"mean(∂C/∂{name})"
            if worked.gradient[place] != worked.by_parameter[place]:
                letters = f"({letters} + λ·{name})"
            new = old + rate * slope if ascent else old - rate * slope
            numbers = f"{self._write(old)} {sign} {self._typed(rate)}·{self._factor(slope)}"
            written.append(f"{name} {sign} η·{letters} = {numbers} = {self._write(new)}")
        return self._beside(written)

    def moved(self, worked: Worked, node: int, to: Array) -> str:
        """From where to where the weights that lead to one sum go, to parameters ``(d,)``."""
        written = []
        for edge in self._edges_into(node):
            old, new = float(worked.theta[edge.parameter]), float(to[edge.parameter])
            written.append(f"{self._weight(edge)}: {self._write(old)} → {self._write(new)}")
        return self._beside(written)

    def _edges_into(self, node: int) -> list[Edge]:
        """The chosen one first; then the others as they are."""
        edges = [self.passes.edges[e] for e in self.passes.into[node]]
        return sorted(edges, key=lambda edge: edge != self.edge)

    def _named(self, worked: Worked, node: int) -> str:
        return f"{self._name(node)} = {self._write(worked.values[node])}"

    def _name(self, node: int) -> str:
        return self.passes.nodes[node].name

    def _weight(self, edge: Edge) -> str:
        return self.passes.model.names[edge.parameter]

    def _factor(self, x: float) -> str:
        return factor(self._write, x)

    def _beside(self, written: Sequence[str], most: int = _MOST_BESIDE) -> str:
        """Formulas beside each other; of more than two only some."""
        most = most if len(written) > _MOST_BESIDE else _MOST_BESIDE
        return ";   ".join((*written[:most], *["…"] * (len(written) > most)))


def _added(terms: Sequence[str], bias: bool = False) -> str:
    """A sum; of a long one its beginning, and its last term where that is a bias."""
    if len(terms) > _MOST_TERMS:
        terms = [*terms[: _MOST_TERMS - 2], "…", terms[-1]] if bias else [*terms[: _MOST_TERMS - 1], "…"]
    return " + ".join(terms)
