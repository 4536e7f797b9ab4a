"""Choice of the features and the target among the columns of a table, and their conversion to numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError, listed, shown
from gdsim.objectives.base import Array
from gdsim.objectives.rows import MOST_FEATURES
from gdsim.objectives.table_reading import REASONS, LeftOut, Reading, Recoded
from gdsim.storage.csv.cells import LARGEST, is_decimal_comma, kind_of_text
from gdsim.storage.csv.column_builder import NUMBER, OTHERS
from gdsim.storage.csv.columns import Column, Columns

#: Kinds of columns that are named as what they are.
_NAMED_KINDS = ("dates", "money", "percent", "units")
#: What a column is called that counts the rows.
_COUNTERS = re.compile(r"#|ids?|idx|index|n[ro]\.?|obs|row|row[ ._]?(id|names|num)|s\.?no|unnamed: 0", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """The columns that are taken, and those left out."""

    features: tuple[str, ...]
    target: str
    left_out: tuple[LeftOut, ...] = ()


def proposed(columns: Columns, target: str | None = None) -> Choice:
    """The target, the last column that can be one unless it is named, and as features all that can be."""
    why = {column.name: why_not(columns, column) for column in columns.columns}
    if target is None:
        fit = [c.name for c in columns.columns if not why[c.name] or len(c.texts) == 2]
        usable = [name for name, reason in why.items() if not reason]
        target = next((name for name in reversed(fit) if set(usable) - {name}), columns.names[-1])
    features = [name for name, reason in why.items() if not reason and name != target]
    for last_resort in ("mixed", "counter"):
        # what is wrong with a column is said where there is no other; of one that counts the rows a line can be made
        features = features or [name for name, reason in why.items() if reason == last_resort and name != target]
    left_out = tuple(
        LeftOut(name, reason) for name, reason in why.items() if reason and name != target and name not in features
    )
    return Choice(tuple(features), target, left_out)


def as_before(columns: Columns, target: str | None = None) -> Choice:
    """All columns of numbers are features, and the last is the target."""
    target = columns.names[-1] if target is None else target
    return Choice(tuple(c.name for c in columns.columns if c.kind == "numbers" and c.name != target), target)


def why_not(columns: Columns, column: Column) -> str:
    """Why a column is no feature unless it is named: a key in REASONS; "" if it is one."""
    if column.kind not in ("numbers", "two"):
        return column.kind
    gaps = column.gaps()
    if 2 * int(gaps.sum()) > len(gaps):
        return "gaps"
    if column.kind == "numbers":
        numbers = column.numbers()
        if len(numbers) > 1 and numbers.min() == numbers.max() and not column.texts:
            return "constant"
        if column.texts:
            return "mixed"
        if column is columns.columns[0] and columns.dialect.header and _counts(column, numbers):
            return "counter"
    return ""


def _counts(column: Column, numbers: Array) -> bool:
    """Tell whether the first column counts the rows."""
    if (column.named and not _COUNTERS.fullmatch(column.name)) or len(numbers) < max(2, len(column.values)):
        return False
    steps = np.diff(numbers)
    if not column.named and numbers[0] % 1 == 0 and (steps % 1 == 0).all():
        return bool((steps > 0).all())
    return bool(numbers[0] in (0, 1) and (steps == 1).all())


def two_values(column: Column) -> Recoded | None:
    """Coding of the two values of a column as 0 and 1; None of one that has others."""
    if column.kind == "numbers" or len(column.texts) != 2:
        return None
    zero, one = sorted(column.texts)
    return Recoded(column.name, _printable(zero, 0), _printable(one, 1))


def manner_of(columns: Columns, used: Iterable[Column] | None = None) -> Reading:
    """Spelling of the numbers and letters of some columns, or of all."""
    used = columns.columns if used is None else used
    return Reading(
        decimal=bool(columns.dialect.spelling.comma),
        thousands=any(column.thousands for column in used),
        latin=columns.dialect.encoding == "cp1252",
    )


def check_choice(choice: Choice) -> None:
    """Raise `GdsimError` if the columns that are taken make no set of examples."""
    if not choice.features:
        raise GdsimError(
            "no column holds numbers beside the target, '{name}'; signs such as $, and units that are not the same "
            "in the whole column, have to be taken out of the cells",
            "data",
            name=choice.target,
        )
    seen = {choice.target}
    for name in choice.features:
        if name in seen:
            raise GdsimError("column '{name}' is chosen twice", "data", name=name)
        seen.add(name)
    if len(choice.features) > MOST_FEATURES:
        raise GdsimError(
            "{count} columns would be features, where a model takes {most}: choose among them",
            "data",
            count=len(choice.features),
            most=MOST_FEATURES,
        )


def as_numbers(columns: Columns, column: Column, kept: NDArray[np.bool_]) -> tuple[Array, Recoded | None]:
    """A feature in the rows that are kept, and what its two values stand for if they are none."""
    if column.kind == "numbers":
        _check_numbers(columns, column, kept)
        return _in_rows(column.values, kept), None
    if len(column.texts) == 2 and column.codes is not None:
        return _recoded(column, kept)
    some = listed([shown(text, 20) for text in column.texts], 3)
    if column.kind in _NAMED_KINDS:
        raise GdsimError(
            "column '{name}' holds {what} ({given}), where a feature holds numbers or two values",
            "data",
            name=column.name,
            what=REASONS[column.kind],
            given=some,
        )
    if not column.texts:
        raise GdsimError("column '{name}' is empty", "data", name=column.name)
    raise GdsimError(
        "column '{name}' holds text ({given}), where a feature holds numbers or two values",
        "data",
        name=column.name,
        given=some,
    )


def _in_rows(values: Array, kept: NDArray[np.bool_]) -> Array:
    return values if kept.all() else values.compress(kept)


def as_targets(
    columns: Columns, column: Column, kept: NDArray[np.bool_], before: bool
) -> tuple[Array, tuple[str, ...], Recoded | None]:
    """The target in the rows that are kept, what 0 and 1 stand for where it is classes, and that if it was told so."""
    if column.kind == "numbers":
        _check_numbers(columns, column, kept)
        return _number_targets(column, _in_rows(column.values, kept), before)
    if column.kind in _NAMED_KINDS and len(column.texts) != 2:
        some = listed([shown(text, 20) for text in column.texts], 3)
        raise GdsimError(
            "column '{name}' holds {what} ({given}), where a target holds numbers or two values",
            "data",
            name=column.name,
            what=REASONS[column.kind],
            given=some,
        )
    assert column.codes is not None
    found = np.unique(column.codes[kept])
    texts = sorted((column.texts[code - 1] for code in found.tolist()), key=_others_last)
    if len(texts) != 2:
        raise _wrong_classes(column, texts)
    values, recoded = _recoded(column, kept)
    return values, (recoded.zero, recoded.one), recoded


def _wrong_classes(column: Column, texts: list[str]) -> GdsimError:
    """Sentence on a target with more or fewer classes than two."""
    some = ", ".join(map(shown, texts[:3])) + (", …" if len(texts) > 3 else "")
    template = "column '{name}' has {count} classes ({given}), where a target has two"
    if OTHERS in texts:
        template = "column '{name}' has more classes than two ({given})"
    if len(texts) == 1:
        template = "column '{name}' has one class ({given}), where a target has two"
        if len(column.texts) > 1:
            template = (
                "column '{name}' has one class ({given}) once rows with gaps are left out, where a target has two"
            )
    return GdsimError(template, "data", name=column.name, count=len(texts), given=some)


def _others_last(text: str) -> tuple[bool, str]:
    return text == OTHERS, text


def _number_targets(column: Column, values: Array, before: bool) -> tuple[Array, tuple[str, ...], Recoded | None]:
    low, high = values.min(), values.max()
    if (low, high) == (0.0, 1.0) and ((values == 0) | (values == 1)).all():
        return values, ("0", "1"), None
    ones = values == high
    count = int(ones.sum())
    two = bool((ones | (values == low)).all()) and low % 1 == high % 1 == 0
    # two numbers that stand there once are measured, not told apart
    if before or not two or min(count, len(values) - count) < 2:
        return values, (), None
    recoded = Recoded(column.name, f"{low:g}", f"{high:g}")
    return ones.astype(np.float64), (recoded.zero, recoded.one), recoded


def _recoded(column: Column, kept: NDArray[np.bool_]) -> tuple[Array, Recoded]:
    """Two texts in the order of the alphabet as 0 and 1."""
    assert column.codes is not None
    codes = column.codes[kept]
    there = sorted(np.unique(column.codes[column.codes > 0]).tolist(), key=lambda code: column.texts[code - 1])
    if len(there) > 2:  # of more than two only two are left
        there = sorted(np.unique(codes).tolist(), key=lambda code: column.texts[code - 1])
    zero, one = (_printable(column.texts[code - 1], i) for i, code in enumerate(there))
    return (codes == there[1]).astype(np.float64), Recoded(column.name, zero, one)


def _printable(text: str, number: int) -> str:
    return " ".join(shown(text).split()) or f"class {number}"


def _check_numbers(columns: Columns, column: Column, kept: NDArray[np.bool_]) -> None:
    if column.codes is None:
        return
    wrong = np.flatnonzero((column.codes != NUMBER) & kept)
    if len(wrong):
        row = int(wrong[0])
        cell = column.texts[int(column.codes[row]) - 1]
        raise _no_number(cell, columns, row, column.name)


def _no_number(cell: str, columns: Columns, row: int, name: str) -> GdsimError:
    number = columns.dialect.spelling.number(cell)
    template = "row {row}, column '{name}': '{given}' is no number"
    if number is not None and not abs(number) <= LARGEST:
        template = "row {row}, column '{name}': {given} is no finite number, or too large to reckon with"
    elif is_decimal_comma(cell):
        template = "row {row}, column '{name}': '{given}' has a decimal comma; numbers are written with a point, as 1.5"
    elif (kind := kind_of_text(cell)) != "text":
        template = "row {row}, column '{name}': '{given}' is no number, but one of {what}"
        return GdsimError(template, "data", row=columns.place(row), name=name, given=shown(cell), what=REASONS[kind])
    return GdsimError(template, "data", row=columns.place(row), name=name, given=shown(cell))
