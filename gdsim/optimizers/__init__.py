"""How one step is taken: the update rules, by key."""

from __future__ import annotations

from gdsim.errors import named
from gdsim.optimizers.adam import Adam, AdaMax, AdamW, AMSGrad, NAdam, RAdam
from gdsim.optimizers.adaptive import AdaDelta, AdaGrad, RMSProp
from gdsim.optimizers.base import Hyper, Rule
from gdsim.optimizers.descent import GradientDescent, Momentum, Nesterov
from gdsim.optimizers.schedules import (
    SCHEDULES,
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    ReduceOnPlateau,
    Schedule,
    StepDecay,
    WarmupCosine,
    schedule_named,
)

#: Every rule the program knows, in the order people meet them.
OPTIMIZERS: dict[str, type[Rule]] = {
    rule.key: rule
    for rule in (
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
}

__all__ = [
    "OPTIMIZERS",
    "SCHEDULES",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Constant",
    "Cosine",
    "Exponential",
    "GradientDescent",
    "Hyper",
    "InverseTime",
    "Momentum",
    "NAdam",
    "Nesterov",
    "RAdam",
    "RMSProp",
    "ReduceOnPlateau",
    "Rule",
    "Schedule",
    "StepDecay",
    "WarmupCosine",
    "rule_named",
    "schedule_named",
]


def rule_named(key: object) -> type[Rule]:
    """The update rule of a key, or `UnknownNameError`."""
    return named(OPTIMIZERS, key, "optimizer", "optimizers")
