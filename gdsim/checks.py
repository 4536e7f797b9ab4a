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
            low=low,
            high=high,
            given=_short(value),
        )
    return int(number)


def _short(value: object) -> str:
    # a whole number is told as one, however it was typed
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    text = repr(int(value) if whole else value)  # type: ignore[call-overload]
    return text if len(text) <= 60 else text[:57] + "…"
