"""The functions of the built-in surfaces as they were printed ahead: nobody who takes one of them waits for SymPy."""

from __future__ import annotations

import os
from functools import lru_cache

#: Written by `print_ahead`; not to be edited. The modules for paths and for JSON would cost the start 3 ms.
FILE = os.path.join(os.path.dirname(__file__), "printed.txt")
#: The first line, up to the version of SymPy.
HEADING = "The functions of the built-in surfaces, written by print_ahead, not to be edited; with SymPy "
#: Marks before a formula, and below it before each kind of function.
FORMULA, KIND = "\n== ", "\n-- "


@lru_cache(maxsize=1)
def printed() -> dict[tuple[str, str], str]:
    """The Python text of each function, by formula and kind."""
    with open(FILE, encoding="utf-8") as file:
        _, *formulas = file.read().split(FORMULA)
    found = {}
    for formula in formulas:
        text, *functions = formula.split(KIND)
        for function in functions:
            what, _, source = function.partition("\n")
            found[text, what] = f"{source.rstrip()}\n"
    return found


def printed_with() -> str:
    """The version of SymPy that the functions were derived by."""
    with open(FILE, encoding="utf-8") as file:
        return file.readline().removeprefix(HEADING).strip()


def printed_ahead(text: str, what: str) -> str:
    """The Python text of one of the functions of a formula; "" if it is none of the built-in ones."""
    return printed().get((text, what), "")
