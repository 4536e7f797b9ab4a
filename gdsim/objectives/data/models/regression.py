"""Linear and logistic regression: one layer, one bottom."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim.objectives.base import Array, Minimum
from gdsim.objectives.data.boxes import bowl_box, box
from gdsim.objectives.data.checked import as_classes
from gdsim.objectives.data.models.activations import ACTIVATIONS
from gdsim.objectives.data.models.costs import COSTS
from gdsim.objectives.data.models.layers import Examples, Layers
from gdsim.objectives.data.models.log_loss import log_loss
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.models.optima import least_squares, logistic_hessian, logistic_optimum, penalty

#: Reach of the box of a weight, times the standard deviation of its feature: there the sigmoid is nearly a step.
_REACH = 6.0


class LinearRegression(Model):
    """y = w·x + b under the mean squared error; see `gdsim.Model` for arguments and methods."""

    title = "Linear regression"
    summary = "A line, or plane, through the examples: the surface is a bowl with one bottom."
    text = "mean((w·x + b − y)²)"

    def __init__(self, X: Any, y: Any, l2: float = 0.0, standardise: bool = False, **options: Any) -> None:  # noqa: N803
        super().__init__(X, y, l2=l2, standardise=standardise, **options)
        self._build(Layers((self.X.shape[1], 1), (ACTIVATIONS["identity"],), COSTS["mse"]))
        self._short = shortened(self.examples)
        bottom, only = least_squares(self.examples, self.l2)
        lowest = float(self.value(bottom))
        self.bounds = bowl_box(bottom, np.diag(self._constant), float(self.value(np.zeros(self.dimension))) - lowest)
        if only:
            self.minima = (Minimum(tuple(bottom.tolist()), lowest),)
        else:  # features that go together, or that are constant, can stand in for each other
            self.lowest = lowest

    @property
    def effort(self) -> int:  # noqa: D102
        return self.dimension * len(self._short.targets)

    def value(self, points: Array) -> Array:  # noqa: D102
        return self.value_on(self._short, points)

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        return self.gradient_on(self._short, points, out)

    def hessian(self, points: Array) -> Array:  # noqa: D102
        flat, shape = self._flat(points)
        d = self.dimension
        return np.repeat(self._constant[:, :, None], flat.shape[1], axis=2).reshape(d, d, *shape)

    @property
    def _constant(self) -> Array:
        """The second derivatives ``(d, d)``, the same everywhere."""
        inputs = self._short.inputs
        found: Array = 2 * inputs.T @ inputs / len(inputs) + np.diag(penalty(self.dimension, self.l2))
        return found


def shortened(examples: Examples) -> Examples:
    """At most d + 1 examples with the same mean squared error at every point, however many there were.

    A rotation of the examples, ``[inputs | targets] = Q R``, changes no sum of squares: R is as good as they are.
    """
    n = len(examples.targets)
    rows = np.linalg.qr(np.column_stack(examples), mode="r")
    # a mean over fewer
    rows *= np.sqrt(len(rows) / n)
    return Examples(np.ascontiguousarray(rows[:, :-1]), np.ascontiguousarray(rows[:, -1]))


class LogisticRegression(Model):
    """σ(w·x + b) for two classes under cross-entropy; see `gdsim.Model` for arguments and methods."""

    title = "Logistic regression"
    summary = "A line that parts two classes: the surface has one valley, endless where a line parts them all."
    text = "mean(−y·log(p) − (1 − y)·log(1 − p)), p = σ(w·x + b)"

    def __init__(self, X: Any, y: Any, l2: float = 0.0, standardise: bool = False, **options: Any) -> None:  # noqa: N803
        super().__init__(X, y, l2=l2, standardise=standardise, **options)
        as_classes(self.y)
        self.is_classes = True
        self._signed = self.examples.inputs * (1 - 2 * self.y)[:, None]
        self._build(Layers((self.X.shape[1], 1), (ACTIVATIONS["identity"],), COSTS["cross_entropy"]))
        bottom = logistic_optimum(self.examples, self.l2)
        self.bounds = sigmoid_box(self.examples, bottom)
        if bottom is not None:
            self.minima = (Minimum(tuple(bottom.tolist()), float(self.value(bottom))),)

    def value(self, points: Array) -> Array:  # noqa: D102
        flat, shape = self._flat(points)
        with np.errstate(all="ignore"):
            found = log_loss(self._signed, flat)
            left = np.flatnonzero(np.isnan(found))
            if left.size:
                found[left] = self.layers.value(flat[:, left], self.examples)
            self._add_penalty(flat, found)
        return found.reshape(shape)

    def has_parted(self, theta: Array) -> bool:
        """Tell whether the line of parameters ``(d,)`` parts the classes: then longer weights are better.

        That goes on for ever, and there is no minimum, unless long weights cost something.
        """
        with np.errstate(all="ignore"):
            return self.l2 == 0 and bool((self._signed @ self._flat(theta)[0] < 0).all())

    def hessian(self, points: Array) -> Array:  # noqa: D102
        flat, shape = self._flat(points)
        d = self.dimension
        with np.errstate(all="ignore"):
            return logistic_hessian(self.examples, self.l2, flat).reshape(d, d, *shape)


def sigmoid_box(examples: Examples, bottom: Array | None = None) -> Array:
    """Bounds ``(d, 2)`` for the parameters of one neuron that bends within a few standard deviations of its inputs."""
    inputs = examples.inputs[:, :-1]
    scale = inputs.std(axis=0)
    half = _REACH / np.where(scale > 0, scale, 1.0)
    # a bias has to bring back what the features' middles add
    shift = np.abs(inputs.mean(axis=0)) * half
    half = np.append(half, max(_REACH, float(shift.max()) / 2))
    return box(np.zeros(len(half)) if bottom is None else bottom, half)
