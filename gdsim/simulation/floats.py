"""The loop over steps for few runs: one path at a time, on plain Python floats.

A step on floats costs a fraction of a step on a small array, so this is what follows the mouse.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers.base import Rule
from gdsim.optimizers.program import float_loop

Gradient = Callable[..., tuple[float, ...]]


def walk(gradient: Gradient, rule: Rule, start: Array, steps: int, chunk: int) -> Iterator[Array]:
    """Iterates of one run, in pieces ``(d, up to chunk)``; the start is not among them.

    Raises ArithmeticError or ValueError where floats refuse what arrays answer with inf or nan.
    """
    loop = float_loop(rule, len(start), gradient)
    memory: list[float] = []
    for x in start:
        memory += [float(x), *(rule.initial(name) for name in rule.state)]
    for first in range(1, steps + 1, chunk):
        rows = [array("d") for _ in start]
        memory = loop(range(first, min(first + chunk, steps + 1)), memory, [row.append for row in rows])
        yield np.array(rows)
