"""The chain rule, step by step: a formula as a graph of operations from its coordinates up to f.

Every step is one operation on coordinates and earlier steps; what is equal is worked out once. Numbers and parameters
stand inside the operations. The derivative of f by a coordinate is the sum, over all paths from it up to f, of the
product of the local derivatives along the path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import pairwise
from typing import Any

import numpy as np

from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.local_slopes import VALUES, local_slope_texts, local_slopes
from gdsim.objectives.formula.nodes import CONSTANTS, Node, constant, fold
from gdsim.objectives.formula.pretty import pretty_tree, shown_name

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

#: An argument of a step: the number of an earlier one, or a part of the formula without coordinates.
Argument = int | Node


@dataclass(frozen=True, eq=False)
class Step:
    """An operation of a chain, or a coordinate that it begins with.

    Attributes
    ----------
    name
        "x", "u₁", …, or "f" for the last one.
    text
        What it does, of the names of earlier steps: "sin(u₁)"; of a coordinate "".
    op, arguments, signs
        The operation ("" for a coordinate, "sum" for a sum with signs, else a key of VALUES) and what it is done to.
    sources
        The steps it depends on directly, each once.
    slopes
        The formula of its derivative by each of them.
    """

    name: str
    text: str
    op: str
    arguments: tuple[Argument, ...]
    signs: tuple[int, ...]
    sources: tuple[int, ...]
    slopes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Worked:
    """A chain worked out at one point.

    Attributes
    ----------
    values
        The value of each step.
    slopes
        For each step, its derivative by each of its sources.
    totals
        The derivative of f by each step: those of the coordinates are the gradient.
    """

    values: tuple[float, ...]
    slopes: tuple[tuple[float, ...], ...]
    totals: tuple[float, ...]

    def along(self, chain: Chain, path: Sequence[int]) -> list[float]:
        """The local derivatives along a path, from f down."""
        pairs = list(pairwise(path))
        return [self.slopes[to][chain.steps[to].sources.index(source)] for source, to in reversed(pairs)]


@dataclass(frozen=True, eq=False)
class Chain:
    """The steps of a formula, each after those it depends on: first the coordinates, last f."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]

    def evaluate(self, point: Sequence[float], parameters: Mapping[str, float] | None = None) -> Worked:
        """Work it out at a point ``(d,)``: values upwards, derivatives downwards."""
        values: list[Any] = []
        slopes: list[tuple[float, ...]] = []
        with np.errstate(all="ignore"):
            for i, step in enumerate(self.steps):
                if not step.op:
                    values.append(np.float64(point[i]))
                    slopes.append(())
                    continue
                given = [values[a] if isinstance(a, int) else _constant(a, parameters or {}) for a in step.arguments]
                value, by_argument = _apply(step, given)
                values.append(value)
                slopes.append(tuple(_by_source(step, source, by_argument) for source in step.sources))
            totals = [np.float64(0.0)] * len(values)
            totals[-1] = np.float64(1.0)
            # from the end: when a step is come to, all that use it have been, and its total is whole
            for i in reversed(range(len(values))):
                for source, slope in zip(self.steps[i].sources, slopes[i], strict=True):
                    totals[source] = totals[source] + _through(totals[i], slope)
        return Worked(tuple(map(float, values)), tuple(slopes), tuple(map(float, totals)))

    @cached_property
    def path_counts(self) -> tuple[int, ...]:
        """The number of paths from each coordinate to f."""
        counts = [0] * len(self.steps)
        counts[-1] = 1
        for i in reversed(range(len(self.steps))):
            for source in self.steps[i].sources:
                counts[source] += counts[i]
        return tuple(counts[: len(self.names)])

    def paths(self, coordinate: int) -> Iterator[tuple[int, ...]]:
        """The paths from a coordinate to f, one after another: there may be very many."""
        last = len(self.steps) - 1
        users = self.users
        stack: list[tuple[int, ...]] = [(coordinate,)]
        while stack:
            path = stack.pop()
            if path[-1] == last:
                yield path
            else:
                stack.extend((*path, user) for user in reversed(users[path[-1]]))

    @cached_property
    def users(self) -> tuple[tuple[int, ...], ...]:
        """The steps that depend directly on each step."""
        users: list[list[int]] = [[] for _ in self.steps]
        for i, step in enumerate(self.steps):
            for source in step.sources:
                users[source].append(i)
        return tuple(map(tuple, users))


