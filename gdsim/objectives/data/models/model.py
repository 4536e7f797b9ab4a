"""The base of all models: a cost over examples as a function of the parameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import PurePath
from typing import Any, Self

import numpy as np

from gdsim.errors import GdsimError, listed
from gdsim.objectives.base import Array, Objective
from gdsim.objectives.curvature import differenced_hessian, steepest_curvature
from gdsim.objectives.data.checked import (
    NotClassesError,
    as_classes,
    as_features,
    as_names,
    as_parameters,
    as_penalty,
    as_targets,
)
from gdsim.objectives.data.dataset import Dataset, names_of, plain_names, spread
from gdsim.objectives.data.lookup import as_source, dataset_of
from gdsim.objectives.data.models.activations import sigmoid
from gdsim.objectives.data.models.initial import initializer_named
from gdsim.objectives.data.models.layers import Examples, Layers
from gdsim.objectives.rows import MOST_FEATURES
from gdsim.objectives.source import Source
from gdsim.objectives.surfaces.function import telling_start

#: Parameters a model may have; every iterate of every run is kept.
_MOST_PARAMETERS = 20_000
#: By so many examples, at most, the curvature is felt.
_MOST_FELT = 500


class Model(Objective):
    """The cost of a model on examples, as a function of its parameters.

    Parameters come layer by layer: the weights ``(neurons, inputs)`` row by row, then the biases. The cost is the mean
    over the examples plus l2/2 times the sum of the squared weights; biases go free.

    Parameters
    ----------
    X, y
        Features ``(n, p)``, one row an example, or ``(n,)`` for one feature; and targets ``(n,)``: numbers or, of two
        classes, 0 and 1.
    l2
        How much large weights cost.
    standardise
        Whether each feature is brought to mean 0 and standard deviation 1 over these examples first. `predict` and its
        like take features as they are given here.
    init
        What random weights are drawn by: "zeros", "normal", "xavier" or "he"; None for uniform in the bounds.
    features
        Names of the features; x, or x1, x2, … if there are none.
    held_out
        Features and targets of examples that it is not trained on, for `error`, `accuracy` and `cost`.

    Attributes
    ----------
    X, y
        ``(n, p)`` and ``(n,)``: the examples that the model is trained on.
    features
        Names of the features.
    held_out
        The examples that it is not trained on, as the first layer takes them; None if there are none.
    is_classes
        Whether it tells two classes apart, 0 and 1, rather than giving a number.
    """

    X: Array
    y: Array

    def __init__(
        self,
        X: Any,  # noqa: N803
        y: Any,
        *,
        l2: float = 0.0,
        standardise: bool = False,
        init: str | None = None,
        features: Sequence[str] = (),
        held_out: tuple[Any, Any] | None = None,
    ) -> None:
        self.X = as_features(X)
        self.y = as_targets(y, len(self.X))
        count = self.X.shape[1]
        if count > MOST_FEATURES:
            raise GdsimError("X may have {most} features, not {given}", "X", most=MOST_FEATURES, given=count)
        self.features = as_names(features, count) or plain_names(count)
        self.l2 = as_penalty(l2)
        if not isinstance(standardise, bool | np.bool_):
            raise GdsimError(
                "standardise must be True or False, not {given}", "standardise", given=repr(standardise)[:60]
            )
        self.standardise = bool(standardise)
        self._init = None if init is None else initializer_named(init)
        middle, scale = spread(self.X)
        self._middle, self._scale = (middle, scale) if standardise else (np.zeros_like(middle), np.ones_like(scale))
        self.examples = Examples(self._inputs(self.X), self.y)
        self.held_out = self._checked_held_out(held_out)
        self.is_classes = False

    def _build(self, layers: Layers) -> None:
        """Take the layers, which say how many parameters there are."""
        if layers.dimension > _MOST_PARAMETERS:
            raise GdsimError(
                "a model may have {most} parameters, not {given}",
                "hidden",
                most=_MOST_PARAMETERS,
                given=layers.dimension,
            )
        self.layers = layers
        if self.is_classes and self.held_out is not None:
            as_classes(self.held_out.targets, "held_out")
        if len(layers.layers) == 1:
            self.names = (*names_of(self.features), "b")
            return
        names: list[str] = []
        for k, layer in enumerate(layers.layers, 1):
            names += [f"W{k}[{i},{j}]" for i in range(1, layer.wide + 1) for j in range(1, layer.deep + 1)]
            names += [f"b{k}[{i}]" for i in range(1, layer.wide + 1)]
        self.names = tuple(names)

    @classmethod
    def of(cls, data: Dataset | Source | str, **options: Any) -> Self:
        """The model on the part of a set that is trained on; what is held out is kept for `error` and `accuracy`.

        The set may be named by its `Source` or by its key.
        """
        data = data if isinstance(data, Dataset) else dataset_of(as_source(data))
        held = data.held_out
        kept = None if len(held) == 0 else (data.X[held], data.y[held])
        try:
            return cls(data.X[data.train], data.y[data.train], features=data.features, held_out=kept, **options)
        except NotClassesError as error:
            # told of the set as a person knows it, not of the part that is trained on
            rows = data.train if error.field == "y" else held
            raise GdsimError(
                "{what} needs two classes, and {target} of {data} is a number: it must be 0 or 1, but is "
                "{given:g} in example {row}. Linear regression takes numbers, and so does a perceptron "
                "under mean squared error",
                "data",
                what=cls.title,
                target=data.target,
                data=PurePath(data.name).name,
                given=error.given,
                row=int(rows[error.row]) + 1,
            ) from error

    def __repr__(self) -> str:
        return f"<{type(self).__name__} on {len(self.y)} examples: {listed(self.names)}>"

    @cached_property
    def start(self) -> tuple[float, ...]:
        """A place where there is a slope, in plain numbers."""
        return tuple(float(f"{x:.3g}") for x in telling_start(self))

    def within(self, bounds: tuple[tuple[float, float], ...]) -> Self:  # noqa: D102
        other = super().within(bounds)
        if len(self.layers.layers) == 1 and other.__dict__.get("start") is self.__dict__.get("start"):
            other.__dict__.pop("start", None)  # searched for within the bounds
        return other

    def draw(self, rng: np.random.Generator) -> Array:
        """Draw a random start ``(d,)``: as the initialiser says, uniform in the bounds if there is none."""
        if self._init is None:
            return super().draw(rng)
        start = np.zeros(self.dimension)
        for layer in self.layers.layers:
            start[layer.first : layer.bias] = self._init(rng, layer.wide, layer.deep).ravel()
        return start

    @property
    def effort(self) -> int:  # noqa: D102
        return self.dimension * len(self.y)

    def is_bounded(self, ascent: bool = False) -> bool:
        """Downhill: no cost is below 0."""
        return not ascent or super().is_bounded(ascent)

    @property
    def filters(self) -> list[slice]:
        """Groups of parameters for `planes.random_plane`: the weights of each neuron, and the biases of each layer."""
        found: list[slice] = []
        for layer in self.layers.layers:
            rows = range(layer.first, layer.bias, layer.deep)
            found += [slice(row, row + layer.deep) for row in rows]
            found.append(slice(layer.bias, layer.end))
        return found

    def value(self, points: Array) -> Array:  # noqa: D102
        return self.value_on(self.examples, points)

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        return self.gradient_on(self.examples, points, out)

    def hessian(self, points: Array) -> Array:  # noqa: D102
        return differenced_hessian(self, points)

    def value_on(self, examples: Examples, points: Array) -> Array:
        """The cost over some examples, the penalty with it, at points ``(d, …)``: ``(…)``."""
        flat, shape = self._flat(points)
        with np.errstate(all="ignore"):
            found = self.layers.value(flat, examples)
            self._add_penalty(flat, found)
        return found.reshape(shape)

    def _add_penalty(self, flat: Array, values: Array) -> None:
        """Add to values ``(lanes,)`` at points ``(d, lanes)`` what large weights cost."""
        if self.l2:
            for layer in self.layers.layers:
                weights = flat[layer.first : layer.bias]
                values += self.l2 / 2 * np.einsum("dk,dk->k", weights, weights)

    def gradient_on(self, examples: Examples, points: Array, out: Array | None = None) -> Array:
        """Its derivatives, ``(d, …)``; written to `out` if that is given."""
        flat, shape = self._flat(points)
        found = np.empty(flat.shape)
        with np.errstate(all="ignore"):
            self.layers.gradient(flat, examples, found)
            if self.l2:
                for layer in self.layers.layers:
                    found[layer.first : layer.bias] += self.l2 * flat[layer.first : layer.bias]
        found = found.reshape(self.dimension, *shape)
        if out is None:
            return found
        np.copyto(out, found)
        return out

    def _flat(self, points: Array) -> tuple[Array, tuple[int, ...]]:
        """Points as ``(d, lanes)``, and the shape of the lanes."""
        if not isinstance(points, np.ndarray) or points.ndim == 0 or len(points) != self.dimension:
            points = as_parameters(points, self.dimension)
        points = np.asarray(points, dtype=np.float64)
        return points.reshape(self.dimension, math.prod(points.shape[1:])), points.shape[1:]

    def output(self, theta: Array, X: Any = None) -> Array:  # noqa: N803
        """The output of the last neuron: for cross-entropy, the logit.

        Parameters
        ----------
        theta
            Parameters ``(d, …)``.
        X
            ``(n, p)``, as they were given, not standardised; the examples that it is trained on if None.

        Returns
        -------
        Array
            ``(n, …)``.
        """
        flat, shape = self._flat(theta)
        inputs = self.examples.inputs if X is None else self._inputs(self._checked_features(X))
        with np.errstate(all="ignore"):
            found = self.layers.outputs(flat, inputs)
        return found.T.reshape(len(inputs), *shape)

    def probability(self, theta: Array, X: Any = None) -> Array:  # noqa: N803
        """Of class 1, ``(n, …)``; see `output`. Under the squared error, the output itself, cut to 0 and 1."""
        found = self.output(theta, X)
        if self.layers.cost.key != "cross_entropy":
            return np.clip(found, 0.0, 1.0)
        with np.errstate(all="ignore"):
            sigmoid(found, found)
        return found

    @property
    def tells_probability(self) -> bool:
        """Tell whether a prediction is the probability of class 1, and not a number, though that be 0 or 1."""
        last = self.layers.layers[-1].activation.key
        return self.is_classes and (self.layers.cost.key == "cross_entropy" or last == "sigmoid")

    def predict(self, theta: Array, X: Any = None) -> Array:  # noqa: N803
        """The number, or the class 0 or 1 (1 where its probability is above 0.5), ``(n, …)``; see `output`."""
        if not self.is_classes:
            return self.output(theta, X)
        probability = self.probability(theta, X)
        # a comparison alone would make class 0 of what is no number
        return np.where(np.isnan(probability), np.nan, (probability > 0.5).astype(np.float64))

    def cost(self, theta: Array, part: str = "train") -> Array:
        """The mean cost ``(…)`` without the penalty over a part, "train" or "held_out"; nan if that is empty."""
        flat, shape = self._flat(theta)
        examples = self._part(part)
        if examples is None:
            return np.full(shape, np.nan)
        with np.errstate(all="ignore"):
            return self.layers.value(flat, examples).reshape(shape)

    def error(self, theta: Array, part: str = "train") -> Array:
        """The mean squared error, or the share of wrong classes, ``(…)``; see `cost`."""
        if self.is_classes:
            return 1.0 - self.accuracy(theta, part)
        flat, shape = self._flat(theta)
        examples = self._part(part)
        if examples is None:
            return np.full(shape, np.nan)
        with np.errstate(all="ignore"):
            wrong = self.layers.outputs(flat, examples.inputs) - examples.targets
            mean: Array = np.einsum("kn,kn->k", wrong, wrong).reshape(shape) / len(examples.targets)
        return mean

    def accuracy(self, theta: Array, part: str = "train") -> Array:
        """The share of right classes ``(…)``; nan where there are no classes. See `cost`."""
        flat, shape = self._flat(theta)
        examples = self._part(part)
        if examples is None or not self.is_classes:
            return np.full(shape, np.nan)
        with np.errstate(all="ignore"):
            found = self.layers.outputs(flat, examples.inputs)
            # the logit is above 0 where the probability is above a half
            said = found > (0.0 if self.layers.cost.key == "cross_entropy" else 0.5)
        # nan is not above anything, and would pass for a right class 0
        right = (said == (examples.targets == 1)) & ~np.isnan(found)
        share: Array = right.mean(axis=1).reshape(shape)
        return share

    def has_parted(self, theta: Array) -> bool:
        """Tell whether parameters ``(d,)`` prove that the cost has no minimum: only some models can, see there."""
        return False

    def _part(self, part: str) -> Examples | None:
        if part not in ("train", "held_out"):
            raise GdsimError("part must be train or held_out, not {given}", "part", given=repr(part)[:60])
        return self.examples if part == "train" else self.held_out

    def in_units(self, theta: Array) -> Array:
        """The same predictions without standardising: parameters ``(d, …)`` for features as they were given.

        A standardised feature is (x − m)/s, so that w·(x − m)/s + b is (w/s)·x + (b − w·m/s). Without `standardise`
        they are what they were.
        """
        flat, shape = self._flat(theta)
        found = flat.copy()
        first = self.layers.layers[0]
        with np.errstate(all="ignore"):
            # a view: dividing it changes `found`, and the bias is then shifted by the new weights
            weights = found[first.first : first.bias].reshape(first.wide, first.deep, -1)
            weights /= self._scale[:, None]
            found[first.bias : first.end] -= np.einsum("wdk,d->wk", weights, self._middle)
        return found.reshape(self.dimension, *shape)

    @cached_property
    def curvature(self) -> float:
        """The largest curvature of the cost, at `start` or where all parameters are 0; nan if it is not to be had.

        Of many examples it is that over some hundreds of them.
        """
        every = -(-len(self.examples.targets) // _MOST_FELT)
        few = Examples(*(np.ascontiguousarray(part[::every]) for part in self.examples))
        at_start, at_zero = (
            steepest_curvature(partial(self.gradient_on, few), place)
            for place in (np.array(self.start), np.zeros(self.dimension))
        )
        # fmax, as one of them may be nan
        return float(np.fmax(at_start, at_zero))

    def _inputs(self, features: Array) -> Array:
        """Features ``(n, p)`` as the first layer takes them, ``(n, p + 1)``, read-only."""
        inputs = np.ones((len(features), features.shape[1] + 1))
        inputs[:, :-1] = (features - self._middle) / self._scale
        inputs.flags.writeable = False
        return inputs

    def _checked_features(self, given: Any) -> Array:
        features = as_features(given)
        if features.shape[1] != self.X.shape[1]:
            raise GdsimError("X must have {p} features, not {given}", "X", p=self.X.shape[1], given=features.shape[1])
        return features

    def _checked_held_out(self, given: tuple[Any, Any] | None) -> Examples | None:
        if given is None:
            return None
        if not isinstance(given, tuple | list) or len(given) != 2:
            raise GdsimError(
                "held_out must be features and targets, (X, y), not {given}", "held_out", given=repr(given)[:60]
            )
        if np.size(given[0]) == 0:
            return None
        features = self._checked_features(given[0])
        return Examples(self._inputs(features), as_targets(given[1], len(features), "held_out"))

    def _learns_classes(self) -> bool:
        """Tell whether all targets are 0 or 1, those held out too, and both occur."""
        held_out = () if self.held_out is None else self.held_out.targets
        return set(np.unique([*self.y, *held_out]).tolist()) == {0.0, 1.0}
