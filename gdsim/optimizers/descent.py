"""Gradient descent and its momentum variants."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.base import Rule, hyper, learning_rate, weight_decay
from gdsim.optimizers.elementwise import Real, where


def _momentum() -> float:
    return hyper(  # type: ignore[no-any-return]
        0.9,
        "β",
        "Momentum: how much of the last movement carries on.",
        high=1.0,
        slider=(0.0, 0.999),
        follows="momentum",
    )


@dataclass(frozen=True)
class GradientDescent(Rule):
    """Steepest descent. Cauchy (1847); as torch.optim.SGD without momentum."""

    key = "gd"
    title = "Gradient descent"
    summary = "One step of η against the gradient; no memory."

    learning_rate: float = learning_rate(1e-3)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real) -> tuple[Real, ...]:  # noqa: D102
        x -= self.learning_rate * g
        return (x,)


@dataclass(frozen=True)
class Momentum(Rule):
    """Heavy ball. Polyak (1964); velocity and dampening as torch.optim.SGD, β defaults to 0.9."""

    key = "momentum"
    title = "Momentum"
    summary = "A heavy ball: the velocity v keeps a share β of the last movement."
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = _momentum()
    dampening: float = hyper(0.0, "τ", "Dampening: holds back this share of each new gradient.", high=1.0)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        # torch starts the velocity at the whole first gradient, and holds nothing back without momentum
        v += where(t == 1, g, (1 - (self.momentum > 0) * self.dampening) * g)
        x -= self.learning_rate * v
        return x, v


@dataclass(frozen=True)
class Nesterov(Rule):
    """Nesterov's accelerated gradient. Nesterov (1983), as torch.optim.SGD(nesterov=True) writes it."""

    key = "nesterov"
    title = "Nesterov"
    summary = "Momentum that corrects itself with the gradient one step ahead."
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = _momentum()
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        v += g
        x -= self.learning_rate * (g + self.momentum * v)
        return x, v
