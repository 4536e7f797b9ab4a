"""Cases in pasted LaTeX as pieces of a function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from gdsim.objectives.formula.nodes import FormulaError

#: The environments that hold cases.
CASES = ("cases", "dcases", "rcases", "array")
#: A translated text, and the column of each of its letters.
Cell = tuple[str, list[int]]
_IF = re.compile(r"[\s,]*(?:if|for|when|where|wenn|falls|für)?\b[\s,]*")
_ELSE = re.compile(r"[\s,]*(?:otherwise|else|sonst)?[\s,.]*")
_END = re.compile(r"[\s,;.]*$")
_OPPOSITES = ({">", "≤"}, {"<", "≥"}, {"≠", "="})


def _refuse(start: int) -> NoReturn:
    raise FormulaError(
        "'\\begin{{cases}}' at column {column} is LaTeX that is not read here: cases are written "
        "where(x > 0, a, b) or piecewise(x > 0, a, x < -1, b, c)",
        start,
    )


def in_pieces(rows: Sequence[Sequence[Cell]], start: int) -> Iterator[Cell]:
    """piecewise(condition, value, …, value) of rows that hold a value and its condition, or `FormulaError`."""
    rows = [row for row in rows if any(text.strip() for text, _ in row)]
    if len(rows) < 2 or any(len(row) > 2 for row in rows):
        _refuse(start)
    conditions = [_condition(row) for row in rows]
    *before, last = [text for text, _ in conditions]
    if not all(before):
        _refuse(start)
    if last and not (len(before) == 1 and _is_opposite(before[0], last)):
        raise FormulaError(
            "the last of the cases at column {column} holds for all that is left: write "
            "\\text{{otherwise}} for its condition",
            start,
        )
    yield " piecewise(", [start] * 11
    for row, condition in list(zip(rows, conditions, strict=True))[:-1]:
        yield condition
        yield ",", [start]
        yield _value(row)
        yield ",", [start]
    yield _value(rows[-1])
    yield ")", [start]


def _value(row: Sequence[Cell]) -> Cell:
    text, columns = row[0]
    text = _END.sub("", text)
    return text, columns[: len(text)]


def _condition(row: Sequence[Cell]) -> Cell:
    """The condition of a row; "" for what holds otherwise."""
    text, columns = row[1] if len(row) > 1 else ("", [])
    if _ELSE.fullmatch(text):
        return "", []
    begun = _IF.match(text)
    begin, end = begun.end() if begun else 0, len(_END.sub("", text))
    return text[begin:end], columns[begin:end]


def _is_opposite(one: str, other: str) -> bool:
    parts = [re.split(r"\s*(<=|>=|!=|[<>≤≥≠=])\s*", text.strip()) for text in (one, other)]
    if [len(part) for part in parts] != [3, 3] or parts[0][::2] != parts[1][::2]:
        return False
    known = {"<=": "≤", ">=": "≥", "!=": "≠"}
    return {known.get(part[1], part[1]) for part in parts} in _OPPOSITES
