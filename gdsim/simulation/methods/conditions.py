"""The conditions that a method cannot do with: told before the race."""

from __future__ import annotations

from collections.abc import Iterable

from gdsim.checks import grouped
from gdsim.errors import GdsimError
from gdsim.objectives.base import Objective
from gdsim.optimizers.base import Rule
from gdsim.optimizers.methods import Method

#: A matrix of more rows takes too much memory, and too long.
MOST_SQUARE = 1000


def check_methods(rules: Iterable[type[Rule]], objective: Objective, noise: float, batch: int) -> None:
    """Raise `GdsimError` if one of some optimizers is a method that cannot race like that."""
    for rule in rules:
        if not issubclass(rule, Method):
            continue
        if noise > 0:
            template = "{name} compares values and gradients, which noise would part: noise must be 0, or leave it out"
            raise GdsimError(template, "noise", name=rule.title)
        if batch > 0:
            template = (
                "{name} compares several points, for which f must stay the same: batch must be 0, or leave it out"
            )
            raise GdsimError(template, "batch", name=rule.title)
        if rule.is_square and objective.dimension > MOST_SQUARE:
            raise _too_large(rule, objective)


def _too_large(method: type[Method], objective: Objective) -> GdsimError:
    return GdsimError(
        "{name} keeps a matrix of {count} × {count} numbers; at most {most} parameters will do: take L-BFGS or "
        "conjugate gradient, which keep none",
        "optimizers",
        name=method.title,
        count=grouped(objective.dimension),
        most=grouped(MOST_SQUARE),
    )
