"""The first fit that the command line chooses from a table of one's own, and how it says so."""

from __future__ import annotations

import argparse

from gdsim.objectives import MODEL_KEYS
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.first_fit import first_fit, fitted_options


def fitted(words: argparse.Namespace, experiment: Experiment) -> Experiment:
    """The experiment with the first fit that the window gives a table, unless an η was set.

    Numbers of a start or of bounds are those of weights that are not standardised.
    """
    if not _is_table(words, experiment):
        return experiment
    if experiment.learning_rate is not None or any("learning_rate" in e.values for e in experiment.optimizers):
        return experiment
    return first_fit(experiment, standardise=_may_be_standardised(words))


def _is_table(words: argparse.Namespace, experiment: Experiment) -> bool:
    data = experiment.data
    named = words.data is not None and data is not None and not data.key
    return named and experiment.function in MODEL_KEYS


def _may_be_standardised(words: argparse.Namespace) -> bool:
    return words.start is None and words.bounds is None


def fit_note(words: argparse.Namespace, asked: Experiment, fitted: Experiment) -> str:
    """Say what was chosen from the table, and the options that choose it otherwise, or what would be; "" if nothing."""
    if fitted.learning_rate == asked.learning_rate:
        return _size_note(fitted) if _is_table(words, fitted) and _may_be_standardised(words) else ""
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


def _size_note(experiment: Experiment) -> str:
    """Say that features are not standardised where the first fit would have them so; "" where all is well."""
    options = dict(experiment.options)
    if "standardise" in options or experiment.data is None:
        return ""
    if "standardise" not in fitted_options(options, experiment.data):
        return ""
    return "the features are far from 0 or of different size: --option standardise=true brings them to one size"
