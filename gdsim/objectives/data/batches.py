"""Mini-batches: every step descends on some of the examples."""

from __future__ import annotations

from typing import Any

from gdsim.checks import as_count
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array, Objective
from gdsim.objectives.curvature import differenced_hessian
from gdsim.objectives.data.dataset import Indices
from gdsim.objectives.data.models.layers import Examples
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.data.seeds import BATCHES, generator

#: Epochs whose order is kept: that of the present step, and of a step looked back at.
_KEPT = 4


class Batch(Objective):
    """The cost of a model over one batch, the penalty with it."""

    def __init__(self, model: Model, examples: Examples) -> None:
        self.model = model
        self.examples = examples
        self.names, self.bounds, self.title = model.names, model.bounds, model.title

    def value(self, points: Array) -> Array:  # noqa: D102
        return self.model.value_on(self.examples, points)

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        return self.model.gradient_on(self.examples, points, out)

    def hessian(self, points: Array) -> Array:  # noqa: D102
        return differenced_hessian(self, points)


class Batched(Objective):
    """A model whose every step descends on one batch; value, gradient and Hessian are those over all examples.

    The examples are shuffled anew each epoch, in one order for all optimizers and runs. The last batch of an epoch is
    smaller where `batch` does not divide their number; it counts like the others, so its examples weigh more.

    Attributes
    ----------
    model
        The model itself, with `predict`, `error` and `accuracy`.
    batch, epoch_steps
        Number of examples in a batch, and of batches in an epoch.
    """

    def __init__(self, model: Model, batch: int, seed: int = 0, purpose: int = BATCHES) -> None:
        self.model = model
        self.batch = as_count(batch, "batch", 1, 2**31)
        count = len(model.y)
        self.batch = min(self.batch, count)
        self.epoch_steps = -(-count // self.batch)
        self._stream = (seed, purpose)
        self._epochs: dict[int, Examples] = {}
        self.names, self.bounds = model.names, model.bounds
        self.minima, self.maxima = model.minima, model.maxima
        self.title, self.summary, self.text = model.title, model.summary, model.text

    @property
    def start(self) -> tuple[float, ...]:
        """The start of the model."""
        return self.model.start

    def draw(self, rng: Any) -> Array:  # noqa: D102
        return self.model.within(tuple(map(tuple, self.bounds.tolist()))).draw(rng)

    def value(self, points: Array) -> Array:  # noqa: D102
        return self.model.value(points)

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        return self.model.gradient(points, out)

    def hessian(self, points: Array) -> Array:  # noqa: D102
        return self.model.hessian(points)

    def at(self, t: int) -> Batch:
        """The batch of step t, counted from 1; its examples are a view, nothing is copied."""
        epoch, place = divmod(t - 1, self.epoch_steps)
        shuffled = self._epochs.get(epoch) or self._shuffle(epoch)
        rows = slice(place * self.batch, (place + 1) * self.batch)
        return Batch(self.model, Examples(shuffled.inputs[rows], shuffled.targets[rows]))

    def members(self, t: int) -> Indices:
        """Indices of the examples in the batch of step t, ``(b,)``."""
        epoch, place = divmod(t - 1, self.epoch_steps)
        return self._order(epoch)[place * self.batch : (place + 1) * self.batch]

    def _order(self, epoch: int) -> Indices:
        return generator(*self._stream, epoch).permutation(len(self.model.y))

    def epoch(self, t: int) -> float:
        """Number of epochs done after step t, with its fraction."""
        return t / self.epoch_steps

    def _shuffle(self, epoch: int) -> Examples:
        inputs, targets = self.model.examples
        order = self._order(epoch)
        shuffled = Examples(inputs[order], targets[order])
        # a new dictionary: another thread may be reading the old one
        kept = list(self._epochs.items())[-(_KEPT - 1) :]
        self._epochs = {**dict(kept), epoch: shuffled}
        return shuffled


def batched(objective: Objective, batch: int, seed: int = 0, purpose: int = BATCHES) -> Batched:
    """A model on mini-batches.

    Parameters
    ----------
    objective
        A `Model`.
    batch
        Number of examples in a batch: 1 for single examples; as many as there are, or more, for all.
    seed, purpose
        What the order of the examples is drawn from, anew each epoch.
    """
    if not isinstance(objective, Model):
        raise GdsimError(
            "batch needs a model on data; {given} has no examples", "batch", given=type(objective).__name__
        )
    return Batched(objective, batch, seed, purpose)
