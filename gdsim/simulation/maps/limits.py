"""Limits of maps: what a machine's memory and a person's patience allow, checked before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from gdsim.checks import as_count, grouped
from gdsim.errors import GdsimError

#: Pixels a side; steps of single runs in all, and parameters times examples times these of a model.
MOST_SIZE, MOST_WORK = 2048, 10**12
_MOST_THREADS = 256
#: Coordinates of ends that are kept, 1.6 GB of them.
_MOST_NUMBERS = 2 * 10**8


def checked_size(size: object) -> int:
    """The number of pixels a side, or `GdsimError`."""
    return as_count(size, "size", 2, MOST_SIZE)


def checked_sides(size: object) -> tuple[int, int]:
    """The numbers of columns and of rows, of one number or of both, or `GdsimError`."""
    if isinstance(size, str) or not isinstance(size, Iterable) or getattr(size, "shape", None) == ():
        return checked_size(size), checked_size(size)
    columns, rows = checked_pair(size, "size")
    return checked_size(columns), checked_size(rows)


def checked_threads(threads: object) -> int:
    """The number of threads, or `GdsimError`."""
    return as_count(threads, "threads", 1, _MOST_THREADS)


def checked_pair(given: object, field: str) -> tuple[object, object]:
    """Two of something, or `GdsimError`."""
    parts = [] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    if len(parts) != 2:
        raise GdsimError("{field} must be a pair, not {given}", field, given=repr(given)[:60])
    return parts[0], parts[1]


def check_numbers(runs: int, dimension: int) -> None:
    """Raise `GdsimError` if the ends of so many runs, which are kept, take more memory than there may be."""
    if runs * dimension > _MOST_NUMBERS:
        raise GdsimError(
            "the ends of {runs} runs are {numbers} numbers, and at most {most} are kept: "
            "fewer pixels or restarts would do",
            "size",
            runs=grouped(runs),
            numbers=grouped(runs * dimension),
            most=grouped(_MOST_NUMBERS),
        )


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
