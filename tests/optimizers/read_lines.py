"""Lines of formulas with numbers in them, worked out as they are read: from left to right."""

import math
import re


def _sign(x):
    return (x > 0) - (x < 0)


_NAMES = {
    "root": math.sqrt,
    "max": max,
    "min": min,
    "sgn": _sign,
    "abs": abs,
    "inf": math.inf,
    "nan": math.nan,
}


def worked_out(line):
    """The number that a line of `text_of` comes to."""
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", line)
    for sign, word in {"−": "-", "·": "*", "^": "**", " = ": " == ", "≥": ">=", "≤": "<="}.items():
        text = text.replace(sign, word)
    text = re.sub(r"√([\w.e+-]+)", r"√(\1)", text).replace("√", "root")
    # a branch that is not taken is not written
    return eval(text, _NAMES)
