"""The conditions of a race, and what each optimizer brings to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from gdsim.objectives import Exact, GradientMode, Objective
from gdsim.objectives.base import Array
from gdsim.optimizers import Constant, ReduceOnPlateau, Rule, Schedule
from gdsim.simulation.names import Name

_EXACT = Exact()


@dataclass(frozen=True)
class Course:
    """The conditions that all optimizers of a race share.

    Attributes
    ----------
    objective
        The function itself.
    ascent
        Whether they go uphill.
    mode
        How the gradient is worked out.
    noise, seed
        Standard deviation of what is added to every component of the gradient, and what it is drawn from.
    batch
        Number of examples that a step of a model goes by, in an order drawn from the seed; 0 for all.
    """

    objective: Objective
    ascent: bool = False
    mode: GradientMode = _EXACT
    noise: float = 0.0
    seed: int = 0
    batch: int = 0

    @cached_property
    def stepwise(self) -> Objective:
        """The objective that the steps go by: the function itself, or its batches."""
        if not self.batch:
            return self.objective
        from gdsim.objectives.data import batched

        return batched(self.objective, self.batch, self.seed)

    @property
    def epoch_steps(self) -> int:
        """The number of steps in an epoch; 1 where every step goes by all examples, or by none."""
        return int(getattr(self.stepwise, "epoch_steps", 1))

    def gradient(self, t: int, points: Array, out: Array | None = None) -> Array:
        """The gradient that the mode gives for step t at points ``(d, …)``: no noise, the sign not turned."""
        return self.mode.gradient(self.stepwise.at(t), points, out)


@dataclass(frozen=True)
class Lane:
    """An optimizer in a race, with its schedule and clipping.

    Attributes
    ----------
    rule
        The update rule.
    schedule
        How its η goes on; None to stay.
    clip
        The length to which a longer gradient is cut; 0 for none.
    id
        What tells it apart from all others of a race: see `Entry.id`; "" for the key of its rule.
    name
        What it is called; None to be called after its rule.
    """

    rule: Rule
    schedule: Schedule | None = None
    clip: float = 0.0
    id: str = field(default="", compare=False)
    name: Name | None = field(default=None, compare=False)

    @property
    def rate(self) -> float:
        """The η that the schedule starts from; nan for a method, which has none."""
        return float(getattr(self.rule, "learning_rate", math.nan))

    @property
    def plateau(self) -> ReduceOnPlateau | None:
        """Its schedule if that watches the loss."""
        return self.schedule if isinstance(self.schedule, ReduceOnPlateau) else None

    @property
    def scheduled(self) -> bool:
        """Return whether its η changes with the step number alone."""
        return self.schedule is not None and not isinstance(self.schedule, Constant) and not self.schedule.watches_loss

    def rates(self, steps: int) -> Array:
        """η at each step of a race of `steps`, ``(steps,)``, where the loss has no say."""
        assert self.schedule is not None
        rates: Array = self.rate * self.schedule.factors(steps)
        return rates
