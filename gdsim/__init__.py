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
    OPTIMIZERS,
    SCHEDULES,
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    AMSGrad,
    Constant,
    Cosine,
    Exponential,
    GradientDescent,
    InverseTime,
    Momentum,
    NAdam,
    Nesterov,
    RAdam,
    ReduceOnPlateau,
    RMSProp,
    Rule,
    Schedule,
    StepDecay,
    WarmupCosine,
)
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.kinds import Kind
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.objectives.callables import function, objective
    from gdsim.objectives.data import (
        DATASETS,
        SAMPLES,
        Dataset,
        LinearRegression,
        LogisticRegression,
        Model,
        Network,
        Perceptron,
    )
    from gdsim.objectives.data.kinds import MODELS
    from gdsim.simulation.advice import Advice
    from gdsim.simulation.advising import advise
    from gdsim.simulation.api import descend
    from gdsim.simulation.ground import Ground
    from gdsim.simulation.limits import Limit
    from gdsim.simulation.motion import Motion
    from gdsim.simulation.outcomes import Outcome
    from gdsim.storage.csv_data import read_csv

__version__ = "0.1.0"

#: What is imported when it is first asked for: a race needs no model, no advice and no words of how it ends.
_LATER = {
    **dict.fromkeys(
        ("DATASETS", "SAMPLES", "Dataset", "LinearRegression", "LogisticRegression", "Model", "Network", "Perceptron"),
        "gdsim.objectives.data",
    ),
    "MODELS": "gdsim.objectives.data.kinds",
    "Advice": "gdsim.simulation.advice",
    "Ground": "gdsim.simulation.ground",
    "Limit": "gdsim.simulation.limits",
    "Motion": "gdsim.simulation.motion",
    "Outcome": "gdsim.simulation.outcomes",
    "advise": "gdsim.simulation.advising",
    "descend": "gdsim.simulation.api",
    "function": "gdsim.objectives.callables",
    "objective": "gdsim.objectives.callables",
    "read_csv": "gdsim.storage.csv_data",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LATER[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "DATASETS",
    "FUNCTIONS",
    "GRADIENTS",
    "MODELS",
    "OPTIMIZERS",
    "SAMPLES",
    "SCHEDULES",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Advice",
    "CentralDifference",
    "Constant",
    "Cosine",
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
    "LinearRegression",
    "LogisticRegression",
    "Minimum",
    "Model",
    "Momentum",
    "Motion",
    "NAdam",
    "Nesterov",
    "Network",
    "Objective",
    "Outcome",
    "Perceptron",
    "RAdam",
    "RMSProp",
    "ReduceOnPlateau",
    "Rule",
    "Schedule",
    "Source",
    "StepDecay",
    "Trajectories",
    "WarmupCosine",
    "__version__",
    "advise",
    "descend",
    "function",
    "objective",
    "read_csv",
]
