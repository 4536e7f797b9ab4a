"""Adam and its kin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, absolute, maximum, sqrt, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import ADAPTIVE
from gdsim.optimizers.meanings import (
    KEPT_LARGEST,
    KEPT_MEAN,
    KEPT_SQUARE,
    LARGEST,
    LARGEST_SQUARE,
    LENGTH,
    MEAN,
    MEAN_CORRECTED,
    OWN_RATE,
    PRODUCT,
    RATE_CORRECTED,
    RECTIFIED,
    SMALL_CORRECTED,
    SQUARE,
    SQUARE_CORRECTED,
    WARMED,
    WARMED_AHEAD,
)

#: Both are below one, so that the bias corrections 1 − βᵗ are never zero; torch takes them as a pair.
_BETA: dict[str, Any] = {"high": 0.9999999, "near_one": True, "torch": "betas"}


def beta1(default: float = 0.9) -> Any:
    """Declare how slowly the average gradient forgets."""
    return hyper(default, "β₁", "How slowly the average gradient forgets.", slider=(0.0, 0.999), **_BETA)


def beta2(default: float = 0.999) -> Any:
    """Declare how slowly the average of squares forgets."""
    return hyper(default, "β₂", "How slowly the average of squares forgets.", slider=(0.0, 0.9999), **_BETA)


def decoupled_weight_decay() -> Any:
    """Declare torch's switch between the two places of weight decay."""
    meaning = "Take the weight decay off x directly, as AdamW does, not through the gradient."
    return hyper(False, "decoupled", meaning)


class _Decoupled:
    """Weight decay by torch's switch ``decoupled_weight_decay``."""

    learning_rate: float
    weight_decay: float
    decoupled_weight_decay: bool

    def decay_to_gradient(self) -> float:
        return 0.0 if self.decoupled_weight_decay else self.weight_decay

    def decay_of_weights(self) -> float:
        return self.learning_rate * self.weight_decay if self.decoupled_weight_decay else 0.0


@dataclass(frozen=True)
class Adam(Rule):
    """Adam. Kingma & Ba (2015), algorithm 1; defaults and epsilon placement as torch.optim.Adam."""

    key = "adam"
    title = "Adam"
    family = ADAPTIVE
    torch_class = "Adam"
    telling_share = 0.01  # it crosses what is seen in some hundred steps
    summary = "Momentum over the root of the average square, both corrected for their start at zero."
    restless = "Adam at one η never settles for good, it leaves the bottom again by up to 0.28·η"
    swing = 0.28
    state: ClassVar[tuple[str, ...]] = ("m", "v")

    learning_rate: float = learning_rate(1e-3)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        v *= beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - beta2) * g * g
        note("v", v, SQUARE)
        root = sqrt(1 - beta2**t)  # the corrections put together, as at the end of the paper's section 2
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        note("v̂", v / (1 - beta2**t), SQUARE_CORRECTED)
        rate = note("ηₜ", self.learning_rate * root / (1 - beta1**t), RATE_CORRECTED)
        size = sqrt(v) + note("ε̂", self.epsilon * root, SMALL_CORRECTED)
        note("ηₜ/(√v + ε̂)", rate / size, OWN_RATE)
        x -= rate * m / size
        return x, m, v


@dataclass(frozen=True)
class AdamW(Adam):
    """AdamW: Adam with decoupled weight decay. Loshchilov & Hutter (2019); as torch.optim.AdamW."""

    key = "adamw"
    title = "AdamW"
    torch_class = "AdamW"
    summary = "Adam whose weight decay shrinks x itself instead of going through the averages."
    restless = "AdamW at one η never settles for good, it leaves the bottom again by up to 0.28·η"
    swing = 0.28

    weight_decay: float = weight_decay(1e-2)

    def decay_to_gradient(self) -> float:  # noqa: D102
        return 0.0

    def decay_of_weights(self) -> float:  # noqa: D102
        return self.learning_rate * self.weight_decay


@dataclass(frozen=True)
class AMSGrad(Adam):
    """AMSGrad. Reddi, Kale & Kumar (2018); as torch.optim.Adam(amsgrad=True)."""

    key = "amsgrad"
    title = "AMSGrad"
    torch_class = "Adam"
    summary = "Adam that divides by the largest average so far, so that steps never grow again."
    restless = ""
    state: ClassVar[tuple[str, ...]] = ("m", "v", "w")

    def torch_switches(self) -> tuple[str, ...]:  # noqa: D102
        return ("amsgrad",)

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real, w: Real) -> tuple[Real, ...]:  # type: ignore[override]  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        v *= beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - beta2) * g * g
        note("v", v, SQUARE)
        # of the averages as they are, not as corrected: so torch does it
        w = note("w", maximum(w, v), LARGEST_SQUARE)
        root = sqrt(1 - beta2**t)  # the corrections put together, as at the end of the paper's section 2
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        note("ŵ", w / (1 - beta2**t), SQUARE_CORRECTED)
        rate = note("ηₜ", self.learning_rate * root / (1 - beta1**t), RATE_CORRECTED)
        size = sqrt(w) + note("ε̂", self.epsilon * root, SMALL_CORRECTED)
        note("ηₜ/(√w + ε̂)", rate / size, OWN_RATE)
        x -= rate * m / size
        return x, m, v, w


