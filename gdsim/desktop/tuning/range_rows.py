"""The ranges that are searched, a row a hyperparameter: pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gdsim.optimizers import Hyper, Rule
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.axis import AxisWords, axis_of
from gdsim.simulation.maps.scales import Scale, logarithm_of, natural_scale
from gdsim.simulation.maps.tuning_rule import TuningRule


@dataclass(frozen=True)
class RangeRow:
    """A hyperparameter of an optimizer, by `Entry.id`, with the range that is searched."""

    entry: str
    name: str
    low: float
    high: float
    scale: Scale

    @property
    def words(self) -> AxisWords:
        """The row as a rule has it."""
        return self.name, self.low, self.high, self.scale.value

    @property
    def log(self) -> bool:
        """Return whether it is logarithmic, in the value or in its distance from 1."""
        return self.scale is not Scale.LINEAR

    def with_log(self, rule: Rule, log: bool) -> RangeRow:
        """The row with the logarithmic scale that suits it, or without."""
        return replace(self, scale=logarithm_of(rule.hyper(self.name)) if log else Scale.LINEAR)

    def check(self, rule: Rule, title: str) -> None:
        """Raise `GdsimError` if the range is none; `title` is what a person calls the optimizer."""
        axis_of(self.words, rule, title)


def rows_of(experiment: Experiment, rule: TuningRule) -> list[RangeRow]:
    """The ranges of all optimizers that race, those that were given before or else the usual ones."""
    rows = []
    for entry, made in zip(experiment.racing, experiment.rules, strict=True):
        for axis in rule.axes(entry.id, made):
            rows.append(RangeRow(entry.id, axis.name, axis.low, axis.high, axis.scale))
    return rows


def ranges_of(rows: Iterable[RangeRow]) -> dict[str, tuple[AxisWords, ...]]:
    """The rows as a rule has them."""
    found: dict[str, tuple[AxisWords, ...]] = {}
    for row in rows:
        found[row.entry] = (*found.get(row.entry, ()), row.words)
    return found


def left_out(rule: Rule, entry: str, rows: Sequence[RangeRow]) -> list[Hyper]:
    """The hyperparameters of an optimizer that could be searched, too."""
    named = {row.name for row in rows if row.entry == entry}
    return [hyper for hyper in rule.hypers() if hyper.name not in named and not isinstance(hyper.default, bool)]


def added(hyper: Hyper, entry: str) -> RangeRow:
    """The range that a slider covers."""
    low, high = hyper.slider
    low = max(low, high * 1e-6) if hyper.log else low
    return RangeRow(entry, hyper.name, max(low, hyper.low), min(high, hyper.high), natural_scale(hyper))
