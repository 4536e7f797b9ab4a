"""One frozen description of everything a race needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import count
from typing import Any, NoReturn

import numpy as np

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError, listed
from gdsim.objectives import MODEL_KEYS, Exact, GradientMode, Objective, Source, objective_for
from gdsim.objectives.base import Array
from gdsim.objectives.formula.reading.words import canonical
from gdsim.objectives.source import as_source
from gdsim.objectives.surfaces.high_dimensional import checked_options, many_called
from gdsim.objectives.surfaces.lookup import checked_bounds
from gdsim.objectives.surfaces.lookup import checked_name as checked_function_name
from gdsim.optimizers import OPTIMIZERS, Rule, Schedule, rule_named
from gdsim.optimizers.described import Hyper
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.names import Name, checked_name, id_of, names_of, parts_of
from gdsim.simulation.starts import draw_starts
from gdsim.simulation.trajectories import Trajectories, check_memory

MOST_STEPS = 10_000_000
MOST_RESTARTS = 100_000
HIGHEST_SEED = 2**32 - 1
MOST_ENTRIES = 1_000_000
DEFAULT_STEPS = 500
DEFAULT_TOLERANCE = 1e-8
EXACT = Exact()


class FrozenDict(dict[str, Any]):
    """A dict that cannot be changed, and so can be part of something that cannot; it copies and pickles as dicts do."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the values of an Entry cannot be changed: make another Entry")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)


