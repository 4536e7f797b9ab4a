"""`basin_map`, `setting_map` and `sweep`: a map in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Unpack

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.api import Racer, experiment_of
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.fields import FieldValues
from gdsim.simulation.maps.axis import AxisWords, axis_of
from gdsim.simulation.maps.basins import BasinMap, Grid, basins
from gdsim.simulation.maps.limits import (
    MOST_SIZE,
    check_numbers,
    check_work,
    checked_pair,
    checked_sides,
    checked_size,
    checked_threads,
)
from gdsim.simulation.maps.runs.found_ends import Pulse
from gdsim.simulation.maps.settings import SettingMap, settings_map
from gdsim.simulation.maps.sweeps import Sweep, check_rates, sweep_of
from gdsim.simulation.maps.tuning import Tuning, tuned
from gdsim.simulation.maps.tuning_rule import TuningRule


def basin_map(
    function: str | Objective,
    optimizer: Racer,
    start: Sequence[float] | None = None,
    *,
    size: int = 512,
    plane: tuple[str, str] | None = None,
    pulse: Pulse | None = None,
    threads: int = 1,
    **settings: Unpack[FieldValues],
) -> BasinMap:
    """Find out where an optimizer ends from every start in a box.

    Parameters
    ----------
    function, optimizer, start
        As in `descend`; one optimizer. In more than two dimensions the map is of the plane through `start`.
    size
        Number of pixels a side.
    plane
        The names of the two variables that are varied in more than two dimensions; None for the first two.
    pulse
        Called now and then with the share that is done; returning True stops, and keeps what is there.
    threads
        Number of threads; the numbers are the same.
    **settings
        Fields of the experiment as in `descend`: steps, tolerance, bounds (the box), schedule, noise, ….

    Returns
    -------
    BasinMap
        ``end (d, size, size)``, ``steps``, ``outcome`` and ``minimum (size, size)`` (an index into `minima`, -1 for
        none), and `shares`; rows follow y upward, columns x. Each pixel is the single race from there, to the last bit.
        A function of one variable has arrays of one row: ``(size,)``.

    Raises
    ------
    GdsimError
        If an argument is not what is allowed; the message names it.
    """
    experiment = experiment_of(function, one_racer(optimizer), start, settings, "basin_map")
    if experiment.restarts:
        raise GdsimError("restarts are not for a basin map: a run starts from every pixel", "restarts")
    size = checked_size(size)
    threads = checked_threads(threads)
    grid = grid_of(experiment, size, plane)
    return basins_of(experiment, experiment.racing[0].id, grid, pulse, threads)


def basins_of(experiment: Experiment, entry: str, grid: Grid, pulse: Pulse | None = None, threads: int = 1) -> BasinMap:
    """The basin map of one optimizer of an experiment, by `Entry.id`."""
    lane = next(lane for lane in experiment.lanes if lane.id == entry)
    return basins(experiment.course, lane, grid, experiment.steps, experiment.tolerance, pulse, threads)


def grid_of(experiment: Experiment, size: int, plane: tuple[str, str] | None = None) -> Grid:
    """The starts over the box of an experiment; in more than two dimensions over a plane through its start."""
    objective = experiment.objective
    pixels = size ** min(2, objective.dimension)
    check_work(pixels, experiment.steps, objective.effort)
    # before the starts are laid out, which are as many numbers
    check_numbers(pixels, objective.dimension)
    if objective.dimension <= 2:
        if plane is not None:
            raise GdsimError(
                "plane is for more than two variables; {name} has {count}",
                "plane",
                name=objective.title or "this",
                count=objective.dimension,
            )
        return Grid.of(objective.bounds.tolist(), size)
    from gdsim.objectives.data.planes import named_plane

    names = list(objective.names)
    first, second = map(str, checked_pair(plane or names[:2], "plane"))
    origin = experiment.start if experiment.start is not None else objective.start
    through = named_plane(objective, first, second, origin)
    view = [objective.bounds[names.index(name)] for name in (first, second)]
    return Grid.of(view, size, through)


def one_racer(optimizer: Racer) -> Racer:
    """Give one optimizer back, or raise `GdsimError` if it is several."""
    if isinstance(optimizer, Sequence) and not isinstance(optimizer, str):
        raise GdsimError("optimizer must be one, not {given}", "optimizer", given=f"{len(optimizer)} of them")
    return optimizer


def setting_map(
    function: str | Objective,
    optimizer: Racer,
    x: AxisWords,
    y: AxisWords,
    start: Sequence[float] | None = None,
    *,
    size: int | tuple[int, int] = 128,
    pulse: Pulse | None = None,
    threads: int = 1,
    **settings: Unpack[FieldValues],
) -> SettingMap:
    """Run an optimizer with every pair of values of two of its hyperparameters.

    Parameters
    ----------
    function, optimizer, start
        As in `descend`; one optimizer.
    x, y
        A hyperparameter along the columns, and one up the rows: its name, the lowest and the highest value, such as
        ``("learning_rate", 1e-4, 1)``; logarithmic where the hyperparameter's slider is, unless "linear" or "log"
        follows, or "log1m" for values that lie evenly on the logarithm of their distance from 1: ``("momentum", 0,
        0.999, "log1m")``.
    size
        Number of values of each, or of columns and of rows.
    pulse, threads
        As in `basin_map`.
    **settings
        Fields of the experiment as in `descend`. With `restarts` every cell is judged by the median of its runs.

    Returns
    -------
    SettingMap
        ``steps``, ``kinds`` and ``loss (runs, rows, columns)``; ``median_steps``, ``median_loss``, ``median_rate`` and
        ``outcome (rows, columns)``; `best` is the best cell. Each run is the single race with these settings, to the
        last bit.

    Raises
    ------
    GdsimError
        If an argument is not what is allowed; the message names it.
    """
    experiment = experiment_of(function, one_racer(optimizer), start, settings, "setting_map")
    lane = experiment.lanes[0]
    axes = axis_of(x, lane.rule, "x"), axis_of(y, lane.rule, "y")
    columns, rows = checked_sides(size)
    return settings_map(
        experiment.course,
        lane,
        axes,
        experiment.starts,
        (rows, columns),
        experiment.steps,
        experiment.tolerance,
        pulse,
        checked_threads(threads),
    )


def sweep(
    function: str | Objective,
    optimizers: Racer | Sequence[Racer],
    start: Sequence[float] | None = None,
    *,
    rates: tuple[float, float] = (1e-5, 10.0),
    count: int = 121,
    target: float | None = None,
    pulse: Pulse | None = None,
    threads: int = 1,
    **settings: Unpack[FieldValues],
) -> Sweep:
    """Run optimizers with every learning rate of a range.

    Parameters
    ----------
    function, optimizers, start
        As in `descend`.
    rates
        The least and the largest η.
    count
        Number of values, at equal factors.
    target
        The value of f that makes an η workable; None if half of the runs have to converge.
    pulse, threads
        As in `basin_map`.
    **settings
        Fields of the experiment as in `descend`; with `restarts` there are quantiles over the runs.

    Returns
    -------
    Sweep
        ``loss``, ``steps`` and ``kinds (optimizers, rates, runs)``, quantiles of them, and `widths`: the decades of η
        that are workable.

    Raises
    ------
    GdsimError
        If an argument is not what is allowed; the message names it.
    """
    experiment = experiment_of(function, optimizers, start, settings, "sweep")
    low, high = checked_pair(rates, "rates")
    check_rates(experiment.lanes)
    axis = axis_of(("learning_rate", low, high, "log"), experiment.lanes[0].rule, "rates")
    return sweep_of(
        experiment.course,
        experiment.lanes,
        axis,
        as_count(count, "count", 2, MOST_SIZE),
        experiment.starts,
        experiment.steps,
        experiment.tolerance,
        target if target is None else as_float(target, "target"),
        pulse,
        checked_threads(threads),
    )


def tune(
    function: str | Objective,
    optimizers: Racer | Sequence[Racer],
    start: Sequence[float] | None = None,
    *,
    tries: int = 64,
    starts: int = 8,
    criterion: str = "loss",
    search_seed: int = 0,
    ranges: Mapping[str, Sequence[AxisWords]] | None = None,
    pulse: Pulse | None = None,
    threads: int = 1,
    **settings: Unpack[FieldValues],
) -> Tuning:
    """Give every optimizer the same budget to find its best setting.

    Parameters
    ----------
    function, optimizers, start
        As in `descend`.
    tries, starts
        Number of settings tried for each optimizer, the present one among them, and of random starts that each is tried
        from. The results that are reported are those from `start` and the `restarts` of the race: none was tried there.
    criterion
        "loss" (the median at the end), "steps" (the median until convergence) or "reached" (the share of runs that end
        at the global minimum).
    search_seed
        What settings and starts are drawn from.
    ranges
        By the optimizer's id, the hyperparameters that are searched: ``{"adam": [("learning_rate", 1e-4, 1)]}``; of
        one that is not named η and how long it remembers.
    pulse, threads
        As in `basin_map`.
    **settings
        Fields of the experiment as in `descend`.

    Returns
    -------
    Tuning
        For each optimizer the settings tried, their scores, the expected best of k tries, and the results before and
        after; `experiment` is the race with the best settings.

    Raises
    ------
    GdsimError
        If an argument is not what is allowed; the message names it.
    """
    experiment = experiment_of(function, optimizers, start, settings, "tune")
    rule = TuningRule(tries, starts, criterion, search_seed, ranges or {})  # type: ignore[arg-type]  # checked there
    return tuned(experiment, rule, pulse, checked_threads(threads))
