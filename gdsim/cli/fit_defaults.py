"""The first fit that the command line chooses from a table of one's own, and how it says so."""

from __future__ import annotations

import argparse

from gdsim.objectives import MODEL_KEYS
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.first_fit import first_fit


def fitted(words: argparse.Namespace, experiment: Experiment) -> Experiment:
    """The experiment with the first fit that the window gives a table, unless an η was set.

    Numbers of a start or of bounds are those of weights that are not standardised.
    """
    data = experiment.data
    if words.data is None or data is None or data.key or experiment.function not in MODEL_KEYS:
        return experiment
    if experiment.learning_rate is not None or any("learning_rate" in e.values for e in experiment.optimizers):
        return experiment
    return first_fit(experiment, standardise=words.start is None and words.bounds is None)


def fit_note(asked: Experiment, fitted: Experiment) -> str:
    """Say what was chosen from the table, and the options that choose it otherwise; "" if nothing was."""
    if fitted.learning_rate == asked.learning_rate:
        return ""
    facts, ways = [f"η = {fitted.learning_rate:g}"], ["--learning-rate"]
    facts += [
        f"{entry.id}: η = {entry.values['learning_rate']:g}"
        for entry in fitted.optimizers
        if entry.enabled and "learning_rate" in entry.values
    ]
    if fitted.options != asked.options:
        facts.insert(0, "standardise = true")
        ways.insert(0, "--option standardise=false")
    return f"chosen from the table: {', '.join(facts)}; to choose otherwise: {', '.join(ways)}"
