"""Values of an experiment's fields as a person reads them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.function_phrases import choice_text
from gdsim.desktop.text.numbers import show_typed
from gdsim.simulation.field import Field
from gdsim.simulation.shared_values import SHARED

#: So many coordinates are shown of a point, or of a box; the rest is "…".
_FIRST = 3


def value_text(field: Field, value: Any) -> str:
    """A number, a word of the table, or a text; None is the value that all follow."""
    if value is None:
        value = SHARED[field.name].default
    if (word := field.words.get(value)) is not None:
        return QCoreApplication.translate("Change", word)
    return setting_text(value) if isinstance(value, int | float) else str(value)


def setting_text(value: float | bool) -> str:
    """A number, or a switch in words."""
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    return show_typed(value)


def option_text(value: object) -> str:
    """The value of an option of a model; None is its default."""
    if value is None:
        return _tr("default")
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return choice_text(value) if isinstance(value, str) else setting_text(value)  # type: ignore[arg-type]


def point_text(point: tuple[float, ...]) -> str:
    """The coordinates of a point, of many the first."""
    rest = ", …" * (len(point) > _FIRST)
    return f"({', '.join(show_typed(x, 4) for x in point[:_FIRST])}{rest})"


def box_text(bounds: tuple[tuple[float, float], ...]) -> str:
    """The sides of a box: of many the first, or one that stands for all."""
    alike = len(bounds) > 2 and len(set(bounds)) == 1
    sides = [f"[{show_typed(low)}, {show_typed(high)}]" for low, high in bounds[: 1 if alike else _FIRST]]
    return " × ".join(sides) + " × …" * (not alike and len(bounds) > _FIRST)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Change", text)
