"""The checks of fields that `Hyper` and `gdsim.checks` do not make: each gives the value as its type, or raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gdsim.checks import as_float
from gdsim.errors import GdsimError, listed
from gdsim.objectives import MODEL_KEYS, GradientMode, Objective, Source, objective_for
from gdsim.objectives.formula.reading.words import canonical
from gdsim.objectives.surfaces.high_dimensional import checked_options as checked_dimension
from gdsim.objectives.surfaces.lookup import checked_bounds
from gdsim.simulation.frozen_dict import FrozenDict


def checked_parameters(parameters: Mapping[str, float]) -> FrozenDict:
    """Names, spelled as formulas spell them, with numbers."""
    if not isinstance(parameters, Mapping):
        raise GdsimError(
            "parameters must be names with numbers, not {given}", "parameters", given=repr(parameters)[:60]
        )
    checked = {canonical(str(name)): as_float(value, f"parameter {name}") for name, value in parameters.items()}
    return FrozenDict(checked)


def checked_names(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Options, of which only the function knows what they may be."""
    if not isinstance(options, Mapping):
        raise GdsimError("options must be names with values, not {given}", "options", given=repr(options)[:60])
    return options


def checked_source(data: Source | str | None) -> Source | None:
    """Examples, or those of a key."""
    if data is None:
        return None
    from gdsim.objectives.data.lookup import as_source  # most experiments have none

    return as_source(data)


def checked_tolerance(value: float) -> float:
    """A number that is not below 0."""
    number = as_float(value, "tolerance")
    if number < 0:
        raise GdsimError("tolerance must be 0 or more, not {given:g}", "tolerance", given=number)
    return number


def checked_direction(direction: str) -> str:
    """The word for downhill or uphill."""
    if direction not in ("descent", "ascent"):
        raise GdsimError("direction must be descent or ascent, not {given}", "direction", given=repr(direction)[:60])
    return direction


def checked_gradient(mode: GradientMode) -> GradientMode:
    """A way to work out the gradient."""
    if not isinstance(mode, GradientMode):
        raise GdsimError(
            "gradient must be Exact(), CentralDifference(h) or ForwardDifference(h), not {given}",
            "gradient",
            given=repr(mode)[:60],
        )
    return mode


def checked_options(options: Mapping[str, Any], function: str | Objective) -> FrozenDict:
    """The options of a function, which has to be known."""
    if options and function in MODEL_KEYS:
        from gdsim.objectives.data.models.model_kinds import MODELS

        kind = MODELS[str(function)]
        return FrozenDict((str(name), kind.option(str(name)).check(value, kind.key)) for name, value in options.items())
    if options and isinstance(function, str):
        objective_for(function)  # a key with a slip in it is what is wrong first
    return FrozenDict(checked_dimension(str(function), options))


def checked_start(start: Sequence[float] | None, objective: Objective) -> tuple[float, ...] | None:
    """A number for each coordinate of an objective."""
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


def checked_box(
    bounds: Sequence[Sequence[float]] | None, objective: Objective
) -> tuple[tuple[float, float], ...] | None:
    """A pair of numbers for each coordinate of an objective."""
    return None if bounds is None else checked_bounds(bounds, objective.names)


def _shape(value: Any) -> tuple[int, ...]:
    try:
        shape: tuple[int, ...] = np.shape(value)
    except ValueError:  # rows of different length
        return ()
    return shape


def check_of_function(function: str | Objective, **given: Any) -> None:
    """Raise `GdsimError` if parameters, data or batch are given to a function that knows none."""
    if function in MODEL_KEYS:
        if given["parameters"]:
            raise GdsimError("parameters belong to a typed function; {given} has none", "parameters", given=function)
        return
    has_own = hasattr(function, "examples")
    for name in ("data", "batch"):
        if given[name] and not (name == "batch" and has_own):
            template = "{field} belongs to a model on data ({models})"
            if has_own:
                template = "{field} belongs to a model that is named ({models}): one that is given has its own"
            raise GdsimError(template, name, models=", ".join(MODEL_KEYS))
