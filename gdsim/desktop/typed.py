"""What becomes of an experiment when another formula is typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import numpy as np

from gdsim.desktop.models import NO_MODEL
from gdsim.objectives import FUNCTIONS, Function, Objective, objective_for
from gdsim.objectives.formula import read
from gdsim.objectives.reading.questions import check_answered
from gdsim.simulation.experiment import Experiment

Box = tuple[tuple[float, float], ...]


def shown_text(objective: Objective) -> str:
    """The formula as it stands in the field: with the signs that one types."""
    return objective.text.replace("**", "^")


def is_same(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but blanks and the sign of a power."""
    return _bare(one) == _bare(other)


def check_typed(text: str, before: Experiment, answered: Collection[str] = ()) -> None:
    """Raise `GdsimError` if a text is no formula, or a name in it is to be explained.

    Parameters
    ----------
    before
        The experiment in which the typing began: its parameters have been explained.
    answered
        Further names that are parameters.
    """
    known = before.objective.parameters if isinstance(before.objective, Function) else {}
    check_answered(read(text).questions, (*known, *answered))


def typed_experiment(now: Experiment, before: Experiment, text: str, answered: Collection[str] = ()) -> Experiment:
    """The experiment with a formula for its function; the formula may have no meaning (`GdsimError`).

    Parameters
    ----------
    now
        What all else is taken from.
    before
        The experiment in which the typing began: its parameters, bounds and start stay where they still fit.
    answered
        Longer names that are parameters, too.
    """
    key = next((key for key, function in FUNCTIONS.items() if is_same(function.text, text)), "")
    if key:
        same = before.function == key
        kept = {"start": before.start, "bounds": before.bounds} if same else {"start": None, "bounds": None}
        return dataclasses.replace(now, function=key, name="", parameters={}, **NO_MODEL, **kept)
    text = text.strip()
    if text == before.function:
        kept = {name: getattr(before, name) for name in ("start", "bounds", "name", "parameters")}
        return dataclasses.replace(now, function=text, **NO_MODEL, **kept)
    check_typed(text, before, answered)
    values = {name: before.parameters.get(name, 1.0) for name in read(text).parameters}
    objective = objective_for(text, values)
    bounds: Box | None = _bounds(before.objective, objective)
    bounds = None if bounds == _box(objective) else bounds
    fields = {**NO_MODEL, "function": text, "name": "", "parameters": values, "start": None, "bounds": bounds}
    return dataclasses.replace(now, **fields)


def with_start(experiment: Experiment, before: Experiment) -> Experiment:
    """The same with the start as it was, if the function is defined there; the function has to be ready."""
    objective = experiment.objective
    start = (before.start or before.objective.start)[: objective.dimension]
    if experiment.start is not None or len(start) != objective.dimension or start == objective.start:
        return experiment
    point = np.array(start)
    fits = np.isfinite(objective.value(point)) and np.isfinite(objective.gradient(point)).all()
    return dataclasses.replace(experiment, start=start) if fits else experiment


def _bounds(before: Objective, after: Objective) -> Box:
    """What is looked at stays in view; y is given the room of x where it is new."""
    box = _box(before)
    return box[: after.dimension] if len(box) >= after.dimension else box * 2


def _box(objective: Objective) -> Box:
    return tuple((float(low), float(high)) for low, high in objective.bounds)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("**", "^")
