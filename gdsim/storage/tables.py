"""Iterates and outcomes of a race as tables."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers import Constant, Schedule
from gdsim.simulation.course import Lane
from gdsim.simulation.endings.outcomes import Outcome
from gdsim.simulation.endings.tally import Group
from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True)
class Ending:
    """The end of one optimizer's race, in numbers.

    Attributes
    ----------
    label
        The name that was typed for it, or its key, with what tells it apart from another entry of the same key.
    position, loss, gradient_norm, distance, outcome
        Of run 0; `position` has d coordinates, `distance` is to the nearest known minimum (in ascent, maximum), nan if
        none is known.
    best, median
        Losses over all runs; the best is the lowest, in ascent the highest.
    reached
        How many of all runs ended at a global minimum, or at the lowest value found where none is known: see `Reached`.
    tally
        How all runs ended, those that ended in the same way together.
    """

    label: str
    position: tuple[float, ...]
    loss: float
    gradient_norm: float
    distance: float
    outcome: Outcome
    best: float
    median: float
    reached: int
    tally: tuple[Group, ...]


def endings(race: Trajectories) -> list[Ending]:
    """Give the end of each optimizer's race."""
    last = race.steps
    norms, distances = race.gradient_norms(last), race.distances(last)
    # what is not a number counts as the worst
    best, worst = (np.max, -np.inf) if race.ascent else (np.min, np.inf)
    losses = np.where(np.isnan(race.losses[last]), worst, race.losses[last])
    return [
        Ending(
            label,
            tuple(race.positions[last, o, :, 0].tolist()),
            float(race.losses[last, o, 0]),
            float(norms[o, 0]),
            float(distances[o, 0]),
            race.outcome(o, 0),
            float(best(losses[o])),
            float(np.median(losses[o])),
            int(race.reached.counts[o]),
            race.tally(o),
        )
        for o, label in enumerate(labels(race.lanes))
    ]


def labels(lanes: Sequence[Lane]) -> list[str]:
    """A name for each optimizer: what was typed, or its key and, where a key comes twice, what differs, or a number.

    No label holds a comma, a quote or a space, so that a table of them needs no quoting; but for those that were typed.
    """
    keys = [lane.rule.key for lane in lanes]
    values = [_values(lane) for lane in lanes]
    typed = [lane.name.typed if lane.name else "" for lane in lanes]
    # a name that was typed needs nothing else, and nothing is told apart from it
    made = [(key, own) for key, own, name in zip(keys, values, typed, strict=True) if not name]
    named = [
        name or _label(key, own, [other for k, other in made if k == key])
        for key, own, name in zip(keys, values, typed, strict=True)
    ]
    return _numbered(named, typed)


def _numbered(named: Sequence[str], typed: Sequence[str]) -> list[str]:
    """The same labels with numbers where they would be the same; what was typed stays."""
    found: list[str] = []
    for i, name in enumerate(named):
        number = named[: i + 1].count(name)
        label = name if named.count(name) == 1 or typed[i] else f"{name}#{number}"
        while label in (*found, *(other for other in typed if other != typed[i])):  # somebody typed just that
            number += 1
            label = f"{name}#{number}"
        found.append(label)
    return found


def _label(key: str, values: dict[str, str], namesakes: Sequence[dict[str, str]]) -> str:
    differ = [name for name, value in values.items() if any(other.get(name) != value for other in namesakes)]
    return key + ":" * bool(differ) + ";".join(f"{name}={values[name]}" for name in differ)


def _values(lane: Lane) -> dict[str, str]:
    """All that is set on an optimizer, as the command line names it."""
    values = {name: repr(value) for name, value in asdict(lane.rule).items()}
    values["schedule"] = lane.schedule.key if lane.schedule else Constant.key
    if lane.schedule:
        values |= {f"schedule.{name}": repr(value) for name, value in _settings(lane.schedule).items()}
    return {**values, "clip": repr(lane.clip)}


