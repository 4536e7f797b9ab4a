"""Words of the options of maps as values."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace

from gdsim.checks import as_count, as_float
from gdsim.cli.values import as_number
from gdsim.errors import GdsimError, UnknownNameError, listed, shown
from gdsim.optimizers import OPTIMIZERS, Hyper, Method, Rule
from gdsim.simulation.course import Lane
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.maps.axis import Axis, axis_of
from gdsim.simulation.maps.limits import MOST_SIZE, checked_size, checked_threads
from gdsim.simulation.maps.settings import MEASURES
from gdsim.simulation.maps.sweeps import check_rates
from gdsim.storage.tables import labels

_USUAL_THREADS = 8
_BASIN_SIZE, _SETTING_SIZE = 512, 128


def threads(words: argparse.Namespace) -> int:
    """The number of threads; one a processor where nobody says."""
    if words.threads is None:
        return min(os.cpu_count() or 1, _USUAL_THREADS)
    return checked_threads(as_number(words.threads))


def basin_size(words: argparse.Namespace) -> int:
    """The number of pixels a side."""
    return _BASIN_SIZE if words.size is None else checked_size(as_number(words.size))


def setting_size(words: argparse.Namespace) -> tuple[int, int]:
    """The number of columns and of rows, written N or WxH."""
    if words.size is None:
        return _SETTING_SIZE, _SETTING_SIZE
    sides = words.size.replace("×", "x").split("x")
    if len(sides) > 2 or not all(sides):
        raise GdsimError(
            "size must be a number or two, such as 128 or 200x100, not '{given}'", "size", given=words.size
        )
    columns, rows = (checked_size(as_number(side)) for side in (sides[0], sides[-1]))
    return columns, rows


def plane(words: argparse.Namespace) -> tuple[str, str] | None:
    """The names of the two variables that are varied; None where nobody says."""
    if words.plane is None:
        return None
    names = [name.strip() for name in words.plane.split(",")]
    if len(names) != 2:
        raise GdsimError(
            "plane must be two variables, such as --plane x1,x2, not '{given}'", "plane", given=words.plane
        )
    return names[0], names[1]


def axes(words: argparse.Namespace, rule: Rule) -> tuple[Axis, Axis]:
    """The hyperparameters along --x and --y, of which each is another."""
    if len(_on_axes(rule)) < 2:
        raise GdsimError("{name} has no two settings that could be mapped", "optimizers", name=rule.title)
    x, y = _axis(words, "x", rule), _axis(words, "y", rule)
    if x.name == y.name:
        raise GdsimError("--x and --y must be two hyperparameters, not {name} twice", "y", name=x.name)
    return x, y


def _axis(words: argparse.Namespace, which: str, rule: Rule) -> Axis:
    """The hyperparameter along --x or --y, written ``learning_rate=1e-4,1``, maybe with a scale, ``,log``."""
    example = _first(rule) if which == "x" else _second(rule)
    text = getattr(words, f"{which}_axis")
    if text is None:
        raise GdsimError(
            "--{option} is missing: it names a hyperparameter and its range, such as --{option} {example}",
            which,
            option=which,
            example=example,
        )
    name, equals, rest = text.partition("=")
    ends = rest.split(",")
    if not equals or len(ends) not in (2, 3):
        raise GdsimError(
            "--{option} must be a hyperparameter and its range, such as --{option} {example}, not '{given}'",
            which,
            option=which,
            example=example,
            given=shown(text),
        )
    names = [hyper.name for hyper in rule.hypers()]
    if name not in names:
        raise UnknownNameError(f"hyperparameter of {rule.key}", name, names, field=which)
    return axis_of((name, *map(as_number, ends[:2]), *ends[2:]), rule, which)


def _second(rule: Rule) -> str:
    """An example of an axis beside that of η."""
    hypers = [hyper for hyper in _on_axes(rule) if hyper.name != "learning_rate"]
    if isinstance(rule, Method):
        return _range_of(hypers[1])
    return f"{hypers[0].name}=0,0.99" if hypers else "learning_rate=1e-4,1"


def _first(rule: Rule) -> str:
    """An example of an axis: that of η, where there is one."""
    return _range_of(_on_axes(rule)[0]) if isinstance(rule, Method) else "learning_rate=1e-4,1"


def _range_of(hyper: Hyper) -> str:
    low, high = hyper.slider
    return f"{hyper.name}={low:g},{high:g}"


def _on_axes(rule: Rule) -> list[Hyper]:
    """The hyperparameters that are numbers."""
    return [hyper for hyper in rule.hypers() if not isinstance(hyper.default, bool)]


def measure(words: argparse.Namespace) -> str:
    """The measure that cells are judged by."""
    if words.measure is None:
        return MEASURES[0]
    if words.measure not in MEASURES:
        raise UnknownNameError("measure", words.measure, MEASURES, "measure")
    return str(words.measure)


def rates(words: argparse.Namespace, lanes: Sequence[Lane]) -> Axis:
    """The learning rates of a sweep, as an axis."""
    check_rates(lanes)
    ends = ["1e-05", "10"] if words.rates is None else words.rates.split(",")
    if len(ends) != 2:
        raise GdsimError(
            "rates must be the least and the largest learning rate, such as --rates 1e-5,10, not '{given}'",
            "rates",
            given=shown(words.rates),
        )
    return axis_of(("learning_rate", *map(as_number, ends), "log"), lanes[0].rule, "rates")


def count(words: argparse.Namespace) -> int:
    """The number of learning rates."""
    return 121 if words.count is None else as_count(as_number(words.count), "count", 2, MOST_SIZE)


def goal(words: argparse.Namespace) -> float | None:
    """The value of f that makes a learning rate workable; None where nobody says."""
    return None if words.goal is None else as_float(as_number(words.goal), "target")


def chosen_of(words: argparse.Namespace, opened: Experiment) -> Entry | None:
    """The one optimizer of a file that --optimizer names; None where it says what to run itself."""
    texts: Sequence[str] = words.optimizers or ()
    if len(texts) != 1 or ":" in texts[0]:
        return None
    found = _called(texts[0], opened.optimizers)
    if len(found) > 1:
        raise GdsimError(
            "a map is of one optimizer, and the file has {count} called {given}: give one a name of its own",
            "optimizers",
            count=len(found),
            given=texts[0],
        )
    if not found and texts[0] not in OPTIMIZERS:
        names = [entry.name for entry in opened.optimizers if entry.name]
        raise UnknownNameError("optimizer", texts[0], [*names, *OPTIMIZERS], "optimizers")
    return replace(found[0], enabled=True) if found else None


def _called(name: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a name; else those of a rule that take part, else all of that rule."""
    named = [entry for entry in entries if entry.name == name]
    of_rule = [entry for entry in entries if entry.key == name]
    return named or [entry for entry in of_rule if entry.enabled] or of_rule


def check_one(experiment: Experiment) -> None:
    """Raise `GdsimError` unless one optimizer takes part."""
    lanes = experiment.lanes
    if not lanes:
        raise GdsimError("no optimizer takes part: name one with --optimizer", "optimizers")
    if len(lanes) > 1:
        raise GdsimError(
            "a map is of one optimizer, not of {count} ({names}): name one with --optimizer",
            "optimizers",
            count=len(lanes),
            names=listed(labels(lanes)),
        )
