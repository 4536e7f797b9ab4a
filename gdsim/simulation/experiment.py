"""One frozen description of everything a race needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np

from gdsim.errors import GdsimError
from gdsim.objectives import Function, Objective, function_named
from gdsim.objectives.base import Array
from gdsim.optimizers import OPTIMIZERS, Rule, rule_named
from gdsim.optimizers.base import as_count, as_float
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.starts import draw_starts
from gdsim.simulation.trajectories import Trajectories, check_memory

MOST_STEPS = 10_000_000
MOST_RESTARTS = 100_000
HIGHEST_SEED = 2**32 - 1
DEFAULT_STEPS = 500
DEFAULT_TOLERANCE = 1e-8


class FrozenDict(dict[str, Any]):
    """A dict that cannot be changed, and so can be part of something that cannot; it copies and pickles as dicts do."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the values of an Entry cannot be changed: make another Entry")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)


@dataclass(frozen=True)
class Entry:
    """One optimizer of an experiment: its key and what was set on it.

    What was not set follows the shared η and β where the rule says so, or else its own default.
    """

    key: str
    values: Mapping[str, float | bool] = field(default_factory=dict)
    enabled: bool = True

    def __post_init__(self) -> None:
        rule = rule_named(self.key)
        checked = {name: rule.hyper(name).check(value, self.key) for name, value in self.values.items()}
        object.__setattr__(self, "values", FrozenDict(checked))

    def __hash__(self) -> int:
        return hash((self.key, frozenset(self.values.items()), self.enabled))

    def rule(self, shared: Mapping[str, float | None]) -> Rule:
        """The update rule, with the shared values for what follows them."""
        rule = rule_named(self.key)
        followed = {p.name: shared[p.follows] for p in rule.hypers() if p.follows}
        given = {name: value for name, value in followed.items() if value is not None}
        return rule(**{**given, **self.values})


@dataclass(frozen=True)
class Experiment:
    """Everything a race needs, as keys and numbers.

    The window, the Python API and the command line are ways to write the same one, and the same one gives the
    same numbers everywhere, to the last bit. Bad values raise `GdsimError`.

    Attributes
    ----------
    function
        Key of the surface.
    start
        Where run 0 starts, d coordinates; None for the function's own start.
    restarts, seed
        Number of random starts beside it, and what they are drawn from.
    steps
        Number of steps.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops.
    learning_rate, momentum
        The shared η and β; None leaves each optimizer its own default.
    optimizers
        Who races.
    bounds
        The box ``((low, high), …)`` the restarts are drawn in; None for the function's own.
    """

    function: str = "himmelblau"
    start: tuple[float, ...] | None = None
    restarts: int = 0
    seed: int = 0
    steps: int = DEFAULT_STEPS
    tolerance: float = DEFAULT_TOLERANCE
    learning_rate: float | None = None
    momentum: float | None = None
    optimizers: tuple[Entry, ...] = (Entry("gd"),)
    bounds: tuple[tuple[float, float], ...] | None = None

    def __post_init__(self) -> None:
        objective = function_named(self.function)
        checked: dict[str, object] = {
            "start": _checked_start(self.start, objective),
            "bounds": _checked_bounds(self.bounds, objective),
            "restarts": as_count(self.restarts, "restarts", 0, MOST_RESTARTS),
            "seed": as_count(self.seed, "seed", 0, HIGHEST_SEED),
            "steps": as_count(self.steps, "steps", 1, MOST_STEPS),
            "tolerance": _checked_tolerance(self.tolerance),
            "optimizers": _checked_entries(self.optimizers),
        }
        for name in ("learning_rate", "momentum"):
            value = getattr(self, name)
            checked[name] = None if value is None else SHARED[name].check(value)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        check_memory(self.steps, len(self.racing), objective.dimension, self.restarts + 1)

    @property
    def objective(self) -> Function:
        """What is descended."""
        return function_named(self.function)

    @property
    def racing(self) -> tuple[Entry, ...]:
        """The optimizers that take part."""
        return tuple(entry for entry in self.optimizers if entry.enabled)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Their update rules, with all values."""
        shared = {"learning_rate": self.learning_rate, "momentum": self.momentum}
        return tuple(entry.rule(shared) for entry in self.racing)

    @property
    def box(self) -> Array | None:
        """Where the restarts are drawn, ``(d, 2)``; None for the function's own bounds."""
        return None if self.bounds is None else np.array(self.bounds)

    @property
    def starts(self) -> Array:
        """All start points, ``(d, restarts + 1)``."""
        start = self.objective.start if self.start is None else self.start
        return draw_starts(self.objective, start, self.restarts, self.seed, self.box)

    def run(self, pulse: Pulse | None = None) -> Trajectories:
        """Run the race; `pulse` is asked now and then whether to stop."""
        return race(self.objective, self.rules, self.starts, self.steps, self.tolerance, pulse)


#: The two values that optimizers can share, as the rules describe them.
SHARED = {name: OPTIMIZERS["momentum"].hyper(name) for name in ("learning_rate", "momentum")}


def _checked_start(start: Sequence[float] | None, objective: Objective) -> tuple[float, ...] | None:
    if start is None:
        return None
    if _shape(start) != (objective.dimension,):
        raise GdsimError(
            "start must be {d} numbers ({names}), not {given}",
            "start",
            d=objective.dimension,
            names=", ".join(objective.names),
            given=str(start)[:60],
        )
    return tuple(as_float(x, f"start {name}") for x, name in zip(start, objective.names, strict=True))


def _checked_bounds(
    bounds: Sequence[Sequence[float]] | None, objective: Objective
) -> tuple[tuple[float, float], ...] | None:
    if bounds is None:
        return None
    if _shape(bounds) != (objective.dimension, 2):
        raise GdsimError(
            "bounds must be {d} pairs (low, high), not {given}", "bounds", d=objective.dimension, given=str(bounds)[:60]
        )
    pairs = tuple((as_float(low, "bounds"), as_float(high, "bounds")) for low, high in bounds)
    for low, high in pairs:
        if not 0 < high - low < np.inf:
            raise GdsimError(
                "bounds must have low < high and a finite width, not ({low:g}, {high:g})", "bounds", low=low, high=high
            )
    return pairs


def _shape(value: Any) -> tuple[int, ...]:
    try:
        shape: tuple[int, ...] = np.shape(value)
    except ValueError:  # rows of different length
        return ()
    return shape


def _checked_entries(optimizers: Sequence[Entry]) -> tuple[Entry, ...]:
    if isinstance(optimizers, str | bytes) or not isinstance(optimizers, Sequence):
        raise GdsimError("optimizers must be a list of Entry, not {given}", "optimizers", given=repr(optimizers)[:60])
    for entry in optimizers:
        if not isinstance(entry, Entry):
            raise GdsimError("optimizers must hold Entry only, not {given}", "optimizers", given=repr(entry)[:60])
    return tuple(optimizers)


def _checked_tolerance(value: float) -> float:
    number = as_float(value, "tolerance")
    if number < 0:
        raise GdsimError("tolerance must be 0 or more, not {given:g}", "tolerance", given=number)
    return number