def _settings(schedule: Schedule) -> dict[str, float | bool]:
    return {hyper.name: getattr(schedule, hyper.name) for hyper in schedule.hypers()}


def write_iterates(race: Trajectories, file: TextIO) -> None:
    """Write every iterate as CSV: columns optimizer, run, step, the coordinates, loss.

    Rows are in the order of optimizers, runs, steps. Numbers are written in the fewest digits that read back to
    the same bits. After its end a run keeps its last position, as in `Trajectories`.
    """
    file.write(_header(["optimizer", "run", "step", *race.objective.names, "loss"]))
    row = "%d" + ",%r" * (race.objective.dimension + 1) + "\n"
    for o, label in enumerate(labels(race.lanes)):
        for run in range(race.runs):
            columns = [*race.positions[:, o, :, run].T.tolist(), race.losses[:, o, run].tolist()]
            numbers = zip(range(race.steps + 1), *columns, strict=True)
            start = f"{quoted(label)},{run},".replace("%", "%%")  # a name that was typed may hold one
            file.write("".join(map(f"{start}{row}".__mod__, numbers)))


def _header(names: Sequence[str]) -> str:
    """The first line; a weight W1[1,2], or one of a column that a person named, is quoted."""
    return ",".join(map(quoted, names)) + "\n"


