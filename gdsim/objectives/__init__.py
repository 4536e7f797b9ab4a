"""What is minimised: surfaces and losses with their derivatives."""

from __future__ import annotations

from gdsim.errors import UnknownNameError
from gdsim.objectives.base import Minimum, Objective
from gdsim.objectives.catalogue import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "Function", "Minimum", "Objective", "function_named"]


def function_named(key: str) -> Function:
    """The built-in surface of a key, or `UnknownNameError`."""
    if not isinstance(key, str) or key not in FUNCTIONS:
        raise UnknownNameError("function", str(key), FUNCTIONS, field="function")
    return FUNCTIONS[key]
