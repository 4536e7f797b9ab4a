"""The advice that `gdsim run` prints under its table: what was tried, and the options that take it."""

from __future__ import annotations

import shlex
from typing import Any, TextIO

from gdsim.cli.terminal import legible
from gdsim.optimizers import Schedule
from gdsim.simulation.advice.advice import Advice, settings_of
from gdsim.simulation.advice.advising import advise
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import labels


def advised(experiment: Experiment, race: Trajectories, stream: TextIO | None) -> str:
    """Write a line for each optimizer that needs advice."""
    lines = []
    for place, label in enumerate(labels(race.lanes)):
        if advice := advise(experiment, place, race):
            options = " ".join(["", *options_of(experiment, advice)]) if advice.changes else ""
            lines.append(legible(f"{label}: {advice}{':' * bool(options)}{options}", stream))
    return "\n".join(lines)


def options_of(experiment: Experiment, advice: Advice) -> list[str]:
    """The options that say on the command line what is advised."""
    changed = advice.applied(experiment)
    of_all: dict[str, list[str]] = {
        "steps": [f"--steps {changed.steps}"],
        "gradient": [f"--gradient {changed.gradient.key}"],
        "start": ["--start=" + ",".join(map(repr, changed.start or ()))],
        "standardise": ["--option standardise=true"],
    }
    names = dict(advice.changes)
    entries = (entry for entry in changed.optimizers if entry.id == advice.optimizer)
    own = [f"--optimizer {shlex.quote(entry_words(entry))}" for entry in entries] if set(names) - set(of_all) else []
    return [*own, *(option for name in names for option in of_all.get(name, ()))]


def entry_words(entry: Entry) -> str:
    """An optimizer as it is written after --optimizer."""
    settings = {name: _spelled(value) for name, value in entry.values.items()}
    if entry.schedule is not None:
        settings |= {"schedule": entry.schedule.key} | _settings(entry.schedule)
    if entry.clip is not None:
        settings["clip"] = _spelled(entry.clip)
    if entry.name and "," not in entry.name:  # a comma would end it
        settings["name"] = entry.name
    words = ",".join(f"{name}={value}" for name, value in settings.items())
    return f"{entry.key}:{words}" if words else entry.key


def _settings(schedule: Schedule) -> dict[str, str]:
    return {f"schedule.{name}": _spelled(value) for name, value in settings_of(schedule)}


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)
