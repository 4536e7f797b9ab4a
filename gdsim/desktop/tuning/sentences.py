"""Sentences about a tuning: the rule spelled out, how long it takes, what one optimizer owes another."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Containment, Result, Tuned, Tuning
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule


def criterion_text(criterion: Criterion) -> str:
    """Say by what settings are judged."""
    return {
        Criterion.LOSS: _tr("median loss at the end"),
        Criterion.STEPS: _tr("median steps until a run converges"),
        Criterion.REACHED: _tr("share of runs at a global minimum"),
    }[criterion]


def rule_sentence(rule: TuningRule, experiment: Experiment) -> str:
    """The rule in a sentence."""
    text = _tr(
        "Every optimizer has {tries} tries, its present setting among them, each from {starts} random starts of "
        "{steps} steps, and keeps the best by {criterion}. The results are those from the {reported} starts of the "
        "race, from none of which a setting is tried."
    )
    return text.format(
        tries=rule.tries,
        starts=rule.starts,
        steps=experiment.steps,
        criterion=criterion_text(rule.criterion),
        reported=experiment.restarts + 1,
    )


def containment_text(pair: Containment, tuning: Tuning) -> str:
    """Say what holds, or not, between an optimizer and one that it contains."""
    larger, smaller = (optimizer_text(key, tuning.experiment) for key in (pair.larger, pair.smaller))
    runs = tuning.experiment.restarts + 1
    text = _tr(
        "{larger} holds {smaller} (β = 0), so its tuned result should be no worse: from {worse} of {runs} starts it is "
        "worse, from {better} better."
    )
    said = text.format(larger=larger, smaller=smaller, worse=pair.worse, better=pair.better, runs=runs)
    return (
        f"{said} {_tr('That is more than chance: its tries, its starts or its ranges did not suffice.')}"
        if pair.is_worse
        else said
    )


def loss_text(result: Result) -> str:
    """The median loss."""
    return show(median(result.loss), 3)


def steps_text(result: Result) -> str:
    """The median of the steps until a run converges; a dash where half of them do not."""
    steps = median(result.steps)
    return show_typed(steps) if math.isfinite(steps) else "–"


def reached_text(result: Result) -> str:
    """Runs that end at a global minimum, of all."""
    return f"{int(result.reached.sum())}/{len(result.reached)}"


def setting_text(found: Tuned) -> str:
    """The searched values before and after."""
    told = []
    for k, axis in enumerate(found.axes):
        before, after = float(found.tried[0, k]), float(found.tried[found.best, k])
        told.append(f"{axis.hyper.symbol} {show_typed(before, 3)}" + f" → {show_typed(after, 3)}" * (before != after))
    return ", ".join(told)


def median(values: np.ndarray) -> float:
    """The lower median, which is one of the values."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tuning", text)
