"""Text → tree: the language in which a person types a function.

Sums, products and powers (``^`` or ``**``, right to left; a minus before a power belongs to the whole power, so that
-x^2 is -(x^2)), brackets of any kind, ``|x|``, the functions of FUNCTIONS, the constants pi and e, conditions within
``where(x > 0, a, b)`` and ``piecewise(x > 0, a, x < -1, b, c)``, sums and products over an index,
``sum(x_i^2, i, 1, 10)``.

Names. The coordinates are x and y; or x1, x2 … (x_1, x₁ and x[1] are the same); or another letter with the numbers 1, 2
… where no other name is there, w1, w2; or the only letter there is; or those that stand before the formula,
``f(u, v) =``. Every other letter or Greek name, with or without a number after it, is a
parameter. A longer word is a product if all of it is known (xy, cosx, xsin(y), xe^x) but for one letter before it (bx,
2axy); any other is a question, which only a value for the name, or signs between the letters, answer.

A product needs no sign where none can be missed: 2x, 3sin(x), (x + 1)(y - 1), x y; such a product binds like one with
a sign, so that 1/2x is (1/2)·x. A function without brackets takes the factors that follow without a sign, up to the
next function or e^…: sin 2x cos y is sin(2x)·cos(y), and log x/2 is log(x)/2; sin^2 x is (sin x)^2.

The marks that formulas are shown with (− · × ÷ ² √ π ½ ≤ θ), decimal commas where no comma can separate anything, and
pasted LaTeX are read, too. Nothing in a text is ever evaluated as Python, and every text gets its answer at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import (
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
from gdsim.objectives.formula.reading.conditions import check_conditions
from gdsim.objectives.formula.reading.coordinates import coordinates_of
from gdsim.objectives.formula.reading.left_sides import head_of
from gdsim.objectives.formula.reading.parser import parse
from gdsim.objectives.formula.reading.questions import Question
from gdsim.objectives.formula.reading.series import written_out
from gdsim.objectives.formula.reading.tokens import tokens
from gdsim.objectives.formula.size import check_size

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

MOST_LETTERS, LARGEST_EXPONENT = 20_000, 1000


@dataclass(frozen=True)
class Formula:
    """A formula that has been read.

    Attributes
    ----------
    text
        As it was typed.
    tree
        Its parts, as they are written and set.
    plain
        Its parts with sums and products written out, for all that computes.
    names
        The coordinates it is a function of, in their order: x, or x and y; x1, x2 …; one other letter; those named.
    parameters
        Its other names, in the order of their appearance.
    questions
        Those of its parameters that are longer names, which may have been meant otherwise.
    corners
        Those functions in it that have corners.
    twice
        Whether its second derivatives are worked out; of very many coordinates they are differences of the first ones.
    declared
        Whether its coordinates stand before it.
    """

    text: str
    tree: Node = field(compare=False)
    plain: Node = field(compare=False)
    names: tuple[str, ...] = field(compare=False)
    parameters: tuple[str, ...] = field(compare=False)
    questions: tuple[Question, ...] = field(compare=False)
    corners: tuple[str, ...] = field(compare=False)
    twice: bool = field(compare=False)
    declared: bool = field(compare=False, default=False)

    @property
    def likely_head(self) -> str:
        """The left side that would make z a coordinate, too, "f(x, y, z) ="; "" where z is none of its parameters."""
        is_meant = "z" in self.parameters and self.names[0] in COORDINATES and not self.declared
        return f"f({', '.join((*self.names, 'z'))}) =" if is_meant else ""


@lru_cache(maxsize=64)
def _read(text: str) -> Formula | FormulaError:
    try:
        return _formula(text)
    except FormulaError as error:
        return error.with_traceback(None)  # which would hold on to all its frames


def read(text: str) -> Formula:
    """Read a formula, or raise `FormulaError` saying what is wrong with it and at which column."""
    if not isinstance(text, str):
        raise FormulaError("a formula must be a text, not {given}", given=shown(repr(text)))
    # before anything else is done with it
    if len(text) > MOST_LETTERS:
        raise FormulaError(
            "the formula is too long: it has {count:,} letters, at most {most:,} are read",
            MOST_LETTERS,
            count=len(text),
            most=MOST_LETTERS,
        )
    found = _read(text)
    if isinstance(found, FormulaError):
        # a new one each time: an exception remembers where it was raised
        again = type(found).__new__(type(found), *found.args)
        again.__dict__.update(found.__dict__)
        raise again
    return found


def _formula(text: str) -> Formula:
    found = tokens(text)
    head = head_of(found)
    tree, questions = parse(found, head.length, head.variables)
    check_conditions(tree, text)
    plain = written_out(tree)
    _check_constants(plain, text)
    places, corners = _places(plain)
    names = coordinates_of(places, {question.name: question for question in questions}, head)
    twice = check_size(plain, names)
    parameters = tuple(name for name in places if name not in names)
    return Formula(text, tree, plain, names, parameters, questions, corners, twice, bool(head.variables))


def _places(tree: Node) -> tuple[dict[str, int], tuple[str, ...]]:
    """The first place of each name, constants left out, and the functions with corners; both in order of place."""
    names: dict[str, int] = {}
    corners: dict[str, int] = {}
    rounded = _rounded(tree)

    def look(node: Node, _: list[None]) -> None:
        if node.op == "name" and node.name not in CONSTANTS:
            names[node.name] = min(node.start, names.get(node.name, node.start))
        elif node.op in CORNERS and id(node) not in rounded:
            corners[node.op] = min(node.start, corners.get(node.op, node.start))

    fold(tree, look)
    # those of a sum stand all in one place: a2 before a10
    in_order = sorted(names, key=lambda name: (names[name], len(name), name))
    return {name: names[name] for name in in_order}, tuple(sorted(corners, key=corners.__getitem__))


def _rounded(tree: Node) -> set[int]:
    """The parts, by `id`, whose corners are gone as they lie at 0 and are raised to a power above 1: |x|^1.5."""
    found = set()

    def look(node: Node, values: list[float | None]) -> float | None:
        if node.op == "^" and values[1] is not None and values[1] > 1 and _touches_zero(node.args[0]):
            found.add(id(node.args[0]))
        return constant(node, values)

    fold(tree, look)
    return found


def _touches_zero(node: Node) -> bool:
    """Tell whether what has corners has them where it is 0."""
    if node.op in ("min", "max"):
        return len(node.args) == 2 and any(part.op == "number" and part.value == 0 for part in node.args)
    return node.op in ("abs", "relu", "hypot")


def _check_constants(tree: Node, text: str) -> None:
    def check(node: Node, arguments: list[float | None]) -> float | None:
        value = constant(node, arguments)
        if value is not None and math.isnan(value):
            raise FormulaError(
                "'{part}' at column {column} is not a finite real number",
                node.start,
                part=shown(text[node.start : node.end], 40),
            )
        exponent = arguments[1] if node.op == "^" else None
        if exponent is not None and abs(exponent) > LARGEST_EXPONENT:
            raise FormulaError(
                "the exponent {given:g} at column {column} is too large: at most {most:,}",
                node.args[1].start,
                given=exponent,
                most=LARGEST_EXPONENT,
            )
        return value

    fold(tree, check)
