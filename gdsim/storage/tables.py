"""Iterates and outcomes of a race as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TextIO

import numpy as np

from gdsim.optimizers import Rule
from gdsim.simulation.outcomes import Outcome
from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True)
class Ending:
    """How one optimizer's race ended, in numbers.

    Attributes
    ----------
    label
        Its key, with what tells it apart from another entry of the same key.
    position, loss, gradient_norm, distance, outcome
        Of run 0; `position` has d coordinates, `distance` is to the nearest known minimum, nan if none is known.
    best, median
        Losses over all runs.
    """

    label: str
    position: tuple[float, ...]
    loss: float
    gradient_norm: float
    distance: float
    outcome: Outcome
    best: float
    median: float


def endings(race: Trajectories) -> list[Ending]:
    """One row an optimizer."""
    last = race.steps
    norms, distances = race.gradient_norms(last), race.distances(last)
    # what is not a number counts as the worst
    losses = np.where(np.isnan(race.losses[last]), np.inf, race.losses[last])
    return [
        Ending(
            label,
            tuple(race.positions[last, o, :, 0].tolist()),
            float(race.losses[last, o, 0]),
            float(norms[o, 0]),
            float(distances[o, 0]),
            race.outcome(o, 0),
            float(losses[o].min()),
            float(np.median(losses[o])),
        )
        for o, label in enumerate(labels(race.rules))
    ]


def labels(rules: Sequence[Rule]) -> list[str]:
    """A name for each rule: its key and, where a key comes twice, the values that differ, or else a number.

    No label holds a comma, a quote or a space, so that a table of them needs no quoting.
    """
    named = [_label(rule, [other for other in rules if other.key == rule.key]) for rule in rules]
    return [name if named.count(name) == 1 else f"{name}#{named[: i + 1].count(name)}" for i, name in enumerate(named)]


def _label(rule: Rule, namesakes: Sequence[Rule]) -> str:
    values = asdict(rule)
    differ = [name for name, value in values.items() if any(getattr(other, name) != value for other in namesakes)]
    return rule.key + ":" * bool(differ) + ";".join(f"{name}={values[name]!r}" for name in differ)


def write_iterates(race: Trajectories, file: TextIO) -> None:
    """Write every iterate as CSV: columns optimizer, run, step, the coordinates, loss.

    Rows are in the order of optimizers, runs, steps. Numbers are written in the fewest digits that read back to
    the same bits. After its end a run keeps its last position, as in `Trajectories`.
    """
    file.write(",".join(["optimizer", "run", "step", *race.objective.names, "loss"]) + "\n")
    row = "%d" + ",%r" * (race.objective.dimension + 1) + "\n"
    for o, label in enumerate(labels(race.rules)):
        for run in range(race.runs):
            columns = [*race.positions[:, o, :, run].T.tolist(), race.losses[:, o, run].tolist()]
            numbers = zip(range(race.steps + 1), *columns, strict=True)
            # a label may hold no per cent sign of its own: keys and names are identifiers
            file.write("".join(map(f"{label},{run},{row}".__mod__, numbers)))
