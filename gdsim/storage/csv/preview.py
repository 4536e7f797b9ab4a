"""A look into a CSV file, for a person to choose columns by."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from gdsim.errors import GdsimError
from gdsim.objectives.table_reading import Recoded, told
from gdsim.storage.csv.choice import Choice, manner_of, proposed, two_values, why_not
from gdsim.storage.csv.columns import Columns, beginning
from gdsim.storage.csv.dialect import SEEN_AT_MOST, dialect_of
from gdsim.storage.csv.file import content_of, in_file
from gdsim.storage.reading import LARGEST


@dataclass(frozen=True, eq=False)
class Preview:
    """Look at the beginning of a CSV file.

    Attributes
    ----------
    columns
        Their names.
    reasons
        By column: why it is no feature unless it is named, a key in REASONS; "" if it is one.
    possible
        By column: whether it can be one.
    codes
        By column: which of its two values is 0, and which 1; None of one that has others.
    units
        By column: what stands behind all of its numbers; "" for nothing.
    manner
        How its numbers and letters are written, where that is not as it is most often: sentences as of a `Reading`.
    size
        How many bytes it has, or more than a preview reads.
    rows
        The first rows, as texts.
    count, gaps
        How many rows there are, and how many of them have a gap in any column; of what was read.
    whole
        Whether all of the file was read.
    header
        Whether the names were in the file.
    separator
        What stands between columns.
    """

    columns: tuple[str, ...]
    reasons: tuple[str, ...]
    possible: tuple[bool, ...]
    codes: tuple[Recoded | None, ...]
    units: tuple[str, ...]
    manner: tuple[str, ...]
    size: int
    rows: tuple[tuple[str, ...], ...]
    count: int
    gaps: int
    whole: bool
    header: bool
    separator: str
    found: Columns

    @property
    def target(self) -> str:
        """The column that is the target unless another is named."""
        return self.choice().target

    @property
    def fits_inside(self) -> bool:
        """True if the file of an experiment can hold it, too."""
        return self.size < LARGEST

    def choice(self, target: str | None = None) -> Choice:
        """Columns that are taken unless something else is said."""
        return proposed(self.found, target)


def preview(path: str | os.PathLike[str], header: bool | None = None, most: int = 20) -> Preview:
    """Look into a CSV file.

    Parameters
    ----------
    path
        The file.
    header
        Whether its first row has names; None to see for itself.
    most
        How many rows are shown.

    Raises
    ------
    GdsimError
        If it cannot be read, or is none.
    """
    content = content_of(path, SEEN_AT_MOST + 1)
    try:
        dialect, rows = dialect_of(content, header)
        found, whole = beginning(content, dialect)
    except GdsimError as error:
        raise in_file(error, path) from error
    shown = rows[dialect.first : dialect.first + most]
    at = [i for i, name in enumerate(dialect.names) if name or any(row[i] for row in rows[dialect.first :])]
    gaps = np.zeros(found.count, dtype=bool)
    for column in found.columns:
        gaps |= column.gaps()
    return Preview(
        found.names,
        tuple(why_not(found, column) for column in found.columns),
        tuple(column.kind == "numbers" or len(column.texts) == 2 for column in found.columns),
        tuple(two_values(column) for column in found.columns),
        tuple(column.unit for column in found.columns),
        tuple(told(manner_of(found))),
        len(content),
        tuple(tuple(row[i] for i in at[: len(found.names)]) for row in shown),
        found.count,
        int(gaps.sum()),
        whole,
        dialect.header,
        dialect.separator,
        found,
    )
