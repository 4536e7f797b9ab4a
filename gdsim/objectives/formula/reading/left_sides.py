"""The left sides of formulas: y =, f(x, y) =; the variables are then those that they name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import COORDINATES, FormulaError
from gdsim.objectives.formula.reading.tokens import Token
from gdsim.objectives.formula.reading.words import canonical, constant_called, function, is_plain, variable


class Head(NamedTuple):
    """The left side of a formula, = included.

    Attributes
    ----------
    length
        How many tokens it has.
    name
        What the function is called, "" if there is no head.
    variables
        The coordinates that it names; () if it names none.
    """

    length: int = 0
    name: str = ""
    variables: tuple[str, ...] = ()


def head_of(tokens: Sequence[Token]) -> Head:
    """The head of a formula, or `FormulaError` if it names what can be no coordinate."""
    first, second = tokens[0], tokens[min(1, len(tokens) - 1)]
    if first.kind != "word" or function(first.text) or first.text == "x" or constant_called(first.text):
        return Head()
    if second.kind == "=":
        return Head(2, canonical(first.text))
    if second.kind != "(":
        return Head()
    names: list[Token] = []
    for at in range(2, len(tokens) - 2, 2):
        name, after = tokens[at], tokens[at + 1]
        if name.kind != "word" or after.kind not in (",", ")"):
            return Head()
        # what stands behind a semicolon, f(x; a), is no coordinate
        names += [name] if tokens[at - 1].text != ";" else []
        if after.kind == ")":
            if tokens[at + 2].kind != "=":
                return Head()
            return Head(at + 3, canonical(first.text), _in_order(_checked(names)))
    return Head()


def _checked(tokens: Sequence[Token]) -> list[str]:
    names: list[str] = []
    for token in tokens:
        name = canonical(token.text)
        if not is_plain(name) or constant_called(token.text):
            raise FormulaError(
                "'{name}' at column {column} cannot be a coordinate: call it x, or by another letter",
                token.start,
                name=shown(token.text),
            )
        if name in names:
            raise FormulaError("the coordinate '{name}' at column {column} is named twice", token.start, name=name)
        names.append(name)
    return names


def _in_order(names: list[str]) -> tuple[str, ...]:
    if set(names) == set(COORDINATES):
        return COORDINATES
    numbers = [variable(name) for name in names]
    if all(numbers):
        return tuple(sorted(names, key=lambda name: variable(name) or 0))
    return tuple(names)
