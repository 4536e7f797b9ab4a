"""Sweeps: how every optimizer does with every learning rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import LOST, Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.limits import check_work
from gdsim.simulation.maps.runs.found_ends import CODES, Pulse, within

#: This share of the runs has to get there for an η to count as workable.
_MOST = 0.5


@dataclass(frozen=True, eq=False)
class Sweep:
    """The ends of several optimizers with each of many learning rates.

    Attributes
    ----------
    course, lanes, max_steps, tolerance
        What was run; the η of the lanes is that of the sweep.
    rates
        ``(rates,)``: the learning rates, logarithmic.
    steps, kinds
        ``(optimizers, rates, runs)``: the steps of each run, and how it ended, a number in `KINDS`.
    loss
        ``(optimizers, rates, runs)``: f where it ends; infinite where the run was lost, or cancelled.
    target
        The value of f that has to be reached; None where a run has to converge.
    """

    course: Course
    lanes: tuple[Lane, ...]
    max_steps: int
    tolerance: float
    rates: Array
    steps: NDArray[np.int32]
    kinds: NDArray[np.int8]
    loss: Array
    target: float | None = None

    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Tell whether each run got there, ``(optimizers, rates, runs)``: it converged, or came to the target."""
        if self.target is None:
            return np.asarray(self.kinds == CODES[Kind.CONVERGED])
        return np.asarray(self.loss >= self.target if self.course.ascent else self.loss <= self.target)

    @cached_property
    def workable(self) -> NDArray[np.bool_]:
        """Tell whether at least half of the runs get there with an η, ``(optimizers, rates)``."""
        workable: NDArray[np.bool_] = self.reached.mean(axis=2) >= _MOST
        return workable

    @cached_property
    def widths(self) -> Array:
        """The decades of η that are workable, of each optimizer: how forgiving it is, ``(optimizers,)``.

        A part between two rates counts where both are workable: a lone one has no width.
        """
        both = (self.workable[:, 1:] & self.workable[:, :-1]).astype(np.float64)
        widths: Array = both @ np.diff(np.log10(self.rates))
        return widths

    def loss_quantiles(self, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> Array:
        """Quantiles over the runs of the loss at the end, ``(shares, optimizers, rates)``."""
        return _quantiles(self.loss, shares)

    def step_quantiles(self, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> Array:
        """Quantiles of the steps until a run converges, ``(shares, optimizers, rates)``; infinite if it does not."""
        converged = np.asarray(self.kinds == CODES[Kind.CONVERGED])
        return _quantiles(np.where(converged, self.steps, np.inf), shares)

    def best_rate(self, optimizer: int) -> float | None:
        """The η with the fewest median steps of an optimizer; where none converges, with the best median loss."""
        losses, steps = (each[0, optimizer] for each in (self.loss_quantiles([0.5]), self.step_quantiles([0.5])))
        losses = (-1.0 if self.course.ascent else 1.0) * losses
        if not np.isfinite(losses).any():
            return None
        return float(self.rates[np.lexsort([losses, steps] if np.isfinite(steps).any() else [steps, losses])[0]])


def sweep_of(
    course: Course,
    lanes: Sequence[Lane],
    axis: Axis,
    count: int,
    starts: Array,
    steps: int,
    tolerance: float,
    target: float | None = None,
    pulse: Pulse | None = None,
    threads: int = 1,
) -> Sweep:
    """Work a sweep out: every optimizer with every η from every start ``(d, runs)``."""
    rates, runs = axis.values(count), starts.shape[1]
    check_work(len(lanes) * count * runs, steps, course.objective.effort)
    shape = (len(lanes), count, runs)
    taken, kinds, loss = np.empty(shape, np.int32), np.empty(shape, np.int8), np.empty(shape)
    check_rates(lanes)
    for o, lane in enumerate(lanes):
        for run in range(runs):
            start = np.repeat(starts[:, [run]], count, axis=1)
            part = within(pulse, (o * runs + run) / (len(lanes) * runs), 1 / (len(lanes) * runs))
            ends = ends_of(course, lane, start, steps, tolerance, {axis.name: rates}, run, part, threads)
            taken[o, :, run], kinds[o, :, run] = ends.steps, ends.kinds
            loss[o, :, run] = course.objective.value(ends.positions)
    lost = np.isin(kinds, [CODES[kind] for kind in (*LOST, Kind.CANCELLED)]) | ~np.isfinite(loss)
    loss[lost] = -np.inf if course.ascent else np.inf
    return Sweep(course, tuple(lanes), steps, tolerance, rates, taken, kinds, loss, target)


def check_rates(lanes: Sequence[Lane]) -> None:
    """Raise `GdsimError` if one of some optimizers has no η."""
    for lane in lanes:
        if not any(hyper.name == "learning_rate" for hyper in lane.rule.hypers()):
            raise GdsimError("{name} has no learning rate", "optimizers", name=lane.rule.title)


def _quantiles(values: Array, shares: Sequence[float]) -> Array:
    """Quantiles over the last axis, each one of the values: between a number and infinity there is nothing.

    Halfway between two of them, the lower one: `round` would take now the one and now the other.
    """
    ordered = np.sort(values, axis=-1)
    places = [math.ceil(share * (values.shape[-1] - 1) - 0.5) for share in shares]
    return np.moveaxis(ordered[..., places], -1, 0)
