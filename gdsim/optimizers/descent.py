"""Gradient descent and its momentum variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdsim.optimizers.base import Rule, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import MOMENTUM
from gdsim.optimizers.meanings import AHEAD, KEPT_VELOCITY, VELOCITY


def momentum() -> Any:
    """Declare the momentum β; it follows the shared one unless told otherwise."""
    meaning = "Momentum: how much of the last movement carries on."
    return hyper(0.9, "β", meaning, high=1.0, slider=(0.0, 0.999), near_one=True, follows="momentum")


@dataclass(frozen=True)
class GradientDescent(Rule):
    """Steepest descent. Cauchy (1847); as torch.optim.SGD without momentum."""

    key = "gd"
    title = "Gradient descent"
    torch_class = "SGD"
    summary = "One step of η against the gradient; no memory."
    limit_formula = "2/λmax"

    learning_rate: float = learning_rate(1e-3)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real) -> tuple[Real, ...]:  # noqa: D102
        x -= self.learning_rate * g
        return (x,)

    def limit(self, curvature: float) -> float | None:  # noqa: D102
        return 2 / (curvature + self.weight_decay)


@dataclass(frozen=True)
class Momentum(Rule):
    """Heavy ball. Polyak (1964); velocity and dampening as torch.optim.SGD, β defaults to 0.9."""

    key = "momentum"
    title = "Momentum"
    family = MOMENTUM
    torch_class = "SGD"
    summary = "A heavy ball: the velocity v keeps a share β of the last movement."
    limit_formula = "2(1 + β)/λmax"
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = momentum()
    dampening: float = hyper(0.0, "τ", "Dampening: holds back this share of each new gradient.", high=1.0)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        note("βv", v, KEPT_VELOCITY)
        # torch starts the velocity at the whole first gradient, and holds nothing back without momentum
        v += where(t == 1, g, (1 - (self.momentum > 0) * self.dampening) * g)
        note("v", v, VELOCITY)
        x -= self.learning_rate * v
        return x, v

    def limit(self, curvature: float) -> float | None:
        """Of the heavy ball. Polyak (1964); dampening shortens every gradient but the first."""
        held = (1 - (self.momentum > 0) * self.dampening) * (curvature + self.weight_decay)
        return 2 * (1 + self.momentum) / held if held > 0 else None


@dataclass(frozen=True)
class Nesterov(Rule):
    """Nesterov's accelerated gradient. Nesterov (1983), as torch.optim.SGD(nesterov=True) writes it."""

    key = "nesterov"
    title = "Nesterov"
    family = MOMENTUM
    torch_class = "SGD"
    summary = "Momentum that corrects itself with the gradient one step ahead."
    limit_formula = "2(1 + β)/((1 + 2β)·λmax)"
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = momentum()
    weight_decay: float = weight_decay()

    def torch_switches(self) -> tuple[str, ...]:
        """Nesterov's momentum, which torch refuses where there is none."""
        return ("nesterov",) if self.momentum else ()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        note("βv", v, KEPT_VELOCITY)
        v += g
        note("v", v, VELOCITY)
        x -= self.learning_rate * note("g + βv", g + self.momentum * v, AHEAD)
        return x, v

    def limit(self, curvature: float) -> float | None:  # noqa: D102
        beta = self.momentum
        return 2 * (1 + beta) / ((1 + 2 * beta) * (curvature + self.weight_decay))
