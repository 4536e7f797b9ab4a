"""Activations, the functions that a neuron applies to its weighted sum, with their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.errors import named
from gdsim.objectives.base import Array

#: The slope of leaky ReLU below 0, as PyTorch has it.
LEAK = 0.01


@dataclass(frozen=True)
class Activation:
    """An activation, on arrays of any shape; numpy's warnings are the caller's to silence.

    Attributes
    ----------
    key, title, text
        Its name in ACTIVATIONS, its name on screen, and its formula.
    fill
        ``fill(z, out)`` writes the activation a of weighted sums z; out may be z.
    fill_slope
        ``fill_slope(a, out)`` writes its derivative where it gave a: of all of these, a alone says what it is. At a
        corner, the derivative from the left.
    """

    key: str
    title: str
    text: str
    fill: Callable[[Array, Array], object]
    fill_slope: Callable[[Array, Array], object]

    def value(self, z: Array) -> Array:
        """a at weighted sums z."""
        out = np.empty(np.shape(z))
        with np.errstate(all="ignore"):
            self.fill(np.asarray(z, dtype=np.float64), out)
        return out

    def slope(self, z: Array) -> Array:
        """da/dz at weighted sums z."""
        out = self.value(z)
        with np.errstate(all="ignore"):
            self.fill_slope(out, out)
        return out

    @property
    def is_identity(self) -> bool:
        """Tell whether a = z."""
        return self.key == "identity"


def _identity(z: Array, out: Array) -> None:
    if out is not z:
        np.copyto(out, z)


def _one(a: Array, out: Array) -> None:
    out.fill(1.0)


def _step(z: Array, out: Array) -> None:
    # 1 above 0, 0 elsewhere, not a number where z is none
    np.heaviside(z, 0.0, out=out)


def _nothing(a: Array, out: Array) -> None:
    # not filled with 0: what is no number stays so
    np.multiply(a, 0.0, out=out)


def sigmoid(z: Array, out: Array) -> None:
    """1 / (1 + exp(−z)): far out, exp is 0 or infinite, and both come out right."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, 1.0, out=out)
    np.reciprocal(out, out=out)


def _sigmoid_slope(a: Array, out: Array) -> None:
    # a − a² where a is out itself, too
    np.multiply(a, 1.0 - a, out=out)


def _tanh_slope(a: Array, out: Array) -> None:
    np.multiply(a, a, out=out)
    np.subtract(1.0, out, out=out)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0.0, out=out)


def _relu_slope(a: Array, out: Array) -> None:
    np.greater(a, 0.0, out=out)


def _leaky(z: Array, out: Array) -> None:
    np.maximum(z, LEAK * z, out=out)


def _leaky_slope(a: Array, out: Array) -> None:
    np.greater(a, 0.0, out=out)
    np.multiply(out, 1.0 - LEAK, out=out)
    np.add(out, LEAK, out=out)


def softplus(z: Array, out: Array) -> None:
    """log(1 + exp(z)) without overflow."""
    # log(1 + exp(−|z|)) first, as out may be z
    tail = np.abs(z)
    np.negative(tail, out=tail)
    np.exp(tail, out=tail)
    np.log1p(tail, out=tail)
    np.maximum(z, 0.0, out=out)
    np.add(out, tail, out=out)


def _softplus_slope(a: Array, out: Array) -> None:
    # σ(z) = 1 − exp(−a), which without expm1 would lose its digits where a is small
    np.negative(a, out=out)
    np.expm1(out, out=out)
    np.negative(out, out=out)


#: By key.
ACTIVATIONS: dict[str, Activation] = {
    known.key: known
    for known in (
        Activation("identity", "Identity", "z", _identity, _one),
        Activation("step", "Step", "1 if z > 0, else 0", _step, _nothing),
        Activation("sigmoid", "Sigmoid", "1 / (1 + exp(−z))", sigmoid, _sigmoid_slope),
        Activation("tanh", "tanh", "tanh(z)", np.tanh, _tanh_slope),
        Activation("relu", "ReLU", "max(z, 0)", _relu, _relu_slope),
        Activation("leaky_relu", "Leaky ReLU", f"max(z, {LEAK}·z)", _leaky, _leaky_slope),
        Activation("softplus", "Softplus", "log(1 + exp(z))", softplus, _softplus_slope),
    )
}


def activation_named(key: object) -> Activation:
    """The activation of a key, or `UnknownNameError`."""
    return named(ACTIVATIONS, key, "activation", "activation")
