"""Overlays of the landscape: marks of the gradient, and the part of the plane that they are in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

View = tuple[float, float, float, float]


@dataclass(frozen=True)
class TermArrow:
    """A term of a step as an arrow.

    Attributes
    ----------
    symbol
        What is written at its tip.
    kind
        "step", "carried", "added", "decay": a part of the step; "slope" for what has the size of a gradient.
    x, y
        The term, in units of the plane if it is a part of the step.
    is_new
        Whether it is what a sub-step has just worked out.
    """

    symbol: str
    kind: str
    x: float
    y: float
    is_new: bool = False


@dataclass(frozen=True)
class StepArrows:
    """A step of the chosen run, in arrows.

    Attributes
    ----------
    x, y
        Where they begin.
    arrows
        What is drawn; all of one kind of size are drawn to one scale.
    ghost
        Where the step leads; None where there is no number, or it is not to be seen yet.
    """

    x: float
    y: float
    arrows: tuple[TermArrow, ...] = ()
    ghost: tuple[float, float] | None = None


@dataclass(frozen=True)
class Marks:
    """Marks at the chosen run on the landscape, and of the gradient all over it.

    Attributes
    ----------
    arrows, alike
        Whether there are arrows all over the plane, and whether all are as long: direction only.
    components
        Whether the gradient and its components are drawn at the chosen run.
    angle
        A direction drawn there with the level line, in degrees counter-clockwise from x; None for none.
    terms
        The terms of its step; None for none.
    held
        The step at which all of it is, while something is dragged and whole paths are shown; else None.
    """

    arrows: bool = False
    alike: bool = False
    components: bool = False
    angle: float | None = None
    terms: StepArrows | None = None
    held: int | None = None

    def step(self, shown: int) -> int:
        """The step that is looked at closely, where `shown` is that of the heads."""
        return shown if self.held is None else self.held


class Overlays(QObject):
    """State of the window, not of the experiment; whoever shows it is told by the signals.

    Attributes
    ----------
    marks
        What is drawn of the gradient.
    view
        The part of the plane that is seen: left, right, bottom, top; None before anything is.
    """

    marks_changed = Signal()
    view_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marks = Marks()
        self.view: View | None = None

    def mark(self, **fields: Any) -> None:
        """Draw something more, or something no more."""
        marks = replace(self.marks, **fields)
        if marks != self.marks:
            self.marks = marks
            self.marks_changed.emit()

    def set_view(self, view: View) -> None:
        """Another part of the plane is seen."""
        if view != self.view:
            self.view = view
            self.view_changed.emit()
