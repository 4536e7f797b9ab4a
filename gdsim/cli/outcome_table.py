"""The tables of how a race ended, for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TextIO

import numpy as np

from gdsim.cli.heading import MOST_COLUMNS, heading
from gdsim.cli.terminal import DIGITS, aligned, legible, number
from gdsim.objectives import MODEL_KEYS
from gdsim.simulation.endings.chance import Chance
from gdsim.simulation.endings.outcome_kinds import LOST
from gdsim.simulation.endings.reached import share_of
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import Ending, endings

#: Of separable classes.
_PARTED = "a line parts the classes: longer weights are better for ever, there is no minimum"


def outcomes(
    experiment: Experiment, race: Trajectories, stream: TextIO | None, digits: int = DIGITS, chosen: str = ""
) -> str:
    """Tell how a race ended: what was raced, and one line an optimizer with numbers of so many significant digits.

    Under what was raced stands what was `chosen` that nobody asked for.

    Where there are restarts, these numbers and the outcome are of the run from the start point; how many of all runs
    reached the global minimum stands beside them, and below it how all of them ended.
    """
    ends = endings(race)
    head = "\n".join([*heading(experiment), *[chosen] * bool(chosen)])
    blocks = [legible(head, stream), _of_start(experiment, race, ends, stream, digits)]
    blocks += _equations(experiment, ends, stream, digits)
    blocks += [_all_runs(race, ends, stream, digits)] if race.runs > 1 else []
    return "\n\n".join(blocks)


def _of_start(
    experiment: Experiment, race: Trajectories, ends: Sequence[Ending], stream: TextIO | None, digits: int
) -> str:
    """The table of the runs from the start point, a line an optimizer."""
    names = experiment.objective.shown_names
    # a network has too many weights for a line
    names = names if len(names) <= MOST_COLUMNS else ()
    judged = _judged(experiment, race)
    several = [f"best of {race.runs}", f"median of {race.runs}", race.reached.aim] if race.runs > 1 else []
    rows = [["optimizer", *names, "loss", "‖∇f‖", "distance", *judged, *several, "outcome"]]
    for o, end in enumerate(ends):
        position = end.position if names else ()
        numbers = [*position, end.loss, end.gradient_norm, end.distance, *(column[o] for column in judged.values())]
        if several:
            numbers += [end.best, end.median]
        summed = [share_of(end.reached, race.runs)] if several else []
        rows.append([end.label, *(number(value, digits) for value in numbers), *summed, str(end.outcome)])
    return aligned(rows, range(1, len(rows[0]) - 1), stream)


def _all_runs(race: Trajectories, ends: Sequence[Ending], stream: TextIO | None, digits: int) -> str:
    """Count how all runs ended, a line an optimizer; and say what they are counted by where no minimum is known."""
    reached = race.reached
    chances = [reached.chance(o) for o in range(len(ends))]
    told = [[_chance(each)] if each else [] for each in chances]
    told.insert(0, [f"chance of a {reached.aim} (95 % interval)"] if any(chances) else [])
    rows = [["optimizer", f"outcomes of {race.runs}"]]
    rows += [[end.label, ", ".join(map(str, end.tally))] for end in ends]
    rows = [[*row, *chance] for row, chance in zip(rows, told, strict=True)]
    lines = [aligned(rows, (), stream)]
    if not reached.known:
        extremum = "maximum" if race.ascent else "minimum"
        note = f"{reached.aim}: {number(reached.value, digits)}; no global {extremum} is known"
        lines.append(legible(note, stream))
    return "\n".join(lines)


def _chance(chance: Chance) -> str:
    share, low, high = chance.percents
    return f"{share} % ({low} to {high} %)"


def _equations(experiment: Experiment, ends: Sequence[Ending], stream: TextIO | None, digits: int) -> list[str]:
    """Of a model of one neuron, in the units of its table, what each optimizer found, and that it has no end."""
    if experiment.function not in MODEL_KEYS:
        return []
    from gdsim.objectives.data import Model
    from gdsim.objectives.data.lookup import dataset_of
    from gdsim.objectives.data.models.equation import equation
    from gdsim.objectives.data.models.model_kinds import MODELS

    model, data = experiment.objective, dataset_of(experiment.data or MODELS[str(experiment.function)].data)
    assert isinstance(model, Model)  # its key says so
    write = partial(number, digits=digits)
    # what was lost has found nothing
    found = [end for end in ends if math.isfinite(end.loss) and end.outcome.kind not in LOST]
    rows = [[end.label, equation(model, np.array(end.position), write, data.target, data.classes)] for end in found]
    blocks = [aligned(rows, (), stream)] if rows and rows[0][1] else []
    parted = [end.label for end in found if model.has_parted(np.array(end.position))]
    if parted:
        blocks.append(legible(f"{', '.join(parted)}: {_PARTED}", stream))
    return blocks


def _judged(experiment: Experiment, race: Trajectories) -> dict[str, list[float]]:
    """Of a model, by heading: how well run 0 of each optimizer does at the end on what it learned from and on the rest.

    The share of right classes, or the mean squared error.
    """
    if experiment.function not in MODEL_KEYS:
        return {}
    from gdsim.objectives.data import Model

    model = experiment.objective
    assert isinstance(model, Model)  # its key says so
    ends = race.positions[race.steps, :, :, 0].T
    what, measure = ("accuracy", model.accuracy) if model.is_classes else ("MSE", model.error)
    columns = {what: measure(ends).tolist()}
    if model.held_out is not None:
        columns[f"{what} held out"] = measure(ends, "held_out").tolist()
    return columns
