"""The loop over steps for few runs: one path at a time, on plain Python floats.

A step on floats costs a fraction of a step on a small array, so this is what follows the mouse.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterator

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers.compiled.float_loop import Handling, float_loop
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.noise import Noise

Gradient = Callable[..., tuple[float, ...]]


def walk(
    course: Course, gradient: Gradient, lane: Lane, start: Array, steps: int, chunk: int, run: int = 0
) -> Iterator[Array]:
    """Iterates of one run, in pieces ``(d, up to chunk)``; the start is not among them.

    Raises ArithmeticError or ValueError where floats refuse what arrays answer with inf or nan.

    Parameters
    ----------
    gradient
        What the mode gives, of d floats.
    lane
        The optimizer; if its schedule watches the loss, the objective must have a value of floats.
    course, run
        What is raced on, and the number of the run.
    """
    value = course.objective.float_value() if lane.plateau else None
    watch = (value, lane.plateau) if value and lane.plateau else None
    absolute = watch is not None and watch[1].absolute
    handling = Handling(lane.scheduled, course.ascent, course.noise > 0, lane.clip > 0, watch is not None, absolute)
    loop = float_loop(lane.rule, len(start), gradient, handling, lane.clip, watch)
    noise = Noise(course.noise, course.seed, [run], len(start)) if course.noise > 0 else None
    rates = lane.rates(steps) if lane.scheduled else None
    memory: list[float] = []
    for x in start:
        memory += [float(x), *[lane.rule.initial(name, float(x)) for name in lane.rule.state]]
    if watch:
        # in the order in which the printed loop unpacks them
        memory += [lane.rate, math.inf, 0]
    for first in range(1, steps + 1, chunk):
        last = min(first + chunk, steps + 1)
        feeds: list[list[float]] = []
        if rates is not None:
            # plain floats: with numpy's scalars every operation takes several times as long
            feeds.append(rates[first - 1 : last - 1].tolist())
        if noise is not None:
            feeds += noise.draw(last - first)[:, :, 0].T.tolist()
        # eight bytes a number, where a list would keep an object for each
        rows = [array("d") for _ in start]
        memory = loop(range(first, last), memory, [row.append for row in rows], *feeds)
        yield np.array(rows)
