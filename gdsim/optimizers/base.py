"""Base of the update rules: frozen hyperparameters and one elementwise step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gdsim.optimizers.compiled.elementwise import Real
from gdsim.optimizers.described import Described, Hyper, hyper
from gdsim.optimizers.families import PLAIN, Family
from gdsim.optimizers.schedules import Schedule

__all__ = ["Hyper", "Rule", "epsilon", "hyper", "learning_rate", "weight_decay"]


def learning_rate(default: float, **description: Any) -> Any:
    """Declare the learning rate η; it follows the shared one unless told otherwise."""
    description = {"high": 1e3, "slider": (1e-6, 10.0), "log": True} | description
    description = {"follows": "learning_rate", "torch": "lr"} | description
    return hyper(default, "η", "Learning rate: how far one step goes.", **description)


def weight_decay(default: float = 0.0) -> Any:
    """Declare the weight decay λ."""
    return hyper(default, "λ", "Weight decay: pulls the point towards the origin.", high=1e3, slider=(0.0, 0.1))


def epsilon(default: float, **description: Any) -> Any:
    """Declare the small number that keeps a denominator from being zero."""
    meaning = "Keeps the denominator from being zero."
    description = {"high": 1.0, "slider": (1e-12, 1e-1), "log": True, "torch": "eps"} | description
    return hyper(default, "ε", meaning, **description)


@dataclass(frozen=True)
class Rule(Described):
    """An update rule: a page out of a paper.

    A subclass declares its hyperparameters with `hyper`, names its `state` and writes one elementwise
    `step`. It keeps no memory: state goes in and comes out.
    """

    kind = "optimizer"
    #: The rules it stands with where one is chosen.
    family: ClassVar[Family] = PLAIN
    #: Names of what a rule remembers from step to step, each of the shape of x.
    state: ClassVar[tuple[str, ...]] = ()
    #: Formula by which `limit` follows from the largest curvature λmax; "" where it does not.
    limit_formula: ClassVar[str] = ""
    #: Why it never settles with one η, the rest of a sentence that begins with "as"; "" where it does.
    restless: ClassVar[str] = ""
    #: By how many η it then swings to either side at most.
    swing: ClassVar[float] = 0.0
    #: Of a rule that divides the gradient by its own size, so that no scale of f matters to it but how far there is to
    #: go: the share of what is looked at that η is, to show something. 0 where steps go by the slope, as η does.
    telling_share: ClassVar[float] = 0.0
    #: Its class in torch.optim; "" for none: then its step is written out in a program for torch.
    torch_class: ClassVar[str] = ""

    def __post_init__(self) -> None:
        rate = getattr(self, "learning_rate", None)
        if isinstance(rate, Schedule):
            # checked when it was made; the number it starts from has the range of every η
            if rate.learning_rate is not None:
                self.hyper("learning_rate").check(rate.learning_rate, self.key)
            held = [p for p in self.hypers() if p.name != "learning_rate"]
        else:
            held = list(self.hypers())
        for parameter in held:
            object.__setattr__(self, parameter.name, parameter.check(getattr(self, parameter.name), self.key))

    def limit(self, curvature: float) -> float | None:
        """The largest η with which it settles at a minimum of curvature λ at most; None where none is known."""
        return None

    def torch_switches(self) -> tuple[str, ...]:
        """Switches of its class of torch.optim that are on, beside the hyperparameters."""
        return ()

    def initial(self, name: str, x: Real) -> Real:
        """Value of a state before the first step from x."""
        return 0.0

    def look(self, x: Real, *state: Real) -> Real:
        """Point at which the gradient of a step is taken: x, which is shown and judged, unless a rule has another."""
        return x

    def decay_to_gradient(self) -> float:
        """The λ for which λx, x as `look` says, is added to the gradient before the step (L2 penalty); 0 for none."""
        decay: float = getattr(self, "weight_decay", 0.0)
        return decay

    def decay_of_weights(self) -> float:
        """The share of x taken off before the step (decoupled weight decay); 0 for none."""
        return 0.0

    def step(self, t: int, x: Real, g: Real, *state: Real) -> tuple[Real, ...]:
        """Take one step.

        Parameters
        ----------
        t
            Number of this step, from 1.
        x, g, *state
            Position, gradient (where `look` says) and the rule's memory: a float each, or arrays of one shape. `g` is
            only read; x and state may be changed in place. A rule that calls `total` takes arrays of all coordinates,
            ``(d, …)``.

        Returns
        -------
        tuple
            The new x and the new state.
        """
        raise NotImplementedError
