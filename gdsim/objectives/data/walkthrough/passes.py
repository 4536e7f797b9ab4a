"""Forward and back through a model for one example, as a graph that can be followed by hand.

Every node is one number, from the inputs up to the cost C. The derivative of C by a node is the sum, over the edges
that leave it, of the derivative by where they lead times the local derivative at the edge; that by a weight is the one
by the weighted sum it leads to times what it weighs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data.models.activations import ACTIVATIONS, Activation
from gdsim.objectives.data.models.model import Model

#: Larger models are not drawn: so many neurons or inputs beside each other, and so many weights.
MOST_WIDE, MOST_WEIGHTS = 32, 400


@dataclass(frozen=True)
class Node:
    """A node of the graph: a number on the way from the inputs to the cost.

    Attributes
    ----------
    kind
        "input", "one" (what a bias weighs), "sum" z, "activation" a, "probability" p or "cost" C.
    name
        What it is called.
    row
        How far up it is: 0 for inputs; a node depends on those of the row below.
    activation
        What an activation or a probability is made by.
    """

    kind: str
    name: str
    row: int
    activation: Activation | None = None


@dataclass(frozen=True)
class Edge:
    """From one node to the next; `parameter` is the place of its weight among all parameters, -1 where it has none."""

    source: int
    to: int
    parameter: int = -1


@dataclass(frozen=True, eq=False)
class Worked:
    """A graph worked out for one example.

    Attributes
    ----------
    theta, target
        The parameters ``(d,)``, and what the example should give.
    values, totals
        Of each node: its value, and the derivative of C by it.
    slopes
        Of each edge: the local derivative, of what it leads to by where it starts.
    by_parameter
        The derivatives of C by the parameters, ``(d,)``: without the penalty.
    gradient
        With the penalty, ``(d,)``: that of the model on this one example.
    """

    theta: Array
    target: float
    values: tuple[float, ...]
    totals: tuple[float, ...]
    slopes: tuple[float, ...]
    by_parameter: Array
    gradient: Array


@dataclass(frozen=True)
class Stage:
    """A stop of the walk.

    Attributes
    ----------
    what
        "inputs", "sum", "activation", "probability", "cost", "back", "weights" or "update".
    row
        The row that is looked at; of weights, that of the sums they lead to.
    forward
        Values are known up to this row.
    back, weights
        Derivatives by nodes are known from this row on, and by weights that lead to this row or a higher one.
    """

    what: str
    row: int
    forward: int
    back: int
    weights: int


@dataclass(frozen=True, eq=False)
class Passes:
    """The graph of a model.

    Attributes
    ----------
    model
        Whose it is.
    nodes, edges
        Each node after those it depends on: first the inputs, last the cost.
    """

    model: Model
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The nodes of each row."""
        return tuple(
            tuple(i for i, node in enumerate(self.nodes) if node.row == row) for row in range(self.nodes[-1].row + 1)
        )

    @cached_property
    def into(self) -> tuple[tuple[int, ...], ...]:
        """The edges that lead to each node."""
        return self._by_node([edge.to for edge in self.edges])

    @cached_property
    def out_of(self) -> tuple[tuple[int, ...], ...]:
        """The edges that leave each node."""
        return self._by_node([edge.source for edge in self.edges])

    def _by_node(self, ends: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.nodes]
        for e, node in enumerate(ends):
            found[node].append(e)
        return tuple(map(tuple, found))

    @property
    def trained(self) -> int:
        """Number of examples that the model is trained on; those after them are held out."""
        return len(self.model.y)

    @property
    def count(self) -> int:
        """Number of examples, those held out with them."""
        held = self.model.held_out
        return self.trained + (0 if held is None else len(held.targets))

    @property
    def is_one_neuron(self) -> bool:
        """Tell whether there is nothing between inputs and answer but one neuron."""
        return len(self.model.layers.layers) == 1

    @property
    def is_entropy(self) -> bool:
        """Tell whether the cost is cross-entropy, of the probability just below it."""
        return self.model.layers.cost.key == "cross_entropy"

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The walk: up to the cost, back down, and the update."""
        top = len(self.rows) - 1
        kinds = [self.nodes[row[0]].kind for row in self.rows]
        walk = [Stage(_FORWARD.get(kind, kind), row, row, top + 1, top + 1) for row, kind in enumerate(kinds)]
        weights = top + 1
        for row in range(top - 1, 0, -1):
            walk.append(Stage("back", row, top, row, weights))
            if kinds[row] == "sum":
                weights = row
                walk.append(Stage("weights", row, top, row if row > 1 else 0, weights))
        walk.append(Stage("update", 1, top, 0, weights))
        return tuple(walk)

    def work(self, theta: Array, example: int) -> Worked:
        """Work it out for one of the examples, with parameters ``(d,)``: see `trained`."""
        inputs, targets = self.model.examples
        if example >= self.trained and self.model.held_out is not None:
            example, (inputs, targets) = example - self.trained, self.model.held_out
        theta, y = np.array(theta, dtype=np.float64), targets[example : example + 1]
        with np.errstate(all="ignore"):
            values = self._forward(theta, inputs[example], y)
            slopes = self._slopes(theta, values, y)
            totals = self._back(values, slopes, y)
            found = np.zeros(len(theta))
            for edge in self.edges:
                if edge.parameter >= 0:
                    found[edge.parameter] = totals[edge.to] * values[edge.source]
            return Worked(
                theta,
                float(y[0]),
                _floats(values),
                _floats(totals),
                _floats(slopes),
                found,
                found + self._penalty(theta),
            )

    def _forward(self, theta: Array, inputs: Array, y: Array) -> Array:
        values = np.ones(len(self.nodes))
        for i, node in enumerate(self.nodes):
            if node.kind == "input":
                values[i] = inputs[i]
            elif node.kind == "sum":
                # a sum from left to right, as a person would do it
                values[i] = sum(theta[self.edges[e].parameter] * values[self.edges[e].source] for e in self.into[i])
            elif node.activation is not None:
                below = self.edges[self.into[i][0]].source
                values[i] = node.activation.value(values[below : below + 1])[0]
            elif node.kind == "cost":
                # of the logit, where it is of a probability
                given = self._logit if self.is_entropy else i - 1
                values[i] = self.model.layers.cost.value(values[given : given + 1], y)
        return values

    def _slopes(self, theta: Array, values: Array, y: Array) -> Array:
        slopes = np.empty(len(self.edges))
        for e, edge in enumerate(self.edges):
            node, below = self.nodes[edge.to], values[edge.source : edge.source + 1]
            if edge.parameter >= 0:
                slopes[e] = theta[edge.parameter]
            elif node.activation is not None:
                slopes[e] = _slope(node.activation, below)
            elif self.is_entropy:
                # 1 − p would lose its digits where p is nearly 1
                sign = 1.0 if y[0] == 1 else -1.0
                slopes[e] = -sign / ACTIVATIONS["sigmoid"].value(sign * values[self._logit : self._logit + 1])[0]
            else:
                slopes[e] = 2 * (below - y)[0]
        return slopes

    def _back(self, values: Array, slopes: Array, y: Array) -> Array:
        totals = np.zeros(len(self.nodes))
        totals[-1] = 1.0
        for i in range(len(self.nodes) - 2, -1, -1):
            totals[i] = sum(totals[self.edges[e].to] * slopes[e] for e in self.out_of[i])
        if not self.is_entropy:
            return totals
        # p − y is that product where both factors are finite, and right where they are not
        totals[self._logit] = values[-2] - y[0]
        for i in range(self._logit - 1, -1, -1):
            totals[i] = sum(totals[self.edges[e].to] * slopes[e] for e in self.out_of[i])
        return totals

    def _penalty(self, theta: Array) -> Array:
        found = np.zeros(len(theta))
        if self.model.l2:
            for layer in self.model.layers.layers:
                found[layer.first : layer.bias] = self.model.l2 * theta[layer.first : layer.bias]
        return found

    @property
    def _logit(self) -> int:
        """The node whose sigmoid the probability is; there only under cross-entropy."""
        return len(self.nodes) - 3


#: Stops by the kind of their row, where they are called otherwise.
_FORWARD = {"input": "inputs"}


def _slope(activation: Activation, z: Array) -> float:
    """da/dz at one z, ``(1,)``."""
    found = activation.slope(z)
    if activation.key == "sigmoid":
        # a(1 − a) would lose its digits where a is nearly 1; 1 − σ(z) is σ(−z)
        found = activation.value(z) * activation.value(-z)
    return float(found[0])


def is_small(model: Model) -> bool:
    """Tell whether a model can be drawn node by node."""
    layers = model.layers.layers
    widths = [layers[0].deep, *(layer.wide for layer in layers)]
    return max(widths) <= MOST_WIDE and model.dimension <= MOST_WEIGHTS


def passes_of(model: Model) -> Passes:
    """The graph of a model."""
    return _Builder(model).built()


class _Builder:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.alone = len(model.layers.layers) == 1

    def built(self) -> Passes:
        layers = self.model.layers.layers
        below = [self._node("input", name, 0) for name in self.model.features]
        entropy = self.model.layers.cost.key == "cross_entropy"
        for k, layer in enumerate(layers, 1):
            below.append(self._node("one", "1", 2 * k - 2))
            sums = [self._node("sum", self._name("z", k, j), 2 * k - 1) for j in range(layer.wide)]
            for j, to in enumerate(sums):
                places = [*range(layer.first + j * layer.deep, layer.first + (j + 1) * layer.deep), layer.bias + j]
                self.edges += [Edge(source, to, place) for source, place in zip(below, places, strict=True)]
            # the model works from the logit; a person looks for the probability
            squashed = entropy and k == len(layers) and layer.activation.is_identity
            activation = ACTIVATIONS["sigmoid"] if squashed else layer.activation
            below = [
                self._after(source, "activation", self._name("a", k, j), activation) for j, source in enumerate(sums)
            ]
        if entropy and not layers[-1].activation.is_identity:
            below = [self._after(below[0], "probability", "p", ACTIVATIONS["sigmoid"])]
        self._after(below[0], "cost", "C", None)
        return Passes(self.model, tuple(self.nodes), tuple(self.edges))

    def _node(self, kind: str, name: str, row: int, activation: Activation | None = None) -> int:
        self.nodes.append(Node(kind, name, row, activation))
        return len(self.nodes) - 1

    def _after(self, source: int, kind: str, name: str, activation: Activation | None) -> int:
        """A node that depends on one other."""
        node = self._node(kind, name, self.nodes[source].row + 1, activation)
        self.edges.append(Edge(source, node))
        return node

    def _name(self, letter: str, layer: int, neuron: int) -> str:
        return letter if self.alone else f"{letter}{layer}[{neuron + 1}]"


def _floats(values: Sequence[float] | Array) -> tuple[float, ...]:
    return tuple(map(float, values))
