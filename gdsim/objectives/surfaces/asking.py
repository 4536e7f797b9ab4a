"""Asking a callable of somebody else's in the way in which it takes points, which is found out and not believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np

from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted

Called = Callable[[Array], Any]

#: The ways: with points ``(d, n)``, with ``(n, d)``, with one point ``(d,)`` after the other.
COLUMNS, ROWS, SINGLY = "columns", "rows", "singly"
#: Where it is tried, as shares of the way across the bounds: the fractions of multiples of this.
_GOLDEN = 0.6180339887498949
#: Answers that differ by no more than this, of their size, are the same: numpy's differ in the last bit.
_SAME = 1e-9
#: So many points are asked about one by one between two looks at whether anybody waits for them.
_AT_ONCE = 256


class Asked:
    """A callable, asked about points ``(d, n)``: it answers ``(*before, n)``, or `GdsimError`.

    Parameters
    ----------
    what, title
        "value", "gradient" or "hessian", and what the function is called: for the sentence that says what is wrong.
    bounds
        ``(d, 2)``: points within are shown to it to find out how it takes them.
    before
        The shape of its answer for one point.
    way
        How it takes points, where that is known.
    """

    def __init__(
        self, function: Called, what: str, title: str, bounds: Array, before: tuple[int, ...], way: str = ""
    ) -> None:
        self.function, self.what, self.title, self.before = function, what, title, before
        self._bounds, self._known, self._is_constant = bounds, way, False

    def __call__(self, points: Array) -> Array:
        """The answers for points ``(d, n)``."""
        if self.way == SINGLY:
            found = np.empty((points.shape[1], *self.before))
            for i, point in enumerate(points.T):
                if i % _AT_ONCE == 0:
                    give_up_if_unwanted()
                found[i] = self._shaped(self._answer(point.copy()), self.before, 1)
            return np.moveaxis(found, 0, -1)
        n = points.shape[1]
        if self.way == ROWS:
            rows = self._shaped(self._answer(points.T.copy()), (n, *self.before), n)
            return np.moveaxis(rows, 0, -1)
        # a copy, as the function of somebody else may write to what it is handed
        answer = self._answer(points.copy())
        if self._is_constant and answer is not None and answer.shape in (self.before, (*self.before, 1)):
            return np.repeat(answer.reshape((*self.before, 1)), n, axis=-1)
        return self._shaped(answer, (*self.before, n), n)

    @cached_property
    def way(self) -> str:
        """The way it takes points, by its answers to some that are all different; COLUMNS where nothing fits."""
        return self._known or self._found_out()

    def _found_out(self) -> str:
        d = len(self._bounds)
        # never as many points as coordinates: the shape of an answer then tells rows from columns
        n = 4 if d == 3 else 3
        shares = (np.arange(1, d * n + 1) * _GOLDEN % 1.0).reshape(d, n)
        points = self._bounds[:, :1] * (1 - shares) + self._bounds[:, 1:] * shares
        whole = (*self.before, n)
        alone = self._together(points[:, [i]] for i in range(n))
        if alone is not None:
            batch, again = self._tried(points, whole), self._tried(points, whole)
            # one that is noisy says two things of the same point
            if batch is not None and again is not None and (_same(batch, alone) or not _same(batch, again)):
                return COLUMNS
            constant = self._tried(points, self.before)
            if constant is not None and _same(np.stack([constant] * n, axis=-1), alone) and not np.isnan(alone).all():
                # a constant need not say itself for every point
                self._is_constant = True
                return COLUMNS
        singly, rows = self._together(points.T), self._tried(points.T, (n, *self.before))
        if rows is not None:
            one_row = singly if singly is not None else self._together(points.T[[i]] for i in range(n))
            if one_row is not None and _same(np.moveaxis(rows, 0, -1), one_row):
                return ROWS
        return COLUMNS if singly is None else SINGLY

    def _together(self, places: Iterator[Array] | Array) -> Array | None:
        """Its answers to one place after the other, ``(*before, n)``; None where it has no answer to one."""
        answers = [self._tried(place, self.before) for place in places]
        return None if any(each is None for each in answers) else np.stack(answers, axis=-1)  # type: ignore[arg-type]

    def _tried(self, places: Array, shape: tuple[int, ...]) -> Array | None:
        try:
            return self._shaped(self._answer(places.copy()), shape, len(places))
        except GdsimError:
            return None

    def _answer(self, places: Array) -> Any:
        try:
            with np.errstate(all="ignore"):
                answer = self.function(places)
            # numpy would take None, which is what is returned where a return is missing, for nan
            return None if answer is None else np.asarray(answer, dtype=np.float64)
        except Exception as error:  # whatever it is, it comes from the function of somebody else
            kind, reason = type(error).__name__, shown(str(error))
            raise GdsimError(
                "the {what} of {name} raised {kind}: {reason}",
                "function",
                what=self.what,
                name=self.title,
                kind=kind,
                reason=reason,
            ) from error

    def _shaped(self, answer: Array | None, shape: tuple[int, ...], n: int) -> Array:
        if answer is not None and _without_ones(answer.shape) == _without_ones(shape):
            return answer.reshape(shape)
        raise GdsimError(
            "the {what} of {name} must give {wanted} numbers for {n} points, not {given}",
            "function",
            what=self.what,
            name=self.title,
            wanted=shape or 1,
            n=n,
            given=None if answer is None else answer.shape,
        )


def _same(one: Array, other: Array) -> bool:
    # by default allclose takes all that is below 1e-8 for the same
    return bool(np.allclose(one, other, rtol=_SAME, atol=1e-300, equal_nan=True))


def _without_ones(shape: tuple[int, ...]) -> list[int]:
    return [size for size in shape if size != 1]
