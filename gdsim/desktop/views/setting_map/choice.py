"""The choice of a setting map: which hyperparameters are on its axes, over which ranges, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gdsim.optimizers import Hyper, Rule
from gdsim.simulation.maps.axis import Axis, axis_of
from gdsim.simulation.maps.scales import Scale, natural_scale

Range = tuple[float, float]
#: A logarithmic axis begins no farther below its end than this: beyond, runs hardly move.
_DECADES = 1e5


@dataclass(frozen=True)
class Choice:
    """Choices of a person, as far as they made any.

    Attributes
    ----------
    names
        The hyperparameters on the axes of each rule, by its key.
    ranges
        From where to where, by key of the rule and name of the hyperparameter.
    scales
        What lies evenly along the axis, likewise.
    measure
        What a cell is judged by.
    median
        Whether all restarts count, and not the start alone.
    """

    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    ranges: dict[tuple[str, str], Range] = field(default_factory=dict)
    scales: dict[tuple[str, str], Scale] = field(default_factory=dict)
    measure: str = "steps"
    median: bool = False

    def axis_names(self, rule: type[Rule]) -> tuple[str, str]:
        """The hyperparameters across and up."""
        return self.names.get(rule.key) or first_names(rule)

    def axes(self, rule: type[Rule]) -> tuple[Axis, Axis]:
        """The axes of a map of a rule."""
        x, y = (rule.hyper(name) for name in self.axis_names(rule))
        return self._axis(rule, x), self._axis(rule, y)

    def _axis(self, rule: type[Rule], hyper: Hyper) -> Axis:
        low, high = self.ranges.get((rule.key, hyper.name), first_range(hyper))
        return axis_of((hyper.name, low, high, self._scale(rule, hyper)), rule, hyper.symbol)

    def _scale(self, rule: type[Rule], hyper: Hyper) -> Scale:
        return self.scales.get((rule.key, hyper.name), natural_scale(hyper))

    def with_name(self, rule: type[Rule], place: int, name: str) -> Choice:
        """The choice with another hyperparameter across (0) or up (1); one from the other axis changes places."""
        names = list(self.axis_names(rule))
        if names[1 - place] == name:
            names[1 - place] = names[place]
        names[place] = name
        return replace(self, names={**self.names, rule.key: (names[0], names[1])})

    def with_range(self, rule: type[Rule], name: str, low: float, high: float) -> Choice:
        """The choice with another range, or `GdsimError` if that is none."""
        hyper = rule.hyper(name)
        axis_of((name, low, high, self._scale(rule, hyper)), rule, hyper.symbol)
        return replace(self, ranges={**self.ranges, (rule.key, name): (low, high)})

    def with_scale(self, rule: type[Rule], name: str, scale: Scale) -> Choice:
        """The choice with another scale; a range that it cannot have is as at first."""
        hyper, key = rule.hyper(name), (rule.key, name)
        ranges = dict(self.ranges)
        low, high = ranges.get(key, first_range(hyper))
        if (scale is Scale.LOG and low <= 0) or (scale is Scale.LOG1M and high >= 1):
            ranges.pop(key, None)
        return replace(self, ranges=ranges, scales={**self.scales, key: scale})


def first_range(hyper: Hyper) -> Range:
    """The range that is shown at first: that of the slider, of a logarithmic one its upper part."""
    low, high = hyper.slider
    return (max(low, high / _DECADES), high) if hyper.log else (low, high)


def scales_of(hyper: Hyper) -> tuple[Scale, ...]:
    """Return the scales that an axis of a hyperparameter can have, the natural one first."""
    if hyper.log:
        return Scale.LOG, Scale.LINEAR
    return (Scale.LINEAR, Scale.LOG1M) if hyper.near_one else (Scale.LINEAR,)


def offered(rule: type[Rule]) -> tuple[Hyper, ...]:
    """Return the hyperparameters that can be on an axis: all but those that are yes or no."""
    return tuple(hyper for hyper in rule.hypers() if not isinstance(hyper.default, bool))


def is_mappable(rule: type[Rule]) -> bool:
    """Return whether a rule has two hyperparameters for the axes."""
    return len(offered(rule)) >= 2


def first_names(rule: type[Rule]) -> tuple[str, str]:
    """Return what is on the axes at first: η and β where the rule has both, else η and what comes after it."""
    names = [hyper.name for hyper in offered(rule)]
    return names[0], "momentum" if "momentum" in names[1:] else names[1]
