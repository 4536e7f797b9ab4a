"""Sweeps as tables."""

from __future__ import annotations

from typing import TextIO

from gdsim.simulation.maps.runs.found_ends import KINDS
from gdsim.simulation.maps.sweeps import Sweep
from gdsim.storage.tables import labels, quoted


def write_sweep_rows(found: Sweep, file: TextIO) -> None:
    """Write a sweep as CSV, a row a run: optimizer, learning_rate, run, outcome, steps, loss."""
    file.write("optimizer,learning_rate,run,outcome,steps,loss\n")
    for o, label in enumerate(labels(found.lanes)):
        for k, rate in enumerate(found.rates.tolist()):
            for run in range(found.loss.shape[2]):
                how = KINDS[found.kinds[o, k, run]].value
                row = f"{rate!r},{run},{how},{found.steps[o, k, run]},{float(found.loss[o, k, run])!r}"
                file.write(f"{quoted(label)},{row}\n")
