"""Legend of the points, and of the lines over the steps."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.look.style import Theme, class_color, optimizer_color
from gdsim.objectives import Objective
from gdsim.objectives.data import Dataset, Model

#: Of class 0 and of class 1: filled, and hollow.
_MARKS = (("●", "○"), ("▲", "△"))
_LONGEST = 24


def points_key(data: Dataset, theme: Theme) -> str:
    """The points in words, as rich text."""
    marks = [_mark(c, 0, theme) for c in range(2)]
    parts = [f"{marks[c]} {escape(_short(name))}" for c, name in enumerate(data.classes)]
    parts = parts or [f"{marks[0]} {_tr('trained on')}"]
    if len(data.held_out):
        hollow = " ".join(_mark(c, 1, theme) for c in range(2 if data.classes else 1))
        parts.append(f"{hollow} {_tr('held out')}")
    # what can be done here shows nowhere else
    parts.append(_tr("drag points, double-click to add"))
    return " · ".join(parts)


def lines_key(data: Dataset, shares: bool, chosen: str, name: str, theme: Theme) -> str:
    """The lines over the steps in words, as rich text; `shares` are of examples that are told right.

    The chosen optimizer is told by its id and its name.
    """
    color = optimizer_color(chosen, theme).name() if chosen else theme.text
    parts = [
        _tr("accuracy in %") if shares else _tr("mean squared error"),
        f'<span style="color: {color}"><b>━━</b></span> {_tr("trained on")}',
    ]
    if len(data.held_out):
        parts.append(f'<span style="color: {color}">─○─</span> {_tr("held out")}')
    if chosen:
        parts.append(_tr("bold: {name}").format(name=escape(name)))
    if chosen and len(data.held_out):
        parts.append(_tr("the others thin, dashed where held out"))
    return " · ".join(parts)


def target_name(data: Dataset, model: Objective) -> str:
    """Name what a model predicts from one feature: a number, or the probability of the second class."""
    told = isinstance(model, Model) and model.tells_probability
    return f"P({_short(data.classes[1])})" if told and data.classes else data.target


def _mark(c: int, hollow: int, theme: Theme) -> str:
    return f'<span style="color: {class_color(c, theme).name()}">{_MARKS[c][hollow]}</span>'


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataKey", text)