def quoted(text: str) -> str:
    """Write a text as a cell."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"') else text


def write_outcomes(race: Trajectories, file: TextIO) -> None:
    """Write how every run ended as CSV, a row a run, in the order of optimizers, then runs.

    Columns: optimizer, run, outcome, step (at which it ended), ground (what it stands on), where it started, where it
    ended, loss, gradient_norm and distance (to the nearest known minimum, in ascent to the nearest maximum; nan if none
    is known); reached (a global minimum, a local minimum, the lowest value found where no minimum is known, elsewhere,
    or lost), place (which of the known minima that is, the first is 1), runs_reached (how many runs of the optimizer
    reached a global minimum or the lowest value found), sentence (the outcome in words) and learning_rate (η at its
    last step). Of a model follow its accuracy, or its mean squared error, and that on what is held out; where it
    standardises its features, the weights in the units of the table, as units_NAME.
    """
    names = race.objective.names
    starts = [f"start_{name}" for name in names]
    numbers = ["loss", "gradient_norm", "distance"]
    told = ["reached", "place", "runs_reached", "sentence", "learning_rate"]
    last = race.steps
    judged = _judged(race)
    file.write(_header(["optimizer", "run", "outcome", "step", "ground", *starts, *names, *numbers, *told, *judged]))
    norms, distances = race.gradient_norms(last), race.distances(last)
    for o, label in enumerate(labels(race.lanes)):
        rates = _last_rates(race, o)
        for run in range(race.runs):
            outcome = race.outcome(o, run)
            row = [*race.positions[0, o, :, run], *race.positions[last, o, :, run], race.losses[last, o, run]]
            row += [norms[o, run], distances[o, run]]
            words = [quoted(label), str(run), outcome.kind.value, str(outcome.step), quoted(outcome.ground.value)]
            told = [*_told_reached(race, o, run), quoted(str(outcome)), rates[run]]
            told += [repr(float(column[o, run])) for column in judged.values()]
            file.write(",".join([*words, *(repr(float(number)) for number in row), *told]) + "\n")


def _last_rates(race: Trajectories, optimizer: int) -> list[str]:
    """η of the last step that each run took; "" where it took none."""
    # only what watches the loss differs from run to run
    apart = race.lanes[optimizer].plateau
    shared = race.learning_rates(optimizer)
    rates = (race.learning_rates(optimizer, run) if apart else shared for run in range(race.runs))
    ends = race.ended[optimizer].tolist()
    last = [float(rate[end - 1]) if end else math.nan for rate, end in zip(rates, ends, strict=True)]
    # a method has no η
    return ["" if math.isnan(rate) else repr(rate) for rate in last]


def _judged(race: Trajectories) -> dict[str, Array]:
    """Of a model, by the name of a column: how well each run does in the end, ``(optimizers, runs)``; its weights."""
    from gdsim.objectives.data import Model

    model = race.objective
    if not isinstance(model, Model) or not race.rules:
        return {}
    ends = race.positions[race.steps].swapaxes(0, 1)
    what, measure = ("accuracy", model.accuracy) if model.is_classes else ("error", model.error)
    columns = {what: measure(ends)}
    if model.held_out is not None:
        columns[f"{what}_held_out"] = measure(ends, "held_out")
    if model.standardise:
        columns |= {f"units_{name}": column for name, column in zip(model.names, model.in_units(ends), strict=True)}
    return columns


def _told_reached(race: Trajectories, optimizer: int, run: int) -> list[str]:
    reached = race.reached
    place = int(reached.at[optimizer, run]) + 1
    return [reached.word(optimizer, run), str(place) if place else "", str(reached.counts[optimizer])]


def write_arrays(race: Trajectories, path: str | os.PathLike[str]) -> None:
    """Write a race as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `positions` ``(steps + 1, optimizers, d, runs)`` and `losses` ``(steps + 1, optimizers, runs)`` as in
    `Trajectories`; `starts` ``(d, runs)``; `kinds`, `ended` ``(optimizers, runs)``: how each run ended, and at which
    step; `learning_rates` ``(steps, optimizers, runs)``: η at each step; `optimizers`, `hyperparameters`
    ``(optimizers,)``: a label, and all values, schedule and clipping too, as JSON text; `direction`: descent or ascent;
    `function` and `coordinates`: its formula, and the names of its d variables; `parameters`: those of the formula as
    JSON text; `reached` ``(optimizers, runs)``: whether a run ended at a global minimum, or at the lowest value found
    where none is known; `places` ``(known minima, d)`` and `at` ``(optimizers, runs)``: at which of them, -1 for none.
    """
    import json

    values = [json.dumps(described(lane)) for lane in race.lanes]
    # a race without optimizers has no place either
    starts = race.positions[0, 0] if race.rules else np.empty((race.objective.dimension, race.runs))
    with Path(path).open("wb") as file:  # numpy would append .npz to a name
        np.savez(
            file,
            positions=race.positions,
            losses=race.losses,
            starts=starts,
            kinds=np.array(race.kinds, dtype=np.str_),
            ended=race.ended,
            learning_rates=_learning_rates(race),
            optimizers=np.array(labels(race.lanes), dtype=np.str_),
            hyperparameters=np.array(values, dtype=np.str_),
            direction=np.array(race.direction, dtype=np.str_),
            function=np.array(getattr(race.objective, "text", ""), dtype=np.str_),
            coordinates=np.array(race.objective.names, dtype=np.str_),
            parameters=np.array(json.dumps(dict(race.objective.parameters)), dtype=np.str_),
            reached=race.reached.best,
            places=np.array([p.position for p in race.reached.places]).reshape(-1, race.objective.dimension),
            at=race.reached.at,
        )


def described(lane: Lane) -> dict[str, Any]:
    """Return all values of an optimizer, with its schedule and clipping."""
    schedule = {"key": lane.schedule.key, **_settings(lane.schedule)} if lane.schedule else None
    return {"key": lane.rule.key, **asdict(lane.rule), "schedule": schedule, "clip": lane.clip}


def _learning_rates(race: Trajectories) -> Array:
    rates = np.empty((race.steps, len(race.lanes), race.runs))
    for o, lane in enumerate(race.lanes):
        # only what watches the loss differs from run to run
        apart = race.runs if lane.plateau else 1
        rates[:, o] = np.stack([race.learning_rates(o, run) for run in range(apart)], axis=-1)
    return rates
