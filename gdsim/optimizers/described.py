"""A thing with hyperparameters that are described once: an update rule, a schedule."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError, UnknownNameError


@dataclass(frozen=True)
class Hyper:
    """Description of a hyperparameter: form, validation, files, command line and help read this.

    Attributes
    ----------
    name
        As the Python API spells it.
    default
        The value where none is given; its type (float, int for a whole number, or bool) is the type allowed.
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
    near_one
        Whether its distance from 1 tells more than its value: from 0.9 to 0.99 is as far as from 0.99 to 0.999.
    follows
        The name of the shared value (``learning_rate`` or ``momentum``) that this one follows while nothing
        is set on it; "" if none.
    torch
        As torch.optim spells it; "" where the name is the same. Those that are spelled alike are one tuple there.
    """

    name: str
    default: float | bool
    symbol: str
    meaning: str
    low: float = 0.0
    high: float = math.inf
    slider: tuple[float, float] = (0.0, 1.0)
    log: bool = False
    near_one: bool = False
    follows: str = ""
    torch: str = ""

    def check(self, value: object, owner: str = "") -> float | bool:
        """Give `value` as this parameter's type, or raise `GdsimError` naming it and its range."""
        field = f"{owner}.{self.name}" if owner else self.name
        if isinstance(self.default, bool):
            if isinstance(value, bool):
                return value
            raise GdsimError("{field} must be true or false, not {given}", field, given=repr(value))
        if isinstance(self.default, int):
            return as_count(value, field, int(self.low), int(self.high))
        return self._check_range(as_float(value, field), field)

    def _check_range(self, number: float, field: str) -> float:
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


def hyper(default: float | bool, symbol: str, meaning: str, **description: Any) -> Any:
    """Declare a hyperparameter of a rule; see `Hyper` for what may be described."""
    return dataclasses.field(default=default, metadata={"hyper": (default, symbol, meaning, description)})


@cache
def _described(kind: type[Described]) -> tuple[Hyper, ...]:
    found = []
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # every subclass is a dataclass
        if "hyper" in field.metadata:
            default, symbol, meaning, rest = field.metadata["hyper"]
            found.append(Hyper(field.name, default, symbol, meaning, **rest))
    return tuple(found)


class Described:
    """A frozen dataclass whose fields are declared with `hyper` and checked when it is made."""

    #: The word for a whole kind of these in a sentence.
    kind: ClassVar[str] = "thing"
    #: The key in its table, the name on screen and one sentence on what sets it apart.
    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for parameter in self.hypers():
            value = parameter.check(getattr(self, parameter.name), self.key)
            object.__setattr__(self, parameter.name, value)

    @classmethod
    def hypers(cls) -> tuple[Hyper, ...]:
        """The descriptions of its hyperparameters, in order of declaration."""
        return _described(cls)  # type: ignore[arg-type]  # a class is hashable

    @classmethod
    def hyper(cls, name: str) -> Hyper:
        """The description of one hyperparameter, or `UnknownNameError`."""
        for parameter in _described(cls):  # type: ignore[arg-type]  # a class is hashable
            if parameter.name == name:
                return parameter
        raise UnknownNameError(
            f"hyperparameter of {cls.key}", name, [p.name for p in cls.hypers()], field=f"{cls.key}.{name}"
        )
