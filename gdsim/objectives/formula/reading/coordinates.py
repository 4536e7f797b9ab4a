"""Division of the names of a formula into coordinates and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gdsim.errors import listed
from gdsim.objectives.formula.nodes import CONSTANTS, COORDINATES, FormulaError, NoCoordinateError
from gdsim.objectives.formula.reading.left_sides import Head
from gdsim.objectives.formula.reading.questions import LonelyNameError, Question
from gdsim.objectives.formula.reading.series import MOST_VARIABLES
from gdsim.objectives.formula.reading.words import is_plain, variable

#: Letters that mostly stand for parameters; b is the bias beside a weight w, though.
_PARAMETERS = frozenset("abcdkmnABCDKMN") | {"alpha", "beta", "gamma", "epsilon", "lambda", "mu", "sigma", "omega"}
_MOST_CHOICES, _MOST_TOGETHER = 4, 6


class OtherLettersError(FormulaError):
    """A formula of several letters, x and y not among them.

    Attributes
    ----------
    choices
        Which of them could be the coordinates, the likeliest first.
    """

    def __init__(self, letters: tuple[str, ...], start: int = 0) -> None:
        self.choices = _choices(letters)
        # one that leaves a parameter, and one that leaves none
        one = ", ".join(self.choices[0])
        other = ", ".join(self.choices[1])
        super().__init__(
            "which of {names} are coordinates? Write f({one}) = before the formula, or f({other}) =, and the other "
            "letters are parameters",
            start,
            names=listed(letters),
            one=one,
            other=other,
        )


def _choices(letters: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    known = _PARAMETERS - {"b"} if "w" in letters and "a" not in letters else _PARAMETERS
    likely = tuple(name for name in letters if _letter(name) not in known)
    found = [likely, letters] if len(likely) < len(letters) else [letters]
    found += [(name,) for name in (*likely, *(name for name in reversed(letters) if name not in likely))]
    return tuple(dict.fromkeys(names for names in found if 0 < len(names) <= _MOST_TOGETHER))[:_MOST_CHOICES]


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
        raise FormulaError(
            "'{name}' stands on both sides of '=', at column {column} too", places[head.name], name=head.name
        )
    if head.variables:
        return _declared(places, head)
    if "y" in places:
        return COORDINATES
    if "x" in places:
        return ("x",)
    if numbered := [number for name in places if (number := variable(name)) is not None]:
        return _numbered(numbered, places)
    letters = [name for name in places if name not in questions and is_plain(name)]
    if len(letters) + len(questions) == len(places) and (family := _family(letters)):
        return family
    if len(places) == 1 and letters:
        return (letters[0],)
    if len(letters) > 1:
        raise OtherLettersError(tuple(letters), min(places[letter] for letter in letters))
    for question in questions.values():
        raise LonelyNameError(question, _first_letter(question.name, places) if len(questions) == 1 else "")
    raise NoCoordinateError("the formula has neither x nor y: it is the same everywhere")


def _first_letter(name: str, places: Mapping[str, int]) -> str:
    """The letter that a longer name may be called by: its first, if that has no meaning yet."""
    letter = name[0].lower()
    return letter if letter.isascii() and letter.isalpha() and letter not in (*CONSTANTS, *places) else COORDINATES[0]


def _declared(places: Mapping[str, int], head: Head) -> tuple[str, ...]:
    for name in COORDINATES:
        if name in places and name not in head.variables:
            raise FormulaError(
                "'{name}' at column {column} is none of the coordinates named before '=': {known}",
                places[name],
                name=name,
                known=listed(head.variables),
            )
    if len(head.variables) > MOST_VARIABLES:
        raise FormulaError("the formula has more than {most} coordinates", most=MOST_VARIABLES)
    if not set(head.variables) & set(places):
        raise NoCoordinateError(
            "the formula has none of the coordinates {known}: it is the same everywhere", known=listed(head.variables)
        )
    return head.variables


def _numbered(numbers: list[int], places: Mapping[str, int]) -> tuple[str, ...]:
    if 0 in numbers:
        raise FormulaError("'x0' at column {column}: coordinates are counted from x1", places["x0"])
    highest = max(numbers)
    if highest > MOST_VARIABLES:
        raise FormulaError(
            "'x{number}' at column {column}: at most {most} coordinates are read",
            places[f"x{highest}"],
            number=highest,
            most=MOST_VARIABLES,
        )
    return tuple(f"x{i}" for i in range(1, highest + 1))


def _letter(name: str) -> str:
    return name.rstrip("0123456789")


def _family(places: Iterable[str]) -> tuple[str, ...]:
    """The names as coordinates if they are one letter with the numbers from 1 on, as w1 and w2 are; else ()."""
    names = sorted(places, key=lambda name: (len(name), name))
    letter = _letter(names[0]) if names else ""
    wanted = [f"{letter}{i + 1}" for i in range(len(names))]
    is_family = 1 < len(names) <= MOST_VARIABLES and names == wanted and is_plain(names[0])
    return tuple(names) if is_family else ()
