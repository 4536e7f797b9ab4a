"""Nesterov's gradient as his papers take it: ahead of where the run stands."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.base import Rule, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, sqrt
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.descent import momentum
from gdsim.optimizers.families import MOMENTUM
from gdsim.optimizers.meanings import KEPT_VELOCITY, VELOCITY


@dataclass(frozen=True)
class LookAhead(Rule):
    """Nesterov's momentum with the gradient at x + βv. Sutskever, Martens, Dahl & Hinton (2013), equations 3 and 4.

    torch.optim writes the same steps for the point looked at; see `Nesterov`.
    """

    key = "nag"
    title = "Nesterov, look-ahead"
    family = MOMENTUM
    summary = "Goes on by the velocity first, and takes the gradient there: at x + βv."
    limit_formula = "2(1 + β)/((1 + 2β)·λmax)"
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = momentum()
    weight_decay: float = weight_decay()

    def look(self, x: Real, *state: Real) -> Real:  # noqa: D102
        (v,) = state
        return x + self.momentum * v

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        note("βv", v, KEPT_VELOCITY)
        v -= self.learning_rate * g
        note("v", v, VELOCITY)
        x += v
        return x, v

    def limit(self, curvature: float) -> float | None:  # noqa: D102
        beta = self.momentum
        return 2 * (1 + beta) / ((1 + 2 * beta) * (curvature + self.weight_decay))


@dataclass(frozen=True)
class Nesterov1983(Rule):
    """Nesterov's first method, with t₁ = 1, t₂, …. Nesterov (1983), the constant step size in place of its search."""

    key = "nesterov_1983"
    title = "Nesterov, 1983"
    family = MOMENTUM
    summary = "Momentum that grows by itself, (t − 1)/(t + 2) about: there is no β to set."
    limit_formula = "4/(3·λmax)"
    #: Where the gradient is taken, and the t of the paper.
    state = ("y", "r")

    learning_rate: float = learning_rate(1e-3)
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return x if name == "y" else 1.0

    def look(self, x: Real, *state: Real) -> Real:  # noqa: D102
        return state[0]

    def step(self, t: int, x: Real, g: Real, y: Real, r: Real) -> tuple[Real, ...]:  # noqa: D102
        new = y - self.learning_rate * g
        longer = (1 + sqrt(1 + 4 * r * r)) / 2
        y = new + (r - 1) / longer * (new - x)
        return new, y, longer

    def limit(self, curvature: float) -> float | None:
        """Of the momentum that it comes to in the end, 1."""
        return 4 / (3 * (curvature + self.weight_decay))
