"""The first fit of a model: what is chosen for a person who has chosen nothing, so that it gets somewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gdsim.objectives.source import Source
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.suited_rates import with_suited_rate


def fitted_options(options: dict[str, Any], source: Source) -> dict[str, Any]:
    """The options of a model on a table of one's own: features are standardised where they need it."""
    from gdsim.objectives.data.lookup import dataset_of
    from gdsim.objectives.data.models.first_choices import needs_standardising

    others = {name: value for name, value in options.items() if name != "standardise"}
    return {**others, "standardise": True} if needs_standardising(dataset_of(source)) else others


def fitted_rate(experiment: Experiment) -> float:
    """The η with which plain descent gets somewhere; the experiment is of a model."""
    from gdsim.objectives.data.models.model_kinds import MODELS, suited_rate

    return suited_rate(MODELS[str(experiment.function)], experiment.objective)  # type: ignore[arg-type]  # it is one


def first_start(experiment: Experiment) -> tuple[float, ...] | None:
    """The start of a model of one layer on a table of one's own: weights of 0, which say something to everyone."""
    if experiment.function in ("linear", "logistic") and experiment.data is not None and not experiment.data.key:
        return (0.0,) * experiment.objective.dimension
    return None


def first_fit(experiment: Experiment, standardise: bool = True) -> Experiment:
    """An experiment on a table of one's own with what nobody has chosen from the table.

    That is whether its features are standardised, if they may be; η, also that of the rules which go by no slope; and
    the start.
    """
    assert experiment.data is not None  # it is on a table
    options = dict(experiment.options)
    if standardise and "standardise" not in options:
        options = fitted_options(options, experiment.data)
    fitted = replace(experiment, options=options)
    fitted = replace(fitted, learning_rate=fitted_rate(fitted), start=fitted.start or first_start(fitted))
    return replace(fitted, optimizers=tuple(with_suited_rate(entry, fitted) for entry in fitted.optimizers))
