"""Objectives, the functions that are minimised: surfaces and losses with their derivatives."""

from __future__ import annotations

from gdsim.objectives.base import Minimum, Objective
from gdsim.objectives.gradients import (
    GRADIENTS,
    CentralDifference,
    Exact,
    ForwardDifference,
    GradientMode,
    gradient_named,
)
from gdsim.objectives.source import MODEL_KEYS, Source
from gdsim.objectives.surfaces.catalogue import FUNCTIONS
from gdsim.objectives.surfaces.function import Function
from gdsim.objectives.surfaces.lookup import function_named, objective_for

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
