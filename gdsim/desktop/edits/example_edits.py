"""Examples that are moved, added and taken away by hand: what becomes of the source."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data import SAMPLES
from gdsim.objectives.data.lookup import dataset_of
from gdsim.objectives.rows import as_rows
from gdsim.objectives.source import Source


def moved(source: Source, index: int, values: Mapping[int, float]) -> Source:
    """Give one example other values, by column; the last column is the target."""
    table = _table(source)
    for column, value in values.items():
        table[index, column] = value
    return _of(source, table)


def added(source: Source, row: Array) -> Source:
    """Add an example, ``(p + 1,)``."""
    return _of(source, np.vstack([_table(source), row]))


def removed(source: Source, index: int) -> Source:
    """Take an example away: the last one takes its place, so that the others stay where they are.

    Held out, or not, they stay, too, but for the one that keeps the share what it is.
    """
    table = _table(source)
    table[index] = table[-1]
    return _of(source, table[:-1])


def _table(source: Source) -> Array:
    data = dataset_of(source)
    return np.column_stack([data.X, data.y])


def _of(source: Source, table: Array) -> Source:
    data = dataset_of(source)
    share = source.held_out
    if share is None:  # as it was: a table by itself would hold out a quarter
        share = SAMPLES[source.key].held_out if source.key in SAMPLES else 0.25
    return Source(
        rows=as_rows(table),
        seed=source.seed,
        held_out=share,
        features=data.features,
        target=data.target,
        classes=data.classes,
    )
