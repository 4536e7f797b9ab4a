"""The numbers of pixels that a map is worked out with, one after the other: soon there at first, then fine."""

from __future__ import annotations

#: Pixels along each side.
SIZES = (8, 16, 32, 64, 128, 256)
#: The most there are; of functions of one variable a row of them costs nothing.
MOST, MOST_OF_ONE = 512, 2048
#: A first map is there within so many seconds; a finer one is not begun that takes longer than the second.
_SOON, _LONGEST = 0.012, 20.0
#: As long as nothing is known of it a first map takes no more than so many steps of runs, times the effort of each.
_FIRST = 2_000_000
#: What a map costs besides its runs, the steps in Python above all, is worth so many of them, of a function.
_BESIDES = 600
#: So many numbers are held for every coordinate of a run; and so many at most.
_HELD, _MOST_HELD = 8, 30_000_000


def most_pixels(pane: int, dimension: int) -> int:
    """Return the number of pixels along each side that is as fine as a pane of so many, and memory, allow."""
    if dimension == 1:
        return max(SIZES[0], min(pane, MOST_OF_ONE))
    allowed = int((_MOST_HELD / (_HELD * dimension)) ** 0.5)
    return max(SIZES[0], min(pane, MOST, allowed))


def runs_of(size: int, dimension: int, effort: float = 1.0) -> float:
    """Return the runs of a map of so many pixels along each side, and as many as all else is worth that it costs.

    Without these a small map would seem to say that no larger one is soon there.
    """
    return float(size ** min(dimension, 2)) + _BESIDES / effort


def first_size(most: int, dimension: int, work: int, seconds: float | None, maps: int = 1, effort: float = 1.0) -> int:
    """Return the number of pixels along each side of a map that is soon there.

    Parameters
    ----------
    work
        The steps of a run, times the effort of each.
    seconds
        What a run took of a map of the same kind, see `runs_of`; None if there was none.
    maps
        So many are drawn one after the other.
    effort
        As much work as a step of a function a step is.
    """
    for size in reversed([each for each in SIZES if each <= min(most, 128)]):
        runs, all_runs = size ** min(dimension, 2), runs_of(size, dimension, effort)
        if runs * work * maps <= _FIRST if seconds is None else all_runs * seconds * maps <= _SOON:
            return size
    return min(most, SIZES[0])


def next_size(size: int, most: int, dimension: int, seconds: float, effort: float = 1.0) -> int | None:
    """Return the number of pixels of the next finer map; None if there is none, or it takes too long.

    `seconds` are those that a run took.
    """
    finer = next((each for each in SIZES if each > size and 2 * each <= most), most)
    return finer if finer > size and seconds * runs_of(finer, dimension, effort) <= _LONGEST else None