@lru_cache(maxsize=32)
def chain_of(text: str, names: tuple[str, ...]) -> Chain:
    """The chain of a formula, or `FormulaError` if it is none."""
    builder = _Builder(names)
    return builder.chain(fold(read(text).plain, builder.part))


def _constant(tree: Node, parameters: Mapping[str, float]) -> Any:
    def value(node: Node, arguments: list[Any]) -> Any:
        if node.op == "number":
            return np.float64(node.value or 0.0)
        if node.op == "name":
            return np.float64(CONSTANTS[node.name] if node.name in CONSTANTS else parameters.get(node.name, np.nan))
        return VALUES[node.op](*arguments)

    return fold(tree, value)


def _apply(step: Step, given: list[Any]) -> tuple[Any, Sequence[Any]]:
    """The value of a step and its derivatives by its arguments."""
    if step.op == "sum":
        total = reduce(np.add, [sign * value for sign, value in zip(step.signs, given, strict=True)])
        return total, step.signs
    return VALUES[step.op](*given), local_slopes(step.op, given)


def _through(total: Any, slope: float) -> Any:
    """The slope of f that reaches a source through a step: 0 through a branch not taken, however steep it is."""
    steep = np.isinf(total) or np.isinf(slope)
    return np.float64(0.0) if steep and (total == 0 or slope == 0) else total * slope


def _by_source(step: Step, source: int, by_argument: Sequence[Any]) -> float:
    return float(sum(slope for a, slope in zip(step.arguments, by_argument, strict=True) if a == source))


@dataclass(frozen=True, eq=False)
class _Part:
    """A part of the tree on its way into the chain: a constant, a step, or a sum or product that may still grow."""

    op: str  # "constant", "step", "sum" or "product"
    arguments: tuple[Argument, ...]
    signs: tuple[int, ...] = ()


class _Builder:
    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.steps: list[tuple[str, tuple[Argument, ...], tuple[int, ...]]] = [("", (), ()) for _ in names]
        self.known: dict[object, int] = {}

    def part(self, node: Node, parts: list[_Part]) -> _Part:
        """For `fold`: an operation on parts that are known."""
        if node.op == "name" and node.name in self.names:
            # "x" may be given although only y occurs
            return _Part("step", (self.names.index(node.name),))
        if all(part.op == "constant" for part in parts):
            return _Part("constant", (node,))
        match node.op:
            case "neg":
                return self._negative(parts[0])
            case "+" | "-":
                sign = 1 if node.op == "+" else -1
                left, right = self._terms(parts[0]), self._term(parts[1])
                return _Part("sum", left.arguments + right.arguments, (*left.signs, sign * right.signs[0]))
            case "*":
                return self._product(parts)
            case "/" if _is_negative(parts[0]):
                # (−a)/b as −(a/b): the sign can join a sum there, and is no step of its own
                return self._negative(self._step("/", [_Part("step", parts[0].arguments), parts[1]]))
        return self._step(node.op, parts)

    def _negative(self, part: _Part) -> _Part:
        term = self._term(part)
        return _Part("sum", term.arguments, (-term.signs[0],))

    def _terms(self, part: _Part) -> _Part:
        return part if part.op == "sum" else _Part("sum", (self.argument(part),), (1,))

    def _term(self, part: _Part) -> _Part:
        """A part as a single term of a sum; a sum in brackets is a step of its own."""
        return part if _is_negative(part) else _Part("sum", (self.argument(part),), (1,))

    def _product(self, parts: list[_Part]) -> _Part:
        left, right = parts
        if _is_negative(left):
            return self._negative(self._product([_Part("step", left.arguments), right]))
        factors = left.arguments if left.op == "product" else (self.argument(left),)
        return _Part("product", (*factors, self.argument(right)))

    def argument(self, part: _Part) -> Argument:
        """A part as an argument: what may still grow becomes a step."""
        if part.op in ("constant", "step"):
            return part.arguments[0]
        return self._number(part.op, part.arguments, part.signs)

    def _step(self, op: str, parts: list[_Part]) -> _Part:
        return _Part("step", (self._number(op, tuple(self.argument(part) for part in parts), ()),))

    def _number(self, op: str, arguments: tuple[Argument, ...], signs: tuple[int, ...]) -> int:
        """The number of a step; that of an equal one if there is one."""
        # parts without coordinates by their spelling: no two nodes are equal
        key = (op, signs, tuple(a if isinstance(a, int) else pretty_tree(a) for a in arguments))
        if key not in self.known:
            self.known[key] = len(self.steps)
            self.steps.append((op, arguments, signs))
        return self.known[key]

    def chain(self, root: _Part) -> Chain:
        """All steps with their names; the last one is f."""
        last = self.argument(root)
        assert isinstance(last, int)
        if last < len(self.names):
            # f(x) = x: f is a step all the same, beside the coordinate
            last = self._number("sum", (last,), (1,))
        order = self._order(last)
        place = {old: new for new, old in enumerate(order)}
        names = list(map(shown_name, self.names))
        for i in range(len(self.names), len(order)):
            names.append("f" if i == len(order) - 1 else "u" + str(i - len(self.names) + 1).translate(_LOWERED))
        steps = []
        for i, old in enumerate(order):
            op, arguments, signs = self.steps[old]
            placed = tuple(place[a] if isinstance(a, int) else a for a in arguments)
            steps.append(_named(names, i, op, placed, signs))
        return Chain(self.names, tuple(steps))

    def _order(self, last: int) -> list[int]:
        """The coordinates, and then every step in the order in which a person would work it out: left to right."""
        order = list(range(len(self.names)))
        done, stack = set(order), [last]
        while stack:
            waiting = [a for a in self.steps[stack[-1]][1] if isinstance(a, int) and a not in done]
            if waiting:
                stack.append(waiting[0])
                continue
            step = stack.pop()
            if step not in done:
                done.add(step)
                order.append(step)
        return order


