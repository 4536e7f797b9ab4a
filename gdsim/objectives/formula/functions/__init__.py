"""The functions of the formula language: a row each, which everything else reads."""

from __future__ import annotations

from gdsim.objectives.formula.functions.inner import CONDITION_ROWS, INNER_ROWS
from gdsim.objectives.formula.functions.row import Row
from gdsim.objectives.formula.functions.typed import TYPED_ROWS

__all__ = ["BY_SYMBOL", "CONDITIONS", "PARTIAL", "ROWS", "row_of"]

#: Every function of the language, by its name there.
ROWS = {row.name: row for row in TYPED_ROWS}
#: Conditions, for the first place of `where`, by their sign.
CONDITIONS = {row.name: row for row in CONDITION_ROWS}
#: All of them, and what derivatives need beside, by the names under which `symbolic` has them and they are printed.
BY_SYMBOL = {row.printed: row for row in (*TYPED_ROWS, *CONDITION_ROWS, *INNER_ROWS)}
#: The names of those that are undefined or infinite somewhere.
PARTIAL = frozenset(row.printed for row in BY_SYMBOL.values() if row.partial)


def row_of(name: str, count: int = 1) -> Row:
    """The row of a function of so many arguments, by its name in the language or in `symbolic`."""
    if name == "log" and count == 2:
        return BY_SYMBOL["log_to"]
    return ROWS.get(name) or CONDITIONS.get(name) or BY_SYMBOL[name]
