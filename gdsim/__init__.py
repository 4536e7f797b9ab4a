"""gdsim: a laboratory for gradient descent.

>>> import gdsim
>>> race = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), start=(-3, 4), steps=100)
>>> race.positions.shape
(101, 1, 2, 1)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gdsim.errors import GdsimError
from gdsim.objectives import (
    FUNCTIONS,
    GRADIENTS,
    CentralDifference,
    Exact,
    ForwardDifference,
    Function,
    GradientMode,
    Minimum,
    Objective,
    Source,
)
from gdsim.optimizers import (
    ASGD,
    BFGS,
    LBFGS,
    OPTIMIZERS,
    QHM,
    SCHEDULES,
    AdaBelief,
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    Adan,
    AMSGrad,
    Backtracking,
    ConjugateGradient,
    Constant,
    CoordinateDescent,
    Cosine,
    DampedNewton,
    Exponential,
    GradientDescent,
    InverseTime,
    LineSearchExact,
    Lion,
    LookAhead,
    Method,
    Momentum,
    NAdam,
    NelderMead,
    Nesterov,
    Nesterov1983,
    Newton,
    NormalisedGD,
    Powell,
    Prodigy,
    QHAdam,
    RAdam,
    ReduceOnPlateau,
    RMSProp,
    Rprop,
    Rule,
    Schedule,
    ScheduleFreeAdamW,
    ScheduleFreeSGD,
    SignSGD,
    StepDecay,
    StrongWolfe,
    TrustRegion,
    WarmupCosine,
    Yogi,
)
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.objectives.data import (
        DATASETS,
        MODELS,
        SAMPLES,
        Dataset,
        LinearRegression,
        LogisticRegression,
        Model,
        Network,
        Perceptron,
    )
    from gdsim.objectives.surfaces.callables import function, objective
    from gdsim.simulation.advice.advice import Advice
    from gdsim.simulation.advice.advising import advise
    from gdsim.simulation.api import descend
    from gdsim.simulation.endings.critical_points import Ground
    from gdsim.simulation.endings.limits import Limit
    from gdsim.simulation.endings.motion import Motion
    from gdsim.simulation.endings.outcomes import Outcome
    from gdsim.simulation.maps.api import basin_map, setting_map, sweep, tune
    from gdsim.simulation.maps.basins import BasinMap
    from gdsim.simulation.maps.settings import SettingMap
    from gdsim.simulation.maps.sweeps import Sweep
    from gdsim.simulation.maps.tuning import Tuning
    from gdsim.simulation.maps.tuning_rule import TuningRule
    from gdsim.storage.csv.data import read_csv

__version__ = "0.1.0"

#: What is imported when it is first asked for: a race needs no model, no advice and no words of how it ends.
_LATER = {
    **dict.fromkeys(
        (
            "DATASETS",
            "MODELS",
            "SAMPLES",
            "Dataset",
            "LinearRegression",
            "LogisticRegression",
            "Model",
            "Network",
            "Perceptron",
        ),
        "gdsim.objectives.data",
    ),
    "Advice": "gdsim.simulation.advice.advice",
    "Ground": "gdsim.simulation.endings.critical_points",
    "Limit": "gdsim.simulation.endings.limits",
    "Motion": "gdsim.simulation.endings.motion",
    "Outcome": "gdsim.simulation.endings.outcomes",
    "advise": "gdsim.simulation.advice.advising",
    **dict.fromkeys(("basin_map", "setting_map", "sweep", "tune"), "gdsim.simulation.maps.api"),
    "BasinMap": "gdsim.simulation.maps.basins",
    "SettingMap": "gdsim.simulation.maps.settings",
    "Sweep": "gdsim.simulation.maps.sweeps",
    "Tuning": "gdsim.simulation.maps.tuning",
    "TuningRule": "gdsim.simulation.maps.tuning_rule",
    "descend": "gdsim.simulation.api",
    "function": "gdsim.objectives.surfaces.callables",
    "objective": "gdsim.objectives.surfaces.callables",
    "read_csv": "gdsim.storage.csv.data",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LATER[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "ASGD",
    "BFGS",
    "DATASETS",
    "FUNCTIONS",
    "GRADIENTS",
    "LBFGS",
    "MODELS",
    "OPTIMIZERS",
    "QHM",
    "SAMPLES",
    "SCHEDULES",
    "AMSGrad",
    "AdaBelief",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Adan",
    "Advice",
    "Backtracking",
    "BasinMap",
    "CentralDifference",
    "ConjugateGradient",
    "Constant",
    "CoordinateDescent",
    "Cosine",
    "DampedNewton",
    "Dataset",
    "Entry",
    "Exact",
    "Experiment",
    "Exponential",
    "ForwardDifference",
    "Function",
    "GdsimError",
    "GradientDescent",
    "GradientMode",
    "Ground",
    "InverseTime",
    "Kind",
    "Limit",
    "LineSearchExact",
    "LinearRegression",
    "Lion",
    "LogisticRegression",
    "LookAhead",
    "Method",
    "Minimum",
    "Model",
    "Momentum",
    "Motion",
    "NAdam",
    "NelderMead",
    "Nesterov",
    "Nesterov1983",
    "Network",
    "Newton",
    "NormalisedGD",
    "Objective",
    "Outcome",
    "Perceptron",
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
    "SettingMap",
    "SignSGD",
    "Source",
    "StepDecay",
    "StrongWolfe",
    "Sweep",
    "Trajectories",
    "TrustRegion",
    "Tuning",
    "TuningRule",
    "WarmupCosine",
    "Yogi",
    "__version__",
    "advise",
    "basin_map",
    "descend",
    "function",
    "objective",
    "read_csv",
    "setting_map",
    "sweep",
    "tune",
]
