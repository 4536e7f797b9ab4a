"""A change of an experiment, and how it is worded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A change of an experiment.

    Attributes
    ----------
    what
        The path of the value that it is about; two changes of the same can be told as one.
    text
        In words: "η 0.01 → 0.1".
    """

    what: str
    text: str


def from_to(what: str, label: str, old: str, new: str) -> Change:
    """A change of a value from one text to another."""
    return Change(what, f"{label} {old} → {new}")
