"""The table of a sweep, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TextIO

import numpy as np

from gdsim.cli.heading import heading
from gdsim.cli.maps.tables import finite, head_of
from gdsim.cli.terminal import DIGITS, aligned, legible, number
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.range_tests import RangeTest
from gdsim.simulation.maps.sweeps import Sweep
from gdsim.storage.tables import labels


@dataclass(frozen=True)
class Swept:
    """A sweep, and the range test of each optimizer; none of a sweep that was stopped."""

    sweep: Sweep
    tests: tuple[RangeTest, ...]


def sweep_text(
    experiment: Experiment, found: Swept, stream: TextIO | None, digits: int = DIGITS, chosen: str = ""
) -> str:
    """Tell how optimizers do with all learning rates: a line each."""
    sweep, write = found.sweep, partial(number, digits=digits)
    runs = sweep.loss.shape[2]
    rates = f"{len(sweep.rates)} values of η from {sweep.rates[0]:g} to {sweep.rates[-1]:g}"
    work = (
        "half of the runs converge" if sweep.target is None else f"half of the runs end at {sweep.target:g} or better"
    )
    lines = head_of([*heading(experiment), f"{rates}; one is workable if {work}"], chosen, sweep.kinds)
    of = "" if runs == 1 else f", median of {runs}"
    titles = ["optimizer", "best η", f"loss there{of}", f"steps there{of}", "workable, decades"]
    rows = [[*titles, "range test: minimum ÷ 10", "steepest"]]
    losses, steps = sweep.loss_quantiles([0.5])[0], sweep.step_quantiles([0.5])[0]
    for o, label in enumerate(labels(sweep.lanes)):
        best = sweep.best_rate(o)
        figures = ["–"] * 3
        if best is not None:
            k = int(np.flatnonzero(sweep.rates == best)[0])
            figures = [write(best), write(float(losses[o, k])), finite(float(steps[o, k]), digits)]
        rows.append([label, *figures, f"{sweep.widths[o]:.2f}", *_advice(found.tests[o : o + 1], digits)])
    head = "\n".join(lines)
    return legible(head, stream) + "\n\n" + aligned(rows, range(1, len(rows[0])), stream)


def _advice(tests: Sequence[RangeTest], digits: int) -> list[str]:
    """The learning rates that a range test advises."""
    advised = [value for test in tests for value in (test.a_tenth, test.steepest)] or [None, None]
    return ["–" if value is None else number(value, digits) for value in advised]
