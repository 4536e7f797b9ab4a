"""Sets of examples that are made up: seeded, with a count and a noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.objectives.data.dataset import Dataset
from gdsim.objectives.data.seeds import DATA, generator
from gdsim.objectives.source import HIGHEST_SEED

#: The most examples of a made-up set.
MOST = 100_000

#: From places ``(n, 2)`` uniform in [0, 1), noise ``(n, 2)`` from the normal distribution times its size, and classes
#: ``(n,)``, 0 and 1 in turn: features ``(n, p)`` and targets ``(n,)``.
Shape = Callable[[Array, Array, Array], tuple[Array, Array]]


@dataclass(frozen=True)
class Generator:
    """A recipe for examples.

    Attributes
    ----------
    key, title, summary
        Its name in DATASETS, its name on screen, and one sentence on what it shows.
    count, noise
        How many examples, and how noisy, unless told otherwise.
    classes
        The names of the two classes; empty for regression.
    """

    key: str
    title: str
    summary: str
    count: int
    noise: float
    shape: Shape
    classes: tuple[str, ...] = ()

    def make(
        self, count: int | None = None, noise: float | None = None, seed: int = 0, held_out: float = 0.25
    ) -> Dataset:
        """The examples of a seed.

        More of them leave the first as they are, and more noise moves each along the same line.

        Parameters
        ----------
        count
            How many; the recipe's if None.
        noise
            Standard deviation of what is added; the recipe's if None.
        seed
            What they are drawn from.
        held_out
            The share of them that is held out.
        """
        count = as_count(self.count if count is None else count, "count", 2, MOST)
        noise = as_float(self.noise if noise is None else noise, "noise")
        if noise < 0:
            raise GdsimError("noise must be 0 or more, not {given:g}", "noise", given=noise)
        seed = as_count(seed, "seed", 0, HIGHEST_SEED)
        # a stream for each of the two: within one, the count would decide where the noise begins
        places = generator(seed, DATA, 0).random((count, 2))
        shaken = noise * generator(seed, DATA, 1).standard_normal((count, 2))
        classes = (np.arange(count) % 2).astype(np.float64)
        features, targets = self.shape(places, shaken, classes)
        return Dataset(self.key, features, targets, classes=self.classes).split(held_out, seed)


def _line(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    x = 4 * places[:, 0]
    return x[:, None], 1.5 * x - 1 + shaken[:, 0]


def _line_outliers(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    x, y = _line(places, shaken, classes)
    # every eighth, on the right where it turns the line most
    x[7::8, 0] = 3 + x[7::8, 0] / 4
    y[7::8] = 1.5 * x[7::8, 0] - 9 + 2 * shaken[7::8, 0]
    return x, y


def _sine(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    x = np.pi * (2 * places[:, 0] - 1)
    return x[:, None], np.sin(x) + shaken[:, 0]


def _blobs_apart(distance: float) -> Shape:
    def blobs(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
        middle = np.array([0.8, 0.6]) * distance
        return shaken + np.where(classes[:, None] == 1, middle, -middle), classes

    return blobs


def _moons(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    angle, other = np.pi * places[:, 0], classes == 1
    x = np.where(other, 1 - np.cos(angle), np.cos(angle)) - 0.5
    y = np.where(other, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return np.column_stack([x, y]) + shaken, classes


def _circles(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    angle, radius = 2 * np.pi * places[:, 0], np.where(classes == 1, 0.5, 1.0)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]) + shaken, classes


def _spiral(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    # the root spreads the points evenly along the arm
    turn = np.sqrt(places[:, 0])
    angle = 3 * np.pi * turn + np.pi * classes
    return np.column_stack([turn * np.cos(angle), turn * np.sin(angle)]) + shaken, classes


def _xor(places: Array, shaken: Array, classes: Array) -> tuple[Array, Array]:
    # four squares with a gap between them; in turn the left and the right one of a class
    side = np.where(np.arange(len(classes)) // 2 % 2 == 0, 1.0, -1.0)
    signs = np.column_stack([side, np.where(classes == 1, -side, side)])
    return signs * (0.15 + 0.85 * places) + shaken, classes


_AB = ("A", "B")

#: By key.
DATASETS: dict[str, Generator] = {
    made.key: made
    for made in (
        Generator("line", "Line", "A straight line with noise: what linear regression is made for.", 40, 0.5, _line),
        Generator(
            "line_outliers",
            "Line with outliers",
            "A line and a few points far off it, to which squares give great weight.",
            40,
            0.4,
            _line_outliers,
        ),
        Generator("blobs", "Two blobs", "Two clouds that a line can part.", 200, 0.75, _blobs_apart(1.5), _AB),
        Generator(
            "overlapping_blobs",
            "Overlapping blobs",
            "Two clouds that run into each other: no line parts them all.",
            200,
            1.0,
            _blobs_apart(0.9),
            _AB,
        ),
        Generator("moons", "Moons", "Two half circles hooked into each other.", 300, 0.1, _moons, _AB),
        Generator(
            "circles", "Circles", "A ring within a ring: no line does better than chance.", 300, 0.08, _circles, _AB
        ),
        Generator(
            "spiral", "Spiral", "Two arms wound round each other: the hardest of these.", 400, 0.02, _spiral, _AB
        ),
        Generator(
            "xor", "Xor", "Opposite corners belong together: what a single neuron cannot learn.", 300, 0.05, _xor, _AB
        ),
        Generator("sine", "Sine", "One wave: a line is not enough, a small network is.", 80, 0.15, _sine),
    )
}
