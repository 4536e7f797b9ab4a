"""The models by key, with what can be chosen about each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.data.checked import as_penalty, as_widths
from gdsim.objectives.data.lookup import dataset_of
from gdsim.objectives.data.models.activations import ACTIVATIONS
from gdsim.objectives.data.models.costs import COSTS
from gdsim.objectives.data.models.initial import INITIALIZERS
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.models.neurons import Network, Perceptron
from gdsim.objectives.data.models.regression import LinearRegression, LogisticRegression
from gdsim.objectives.source import Source


@dataclass(frozen=True)
class Option:
    """An option of a model; form, file, command line and help read this.

    Attributes
    ----------
    name, default, meaning
        As the Python API spells it, the value where none is given, and one sentence on it.
    choices
        The texts that are allowed; empty where it is a number, a switch or widths of layers, as its default is.
    """

    name: str
    default: float | bool | str | tuple[int, ...]
    meaning: str
    choices: tuple[str, ...] = ()

    def check(self, value: object, owner: str) -> float | bool | str | tuple[int, ...]:
        """Give `value` as this option's type, or raise `GdsimError`."""
        field = f"{owner}.{self.name}"
        if self.choices:
            if not isinstance(value, str) or value not in self.choices:
                raise UnknownNameError(self.name, str(value), self.choices, field=field)
            return value
        if isinstance(self.default, bool):
            if not isinstance(value, bool | np.bool_):
                raise GdsimError("{field} must be true or false, not {given}", field, given=repr(value)[:60])
            return bool(value)
        if isinstance(self.default, tuple):
            return as_widths(value, field)
        return as_penalty(value, field)


#: The η of a first fit, as a share of 1/λmax at most.
_SHARE = 0.6

_L2 = Option("l2", 0.0, "L2 penalty λ: λ/2 times the sum of the squared weights is added to the cost.")
_STANDARDISE = Option("standardise", False, "Bring every feature to mean 0 and standard deviation 1 first.")


def _activation(default: str) -> Option:
    return Option("activation", default, "What a neuron makes of its weighted sum.", tuple(ACTIVATIONS))


@dataclass(frozen=True)
class Kind:
    """A kind of model.

    Attributes
    ----------
    key
        Its name in MODELS.
    model
        Its class.
    data
        The examples it shows itself on.
    learning_rate
        The largest η of a first fit; see `suited_rate`.
    options
        What can be chosen about it.
    """

    key: str
    model: type[Model]
    data: Source
    learning_rate: float
    options: tuple[Option, ...]

    def option(self, name: str) -> Option:
        """The option of a name, or `UnknownNameError`."""
        for option in self.options:
            if option.name == name:
                return option
        raise UnknownNameError(f"option of {self.key}", name, [o.name for o in self.options], f"{self.key}.{name}")


#: Every model, by key.
MODELS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("linear", LinearRegression, Source("line"), 0.2, (_L2, _STANDARDISE)),
        Kind("logistic", LogisticRegression, Source("overlapping_blobs"), 0.2, (_L2, _STANDARDISE)),
        Kind(
            "perceptron",
            Perceptron,
            Source("blobs"),
            0.5,
            (
                _activation("sigmoid"),
                Option("cost", "mse", "What a wrong answer costs.", tuple(COSTS)),
                _L2,
                _STANDARDISE,
            ),
        ),
        Kind(
            "network",
            Network,
            Source("moons"),
            0.1,
            (
                Option("hidden", (8,), "Number of neurons in each hidden layer."),
                _activation("tanh"),
                Option("init", "xavier", "What the first weights are drawn by.", tuple(INITIALIZERS)),
                _L2,
                _STANDARDISE,
            ),
        ),
    )
}


def suited_rate(kind: Kind, model: Model) -> float:
    """The η of the first fit of a model of a kind: plain descent gets somewhere, and no optimizer is lost.

    That of the kind, or less where the cost is more curved than its own examples make it.
    Plain descent is lost above 2/λmax, and Nesterov's momentum, with β = 0.9, above 1.36/λmax.
    """
    curvature = model.curvature
    if not curvature > 0:  # flat, or not a number
        return kind.learning_rate
    return min(kind.learning_rate, plainly_below(_SHARE / curvature))


def plainly_below(number: float) -> float:
    """The next lower 1, 2 or 5 times a power of ten."""
    power = math.floor(math.log10(number))
    digit = next((digit for digit in (5, 2) if digit * 10.0**power <= number), 1)
    # read from text: a digit times a power of ten need not be the double nearest to it
    return float(f"{digit}e{power}")


@lru_cache(maxsize=16)  # each holds its examples as it takes them
def model_for(key: str, data: Source | None, options: Mapping[str, Any], seed: int = 0) -> Model:
    """The model of a key on some examples; the same object for the same words.

    `options` must be hashable; `seed` is what a network's first weights are drawn from.
    """
    kind = MODELS[key]
    chosen = {name: kind.option(name).check(value, key) for name, value in options.items()}
    if key == "network":
        chosen["seed"] = seed
    made = kind.model.of(dataset_of(data or kind.data), **chosen)
    made.key = key  # type: ignore[attr-defined]
    return made
