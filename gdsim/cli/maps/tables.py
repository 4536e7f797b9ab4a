"""The tables of basin maps and setting maps, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from gdsim.checks import grouped
from gdsim.cli.heading import MOST_COLUMNS, heading, start_text
from gdsim.cli.terminal import DIGITS, aligned, legible, number
from gdsim.objectives.base import Array
from gdsim.simulation.course import Lane
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.basins import BasinMap, Grid
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS
from gdsim.simulation.maps.scales import Scale
from gdsim.simulation.maps.settings import SettingMap
from gdsim.simulation.maps.theory import Theory
from gdsim.simulation.maps.theory_at import theory_at

#: So many minima have lines of their own.
_MOST_MINIMA = 20
#: What is as small a share of the widths of the bounds is 0 but for rounding.
_ZERO = 1e-9
_NAMED = {"elsewhere": "stopped elsewhere", "left_domain": "left the domain", "cancelled": "not worked out"}
_MEASURED = {"steps": "fewest steps", "loss": "best loss", "rate": "fastest"}


def judged_by(found: SettingMap, measure: str) -> str:
    """The measure that a map is judged by: steps where there was no time to measure rates."""
    return "steps" if measure == "rate" and not found.is_rate_known else measure


def basin_text(
    experiment: Experiment, found: BasinMap, stream: TextIO | None, digits: int = DIGITS, chosen: str = ""
) -> str:
    """Tell where one optimizer ends: the minima with their shares, then what else became of runs."""
    head = heading(experiment, _starts_text(experiment, found.grid), ("restarts", "bounds"))
    lines = head_of([*head, f"{found.lane.rule.title}: {_values(found.lane)}"], chosen, found.kinds)
    tables = [_minima(experiment, found, digits), _others(found, _extremum(experiment))]
    runs = grouped(found.shown.size)
    ended = found.steps[found.kinds != CODES[Kind.CANCELLED]]
    median = f"; the median run took {number(float(np.median(ended)))} steps" if ended.size else ""
    note = f"shares are of all {runs} starts of the grid{median}"
    texts = [aligned(rows, right, stream) for rows, right in tables if rows]
    return "\n\n".join([legible("\n".join(lines), stream), *texts, legible(note, stream)])


def head_of(lines: Sequence[str], chosen: str, kinds: NDArray[np.int8]) -> list[str]:
    """Lines above a table, with what was chosen that nobody asked for, and that it is not all."""
    left = np.count_nonzero(kinds == CODES[Kind.CANCELLED]) / kinds.size
    partial_note = [f"partial: stopped with {_percent(left)} of the runs not worked out"] if left else []
    return [*lines, *[chosen] * bool(chosen), *partial_note]


def _starts_text(experiment: Experiment, grid: Grid) -> str:
    """Write where the runs of a basin map start."""
    size = " × ".join(map(str, reversed(grid.shape)))
    sides = [_side(side) for side in (grid.x, grid.y) if len(side)]
    if grid.plane is not None:
        across = ", ".join(f"{name} in {side}" for name, side in zip(grid.plane.names, sides, strict=True))
        return f"from {size} starts, {across}, else as at {start_text(experiment)}"
    return f"from {size} starts over {' × '.join(sides)}"


def _side(middles: Array) -> str:
    """The range whose pixels have these middles."""
    half = (middles[-1] - middles[0]) / max(len(middles) - 1, 1) / 2
    return f"[{middles[0] - half:.6g}, {middles[-1] + half:.6g}]"


def _values(lane: Lane, without: Sequence[str] = ()) -> str:
    """The learning rate and the momentum of an optimizer, and all else that is not as usual."""
    rule = lane.rule
    facts = []
    for hyper in rule.hypers():
        value = getattr(rule, hyper.name)
        told = hyper.name in ("learning_rate", "momentum") or value != hyper.default
        if told and hyper.name not in without:
            facts.append(f"{hyper.name} = {str(value).lower() if isinstance(value, bool) else format(value, 'g')}")
    return ", ".join(facts) or "all values as usual"


Rows = tuple[list[list[str]], Sequence[int]]


def _minima(experiment: Experiment, found: BasinMap, digits: int) -> Rows:
    """A line a minimum, the largest share first."""
    write = partial(number, digits=digits)
    names = experiment.objective.shown_names
    names = names if len(names) <= MOST_COLUMNS else ()
    rows = [[_extremum(experiment), *names, "f", "share", "steps"]]
    order = sorted(range(len(found.minima)), key=lambda k: -found.counts[k])
    widths = np.ptp(experiment.objective.bounds, axis=1)
    for k in order[:_MOST_MINIMA]:
        minimum, there = found.minima[k], found.steps[found.minimum == k]
        place = [0.0 if abs(x) <= _ZERO * w else x for x, w in zip(minimum.position, widths, strict=True)]
        kind = "found" if k >= found.known else "global" if minimum.is_global else "local"
        steps = write(float(np.median(there))) if there.size else "–"
        numbers = [write(x) for x in place] if names else []
        rows.append([kind, *numbers, write(minimum.value), _percent(float(found.shares[k])), steps])
    if len(order) > _MOST_MINIMA:
        rest = float(sum(found.shares[k] for k in order[_MOST_MINIMA:]))
        rows.append([f"{len(order) - _MOST_MINIMA} more", *[""] * len(names), "", _percent(rest), ""])
    return (rows if order else []), range(1, len(rows[0]))


def _extremum(experiment: Experiment) -> str:
    return "maximum" if experiment.ascent else "minimum"


def _others(found: BasinMap, extremum: str) -> Rows:
    others = [[_words(name), _percent(share)] for name, share in found.other_shares.items() if share]
    return ([[f"at no {extremum}", "share"], *others] if others else []), (1,)


def _words(outcome: str) -> str:
    return _NAMED.get(outcome, outcome.replace("_", " "))


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def setting_text(
    experiment: Experiment,
    found: SettingMap,
    measure: str,
    stream: TextIO | None,
    digits: int = DIGITS,
    chosen: str = "",
) -> str:
    """Tell how one optimizer does with all settings: the best cell, the theory there, and how runs ended."""
    rows, columns = found.shape
    axes = f"{_axis_text(found.x)} by {_axis_text(found.y)}, {columns} × {rows} settings"
    lines = [f"{found.lane.rule.title}: {axes}"]
    if others := _values(found.lane, ("learning_rate", "momentum", found.x.name, found.y.name)):
        lines += [] if others == "all values as usual" else [f"with {others}"]
    used = judged_by(found, measure)
    if used != measure:
        lines.append("the rates were not measured")
    elif used == "rate" and (experiment.noise > 0 or experiment.batch):
        source = "batches" if experiment.batch else "noise"
        lines.append(
            f"with {source} no gradient shrinks for long: how much it does says more of chance than of a setting"
        )
    head = "\n".join(head_of([*heading(experiment), *lines], chosen, found.kinds))
    best = found.best(used)
    blocks = [legible(head, stream), _best(found, used, best, stream, digits)]
    # where none converges, the lowest end is the nearest to a minimum
    at = best or found.best("loss")
    if best is None and at is not None:
        blocks.append(_best(found, "loss", at, stream, digits))
    if at is not None and (theory := theory_at(found, *at)):
        blocks.append(legible("\n".join(_theory(found, theory, at[0], at[1], digits)), stream))
    return "\n\n".join([*blocks, aligned(*_outcomes(found), stream)])


def _axis_text(axis: Axis) -> str:
    told = {Scale.LOG: " (logarithmic)", Scale.LOG1M: f" (logarithmic in 1 − {axis.name})"}
    return f"{axis.name} from {axis.low:g} to {axis.high:g}{told.get(axis.scale, '')}"


def _best(found: SettingMap, measure: str, best: tuple[int, int] | None, stream: TextIO | None, digits: int) -> str:
    """The table of the best cell."""
    if best is None:
        why = {"steps": "no setting converges", "loss": "every run is lost", "rate": "no run gets nearer"}
        return legible(f"no best setting: {why[measure]}", stream)
    write, row = partial(number, digits=digits), found.setting(*best)
    titles, cells = ["best setting", found.x.name, found.y.name], [_MEASURED[measure]]
    cells += [write(row[found.x.name]), write(row[found.y.name])]
    figures = {"steps": found.median_steps, "loss": found.median_loss}
    if measure == "rate":
        figures["factor a step"] = found.median_rate
    of = "" if len(found.steps) == 1 else f", median of {len(found.steps)}"
    titles += [f"{name}{of}" for name in figures]
    cells += [finite(float(figure[best]), digits) for figure in figures.values()]
    return aligned([titles, cells], range(1, len(titles)), stream)


def _theory(found: SettingMap, theory: Theory, row: int, column: int, digits: int) -> Iterator[str]:
    """Lines of what is known at the minimum that the best setting ends at."""
    write = partial(number, digits=digits)
    place = f" ({', '.join(map(write, theory.place))})" if len(theory.place) <= MOST_COLUMNS else ""
    kind = "exact: f is quadratic" if theory.is_exact else f"local: near the minimum{place}"
    yield f"theory ({kind}), curvature from {write(theory.least)} to {write(theory.largest)}"
    if theory.edge is not None:
        other, values, at = (
            (found.y, found.y_values, row) if found.x.name == "learning_rate" else (found.x, found.x_values, column)
        )
        edge = float(theory.edge[at])
        if not np.isnan(edge):
            yield f"  largest stable learning_rate with {other.name} = {write(float(values[at]))}: {write(edge)}"
    if theory.best is not None and theory.best_rate is not None:
        rate, momentum = theory.best
        alone = found.lane.rule.key == "gd"
        best = f"best pair: learning_rate = {write(rate)}, momentum = {write(momentum)}"
        best = f"best learning_rate: {write(rate)}" if alone else best
        yield f"  {best}, the error shrinks by a factor of {write(theory.best_rate)} a step"


def _outcomes(found: SettingMap) -> Rows:
    """Tell how most runs of each setting ended."""
    counts = np.bincount(found.kind.ravel(), minlength=len(KINDS))
    title = "outcome" if len(found.steps) == 1 else f"outcome of most of {len(found.steps)} runs"
    rows = [[title, "share of the settings"]]
    rows += [[_words(kind.value), _percent(counts[k] / found.kind.size)] for k, kind in enumerate(KINDS) if counts[k]]
    return rows, (1,)


def finite(value: float, digits: int) -> str:
    """Write a number, or a dash where there is none."""
    return number(value, digits) if np.isfinite(value) else "–"
