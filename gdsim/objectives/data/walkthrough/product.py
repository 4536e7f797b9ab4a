"""The derivative by one weight of a model with one neuron, as the product along the only path down to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Worked
from gdsim.objectives.data.walkthrough.written import Write, factor, is_finite

#: The derivative of an activation, as text and as LaTeX, by its key: {a} is what it gave, {z} what it was given.
_SLOPES = {
    "identity": ("1", "1"),
    "step": ("0", "0"),
    "sigmoid": ("{a}(1 − {a})", "{a}(1 - {a})"),
    "tanh": ("(1 − {a}²)", "(1 - {a}^2)"),
    "relu": ("[{z} > 0]", "[{z} > 0]"),
    "leaky_relu": ("(0.01 + 0.99[{z} > 0])", "(0.01 + 0.99[{z} > 0])"),
    "softplus": ("σ({z})", r"\sigma({z})"),
}
#: And that of a cost, by the answer {a}.
_BY_ANSWER = {
    "mse": ("2({a} − y)", "2({a} - y)"),
    "cross_entropy": ("({a} − y)/({a}(1 − {a}))", r"\frac{{{a} - y}}{{{a}(1 - {a})}}"),
}


@dataclass(frozen=True, eq=False)
class Product:
    """∂C/∂w = ∂C/∂a · ∂a/∂z · ∂z/∂w, for the weight of an edge."""

    passes: Passes
    edge: Edge

    @cached_property
    def text(self) -> str:
        """In letters: the derivatives, and what each of them is."""
        name = self._weight
        letters = [f"∂{a}/∂{b}" for a, b in self._pairs]
        told = [text for text, _ in self._slopes]
        return f"∂C/∂{name} = {' · '.join(letters)} = {' · '.join(told)}"

    @cached_property
    def latex(self) -> str:
        """The same as LaTeX; "" where a name cannot be written so."""
        names = {name: _latex(name) for pair in self._pairs for name in pair}
        if not all(names.values()) or not _latex(self._source):
            return ""
        letters = [_fraction(names[a], names[b]) for a, b in self._pairs]
        sides = ([_fraction("C", names[self._weight])], letters, [latex for _, latex in self._slopes])
        return " = ".join(r" \cdot ".join(side) for side in sides)

    def numbers(self, worked: Worked, write: Write) -> str:
        """The product in numbers; without the factors where one of them is not finite."""
        factors = [worked.slopes[e] for e in self._path] + [worked.values[self.edge.source]]
        total = write(float(worked.by_parameter[self.edge.parameter]))
        if not all(map(is_finite, factors)):
            return f"= {total}"
        return f"= {' · '.join(factor(write, x) for x in factors)} = {total}"

    @cached_property
    def _path(self) -> tuple[int, ...]:
        """The edges from the cost down to the weighted sum."""
        node, path = len(self.passes.nodes) - 1, []
        while node != self.edge.to:
            path.append(self.passes.into[node][0])
            node = self.passes.edges[path[-1]].source
        return tuple(path)

    @property
    def _weight(self) -> str:
        return self.passes.model.names[self.edge.parameter]

    @property
    def _source(self) -> str:
        """Name of the node that the weight multiplies."""
        return self.passes.nodes[self.edge.source].name

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        """Names of the two sides of each derivative, numerator and denominator, from the cost down."""
        edges = [self.passes.edges[e] for e in self._path]
        names = [(self.passes.nodes[edge.to].name, self.passes.nodes[edge.source].name) for edge in edges]
        return (*names, (self.passes.nodes[self.edge.to].name, self._weight))

    @cached_property
    def _slopes(self) -> tuple[tuple[str, str], ...]:
        """The derivatives written out, each as text and as LaTeX."""
        found = []
        for e in self._path:
            edge = self.passes.edges[e]
            to, below = self.passes.nodes[edge.to], self.passes.nodes[edge.source].name
            if to.activation is None:
                key = "cross_entropy" if self.passes.is_entropy else "mse"
                found.append(_with(_BY_ANSWER[key], a=below))
            else:
                found.append(_with(_SLOPES[to.activation.key], a=to.name, z=below))
        return (*found, (self._source, _latex(self._source)))


def _with(templates: tuple[str, str], **names: str) -> tuple[str, str]:
    text, latex = (template.format(**names) for template in templates)
    return text, latex


def _fraction(above: str, below: str) -> str:
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def _latex(name: str) -> str:
    """A name as LaTeX: x₁, w with its feature below it, a word upright; "" for what the font may not have."""
    if not re.fullmatch(r"[\w .,:()/+-]+", name) or any(ord(letter) > 0x52F for letter in name):
        return ""
    if known := re.fullmatch(r"([A-Za-z])(\d*)", name):
        return known[1] + (f"_{{{known[2]}}}" if known[2] else "")
    if name.startswith("w_"):
        return f"w_{{{_upright(name[2:])}}}"
    return name if name == "1" else _upright(name)


def _upright(name: str) -> str:
    return rf"\text{{{name.replace('_', ' ')}}}"
