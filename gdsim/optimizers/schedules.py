"""The learning rate against the step number.

Definitions, where torch has them, as `torch.optim.lr_scheduler`; its epoch k is our step t − 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from gdsim.checks import as_float
from gdsim.errors import GdsimError
from gdsim.optimizers.described import Described, hyper

Factors = NDArray[np.float64]


def whole_number(default: int, symbol: str, meaning: str, **description: Any) -> Any:
    """Declare a hyperparameter that counts steps."""
    slider = (description.get("low", 0.0), 1000.0)
    return hyper(default, symbol, meaning, **({"high": 10_000_000, "slider": slider} | description))


def share_of_one(default: float, symbol: str, meaning: str, **description: Any) -> Any:
    """Declare a hyperparameter from 0 to 1."""
    return hyper(default, symbol, meaning, **({"high": 1.0, "slider": (0.0, 1.0)} | description))


@dataclass(frozen=True)
class Schedule(Described):
    """Course of η from where it starts.

    Attributes
    ----------
    learning_rate
        Where it starts; None for the η of the optimizer it is used on.
    """

    kind: ClassVar[str] = "schedule"
    #: True if it depends on how the loss goes, and so can differ from run to run.
    watches_loss: ClassVar[bool] = False

    learning_rate: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.learning_rate is not None:
            rate = as_float(self.learning_rate, f"{self.key}.learning_rate")
            if not 0 <= rate <= 1e3:
                raise GdsimError(
                    "{field} must be from 0 to 1000, not {given:.9g}", f"{self.key}.learning_rate", given=rate
                )
            object.__setattr__(self, "learning_rate", rate)

    def factors(self, steps: int) -> Factors:
        """Factors of η at each step of a race of `steps`, ``(steps,)``; the first is that of step 1."""
        raise NotImplementedError


@dataclass(frozen=True)
class Constant(Schedule):
    """The same η throughout."""

    key = "constant"
    title = "Constant"
    summary = "The same η throughout."

    def factors(self, steps: int) -> Factors:  # noqa: D102
        return np.ones(steps)


@dataclass(frozen=True)
class StepDecay(Schedule):
    """As torch's StepLR."""

    key = "step"
    title = "Step decay"
    summary = "η is multiplied by γ every so many steps."

    every: int = whole_number(100, "n", "Steps between two drops.", low=1)
    gamma: float = share_of_one(0.5, "γ", "What η is multiplied by at each drop.")

    def factors(self, steps: int) -> Factors:  # noqa: D102
        return np.power(self.gamma, np.arange(steps) // self.every, dtype=np.float64)


@dataclass(frozen=True)
class Exponential(Schedule):
    """As torch's ExponentialLR."""

    key = "exponential"
    title = "Exponential"
    summary = "η is multiplied by γ at every step."

    gamma: float = share_of_one(0.99, "γ", "What η is multiplied by at each step.", slider=(0.9, 1.0))

    def factors(self, steps: int) -> Factors:  # noqa: D102
        return np.power(self.gamma, np.arange(steps, dtype=np.float64))


@dataclass(frozen=True)
class InverseTime(Schedule):
    """η / (1 + λk). Robbins & Monro (1951) need such a decay where gradients are noisy."""

    key = "inverse"
    title = "Inverse time"
    summary = "η/(1 + λk) at step k: falls fast, then ever more slowly."

    decay: float = hyper(0.01, "λ", "How fast η falls.", high=1e3, slider=(1e-4, 1.0), log=True)

    def factors(self, steps: int) -> Factors:  # noqa: D102
        falling: Factors = 1 / (1 + self.decay * np.arange(steps))
        return falling


@dataclass(frozen=True)
class Cosine(Schedule):
    """Loshchilov & Hutter (2017), equation 5, without restarts; as torch's CosineAnnealingLR up to its end."""

    key = "cosine"
    title = "Cosine"
    summary = "η falls along half a cosine wave and stays at its end."

    steps: int = whole_number(0, "T", "Steps until the end is reached; 0 for those of the race.")
    final: float = share_of_one(0.0, "ρ", "The share of η that is left at the end.")

    def factors(self, steps: int) -> Factors:  # noqa: D102
        return _half_wave(np.arange(steps), self.steps or steps, self.final)


@dataclass(frozen=True)
class WarmupCosine(Schedule):
    """A linear rise, then half a cosine wave."""

    key = "warmup_cosine"
    title = "Warm-up + cosine"
    summary = "η rises evenly at first, then falls along half a cosine wave."

    warmup: int = whole_number(50, "w", "Steps of the rise.")
    steps: int = whole_number(0, "T", "Steps until the end is reached, the rise included; 0 for those of the race.")
    final: float = share_of_one(0.0, "ρ", "The share of η that is left at the end.")

    def factors(self, steps: int) -> Factors:  # noqa: D102
        k = np.arange(steps)
        fall = _half_wave(np.maximum(k - self.warmup, 0), max((self.steps or steps) - self.warmup, 1), self.final)
        # both sides are worked out everywhere: without a rise this one would divide by 0
        return np.where(k < self.warmup, (k + 1) / max(self.warmup, 1), fall)


def _half_wave(k: NDArray[np.int64], last: int, final: float) -> Factors:
    wave = (1 + np.cos(np.pi * np.minimum(k, last) / last)) / 2
    fall: Factors = final + (1 - final) * wave
    return fall
