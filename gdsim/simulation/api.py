"""`descend`: a race in one call."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from typing import Any, Unpack

from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, Function, Objective
from gdsim.optimizers import OPTIMIZERS, Rule, Schedule
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.fields import FIELDS, FieldValues
from gdsim.simulation.trajectories import Trajectories

Racer = str | Rule | Entry


def descend(
    function: str | Objective,
    optimizers: Racer | Sequence[Racer],
    start: Sequence[float] | None = None,
    **settings: Unpack[FieldValues],
) -> Trajectories:
    """Race optimizers on a function and keep every iterate.

    Parameters
    ----------
    function
        A key of FUNCTIONS or one of its values, the text of a function, any `Objective`, as a model on data is one, or
        the key of a model: linear, logistic, perceptron or network.
    optimizers
        One or several: a key of OPTIMIZERS (its defaults, following `learning_rate` and `momentum` where these
        are given), an instance (all its values) or an Entry, which may have a name. The same rule may be there several
        times. An instance may have a schedule in place of its learning rate, such
        as ``Momentum(learning_rate=Cosine(0.1))``; one without a rate of its own, ``Cosine()``, starts from the shared
        η.
    start
        d coordinates of run 0; the function's telling start if None.
    restarts
        Number of further runs from random starts, the same for every optimizer.
    seed
        What the random starts, the noise, the order of the examples in batches and, of a network given by key, the
        first weights are drawn from.
    steps
        Number of steps.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops.
    learning_rate, momentum
        The η and β shared by optimizers given by key.
    bounds
        ``((low, high), …)``: the box of the restarts; the function's bounds if None.
    gradient
        ``Exact()`` if None, ``CentralDifference(h)`` or ``ForwardDifference(h)``.
    noise
        Standard deviation of Gaussian noise on every component of the gradient, drawn from the seed: each run its own,
        the same for every optimizer.
    direction
        "descent" or "ascent".
    schedule, clip
        How η goes on from where it starts, and the length to which a longer gradient is cut (0: none); for every
        optimizer that has no schedule of its own.
    parameters
        Values of the parameters of a function given as text; 1 where none is given.
    data
        The examples of a model given by key: a Source, or the key of a set in DATASETS or SAMPLES; if None, those it
        shows itself on.
    options
        What is chosen about a model, such as ``{"hidden": (16, 16), "activation": "relu"}``; see MODELS. Of rosenbrock,
        rastrigin, ackley, styblinski_tang and griewank the number of variables, from 2 to 100: ``{"dimension": 10}``.
    name
        What a function given as text is called.
    batch
        Number of examples of a model that each step goes by, in one seeded order for all optimizers; 0 for all.

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
    return experiment_of(function, optimizers, start, settings).run()


def experiment_of(
    function: str | Objective,
    optimizers: Racer | Sequence[Racer],
    start: Sequence[float] | None,
    settings: FieldValues,
    caller: str = "descend",
) -> Experiment:
    """The experiment that the arguments of `descend`, or of another caller, describe."""
    racers = (
        [optimizers]
        if isinstance(optimizers, str | Rule | Entry) or not isinstance(optimizers, Iterable)
        else optimizers
    )
    entries = tuple(_entry(racer) for racer in racers)
    if not entries:
        raise GdsimError("optimizers must be at least one", "optimizers")
    for name in settings:
        if name not in FieldValues.__annotations__:
            raise TypeError(f"{caller}() got an unexpected keyword argument '{name}'")
    given = {name: value for name, value in settings.items() if value is not None or name not in _EMPTY}
    words = _words(function, given.pop("bounds", None), given.pop("parameters", {}))  # type: ignore[arg-type]
    return Experiment(start=start, optimizers=entries, **{**words, **given})  # type: ignore[arg-type]  # checked there


#: The fields of which None stands for nothing.
_EMPTY = ("gradient", "parameters", "options")


def _signature() -> Signature:
    """The signature of `descend` with every field by its name, as help and editors show it."""
    own = [p for p in signature(descend).parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
    rest = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=FIELDS[name].default, annotation=kind.__forward_arg__)
        for name, kind in FieldValues.__annotations__.items()
    ]
    return signature(descend).replace(parameters=[*own, *rest])


descend.__signature__ = _signature()  # type: ignore[attr-defined]  # Python's way to say it


def _words(
    function: str | Objective, bounds: Sequence[Sequence[float]] | None, parameters: Mapping[str, float]
) -> dict[str, Any]:
    """The fields of an experiment that say what is raced on: in words where it can be said so, as in the window."""
    if not isinstance(function, Function):
        return {"function": function, "bounds": bounds, "parameters": parameters}
    built_in = FUNCTIONS.get(function.key)
    if function.key and (built_in is None or built_in.text != function.text):
        return {"function": function, "bounds": bounds, "parameters": parameters}
    words: dict[str, Any] = {"function": function.key or function.text, "bounds": bounds, "parameters": parameters}
    if built_in is None or built_in.title != function.title:
        words["name"] = function.title
    if built_in is None:
        words["parameters"] = {**function.parameters, **parameters}
    if bounds is None:
        own = Experiment(**words).objective
        if own.bounds.tolist() != function.bounds.tolist():
            words["bounds"] = function.bounds.tolist()
    return words


def _entry(racer: Racer) -> Entry:
    if isinstance(racer, Rule):
        if OPTIMIZERS.get(racer.key) is not type(racer):
            raise GdsimError(
                "optimizers must be of the classes in OPTIMIZERS, not {given}", "optimizers", given=type(racer).__name__
            )
        values = {field.name: getattr(racer, field.name) for field in dataclasses.fields(racer)}
        schedule = values["learning_rate"] if isinstance(values.get("learning_rate"), Schedule) else None
        if schedule is None:
            return Entry(racer.key, values)
        rate = values.pop("learning_rate").learning_rate
        own = {} if rate is None else {"learning_rate": rate}
        return Entry(racer.key, {**own, **values}, schedule=dataclasses.replace(schedule, learning_rate=None))
    if isinstance(racer, str):
        return Entry(racer)
    if isinstance(racer, Entry):
        return racer
    raise GdsimError("optimizers must be keys or instances, not {given}", "optimizers", given=repr(racer)[:60])
