"""The frozen description of everything a race needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from gdsim.errors import GdsimError
from gdsim.objectives import MODEL_KEYS, GradientMode, Objective, Source, objective_for
from gdsim.objectives.base import Array
from gdsim.objectives.surfaces.high_dimensional import many_called
from gdsim.optimizers import OPTIMIZERS, Method, Rule, Schedule
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.entry import Entry
from gdsim.simulation.field_checks import check_of_function, checked_box, checked_options, checked_start
from gdsim.simulation.fields import FIELDS, described
from gdsim.simulation.maps.tuning_rule import TuningRule
from gdsim.simulation.methods.conditions import check_methods
from gdsim.simulation.names import Name, names_of
from gdsim.simulation.starts import draw_starts
from gdsim.simulation.trajectories import Trajectories, check_memory

__all__ = ["Entry", "Experiment"]


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
    tuning
        The budget and the ranges with which the optimizers were tuned last; no race goes by them.
    """

    function: str | Objective = described("function")
    start: tuple[float, ...] | None = described("start")
    restarts: int = described("restarts")
    seed: int = described("seed")
    steps: int = described("steps")
    tolerance: float = described("tolerance")
    learning_rate: float | None = described("learning_rate")
    momentum: float | None = described("momentum")
    optimizers: tuple[Entry, ...] = described("optimizers")
    bounds: tuple[tuple[float, float], ...] | None = described("bounds")
    direction: str = described("direction")
    gradient: GradientMode = described("gradient")
    noise: float = described("noise")
    schedule: Schedule | None = described("schedule")
    clip: float = described("clip")
    name: str = described("name")
    parameters: Mapping[str, float] = described("parameters")
    data: Source | None = described("data")
    options: Mapping[str, Any] = described("options")
    batch: int = described("batch")
    tuning: TuningRule | None = described("tuning")

    def __post_init__(self) -> None:
        values = self.__dict__  # which a frozen dataclass writes to while it is made, and never again
        for name, field in FIELDS.items():
            values[name] = field.check(values[name])
        # the rest is for the coordinates of the function, which has to be known first
        values["options"] = checked_options(self.options, self.function)
        check_of_function(self.function, parameters=self.parameters, data=self.data, batch=self.batch)
        objective = self._objective(None)
        values["start"] = checked_start(self.start, objective)
        values["bounds"] = checked_box(self.bounds, objective)
        check_methods([OPTIMIZERS[entry.key] for entry in self.racing], objective, self.noise, self.batch)
        check_memory(self.steps, len(self.racing), objective.dimension, self.restarts + 1)

    @cached_property
    def objective(self) -> Objective:
        """The objective that is descended, with the bounds that are looked at; the same object for the same words."""
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

    @property
    def ascent(self) -> bool:
        """Return whether the race goes uphill."""
        return self.direction == "ascent"

    @cached_property
    def racing(self) -> tuple[Entry, ...]:
        """The optimizers that take part."""
        return tuple([entry for entry in self.optimizers if entry.enabled])

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
        return tuple([self._lane(entry, self.names[entry.id]) for entry in self.racing])

    def _lane(self, entry: Entry, name: Name | None = None) -> Lane:
        rule = entry.rule(self._shared)
        if isinstance(rule, Method):
            # it has no η that could change, and takes gradients as they are
            return Lane(rule, id=entry.id, name=name)
        return Lane(
            rule,
            self.schedule if entry.schedule is None else entry.schedule,
            self.clip if entry.clip is None else entry.clip,
            entry.id,
            name,
        )

    @cached_property
    def names(self) -> dict[str, Name]:
        """The names of the optimizers, whether they take part or not, by `Entry.id`."""
        return names_of(self.optimizers, self._lane)

    @property
    def course(self) -> Course:
        """The conditions of the race."""
        return Course(self.objective, self.ascent, self.gradient, self.noise, self.seed, self.batch)

    def run(self, pulse: Pulse | None = None) -> Trajectories:
        """Run the race; `pulse` is asked now and then whether to stop."""
        return race(self.course, self.lanes, self.starts, self.steps, self.tolerance, pulse)


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
