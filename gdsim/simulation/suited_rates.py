"""An η that shows something, for rules whose steps are about as long as it, whatever the slope."""

from __future__ import annotations

from dataclasses import replace

from gdsim.objectives import Objective
from gdsim.optimizers import rule_named
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import parts_of

#: A shared η within this factor of it does as well, and then it is better to follow: one slider turns all.
_NEAR = 4.0


def suited_rate(key: str, objective: Objective) -> float | None:
    """An η for an optimizer, by its `Entry.id`, to one digit; None where it goes by the slope."""
    rule = rule_named(parts_of(key)[0])
    if not rule.telling_share:
        return None
    low, high = objective.bounds.T
    share = rule.telling_share * float((high - low).min())
    return min(float(f"{share:.1g}"), rule.hyper("learning_rate").high)


def with_suited_rate(entry: Entry, experiment: Experiment) -> Entry:
    """An entry with its own η where it has none yet and the shared one would show little."""
    suited = suited_rate(entry.key, experiment.objective)
    if suited is None or "learning_rate" in entry.values:
        return entry
    followed = experiment.learning_rate
    if followed is not None and suited / _NEAR <= followed <= suited * _NEAR:
        return entry
    return replace(entry, values={**entry.values, "learning_rate": suited})


def switched_on(entry: Entry, experiment: Experiment) -> Entry:
    """An entry that takes part, with an η that suits what is seen; see `with_suited_rate`."""
    return with_suited_rate(replace(entry, enabled=True), experiment)


def with_updated_rate(entry: Entry, before: Experiment, after: Experiment) -> Entry:
    """An entry in another experiment: an η that was made for what was looked at before is made for that one anew.

    One that a person has set, or taken away, stays.
    """
    own = entry.values.get("learning_rate")
    if own is None:
        theirs = entry.enabled and with_suited_rate(entry, before) == entry
    else:
        theirs = own == suited_rate(entry.key, before.objective)
    if not theirs:
        return entry
    values = {name: value for name, value in entry.values.items() if name != "learning_rate"}
    return with_suited_rate(replace(entry, values=values), after)
