"""Rules that change what Adam divides by, or what it adds up: AdaBelief, Yogi, Adan."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.adam import beta1, beta2
from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, sign, sqrt, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import ADAPTIVE
from gdsim.optimizers.meanings import (
    CHANGE,
    KEPT_MEAN,
    KEPT_SURPRISE,
    MEAN,
    MEAN_CHANGE,
    MEAN_CORRECTED,
    NEAR_SQUARE,
    PREDICTED,
    SQUARE,
    SURPRISE,
)


@dataclass(frozen=True)
class AdaBelief(Rule):
    """AdaBelief. Zhuang et al. (2020), algorithm 2, ε inside and outside the root; defaults as optax.adabelief."""

    key = "adabelief"
    title = "AdaBelief"
    family = ADAPTIVE
    telling_share = 0.01
    summary = "Adam that divides by how far the gradient is from what was expected: sure steps are long."
    restless = "AdaBelief at one η never settles for good, it leaves the bottom again by up to 0.28·η"
    swing = 0.28
    state = ("m", "s")

    learning_rate: float = learning_rate(1e-3)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-16, slider=(1e-18, 1e-1))
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, m: Real, s: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        s *= beta2
        note("β₂s", s, KEPT_SURPRISE)
        s += (1 - beta2) * (g - m) * (g - m)
        s += self.epsilon
        note("s", s, SURPRISE)
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        x -= self.learning_rate / (1 - beta1**t) * m / (sqrt(s / (1 - beta2**t)) + self.epsilon)
        return x, m, s


@dataclass(frozen=True)
class Yogi(Rule):
    """Yogi. Zaheer et al. (2018), algorithm 2; bias correction, both averages' start and defaults as optax.yogi.

    The paper has no bias correction, and its average of gradients starts at 0.
    """

    key = "yogi"
    title = "Yogi"
    family = ADAPTIVE
    telling_share = 0.01
    summary = "Adam whose average of squares moves by no more than the new square: it forgets slowly."
    state = ("m", "v")

    learning_rate: float = learning_rate(1e-2)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-3)
    initial_accumulator_value: float = hyper(1e-6, "v₀", "What both averages start at.", high=1e6)
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return self.initial_accumulator_value

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        square = g * g
        v -= (1 - beta2) * sign(v - square) * square
        note("v", v, NEAR_SQUARE)
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        x -= self.learning_rate / (1 - beta1**t) * m / (sqrt(v / (1 - beta2**t)) + self.epsilon)
        return x, m, v


@dataclass(frozen=True)
class Adan(Rule):
    """Adan. Xie et al. (2022), algorithm 1 with bias corrections; defaults and decay as the authors' code.

    A β is here what stays of an average, as there; in the paper it is what is new.
    """

    key = "adan"
    title = "Adan"
    family = ADAPTIVE
    telling_share = 0.01
    summary = "Adam with Nesterov's look ahead made of how the gradient changes."
    restless = "Adan at one η keeps swinging 0.015·η to either side of the bottom"
    swing = 0.0153
    #: Averages of the gradient, of its change and of the square of what they predict; the gradient before.
    state = ("m", "v", "n", "p")

    learning_rate: float = learning_rate(1e-3)
    beta1: float = beta1(0.98)
    beta2: float = hyper(
        0.92, "β₂", "How slowly the average change of the gradient forgets.", high=0.9999999, slider=(0.0, 0.999)
    )
    beta3: float = hyper(0.99, "β₃", "How slowly the average of squares forgets.", high=0.9999999, slider=(0.0, 0.9999))
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    def decay_to_gradient(self) -> float:  # noqa: D102
        return 0.0

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real, n: Real, p: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2, beta3, rate = self.beta1, self.beta2, self.beta3, self.learning_rate
        change = note("g − p", where(t == 1, 0.0, g - p), CHANGE)
        m = note("m", beta1 * m + (1 - beta1) * g, MEAN)
        v = note("v", beta2 * v + (1 - beta2) * change, MEAN_CHANGE)
        ahead = note("g + β₂(g − p)", g + beta2 * change, PREDICTED)
        n = note("n", beta3 * n + (1 - beta3) * ahead * ahead, SQUARE)
        root = sqrt(n / (1 - beta3**t)) + self.epsilon
        x -= rate / (1 - beta1**t) * m / root
        x -= rate * beta2 / (1 - beta2**t) * v / root
        x /= 1 + rate * self.weight_decay
        return x, m, v, n, g * 1.0
