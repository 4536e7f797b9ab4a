"""A perceptron, and a small network of such."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gdsim.checks import as_count
from gdsim.errors import GdsimError
from gdsim.objectives.data.boxes import bowl_box, box
from gdsim.objectives.data.checked import as_classes, as_widths
from gdsim.objectives.data.models.activations import ACTIVATIONS, activation_named
from gdsim.objectives.data.models.costs import COSTS, cost_named
from gdsim.objectives.data.models.initial import initializer_named
from gdsim.objectives.data.models.layers import Layers
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.models.optima import least_squares, penalty
from gdsim.objectives.data.models.regression import sigmoid_box
from gdsim.objectives.data.seeds import WEIGHTS, generator
from gdsim.objectives.source import HIGHEST_SEED

TASKS = ("regression", "classes")


class Perceptron(Model):
    """A neuron, a = activation(w·x + b), under a cost; see `Model` for what arguments and methods have in common.

    Under cross-entropy a sigmoid is the probability of class 1, worked out from w·x + b; any other activation is taken
    for the logit, whose sigmoid is that probability.

    Parameters
    ----------
    activation
        "identity", "step", "sigmoid", "tanh", "relu", "leaky_relu" or "softplus". A step has no slope anywhere: nothing
        moves.
    cost
        "mse", the mean squared error, or "cross_entropy".
    """

    title = "Perceptron"
    summary = "One neuron: a weighted sum and a bias through an activation."

    def __init__(
        self,
        X: Any,  # noqa: N803
        y: Any,
        activation: str = "sigmoid",
        cost: str = "mse",
        l2: float = 0.0,
        standardise: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(X, y, l2=l2, standardise=standardise, **options)
        self.activation, chosen = activation_named(activation), cost_named(cost)
        entropy = chosen is COSTS["cross_entropy"]
        if entropy:
            as_classes(self.y)
        self.is_classes = entropy or self._learns_classes()
        self.text = f"mean({'cross-entropy' if entropy else '(a − y)²'}), a = {self.activation.title}(w·x + b)"
        inside = ACTIVATIONS["identity"] if entropy and self.activation.key == "sigmoid" else self.activation
        self._build(Layers((self.X.shape[1], 1), (inside,), chosen))
        if self.activation.is_identity and not entropy:
            self.bounds = self._line_box()
        else:
            self.bounds = sigmoid_box(self.examples)

    def _line_box(self) -> Any:
        bottom, _ = least_squares(self.examples, self.l2)
        inputs, d = self.examples.inputs, self.dimension
        curvatures = 2 * np.einsum("nd,nd->d", inputs, inputs) / len(inputs) + penalty(d, self.l2)
        return bowl_box(bottom, curvatures, float(self.value(np.zeros(d)) - self.value(bottom)))


class Network(Model):
    """Layers of neurons under the mean squared error or cross-entropy; see `Model` for what is common to all models.

    The last neuron gives its weighted sum: the number itself, or the logit of class 1.

    Parameters
    ----------
    hidden
        Number of neurons in each hidden layer, at most four; one number is one layer.
    activation
        Of the hidden neurons; see `Perceptron`.
    task
        "regression" or "classes"; if None, classes where all targets are 0 or 1.
    init
        What random weights are drawn by: "zeros", "normal", "xavier" or "he".
    seed
        What the first weights, `start`, are drawn from.
    """

    title = "Network"
    summary = "A small network: hidden layers bend what one neuron can only cut straight."

    def __init__(
        self,
        X: Any,  # noqa: N803
        y: Any,
        hidden: Sequence[int] | int = (8,),
        activation: str = "tanh",
        task: str | None = None,
        init: str = "xavier",
        l2: float = 0.0,
        standardise: bool = False,
        seed: int = 0,
        **options: Any,
    ) -> None:
        initializer_named(init)  # None would be no rule at all
        super().__init__(X, y, l2=l2, standardise=standardise, init=init, **options)
        self.activation = activation_named(activation)
        self.hidden = as_widths(hidden)
        if task is not None and task not in TASKS:
            raise GdsimError("task must be regression or classes, not {given}", "task", given=repr(task)[:60])
        self.is_classes = self._learns_classes() if task is None else task == "classes"
        if self.is_classes:
            as_classes(self.y)
        self.seed = as_count(seed, "seed", 0, HIGHEST_SEED)
        activations = [self.activation] * len(self.hidden) + [ACTIVATIONS["identity"]]
        cost = COSTS["cross_entropy" if self.is_classes else "mse"]
        self._build(Layers((self.X.shape[1], *self.hidden, 1), activations, cost))
        reach = max(1.0, 3 * max(abs(weight) for weight in self.start))
        self.bounds = box(np.zeros(self.dimension), np.full(self.dimension, reach))

    @cached_property
    def start(self) -> tuple[float, ...]:
        """The first weights of its seed, ``(d,)``."""
        return tuple(self.draw(generator(self.seed, WEIGHTS)).tolist())
