"""Slices of a surface of many variables, explained in the language of the window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.phrases import optimizer_text

if TYPE_CHECKING:
    from gdsim.simulation.sampling.projection import Sliced


def slice_text(seen: Sliced) -> str:
    """Say what is seen on a plane, and how it lies."""
    percent = 100 * seen.explained
    values = {
        "share": f"{percent:.0f}" if not percent < 1 else "<1",
        "name": optimizer_text(seen.key, seen.race),
    }
    if math.isnan(percent):
        ends, starts = _of_slice("A slice through the end of {name}."), _of_slice("A slice through the start.")
        text = ends if seen.key else starts
    elif seen.key:
        text = _of_slice("A slice through the end of {name}; {share} % of the movement lies in it.")
    else:
        text = _of_slice("A slice through the start; {share} % of the movement lies in it.")
    parts = [text.format(**values)]
    if seen.objective.maxima_beside if seen.race.ascent else seen.objective.minima_beside:
        parts.append(
            _of_slice("Faint mark: a maximum off it.")
            if seen.race.ascent
            else _of_slice("Faint star: a minimum off it.")
        )
    return " ".join(parts)


def slice_tip(kind: str) -> str:
    """Explain the axes of a plane, and what becomes of the paths."""
    axes = {
        "principal": _of_slice(
            "p₁ is the direction in which all paths together move most, p₂ the one across it in "
            "which they move most of what is left."
        ),
        "weights": _of_slice("The two axes are parameters; the others keep the values they have at that point."),
        "random": _of_slice("r₁ and r₂ are directions drawn at random."),
    }
    paths = _of_slice("Paths are projected onto the plane: they pass in front of it and behind it.")
    return f"{axes[kind]} {paths}"


def _of_slice(text: str) -> str:
    return QCoreApplication.translate("Slice", text)
