"""What is minimised: surfaces and losses with their derivatives."""

from __future__ import annotations

from gdsim.objectives.base import Minimum, Objective
from gdsim.objectives.catalogue import FUNCTIONS
from gdsim.objectives.differences import (
    GRADIENTS,
    CentralDifference,
    Exact,
    ForwardDifference,
    GradientMode,
    gradient_named,
)
from gdsim.objectives.function import Function
from gdsim.objectives.source import MODEL_KEYS, Source
from gdsim.objectives.typed import function_named, objective_for

__all__ = [
    "FUNCTIONS",
    "GRADIENTS",
    "MODEL_KEYS",
    "CentralDifference",
    "Exact",
    "ForwardDifference",
    "Function",
    "GradientMode",
    "Minimum",
    "Objective",
    "Source",
    "function_named",
    "gradient_named",
    "objective_for",
]
