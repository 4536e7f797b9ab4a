"""Limits of maps: what a machine's memory and a person's patience allow, checked before anything is worked out."""

from __future__ import annotations

from gdsim.checks import as_count, grouped
from gdsim.errors import GdsimError

#: Pixels a side; steps of single runs in all, and parameters times examples times these of a model.
MOST_SIZE, MOST_WORK = 2048, 10**12


def checked_size(size: object) -> int:
    """The number of pixels a side, or `GdsimError`."""
    return as_count(size, "size", 2, MOST_SIZE)


def check_work(runs: int, steps: int, effort: int = 1) -> None:
    """Raise `GdsimError` if so many runs take more than anybody waits for."""
    work = runs * max(1, steps) * effort
    if work > MOST_WORK:
        raise GdsimError(
            "{runs} runs of {steps} steps are {work:.1e} steps, and at most {most:.0e} are worked out: "
            "fewer pixels, steps or restarts would do",
            "size",
            runs=grouped(runs),
            steps=grouped(steps),
            work=float(work),
            most=float(MOST_WORK),
        )
