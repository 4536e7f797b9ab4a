"""Phrases on the minima that runs reached, in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show
from gdsim.objectives.base import Array, Minimum, Objective

if TYPE_CHECKING:
    from gdsim.simulation.endings.chance import Chance
    from gdsim.simulation.endings.reached import Reached
    from gdsim.simulation.endings.tally import Group

#: Of many places, and of many coordinates, so many are named.
_MOST_PLACES, _MOST_COORDINATES = 12, 8


def aim_text(reached: Reached) -> str:
    """The heading of what is counted."""
    text = QCoreApplication.translate("Reached", reached.aim)
    return text[:1].upper() + text[1:]


def aim_tip(reached: Reached) -> str:
    """Explain the heading."""
    translate, value = QCoreApplication.translate, show(reached.value)
    if reached.known and not reached.places:
        text = translate("Reached", "How many of all runs ended where f is lowest: {value}, at more places than one.")
    elif reached.known:
        text = translate("Reached", "How many of all runs ended at a global minimum, f = {value}.")
        if reached.ascent:
            text = translate("Reached", "How many of all runs ended at a global maximum, f = {value}.")
    else:
        text = translate(
            "Reached",
            "No global minimum is known here: how many of all runs ended at the lowest value "
            "that any run of this race found, f = {value}.",
        )
        if reached.ascent:
            text = translate(
                "Reached",
                "No global maximum is known here: how many of all runs ended at the highest "
                "value that any run of this race found, f = {value}.",
            )
    return text.format(value=value)


def reached_tip(reached: Reached, optimizer: int) -> str:
    """Count the runs of an optimizer that ended at each known minimum, elsewhere, and that were lost."""
    from gdsim.simulation.endings.reached import ELSEWHERE, LOST, most_reached

    counts, row = reached.counts_at[optimizer], reached.best.shape[1]
    lines = [f"{_word(reached.aim)}: {reached.counts[optimizer]}/{row}"]
    if not reached.known:
        lines = [f"{_word(reached.aim)}, f = {show(reached.value)}: {reached.counts[optimizer]}/{row}"]
    shown = most_reached(counts.tolist(), _MOST_PLACES)
    lines += [f"{_place(reached.places[k])}: {counts[k]}" for k in sorted(shown)]
    lost = int(reached.lost[optimizer].sum())
    accounted = reached.best[optimizer] | reached.lost[optimizer] | (reached.at[optimizer] >= 0)
    elsewhere = int((~accounted).sum())
    lines += [f"{_word(ELSEWHERE)}: {elsewhere}"] * (elsewhere > 0) + [f"{_word(LOST)}: {lost}"] * (lost > 0)
    chance = reached.chance(optimizer)
    if chance is not None:
        text = QCoreApplication.translate(
            "Reached", "Estimated chance that a random restart gets there: {chance}, 95 % interval from {count}"
        )
        lines.append(text.format(chance=chance_text(chance), count=chance.tries))
    return "\n".join(lines)


def chance_text(chance: Chance) -> str:
    """An estimated chance with the interval that it lies in."""
    share, low, high = chance.percents
    text = QCoreApplication.translate("Reached", "{share} % ({low} to {high} %)")
    return text.format(share=share, low=low, high=high)


def tally_text(groups: tuple[Group, ...]) -> str:
    """Say how many runs ended in which way."""
    return ", ".join(QCoreApplication.translate("Tally", group.template).format(count=group.count) for group in groups)


def position_text(point: Array) -> str:
    """All coordinates, or the first of many."""
    shown = [show(float(x)) for x in point[:_MOST_COORDINATES]]
    return f"({', '.join(shown)}{', …' if len(point) > len(shown) else ''})"


def position_tip(objective: Objective, point: Array) -> str:
    """A position as it is raced; of a model with standardised features also its weights in the units of its table."""
    from gdsim.objectives.data import Model

    lines = [position_text(point)]
    if isinstance(objective, Model) and objective.standardise:
        text = QCoreApplication.translate("RunsView", "In the units of the table: {position}")
        lines.append(text.format(position=position_text(objective.in_units(point))))
    return "\n".join(lines)


def _place(place: Minimum) -> str:
    return f"{position_text(place.position)}, f = {show(place.value)}"  # type: ignore[arg-type]


def _word(word: str) -> str:
    return QCoreApplication.translate("Reached", word)
