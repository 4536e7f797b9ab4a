"""Sums and products over an index: where the index stands, and all of it written out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from gdsim.objectives.formula.nodes import FormulaError, Node, constant, fold
from gdsim.objectives.formula.reading.tokens import Token

#: So many parts may a formula have when its sums are written out.
MOST_PARTS = 6000
#: The highest index of a coordinate.
MOST_VARIABLES = 100
_SERIES = ("sum", "prod")


def index_of(tokens: Sequence[Token], at: int, function: Token) -> str:
    """The index of a sum, found before it is read.

    Parameters
    ----------
    at
        Where its opening bracket is.
    """
    commas: list[int] = []
    depth = 0
    for i in range(at, len(tokens)):
        kind = tokens[i].kind
        if kind in ("(", "[", "{"):
            depth += 1
        elif kind in (")", "]", "}"):
            depth -= 1
            if not depth:
                break
        elif kind == "," and depth == 1:
            commas.append(i)
    word = tokens[commas[0] + 1] if commas else None
    if word is None or len(commas) != 3 or commas[1] != commas[0] + 2 or word.kind != "word":
        raise FormulaError(
            "{name} at column {column} takes what is added, its index, and from where to where: {name}(x^i, i, 1, 5)"
            if function.text == "sum"
            else "{name} at column {column} takes the factor, its index, and from where to where: "
            "{name}(x + i, i, 1, 5)",
            function.start,
            name=function.text,
        )
    if len(word.text) != 1 or word.text in "xyeE":
        raise FormulaError(
            "the index '{name}' at column {column} must be a single letter, such as i", word.start, name=word.text
        )
    return word.text


def written_out(tree: Node) -> Node:
    """The tree with its sums and products as what they stand for, and x_i as x1, x2 …; itself if it has none."""
    found: list[bool] = []
    fold(tree, lambda node, _: found.append(True) if node.op in ("item", *_SERIES) else None)
    return _Writer().written(tree, {}) if found else tree


class _Writer:
    """Counts the parts that it makes, and stops where there are too many."""

    def __init__(self) -> None:
        self.parts = 0

    def written(self, tree: Node, values: Mapping[str, int]) -> Node:
        """A tree with numbers for the indices; not by recursion but for sums in sums."""
        order, stack = [], [tree]
        while stack:
            node = stack.pop()
            order.append(node)
            if node.op not in _SERIES:
                stack.extend(node.args)
        self.count(len(order), tree)
        done: dict[int, Node] = {}
        for node in reversed(order):
            done[id(node)] = self.part(node, [done[id(a)] for a in node.args if id(a) in done], values)
        return done[id(tree)]

    def count(self, parts: int, node: Node) -> None:
        self.parts += parts
        if self.parts > MOST_PARTS:
            raise FormulaError(
                "the sums at column {column} are too long: at most {most:,} parts are written out",
                node.start,
                most=MOST_PARTS,
            )

    def part(self, node: Node, args: list[Node], values: Mapping[str, int]) -> Node:
        if node.op in _SERIES:
            return self.series(node, values)
        if node.op == "item":
            return numbered(node, args[0])
        if node.op == "name" and node.name in values:
            return _whole(values[node.name], node)
        return Node(node.op, tuple(args), node.value, node.name, node.start, node.end) if args else node

    def series(self, node: Node, values: Mapping[str, int]) -> Node:
        body, *ends = node.args
        low, high = (_limit(self.written(end, values), node) for end in ends)
        self.count(max(high - low, 0), node)
        op, nothing = ("+", 0) if node.op == "sum" else ("*", 1)
        result: Node | None = None
        for value in range(low, high + 1):
            term = self.written(body, {**values, node.name: value})
            result = term if result is None else Node(op, (result, term), start=node.start, end=node.end)
        return result or _whole(nothing, node)


def _whole(value: int, at: Node) -> Node:
    number = Node("number", (), float(abs(value)), str(abs(value)), at.start, at.end)
    return number if value >= 0 else Node("neg", (number,), start=at.start, end=at.end)


def _limit(tree: Node, of: Node) -> int:
    value = fold(tree, constant)
    if value is None or not math.isfinite(value) or value != int(value):
        raise FormulaError("the ends of the {name} at column {column} must be whole numbers", of.start, name=of.op)
    if abs(value) > MOST_PARTS:
        raise FormulaError(
            "the sums at column {column} are too long: at most {most:,} parts are written out",
            of.start,
            most=MOST_PARTS,
        )
    return int(value)


def numbered(item: Node, index: Node) -> Node:
    """The name of a letter with an index: x2 for x_(1 + 1)."""
    value = fold(index, constant)
    if value is None or not 0 <= value <= MOST_PARTS or value != int(value):
        raise FormulaError(
            "the index of {name} at column {column} must be a whole number, such as in {name}_1",
            item.start,
            name=item.name,
        )
    return Node("name", (), None, f"{item.name}{int(value)}", item.start, item.end)
