"""The loop over steps for many runs: every run of every optimizer at once, on arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.base import Rule
from gdsim.optimizers.program import array_step


def march(objective: Objective, rules: Sequence[Rule], positions: Array, chunk: int) -> Iterator[int]:
    """Fill `positions` ``(steps + 1, optimizers, d, runs)`` from its first entry on.

    Yields the number of steps done after every `chunk` of them.
    """
    steps = len(positions) - 1
    now = positions[0].copy()
    gradients = np.empty_like(now)
    # the gradient of all optimizers is one call, on points packed with the coordinate in front
    stacked, front = gradients.swapaxes(0, 1), now.swapaxes(0, 1)
    points = np.empty(front.shape)
    lanes = []
    for rule, x, g in zip(rules, now, gradients, strict=True):
        state = [np.full_like(g, rule.initial(name)) for name in rule.state]
        lanes.append((array_step(rule, g.shape), (x, g, *state)))
    for t in range(1, steps + 1):
        points[...] = front
        objective.at(t).gradient(points, out=stacked)
        for step, arrays in lanes:
            step(t, *arrays)
        positions[t] = now
        if t % chunk == 0 or t == steps:
            yield t
