"""`descend`: a race in one call."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, Function
from gdsim.optimizers import OPTIMIZERS, Rule
from gdsim.simulation.experiment import DEFAULT_STEPS, DEFAULT_TOLERANCE, Entry, Experiment
from gdsim.simulation.trajectories import Trajectories

Racer = str | Rule


def descend(
    function: str | Function,
    optimizers: Racer | Sequence[Racer],
    start: Sequence[float] | None = None,
    *,
    restarts: int = 0,
    seed: int = 0,
    steps: int = DEFAULT_STEPS,
    tolerance: float = DEFAULT_TOLERANCE,
    learning_rate: float | None = None,
    momentum: float | None = None,
    bounds: Sequence[Sequence[float]] | None = None,
) -> Trajectories:
    """Race optimizers on a surface and keep every iterate.

    Parameters
    ----------
    function
        A key of FUNCTIONS, or one of its values.
    optimizers
        One or several: a key of OPTIMIZERS (its defaults, following `learning_rate` and `momentum` where these
        are given) or an instance (all its values).
    start
        d coordinates of run 0; the function's telling start if None.
    restarts
        Number of further runs from random starts, the same for every optimizer.
    seed
        What the random starts are drawn from.
    steps
        Number of steps.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops.
    learning_rate, momentum
        The η and β shared by optimizers given by key.
    bounds
        ``((low, high), …)``: the box of the restarts; the function's bounds if None.

    Returns
    -------
    Trajectories
        ``positions (steps + 1, optimizers, d, restarts + 1)``, ``losses (steps + 1, optimizers, restarts + 1)``
        and ``outcomes[optimizer][run]``.

    Raises
    ------
    GdsimError
        If an argument is not what is allowed; the message names it.
    """
    racers = [optimizers] if isinstance(optimizers, str | Rule) or not isinstance(optimizers, Iterable) else optimizers
    entries = tuple(_entry(racer) for racer in racers)
    if not entries:
        raise GdsimError("optimizers must be at least one", "optimizers")
    if isinstance(function, Function) and FUNCTIONS.get(function.key) is not function:
        raise GdsimError(
            "function must be a key of FUNCTIONS or one of its values, not another {given}",
            "function",
            given=repr(function),
        )
    experiment = Experiment(
        function=function.key if isinstance(function, Function) else function,
        start=start,  # type: ignore[arg-type]  # checked there
        restarts=restarts,
        seed=seed,
        steps=steps,
        tolerance=tolerance,
        learning_rate=learning_rate,
        momentum=momentum,
        optimizers=entries,
        bounds=bounds,  # type: ignore[arg-type]  # checked there
    )
    return experiment.run()


def _entry(racer: Racer) -> Entry:
    if isinstance(racer, Rule):
        if OPTIMIZERS.get(racer.key) is not type(racer):
            raise GdsimError(
                "optimizers must be of the classes in OPTIMIZERS, not {given}", "optimizers", given=type(racer).__name__
            )
        return Entry(racer.key, dataclasses.asdict(racer))
    if isinstance(racer, str):
        return Entry(racer)
    raise GdsimError("optimizers must be keys or instances, not {given}", "optimizers", given=repr(racer)[:60])
