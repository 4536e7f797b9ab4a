"""The tables of a tuning, for a terminal."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TextIO

import numpy as np

from gdsim.cli.advice_text import entry_words
from gdsim.cli.heading import heading
from gdsim.cli.terminal import DIGITS, aligned, counted, legible, number
from gdsim.objectives.base import Array
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Containment, Tuned, Tuning
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule
from gdsim.storage.tables import labels

_JUDGED = {
    Criterion.LOSS: "the median loss at the end",
    Criterion.STEPS: "the median steps until a run converges",
    Criterion.REACHED: "the share of runs at a global {extremum}",
}


def tuning_text(
    experiment: Experiment, found: Tuning, stream: TextIO | None, digits: int = DIGITS, chosen: str = ""
) -> str:
    """Tell what came of a tuning: the rule, before and after, the expected best of k tries, and what has to hold."""
    head = [*heading(experiment), *[chosen] * bool(chosen), _rule(found.rule, experiment)]
    if not found.is_whole:
        head.append("partial: it was stopped, and settings that were not tried count as the worst")
    named = labels(experiment.lanes)
    called = dict(zip([entry.id for entry in experiment.racing], named, strict=True))
    blocks = ["\n".join(head), _before_and_after(found, named, digits), _expected(found, named, digits)]
    blocks.append("\n".join(_contained(pair, called, experiment.restarts + 1) for pair in found.containments))
    options = " ".join(f"--optimizer {shlex.quote(entry_words(entry))}" for entry in found.experiment.racing)
    blocks.append(f"the best settings: {options}")
    return "\n\n".join(legible(block, stream) for block in blocks if block)


def _rule(rule: TuningRule, experiment: Experiment) -> str:
    """The rule in a sentence."""
    return (
        f"every optimizer: {rule.tries} tries, its present setting among them, each from "
        f"{counted(rule.starts, 'random start')}; the best by {_judged(rule.criterion, experiment)}\n"
        f"results: from the {counted(experiment.restarts + 1, 'start')} of the race, where none was tried"
    )


def _judged(criterion: Criterion, experiment: Experiment) -> str:
    return _JUDGED[criterion].format(extremum="maximum" if experiment.ascent else "minimum")


def _before_and_after(found: Tuning, named: list[str], digits: int) -> str:
    rows = [["optimizer", "loss before", "after", "steps before", "after", "global before", "after", "setting"]]
    for label, each in zip(named, found.optimizers, strict=True):
        pairs = each.before, each.after
        cells = [_finite(median(result.loss), digits, lost="lost") for result in pairs]
        cells += [_finite(median(result.steps), digits) for result in pairs]
        cells += [f"{int(result.reached.sum())}/{len(result.reached)}" for result in pairs]
        rows.append([label, *cells, _setting(each, digits)])
    return aligned(rows, range(1, 7), None)


def _setting(found: Tuned, digits: int) -> str:
    """The searched values, before and after."""
    write, told = partial(number, digits=digits), []
    for k, axis in enumerate(found.axes):
        before, after = float(found.tried[0, k]), float(found.tried[found.best, k])
        told.append(f"{axis.name} {write(before)}" + f" → {write(after)}" * (before != after))
    return ", ".join(told)


def _expected(found: Tuning, named: list[str], digits: int) -> str:
    """The expected best of k tried settings, for some k."""
    tries = found.rule.tries
    some = sorted({1, *(4**k for k in range(1, 8) if 4**k < tries), tries})
    sign = -1.0 if found.rule.criterion is Criterion.REACHED or _is_turned(found) else 1.0
    rows = [
        [f"expected best of k tries, by {_judged(found.rule.criterion, found.experiment)}", *(f"k = {k}" for k in some)]
    ]
    for label, each in zip(named, found.optimizers, strict=True):
        rows.append([label, *(_finite(sign * float(each.best_of[k - 1]), digits) for k in some)])
    return aligned(rows, range(1, len(rows[0])), None)


def _is_turned(found: Tuning) -> bool:
    """Return whether scores are losses of an ascent, which are counted so that the smaller is the better."""
    return found.experiment.ascent and found.rule.criterion is Criterion.LOSS


def _contained(pair: Containment, called: dict[str, str], runs: int) -> str:
    """Say what holds, or not, between an optimizer and one that it contains."""
    said = (
        f"{called[pair.larger]} holds {called[pair.smaller]} (β = 0), so that tuned it should be no worse: "
        f"from {pair.worse} of {counted(runs, 'start')} it is worse, from {pair.better} better"
    )
    return (
        f"{said}; that is more than chance: its tries, its starts or its ranges did not suffice"
        if pair.is_worse
        else said
    )


def median(values: Array) -> float:
    """The lower median, which is one of the values."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2])


def _finite(value: float, digits: int, lost: str = "–") -> str:
    return number(value, digits) if np.isfinite(value) else lost
