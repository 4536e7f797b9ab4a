"""Prodigy, which estimates how far there is to go."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.adam import beta1, beta2
from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, absolute, maximum, sqrt, total, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import TUNING
from gdsim.optimizers.meanings import DISTANCE, MEAN, PROGRESS, SQUARE, WEIGHTED


@dataclass(frozen=True)
class Prodigy(Rule):
    """Prodigy. Mishchenko & Defazio (2024), algorithm 4; defaults and the new d beside ε as in the authors' code."""

    key = "prodigy"
    title = "Prodigy"
    family = TUNING
    summary = "Adam that finds its own η: an estimate d of the distance to go, which only grows."
    #: The start; averages of gradient and square; what is divided to estimate the distance, and the estimate.
    state = ("p", "m", "v", "s", "r", "d")

    learning_rate: float = learning_rate(1.0, follows="")
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    d0: float = hyper(
        1e-6, "d₀", "The first estimate of the distance.", low=1e-12, high=1e3, slider=(1e-8, 1.0), log=True
    )
    d_coef: float = hyper(1.0, "c", "Factor of the estimate.", low=1e-3, high=1e3, slider=(0.1, 10.0), log=True)
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return x if name == "p" else self.d0 if name == "d" else 0.0

    def decay_to_gradient(self) -> float:  # noqa: D102
        return 0.0

    def step(self, t: int, x: Real, g: Real, *state: Real) -> tuple[Real, ...]:  # noqa: D102
        p, m, v, s, r, d = state
        beta1, beta2, beta3 = self.beta1, self.beta2, sqrt(self.beta2)
        rate, weight = d * self.learning_rate, d / self.d0 * d * self.learning_rate
        m = note("m", beta1 * m + d * (1 - beta1) * g, MEAN)
        v = note("v", beta2 * v + d * d * (1 - beta2) * g * g, SQUARE)
        r = beta3 * r + weight * total(g * (p - x))
        s = beta3 * s + weight * g
        note("r", r, PROGRESS)
        note("s", s, WEIGHTED)
        length = total(absolute(s))
        d = where(length > 0, maximum(d, self.d_coef * r / where(length > 0, length, 1.0)), d)
        note("d", d, DISTANCE)
        x *= 1 - rate * self.weight_decay
        x -= rate * m / (sqrt(v) + d * self.epsilon)
        return x, p, m, v, s, r, d
