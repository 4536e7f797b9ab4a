"""A word among tokens → the names that it means there."""

from __future__ import annotations

from collections.abc import Sequence

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import FUNCTIONS, FormulaError
from gdsim.objectives.formula.reading.characters import GREEK
from gdsim.objectives.formula.reading.questions import Question, written_product
from gdsim.objectives.formula.reading.refusals import is_logarithm, near_names, refuse_call, refuse_reserved
from gdsim.objectives.formula.reading.tokens import LONGEST_NAME, Token
from gdsim.objectives.formula.reading.words import (
    JOINING,
    canonical,
    constant_called,
    function,
    is_plain,
    pieces,
    product_of,
)


def understood(
    tokens: Sequence[Token],
    at: int,
    bound: Sequence[str],
    questions: dict[str, Question],
    declared: tuple[str, ...] = (),
) -> list[Token]:
    """The names that a word stands for; one that nobody has explained is noted among the questions.

    Parameters
    ----------
    bound
        The indices of the sums in which the word stands.
    declared
        The coordinates that stand before the formula.
    """
    token, after = tokens[at], tokens[at + 1]
    word = token.text
    if word in bound:
        return [token._replace(kind="name")]
    if (item := _item(word, bound)) or (item := _base(token, after)):
        return [token._replace(kind="item" if "_" in item else "base", text=item)]
    if word.lower() in JOINING and word in (word.lower(), word.upper()):
        return [token._replace(kind=JOINING[word.lower()])]
    if word == "mod" and after.kind != "(":
        return [token._replace(kind="mod")]
    if op := function(word):
        if op == "if" and after.kind != "(":
            refuse_reserved(token)
        return [token._replace(kind="function", text=op)]
    refuse_reserved(token)
    if constant := constant_called(word):
        return [token._replace(kind="name", text=constant)]
    name = canonical(word)
    if is_plain(name):
        return [token._replace(kind="name", text=name)]
    if found := pieces(word, after.kind, declared):
        return _taken_apart(token, found)
    if after.kind == "(" or is_logarithm(word):
        refuse_call(word, token.start)
    if len(name) > LONGEST_NAME:
        raise FormulaError(
            "the name '{name}' at column {column} is too long: at most {most} letters",
            token.start,
            name=shown(name),
            most=LONGEST_NAME,
        )
    if name not in questions:
        product = written_product(product_of(word))
        questions[name] = Question(name, token.start, token.end, product, near_names(word))
    return [token._replace(kind="name", text=name)]


def _item(word: str, bound: Sequence[str]) -> str:
    """A letter with the index of a sum, as letter_index: x_i, xi and a_i; "" for all else."""
    for index in bound:
        if len(word) == 3 and word[1:] == f"_{index}" and word[0] not in bound:
            return word
        if word == f"x{index}":
            return f"x_{index}"
    return ""


def _base(token: Token, after: Token) -> str:
    """The letter before an index in brackets, as in x_(i + 1) and x_{12}; "" for all else."""
    word = token.text
    glued = after.kind in ("(", "{", "[") and after.start == token.end
    if not (glued and word.endswith("_")):
        return ""
    letter = GREEK.get(word[0], word[:-1])
    return letter if len(word) == 2 else ""


def _taken_apart(token: Token, found: Sequence[str]) -> list[Token]:
    out, at = [], token.start
    for piece in found:
        kind, text = "number" if piece.isdigit() else "name", piece
        if op := function(piece) if len(piece) > 1 else "":
            kind, text = ("function", op) if op in FUNCTIONS else (kind, text)
        elif kind == "name":
            text = canonical(piece)
        out.append(Token(kind, text, at, at + len(piece)))
        at += len(piece)
    return out
