"""Longer names that nobody has explained: a parameter, or a product whose signs are missing?"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from gdsim.objectives.formula.nodes import FUNCTIONS, FormulaError, NoCoordinateError


@dataclass(frozen=True)
class Question:
    """A name of several letters.

    Attributes
    ----------
    name
        As it was typed.
    start, end
        Where it stands first: columns counted from 0, the last one excluded.
    product
        The same as a product with its signs, "v·e·l·o·c·i·t·y"; "" where it cannot be one.
    near
        What it may have been meant for.
    """

    name: str
    start: int
    end: int
    product: str
    near: tuple[str, ...] = ()


class QuestionError(FormulaError):
    """A name that is to be explained.

    Attributes
    ----------
    question
        Which one, and what it can be.
    letter
        What to call it if it is the coordinate; "" where it can be none.
    """

    _TEMPLATE = (
        "'{name}' at column {column} is no function and no single letter. Is it a parameter? "
        'Then give it a value: parameters={{"{name}": 1}}, or --parameter {name}=1.'
    )

    def __init__(self, question: Question, letter: str = "") -> None:
        self.question, self.letter = question, letter
        template = self._TEMPLATE
        if question.product:
            template += " A product is written with its signs: {product}."
        if letter:
            template += " If it is the coordinate, call it {letter}, with f({letter}) = before the formula."
        if question.near:
            template += " Or did you mean {near}?"
        super().__init__(
            template,
            question.start,
            name=question.name,
            product=question.product,
            letter=letter,
            near=", ".join(question.near),
        )


class LonelyNameError(QuestionError, NoCoordinateError):
    """A name that is to be explained, and there is no coordinate beside it."""

    _TEMPLATE = "'{name}' at column {column} is no function and no single letter, and neither x nor y is there."


def written_product(factors: tuple[str, ...]) -> str:
    """Factors with their signs; what follows a function is its argument."""
    text, within = "", False
    for factor in factors:
        text += (" " if within else "·") * bool(text) + factor
        within = within or factor in FUNCTIONS
    return text


def check_answered(questions: tuple[Question, ...], answered: Container[str]) -> None:
    """Raise `QuestionError` for the first question that nobody has answered with a value for its name."""
    for question in questions:
        if question.name not in answered:
            raise QuestionError(question)
