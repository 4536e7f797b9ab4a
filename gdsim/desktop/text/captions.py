"""The settings of an experiment in a line or two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import function_text, gradient_text, is_of_weights, name_text, rule_text, schedule_text
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import EXACT, Entry, Experiment


def title_of(experiment: Experiment) -> str:
    """The function, by name and formula."""
    return function_text(experiment.objective)


def caption_of(experiment: Experiment) -> str:
    """All that is needed to do it again."""
    return "; ".join([*_race(experiment), *_step(experiment), *_own(experiment)])


def _race(experiment: Experiment) -> Iterator[str]:
    """What is raced, from where and how long."""
    for name, value in getattr(experiment.objective, "parameters", {}).items():
        yield f"{name} = {show_typed(value)}"
    if experiment.ascent:
        yield _tr("ascent")
    start = experiment.start or experiment.objective.start
    if len(start) <= 2:
        yield _tr("start ({point})").format(point=", ".join(map(show_typed, start)))
    else:
        weights = is_of_weights(experiment.objective)
        yield (_tr("{count} weights") if weights else _tr("{count} coordinates")).format(count=len(start))
    if experiment.restarts:
        yield _tr("random restarts: {count}, seed {seed}").format(count=experiment.restarts, seed=experiment.seed)
    yield _tr("{steps} steps").format(steps=experiment.steps)
    if experiment.tolerance:
        yield _tr("tolerance {value}").format(value=show_typed(experiment.tolerance))
    if experiment.bounds and len(experiment.bounds) <= 2:
        box = " × ".join(f"[{show_typed(low)}, {show_typed(high)}]" for low, high in experiment.bounds)
        yield _tr("restarts in {box}").format(box=box)


def _step(experiment: Experiment) -> Iterator[str]:
    """What all optimizers share at a step."""
    if experiment.gradient != EXACT:
        yield gradient_text(experiment.gradient)
    if experiment.noise:
        noise = _tr("noise σ = {value}").format(value=show_typed(experiment.noise))
        # the seed of restarts is told with them
        yield noise if experiment.restarts else noise + _tr(", seed {seed}").format(seed=experiment.seed)
    if experiment.learning_rate is not None:
        yield f"η = {show_typed(experiment.learning_rate)}"
    if experiment.momentum is not None:
        yield f"β = {show_typed(experiment.momentum)}"
    if experiment.schedule is not None:
        yield _tr("schedule {name}").format(name=schedule_text(experiment.schedule))
    if experiment.clip:
        yield _tr("gradient cut to {length}").format(length=show_typed(experiment.clip))


def _own(experiment: Experiment) -> Iterator[str]:
    """What was set on single optimizers."""
    for entry in experiment.racing:
        namesakes = [other for other in experiment.racing if other.key == entry.key]
        # one of several is told even where nothing is set on it: there are more than one
        if (facts := list(_set_on(entry))) or len(namesakes) > 1:
            facts = facts or [_tr("nothing of its own")]
            yield f"{_called(experiment, entry)}: {', '.join(facts)}"


def _called(experiment: Experiment, entry: Entry) -> str:
    """Its name and, where that was typed, its rule; values that tell it apart follow anyway."""
    name = replace(experiment.names[entry.id], facts=())
    return f"{entry.name} ({rule_text(entry.key)})" if entry.name else name_text(name)


def _set_on(entry: Entry) -> Iterator[str]:
    for name, value in entry.values.items():
        yield f"{OPTIMIZERS[entry.key].hyper(name).symbol} = {show_typed(float(value))}"
    if entry.schedule is not None:
        yield _tr("schedule {name}").format(name=schedule_text(entry.schedule))
    if entry.clip is not None:
        cut = _tr("gradient cut to {length}").format(length=show_typed(entry.clip))
        yield cut if entry.clip else _tr("gradient not cut")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Caption", text)
