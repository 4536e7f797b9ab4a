"""What an update rule is: frozen hyperparameters and one elementwise step."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.optimizers.elementwise import Real


@dataclass(frozen=True)
class Hyper:
    """One hyperparameter, described once: form, validation, files, command line and help read this.

    Attributes
    ----------
    name
        As the Python API spells it.
    default
        The value where none is given; its type (float or bool) is the type allowed.
    symbol
        As a paper writes it: "η", "β₁".
    meaning
        One sentence for a person.
    low, high
        The closed range that is allowed.
    slider
        The range a slider covers; within [low, high].
    log
        Whether a slider is logarithmic.
    follows
        The name of the shared value (``learning_rate`` or ``momentum``) that this one follows while nothing
        is set on it; "" if none.
    """

    name: str
    default: float | bool
    symbol: str
    meaning: str
    low: float = 0.0
    high: float = math.inf
    slider: tuple[float, float] = (0.0, 1.0)
    log: bool = False
    follows: str = ""

    def check(self, value: object, owner: str = "") -> float | bool:
        """Give `value` as this parameter's type, or raise `GdsimError` naming it and its range."""
        field = f"{owner}.{self.name}" if owner else self.name
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
            raise GdsimError("{field} must be true or false, not {given}", field, given=repr(value))
        number = as_float(value, field)
        if not self.low <= number <= self.high:
            raise GdsimError(
                "{field} must be from {low:.9g} to {high:.9g}, not {given:.9g}"
                if math.isfinite(self.high)
                else "{field} must be {low:.9g} or more, not {given:.9g}",
                field,
                low=self.low,
                high=self.high,
                given=number,
            )
        return number


def as_float(value: object, field: str) -> float:
    """`value` as a finite float, or `GdsimError` naming the field."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise GdsimError("{field} must be a finite number, not {given}", field, given=_short(value))
    return number


def as_count(value: object, field: str, low: int, high: int) -> int:
    """`value` as a whole number in the closed range, or `GdsimError` naming the field."""
    number = as_float(value, field)
    if number != int(number):
        raise GdsimError("{field} must be a whole number, not {given}", field, given=_short(value))
    if not low <= number <= high:
        raise GdsimError(
            "{field} must be from {low} to {high}, not {given}",
            field,
            low=low,
            high=high,
            given=_short(value),
        )
    return int(number)


def _short(value: object) -> str:
    # a whole number is told as one, however it was typed
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    text = repr(int(value) if whole else value)  # type: ignore[call-overload]
    return text if len(text) <= 60 else text[:57] + "…"


def hyper(default: float | bool, symbol: str, meaning: str, **description: Any) -> Any:
    """Declare a hyperparameter of a rule; see `Hyper` for what may be described."""
    return dataclasses.field(default=default, metadata={"hyper": (default, symbol, meaning, description)})


def learning_rate(default: float, **description: Any) -> Any:
    """Declare the learning rate η; it follows the shared one unless told otherwise."""
    description = {"high": 1e3, "slider": (1e-6, 10.0), "log": True, "follows": "learning_rate"} | description
    return hyper(default, "η", "Learning rate: how far one step goes.", **description)


def weight_decay(default: float = 0.0) -> Any:
    """Declare the weight decay λ."""
    return hyper(default, "λ", "Weight decay: pulls the point towards the origin.", high=1e3, slider=(0.0, 0.1))


def epsilon(default: float) -> Any:
    """Declare the small number that keeps a denominator from being zero."""
    return hyper(default, "ε", "Keeps the denominator from being zero.", high=1.0, slider=(1e-12, 1e-1), log=True)


@cache
def _described(rule: type[Rule]) -> tuple[Hyper, ...]:
    found = []
    for field in dataclasses.fields(rule):
        default, symbol, meaning, rest = field.metadata["hyper"]
        found.append(Hyper(field.name, default, symbol, meaning, **rest))
    return tuple(found)


@dataclass(frozen=True)
class Rule:
    """An update rule: a page out of a paper.

    A subclass declares its hyperparameters with `hyper`, names its `state` and writes one elementwise
    `step`. It keeps no memory: state goes in and comes out.
    """

    #: The key in OPTIMIZERS, the name on screen and one sentence on what sets the rule apart.
    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    #: Names of what a rule remembers from step to step, each of the shape of x.
    state: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for parameter in self.hypers():
            value = parameter.check(getattr(self, parameter.name), self.key)
            object.__setattr__(self, parameter.name, value)

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The descriptions of this rule's hyperparameters, in order of declaration."""
        return _described(cls)  # type: ignore[arg-type]  # a class is hashable

    @classmethod
    def hyper(cls, name: str) -> Hyper:
        """The description of one hyperparameter, or `UnknownNameError`."""
        for parameter in cls.hypers():
            if parameter.name == name:
                return parameter
        raise UnknownNameError(
            f"hyperparameter of {cls.key}", name, [p.name for p in cls.hypers()], field=f"{cls.key}.{name}"
        )

    def initial(self, name: str) -> float:
        """What a state holds before the first step."""
        return 0.0

    def decay_to_gradient(self) -> float:
        """The λ for which λx is added to the gradient before the step (an L2 penalty); 0 for none."""
        decay: float = getattr(self, "weight_decay", 0.0)
        return decay

    def decay_of_weights(self) -> float:
        """The share of x taken off before the step (decoupled weight decay); 0 for none."""
        return 0.0

    def step(self, t: int, x: Real, g: Real, *state: Real) -> tuple[Real, ...]:
        """One update.

        Parameters
        ----------
        t
            Number of this step, from 1.
        x, g, *state
            Position, gradient and the rule's memory: a float each, or arrays of one shape. `g` is only
            read; x and state may be changed in place.

        Returns
        -------
        tuple
            The new x and the new state.
        """
        raise NotImplementedError
