"""The prediction of a model of one neuron, as an equation in the units of its table."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim.objectives.base import Array
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.walkthrough.written import Write

#: An equation of more terms is no sight any more.
_MOST_TERMS = 8
#: Signs of activations that are not written by their key.
_SIGNS = {"sigmoid": "σ"}


def equation(model: Model, theta: Array, write: Write, target: str = "y", classes: Sequence[str] = ()) -> str:
    """Write an equation such as ``price = 3.2·area − 40``, or ``P(ill) = σ(0.4·dose − 1.2)``.

    Parameters
    ----------
    model
        What is said of it.
    theta
        Its parameters ``(d,)``, as they are raced.
    write
        Writes a number, with a minus sign of either sort.
    target, classes
        What is told, and what its classes are called.

    Returns
    -------
    str
        "" where a model has hidden layers, or more terms than can be read.
    """
    if len(model.layers.layers) > 1 or len(model.features) > _MOST_TERMS:
        return ""
    *weights, bias = (write(float(number)) for number in model.in_units(theta))
    terms = [*(f"{weight}·{feature}" for weight, feature in zip(weights, model.features, strict=True)), bias]
    total = terms[0] + "".join(_added(term) for term in terms[1:])
    told = f"P({classes[1]})" if model.tells_probability and classes else target
    for key in _outer(model):
        total = f"{_SIGNS.get(key, key)}({total})"
    return f"{told} = {total}"


def _outer(model: Model) -> list[str]:
    """Keys of the functions applied to the weighted sum, from the inside out."""
    activation = model.layers.layers[0].activation
    inner = [] if activation.is_identity else [activation.key]
    return [*inner, "sigmoid"] if model.layers.cost.key == "cross_entropy" else inner


def _added(term: str) -> str:
    """A further term with its sign before it, a minus of the same sort as in the numbers."""
    return f" {term[0]} {term[1:]}" if term[0] in "-−" else f" + {term}"
