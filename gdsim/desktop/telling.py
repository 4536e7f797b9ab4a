"""An η that shows something, for rules whose steps are about as long as it, whatever the slope."""

from __future__ import annotations

from dataclasses import replace

from gdsim.objectives import Objective
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


def telling_rate(key: str, objective: Objective) -> float | None:
    """An η for an optimizer, by its `Entry.id`, to one digit; None where it goes by the slope."""
    share = _SHARES.get(parts_of(key)[0])
    if share is None:
        return None
    low, high = objective.bounds.T
    return float(f"{share * float((high - low).min()):.1g}")


def switched_on(entry: Entry, experiment: Experiment) -> Entry:
    """An entry that takes part: with its own η where it has none yet and the shared one would show little."""
    on, telling = replace(entry, enabled=True), telling_rate(entry.key, experiment.objective)
    if telling is None or "learning_rate" in entry.values:
        return on
    followed = experiment.learning_rate
    if followed is not None and telling / _NEAR <= followed <= telling * _NEAR:
        return on
    return replace(on, values={**entry.values, "learning_rate": telling})