@dataclass(frozen=True)
class AdaMax(Rule):
    """AdaMax. Kingma & Ba (2015), algorithm 2; as torch.optim.Adamax."""

    key = "adamax"
    title = "AdaMax"
    family = ADAPTIVE
    torch_class = "Adamax"
    telling_share = 0.01
    summary = "Adam with the largest recent gradient in place of the root of the average square."
    restless = "AdaMax at one η never settles for good, it leaves the bottom again by up to 0.28·η"
    swing = 0.28
    state = ("m", "u")

    learning_rate: float = learning_rate(2e-3)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, m: Real, u: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1 = self.beta1
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        # ε within the maximum, as torch has it
        u = note("u", maximum(note("β₂u", self.beta2 * u, KEPT_LARGEST), absolute(g) + self.epsilon), LARGEST)
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        rate = note("ηₜ", self.learning_rate / (1 - beta1**t), RATE_CORRECTED)
        note("ηₜ/u", rate / u, OWN_RATE)
        x -= rate * m / u
        return x, m, u


@dataclass(frozen=True)
class NAdam(_Decoupled, Rule):
    """NAdam: Adam with Nesterov momentum. Dozat (2016); as torch.optim.NAdam, momentum decay 4e-3."""

    key = "nadam"
    title = "NAdam"
    family = ADAPTIVE
    torch_class = "NAdam"
    telling_share = 0.01
    summary = "Adam that looks ahead as Nesterov's momentum does."
    restless = "NAdam at one η keeps swinging 0.074·η to either side of the bottom"
    swing = 0.074
    state = ("m", "v", "p")

    learning_rate: float = learning_rate(2e-3)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()
    momentum_decay: float = hyper(4e-3, "ψ", "How fast the momentum warms up.", high=1.0, slider=(0.0, 0.1))
    decoupled_weight_decay: bool = decoupled_weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return 1.0 if name == "p" else 0.0

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real, p: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        mu = note("μₜ", beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay)), WARMED)
        ahead = note("μₜ₊₁", beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * self.momentum_decay)), WARMED_AHEAD)
        p *= mu
        note("p", p, PRODUCT)
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        v *= beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - beta2) * g * g
        note("v", v, SQUARE)
        root = sqrt(note("v̂", v / (1 - beta2**t), SQUARE_CORRECTED)) + self.epsilon
        note("η/(√v̂ + ε)", self.learning_rate / root, OWN_RATE)
        x -= self.learning_rate * (1 - mu) / (1 - p) * g / root
        x -= self.learning_rate * ahead / (1 - p * ahead) * m / root
        return x, m, v, p


@dataclass(frozen=True)
class RAdam(_Decoupled, Rule):
    """RAdam: Adam with a rectified start. Liu et al. (2020), algorithm 2; as torch.optim.RAdam."""

    key = "radam"
    title = "RAdam"
    family = ADAPTIVE
    torch_class = "RAdam"
    # its first steps are momentum's, and go by the slope: it has no telling share
    summary = "Adam that goes by momentum alone until its average of squares can be trusted."
    state = ("m", "v")

    learning_rate: float = learning_rate(1e-3)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()
    decoupled_weight_decay: bool = decoupled_weight_decay()

    def step(self, t: int, x: Real, g: Real, m: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        beta1, beta2 = self.beta1, self.beta2
        m *= beta1
        note("β₁m", m, KEPT_MEAN)
        m += (1 - beta1) * g
        note("m", m, MEAN)
        v *= beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - beta2) * g * g
        note("v", v, SQUARE)
        correction = 1 - beta2**t
        longest = 2 / (1 - beta2) - 1
        rho = note("ρₜ", longest - 2 * t * beta2**t / correction, LENGTH)
        # where it is 5 or less the rectified step is not taken: any length above keeps its root real
        r, end = maximum(rho, 5.0), maximum(longest, 5.0)
        rectified = sqrt((r - 4) * (r - 2) * end / ((end - 4) * (end - 2) * r)) * sqrt(correction)
        scale = note("r", where(rho > 5, rectified / (sqrt(v) + self.epsilon), 1.0), RECTIFIED)
        note("m̂", m / (1 - beta1**t), MEAN_CORRECTED)
        x -= self.learning_rate / (1 - beta1**t) * m * scale
        return x, m, v
