"""Colours and dashes of the terms of a step, which colour-blind eyes tell apart."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme


class TermLook(NamedTuple):
    """Look of an arrow: colour, width at scale 1, and dashes in widths."""

    color: QColor
    width: float
    dashes: tuple[float, ...] = ()


def term_look(kind: str, theme: Theme) -> TermLook:
    """The look of a kind of term; see `TermArrow`."""
    match kind:
        case "step":
            return TermLook(QColor(theme.text), 3.0)
        case "carried":
            return TermLook(QColor("#ff9d4d" if theme.dark else "#b85000"), 2.2, (4.0, 2.0))
        case "added":
            return TermLook(QColor("#7cc4f2" if theme.dark else "#005f96"), 2.2, (1.2, 1.6))
        case "decay":
            return TermLook(QColor("#e3a8cb" if theme.dark else "#93316a"), 2.2, (4.0, 1.5, 1.2, 1.5))
    return TermLook(QColor("#3fcfa0" if theme.dark else "#00694d"), 1.8)
