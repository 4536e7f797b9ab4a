"""Functions with their arguments: how many there may be, and those that are written as operations."""

from __future__ import annotations

from typing import NoReturn

from gdsim.objectives.formula.nodes import FUNCTIONS, FormulaError, Node
from gdsim.objectives.formula.reading.tokens import Token

#: The name of the inverse of a function.
_INVERSE = {name: f"a{name}" for name in FUNCTIONS if f"a{name}" in FUNCTIONS}


def checked_call(token: Token, arguments: list[Node], end: int) -> Node:
    """The node of a call, or `FormulaError` if a function does not take so many arguments."""
    name = "pow" if token.text == "^" else token.text
    least, most = (2, 2) if name == "pow" else FUNCTIONS.get(name, (1, 1))
    if not least <= len(arguments) <= (most or len(arguments)):
        raise FormulaError(
            "{name} at column {column} takes {allowed}, not {count}",
            token.start,
            name=name,
            allowed=_allowed(least, most),
            count=len(arguments),
        )
    return Node(token.text, tuple(arguments), start=token.start, end=end)


def _allowed(least: int, most: int) -> str:
    known = {(1, 1): "1 argument", (2, 2): "2 arguments", (3, 3): "3 arguments", (1, 2): "1 or 2 arguments"}
    return known.get((least, most), "2 or more arguments")


def refuse_inverse(token: Token) -> NoReturn:
    """Say that the power −1 of a function is not told apart from its inverse."""
    if inverse := _INVERSE.get(token.text):
        raise FormulaError(
            "the power -1 of {name} at column {column} has two meanings: write {inverse}(…), or 1/{name}(…)",
            token.start,
            name=token.text,
            inverse=inverse,
        )
    raise FormulaError(
        "the power -1 of {name} at column {column} has two meanings: write 1/{name}(…) if it is that",
        token.start,
        name=token.text,
    )
