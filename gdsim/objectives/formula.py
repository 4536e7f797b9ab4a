"""Text → tree: the language in which a person types a function.

Sums, products and powers (``^`` or ``**``, right to left; a minus before a power belongs to the whole power, so that
-x^2 is -(x^2)), brackets, ``|x|``, the functions of FUNCTIONS, the constants pi and e, the coordinates x and y; every
other name is a parameter. A product needs no sign where none can be missed: 2x, 3sin(x), (x + 1)(y - 1), x y; such a
product binds like one with a sign, so that 1/2x is (1/2)·x. The marks that formulas are shown with (− · × ÷ ² √ π) can
be typed too. Nothing in a text is ever evaluated as Python, and every text gets its answer at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from gdsim.errors import shown
from gdsim.objectives.nodes import (
    CONSTANTS,
    COORDINATES,
    CORNERS,
    FUNCTIONS,
    FormulaError,
    NoCoordinateError,
    Node,
    constant,
    fold,
)
from gdsim.objectives.parsing import parse
from gdsim.objectives.size import check_size

__all__ = [
    "CONSTANTS",
    "COORDINATES",
    "FUNCTIONS",
    "Formula",
    "FormulaError",
    "NoCoordinateError",
    "Node",
    "fold",
    "read",
]

MOST_LETTERS, LARGEST_EXPONENT = 2000, 1000


@dataclass(frozen=True)
class Formula:
    """A formula that has been read.

    Attributes
    ----------
    text
        As it was typed.
    tree
        Its parts.
    names
        The coordinates it is a function of: x alone if y does not occur.
    parameters
        Its other names, in the order of their appearance.
    corners
        Those functions in it that have corners.
    """

    text: str
    tree: Node = field(compare=False)
    names: tuple[str, ...] = field(compare=False)
    parameters: tuple[str, ...] = field(compare=False)
    corners: tuple[str, ...] = field(compare=False)


@lru_cache(maxsize=256)
def _read(text: str) -> Formula | FormulaError:
    try:
        tree = parse(text)
        _check_constants(tree, text)
        formula = _formula(text, tree)
        check_size(tree)
        return formula
    except FormulaError as error:
        return error.with_traceback(None)  # which would hold on to all its frames


def read(text: str) -> Formula:
    """Read a formula, or raise `FormulaError` saying what is wrong with it and at which column."""
    if not isinstance(text, str):
        raise FormulaError("a formula must be a text, not {given}", given=shown(repr(text)))
    # before anything else is done with it
    if len(text) > MOST_LETTERS:
        raise FormulaError("the formula is too long: it has {count:,} letters, at most {most:,} are read",
                           MOST_LETTERS, count=len(text), most=MOST_LETTERS)  # fmt: skip
    found = _read(text)
    if isinstance(found, FormulaError):
        # a new one each time: an exception remembers where it was raised
        values = {name: value for name, value in found.values.items() if name != "column"}
        raise type(found)(found.template, found.column - 1, **values)
    return found


def _formula(text: str, tree: Node) -> Formula:
    names: dict[str, int] = {}
    corners: dict[str, int] = {}

    def look(node: Node, _: list[None]) -> None:
        if node.op == "name":
            names[node.name] = min(node.start, names.get(node.name, node.start))
        elif node.op in CORNERS:
            corners[node.op] = min(node.start, corners.get(node.op, node.start))

    fold(tree, look)
    if not any(name in names for name in COORDINATES):
        raise NoCoordinateError("the formula has neither x nor y: it is the same everywhere")
    parameters = [n for n in sorted(names, key=names.__getitem__) if n not in COORDINATES and n not in CONSTANTS]
    coordinates = COORDINATES if "y" in names else ("x",)
    return Formula(text, tree, coordinates, tuple(parameters), tuple(sorted(corners, key=corners.__getitem__)))


def _check_constants(tree: Node, text: str) -> None:
    def check(node: Node, arguments: list[float | None]) -> float | None:
        value = constant(node, arguments)
        if value is not None and math.isnan(value):
            raise FormulaError("'{part}' at column {column} is not a finite real number", node.start,
                               part=shown(text[node.start : node.end], 40))  # fmt: skip
        exponent = arguments[1] if node.op == "^" else None
        if exponent is not None and abs(exponent) > LARGEST_EXPONENT:
            raise FormulaError("the exponent {given:g} at column {column} is too large: at most {most:,}",
                               node.args[1].start, given=exponent, most=LARGEST_EXPONENT)  # fmt: skip
        return value

    fold(tree, check)
