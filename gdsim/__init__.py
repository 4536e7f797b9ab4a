"""gdsim: a laboratory for gradient descent.

>>> import gdsim
>>> race = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), start=(-3, 4), steps=100)
>>> race.positions.shape
(101, 1, 2, 1)
"""

from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, Function, Minimum, Objective
from gdsim.optimizers import (
    OPTIMIZERS,
    AdaDelta,
    AdaGrad,
    Adam,
    AdaMax,
    AdamW,
    AMSGrad,
    GradientDescent,
    Momentum,
    NAdam,
    Nesterov,
    RAdam,
    RMSProp,
    Rule,
)
from gdsim.simulation.api import descend
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.outcomes import Ground, Kind, Outcome
from gdsim.simulation.trajectories import Trajectories

__version__ = "0.1.0"

__all__ = [
    "FUNCTIONS",
    "OPTIMIZERS",
    "AMSGrad",
    "AdaDelta",
    "AdaGrad",
    "AdaMax",
    "Adam",
    "AdamW",
    "Entry",
    "Experiment",
    "Function",
    "GdsimError",
    "GradientDescent",
    "Ground",
    "Kind",
    "Minimum",
    "Momentum",
    "NAdam",
    "Nesterov",
    "Objective",
    "Outcome",
    "RAdam",
    "RMSProp",
    "Rule",
    "Trajectories",
    "__version__",
    "descend",
]