def _is_negative(part: _Part) -> bool:
    return part.op == "sum" and part.signs == (-1,)


def _named(names: list[str], i: int, op: str, arguments: tuple[Argument, ...], signs: tuple[int, ...]) -> Step:
    if not op:
        return Step(names[i], "", "", (), (), (), ())
    nodes = [Node("name", name=names[a]) if isinstance(a, int) else a for a in arguments]
    sources = tuple(dict.fromkeys(a for a in arguments if isinstance(a, int)))
    by_argument = _slope_texts(op, nodes, signs)
    slopes = []
    for source in sources:
        texts = [text for a, text in zip(arguments, by_argument, strict=True) if a == source]
        slopes.append(" + ".join(texts))
    return Step(names[i], pretty_tree(_tree(op, nodes, signs)), op, arguments, signs, sources, tuple(slopes))


def _tree(op: str, nodes: Sequence[Node], signs: Sequence[int]) -> Node:
    """An operation as a part of a formula."""
    if op == "product":
        return reduce(lambda a, b: Node("*", (a, b)), nodes)
    if op != "sum":
        return Node(op, tuple(nodes))
    first = nodes[0] if signs[0] > 0 else Node("neg", (nodes[0],))
    terms = zip(signs[1:], nodes[1:], strict=True)
    return reduce(lambda a, term: Node("+" if term[0] > 0 else "-", (a, term[1])), terms, first)


def _slope_texts(op: str, nodes: Sequence[Node], signs: Sequence[int]) -> list[str]:
    """The derivative of an operation by each of its arguments, as text."""
    if op == "sum":
        return ["1" if sign > 0 else "−1" for sign in signs]
    if op == "product":
        rest = [[*nodes[:i], *nodes[i + 1 :]] for i in range(len(nodes))]
        return [pretty_tree(_tree("product", others, ())) for others in rest]
    if op == "^":
        return _power_texts(*nodes)
    names = [_whole(node) for node in nodes]
    if op in ("min", "max"):
        mark = "<" if op == "min" else ">"
        return [f"[{name} {mark} {', '.join(names[:i] + names[i + 1 :])}]" for i, name in enumerate(names)]
    return [text.format(*names) for text in local_slope_texts(op, len(names))]


def _power_texts(base: Node, exponent: Node) -> list[str]:
    a, b = _whole(base), _whole(exponent)
    by_base = f"{b}·{a}^({b} − 1)"
    number = fold(exponent, constant)
    if number is not None:
        power = base if number == 2 else Node("^", (base, _number(number - 1)))
        by_base = "1" if number == 1 else pretty_tree(Node("*", (_number(number), power)))
    power_text = pretty_tree(Node("^", (base, exponent)))
    is_e = base.op == "name" and base.name == "e"
    return [by_base, power_text if is_e else f"log({a})·{power_text}"]


def _number(value: float) -> Node:
    return Node("number", (), value, f"{value:.6g}".replace("-", "−"))


def _whole(node: Node) -> str:
    """A part that may stand anywhere."""
    text = pretty_tree(node)
    return text if node.op in ("name", "number") else f"({text})"
