"""The one family of errors that bad input raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class GdsimError(ValueError):
    """Bad input: a sentence that names the field, what was given and what is allowed.

    Parameters
    ----------
    template
        The sentence in English with ``{names}`` in it; kept apart from the values so that a window can
        translate it.
    field
        The name of the parameter that is wrong, as the Python API spells it ("start", "adam.beta1").
    **values
        What stands in for the names.
    """

    def __init__(self, template: str, field: str = "", **values: object) -> None:
        self.template = template
        self.field = field
        self.values = values
        super().__init__(template.format(field=field, **values))


class UnknownNameError(GdsimError):
    """A key that is in no table; says which come nearest."""

    def __init__(self, what: str, name: str, known: Iterable[str], field: str = "") -> None:
        from difflib import get_close_matches

        names, name = list(known), shown(name)
        near = get_close_matches(name.lower(), names, n=3, cutoff=0.5)
        if near:
            template = "unknown {what} '{name}'; did you mean {near}?"
        else:
            template = "unknown {what} '{name}'; there are: {near}"
        super().__init__(template, field, what=what, name=name, near=", ".join(near or names))


def named(table: Mapping[str, T], key: object, what: str, field: str) -> T:
    """The entry of a table under a key, or `UnknownNameError`."""
    if not isinstance(key, str) or key not in table:
        raise UnknownNameError(what, str(key), table, field=field)
    return table[key]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names as they can stand in a sentence: of many the first."""
    return ", ".join(names[:most]) + ", …" * (len(names) > most)


def shown(text: str, most: int = 60) -> str:
    """`text` as it can stand in a sentence of one line: shortened, and without what cannot be printed."""
    text = text if len(text) <= most else text[: most - 1] + "…"
    if text.isprintable():  # nearly always
        return text
    return "".join(letter if letter.isprintable() else " " for letter in text)
