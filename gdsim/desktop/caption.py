"""The settings of an experiment in a line or two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.numbers import MINUS, show_short
from gdsim.desktop.words import function_text, known_text
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import Experiment


def title_of(experiment: Experiment) -> str:
    """The function, by name and formula."""
    return function_text(experiment.objective)


def caption_of(experiment: Experiment) -> str:
    """All that is needed to do it again."""
    start = experiment.start or experiment.objective.start
    facts = [
        _tr("start ({point})").format(point=", ".join(show_short(x) for x in start)),
        _tr("random restarts: {count}, seed {seed}").format(count=experiment.restarts, seed=experiment.seed)
        if experiment.restarts
        else "",
        _tr("{steps} steps").format(steps=experiment.steps),
        _tr("tolerance {value}").format(value=show_short(experiment.tolerance)) if experiment.tolerance else "",
        _tr("restarts in {box}").format(
            box=" × ".join(f"[{show_short(a)}, {show_short(b)}]" for a, b in experiment.bounds)
        )
        if experiment.bounds
        else "",
        f"η = {show_short(experiment.learning_rate)}" if experiment.learning_rate is not None else "",
        f"β = {show_short(experiment.momentum)}" if experiment.momentum is not None else "",
    ]
    for entry in experiment.racing:
        rule = OPTIMIZERS[entry.key]
        own = [f"{rule.hyper(name).symbol} = {show_short(float(value))}" for name, value in entry.values.items()]
        if own:
            facts.append(f"{known_text('Optimizer', rule.title)}: {', '.join(own)}")
    return "; ".join(fact for fact in facts if fact).replace("-", MINUS)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Caption", text)
