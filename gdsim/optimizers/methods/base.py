"""Base of the methods: frozen hyperparameters, and a way down that asks for what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gdsim.optimizers.base import Rule, hyper
from gdsim.optimizers.families import LINE_SEARCH, Family
from gdsim.optimizers.methods.problem import Problem, Vector


@dataclass(frozen=True)
class Method(Rule):
    """An optimizer that moves by more than one gradient a step: it is no elementwise `step`, but a `run`.

    A subclass declares its hyperparameters with `hyper`. It has no learning rate, so that nothing shared, and no
    schedule or clipping, has to do with it; and as it compares several points, the function must stay the same.
    """

    family: ClassVar[Family] = LINE_SEARCH
    #: How many derivatives it asks for.
    order: ClassVar[int] = 1
    #: Whether it keeps a matrix of d by d numbers, or works with one.
    is_square: ClassVar[bool] = False

    def run(self, problem: Problem, start: Vector) -> None:
        """Go down from `start` ``(d,)``, telling `problem` of every iterate; return where it can go no farther."""
        raise NotImplementedError


def first_length() -> Any:
    """Declare the length that is tried first, in lengths of the gradient."""
    return hyper(
        1.0, "α₀", "The step that is tried first, in gradients.", low=1e-12, high=1e6, log=True, slider=(1e-4, 10.0)
    )


#: Armijo's share is below the other one in a pair, whatever both are.
_BELOW, _ABOVE = 0.099, 0.1


def armijo(high: float = 0.5) -> Any:
    """Declare the share of the promised decrease that a step must bring."""
    meaning = "Which share of the decrease that the slope promises a step must bring."
    return hyper(1e-4, "c₁", meaning, low=1e-12, high=high, log=True, slider=(1e-6, high))


def armijo_of_pair() -> Any:
    """Declare the same where `curvature` stands beside it."""
    return armijo(_BELOW)


def curvature(default: float) -> Any:
    """Declare the share of its slope that a line may keep at the end of a step."""
    meaning = "Which share of its slope the line may still have at the end of a step."
    return hyper(default, "c₂", meaning, low=_ABOVE, high=1 - 1e-6, slider=(_ABOVE, 0.99))


def shrinking() -> Any:
    """Declare what a step that is too long is multiplied by."""
    return hyper(0.5, "ρ", "What a step that is too long is multiplied by.", low=0.01, high=0.99, slider=(0.1, 0.9))
