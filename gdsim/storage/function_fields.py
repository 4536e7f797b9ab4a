"""The parameters, options and bounds of a function, as files have them."""

from __future__ import annotations

from typing import Any

from gdsim.checks import as_float
from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import FUNCTIONS, MODEL_KEYS, objective_for
from gdsim.objectives.formula.reading.words import canonical
from gdsim.objectives.surfaces.high_dimensional import checked_options
from gdsim.objectives.surfaces.lookup import DEFAULT_BOUNDS, asked_in
from gdsim.simulation.experiment import Experiment
from gdsim.storage.checking import ErrorPath, as_number, as_object, check_twice, joined, located

#: Since this version a formula has bounds of its own; before, −5 … 5 was meant where no bounds were told.
_OWN_BOUNDS = 2

Box = tuple[tuple[float, float], ...]


def as_parameters(path: str, value: Any) -> dict[str, float]:
    """Read names with numbers."""
    tree = as_object(path, value)
    check_twice(tree, path)
    return {name: as_float(as_number(joined(path, name), number), joined(path, name)) for name, number in tree.items()}


def as_options(path: str, value: Any) -> dict[str, Any]:
    """Read names with anything, to be checked when the function is known."""
    tree: dict[str, Any] = as_object(path, value)
    check_twice(tree, path)
    return tree


def check_function(function: str, parameters: dict[str, float]) -> None:
    """Raise `GdsimError` if a text is no function, or has no parameter of such a name; nothing of it is evaluated."""
    if function in MODEL_KEYS:
        return
    given = {canonical(name): value for name, value in parameters.items()}
    try:
        objective = objective_for(function, {name: given[name] for name in asked_in(function) if name in given})
    except UnknownNameError:
        raise
    except GdsimError as error:
        raise located(error, "function") from error
    for name in parameters:
        if canonical(name) not in objective.parameters:
            path, known = joined("parameters", name), objective.parameters
            unknown = UnknownNameError("parameter", name, known, field=path)
            raise located(unknown, path) if known else GdsimError("{field}: the function has no parameters", path)


def check_options(function: str, options: dict[str, Any]) -> None:
    """Raise `GdsimError` if a function has no such option, or one may not be so."""
    for name, value in options.items():
        path = joined("options", name)
        if function not in MODEL_KEYS:
            as_number(path, value)
        with ErrorPath(path):
            if function in MODEL_KEYS:
                from gdsim.objectives.data.models.model_kinds import MODELS

                MODELS[function].option(name).check(value, function)
            else:
                checked_options(function, {name: value})


def is_formula(function: str) -> bool:
    """Return whether a text is neither the key of a surface nor that of a model."""
    return function not in MODEL_KEYS and function not in FUNCTIONS


def written_bounds(experiment: Experiment) -> Box | None:
    """Give the bounds that are written: those of a formula even where they are its own.

    An earlier version had −5 … 5 for all, and what a later one finds for it may be another box.
    """
    if experiment.bounds is None and is_formula(str(experiment.function)):
        return tuple((low, high) for low, high in experiment.objective.bounds.tolist())
    return experiment.bounds


def bounds_of_formula(text: str, parameters: dict[str, float], written: Any, version: int) -> Any:
    """Give the bounds that stand in a file of a version; None if they are those that the formula has of itself."""
    own = objective_for(text, parameters)
    if written is None:
        if version >= _OWN_BOUNDS:
            return None
        written = (DEFAULT_BOUNDS,) * own.dimension
    return None if [list(pair) for pair in written] == own.bounds.tolist() else written
