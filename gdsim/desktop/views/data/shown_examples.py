"""Examples as the data view shows them: pure decisions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data import Dataset
from gdsim.objectives.data.dataset import telling


@dataclass(frozen=True, eq=False)
class ShownExamples:
    """Examples, and which of their features are the axes of the picture.

    Attributes
    ----------
    data
        The examples.
    axes
        The feature across and the feature up; of examples with one axis, only the first counts.
    """

    data: Dataset
    axes: tuple[int, int]

    @property
    def across(self) -> int:
        """Number of features that are axes of the picture: two where there are classes."""
        return 2 if self.data.classes and self.data.X.shape[1] > 1 else 1

    @property
    def places(self) -> Array:
        """Places of the examples in the picture, ``(n, 2)``."""
        data, axes = self.data, list(self.axes)
        if self.across == 2:
            return data.X[:, axes]
        return np.column_stack([data.X[:, axes[0]], data.y])

    def columns(self, x: float, y: float) -> dict[int, float]:
        """Return what a place in the picture means, by column; the last column is the target."""
        if self.across == 2:
            return {self.axes[0]: x, self.axes[1]: y}
        target = float(y > 0.5) if self.data.classes else y
        return {self.axes[0]: x, self.data.X.shape[1]: target}

    def row_at(self, x: float, y: float, other: bool) -> Array:
        """Return an example for a place: the mean of what is not shown, of the class of the nearest, or the `other`."""
        data = self.data
        row = np.append(data.X[data.train].mean(axis=0), 0.0)
        if data.classes:
            places = self.places
            spans = np.ptp(places, axis=0)
            far = ((places - (x, y)) / np.where(spans > 0, spans, 1.0)) ** 2
            row[-1] = abs(float(data.y[int(np.argmin(far.sum(axis=1)))]) - float(other))
        for column, value in self.columns(x, y).items():
            row[column] = value
        return row


def first_axes(data: Dataset) -> tuple[int, int]:
    """Choose the two features that tell the most."""
    order = telling(data.X, data.y)
    return order[0], order[min(1, len(order) - 1)]
