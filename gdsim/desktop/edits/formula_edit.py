"""Edits of an experiment by typing another formula."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import numpy as np

from gdsim.desktop.edits.model_edits import NO_MODEL
from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, Function, Objective
from gdsim.objectives.formula.formula import Node, fold, read
from gdsim.objectives.formula.reading.questions import check_answered
from gdsim.objectives.formula.size import count_parts
from gdsim.objectives.surfaces.function import shows_as_much
from gdsim.simulation.experiment import Experiment

#: So many parts, with those of its derivatives, are derived soon.
_SHORT = 400

Box = tuple[tuple[float, float], ...]

#: At so many places is looked how much a function spans; a slope that rises by less than this share of it from edge to
#: edge cannot be seen.
_PLACES, _LEAST_RISE = 200, 1e-3


def shown_text(objective: Objective) -> str:
    """The formula as it stands in the field: with the signs that one types."""
    return objective.text.replace("**", "^")


def is_same(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but blanks and the sign of a power."""
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
        The experiment in which the typing began: its parameters stay where they still fit; of bounds and start see
        `settled`.
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
    fields = {**NO_MODEL, "function": text, "name": "", "parameters": values, "start": None, "bounds": None}
    return dataclasses.replace(now, **fields)


def settled(experiment: Experiment, before: Experiment) -> Experiment:
    """The same with bounds and start as they were, where they still tell something; the function has to be ready.

    Bounds stay where the new formula shows as much there as in its own, or differs in its numbers only; a start stays
    if it was set by hand, or numbers only differ, and there is a slope at it.
    """
    objective = experiment.objective
    if experiment.bounds is None and objective.text == experiment.function != before.function:
        box, own = _stretched(_box(before.objective), objective.dimension), _box(objective)
        if box != own and (is_varied(before.objective.text, objective.text) or shows_as_much(objective.text, box)):
            experiment = dataclasses.replace(experiment, bounds=box)
    return _with_start(experiment, before)


def _with_start(experiment: Experiment, before: Experiment) -> Experiment:
    """With the start that was set by hand, or where only numbers are other ones, if one can descend from there."""
    objective, old = experiment.objective, before.objective
    start = before.start or old.start
    kept = before.start is not None or is_varied(old.text, objective.text)
    if experiment.start is not None or not kept or objective.names != old.names or start == objective.start:
        return experiment
    box = _box(objective)
    inside = all(low <= x <= high for x, (low, high) in zip(start, box, strict=True))
    fits = (box == _box(old) or inside) and has_slope(objective, start)
    return dataclasses.replace(experiment, start=start) if fits else experiment


def has_slope(objective: Objective, start: tuple[float, ...]) -> bool:
    """Tell if a slope can be seen at a place: it rises by some of what the function spans where it is looked at."""
    low, high = np.array(_box(objective)).T
    point, shares = np.array(start)[:, None], np.arange(1, _PLACES + 1) * 0.6180339887498949
    value, slope = objective.sketch(point), objective.slopes(point)
    if not (np.isfinite(value).all() and np.isfinite(slope).all()):
        return False
    # each axis goes through its places in another order
    places = low[:, None] + (high - low)[:, None] * (np.arange(1, len(low) + 1)[:, None] * shares % 1)
    values = objective.sketch(places)
    values = values[np.isfinite(values)]
    span = float(np.subtract(*np.quantile(values, (0.9, 0.1)))) if len(values) else 0.0
    return bool(np.abs(slope[:, 0]) @ (high - low) > _LEAST_RISE * span)


def is_varied(one: str, other: str) -> bool:
    """Return whether two formulas differ in nothing but their numbers."""
    try:
        return _skeleton(one) == _skeleton(other)
    except GdsimError:
        return False


def is_short(text: str) -> bool:
    """Return whether deriving a formula takes no longer than a few frames."""
    formula = read(text)
    return count_parts(formula.plain, formula.names, formula.twice) <= _SHORT


def _skeleton(text: str) -> str:
    def show(node: Node, parts: list[str]) -> str:
        return "1" if node.op == "number" else node.name or f"({node.op} {' '.join(parts)})"

    return fold(read(text).tree, show)


def _stretched(box: Box, dimension: int) -> Box:
    """Return the bounds of what is looked at; y is given the room of x where it is new."""
    return box[:dimension] if len(box) >= dimension else box[:1] * dimension


def _box(objective: Objective) -> Box:
    return tuple((float(low), float(high)) for low, high in objective.bounds)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("**", "^")
