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
from gdsim.simulation.maps.scales import Scale, natural_scale

#: An axis as a person gives it: a name, the lowest and the highest value and, where it is not as a slider has it, a
#: `Scale`: "log", "linear" or "log1m".
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
    scale
        What lies evenly along it.
    """

    hyper: Hyper
    low: float
    high: float
    scale: Scale

    @property
    def name(self) -> str:
        """The hyperparameter's name."""
        return self.hyper.name

    @property
    def log(self) -> bool:
        """Return whether equal factors lie between two values."""
        return self.scale is Scale.LOG

    def values(self, count: int) -> Array:
        """So many values, ``(count,)``."""
        return self.scale.spread(self.low, self.high, count)

    def at(self, shares: Array) -> Array:
        """The values at shares of the way from the lowest to the highest, ``(…)``."""
        return self.scale.between(self.low, self.high, shares)

    def place(self, value: float) -> float:
        """The place of a value; of one out of the range, that of its end where it would have none."""
        low = self.low if self.scale is Scale.LOG else -np.inf
        high = self.high if self.scale is Scale.LOG1M else np.inf
        return float(self.scale.places(np.array(min(max(value, low), high))))

    def places(self, values: Array) -> Array:
        """The places of values within the range, ``(…)``."""
        return self.scale.places(values)

    @cached_property
    def decades(self) -> float:
        """The width of a logarithmic range in powers of ten."""
        return float(np.log10(self.high / self.low))


def checked_words(words: object, field: str) -> tuple[str | float, ...]:
    """An axis as a person gives it, of whatever rule: a name and two finite numbers, maybe a scale."""
    if isinstance(words, str) or not isinstance(words, Sequence) or len(words) not in (3, 4):
        raise GdsimError(
            "{field} must be a hyperparameter's name, its lowest and its highest value, not {given}",
            field,
            given=repr(words)[:60],
        )
    ends = [as_float(end, f"{field} {words[0]}") for end in words[1:3]]
    if len(words) == 4 and words[3] not in tuple(Scale):
        raise GdsimError("{field} must be log, linear or log1m, not {given}", field, given=repr(words[3])[:60])
    return (str(words[0]), *ends, *words[3:])


def axis_of(words: object, rule: type[Rule] | Rule, field: str) -> Axis:
    """Read an axis ``(name, low, high)`` or ``(name, low, high, scale)``, or raise `GdsimError`."""
    words = checked_words(words, field)
    hyper = rule.hyper(str(words[0]))
    if isinstance(hyper.default, bool):
        raise GdsimError("{field}: {name} is yes or no, and no axis", field, name=hyper.name)
    low, high = (float(hyper.check(float(end), rule.key)) for end in words[1:3])
    scale = Scale(str(words[3])) if len(words) == 4 else natural_scale(hyper)
    if not low < high:
        raise GdsimError("{field}: {low:.9g} … {high:.9g} is no range", field, low=low, high=high)
    if scale is Scale.LOG and low <= 0:
        raise GdsimError("{field} is logarithmic: its lowest value must be above 0, not {low:.9g}", field, low=low)
    if scale is Scale.LOG1M and high >= 1:
        text = "{field} is logarithmic in 1 − {name}: its highest value must be below 1, not {high:.9g}"
        raise GdsimError(text, field, name=hyper.name, high=high)
    return Axis(hyper, low, high, scale)
