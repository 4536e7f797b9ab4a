"""Numbers from outside, checked: every complaint names the field, what was given and what is allowed."""

from __future__ import annotations

import math

from gdsim.errors import GdsimError


def as_float(value: object, field: str) -> float:
    """`value` as a finite float, or `GdsimError` naming the field."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise GdsimError("{field} must be a finite number, not {given}", field, given=_short(value))
    return number


def as_count(value: object, field: str, low: int, high: int) -> int:
    """`value` as a whole number in the closed range, or `GdsimError` naming the field."""
    number = as_float(value, field)
    if number != int(number):
        raise GdsimError("{field} must be a whole number, not {given}", field, given=_short(value))
    if not low <= number <= high:
        raise GdsimError(
            "{field} must be from {low} to {high}, not {given}",
            field,
            low=grouped(low),
            high=grouped(high),
            given=_short(value),
        )
    return int(number)


def grouped(number: int) -> str:
    """A whole number as a sentence tells it: of more than four digits in groups of three, to be read at a glance."""
    return f"{number:,}" if abs(number) >= 10_000 else str(number)


def _short(value: object) -> str:
    # a whole number is told as one, however it was typed
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    text = repr(value)
    if whole or (isinstance(value, int) and not isinstance(value, bool)):
        text = grouped(int(value))  # type: ignore[call-overload]
    return text if len(text) <= 60 else text[:57] + "…"
