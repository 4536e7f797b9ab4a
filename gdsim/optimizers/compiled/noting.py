"""Names for what a rule works out on the way, so that a step can be shown term by term."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from gdsim.optimizers.compiled.terms import Term

#: A Python float, a float64 array of any shape, or a `Term` while a step is being recorded.
Real = Any


class Note(NamedTuple):
    """A term that a rule has named.

    Attributes
    ----------
    symbol
        As the paper writes it: "m̂".
    term
        The term.
    meaning
        One sentence for a person, in the context "Term".
    """

    symbol: str
    term: Term
    meaning: str


class _Open(threading.local):
    """Each thread writes down what it records itself."""

    notes: list[Note] | None = None


_open = _Open()


def note(symbol: str, value: Real, meaning: str) -> Real:
    """Give `value` back, having written down its name if a step is being recorded; an input has a name already.

    What is noted and used for nothing else costs a race nothing: only what leads to the results is printed.
    """
    if _open.notes is not None and isinstance(value, Term) and not value.is_input:
        _open.notes.append(Note(symbol, value, meaning))
    return value


@contextmanager
def noting() -> Iterator[list[Note]]:
    """Within it, notes are written down, in the list that it gives."""
    before, _open.notes = _open.notes, []
    try:
        yield _open.notes
    finally:
        _open.notes = before
