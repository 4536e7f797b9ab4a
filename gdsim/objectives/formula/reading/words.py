"""Words of letters: a function, a constant, a coordinate, a parameter, or several of them written as one.

A word stands for several names only if all of it is known: coordinates (x and y, or those before =), pi, functions,
before them one parameter of a single letter at most (bx, 2xy, cosx, xsin(y)), and e where a power follows it (xe^x).
Any other word of more than one letter is a name that nobody has explained.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gdsim.objectives.formula.functions import ROWS
from gdsim.objectives.formula.nodes import CONSTANTS, COORDINATES, FUNCTIONS
from gdsim.objectives.formula.reading.characters import GREEK, LOWERED

#: Other names for the same.
SAME = {"pow": "^", "power": "^", **{alias: row.name for row in ROWS.values() for alias in row.aliases}}
#: Words that open brackets of their own kind: see `parser`.
FORMS = ("sum", "prod", "piecewise", "if")
#: Words between or before conditions.
JOINING = {"and": "∧", "or": "∨", "not": "¬"}
GREEK_NAMES = frozenset(GREEK.values()) - {"pi"}
_INDEXED = re.compile(rf"([A-Za-z]|{'|'.join(sorted(GREEK_NAMES, key=len, reverse=True))})_?([0-9]+)")
_VARIABLE = re.compile(r"x_?[0-9]+")
_MOST_PIECES, _LONGEST_PIECE, _LONGEST_WORD = 60, 10, 200
#: The tokens that may begin the argument of a function, or stand between the two.
_BEGINNING = ("word", "name", "number", "fraction", "function", "(", "[", "{", "|", "√", "∛", "∜", "power", "^")


def canonical(name: str) -> str:
    """The one spelling of a name: theta for θ, a1 for a_1 and a₁."""
    word = name.translate(LOWERED)
    if word[:1] in GREEK:
        word = GREEK[word[0]] + word[1:]
    indexed = _INDEXED.fullmatch(word)
    return f"{indexed[1]}{int(indexed[2])}" if indexed else word


def function(word: str) -> str:
    """The function that a word names, in letters of any size; "" if it names none."""
    for spelled in (word, word.lower()) if len(word) > 1 else ():
        same = SAME.get(spelled, spelled)
        if same in FUNCTIONS or same == "^" or same in FORMS:
            return same
    based = re.fullmatch(r"log_?([0-9]+)", word.lower())
    return f"log{based[1]}" if based and f"log{based[1]}" in FUNCTIONS else ""


def constant_called(word: str) -> str:
    """The constant that a word names; "" if it names none."""
    return {"PI": "pi", "Pi": "pi", "E": "e", "π": "pi"}.get(word, word if word in CONSTANTS else "")


def is_plain(name: str) -> bool:
    """Recognise a name that needs no question: a letter, a Greek name, or either with a number after it."""
    return len(name) == 1 or name in GREEK_NAMES or _INDEXED.fullmatch(name) is not None


def variable(name: str) -> int | None:
    """The number of a coordinate x1, x2 …; None for any other name."""
    return int(name[1:]) if re.fullmatch(r"x[0-9]{1,6}", name) else None


def takes_many(word: str) -> bool:
    """Tell whether commas separate arguments in the brackets after a word."""
    lower = word.lower()
    many = tuple(name for name, (_, most) in FUNCTIONS.items() if most != 1)
    spelled = (name for name, same in SAME.items() if same in (*many, "^"))
    return lower.endswith((*many, *spelled, *FORMS))


@lru_cache(maxsize=512)
def pieces(word: str, after: str, declared: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names and numbers that a word is made of; none if not all of it is known.

    Parameters
    ----------
    after
        The kind of the token that follows it.
    declared
        The coordinates that stand before the formula.
    """
    if len(word) > _LONGEST_WORD:
        return ()
    if found := _known(word, after, declared):
        return found
    lead = re.match(r"(?![xyeE])[A-Za-z](?:_?[0-9]+)?(?=[A-Za-z])", word)
    rest = _known(word[lead.end() :], after, declared) if lead else ()
    return (lead[0], *rest) if lead and rest else ()


def _known(word: str, after: str, declared: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A word as names of coordinates, pi and functions alone; the longest names first."""
    # by where it begins: the pieces of the rest of the word
    rests: dict[int, tuple[str, ...]] = {len(word): ()}
    for at in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), at + _LONGEST_PIECE), at, -1):
            piece = word[at:end]
            is_piece = piece in declared or _is_piece(piece, after if end == len(word) else "word")
            if end in rests and is_piece:
                rests[at] = (piece, *rests[end])
                break
    found = rests.get(0, ())
    return found if len(found) <= _MOST_PIECES and _goes_together(found) else ()


def _is_piece(piece: str, after: str) -> bool:
    if piece in COORDINATES or piece == "pi" or piece.isdigit() or _VARIABLE.fullmatch(piece):
        return True
    if piece == "e":
        return after in ("^", "power")
    op = SAME.get(piece, piece)
    if op not in FUNCTIONS:
        return False
    # of several arguments, only with its brackets
    return after == "(" or (FUNCTIONS[op][0] == 1 and after in _BEGINNING)


def _goes_together(found: tuple[str, ...]) -> bool:
    """Check that numbers stand after functions only, as in sin2x, and that x is not x1 elsewhere in the word."""
    for before, piece in zip(("", *found), found, strict=False):
        if piece.isdigit() and (SAME.get(before, before) not in FUNCTIONS or before.startswith(("log", "exp"))):
            return False
    if found and found[-1].isdigit():
        return False
    return not (set(found) & set(COORDINATES) and any(map(_VARIABLE.fullmatch, found)))


def product_of(word: str) -> tuple[str, ...]:
    """The factors that a word of letters could have been meant as; none where it is more than letters."""
    if re.fullmatch(r"(?:[A-Za-z]_?[0-9]+){2,}", word):
        return tuple(re.findall(r"[A-Za-z]_?[0-9]+", word))
    if not re.fullmatch(r"[A-Za-z]{2,}", word):
        return ()
    for lead in range(min(3, len(word) - 1)):
        if rest := _known(word[lead:], "^"):
            return (*word[:lead], *rest)
    return tuple(word)
