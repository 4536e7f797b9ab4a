"""Commands of maps as jobs: what the words ask for, what works it out, and what is made of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from gdsim.cli.arguments import digits
from gdsim.cli.fit_defaults import fit_note
from gdsim.cli.maps import values
from gdsim.cli.maps.progress import Progress
from gdsim.cli.maps.sweep_table import Swept, sweep_text
from gdsim.cli.maps.tables import basin_text, judged_by, setting_text
from gdsim.cli.prepared import prepared
from gdsim.errors import GdsimError
from gdsim.objectives.interruption import InterruptedWorkError, interruptible
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.api import basins_of, grid_of
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.limits import check_work
from gdsim.simulation.maps.range_tests import range_test
from gdsim.simulation.maps.settings import SettingMap, settings_map
from gdsim.simulation.maps.sweeps import sweep_of
from gdsim.storage.maps import basin_arrays, setting_arrays, sweep_arrays

#: A range test takes as many steps as the race, but no fewer and no more than these.
_FEWEST_STEPS, _MOST_STEPS = 100, 1000


@dataclass(frozen=True)
class Job:
    """Work on a map, and what is made of it.

    Attributes
    ----------
    work
        Works it out.
    text
        What is printed of it.
    arrays
        The arrays that are written of it.
    picture, drawn
        The name of the function that draws it, and what it takes beside the file.
    """

    work: Callable[[Progress], Any]
    text: Callable[[Any], str]
    arrays: Callable[[Any], dict[str, Any]]
    picture: str
    drawn: Callable[[Any], tuple[Any, ...]]


def job_of(words: argparse.Namespace) -> Job:
    """Return the job that the words of a map or a sweep ask for, or raise `GdsimError`."""
    return {"map basin": _basin, "map setting": _setting, "sweep": _sweep}[words.command](words)


def _basin(words: argparse.Namespace) -> Job:
    shown, threads, size, plane = digits(words), values.threads(words), values.basin_size(words), values.plane(words)
    if words.restarts is not None:
        raise GdsimError("--restarts is not for gdsim map basin: a run starts from every pixel", "restarts")
    asked, raced = prepared(words, partial(values.chosen_of, words))
    values.check_one(raced)
    grid = grid_of(raced, size, plane)
    return Job(
        work=lambda progress: basins_of(raced, raced.racing[0].id, grid, progress.pulse, threads),
        text=lambda found: basin_text(raced, found, sys.stdout, shown, fit_note(words, asked, raced)),
        arrays=lambda found: basin_arrays(found, raced),
        picture="save_basins",
        drawn=lambda found: (raced, found),
    )


def _setting(words: argparse.Namespace) -> Job:
    shown, threads = digits(words), values.threads(words)
    measure, (columns, rows) = values.measure(words), values.setting_size(words)
    asked, raced = prepared(words, partial(values.chosen_of, words))
    values.check_one(raced)
    axes = values.axes(words, raced.lanes[0].rule)
    check_work(rows * columns * (raced.restarts + 1), raced.steps, raced.objective.effort)
    return Job(
        work=lambda progress: _settings(raced, axes, (rows, columns), measure, threads, progress),
        text=lambda found: setting_text(raced, found, measure, sys.stdout, shown, fit_note(words, asked, raced)),
        arrays=lambda found: setting_arrays(found, raced),
        picture="save_settings",
        drawn=lambda found: (raced, found, judged_by(found, measure)),
    )


def _settings(
    raced: Experiment, axes: tuple[Axis, Axis], size: tuple[int, int], measure: str, threads: int, progress: Progress
) -> SettingMap:
    """Work a setting map out; rates are left out where there was no time for them."""
    ends = raced.steps, raced.tolerance
    found = settings_map(raced.course, raced.lanes[0], axes, raced.starts, size, *ends, progress.pulse, threads)
    if measure == "rate" and not progress.stopped:
        progress.say("measuring rates …")
        try:
            with interruptible(lambda: progress.stopped):
                found.rate  # noqa: B018  # it stays known
        except InterruptedWorkError:
            pass
    return found


def _sweep(words: argparse.Namespace) -> Job:
    shown, threads = digits(words), values.threads(words)
    count, goal = values.count(words), values.goal(words)
    asked, raced = prepared(words)
    axis = values.rates(words, raced.lanes)
    check_work(len(raced.lanes) * count * (raced.restarts + 1), raced.steps, raced.objective.effort)
    return Job(
        work=lambda progress: _swept(raced, axis, count, goal, threads, progress),
        text=lambda found: sweep_text(raced, found, sys.stdout, shown, fit_note(words, asked, raced)),
        arrays=lambda found: sweep_arrays(found.sweep, raced, found.tests),
        picture="save_sweep",
        drawn=lambda found: (raced, found.sweep, found.tests),
    )


def _swept(raced: Experiment, axis: Axis, count: int, goal: float | None, threads: int, progress: Progress) -> Swept:
    """Work a sweep out, and the range test of each optimizer; none where it was stopped."""
    course, lanes, starts = raced.course, raced.lanes, raced.starts
    ends = raced.steps, raced.tolerance
    sweep = sweep_of(course, lanes, axis, count, starts, *ends, goal, progress.pulse, threads)
    progress.say("range tests …")
    tests = [] if progress.stopped else [_range_test(raced, k, axis) for k in range(len(lanes))]
    return Swept(sweep, tuple(tests))


def _range_test(raced: Experiment, lane: int, axis: Axis) -> Any:
    steps = min(max(raced.steps, _FEWEST_STEPS), _MOST_STEPS)
    return range_test(raced.course, raced.lanes[lane], raced.starts[:, 0], axis.low, axis.high, steps)
