"""Bytes → a tree of dicts, lists, texts and numbers, whatever the bytes are.

The standard reader of JSON, not msgspec: it tells line and column, and sees names that stand twice.
"""

from __future__ import annotations

import json
import re
from typing import Any

from gdsim.errors import GdsimError

#: What a file may hold, in bytes; one with every optimizer and every value set has about three thousand.
LARGEST = 1_000_000
#: How deep brackets may be nested; a gdsim file needs four levels, and Python's reader stops at about a thousand.
_DEEPEST = 20
#: More digits than any float has; Python takes long to read a whole number of a million digits, and refuses.
_MOST_DIGITS = 400

#: What the reader of JSON says, and what it means.
_MISSING = {
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Extra data": "there is more behind its end",
}

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """An object of a file; `twice` is the first name that stands in it twice, or None."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.twice: str | None = None
        for name, value in pairs:
            if name in self and self.twice is None:
                self.twice = name
            self[name] = value


def read(data: bytes) -> Any:
    """The JSON of a file; NaN and numbers too large are read as floats that no field allows.

    Raises
    ------
    GdsimError
        If it is too large, or no JSON; the message says where.
    """
    check_size(len(data))
    try:
        text = data.decode("utf-8-sig")  # some editors put a mark in front
    except UnicodeDecodeError as error:
        raise GdsimError("the file is not UTF-8 text: byte {byte}", byte=error.start + 1) from error
    if not text.strip():
        raise GdsimError("the file is empty")
    _check_depth(text)
    try:
        return json.loads(text, object_pairs_hook=JsonObject, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from error


def check_size(size: int) -> None:
    """Raise `GdsimError` if a file has more bytes than are read."""
    if size > LARGEST:
        raise GdsimError(
            "the file is too large: {size:.3g} MB, where {limit:.3g} MB is the most",
            size=size / 1e6,
            limit=LARGEST / 1e6,
        )


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _check_depth(text: str) -> None:
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > _DEEPEST:
            line, column = _place(text, token.start())
            raise GdsimError(
                "brackets are nested deeper than {limit} at line {line}, column {column}",
                limit=_DEEPEST,
                line=line,
                column=column,
            )


def _not_json(text: str, error: json.JSONDecodeError) -> GdsimError:
    line, column = _place(text, error.pos)
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return GdsimError(
            "the file ends before it is complete, at line {line}, column {column}: it may have been cut off",
            line=line,
            column=column,
        )
    problem = _MISSING.get(error.msg, error.msg[:1].lower() + error.msg[1:].removesuffix(" at"))
    return GdsimError(
        "the file is not JSON at line {line}, column {column}: {problem}", line=line, column=column, problem=problem
    )


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
