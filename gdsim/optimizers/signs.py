"""Rules that go by the sign of each coordinate, not by how steep it is."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.adam import beta1, beta2
from gdsim.optimizers.base import Rule, hyper, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, maximum, minimum, sign, where
from gdsim.optimizers.compiled.noting import note
from gdsim.optimizers.families import SIGNS, TUNING
from gdsim.optimizers.meanings import KEPT_MEAN, LENGTH_OF_STEP, MEAN, SIGNED, TURNED


@dataclass(frozen=True)
class SignSGD(Rule):
    """Sign SGD; with momentum, Signum. Bernstein, Wang, Azizzadenesheli & Anandkumar (2018), algorithms 1 and 2."""

    key = "signsgd"
    title = "Sign SGD"
    family = SIGNS
    telling_share = 0.003  # it ends bouncing as RMSProp does
    summary = "Every coordinate moves by η, whichever way is down."
    restless = "Sign SGD at one η keeps stepping to and fro over the bottom by η"
    swing = 0.5
    state = ("v",)

    learning_rate: float = learning_rate(1e-3)
    momentum: float = hyper(0.0, "β", "How slowly the average gradient forgets.", high=1.0, slider=(0.0, 0.999))
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real, v: Real) -> tuple[Real, ...]:  # noqa: D102
        v *= self.momentum
        note("βv", v, KEPT_MEAN)
        v += (1 - self.momentum) * g
        note("v", v, MEAN)
        x -= self.learning_rate * sign(v)
        return x, v


@dataclass(frozen=True)
class Lion(Rule):
    """Lion. Chen et al. (2023), algorithm 2; defaults as the authors' code, decoupled weight decay."""

    key = "lion"
    title = "Lion"
    family = SIGNS
    telling_share = 0.003
    summary = "The sign of momentum and gradient together: every coordinate moves by η."
    restless = "Lion at one η keeps swinging η to either side of the bottom"
    swing = 1.0
    state = ("m",)

    learning_rate: float = learning_rate(1e-4)
    beta1: float = beta1()
    beta2: float = beta2(0.99)
    weight_decay: float = weight_decay()

    def decay_to_gradient(self) -> float:  # noqa: D102
        return 0.0

    def decay_of_weights(self) -> float:  # noqa: D102
        return self.learning_rate * self.weight_decay

    def step(self, t: int, x: Real, g: Real, m: Real) -> tuple[Real, ...]:  # noqa: D102
        x -= self.learning_rate * sign(note("c", self.beta1 * m + (1 - self.beta1) * g, SIGNED))
        m *= self.beta2
        note("β₂m", m, KEPT_MEAN)
        m += (1 - self.beta2) * g
        note("m", m, MEAN)
        return x, m


@dataclass(frozen=True)
class Rprop(Rule):
    """Rprop. Riedmiller & Braun (1993); after a change of sign no step, and defaults, as torch.optim.Rprop."""

    key = "rprop"
    title = "Rprop"
    torch_class = "Rprop"
    family = TUNING
    summary = "Each coordinate's step grows while its slope keeps its sign, and is halved when that turns."
    #: The gradient before, 0 where its sign had turned; the length of the step.
    state = ("p", "s")

    learning_rate: float = learning_rate(1e-2)
    eta_minus: float = hyper(
        0.5,
        "η⁻",
        "What a step is multiplied by when the slope has turned.",
        low=1e-3,
        high=0.999,
        slider=(1e-3, 0.999),
        torch="etas",
    )
    eta_plus: float = hyper(
        1.2,
        "η⁺",
        "What a step is multiplied by while the slope keeps its sign.",
        low=1.001,
        high=10.0,
        slider=(1.001, 3.0),
        torch="etas",
    )
    step_min: float = hyper(
        1e-6, "Δmin", "The shortest step.", high=1e3, slider=(1e-9, 1.0), log=True, torch="step_sizes"
    )
    step_max: float = hyper(
        50.0, "Δmax", "The longest step.", high=1e6, slider=(1e-3, 1e3), log=True, torch="step_sizes"
    )

    def step(self, t: int, x: Real, g: Real, p: Real, s: Real) -> tuple[Real, ...]:  # noqa: D102
        turned = note("g·p", g * p, TURNED)
        s = where(t == 1, self.learning_rate, s)
        s *= where(turned > 0, self.eta_plus, where(turned < 0, self.eta_minus, 1.0))
        s = note("s", minimum(maximum(s, self.step_min), self.step_max), LENGTH_OF_STEP)
        p = where(turned < 0, 0.0, g)
        x -= sign(p) * s
        return x, p, s
