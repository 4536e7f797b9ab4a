"""Losses that come from data: the cost of a model on examples, as a function of its parameters."""

from __future__ import annotations

from gdsim.objectives.data.batches import Batch, Batched, batched
from gdsim.objectives.data.dataset import Dataset
from gdsim.objectives.data.generators import DATASETS, Generator
from gdsim.objectives.data.lookup import dataset_of
from gdsim.objectives.data.models.activations import ACTIVATIONS, Activation
from gdsim.objectives.data.models.costs import COSTS, Cost
from gdsim.objectives.data.models.initial import INITIALIZERS
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.models.model_kinds import MODELS
from gdsim.objectives.data.models.neurons import Network, Perceptron
from gdsim.objectives.data.models.regression import LinearRegression, LogisticRegression
from gdsim.objectives.data.planes import Plane, Slice, named_plane, principal_plane, random_plane
from gdsim.objectives.data.samples import SAMPLES, Sample
from gdsim.objectives.surfaces.high_dimensional import MANY, Many, many

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "DATASETS",
    "INITIALIZERS",
    "MANY",
    "MODELS",
    "SAMPLES",
    "Activation",
    "Batch",
    "Batched",
    "Cost",
    "Dataset",
    "Generator",
    "LinearRegression",
    "LogisticRegression",
    "Many",
    "Model",
    "Network",
    "Perceptron",
    "Plane",
    "Sample",
    "Slice",
    "batched",
    "dataset_of",
    "many",
    "named_plane",
    "principal_plane",
    "random_plane",
]
