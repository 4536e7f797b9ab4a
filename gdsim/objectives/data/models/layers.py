"""Forward and back through layers of neurons, for many sets of weights at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data.models.activations import Activation
from gdsim.objectives.data.models.costs import Cost
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.objectives.workspace import workspace

#: Numbers in one layer's activations that are worked on at a time, so that they stay in the processor's cache.
_BLOCK = 2**16
#: Examples that are worked on at a time: however many there are, memory stays bounded.
_EXAMPLES = 8192
#: Up to so many inputs of a single neuron are summed one by one.
_FEW = 8
#: Sizes of blocks whose arrays are kept for the next call, and numbers in them, by each thread for all models.
_KEPT, _NUMBERS = 8, 2**20


class Examples(NamedTuple):
    """The inputs and targets that a cost is worked out on.

    Attributes
    ----------
    inputs
        ``(n, p + 1)``: features as the model takes them, and a column of ones for the bias.
    targets
        ``(n,)``.
    """

    inputs: Array
    targets: Array


@dataclass(frozen=True)
class Layer:
    """A layer: the place of its parameters among all of them, and the activation of its neurons.

    Attributes
    ----------
    wide, deep
        Number of its neurons, and of the inputs of each.
    first
        The row of its first weight: weights ``(wide, deep)`` row by row, then `wide` biases.
    activation
        Of its neurons.
    """

    wide: int
    deep: int
    first: int
    activation: Activation

    @property
    def bias(self) -> int:
        """The row of its first bias."""
        return self.first + self.wide * self.deep

    @property
    def end(self) -> int:
        """The row after its last bias."""
        return self.bias + self.wide


class _Arrays:
    """The arrays that a pass works in, for a number of lanes and of examples; all but `gradient` are ``(lanes, …)``."""

    def __init__(self, layers: Sequence[Layer], lanes: int, n: int) -> None:
        # [W | b], so that the bias is one more weight, on an input that is always 1
        self.weights = [np.empty((lanes, layer.wide, layer.deep + 1)) for layer in layers]
        self.slopes = [np.empty_like(weights) for weights in self.weights]
        # the last row is never written to: the 1 that the bias of the next layer weighs
        self.outputs = [np.ones((lanes, layer.wide + 1, n)) for layer in layers[:-1]]
        self.outputs.append(np.empty((lanes, 1, n)))
        self.deltas = [np.empty((lanes, layer.wide, n)) for layer in layers]
        self.local = [np.empty_like(delta) for delta in self.deltas]
        self.gradient = np.empty((layers[-1].end, lanes))
        parts = (self.weights, self.slopes, self.outputs, self.deltas, self.local, [self.gradient])
        self.size = sum(array.size for part in parts for array in part)


class Layers:
    """Neurons in layers, from p features to one output, under one cost.

    Points are ``(d, lanes)``: a lane is one set of parameters, layer by layer, in each the weights row by row, then
    the biases. numpy's warnings are the caller's to silence.

    A lane's numbers are the same to the last bit whatever lanes stand beside it, so that one more run changes no
    other. So no product of matrices goes over lanes: its sums are rounded as the number of its rows will have it.
    """

    def __init__(self, widths: Sequence[int], activations: Sequence[Activation], cost: Cost) -> None:
        layers: list[Layer] = []
        for deep, wide, activation in zip(widths, widths[1:], activations, strict=False):
            layers.append(Layer(wide, deep, layers[-1].end if layers else 0, activation))
        self.layers = tuple(layers)
        self.cost = cost
        self.dimension = layers[-1].end
        self._widths = tuple(widths)
        self._widest = max(widths[1:])

    def outputs(self, points: Array, inputs: Array) -> Array:
        """The outputs of the last neuron, ``(lanes, n)``, on inputs ``(n, p + 1)``."""
        lanes, n = points.shape[1], len(inputs)
        out = np.empty((lanes, n))
        for rows in _rows(n):
            across = _across(inputs[rows])
            for piece in self._pieces(lanes, rows):
                arrays = self._arrays(piece, rows)
                out[piece, rows] = self._forward(arrays, points[:, piece], across)[:, 0]
        return out

    def value(self, points: Array, examples: Examples) -> Array:
        """The mean cost ``(lanes,)``."""
        lanes, n = points.shape[1], len(examples.targets)
        out = np.zeros(lanes)
        for rows in _rows(n):
            across = _across(examples.inputs[rows])
            for piece in self._pieces(lanes, rows):
                arrays = self._arrays(piece, rows)
                given = self._forward(arrays, points[:, piece], across)[:, 0]
                self.cost.fill(given, examples.targets[rows], given)
                out[piece] += given.sum(axis=1)
        out /= n
        return out

    def gradient(self, points: Array, examples: Examples, out: Array) -> None:
        """Its derivatives by all parameters, into `out` ``(d, lanes)``, by back-propagation."""
        lanes, n = points.shape[1], len(examples.targets)
        for rows in _rows(n):
            across = _across(examples.inputs[rows])
            for piece in self._pieces(lanes, rows):
                arrays = self._arrays(piece, rows)
                given = self._forward(arrays, points[:, piece], across)
                self._backward(arrays, given, Examples(examples.inputs[rows], examples.targets[rows]), n)
                self._gather(arrays)
                # there is anything in `out` at first, and nan plus a number would stay nan
                if rows.start == 0:
                    out[:, piece] = arrays.gradient
                else:
                    out[:, piece] += arrays.gradient

    def _gather(self, arrays: _Arrays) -> None:
        """Bring the derivatives of all layers into the order of the parameters, ``(d, lanes)``."""
        for layer, slopes in zip(self.layers, arrays.slopes, strict=True):
            # a view, as these rows lie together in memory: what is written to it is in the gradient
            target = arrays.gradient[layer.first : layer.bias].reshape(layer.wide, layer.deep, -1)
            np.copyto(target, slopes[:, :, :-1].transpose(1, 2, 0))
            np.copyto(arrays.gradient[layer.bias : layer.end], slopes[:, :, -1].T)

    def _pieces(self, lanes: int, rows: slice) -> list[slice]:
        """The lanes in pieces that fit the cache with some of the examples."""
        return _cut(lanes, max(1, _BLOCK // (self._widest * (rows.stop - rows.start))))

    def _arrays(self, piece: slice, rows: slice) -> _Arrays:
        give_up_if_unwanted()  # every piece asks for its arrays
        lanes, n = piece.stop - piece.start, rows.stop - rows.start
        known, key = workspace.known, (self._widths, lanes, n)
        arrays: _Arrays | None = known.pop(key, None)
        if arrays is None:
            arrays = _Arrays(self.layers, lanes, n)
            while known and (len(known) >= _KEPT or _size(known.values()) + arrays.size > _NUMBERS):
                known.pop(next(iter(known)))
        known[key] = arrays  # the last one asked for is the last to go
        return arrays

    def _forward(self, arrays: _Arrays, points: Array, inputs: Array) -> Array:
        """The outputs of the last layer, ``(lanes, 1, n)``, on inputs ``(p + 1, n)``.

        The arrays keep what the way back needs.
        """
        before = inputs
        for layer, weights, out in zip(self.layers, arrays.weights, arrays.outputs, strict=True):
            rows = points[layer.first : layer.bias].reshape(layer.wide, layer.deep, -1)
            np.copyto(weights[:, :, :-1], rows.transpose(2, 0, 1))
            np.copyto(weights[:, :, -1], points[layer.bias : layer.end].T)
            given = out[:, : layer.wide]
            if before.ndim == 2 and layer.wide == 1 and len(before) <= _FEW:
                # local slopes are needed on the way back only: until then they are room for products
                _weigh(weights[:, 0], before, given[:, 0], arrays.local[0][:, 0])
            else:
                np.matmul(weights, before, out=given)
            if not layer.activation.is_identity:
                layer.activation.fill(given, given)
            before = out
        return before

    def _backward(self, arrays: _Arrays, given: Array, examples: Examples, n: int) -> None:
        """The derivatives by the weights of every layer, into the arrays, from what the last one gave.

        They are the share that these of all n examples have in the mean.
        """
        delta = arrays.deltas[-1]
        self.cost.fill_slope(given, examples.targets, delta)
        np.divide(delta, n, out=delta)
        for k in range(len(self.layers) - 1, -1, -1):
            layer, delta = self.layers[k], arrays.deltas[k]
            if not layer.activation.is_identity:
                layer.activation.fill_slope(arrays.outputs[k][:, : layer.wide], arrays.local[k])
                np.multiply(delta, arrays.local[k], out=delta)
            if k == 0:
                np.matmul(delta, examples.inputs, out=arrays.slopes[0])
                return
            np.matmul(delta, arrays.outputs[k - 1].swapaxes(1, 2), out=arrays.slopes[k])
            weights = arrays.weights[k][:, :, :-1]
            if layer.wide == 1:
                # sums of one term each: a plain product is all of it
                np.multiply(weights.swapaxes(1, 2), delta, out=arrays.deltas[k - 1])
            else:
                np.matmul(weights.swapaxes(1, 2), delta, out=arrays.deltas[k - 1])


def _weigh(weights: Array, inputs: Array, out: Array, part: Array) -> None:
    """The sums ``(lanes, n)`` of inputs ``(few, n)`` times weights ``(lanes, few)``; `part` is overwritten."""
    np.multiply(weights[:, :1], inputs[0], out=out)
    for weight, row in zip(weights.T[1:], inputs[1:], strict=True):
        np.multiply(weight[:, None], row, out=part)
        np.add(out, part, out=out)


def _size(kept: Iterable[_Arrays]) -> int:
    return sum(arrays.size for arrays in kept)


def _across(inputs: Array) -> Array:
    """Inputs ``(n, p + 1)`` as ``(p + 1, n)`` whose rows lie together in memory: all pieces read them over and over."""
    return np.ascontiguousarray(inputs.T)


def _rows(n: int) -> list[slice]:
    """The examples in pieces."""
    return _cut(n, _EXAMPLES)


def _cut(count: int, size: int) -> list[slice]:
    return [slice(first, min(first + size, count)) for first in range(0, count, size)]
