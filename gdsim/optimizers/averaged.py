"""Rules that return an average of where they have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gdsim.optimizers.adam import beta2
from gdsim.optimizers.base import Rule, epsilon, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, maximum, sqrt, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import AVERAGED
from gdsim.optimizers.meanings import KEPT_SQUARE, LARGEST_RATE, PATH_OF_STEPS, SQUARE, WEIGHT


@dataclass(frozen=True)
class ASGD(Rule):
    """Averaged SGD. Polyak & Juditsky (1992), as torch.optim.ASGD has it after Bottou; x is the average.

    torch keeps the average beside its parameters, which are z here.
    """

    key = "asgd"
    title = "ASGD"
    family = AVERAGED
    summary = "Gradient descent whose result is the average of the way from step t₀ on."
    #: Where the gradient is taken, and the η of the next step.
    state = ("z", "e")

    learning_rate: float = learning_rate(1e-2)
    lambd: float = hyper(1e-4, "λ", "Decay of z, and of η.", high=1e3, slider=(0.0, 0.1))
    alpha: float = hyper(0.75, "α", "How fast η falls.", high=10.0, slider=(0.0, 1.0))
    t0: float = hyper(
        1e6,
        "t₀",
        "From this step on it averages: set it below the number of steps to see it.",
        high=1e12,
        slider=(1.0, 1e6),
        log=True,
    )
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return x if name == "z" else 0.0

    def look(self, x: Real, *state: Real) -> Real:  # noqa: D102
        return state[0]

    def step(self, t: int, x: Real, g: Real, z: Real, e: Real) -> tuple[Real, ...]:  # noqa: D102
        rate, lambd = self.learning_rate, self.lambd
        e = where(t == 1, rate, e)
        z *= 1 - lambd * e
        z -= e * g
        note("z", z, PATH_OF_STEPS)
        # torch works out for the next step what this one has of it
        since = t - 1 - self.t0
        x = where(since > 1, x + (z - x) / maximum(since, 1.0), z * 1.0)
        return x, z, rate / (1 + lambd * rate * t) ** self.alpha


def near(symbol: str) -> Any:
    """Declare how near the average the gradient is taken."""
    return hyper(0.9, symbol, "How near the average the gradient is taken.", high=1.0, slider=(0.0, 0.999))


def warmup() -> Any:
    """Declare the number of steps in which η rises."""
    return hyper(0.0, "T", "Number of steps in which η rises to what it is.", high=1e9, slider=(0.0, 1000.0))


@dataclass(frozen=True)
class ScheduleFreeSGD(Rule):
    """Schedule-free SGD. Defazio et al. (2024), equations 3 to 5; defaults and weights η² as the authors' code.

    x is the average that the method returns, y (where the gradient is taken) lies between it and z.
    """

    key = "schedule_free_sgd"
    title = "Schedule-free SGD"
    family = AVERAGED
    summary = "Averages as it goes, and takes the gradient near the average: no schedule is needed."
    #: The steps of SGD, the sum of weights and the largest η so far.
    state = ("z", "w", "r")

    learning_rate: float = learning_rate(1.0)
    momentum: float = near("β")
    warmup_steps: float = warmup()
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return x if name == "z" else 0.0

    def look(self, x: Real, *state: Real) -> Real:  # noqa: D102
        return (1 - self.momentum) * state[0] + self.momentum * x

    def step(self, t: int, x: Real, g: Real, z: Real, w: Real, r: Real) -> tuple[Real, ...]:  # noqa: D102
        rate = self.learning_rate * (t / maximum(self.warmup_steps, t))
        r = maximum(r, rate)
        note("r", r, LARGEST_RATE)
        w += r * r
        note("w", w, WEIGHT)
        z -= rate * g
        note("z", z, PATH_OF_STEPS)
        x += r * r / where(w > 0, w, 1.0) * (z - x)
        return x, z, w, r


@dataclass(frozen=True)
class ScheduleFreeAdamW(Rule):
    """Schedule-free AdamW. Defazio et al. (2024), algorithm 1; defaults and weights η² as the authors' code.

    As in the code, η has no share in the bias correction. x and y are those of `ScheduleFreeSGD`.
    """

    key = "schedule_free_adamw"
    title = "Schedule-free AdamW"
    family = AVERAGED
    telling_share = 0.01
    summary = "AdamW whose momentum is an average of the way: no schedule is needed."
    state = ("z", "v", "w", "r")

    learning_rate: float = learning_rate(2.5e-3)
    beta1: float = near("β₁")
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    warmup_steps: float = warmup()
    weight_decay: float = weight_decay()

    def initial(self, name: str, x: Real) -> Real:  # noqa: D102
        return x if name == "z" else 0.0

    def decay_to_gradient(self) -> float:  # noqa: D102
        return 0.0

    def look(self, x: Real, *state: Real) -> Real:  # noqa: D102
        return (1 - self.beta1) * state[0] + self.beta1 * x

    def step(self, t: int, x: Real, g: Real, z: Real, v: Real, w: Real, r: Real) -> tuple[Real, ...]:  # noqa: D102
        decay = self.weight_decay * self.look(x, z)
        rate = self.learning_rate * (t / maximum(self.warmup_steps, t))
        r = maximum(r, rate)
        note("r", r, LARGEST_RATE)
        w += r * r
        note("w", w, WEIGHT)
        v *= self.beta2
        note("β₂v", v, KEPT_SQUARE)
        v += (1 - self.beta2) * g * g
        note("v", v, SQUARE)
        z -= rate * (g / (sqrt(v / (1 - self.beta2**t)) + self.epsilon) + decay)
        note("z", z, PATH_OF_STEPS)
        x += r * r / where(w > 0, w, 1.0) * (z - x)
        return x, z, v, w, r
