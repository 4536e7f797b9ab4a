"""Values of several hyperparameters of one optimizer, set at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from gdsim.optimizers import rule_named
from gdsim.simulation.experiment import Entry, Experiment


def with_values(experiment: Experiment, key: str, values: Mapping[str, float]) -> Experiment:
    """Give an optimizer, by its `Entry.id`, other values: what follows a shared value has that changed for all.

    Where nothing is shared it gets a value of its own.
    """
    entry = next(entry for entry in experiment.optimizers if entry.id == key)
    shared: dict[str, Any] = {}
    own: dict[str, float | bool] = {}
    for name, value in values.items():
        follows = _followed(experiment, entry, name)
        if follows:
            shared[follows] = value
        else:
            own[name] = round(value) if isinstance(rule_named(entry.key).hyper(name).default, int) else value
    entries = tuple(
        dataclasses.replace(each, values={**each.values, **own}) if each is entry and own else each
        for each in experiment.optimizers
    )
    return dataclasses.replace(experiment, optimizers=entries, **shared)


def value_of(experiment: Experiment, key: str, name: str) -> float:
    """The value that a hyperparameter of an optimizer has."""
    entry = next(entry for entry in experiment.optimizers if entry.id == key)
    shared = {"learning_rate": experiment.learning_rate, "momentum": experiment.momentum}
    return float(getattr(entry.rule(shared), name))


def _followed(experiment: Experiment, entry: Entry, name: str) -> str:
    """The shared value that a hyperparameter follows; "" if none."""
    follows = rule_named(entry.key).hyper(name).follows
    shared = follows and name not in entry.values and getattr(experiment, follows) is not None
    return follows if shared else ""
