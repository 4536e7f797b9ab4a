"""Examples out of a CSV file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.base import Array
from gdsim.objectives.rows import MOST_FEATURES, Rows, checksum_of
from gdsim.objectives.source import Source
from gdsim.objectives.table_reading import LeftOut, Reading, Unit
from gdsim.storage.csv.choice import Choice, as_before, as_numbers, as_targets, check_choice, manner_of, proposed
from gdsim.storage.csv.columns import Column, Columns, beginning, columns_in
from gdsim.storage.csv.dialect import dialect_of, names_of, with_names
from gdsim.storage.csv.file import content_of, in_file

#: What is done with a row that has a gap in a chosen column.
GAPS = ("drop", "reject")
#: Rows that are put together at once.
_TOGETHER = 4_096


class ChangedError(GdsimError):
    """A file is not what it was."""


def read_csv(
    path: str | os.PathLike[str],
    features: Sequence[str] | None = None,
    target: str | None = None,
    header: bool | None = None,
    gaps: str = "drop",
    *,
    seed: int = 0,
    held_out: float | None = None,
    checksum: str = "",
    before: bool = False,
) -> tuple[Source, int]:
    """Read examples from a CSV file.

    Parameters
    ----------
    path
        The file: text whose columns are parted by commas, semicolons, tabs, blanks or |, maybe with decimal commas. A
        pipe is read to its end.
    features, target
        Names of columns (one feature may be a text alone), "column 1", "column 2", … where the file has none. If None,
        the target is the last column that holds numbers or two values, and features are all others that do: what only
        counts the rows, is the same in every row or empty in most is left out. Two values become 0 and 1, texts in the
        order of the alphabet; two whole numbers do so as a target. A unit behind all numbers of a column is taken off,
        and percentages are fractions: 3.5 kg is 3.5, and 5 % is 0.05.
    header
        Whether the first row has names; None to see for itself.
    gaps
        "drop" leaves out rows with a gap in a chosen column, "reject" refuses the file.
    seed, held_out
        Which examples are held out, and what share; see `Source`.
    checksum
        What the file must have; "" for any.
    before
        Whether to read it as an experiment that was saved by version 0.1.0 does: every column of numbers is a feature,
        and no numbers become classes.

    Returns
    -------
    tuple
        The examples, and how many rows were left out; `Source.reading` has what else was done.

    Raises
    ------
    GdsimError
        If it cannot be read, or holds something else than examples: the message names row and column.
    """
    if gaps not in GAPS:
        raise GdsimError("gaps must be drop or reject, not {given}", "gaps", given=repr(gaps)[:60])
    features = [features] if isinstance(features, str) else features
    content = content_of(path)
    found = checksum_of(content)
    try:
        if checksum and found != checksum:
            raise ChangedError("the file has changed since it was chosen: choose it again", "data")
        columns = _columns(content, features, target, header, before)
        del content
        fields, reading = _examples(columns, _choice(columns, features, target, before), gaps, before)
        if target is not None:
            reading = replace(reading, target="")
        # what came through a pipe cannot be read again
        there = not Path(path).is_fifo()
        where = {"path": os.path.abspath(path) if there else "", "checksum": found if there else ""}
        return Source(seed=seed, held_out=held_out, reading=reading, **{**fields, **where}), reading.dropped
    except GdsimError as error:
        raise in_file(error, path) from error


def _columns(
    content: bytes,
    features: Sequence[str] | None,
    target: str | None,
    header: bool | None,
    before: bool,
) -> Columns:
    dialect, rows = dialect_of(content, header, before)
    named = {*(features or ()), *([] if target is None else [target])}
    if header is None and not named <= set(names_of(dialect.names)):
        # names of columns tell what the first row is
        other = with_names(dialect, rows, not dialect.header, before)
        dialect = other if named <= set(names_of(other.names)) else dialect
    if features is None and len(dialect.names) > MOST_FEATURES:
        check_choice(_choice(beginning(content, dialect)[0], None, target, before))
    all_wanted = features is None or target is None
    return columns_in(content, dialect, None if all_wanted else named)


def _choice(columns: Columns, features: Sequence[str] | None, target: str | None, before: bool) -> Choice:
    for name in [*(features or ()), *([] if target is None else [target])]:
        if name not in columns.names:
            raise UnknownNameError("column", name, columns.names, "data")
    choice = as_before(columns, target) if before else proposed(columns, target)
    if features is not None:
        target = choice.target if target is None else target
        choice = Choice(tuple(features), target)
    check_choice(choice)
    return choice


def _examples(columns: Columns, choice: Choice, gaps: str, before: bool) -> tuple[dict[str, Any], Reading]:
    """The fields of a `Source`, and what was done for them."""
    chosen = [columns[name] for name in choice.features]
    kept = _kept(columns, [*chosen, columns[choice.target]], gaps)
    targets, classes, told = as_targets(columns, columns[choice.target], kept, before)
    if targets.min() == targets.max():
        raise _constant_target(columns[choice.target])
    numbers = {column.name: as_numbers(columns, column, kept) for column in chosen}
    constant = {name for name, (values, _) in numbers.items() if values.min() == values.max()}
    left_out = [LeftOut(column.name, _why_constant(column)) for column in chosen if column.name in constant]
    features = [name for name in numbers if name not in constant]
    recoded = [code for name in features if (code := numbers[name][1])]
    if not features:
        raise GdsimError(
            "column '{name}' is the same in every row: there is nothing to learn from it; choose the "
            "columns without it",
            "data",
            name=chosen[0].name,
        )
    reading = replace(
        manner_of(columns, [*(columns[name] for name in features), columns[choice.target]]),
        left_out=(*choice.left_out, *left_out),
        recoded=(*recoded, *([told] if told else [])),
        units=tuple(
            Unit(name, unit) for name in [*features, choice.target] if not told and (unit := columns[name].unit)
        ),
        dropped=int(len(kept) - kept.sum()),
        target="" if choice.target == columns.names[-1] else choice.target,
        before=before,
    )
    rows = Rows(_beside([*(numbers[name][0] for name in features), targets]))
    return {"rows": rows, "features": tuple(features), "target": choice.target, "classes": classes}, reading


def _beside(columns: Sequence[Array]) -> Array:
    """Columns as one table; some rows at a time, for which the processor has room beside it."""
    table = np.empty((len(columns[0]), len(columns)))
    for at in range(0, len(table), _TOGETHER):
        for i, column in enumerate(columns):
            table[at : at + _TOGETHER, i] = column[at : at + _TOGETHER]
    return table


def _kept(columns: Columns, chosen: Sequence[Column], gaps: str) -> NDArray[np.bool_]:
    """``(rows,)``: which have no gap in some columns."""
    kept = np.ones(columns.count, dtype=bool)
    for column in chosen:
        kept &= ~column.gaps()
    dropped = int(len(kept) - kept.sum())
    if dropped and gaps == "reject":
        row = int(np.flatnonzero(~kept)[0])
        name = next(column.name for column in chosen if column.gaps()[row])
        raise GdsimError(
            "row {row}, column '{name}' is empty; rows with gaps: {count}",
            "data",
            row=columns.place(row),
            name=name,
            count=dropped,
        )
    if len(kept) - dropped < 2:
        raise GdsimError(
            "there must be two rows or more without gaps in the chosen columns, not {given}",
            "data",
            given=len(kept) - dropped,
        )
    return kept


def _why_constant(column: Column) -> str:
    numbers = column.numbers()
    always = numbers.min() == numbers.max() if column.kind == "numbers" else len(column.texts) == 1
    return "constant" if always else "constant without gaps"


def _constant_target(column: Column) -> GdsimError:
    template = (
        "column '{name}' is the same in every row: there is nothing to learn from it; choose another target"
        if _why_constant(column) == "constant"
        else "column '{name}' is the same in every row once rows with gaps are left out: choose another target, or "
        "fewer features"
    )
    return GdsimError(template, "data", name=column.name)
