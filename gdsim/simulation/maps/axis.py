"""An axis of a map: a hyperparameter and the values of it that are tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdsim.checks import as_float
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.optimizers import Hyper, Rule

#: An axis as a person gives it: a name, the lowest and the highest value and, where it is not as a slider has it,
#: "log" or "linear".
AxisWords = Sequence[str | float]


@dataclass(frozen=True)
class Axis:
    """A hyperparameter from one value to another.

    Attributes
    ----------
    hyper
        Its description.
    low, high
        The ends of the range, which are values themselves.
    log
        Whether equal factors, and not equal differences, lie between two values.
    """

    hyper: Hyper
    low: float
    high: float
    log: bool

    @property
    def name(self) -> str:
        """The hyperparameter's name."""
        return self.hyper.name

    def values(self, count: int) -> Array:
        """So many values, ``(count,)``."""
        if not self.log:
            return np.linspace(self.low, self.high, count)
        # a logarithm rounds: in a narrow range beyond its ends, where a hyperparameter may have its bounds
        values: Array = np.clip(np.geomspace(self.low, self.high, count), self.low, self.high)
        values[[0, -1]] = self.low, self.high
        return values

    def at(self, shares: Array) -> Array:
        """The values at shares of the way from the lowest to the highest, ``(…)``."""
        if not self.log:
            return self.low + shares * (self.high - self.low)
        values: Array = self.low * (self.high / self.low) ** shares
        return np.clip(values, self.low, self.high)

    @cached_property
    def decades(self) -> float:
        """The width of a logarithmic range in powers of ten."""
        return float(np.log10(self.high / self.low))


def checked_words(words: object, field: str) -> tuple[str | float, ...]:
    """An axis as a person gives it, of whatever rule: a name and two finite numbers, maybe "log" or "linear"."""
    if isinstance(words, str) or not isinstance(words, Sequence) or len(words) not in (3, 4):
        raise GdsimError(
            "{field} must be a hyperparameter's name, its lowest and its highest value, not {given}",
            field,
            given=repr(words)[:60],
        )
    ends = [as_float(end, f"{field} {words[0]}") for end in words[1:3]]
    if len(words) == 4 and words[3] not in ("log", "linear"):
        raise GdsimError("{field} must be log or linear, not {given}", field, given=repr(words[3])[:60])
    return (str(words[0]), *ends, *words[3:])


def axis_of(words: object, rule: type[Rule] | Rule, field: str) -> Axis:
    """Read an axis ``(name, low, high)`` or ``(name, low, high, "log")``, or raise `GdsimError`."""
    words = checked_words(words, field)
    hyper = rule.hyper(str(words[0]))
    if isinstance(hyper.default, bool):
        raise GdsimError("{field}: {name} is yes or no, and no axis", field, name=hyper.name)
    low, high = (float(hyper.check(float(end), rule.key)) for end in words[1:3])
    scale = words[3] if len(words) == 4 else "log" if hyper.log else "linear"
    if not low < high:
        raise GdsimError("{field}: {low:.9g} … {high:.9g} is no range", field, low=low, high=high)
    if scale == "log" and low <= 0:
        raise GdsimError("{field} is logarithmic: its lowest value must be above 0, not {low:.9g}", field, low=low)
    return Axis(hyper, low, high, scale == "log")
