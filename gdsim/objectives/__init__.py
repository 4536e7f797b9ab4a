"""What is minimised: surfaces and losses with their derivatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.base import Minimum, Objective
from gdsim.objectives.catalogue import FUNCTIONS, Function
from gdsim.objectives.differences import (
    GRADIENTS,
    CentralDifference,
    Exact,
    ForwardDifference,
    GradientMode,
    gradient_named,
)

__all__ = [
    "FUNCTIONS",
    "GRADIENTS",
    "CentralDifference",
    "Exact",
    "ForwardDifference",
    "Function",
    "GradientMode",
    "Minimum",
    "Objective",
    "function_named",
    "gradient_named",
    "objective_for",
]


def function_named(key: str) -> Function:
    """The built-in surface of a key, or `UnknownNameError`."""
    if not isinstance(key, str) or key not in FUNCTIONS:
        raise UnknownNameError("function", str(key), FUNCTIONS, field="function")
    return FUNCTIONS[key]


def objective_for(
    function: str,
    parameters: Mapping[str, float] | None = None,
    bounds: Sequence[Sequence[float]] | None = None,
    name: str = "",
) -> Function:
    """The function of a key or of a text, with other bounds if some are given; the same object for the same words."""
    found = function_named(function)
    if parameters:
        raise GdsimError("{function} has no parameters", "parameters", function=function)
    return found if bounds is None else found.within(tuple((low, high) for low, high in bounds))
