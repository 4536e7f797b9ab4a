"""Prints the functions of the built-in surfaces ahead of time, so that starting the program need not wait for SymPy.

``python -m gdsim.objectives.surfaces.print_ahead`` writes them; to be run whenever the catalogue or the printing has
changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from gdsim.objectives.formula.compiled import KINDS
from gdsim.objectives.formula.printing import source
from gdsim.objectives.surfaces.catalogue import FUNCTIONS
from gdsim.objectives.surfaces.printed import FILE, FORMULA, HEADING, KIND


def printed_now() -> str:
    """The text that the file should hold."""
    return "".join(_pieces())


def _pieces() -> Iterator[str]:
    import sympy

    yield f"{HEADING}{sympy.__version__}\n"
    for function in FUNCTIONS.values():
        yield FORMULA + function.text
        for what in KINDS:
            yield f"{KIND}{what}\n{source(function.text, function.names, what).rstrip()}"
        yield "\n"


if __name__ == "__main__":
    with open(FILE, "w", encoding="utf-8", newline="\n") as file:
        file.write(printed_now())
