"""Kinds of cells of a table: a gap, a number in one of the ways in which people write them, or something else."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

from gdsim.storage.csv.units import in_unit, split_unit

#: Beyond this size, squares overflow.
LARGEST = 1e100
#: What stands for a number that is not known.
_GAPS = frozenset(("", "na", "n/a", "nan", "null", "?"))
#: What may do so, too, where it is not one of two things that a column tells apart.
_SOFT_FORMS = (
    "<na>|#n/a|#n/a n/a|#na|-nan|none|nil|-|--|.|..|missing|1.#ind|-1.#ind|1.#qnan|-1.#qnan"
    "|#value!|#div/0!|#ref!|#null!|#num!|#name?"
)
_SOFT = frozenset(_SOFT_FORMS.split("|"))
_COMMAS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_POINTS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")
_DECIMAL_COMMA = re.compile(r"[-+]?(?:\d+,\d*|,\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_DECIMAL_POINT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_MONEY = re.compile(r"[-+(]{0,2}\s?(?:[$€£¥₹]\s?[-+]?[\d.,]*\d[\d.,]*|[\d.,]*\d[\d.,]*\s?[$€£¥₹])\s?[)kKmMbB]?")
_PERCENT = re.compile(r"[-+]?[\d.,]*\d[\d.,]*\s?%")
_DATE = re.compile(
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|\d{1,2}[-/ .]?[A-Za-z]{3,9}\.?[-/ .,]{0,2}\d{2,4}"
    r"|[A-Za-z]{3,9}\.?[-/ ]\d{1,2}(?:,? ?\d{2,4})?"
    r"|\d{4}[-/](?:\d{1,2}|[A-Za-z]{3})|\d{4}[-: ]?[QMWqmw]\d{1,2})"
    r"(?:[T ,]+\d{1,2}:\d{2}.{0,20})?"
    r"|\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def is_gap(cell: str) -> bool:
    """Tell whether a cell says that nothing is known, whatever stands in others."""
    return cell.lower() in _GAPS


def may_be_gap(cell: str) -> bool:
    """Tell whether a cell says that nothing is known, unless it is one of two things that its column tells apart."""
    return cell.lower() in _SOFT


#: As files have them most often: a cell in it is a gap, and one that is not may be.
PLAIN_GAPS = frozenset(form for gap in (*_GAPS, *_SOFT) for form in (gap, gap.upper(), gap.title())) | {"NaN", "-NaN"}


@dataclass(frozen=True)
class Spelling:
    """Spelling of the numbers of a file.

    Attributes
    ----------
    comma
        Whether commas are decimal; None where it has to be seen from each number.
    separator
        What stands between columns.
    plain
        Whether only what Python reads is a number.
    unit
        What stands behind each of them, in a column where something does.
    """

    comma: bool | None = None
    separator: str = ","
    plain: bool = False
    unit: str = ""

    def number(self, cell: str) -> float | None:
        """The number that a cell is, or None; what Python alone takes for one, such as 1_000, is none."""
        if self.unit:
            return self._with_unit(cell)
        if not cell.isascii() or "_" in cell:
            return None
        if self.comma and not self.plain and _POINTS.fullmatch(cell):
            return float(cell.replace(".", "").replace(",", "."))
        try:
            return float(cell)
        except ValueError:
            pass
        if self.plain or "," not in cell:
            return None
        grouped = bool(_COMMAS.fullmatch(cell))
        # in a file parted by semicolons commas are decimal; elsewhere 1,234 is a thousand and more
        if grouped and not self.comma and (self.separator != ";" or self.comma is not None or "." in cell):
            return float(cell.replace(",", ""))
        if self.comma is not False and _DECIMAL_COMMA.fullmatch(cell):
            return float(cell.replace(",", "."))
        return None

    @cached_property
    def _without_unit(self) -> Spelling:
        return replace(self, unit="")

    def _with_unit(self, cell: str) -> float | None:
        parts = split_unit(cell)
        if parts is None or parts[1] != self.unit:
            return None
        number = self._without_unit.number(parts[0])
        return None if number is None or not math.isfinite(number) else in_unit(number, self.unit)

    def sound(self, cell: str) -> float:
        """The number that a cell is; not a number where it is none, or none that can be reckoned with."""
        number = self.number(cell)
        return number if number is not None and abs(number) <= LARGEST else math.nan


def has_thousands(cell: str, number: float) -> bool:
    """Tell whether the thousands of a cell that was read as a number are parted."""
    if not (_COMMAS.fullmatch(cell) or _POINTS.fullmatch(cell)):
        return False
    return abs(number) >= 1000


def uses_decimal_comma(cells: list[str]) -> bool | None:
    """Tell whether numbers among some cells have a decimal comma; None where none says so."""
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) and not _COMMAS.fullmatch(cell) for cell in cells)
    points = sum(bool(_DECIMAL_POINT.fullmatch(cell)) and not _POINTS.fullmatch(cell) for cell in cells)
    points += sum(bool(_COMMAS.fullmatch(cell)) and "." in cell for cell in cells)
    commas += sum(bool(_POINTS.fullmatch(cell)) and "," in cell for cell in cells)
    if commas == points:
        return None if not commas else False
    return commas > points


def is_decimal_comma(cell: str) -> bool:
    """Tell whether a cell is a number with a decimal comma."""
    return bool(_DECIMAL_COMMA.fullmatch(cell))


def kind_of_text(cell: str) -> str:
    """Kind of a cell that is no number: "money", "percent", "dates", "units" or "text"."""
    if _MONEY.fullmatch(cell):
        return "money"
    if _PERCENT.fullmatch(cell):
        return "percent"
    if _DATE.fullmatch(cell):
        letters = re.search(r"[A-Za-z]{3,9}", cell.split(":")[0])
        if letters is None or letters[0].lower().startswith(_MONTHS) or letters[0].lower() in ("utc", "gmt"):
            return "dates"
    return "text" if split_unit(cell) is None else "units"
