"""Surfaces of the catalogue in any number of dimensions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from gdsim.checks import as_count
from gdsim.errors import GdsimError, UnknownNameError, named, shown
from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.curvature import differenced_hessian

#: The one option of these functions: how many variables it is of. With FEWEST it is the one of the catalogue.
DIMENSION, FEWEST, MOST = "dimension", 2, 100


class Many(Objective):
    """A surface of d variables x1, x2, …, written in numpy.

    A point has the same value whatever others are worked out with it: sums and products go from x1 to the last.
    """

    key: ClassVar[str] = ""
    #: As text, without the range of i.
    formula: ClassVar[str]
    #: The box, the same for each coordinate, and where the global minimum is.
    reach: ClassVar[tuple[float, float]]
    bottom: ClassVar[float]
    #: The start of x1, x3, …, and that of x2, x4, ….
    begin: ClassVar[tuple[float, float]]
    corner: ClassVar[bool] = False
    #: The fewest variables, and by how much i ends before the last.
    fewest: ClassVar[int] = 1
    ends_before: ClassVar[int] = 0

    def __init__(self, dimension: int) -> None:
        d = as_count(dimension, f"{self.key}.{DIMENSION}", self.fewest, MOST)
        self.names = ("x", "y")[:d] if d <= 2 else tuple(f"x{i}" for i in range(1, d + 1))
        self.text = f"{self.formula},  i = 1 … {d - self.ends_before}"
        self.bounds = np.array([self.reach] * d)
        self.bounds.flags.writeable = False
        place = np.full(d, self.bottom)
        self.minima = (Minimum(tuple(place.tolist()), float(self.value(place)), corner=self.corner),)

    def __repr__(self) -> str:
        return f"<{self.title} in {self.dimension} dimensions>"

    @cached_property
    def start(self) -> tuple[float, ...]:
        """The two coordinates of its telling start in turn, ``(d,)``."""
        return tuple(self.begin[i % 2] for i in range(self.dimension))

    def value(self, points: Array) -> Array:  # noqa: D102
        points = np.asarray(points, dtype=np.float64)
        with np.errstate(all="ignore"):
            return np.asarray(self._value(points))

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        points = np.asarray(points, dtype=np.float64)
        with np.errstate(all="ignore"):
            found = self._gradient(points)
        if out is None:
            return found
        np.copyto(out, found)
        return out

    def hessian(self, points: Array) -> Array:  # noqa: D102
        return differenced_hessian(self, points)

    @abstractmethod
    def _value(self, x: Array) -> Array:
        """At points ``(d, …)``, as ``(…)``."""

    @abstractmethod
    def _gradient(self, x: Array) -> Array:
        """At points ``(d, …)``, as ``(d, …)``."""


def _sum(terms: Array) -> Array:
    """The sum over the first axis, in its order: `np.sum` goes another way for another layout in memory."""
    total: Array = np.add.accumulate(terms, axis=0)[-1]
    return total


def _diagonal(x: Array, second: Array) -> Array:
    """Second derivatives ``(d, d, …)`` of a sum of functions of one variable each."""
    found, k = np.zeros((len(x), *x.shape)), np.arange(len(x))
    found[k, k] = second
    return found


class Rosenbrock(Many):
    """A curved valley: Σ [100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²]; at least two variables."""

    key, title = "rosenbrock", "Rosenbrock"
    formula = text = "Σ [100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²]"
    summary = "A curved valley: quick to find, slow to follow."
    reach, bottom, begin, fewest, ends_before = (-2.0, 2.0), 1.0, (-1.2, 1.0), 2, 1

    def __init__(self, dimension: int) -> None:
        super().__init__(dimension)
        if self.dimension >= 4:
            self.minima = (*self.minima, self._by_the_left())

    def _by_the_left(self) -> Minimum:
        """The second minimum, near (−1, 1, …, 1), from 4 variables on; up to 7 it is the only other.

        Shang & Qiu (2006), "A note on the extended Rosenbrock function".
        """
        place = np.ones(self.dimension)
        place[0] = -1.0
        for _ in range(50):
            step = np.linalg.solve(self.hessian(place), self.gradient(place))
            place = place - step
            if np.abs(step).max() < 1e-14:
                break
        return Minimum(tuple(place.tolist()), float(self.value(place)), is_global=False)

    def _value(self, x: Array) -> Array:
        rest = x[1:] - x[:-1] ** 2
        return _sum(100 * rest**2 + (1 - x[:-1]) ** 2)

    def _gradient(self, x: Array) -> Array:
        rest = x[1:] - x[:-1] ** 2
        found = np.zeros_like(x)
        found[1:] = 200 * rest
        found[:-1] -= 400 * x[:-1] * rest + 2 * (1 - x[:-1])
        return found

    def hessian(self, points: Array) -> Array:  # noqa: D102
        x = np.asarray(points, dtype=np.float64)
        found, k = np.zeros((len(x), *x.shape)), np.arange(len(x))
        with np.errstate(all="ignore"):
            found[k[1:], k[1:]] = 200.0
            found[k[:-1], k[:-1]] += 1200 * x[:-1] ** 2 - 400 * x[1:] + 2
            found[k[1:], k[:-1]] = found[k[:-1], k[1:]] = -400 * x[:-1]
        return found


class Rastrigin(Many):
    """A bowl full of dents: 10·d + Σ [xᵢ² − 10·cos(2π·xᵢ)]."""

    key, title = "rastrigin", "Rastrigin"
    formula = text = "10·d + Σ [xᵢ² − 10·cos(2π·xᵢ)]"
    summary = "A bowl full of dents, each a local minimum."
    reach, bottom, begin = (-5.12, 5.12), 0.0, (3.3, -2.6)

    def _value(self, x: Array) -> Array:
        # in terms that are small near the bottom, where 10·d and a sum of −10·cos would cancel
        return _sum(x**2 + 10 * (1 - np.cos(2 * np.pi * x)))

    def _gradient(self, x: Array) -> Array:
        return 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)

    def hessian(self, points: Array) -> Array:  # noqa: D102
        x = np.asarray(points, dtype=np.float64)
        with np.errstate(all="ignore"):
            return _diagonal(x, 2 + 40 * np.pi**2 * np.cos(2 * np.pi * x))


class Ackley(Many):
    """A funnel in a field of dents; its bottom is a corner."""

    key, title = "ackley", "Ackley"
    formula = text = "20 + e − 20·exp(−0.2·√(Σ xᵢ²/d)) − exp(Σ cos(2π·xᵢ)/d)"
    summary = "A funnel in a nearly flat field of dents."
    reach, bottom, begin, corner = (-5.0, 5.0), 0.0, (-3.4, 2.4), True

    def _parts(self, x: Array) -> tuple[Array, Array]:
        return np.sqrt(_sum(x**2) / len(x)), _sum(np.cos(2 * np.pi * x)) / len(x)

    def _value(self, x: Array) -> Array:
        length, waves = self._parts(x)
        # both parts vanish at the bottom to the last bit
        total: Array = -20 * np.expm1(-0.2 * length) - np.e * np.expm1(waves - 1)
        return total

    def _gradient(self, x: Array) -> Array:
        d, (length, waves) = len(x), self._parts(x)
        # in the corner itself, 0
        funnel = 4 * np.exp(-0.2 * length) / (d * np.where(length == 0, 1.0, length))
        found: Array = funnel * x + np.exp(waves) * 2 * np.pi / d * np.sin(2 * np.pi * x)
        return found


class StyblinskiTang(Many):
    """Two hollows a coordinate, one deeper: ½·Σ [xᵢ⁴ − 16·xᵢ² + 5·xᵢ]."""

    key, title = "styblinski_tang", "Styblinski–Tang"
    formula = text = "½·Σ [xᵢ⁴ − 16·xᵢ² + 5·xᵢ]"
    summary = "Two hollows a coordinate, one of them deeper: 2 to the power of d minima."
    reach, begin = (-5.0, 5.0), (0.4, 1.0)
    #: The lowest root of 4x³ − 32x + 5.
    bottom = -2.9035340277711770

    def _value(self, x: Array) -> Array:
        # as products: numpy takes long over powers above 2
        return _sum(x * (x * (x * x - 16) + 5)) / 2

    def _gradient(self, x: Array) -> Array:
        return 2 * x * (x * x - 8) + 2.5

    def hessian(self, points: Array) -> Array:  # noqa: D102
        x = np.asarray(points, dtype=np.float64)
        with np.errstate(all="ignore"):
            return _diagonal(x, 6 * x * x - 16)


class Griewank(Many):
    """A wide bowl with regular ripples: 1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i)."""

    key, title = "griewank", "Griewank"
    formula = text = "1 + Σ xᵢ²/4000 − Π cos(xᵢ/√i)"
    summary = "A wide bowl with regular ripples, fainter the more dimensions there are."
    reach, bottom, begin = (-20.0, 20.0), 0.0, (-11.0, 8.0)

    def _scaled(self, x: Array) -> tuple[Array, Array]:
        roots = np.sqrt(np.arange(1.0, len(x) + 1)).reshape(-1, *[1] * (x.ndim - 1))
        return x / roots, roots

    def _value(self, x: Array) -> Array:
        inner, _ = self._scaled(x)
        # in the order of the coordinates, as `_sum`
        product = np.multiply.accumulate(np.cos(inner), axis=0)[-1]
        # 1 less the product first: a small sum that is added to 1 loses its digits
        total: Array = _sum(x**2) / 4000 + (1 - product)
        return total

    def _gradient(self, x: Array) -> Array:
        inner, roots = self._scaled(x)
        cosines = np.cos(inner)
        # the product of all others: dividing by a cosine of 0 would not give it
        before, after = np.ones_like(x), np.ones_like(x)
        np.cumprod(cosines[:-1], axis=0, out=before[1:])
        after[:-1] = np.cumprod(cosines[:0:-1], axis=0)[::-1]
        return x / 2000 + before * after * np.sin(inner) / roots


#: By key.
MANY: dict[str, type[Many]] = {kind.key: kind for kind in (Rosenbrock, Rastrigin, Ackley, StyblinskiTang, Griewank)}


def many(key: str, dimension: int) -> Many:
    """The surface of a key in `dimension` variables; the same object for the same words."""
    return _made(key, as_count(dimension, f"{key}.{DIMENSION}", 1, MOST))


@lru_cache(maxsize=64)
def _made(key: str, dimension: int, title: str = "") -> Many:
    made = named(MANY, key, "function", "function")(dimension)
    return made.called(title) if title else made


def many_called(key: str, options: Mapping[str, Any], title: str = "") -> Many | None:
    """The surface of a description, or None where that is not for more than two variables.

    Parameters
    ----------
    options
        As `checked_options` gives them.
    title
        What a person calls it; its own title if empty.
    """
    dimension = options.get(DIMENSION, FEWEST)
    return _made(key, dimension, title) if dimension > FEWEST else None


def checked_options(function: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a function that is no model on data, its dimension at most; or `GdsimError`."""
    for name in options:
        if function not in MANY:
            raise GdsimError(
                "{function} has no options, and so no '{name}': they belong to models on data, and a "
                "dimension from {low} to {high} to {known}",
                "options",
                function=shown(function, 40),
                name=shown(str(name)),
                low=FEWEST,
                high=MOST,
                known=", ".join(MANY),
            )
        if name != DIMENSION:
            raise UnknownNameError(f"option of {function}", str(name), [DIMENSION], f"{function}.{name}")
    return {name: as_count(value, f"{function}.{name}", FEWEST, MOST) for name, value in options.items()}
