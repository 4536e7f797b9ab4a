"""The interface of every function that can be minimised, and its known minima."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdsim.errors import GdsimError, listed, shown

#: float64 array.
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Minimum:
    """A known minimum, or a known maximum.

    Attributes
    ----------
    position
        Its coordinates, d of them.
    value
        The objective there.
    is_global
        Whether none is lower (of a maximum: higher).
    corner
        Whether the objective has a corner there, so that its gradient does not vanish nearby.
    """

    position: tuple[float, ...]
    value: float
    is_global: bool = True
    corner: bool = False


class Objective(ABC):
    """A function of d variables with its derivatives.

    Points are arrays ``(d, …)``, one row a coordinate; `value` gives ``(…)``, `gradient` ``(d, …)`` and
    `hessian` ``(d, d, …)``, always of the full shape.
    """

    #: Names of the coordinates, d of them.
    names: tuple[str, ...]
    #: The box to look at, in which random starts fall, ``(d, 2)``: lowest and highest of each coordinate.
    bounds: Array
    minima: tuple[Minimum, ...] = ()
    #: Known maxima, described as minima are; `is_global` where none is higher.
    maxima: tuple[Minimum, ...] = ()
    #: The lowest value, where it is taken all along a line or plane: no one place is the minimum.
    lowest: float | None = None
    #: Known minima, and maxima, that lie off the plane that is seen of a function, at the nearest points on it.
    minima_beside: tuple[Minimum, ...] = ()
    maxima_beside: tuple[Minimum, ...] = ()
    #: Its name on screen.
    title: str = ""
    #: A sentence on what it is good for, and its formula as text; "" where there is none.
    summary: str = ""
    text: str = ""
    #: The values of the parameters in the formula, by name.
    parameters: Mapping[str, float] = MappingProxyType({})

    @cached_property
    def start(self) -> tuple[float, ...]:
        """The start of a race unless it is told otherwise, ``(d,)``: the middle of the bounds."""
        return tuple(float(middle) for middle in self.bounds.mean(axis=1))

    def is_bounded(self, ascent: bool = False) -> bool:
        """Tell whether it is known that f cannot fall (uphill, rise) without end."""
        return any(known.is_global for known in (self.maxima if ascent else self.minima))

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The names of the coordinates as a person writes them, d of them."""
        return self.names

    @property
    def dimension(self) -> int:
        """Number of variables d."""
        return len(self.names)

    @abstractmethod
    def value(self, points: Array) -> Array:
        """The function at points ``(d, …)``, as ``(…)``."""

    @abstractmethod
    def gradient(self, points: Array, out: Array | None = None) -> Array:
        """Its first derivatives at points ``(d, …)``, as ``(d, …)``.

        Written to `out` if that is given; numpy's warnings are then the caller's to silence.
        """

    @abstractmethod
    def hessian(self, points: Array) -> Array:
        """Its second derivatives at points ``(d, …)``, as ``(d, d, …)``."""

    def points(self, points: ArrayLike) -> Array:
        """Points as somebody gives them, as an array ``(d, …)``, or `GdsimError`."""
        try:
            array = np.asarray(points, dtype=np.float64)
        except (TypeError, ValueError):  # no numbers, or rows of different length
            array = np.empty(())
        if array.ndim == 0 or len(array) != self.dimension:
            raise GdsimError(
                "points must have one row of numbers for each of {names}, not {given}",
                "points",
                names=listed(self.names),
                given=shown(repr(points)),
            )
        return array

    def float_gradient(self) -> Callable[..., tuple[float, ...]] | None:
        """The gradient as a function of d Python floats, equal to `gradient` to the last bit; None if there is none.

        It may raise ArithmeticError or ValueError where `gradient` gives inf or nan.
        """
        return None

    def float_value(self) -> Callable[..., float] | None:
        """The value as a function of d Python floats, equal to `value` to the last bit; None if there is none.

        It may raise ArithmeticError or ValueError where `value` gives inf or nan.
        """
        return None

    @property
    def effort(self) -> int:
        """The work for a single point, as a number of parameters times examples; 1 for a formula."""
        return 1

    @property
    def ready(self) -> bool:
        """Tell whether it can be evaluated at once; else the first evaluation has to compile it."""
        return True

    @property
    def value_ready(self) -> bool:
        """Tell whether its value can be asked for at once, if not its derivatives."""
        return self.ready

    @property
    def sketch_ready(self) -> bool:
        """Tell whether `sketch` can be asked for at once."""
        return self.ready

    @property
    def ready_twice(self) -> bool:
        """Tell whether second derivatives can be asked for at once, too."""
        return self.ready

    def prepare(self) -> Self:
        """Work out all that a look at it and a race will ask for, and return it; a window has that done elsewhere.

        Raises
        ------
        GdsimError
            If that cannot be done.
        """
        _ = self.start  # it may be found by evaluating
        return self

    def prepare_look(self) -> Self:
        """Work out all that a look at it will ask for, and return it; its derivatives may be left for `prepare`."""
        return self.prepare()

    def sketch(self, points: Array) -> Array:
        """The function at points ``(d, …)``, near enough to be seen, as ``(…)``."""
        return self.value(points)

    def slopes(self, points: Array) -> Array:
        """Its first derivatives at points ``(d, …)``, near enough to tell where it is steep, as ``(d, …)``."""
        return self.gradient(points)

    def within(self, bounds: tuple[tuple[float, float], ...]) -> Self:
        """The same function with other bounds; the same object for the same bounds."""
        known: dict[tuple[tuple[float, float], ...], Self] = self.__dict__.setdefault("_within", {})
        if bounds not in known:
            other = copy.copy(self)
            other.__dict__.pop("_within")
            other.__dict__.pop("start", None)  # looked for within the bounds
            other.bounds = np.array(bounds, dtype=np.float64)
            other.bounds.flags.writeable = False
            # or every box that ever comes into view would be kept
            if len(known) >= 64:
                known.clear()
            known[bounds] = other
        return known[bounds]

    def called(self, title: str) -> Self:
        """The same function under another name."""
        other = copy.copy(self)
        # the copies within other bounds have the old title
        other.__dict__.pop("_within", None)
        other.title = title
        return other

    def draw(self, rng: np.random.Generator) -> Array:
        """Draw a random start ``(d,)``, uniform in the bounds."""
        low, high = self.bounds.T
        start: Array = rng.uniform(low, high)
        return start

    def at(self, t: int) -> Objective:
        """The objective that step t descends on: itself, unless it changes from step to step."""
        return self
