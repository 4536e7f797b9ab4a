"""Gradient descent by the direction of the gradient alone."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.base import Rule, learning_rate, weight_decay
from gdsim.optimizers.compiled.elementwise import Real, sqrt, total, where
from gdsim.optimizers.families import PLAIN


@dataclass(frozen=True)
class NormalisedGD(Rule):
    """Normalised gradient descent. Hazan, Levy & Shalev-Shwartz (2015), algorithm 1; no step at a gradient of 0."""

    key = "normalised_gd"
    title = "Normalised GD"
    family = PLAIN
    telling_share = 0.01
    summary = "Every step is η long, straight down; no memory."
    restless = "Normalised gradient descent at one η keeps stepping to and fro over the bottom by η"
    swing = 0.5

    learning_rate: float = learning_rate(1e-3)
    weight_decay: float = weight_decay()

    def step(self, t: int, x: Real, g: Real) -> tuple[Real, ...]:  # noqa: D102
        length = sqrt(total(g * g))
        x -= self.learning_rate * g / where(length > 0, length, 1.0)
        return (x,)
