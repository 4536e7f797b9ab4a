"""Sentences about words that mean something elsewhere, and about functions that are not here."""

from __future__ import annotations

import re
from typing import NoReturn

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import FUNCTIONS, FormulaError
from gdsim.objectives.formula.reading.tokens import Token
from gdsim.objectives.formula.reading.words import FORMS, GREEK_NAMES

_CASES = "'{name}' at column {column} is a word of programs: for cases write where(condition, a, b)"
_PROGRAM = "'{name}' at column {column} is a word of programs: type the expression alone"
_NO_NUMBER = "'{name}' at column {column} is no number that one can compute with"
_ANGLES = "'{name}' at column {column}: angles are in radians, and 180 degrees are pi"
#: Words of other languages, and what is said about them.
_RESERVED = {
    **dict.fromkeys(("if", "else", "elif", "then", "switch", "case", "when", "for"), _CASES),
    **dict.fromkeys(
        (
            "while",
            "in",
            "is",
            "return",
            "import",
            "from",
            "def",
            "let",
            "var",
            "print",
            "yield",
            "assert",
            "end",
            "del",
            "try",
            "pass",
            "raise",
            "await",
            "async",
            "as",
            "with",
            "global",
        ),
        _PROGRAM,
    ),
    **dict.fromkeys(("nan", "inf", "infinity", "infty", "none", "null", "undefined"), _NO_NUMBER),
    **dict.fromkeys(("true", "false"), "'{name}' at column {column} is no number: write 1 or 0"),
    **dict.fromkeys(("deg", "degree", "degrees", "rad", "radians"), _ANGLES),
}
#: Functions of other languages: what is written for them here.
_ELSEWHERE = {
    "lg": "log10",
    "step": "where(x > 0, 1, 0)",
    "heaviside": "where(x > 0, 1, 0)",
    "modulo": "mod",
    "fmod": "mod",
    "rem": "mod",
    "remainder": "mod",
    "acot": "atan(1/x)",
    "arccot": "atan(1/x)",
    "asec": "acos(1/x)",
    "acsc": "asin(1/x)",
    "nthroot": "root",
    "square": "x^2",
    "sqr": "x^2",
    "exp2": "2^x",
    "expm1": "exp(x) - 1",
    "log1p": "log(1 + x)",
    "trunc": "floor",
    "int": "floor",
    "fix": "floor",
    "fabs": "abs",
    "norm": "hypot",
    "erfc": "1 - erf(x)",
    "clip": "min(max(x, low), high)",
    "clamp": "min(max(x, low), high)",
    "total": "sum",
    "product": "prod",
    "elu": "where(x > 0, x, exp(x) - 1)",
    "gelu": "x*(1 + erf(x/sqrt(2)))/2",
    "silu": "x*sigmoid(x)",
    "swish": "x*sigmoid(x)",
    "haversin": "sin(x/2)^2",
    "select": "where",
    "iif": "where",
    "ifelse": "where",
    "cases": "piecewise",
    "sine": "sin",
    "cosine": "cos",
    "tangent": "tan",
    "absolute": "abs",
    "cuberoot": "cbrt",
    "curt": "cbrt",
    "sqroot": "sqrt",
    "squareroot": "sqrt",
    "argtanh": "atanh",
}


def refuse_reserved(token: Token) -> None:
    """Raise `FormulaError` if a word means something in another language and nothing here."""
    if is_reserved(token.text):
        raise FormulaError(_RESERVED[token.text.lower()], token.start, name=token.text)


def is_reserved(word: str) -> bool:
    """Tell whether a word means something in another language and nothing here."""
    lower = word.lower()
    return lower in _RESERVED and word in (lower, lower.capitalize(), lower.upper(), "NaN")


def refuse_call(name: str, start: int) -> NoReturn:
    """Say that no function is called so, and which may have been meant."""
    if near := near_function(name):
        template = "unknown name '{name}' at column {column}; did you mean {near}?"
    else:
        template = "unknown name '{name}' at column {column}: no function is called so; for a product write {name}*(…)"
    raise FormulaError(template, start, name=shown(name), near=near)


def near_function(name: str) -> str:
    """The function that may have been meant by a name, as it is written here; "" if nothing is near."""
    from difflib import get_close_matches

    lower = name.lower()
    if lower in _ELSEWHERE:
        return _ELSEWHERE[lower]
    if is_logarithm(lower):
        return f"log(x, {lower[3:].lstrip('_')})"
    if rooted := re.fullmatch(r"root_?([0-9]+)", lower):
        return f"root(x, {rooted[1]})"
    near = get_close_matches(lower, [n for n in (*FUNCTIONS, *FORMS) if abs(len(n) - len(lower)) < 3], 1, 0.65)
    return near[0] if near and len(lower) > 1 else ""


def is_logarithm(word: str) -> bool:
    """Recognise log with its base behind it, such as log3."""
    return re.fullmatch(r"log_?[0-9]+", word.lower()) is not None


def near_names(name: str) -> tuple[str, ...]:
    """Names of functions and Greek letters that are spelled much like a name of three letters or more."""
    from difflib import get_close_matches

    if len(name) < 3 or not name.isalpha():
        return ()
    known = [n for n in (*FUNCTIONS, *sorted(GREEK_NAMES)) if len(n) > 2]
    near = get_close_matches(name.lower(), known, 2, 0.75)
    return tuple(near) or tuple(filter(None, (_ELSEWHERE.get(name.lower()),)))
