"""Edits of models on data, without fetching models before one is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.edits.first_experiments import LEARNING_RATE
from gdsim.errors import GdsimError
from gdsim.objectives import MODEL_KEYS, Source
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.first_fit import first_start, fitted_rate
from gdsim.simulation.suited_rates import with_updated_rate

#: What the models are called in the list, by key, as their classes say it.
MODEL_TITLES = {
    "linear": "Linear regression",
    "logistic": "Logistic regression",
    "perceptron": "Perceptron",
    "network": "Network",
}
#: And one sentence on each.
MODEL_SUMMARIES = {
    "linear": "A line, or plane, through the examples: the surface is a bowl with one bottom.",
    "logistic": "A line that parts two classes: the surface has one valley, endless where a line parts them all.",
    "perceptron": "One neuron: a weighted sum and a bias through an activation.",
    "network": "A small network: hidden layers bend what one neuron can only cut straight.",
}
#: The fields that only models have, as a function that was typed needs them.
NO_MODEL: dict[str, Any] = {"data": None, "options": {}, "batch": 0}


def is_model(experiment: Experiment) -> bool:
    """Return whether what is descended is the cost of a model on examples."""
    return experiment.function in MODEL_KEYS


def effective_source(experiment: Experiment) -> Source:
    """The examples of a model, those it shows itself on if none were chosen."""
    from gdsim.objectives.data.models.model_kinds import MODELS

    return experiment.data or MODELS[str(experiment.function)].data


def _has_classes(source: Source) -> bool:
    from gdsim.objectives.data.lookup import dataset_of

    return bool(dataset_of(source).classes)


def kept_data(experiment: Experiment, key: str) -> dict[str, Any]:
    """Return what another model takes over: examples that were chosen, where it can be trained on them.

    Classes are numbers to linear regression: it takes them only if they would be lost otherwise.
    """
    source = experiment.data
    if not is_model(experiment) or source is None:
        return {}
    if key == "linear" and source.key and _has_classes(source):
        return {}
    options = {"standardise": True} if experiment.options.get("standardise") else {}
    fields: dict[str, Any] = {"data": source, "options": options}
    fresh: dict[str, Any] = {"function": key, "name": "", "parameters": {}, "start": None, "bounds": None, "batch": 0}
    try:
        replace(experiment, **fresh, **fields)
    except GdsimError:  # classes are asked for, and there are none
        return {}
    return fields


def own_rate(experiment: Experiment, base: Experiment) -> float | None:
    """The η that comes with the function of an experiment, where `base` is what was opened."""
    if not (is_model(experiment) or is_model(base)):
        return base.learning_rate
    if _fitted_on(experiment) == _fitted_on(base):
        return base.learning_rate
    if is_model(experiment):
        return fitted_rate(experiment)
    return LEARNING_RATE


def _fitted_on(experiment: Experiment) -> tuple[Any, ...]:
    """Return what the η of a model is chosen for."""
    return experiment.function, experiment.data, experiment.options


def own_start(experiment: Experiment, base: Experiment) -> tuple[float, ...] | None:
    """Return the start of an experiment that nobody moves; None: its function's. `base` is what was opened."""
    if base.function == experiment.function and base.options == experiment.options:
        if base.data == experiment.data:
            return base.start
        if base.start is not None and len(base.start) == experiment.objective.dimension:
            return base.start
    return first_start(experiment)


#: The fields whose first value comes with the function, where another one than was opened is descended.
_WITH_FUNCTION: dict[str, Callable[[Experiment, Experiment], Any]] = {"start": own_start, "learning_rate": own_rate}


def first_value(name: str, experiment: Experiment, base: Experiment) -> Any:
    """The value that a field of an experiment is reset to: as in `base`, which was opened, or that of its function."""
    own = _WITH_FUNCTION.get(name)
    return own(experiment, base) if own else getattr(base, name)


def retuned(after: Experiment, before: Experiment, base: Experiment) -> Experiment:
    """Another function with the η and the start that come with it, unless a person has chosen the η of `before`.

    So it is with the η of each optimizer that goes by no slope, where a model makes the distances others.
    """
    if before.learning_rate is not None and before.learning_rate == own_rate(before, base):
        after = replace(after, learning_rate=own_rate(after, base))
    if after.start is None:
        after = replace(after, start=first_start(after))
    if is_model(after) or is_model(before):
        after = replace(after, optimizers=tuple(with_updated_rate(entry, before, after) for entry in after.optimizers))
    return after


def held_still(experiment: Experiment) -> dict[str, Any]:
    """Start and bounds as they are now: what is looked at does not jump while examples are changed.

    Of many parameters a plane is looked at, which stays by itself, and a network's start is drawn from the seed.
    """
    objective = experiment.objective
    if experiment.function == "network":
        return {}
    start = experiment.start or objective.start
    if objective.dimension > 2:
        return {"start": start}
    return {"start": start, "bounds": tuple((float(low), float(high)) for low, high in objective.bounds)}


def source_title(source: Source) -> str:
    """Return the title of a set of examples."""
    from gdsim.objectives.data import DATASETS, SAMPLES

    if source.key:
        titles = {key: made.title for key, made in DATASETS.items()} | {
            key: made.title for key, made in SAMPLES.items()
        }
        return QCoreApplication.translate("Data", titles[source.key])
    return Path(source.path).name if source.path else QCoreApplication.translate("Data", "Own table")
