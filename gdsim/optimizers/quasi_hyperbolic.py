"""Quasi-hyperbolic rules: a share of each step is the plain gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdsim.optimizers.adam import beta1, beta2
from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, sqrt
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import ADAPTIVE, MOMENTUM
from gdsim.optimizers.meanings import KEPT_MEAN, KEPT_SQUARE, MEAN, MIXED, MIXED_SQUARE, SQUARE


def nu(default: float, symbol: str, meaning: str) -> Any:
    """Declare the share of a step that goes by an average."""
    return hyper(default, symbol, meaning, high=1.0)


@dataclass(frozen=True)
class QHM(Rule):
    """Quasi-hyperbolic momentum. Ma & Yarats (2019), equations 3 and 4; ν and β as they recommend."""

    key = "qhm"
    title = "QHM"
    family = MOMENTUM
    summary = "A share ν of the step goes by the average gradient, the rest by this one."
    limit_formula = "2(1 + β)/((1 + β − 2νβ)·λmax)"
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = hyper(0.999, "β", "How slowly the average gradient forgets.", high=1.0, slider=(0.0, 0.999))
    nu: float = nu(0.7, "ν", "Share of a step that goes by the average gradient; the rest goes by this one.")
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        note("βv", v, KEPT_MEAN)
        v += (1 - self.momentum) * g
        note("v", v, MEAN)
        x -= self.learning_rate * note("(1 − ν)g + νv", (1 - self.nu) * g + self.nu * v, MIXED)
        return x, v

    def limit(self, curvature: float) -> float | None:
        """Limit at which the root of x ← x − η((1 − ν)g + νv) on a parabola is −1."""
        beta = self.momentum
        held = (1 + beta - 2 * self.nu * beta) * (curvature + self.weight_decay)
        return 2 * (1 + beta) / held if held > 0 else None


@dataclass(frozen=True)
class QHAdam(Rule):
    """QHAdam. Ma & Yarats (2019), section 4, with the ν and β that they recommend: those of the code make it Adam."""

    key = "qhadam"
    title = "QHAdam"
    family = ADAPTIVE
    telling_share = 0.01
    summary = "Adam of which a share goes by this gradient and this square alone."
    restless = "QHAdam at one η keeps swinging 0.18·η to either side of the bottom"
    swing = 0.184
    state = ("m", "v")

    learning_rate: float = learning_rate(1e-3)
    beta1: float = beta1(0.995)
    beta2: float = beta2()
    nu1: float = nu(0.7, "ν₁", "Share of a step that goes by the average gradient; the rest goes by this one.")
    nu2: float = nu(1.0, "ν₂", "Share of the average of squares in what is divided by; the rest is this square.")
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2, nu1, nu2 = self.beta1, self.beta2, self.nu1, self.nu2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        v *= beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - beta2) * g * g
        note("v", v, SQUARE)
        mean = note("a", (1 - nu1) * g + nu1 / (1 - beta1**t) * m, MIXED)
        square = note("b", (1 - nu2) * g * g + nu2 / (1 - beta2**t) * v, MIXED_SQUARE)
        x -= self.learning_rate * mean / (sqrt(square) + self.epsilon)
        return x, m, v
