"""Formulas as they were read before: every name but x, y, pi, e and the functions there were was a parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gdsim.objectives.formula.reading.refusals import is_logarithm, is_reserved
from gdsim.objectives.formula.reading.words import JOINING, canonical, constant_called, function, is_plain, pieces

_FUNCTIONS = (
    "exp",
    "log",
    "ln",
    "log10",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "sigmoid",
    "relu",
    "softplus",
    "abs",
    "sign",
    "min",
    "max",
    "floor",
    "hypot",
    "atan2",
)
#: No formula was longer.
_MOST_LETTERS = 2000
_KNOWN = (*_FUNCTIONS, "x", "y", "pi", "e")
_PART = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?P<root>[ \t\u00a0]*√)"
    r"|(?P<other>.)",
    re.DOTALL,
)


def as_now(text: str, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A formula of then in the language of now, the same function with the same parameters.

    A name that would be read otherwise, xy or cosx or PI, is given another; one that would be asked about has the value
    that it had, 1 if nobody set it.
    """
    if len(text) > _MOST_LETTERS:
        return text, dict(parameters)
    parts = list(_PART.finditer(text))
    names = dict.fromkeys(part["name"] for part in parts if part["name"] and part["name"] not in _KNOWN)
    renamed = _renamed(names, _behind_numbers(parts))
    values = {renamed.get(name, name): value for name, value in parameters.items()}
    for name in names:
        if name not in renamed and not is_plain(canonical(name)):
            values.setdefault(name, 1.0)
    written = (f"{p['power']}·{p['root']}" if p["power"] else renamed.get(p["name"], p[0]) for p in parts)
    return "".join(written), values


def _behind_numbers(parts: Iterable[re.Match[str]]) -> set[str]:
    """Names that stand right behind a number: 2j was a product, and is none."""
    found, before = set(), None
    for part in parts:
        if before and part["name"]:
            found.add(part["name"])
        before = part["number"]
    return found


def _renamed(names: Iterable[str], behind_numbers: set[str]) -> dict[str, str]:
    """New names for those that would be read otherwise, in the order of the old: in it, terms are added up."""
    kept: set[str] = set()
    changing = []
    for name in names:
        spelled = canonical(name)
        if _is_otherwise(name) or spelled in kept or (name == "j" and name in behind_numbers):
            changing.append(name)
        else:
            kept.add(spelled)
    renamed = {}
    for name in sorted(changing):
        # 2e1 would be a number
        letter = "p" if name[0] in "eE" and name in behind_numbers else name[0]
        taken = [int(old[1:]) for old in kept if old[0] == letter and old[1:].isdigit()]
        renamed[name] = f"{letter}{max(taken, default=0) + 1}"
        kept.add(renamed[name])
    return renamed


def _is_otherwise(name: str) -> bool:
    """Tell whether a word that was a plain name once is read as more than a name now."""
    if is_plain(canonical(name)) and not constant_called(name):
        return False
    known = function(name) or constant_called(name) or is_reserved(name) or is_logarithm(name)
    return bool(
        known or name.lower() in (*JOINING, "mod") or any(pieces(name, after) for after in ("(", "^", "word", ""))
    )
