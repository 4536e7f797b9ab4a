"""Conditions stand where a condition is asked for, and numbers elsewhere."""

from __future__ import annotations

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import FormulaError, Node, fold

COMPARED = ("<", "<=", ">", ">=", "==", "!=")
JOINED = ("and", "or", "not")


def check_conditions(tree: Node, text: str) -> None:
    """Raise `FormulaError` if a condition stands where a number belongs, or the reverse."""

    def check(node: Node, args: list[bool]) -> bool:
        for i, (argument, is_condition) in enumerate(zip(node.args, args, strict=True)):
            wanted = node.op in JOINED or (node.op == "where" and i == 0)
            if is_condition and not wanted:
                _refuse_condition(argument, text)
            if wanted and not is_condition:
                _refuse_number(node, argument, text)
        return node.op in COMPARED or node.op in JOINED

    if fold(tree, check):
        _refuse_condition(tree, text)


def _refuse_condition(node: Node, text: str) -> None:
    raise FormulaError(
        "'{part}' at column {column} is a condition and no number: write where({part}, 1, 0)",
        node.start,
        part=shown(text[node.start : node.end], 40),
    )


def _refuse_number(node: Node, argument: Node, text: str) -> None:
    part = shown(text[argument.start : argument.end], 40)
    if node.op == "where":
        raise FormulaError(
            "'{part}' at column {column} stands where where(…) asks for a condition, such as x > 0",
            argument.start,
            part=part,
        )
    raise FormulaError(
        "'{word}' asks for conditions, such as x > 0, and '{part}' at column {column} is none",
        argument.start,
        word=node.op,
        part=part,
    )
