"""A function given by a formula: built in, or typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.curvature import differenced_hessian
from gdsim.objectives.formula.careful import worked_out
from gdsim.objectives.formula.compiled import Expression, evaluate, expression
from gdsim.objectives.formula.formula import COORDINATES, read
from gdsim.objectives.formula.nodes import count_nodes

#: A formula of no more parts is soon worked out part by part, too.
_SHORT = 150


class Function(Objective):
    """An objective given by a formula; compiled at first use.

    Attributes
    ----------
    key, title, summary
        Its name in FUNCTIONS ("" for a typed one), its name on screen, and one sentence on what it is good for.
    text
        The formula.
    bounds
        Where to look; if None, the box in which the formula shows something.
    parameters
        The value of every name in it that is neither a coordinate nor a constant.
    """

    def __init__(
        self,
        key: str,
        title: str,
        summary: str,
        text: str,
        bounds: Sequence[Sequence[float]] | None,
        start: tuple[float, ...] | None = None,
        minima: tuple[Minimum, ...] = (),
        names: tuple[str, ...] = COORDINATES,
        maxima: tuple[Minimum, ...] = (),
        parameters: Mapping[str, float] | None = None,
    ) -> None:
        self.key = key
        self.title = title
        self.summary = summary
        self.text = text
        self.names = names
        if bounds is not None:
            self.bounds = _box(bounds)
        self.minima = minima
        self.maxima = maxima
        self.parameters = MappingProxyType(dict(parameters or {}))
        self._start = start

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.parameters.items())
        return f"<Function {self.key or 'typed'}: {self.text}{values}>"

    @cached_property
    def bounds(self) -> Array:  # type: ignore[override]  # it can be written, as every cached property
        """The box to look at ``(d, 2)``: if none is given, where the formula shows something with 1 for parameters."""
        return _box(own_box(self.text))

    @cached_property
    def start(self) -> tuple[float, ...]:
        """A start point from which something worth seeing happens, ``(d,)``."""
        return self._start or telling_start(self)

    @cached_property
    def shown_names(self) -> tuple[str, ...]:
        """The names of the coordinates as a person writes them: θ, x₁."""
        from gdsim.objectives.formula.pretty import shown_name

        return tuple(map(shown_name, self.names))

    @property
    def corners(self) -> tuple[str, ...]:
        """The functions in the formula that have corners: derivatives are those almost everywhere."""
        return read(self.text).corners

    @cached_property
    def expression(self) -> Expression:
        """The formula and what is compiled of it."""
        return expression(self.text, self.names, tuple(self.parameters.items()))

    @property
    def ready(self) -> bool:
        """Tell whether value and derivatives can be asked for without a wait."""
        return self.expression.ready

    @property
    def value_ready(self) -> bool:
        """Tell whether the value can be asked for without a wait."""
        return self.expression.value_ready

    @property
    def ready_twice(self) -> bool:
        """Tell whether second derivatives can be asked for without a wait, too."""
        return self.expression.ready_twice

    def compile(self) -> None:
        """Work value and gradient out now; see `ready`."""
        self.expression.compile()

    def prepare(self) -> Self:  # noqa: D102
        if not self.ready:
            self.compile()
        return super().prepare()

    @property
    def sketch_ready(self) -> bool:
        """Tell whether a sketch can be asked for without a wait."""
        return self.value_ready or self._is_short

    @cached_property
    def _is_short(self) -> bool:
        return count_nodes(read(self.text).plain) <= _SHORT

    def prepare_look(self) -> Self:  # noqa: D102
        # a curve is drawn with its slopes, and of more variables a plane is seen that follows the race
        return super().prepare() if self.dimension == 2 and self.sketch_ready else self.prepare()

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        from gdsim.objectives.formula.latex import latex

        return latex(self.text)

    def value(self, points: Array) -> Array:  # noqa: D102
        values: Array = evaluate(self.expression.value, self.points(points), 1)[0]
        return values

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        # whoever brings a place for the results is a loop, and knows its points
        checked = self.points(points) if out is None else points
        return evaluate(self.expression.gradient, checked, self.dimension, out)

    def sketch(self, points: Array) -> Array:  # noqa: D102
        return self.value(points) if self.value_ready else self._part_by_part("value", points)[0]

    def slopes(self, points: Array) -> Array:  # noqa: D102
        return self._part_by_part("gradient", points)

    def _part_by_part(self, what: str, points: Array) -> Array:
        """Value or gradient with nothing derived or compiled for it; another way of rounding."""
        with np.errstate(all="ignore"):
            return worked_out(self.text, self.names, self.parameters, what, self.points(points))

    def hessian(self, points: Array) -> Array:  # noqa: D102
        if not self.expression.formula.twice:
            return differenced_hessian(self, self.points(points))
        d = self.dimension
        rows, columns = np.triu_indices(d)
        upper = evaluate(self.expression.hessian, self.points(points), len(rows))
        out = np.empty((d, d, *upper.shape[1:]))
        out[rows, columns] = upper
        out[columns, rows] = upper
        return out

    def float_gradient(self) -> Callable[..., tuple[float, ...]]:  # noqa: D102
        return self.expression.float_gradient

    def float_value(self) -> Callable[..., float]:  # noqa: D102
        return self.expression.float_value


@lru_cache(maxsize=64)
def own_box(text: str) -> tuple[tuple[float, float], ...]:
    """The box in which a formula shows something, whatever its parameters are: it is theirs to move what is seen."""
    from gdsim.objectives.surfaces.opening_bounds import telling_box

    formula = read(text)
    return telling_box(formula.plain, formula.names)


def shows_as_much(text: str, box: tuple[tuple[float, float], ...]) -> bool:
    """Tell whether a formula shows as much in a box as in its own."""
    from gdsim.objectives.surfaces import opening_bounds

    formula = read(text)
    return opening_bounds.shows_as_much(formula.plain, formula.names, box, own_box(text))


def _box(bounds: Sequence[Sequence[float]]) -> Array:
    box = np.array(bounds, dtype=np.float64)
    box.flags.writeable = False
    return box


#: Where to look for a start, as shares of the way from the middle of the bounds to their edge: first up to the left.
_PLACES = (
    (-0.6, 0.6),
    (0.6, 0.4),
    (-0.4, -0.6),
    (0.5, -0.7),
    (0.3, 0.3),
    (-0.2, 0.3),
    (0.9, 0.8),
    (-0.9, -0.8),
    (0.05, 0.1),
    (0.02, -0.03),
)
#: And how many more are looked at where none of them will do.
_MORE_PLACES = 1000


def telling_start(objective: Objective) -> tuple[float, ...]:
    """The first of a fixed list of places, or of many all over the bounds, where there is a slope to descend."""
    middle = objective.bounds.mean(axis=1)
    half = (objective.bounds[:, 1] - objective.bounds[:, 0]) / 2
    shares = np.array([[place[i % 2] for i in range(objective.dimension)] for place in _PLACES])
    places = middle + half * shares
    good = _on_a_slope(objective, places)
    if not good.any():
        # one after the other, evenly: Roberts' sequence
        d, root = objective.dimension, 2.0
        for _ in range(30):
            root = (1 + root) ** (1 / (d + 1))
        steps = root ** -np.arange(1.0, d + 1)
        spread = middle + half * (2 * ((0.5 + np.arange(1, _MORE_PLACES + 1)[:, None] * steps) % 1) - 1)
        more = _on_a_slope(objective, spread)
        places, good = (spread, more) if more.any() else (places, good)
    return tuple(round(float(x), 12) for x in places[int(np.argmax(good))])


def _on_a_slope(objective: Objective, places: Array) -> NDArray[np.bool_]:
    """Mask of those places ``(n, d)`` where value and slope are finite, and the slope is not 0."""
    values, slopes = objective.sketch(places.T), objective.slopes(places.T)
    good: NDArray[np.bool_] = np.isfinite(values) & np.isfinite(slopes).all(axis=0) & (slopes != 0).any(axis=0)
    return good
