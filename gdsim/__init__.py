"""gdsim: a laboratory for gradient descent.

>>> import gdsim
>>> race = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), start=(-3, 4), steps=100)
>>> race.positions.shape
(101, 1, 2, 1)
"""

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
from gdsim.objectives.callables import function, objective
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
from gdsim.simulation.api import descend
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.outcomes import Ground, Kind, Outcome
from gdsim.simulation.trajectories import Trajectories

__version__ = "0.1.0"

__all__ = [
    "FUNCTIONS",
    "GRADIENTS",
    "OPTIMIZERS",
    "SCHEDULES",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "CentralDifference",
    "Constant",
    "Cosine",
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
    "Minimum",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Objective",
    "Outcome",
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
    "descend",
    "function",
    "objective",
]
