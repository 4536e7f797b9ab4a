"""The slopes of functions, read from the text in their rows.

A row has each derivative once, in the formula language and with the inner functions. Read as a tree, it is worked out
by whatever knows the functions by name: numpy's numbers, `jets`, SymPy's trees; and printed for people.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gdsim.objectives.formula.functions import row_of
from gdsim.objectives.formula.functions.row import Row
from gdsim.objectives.formula.nodes import Node, fold

_SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "neg": operator.neg,
}


@dataclass(frozen=True, eq=False)
class Slope:
    """The derivative of a function by one of its arguments.

    Attributes
    ----------
    tree
        The formula of it.
    names
        What the arguments are called there.
    shown
        How a person writes it, of {0}, {1}, …, if that is not its formula.
    """

    tree: Node
    names: Sequence[str]
    shown: str = ""

    def of(self, f: Any, *args: Any) -> Any:
        """Its value of arguments, worked out by `f`, which has the functions by their symbols, `number` and `pi`."""
        given = {"pi": f.pi, **dict(zip(self.names, args, strict=False))}

        def part(node: Node, parts: list[Any]) -> Any:
            if node.op == "number":
                return f.number(int(node.name))
            if node.op == "name":
                return given[node.name]
            operation = _OPERATIONS.get(node.op) or getattr(f, row_of(node.op).printed)
            return operation(*parts)

        return fold(self.tree, part)


@lru_cache(maxsize=256)
def read_expression(text: str) -> Node:
    """The tree of an expression in a row. What is written there is Python, too, and has functions nobody can type."""

    def node(part: ast.AST) -> Node:
        match part:
            case ast.Constant(int(value)):
                return Node("number", (), float(value), str(value))
            case ast.Name(name):
                return Node("name", name=name)
            case ast.UnaryOp(ast.USub(), operand):
                return Node("neg", (node(operand),))
            case ast.BinOp(left, sign, right):
                return Node(_SIGNS[type(sign)], (node(left), node(right)))
            case ast.Call(ast.Name(name), args):
                return Node(name, tuple(map(node, args)))
        raise ValueError(f"{ast.dump(part)} in {text!r} is none of these")

    return node(ast.parse(text, mode="eval").body)


@lru_cache(maxsize=128)
def _slopes(name: str, count: int) -> tuple[Slope, ...]:
    row = row_of(name, count)
    names = "u" if row.least == 1 else "abc"
    return tuple(
        Slope(read_expression(text), names, row.shown[i] if i < len(row.shown) else "")
        for i, text in enumerate(row.slopes)
    )


def slopes_of(row: Row, count: int = 1) -> tuple[Slope, ...]:
    """The derivatives of a function of so many arguments, by each of them; none if it is constant but for jumps."""
    return _slopes(row.printed, count)
