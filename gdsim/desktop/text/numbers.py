"""Numbers as a person reads them, and back."""

from __future__ import annotations

import math
import re

MINUS = "\N{MINUS SIGN}"


#: Significant digits where none are asked for; a preference of the person.
_digits = 4


def set_digits(digits: int) -> None:
    """Show numbers with so many significant digits from now on."""
    global _digits
    _digits = digits


def show(x: float, digits: int | None = None) -> str:
    """A number with some significant digits; scientific only where needed."""
    digits = digits or _digits
    if math.isnan(x):
        return "–"
    if math.isinf(x):
        return "∞" if x > 0 else f"{MINUS}∞"
    if x == 0:
        return "0"
    size = abs(x)
    if 1e-3 <= size < 10.0 ** max(digits, 5):
        decimals = max(0, digits - 1 - math.floor(math.log10(size)))
        text = f"{x:.{decimals}f}"
    else:
        mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def show_short(x: float, digits: int = 6) -> str:
    """A number as short as it can be typed: 0.01, 1e-5; a whole number with all its digits."""
    if isinstance(x, int):
        return str(x)
    return f"{x:.{digits}g}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")


def show_typed(x: float, digits: int = 6) -> str:
    """A number as short as it can be typed, with a minus that is one."""
    return show_short(x, digits).replace("-", MINUS)


def read(text: str) -> float:
    """The number a person typed, with a point or a comma; ValueError if it is none.

    A comma before three digits could mean a thousand as well as a fraction: that is refused.
    """
    text = text.strip().replace(MINUS, "-")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", text):
        raise ValueError(text)
    return float(text.replace(",", "."))
