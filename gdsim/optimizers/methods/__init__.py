"""Ways down that no elementwise step can say: line searches, second order, and those without derivatives."""

from __future__ import annotations

from gdsim.optimizers.methods.backtracking import Backtracking
from gdsim.optimizers.methods.base import Method
from gdsim.optimizers.methods.coordinate_descent import CoordinateDescent
from gdsim.optimizers.methods.damped_newton import DampedNewton
from gdsim.optimizers.methods.exact import LineSearchExact
from gdsim.optimizers.methods.nelder_mead import NelderMead
from gdsim.optimizers.methods.newton import Newton
from gdsim.optimizers.methods.scipy_methods import BFGS, LBFGS, ConjugateGradient, Powell, TrustRegion
from gdsim.optimizers.methods.wolfe import StrongWolfe

#: Every method the program knows, in the order people meet them.
METHODS: tuple[type[Method], ...] = (
    LineSearchExact,
    Backtracking,
    StrongWolfe,
    CoordinateDescent,
    ConjugateGradient,
    Newton,
    DampedNewton,
    BFGS,
    LBFGS,
    TrustRegion,
    NelderMead,
    Powell,
)

__all__ = [
    "BFGS",
    "LBFGS",
    "METHODS",
    "Backtracking",
    "ConjugateGradient",
    "CoordinateDescent",
    "DampedNewton",
    "LineSearchExact",
    "Method",
    "NelderMead",
    "Newton",
    "Powell",
    "StrongWolfe",
    "TrustRegion",
]
