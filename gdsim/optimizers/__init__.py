"""Update rules and schedules, by key: the taking of one step."""

from __future__ import annotations

from gdsim.errors import named
from gdsim.optimizers.adam import Adam, AdaMax, AdamW, AMSGrad, NAdam, RAdam
from gdsim.optimizers.adaptive import AdaDelta, AdaGrad, RMSProp
from gdsim.optimizers.base import Hyper, Rule
from gdsim.optimizers.descent import GradientDescent, Momentum, Nesterov
from gdsim.optimizers.methods import (
    BFGS,
    LBFGS,
    METHODS,
    Backtracking,
    ConjugateGradient,
    CoordinateDescent,
    DampedNewton,
    LineSearchExact,
    Method,
    NelderMead,
    Newton,
    Powell,
    StrongWolfe,
    TrustRegion,
)
from gdsim.optimizers.plateau import ReduceOnPlateau
from gdsim.optimizers.schedules import (
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    Schedule,
    StepDecay,
    WarmupCosine,
)

_RULES: tuple[type[Rule], ...] = (
    GradientDescent,
    Momentum,
    Nesterov,
    AdaGrad,
    AdaDelta,
    RMSProp,
    Adam,
    AdamW,
    AMSGrad,
    AdaMax,
    NAdam,
    RAdam,
)
#: Every rule and every method the program knows, in the order people meet them.
OPTIMIZERS: dict[str, type[Rule]] = {rule.key: rule for rule in (*_RULES, *METHODS)}
#: The rules among them, which take elementwise steps.
RULES: dict[str, type[Rule]] = {key: rule for key, rule in OPTIMIZERS.items() if not issubclass(rule, Method)}

#: Every schedule the program knows, in the order people meet them.
SCHEDULES: dict[str, type[Schedule]] = {
    schedule.key: schedule
    for schedule in (Constant, StepDecay, Exponential, InverseTime, Cosine, WarmupCosine, ReduceOnPlateau)
}

__all__ = [
    "BFGS",
    "LBFGS",
    "METHODS",
    "OPTIMIZERS",
    "RULES",
    "SCHEDULES",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Backtracking",
    "ConjugateGradient",
    "Constant",
    "CoordinateDescent",
    "Cosine",
    "DampedNewton",
    "Exponential",
    "GradientDescent",
    "Hyper",
    "InverseTime",
    "LineSearchExact",
    "Method",
    "Momentum",
    "NAdam",
    "NelderMead",
    "Nesterov",
    "Newton",
    "Powell",
    "RAdam",
    "RMSProp",
    "ReduceOnPlateau",
    "Rule",
    "Schedule",
    "StepDecay",
    "StrongWolfe",
    "TrustRegion",
    "WarmupCosine",
    "rule_named",
    "schedule_named",
]


def rule_named(key: object) -> type[Rule]:
    """The update rule of a key, or `UnknownNameError`."""
    return named(OPTIMIZERS, key, "optimizer", "optimizers")


def schedule_named(key: object) -> type[Schedule]:
    """The schedule of a key, or `UnknownNameError`."""
    return named(SCHEDULES, key, "schedule", "schedule")
