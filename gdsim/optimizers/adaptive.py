"""Rules that give every coordinate a rate of its own: AdaGrad, AdaDelta, RMSProp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, sqrt
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import ADAPTIVE
from gdsim.optimizers.meanings import (
    DECAYED_RATE,
    DIVISOR,
    KEPT_MEAN,
    KEPT_MOVES,
    KEPT_SCALED,
    KEPT_SQUARE,
    MEAN,
    MOVED,
    MOVES,
    OWN_RATE,
    SCALED,
    SQUARE,
    SUM_OF_SQUARES,
)

#: What says how slowly something is forgotten.
_FORGETS: dict[str, Any] = {"high": 1.0, "slider": (0.0, 0.999), "near_one": True}


@dataclass(frozen=True)
class AdaGrad(Rule):
    """AdaGrad. Duchi, Hazan & Singer (2011); as torch.optim.Adagrad."""

    key = "adagrad"
    title = "AdaGrad"
    family = ADAPTIVE
    torch_class = "Adagrad"
    telling_share = 0.05  # steps shrink from the first one on
    summary = "Divides by the root of all squared gradients so far: steps only shrink."
    state = ("s",)

    learning_rate: float = learning_rate(1e-2)
    lr_decay: float = hyper(0.0, "δ", "Learning-rate decay: η is divided by 1 + (t − 1)·δ.", high=1e3)
    initial_accumulator_value: float = hyper(0.0, "s₀", "What the sum of squares starts at.", high=1e6)
    epsilon: float = epsilon(1e-10)
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return self.initial_accumulator_value

    def step(self, t: int, x: Real, g: Real, s: Real) -> tuple[Real, ...]:  # noqa: D102
        s += g * g
        note("s", s, SUM_OF_SQUARES)
        rate = note("ηₜ", self.learning_rate / (1 + (t - 1) * self.lr_decay), DECAYED_RATE)
        size = note("√s + ε", sqrt(s) + self.epsilon, DIVISOR)
        note("ηₜ/(√s + ε)", rate / size, OWN_RATE)
        x -= rate * g / size
        return x, s


@dataclass(frozen=True)
class AdaDelta(Rule):
    """AdaDelta. Zeiler (2012), algorithm 1; as torch.optim.Adadelta."""

    key = "adadelta"
    title = "AdaDelta"
    family = ADAPTIVE
    torch_class = "Adadelta"
    summary = "Sets its step from the size of its last movements; η only scales it."
    limit_formula = "2/λmax"
    state = ("v", "u")

    learning_rate: float = learning_rate(1.0, follows="")
    rho: float = hyper(0.9, "ρ", "How slowly the running averages forget.", **_FORGETS)
    epsilon: float = epsilon(1e-6)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real, u: Real) -> tuple[Real, ...]:  # noqa: D102
        rho = self.rho
        v *= rho
        note("ρv", v, KEPT_SQUARE)
        v += (1 - rho) * g * g
        note("v", v, SQUARE)
        own = note("√(u + ε)/√(v + ε)", sqrt((u + self.epsilon) / (v + self.epsilon)), OWN_RATE)
        dx = note("d", own * g, SCALED)
        u *= rho
        note("ρu", u, KEPT_MOVES)
        u += (1 - rho) * dx * dx
        note("u", u, MOVES)
        x -= self.learning_rate * dx
        return x, v, u

    def limit(self, curvature: float) -> float | None:
        """Near the bottom, where both averages are small beside ε, it is gradient descent."""
        return 2 / (curvature + self.weight_decay)


@dataclass(frozen=True)
class RMSProp(Rule):
    """RMSProp. Tieleman & Hinton (2012), centred after Graves (2013); as torch.optim.RMSprop."""

    key = "rmsprop"
    title = "RMSProp"
    family = ADAPTIVE
    torch_class = "RMSprop"
    telling_share = 0.003  # it ends bouncing at ±η/2
    summary = "Divides by a running average of the gradient's size: steps stay about η long."
    restless = "RMSProp at one η keeps jumping η/2 to either side of the bottom"
    swing = 0.5
    state = ("v", "a", "b")

    learning_rate: float = learning_rate(1e-2)
    decay: float = hyper(0.99, "α", "How slowly the average of squares forgets.", torch="alpha", **_FORGETS)
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()
    momentum: float = hyper(0.0, "β", "Momentum of the scaled step.", **_FORGETS)
    centered: bool = hyper(False, "centred", "Divide by the spread of the gradient instead of its size.")

    def step(self, t: int, x: Real, g: Real, v: Real, a: Real, b: Real) -> tuple[Real, ...]:  # noqa: D102
        decay = self.decay
        v *= decay
        note("αv", v, KEPT_SQUARE)
        v += (1 - decay) * g * g
        note("v", v, SQUARE)
        a *= decay
        note("αa", a, KEPT_MEAN)
        a += (1 - decay) * g
        note("a", a, MEAN)
        size = note("√v + ε", sqrt(v - self.centered * a * a) + self.epsilon, DIVISOR)
        note("η/(√v + ε)", self.learning_rate / size, OWN_RATE)
        b *= self.momentum
        note("βb", b, KEPT_SCALED)
        b += g / size
        note("b", b, MOVED)
        x -= self.learning_rate * b
        return x, v, a, b
