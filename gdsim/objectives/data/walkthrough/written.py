"""Numbers within a formula."""

from __future__ import annotations

from collections.abc import Callable

#: Writes a number.
Write = Callable[[float], str]


def factor(write: Write, x: float) -> str:
    """A number that is multiplied: one with a sign in brackets."""
    text = write(float(x))
    return f"({text})" if text.startswith("−") else text


def is_finite(x: float) -> bool:
    """Tell whether it is a number, and not infinite."""
    return abs(x) < float("inf")
