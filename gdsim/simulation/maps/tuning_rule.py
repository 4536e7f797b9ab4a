"""The rule by which optimizers are tuned, the same for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from gdsim.checks import as_count
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.optimizers import Method, Rule
from gdsim.simulation.frozen_dict import FrozenDict
from gdsim.simulation.maps.axis import Axis, AxisWords, axis_of, checked_words

if TYPE_CHECKING:
    from gdsim.simulation.experiment import Experiment

MOST_TRIES, MOST_STARTS = 10_000, 10_000
#: Beside η, what is searched unless ranges say otherwise: the first of these that a rule has and makes use of.
_MOMENTA = ("momentum", "beta1", "rho", "decay")


class Criterion(StrEnum):
    """Criterion by which a setting is better than another."""

    LOSS = "loss"  # the median of f at the ends
    STEPS = "steps"  # the median of the steps until a run converges, then the loss
    REACHED = "reached"  # the share of runs that end at the global minimum, then the loss


@dataclass(frozen=True)
class TuningRule:
    """Budget that every optimizer is given.

    Attributes
    ----------
    tries
        Number of settings tried, the present one among them.
    starts
        Number of random starts each is tried from; none of them is reported.
    criterion
        What makes a setting better.
    seed
        What settings and starts are drawn from.
    ranges
        By `Entry.id`, the axes that are searched; of an optimizer that is not named those of `usual_ranges`.
    """

    tries: int = 64
    starts: int = 8
    criterion: Criterion = Criterion.LOSS
    seed: int = 0
    ranges: Mapping[str, tuple[AxisWords, ...]] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tries", as_count(self.tries, "tries", 2, MOST_TRIES))
        object.__setattr__(self, "starts", as_count(self.starts, "starts", 1, MOST_STARTS))
        object.__setattr__(self, "seed", as_count(self.seed, "seed", 0, 2**32 - 1))
        if self.criterion not in [each.value for each in Criterion]:
            raise GdsimError(
                "criterion must be loss, steps or reached, not {given}", "criterion", given=repr(self.criterion)[:60]
            )
        object.__setattr__(self, "criterion", Criterion(self.criterion))
        object.__setattr__(self, "ranges", _checked_ranges(self.ranges))

    def axes(self, entry: str, rule: Rule) -> tuple[Axis, ...]:
        """The axes that are searched for an optimizer, by `Entry.id`."""
        words = self.ranges.get(entry) or usual_ranges(rule)
        axes = tuple([axis_of(each, rule, f"ranges of {entry}") for each in words])
        if len({axis.name for axis in axes}) < len(axes):
            raise GdsimError("ranges of {name}: one hyperparameter stands there twice", "ranges", name=entry)
        return axes

    def check_names(self, experiment: Experiment) -> None:
        """Raise `GdsimError` if ranges are given for an optimizer that does not race."""
        racing = [entry.id for entry in experiment.racing]
        for name in self.ranges:
            if name not in racing:
                raise GdsimError(
                    "ranges are given for {name}, which does not race: {racing} do",
                    "ranges",
                    name=name,
                    racing=", ".join(racing),
                )


def checked_tuning(rule: TuningRule | None) -> TuningRule | None:
    """Give a rule back, or raise `GdsimError` if it is none."""
    if rule is not None and not isinstance(rule, TuningRule):
        raise GdsimError("tuning must be a TuningRule or None, not {given}", "tuning", given=repr(rule)[:60])
    return rule


def _checked_ranges(ranges: object) -> FrozenDict:
    """Axes by an optimizer's id, or `GdsimError`; what each axis says is looked at with its rule."""
    if not isinstance(ranges, Mapping):
        raise GdsimError("ranges must be axes by an optimizer's id, not {given}", "ranges", given=repr(ranges)[:60])
    for name, axes in ranges.items():
        if isinstance(axes, str) or not isinstance(axes, Sequence):
            raise GdsimError(
                "ranges of {name} must be a list of axes, not {given}", "ranges", name=str(name), given=repr(axes)[:60]
            )
    return FrozenDict(
        {
            str(name): tuple([checked_words(words, f"ranges of {name}") for words in axes])
            for name, axes in ranges.items()
        }
    )


def usual_ranges(rule: Rule) -> tuple[AxisWords, ...]:
    """η over six decades, and how long a rule remembers: what people tune. Of a method nothing."""
    if isinstance(rule, Method):
        return ()
    words: list[AxisWords] = []
    for name in ("learning_rate", next((n for n in _MOMENTA if _uses(rule, n)), "")):
        if name:
            hyper = rule.hyper(name)
            low, high = hyper.slider
            words.append((name, max(low, 1e-5) if hyper.log else low, high))
    return tuple(words)


def _uses(rule: Rule, name: str) -> bool:
    return any(hyper.name == name and hyper.default for hyper in rule.hypers())


def drawn_settings(axes: Sequence[Axis], count: int, seed: int) -> dict[str, Array]:
    """Settings spread evenly over the axes, by name: ``(count,)`` each; seeded.

    Roberts' quasi-random sequence, "The unreasonable effectiveness of quasirandom sequences" (2018), moved by a random
    offset: no setting is tried twice, and any first part of them is spread evenly, too.
    """
    d, root = len(axes), 2.0
    for _ in range(30):
        root = (1 + root) ** (1 / (d + 1))
    offsets = np.random.default_rng([seed, d]).random(d)
    found = {}
    for k, (axis, offset) in enumerate(zip(axes, offsets, strict=True)):
        share = (offset + np.arange(1, count + 1) * root ** -(k + 1.0)) % 1
        found[axis.name] = axis.at(share)
    return found
