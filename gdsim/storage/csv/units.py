"""Numbers with a unit or a percent sign behind them, the same in a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

#: A number, and what stands behind it.
_NUMBER, _UNIT = r"[-+]?[\d.,]*\d[\d.,]*(?:[eE][-+]?\d+)?", r"%|‰|[A-Za-zµμΩ°][A-Za-zµμΩ°²³⁻¹/·^0-9-]{0,9}"
#: An exponent is no unit, however large, nor is the rest of a number of another base: 1e400, 0x1F.
_WITH_UNIT = re.compile(rf"(?![-+]?0[xXbBoO])({_NUMBER})\s?(?![eE][-+]?\d)({_UNIT})")
#: By sign: of which power of ten it says how many there are.
_SHARES = {"%": -2, "‰": -3}


def split_unit(cell: str) -> tuple[str, str] | None:
    """The number of a cell, as it is written, and the unit behind it; None where there is no such pair."""
    found = _WITH_UNIT.fullmatch(cell)
    return None if found is None else (found[1], found[2])


def common_unit(cells: Iterable[str]) -> str:
    """The unit that stands behind the numbers of all of some cells; "" if there is none."""
    units: set[str] = set()
    for cell in cells:
        parts = split_unit(cell)
        units.add("" if parts is None else parts[1])
        if len(units) > 1:
            return ""
    return units.pop() if units else ""


def in_unit(number: float, unit: str) -> float:
    """The number that stands before a unit, as it is reckoned with: 5 % are 0.05, and 5 kg are 5."""
    power = _SHARES.get(unit, 0)
    # by its digits: 5.4 / 100 is not 0.054 to the last bit
    return float(Decimal(repr(number)).scaleb(power)) if power else number


def is_share(unit: str) -> bool:
    """Tell whether a sign behind numbers says that they are parts of a hundred, or of a thousand."""
    return unit in _SHARES
