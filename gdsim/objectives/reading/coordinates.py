"""Which names of a formula are coordinates, and which are parameters."""

from __future__ import annotations

from collections.abc import Mapping

from gdsim.errors import listed
from gdsim.objectives.nodes import COORDINATES, FormulaError, NoCoordinateError
from gdsim.objectives.reading.heads import Head
from gdsim.objectives.reading.questions import LonelyNameError, Question
from gdsim.objectives.reading.series import MOST_VARIABLES
from gdsim.objectives.reading.words import is_plain, variable


class OtherLettersError(FormulaError):
    """A formula of several letters, x and y not among them.

    Attributes
    ----------
    letters
        One or two of them could be the coordinates.
    """

    def __init__(self, letters: tuple[str, ...], start: int = 0) -> None:
        self.letters = letters
        one, other = letters[:2]
        if len(letters) == 2:
            template = (
                "x and y are the coordinates, and neither is there: call {one} x, or {other} x, or both x and y; "
                "or write f({one}, {other}) = before it"
            )
        else:
            template = (
                "x and y are the coordinates, and neither is there: call two of {names} x and y, or write f({one}, "
                "{other}) = before it"
            )
        super().__init__(template, start, names=listed(letters), one=one, other=other)


def coordinates_of(places: Mapping[str, int], questions: Mapping[str, Question], head: Head) -> tuple[str, ...]:
    """The coordinates of a formula, or `FormulaError`.

    Parameters
    ----------
    places
        Where each of its names stands first, constants left out.
    questions
        Those that nobody has explained.
    """
    if head.name in places and head.name not in head.variables:
        raise FormulaError("'{name}' stands on both sides of '=', at column {column} too", places[head.name],
                           name=head.name)  # fmt: skip
    if head.variables:
        return _declared(places, head)
    if "y" in places:
        return COORDINATES
    if "x" in places:
        return ("x",)
    if numbered := [number for name in places if (number := variable(name)) is not None]:
        return _numbered(numbered, places)
    letters = [name for name in places if name not in questions and is_plain(name)]
    if len(places) == 1 and letters:
        return (letters[0],)
    if len(letters) > 1:
        raise OtherLettersError(tuple(letters), min(places[letter] for letter in letters))
    for question in questions.values():
        raise LonelyNameError(question)
    raise NoCoordinateError("the formula has neither x nor y: it is the same everywhere")


def _declared(places: Mapping[str, int], head: Head) -> tuple[str, ...]:
    for name in COORDINATES:
        if name in places and name not in head.variables:
            raise FormulaError("'{name}' at column {column} is none of the coordinates named before '=': {known}",
                               places[name], name=name, known=listed(head.variables))  # fmt: skip
    if len(head.variables) > MOST_VARIABLES:
        raise FormulaError("the formula has more than {most} coordinates", most=MOST_VARIABLES)
    if not set(head.variables) & set(places):
        raise NoCoordinateError("the formula has none of the coordinates {known}: it is the same everywhere",
                                known=listed(head.variables))  # fmt: skip
    return head.variables


def _numbered(numbers: list[int], places: Mapping[str, int]) -> tuple[str, ...]:
    if 0 in numbers:
        raise FormulaError("'x0' at column {column}: coordinates are counted from x1", places["x0"])
    highest = max(numbers)
    if highest > MOST_VARIABLES:
        raise FormulaError("'x{number}' at column {column}: at most {most} coordinates are read", places[f"x{highest}"],
                           number=highest, most=MOST_VARIABLES)  # fmt: skip
    return tuple(f"x{i}" for i in range(1, highest + 1))
