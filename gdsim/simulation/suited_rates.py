"""An η that shows something, for rules whose steps are about as long as it, whatever the slope."""

from __future__ import annotations

from dataclasses import replace

from gdsim.objectives import Objective
from gdsim.optimizers import rule_named
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import parts_of

#: By rule, the share of what is looked at that η is. These rules divide the gradient by its own size, so that no scale
#: of f matters to them but how far they have to go: with a hundredth, Adam crosses what is seen in some hundred steps.
#: AdaGrad's steps shrink from the first one on, and it needs longer ones; RMSProp ends bouncing at ±η/2, and wants
#: shorter ones. All others go by the slope, as the shared η does, and follow it: RAdam, too, whose first steps are
#: momentum's, and AdaDelta, which has no such η.
_SHARES = {
    "adagrad": 0.05,
    "rmsprop": 0.003,
    **dict.fromkeys(("adam", "adamw", "amsgrad", "adamax", "nadam"), 0.01),
}
#: A shared η within this factor of it does as well, and then it is better to follow: one slider turns all.
_NEAR = 4.0


def suited_rate(key: str, objective: Objective) -> float | None:
    """An η for an optimizer, by its `Entry.id`, to one digit; None where it goes by the slope."""
    share = _SHARES.get(parts_of(key)[0])
    if share is None:
        return None
    low, high = objective.bounds.T
    most = rule_named(parts_of(key)[0]).hyper("learning_rate").high
    return min(float(f"{share * float((high - low).min()):.1g}"), most)


def with_suited_rate(entry: Entry, experiment: Experiment) -> Entry:
    """An entry with its own η where it has none yet and the shared one would show little."""
    telling = suited_rate(entry.key, experiment.objective)
    if telling is None or "learning_rate" in entry.values:
        return entry
    followed = experiment.learning_rate
    if followed is not None and telling / _NEAR <= followed <= telling * _NEAR:
        return entry
    return replace(entry, values={**entry.values, "learning_rate": telling})


def switched_on(entry: Entry, experiment: Experiment) -> Entry:
    """An entry that takes part, with an η that tells; see `with_suited_rate`."""
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
