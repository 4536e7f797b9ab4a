"""Work on many runs in portions, one after the other or several at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np

from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.maps.runs.found_ends import Pulse

#: With several threads, so often it is looked whether to go on, in seconds.
_LOOK = 0.005

#: Works on some of the runs; told what to ask about its own share.
Portion = Callable[[slice, Pulse], object]


def run_portions(count: int, size: int, threads: int, pulse: Pulse, work: Portion) -> bool:
    """Work on `count` runs, at most `size` at a time; whether it came to the end.

    Whoever is asked is asked in the thread that calls, however many work.
    """
    size = max(1, min(size, -(-count // threads)))
    portions = [slice(first, min(first + size, count)) for first in range(0, count, size)]
    if threads == 1 or len(portions) == 1:
        return _in_turn(portions, count, pulse, work)
    return _at_once(portions, threads, pulse, work)


def _in_turn(portions: list[slice], count: int, pulse: Pulse, work: Portion) -> bool:
    stopped = False

    def ask(some: slice, share: float) -> bool:
        nonlocal stopped
        stopped = stopped or pulse((some.start + share * (some.stop - some.start)) / count)
        return stopped

    for some in portions:
        give_up_if_unwanted()
        work(some, lambda share, some=some: ask(some, share))  # type: ignore[misc]
        if stopped:
            break
    return not stopped


def _at_once(portions: list[slice], threads: int, pulse: Pulse, work: Portion) -> bool:
    shares, stopped = [0.0] * len(portions), False

    def run(k: int) -> None:
        def ask(share: float) -> bool:
            shares[k] = share
            return stopped

        if not stopped:
            with np.errstate(all="ignore"):  # each thread has its own
                work(portions[k], ask)

    with ThreadPoolExecutor(threads) as pool:
        waiting = {pool.submit(run, k) for k in range(len(portions))}
        try:
            while waiting:
                done, waiting = wait(waiting, _LOOK)
                for each in done:
                    each.result()
                give_up_if_unwanted()
                stopped = stopped or pulse(sum(shares) / len(shares))
        finally:
            # whatever happened, nobody waits for the rest
            stopped = stopped or bool(waiting)
    return not stopped
