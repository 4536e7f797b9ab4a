"""Setting maps in parts, a few rows at a time: each can be shown, and the rest put off or given up."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.runs.found_ends import CODES

if TYPE_CHECKING:
    from gdsim.simulation.maps.settings import SettingMap


Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class AxisPart(Axis):
    """Neighbouring values of an axis: of so many in all, those from the one with the number `first` on."""

    of: int
    first: int

    @classmethod
    def along(cls, axis: Axis, of: int, first: int) -> AxisPart:
        """A part of an axis; how long it is, is said when its values are asked for."""
        return cls(axis.hyper, axis.low, axis.high, axis.scale, of, first)

    def values(self, count: int) -> Array:
        """So many of the values, to the last bit those of the whole axis: ``(count,)``."""
        return super().values(self.of)[self.first : self.first + count]


def joined(parts: Sequence[SettingMap], y: Axis, rows: int) -> SettingMap:
    """Put parts of a map together that follow each other from the lowest row up; rows that are missing are cancelled.

    Rates that are known of each part are known of the whole.
    """
    missing = rows - sum(part.shape[0] for part in parts)
    first = parts[0]
    whole = dataclasses.replace(
        first,
        y=y,
        end=_stacked([part.end for part in parts], missing, np.nan),
        steps=_stacked([part.steps for part in parts], missing, 0),
        kinds=_stacked([part.kinds for part in parts], missing, CODES[Kind.CANCELLED]),
        loss=_stacked([part.loss for part in parts], missing, np.nan),
    )
    if all(part.is_rate_known for part in parts):
        # where a cached property keeps its value
        whole.__dict__["rate"] = _stacked([part.rate for part in parts], missing, np.inf)
    return whole


def _stacked(arrays: Sequence[NDArray[Number]], missing: int, filling: float) -> NDArray[Number]:
    """Arrays whose rows are the last axis but one, above each other, and rows of a filling above them."""
    shape = (*arrays[0].shape[:-2], missing, arrays[0].shape[-1])
    rest: NDArray[Number] = np.full(shape, filling, arrays[0].dtype)
    return np.concatenate([*arrays, rest], axis=-2)
