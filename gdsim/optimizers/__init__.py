"""Update rules and schedules, by key: the taking of one step."""

from __future__ import annotations

from gdsim.errors import named
from gdsim.optimizers.adam import Adam, AdaMax, AdamW, AMSGrad, NAdam, RAdam
from gdsim.optimizers.adam_kin import AdaBelief, Adan, Yogi
from gdsim.optimizers.adaptive import AdaDelta, AdaGrad, RMSProp
from gdsim.optimizers.ahead import LookAhead, Nesterov1983
from gdsim.optimizers.averaged import ASGD, ScheduleFreeAdamW, ScheduleFreeSGD
from gdsim.optimizers.base import Hyper, Rule
from gdsim.optimizers.descent import GradientDescent, Momentum, Nesterov
from gdsim.optimizers.families import FAMILIES, Family
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
from gdsim.optimizers.normalised import NormalisedGD
from gdsim.optimizers.plateau import ReduceOnPlateau
from gdsim.optimizers.prodigy import Prodigy
from gdsim.optimizers.quasi_hyperbolic import QHM, QHAdam
from gdsim.optimizers.schedules import (
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    Schedule,
    StepDecay,
    WarmupCosine,
)
from gdsim.optimizers.signs import Lion, Rprop, SignSGD

_USUAL: tuple[type[Rule], ...] = (
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
# no rule goes before another that was there: colours and heads follow the order
_FURTHER: tuple[type[Rule], ...] = (
    NormalisedGD,
    LookAhead,
    Nesterov1983,
    QHM,
    AdaBelief,
    Yogi,
    Adan,
    QHAdam,
    SignSGD,
    Lion,
    ASGD,
    ScheduleFreeSGD,
    ScheduleFreeAdamW,
    Rprop,
    Prodigy,
)
#: Every rule and every method the program knows, in the order people meet them.
OPTIMIZERS: dict[str, type[Rule]] = {rule.key: rule for rule in (*_USUAL, *_FURTHER, *METHODS)}
#: The rules among them, which take elementwise steps.
RULES: dict[str, type[Rule]] = {key: rule for key, rule in OPTIMIZERS.items() if not issubclass(rule, Method)}
#: The keys of those that people meet first: a list shows them whether they take part or not.
USUAL = tuple(rule.key for rule in _USUAL)

#: Every schedule the program knows, in the order people meet them.
SCHEDULES: dict[str, type[Schedule]] = {
    schedule.key: schedule
    for schedule in (Constant, StepDecay, Exponential, InverseTime, Cosine, WarmupCosine, ReduceOnPlateau)
}

__all__ = [
    "ASGD",
    "BFGS",
    "FAMILIES",
    "LBFGS",
    "METHODS",
    "OPTIMIZERS",
    "QHM",
    "RULES",
    "SCHEDULES",
    "USUAL",
    "AMSGrad",
    "AdaBelief",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Adan",
    "Backtracking",
    "ConjugateGradient",
    "Constant",
    "CoordinateDescent",
    "Cosine",
    "DampedNewton",
    "Exponential",
    "Family",
    "GradientDescent",
    "Hyper",
    "InverseTime",
    "LineSearchExact",
    "Lion",
    "LookAhead",
    "Method",
    "Momentum",
    "NAdam",
    "NelderMead",
    "Nesterov",
    "Nesterov1983",
    "Newton",
    "NormalisedGD",
    "Powell",
    "Prodigy",
    "QHAdam",
    "RAdam",
    "RMSProp",
    "ReduceOnPlateau",
    "Rprop",
    "Rule",
    "Schedule",
    "ScheduleFreeAdamW",
    "ScheduleFreeSGD",
    "SignSGD",
    "StepDecay",
    "StrongWolfe",
    "TrustRegion",
    "WarmupCosine",
    "Yogi",
    "rule_named",
    "schedule_named",
]


def rule_named(key: object) -> type[Rule]:
    """The update rule of a key, or `UnknownNameError`."""
    return named(OPTIMIZERS, key, "optimizer", "optimizers")


def schedule_named(key: object) -> type[Schedule]:
    """The schedule of a key, or `UnknownNameError`."""
    return named(SCHEDULES, key, "schedule", "schedule")