@dataclass(frozen=True)
class Entry:
    """One optimizer of an experiment: its key and what was set on it.

    What was not set follows the shared η and β where the rule says so, or else its own default.

    Attributes
    ----------
    key, values
        The rule, and the hyperparameters that were set on it.
    enabled
        Whether it takes part.
    schedule, clip
        Its own schedule of η and its own bound of the gradient's length (0: none); None to follow the shared ones.
    number
        Which of the entries of its rule it is, from 1: an experiment gives the next free one to whoever's is taken.
    name
        What a person calls it; "" to be called after its rule and what tells it apart: see `Experiment.names`.
    """

    key: str
    values: Mapping[str, float | bool] = field(default_factory=dict)
    enabled: bool = True
    schedule: Schedule | None = None
    clip: float | None = None
    number: int = 1
    name: str = ""

    def __post_init__(self) -> None:
        rule = rule_named(self.key)
        object.__setattr__(self, "name", checked_name(self.name, f"{self.key}.name"))
        object.__setattr__(self, "number", as_count(self.number, f"{self.key}.number", 1, MOST_ENTRIES))
        if self.schedule is not None:
            _check_schedule(self.schedule, f"{self.key}.schedule")
        if self.clip is not None:
            object.__setattr__(self, "clip", CLIP.check(self.clip, self.key))
        checked = {name: rule.hyper(name).check(value, self.key) for name, value in self.values.items()}
        object.__setattr__(self, "values", FrozenDict(checked))

    @cached_property
    def id(self) -> str:
        """What tells it apart from all others: the key of its rule and, of a further entry of that, its number."""
        return id_of(self.key, self.number)

    @classmethod
    def of_id(cls, entry_id: str, enabled: bool = True) -> Entry:
        """An entry of an id, with nothing set on it."""
        key, number = parts_of(entry_id)
        return cls(key, enabled=enabled, number=number)

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
        Key of a built-in function, the text of a typed one or, from Python only, an `Objective`.
    name, parameters
        What a typed function is called, and the values of its parameters (1 where none is given).
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
        The box ``((low, high), …)`` that is looked at and that the restarts are drawn in; None for the function's own.
    direction
        "descent" or "ascent".
    gradient
        How it is worked out.
    noise
        Standard deviation σ of the Gaussian noise added to every component of the gradient; drawn from the seed, each
        run its own, the same for every optimizer.
    schedule, clip
        How η goes on from where it starts (None: it stays), and the length to which a longer gradient is cut (0: none),
        for every optimizer that has none of its own.
    data
        Of a model on data: its examples, of which the key of a set will do; None for those it shows itself on.
    options
        What was chosen about a model; of the functions that are for any number of variables, the "dimension".
    batch
        Number of examples a step goes by; 0 for all.
    """

    function: str | Objective = "himmelblau"
    start: tuple[float, ...] | None = None
    restarts: int = 0
    seed: int = 0
    steps: int = DEFAULT_STEPS
    tolerance: float = DEFAULT_TOLERANCE
    learning_rate: float | None = None
    momentum: float | None = None
    optimizers: tuple[Entry, ...] = (Entry("gd"),)
    bounds: tuple[tuple[float, float], ...] | None = None
    direction: str = "descent"
    gradient: GradientMode = EXACT
    noise: float = 0.0
    schedule: Schedule | None = None
    clip: float = 0.0
    name: str = ""
    parameters: Mapping[str, float] = field(default_factory=dict)
    data: Source | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    batch: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", FrozenDict(_checked_parameters(self.parameters)))
        object.__setattr__(self, "options", FrozenDict(_checked_options(self.options, self.function)))
        object.__setattr__(self, "name", checked_function_name(self.name))
        object.__setattr__(self, "seed", as_count(self.seed, "seed", 0, HIGHEST_SEED))
        object.__setattr__(self, "batch", as_count(self.batch, "batch", 0, 10_000_000))
        self._check_examples()
        # bounds are pairs for the coordinates of the function, which has to be known first
        objective = self._objective(None)
        checked: dict[str, object] = {
            "start": _checked_start(self.start, objective),
            "bounds": None if self.bounds is None else checked_bounds(self.bounds, objective.names),
            "restarts": as_count(self.restarts, "restarts", 0, MOST_RESTARTS),
            "steps": as_count(self.steps, "steps", 1, MOST_STEPS),
            "tolerance": _checked_tolerance(self.tolerance),
            "optimizers": _checked_entries(self.optimizers),
            "direction": _checked_direction(self.direction),
            "noise": NOISE.check(self.noise),
            "clip": CLIP.check(self.clip),
        }
        if not isinstance(self.gradient, GradientMode):
            raise GdsimError(
                "gradient must be Exact(), CentralDifference(h) or ForwardDifference(h), not {given}",
                "gradient",
                given=repr(self.gradient)[:60],
            )
        if self.schedule is not None:
            _check_schedule(self.schedule, "schedule")
        for name in ("learning_rate", "momentum"):
            value = getattr(self, name)
            checked[name] = None if value is None else SHARED[name].check(value)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        check_memory(self.steps, len(self.racing), objective.dimension, self.restarts + 1)

    @cached_property
    def objective(self) -> Objective:
        """What is descended, with the bounds that are looked at; the same object for the same words."""
        return self._objective(self.bounds)

    def __getstate__(self) -> dict[str, Any]:
        # words and numbers alone: what they say is worked out where they arrive
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def _objective(self, bounds: tuple[tuple[float, float], ...] | None) -> Objective:
        if self.function in MODEL_KEYS:
            from gdsim.objectives.data.models.model_kinds import model_for

            model = model_for(str(self.function), self.data, self.options, self.seed)
            return model if bounds is None else model.within(bounds)
        return _objective(self.function, self.parameters, bounds, self.name, self.options)

    def _check_examples(self) -> None:
        """Data, options and batches belong to models."""
        if self.data is not None:
            object.__setattr__(self, "data", as_source(self.data))
        if self.function in MODEL_KEYS:
            if self.parameters:
                raise GdsimError(
                    "parameters belong to a typed function; {given} has none", "parameters", given=self.function
                )
            return
        for name in ("data", "batch"):
            if getattr(self, name) and not (name == "batch" and hasattr(self.function, "examples")):
                template = "{field} belongs to a model on data ({models})"
                if hasattr(self.function, "examples"):
                    template = "{field} belongs to a model that is named ({models}): one that is given has its own"
                raise GdsimError(template, name, models=", ".join(MODEL_KEYS))

    @property
    def ascent(self) -> bool:
        """Whether the race goes uphill."""
        return self.direction == "ascent"

    @property
    def racing(self) -> tuple[Entry, ...]:
        """The optimizers that take part."""
        return tuple(entry for entry in self.optimizers if entry.enabled)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Their update rules, with all values."""
        return tuple(entry.rule(self._shared) for entry in self.racing)

    @property
    def _shared(self) -> dict[str, float | None]:
        return {"learning_rate": self.learning_rate, "momentum": self.momentum}

    @property
    def starts(self) -> Array:
        """All start points, ``(d, restarts + 1)``."""
        start = self.objective.start if self.start is None else self.start
        return draw_starts(self.objective, start, self.restarts, self.seed)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The optimizers that take part, with their rules, schedules and clipping."""
        return tuple(self._lane(entry, self.names[entry.id]) for entry in self.racing)

    def _lane(self, entry: Entry, name: Name | None = None) -> Lane:
        return Lane(
            entry.rule(self._shared),
            self.schedule if entry.schedule is None else entry.schedule,
            self.clip if entry.clip is None else entry.clip,
            entry.id,
            name,
        )

    @cached_property
    def names(self) -> dict[str, Name]:
        """What each optimizer is called, whether it takes part or not, by `Entry.id`."""
        return names_of(self.optimizers, self._lane)

    @property
    def course(self) -> Course:
        """What they race on."""
        return Course(self.objective, self.ascent, self.gradient, self.noise, self.seed, self.batch)

    def run(self, pulse: Pulse | None = None) -> Trajectories:
        """Run the race; `pulse` is asked now and then whether to stop."""
        return race(self.course, self.lanes, self.starts, self.steps, self.tolerance, pulse)


#: The two values that optimizers can share, as the rules describe them.
SHARED = {name: OPTIMIZERS["momentum"].hyper(name) for name in ("learning_rate", "momentum")}

#: The standard deviation of noise, and the length to which gradients are clipped.
NOISE = Hyper(
    "noise",
    0.0,
    "σ",
    "Noise: standard deviation of what is added to every component of the gradient.",
    high=1e6,
    slider=(0.0, 10.0),
)
CLIP = Hyper(
    "clip", 0.0, "c", "Clipping: a longer gradient is cut to this length; 0 for none.", high=1e12, slider=(0.0, 100.0)
)


def _objective(
    function: str | Objective,
    parameters: Mapping[str, float],
    bounds: tuple[tuple[float, float], ...] | None,
    name: str,
    options: Mapping[str, Any],
) -> Objective:
    found = function if isinstance(function, Objective) else many_called(str(function), options, name)
    if found is None:
        return objective_for(function, parameters, bounds, name)  # type: ignore[arg-type]  # checked there
    if parameters:
        raise GdsimError("parameters belong to a typed function; {given} has none", "parameters", given=function)
    return found if bounds is None else found.within(bounds)


def _checked_parameters(parameters: Mapping[str, float]) -> dict[str, float]:
    if not isinstance(parameters, Mapping):
        raise GdsimError(
            "parameters must be names with numbers, not {given}", "parameters", given=repr(parameters)[:60]
        )
    return {canonical(str(name)): as_float(value, f"parameter {name}") for name, value in parameters.items()}


def _checked_options(options: Mapping[str, Any], function: str | Objective) -> dict[str, Any]:
    if not isinstance(options, Mapping):
        raise GdsimError("options must be names with values, not {given}", "options", given=repr(options)[:60])
    if options and function in MODEL_KEYS:
        from gdsim.objectives.data.models.model_kinds import MODELS

        kind = MODELS[str(function)]
        return {str(name): kind.option(str(name)).check(value, kind.key) for name, value in options.items()}
    if options and isinstance(function, str):
        objective_for(function)  # a key with a slip in it is what is wrong first
    return checked_options(str(function), options)


def _checked_direction(direction: str) -> str:
    if direction not in ("descent", "ascent"):
        raise GdsimError("direction must be descent or ascent, not {given}", "direction", given=repr(direction)[:60])
    return direction


def _check_schedule(schedule: Schedule, field: str) -> None:
    if not isinstance(schedule, Schedule):
        raise GdsimError("{field} must be a schedule such as Cosine(), not {given}", field, given=repr(schedule)[:60])
    if schedule.learning_rate is not None:
        raise GdsimError("{field} must leave η to the optimizer: give learning_rate there", field)


def _checked_start(start: Sequence[float] | None, objective: Objective) -> tuple[float, ...] | None:
    if start is None:
        return None
    if _shape(start) != (objective.dimension,):
        raise GdsimError(
            "start must be one number for each of {names}, not {given}",
            "start",
            names=listed(objective.names),
            given=str(start)[:60],
        )
    return tuple(as_float(x, f"start {name}") for x, name in zip(start, objective.names, strict=True))


def _shape(value: Any) -> tuple[int, ...]:
    try:
        shape: tuple[int, ...] = np.shape(value)
    except ValueError:  # rows of different length
        return ()
    return shape


def _checked_entries(optimizers: Sequence[Entry]) -> tuple[Entry, ...]:
    if isinstance(optimizers, str | bytes) or not isinstance(optimizers, Sequence):
        raise GdsimError("optimizers must be a list of Entry, not {given}", "optimizers", given=repr(optimizers)[:60])
    typed: set[str] = set()
    for entry in optimizers:
        if not isinstance(entry, Entry):
            raise GdsimError("optimizers must hold Entry only, not {given}", "optimizers", given=repr(entry)[:60])
        if entry.name and entry.name in typed:
            raise GdsimError(
                "optimizers must have names of their own; two are called {name}", "optimizers", name=entry.name
            )
        typed.add(entry.name)
    return _told_apart(optimizers)


def free_numbers(taken: Collection[int]) -> Iterator[int]:
    """The numbers from 1 that are not taken, the least first."""
    return (n for n in count(1) if n not in taken)


def _told_apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entries with numbers of their own: the first of each number keeps it, whoever comes before."""
    keepers: dict[str, Entry] = {}
    taken: dict[str, set[int]] = {}
    free: dict[str, Iterator[int]] = {}
    for entry in entries:
        keepers.setdefault(entry.id, entry)
        taken.setdefault(entry.key, set()).add(entry.number)
    found = []
    for entry in entries:
        if keepers.pop(entry.id, None) is None:
            number = next(free.setdefault(entry.key, free_numbers(taken[entry.key])))
            entry = replace(entry, number=number)
        found.append(entry)
    return tuple(found)


def _checked_tolerance(value: float) -> float:
    number = as_float(value, "tolerance")
    if number < 0:
        raise GdsimError("tolerance must be 0 or more, not {given:g}", "tolerance", given=number)
    return number
