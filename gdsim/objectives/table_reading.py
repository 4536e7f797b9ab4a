"""Record of how a table was read, and the sentences that tell of it, the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gdsim.errors import listed

#: Why a column is not a feature unless it is named, in words.
REASONS = {
    "text": "text",
    "mixed": "text among numbers",
    "dates": "dates",
    "money": "amounts of money",
    "percent": "percentages among others",
    "units": "numbers with different letters behind them",
    "counter": "counts the rows",
    "constant": "the same in every row",
    "constant without gaps": "the same in every row once rows with gaps are left out",
    "gaps": "empty in most rows",
    "empty": "empty",
}


@dataclass(frozen=True)
class LeftOut:
    """A column that is no feature, and the key in REASONS that says why."""

    name: str
    why: str


@dataclass(frozen=True)
class Recoded:
    """A column of two values that are 0 and 1 now."""

    name: str
    zero: str
    one: str


@dataclass(frozen=True)
class Unit:
    """A column whose numbers had a unit or a percent sign behind them."""

    name: str
    unit: str


@dataclass(frozen=True)
class Reading:
    """Record of what was done with a table as it was read.

    Attributes
    ----------
    left_out
        The columns that nobody chose and that are no features.
    recoded
        The columns that became 0 and 1.
    units
        The columns from whose numbers a unit was taken off.
    dropped
        How many rows were left out for their gaps.
    target
        The target, if nobody named one and it is not the last column; else "".
    decimal, thousands
        Whether numbers have a decimal comma, and whether something parts their thousands.
    latin
        Whether the file is no UTF-8, and so was read as Latin-1.
    before
        Whether it was read as all tables were before columns were recoded.
    """

    left_out: tuple[LeftOut, ...] = ()
    recoded: tuple[Recoded, ...] = ()
    units: tuple[Unit, ...] = ()
    dropped: int = 0
    target: str = ""
    decimal: bool = False
    thousands: bool = False
    latin: bool = False
    before: bool = False


def _same(text: str) -> str:
    return text


def told(reading: Reading, translate: Callable[[str], str] = _same) -> list[str]:
    """Tell what was done, in sentences without a full stop, in the words of `translate`."""
    return list(_told(reading, translate))


def _told(reading: Reading, tr: Callable[[str], str]) -> Iterator[str]:
    if reading.target:
        yield tr("the target is {target}").format(target=reading.target)
    if reading.dropped:
        rows = "1 row with gaps was left out" if reading.dropped == 1 else "{count} rows with gaps were left out"
        yield tr(rows).format(count=reading.dropped)
    if reading.left_out:
        by_reason: dict[str, list[str]] = {}
        for column in reading.left_out:
            by_reason.setdefault(column.why, []).append(column.name)
        groups = [f"{listed(names)} ({tr(REASONS[why])})" for why, names in by_reason.items()]
        yield tr("columns left out: {columns}").format(columns="; ".join(groups))
    for code in reading.recoded:
        yield recoded_text(code, tr)
    by_unit: dict[str, list[str]] = {}
    for each in reading.units:
        by_unit.setdefault(each.unit, []).append(each.name)
    for unit, names in by_unit.items():
        yield tr("in {name}, {meaning}").format(name=listed(names), meaning=unit_text(unit, tr))
    if reading.decimal:
        yield tr("numbers have a decimal comma")
    if reading.thousands:
        yield tr("numbers have separators between their thousands")
    if reading.latin:
        yield tr("the file is no UTF-8 text: it was read as Latin-1")


def recoded_text(column: Recoded, translate: Callable[[str], str] = _same) -> str:
    """Tell which value of a column is 0, and which 1."""
    told = translate("in {name}, {zero} is coded 0 and {one} is coded 1")
    return told.format(name=column.name, zero=column.zero, one=column.one)


def values_text(column: Recoded, translate: Callable[[str], str] = _same) -> str:
    """The same, told beside the name of the column."""
    return translate("{zero} is coded 0, {one} is coded 1").format(zero=column.zero, one=column.one)


def unit_text(unit: str, translate: Callable[[str], str] = _same) -> str:
    """Tell what became of numbers with a unit behind them, as it can stand beside the name of a column."""
    if unit == "%":
        return translate("percentages are fractions: 5 % is 0.05")
    if unit == "‰":
        return translate("5 ‰ is 0.005")
    return translate("numbers are in {unit}").format(unit=unit)
