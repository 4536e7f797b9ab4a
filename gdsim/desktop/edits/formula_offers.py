"""Offers of what a typed text can be made into where the reading of it has a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gdsim.errors import GdsimError
from gdsim.objectives.formula.pretty import shown_name
from gdsim.objectives.formula.reading.coordinates import OtherLettersError
from gdsim.objectives.formula.reading.questions import LonelyNameError, QuestionError
from gdsim.objectives.formula.reading.rewriting import renamed

#: Buttons are as wide as so many letters at most.
_LETTERS = 20
#: What may stand before a formula already.
_NAMED = re.compile(r"\s*([A-Za-z]\w*)\s*=(?!=)")


@dataclass(frozen=True)
class Offer:
    """An answer to a question.

    Attributes
    ----------
    label, meaning
        For its button, and in full.
    text
        The formula with it; "" where the text stays.
    name
        What is a parameter by it; "" where the text changes.
    """

    label: str
    meaning: str
    text: str = ""
    name: str = ""


def question_text(error: GdsimError) -> str:
    """The question that stands beside the answers; "" where there is none."""
    translate = QCoreApplication.translate
    if isinstance(error, LonelyNameError) and error.letter:
        return translate("Offer", "{name}: the coordinate?").format(name=error.question.name)
    if isinstance(error, LonelyNameError):
        return translate("Offer", "{name}: a product?").format(name=error.question.name)
    if isinstance(error, QuestionError):
        return translate("Offer", "{name}: a parameter?").format(name=error.question.name)
    if isinstance(error, OtherLettersError):
        return translate("Offer", "Which letters are coordinates?")
    return ""


def offers(error: GdsimError, text: str) -> tuple[Offer, ...]:
    """The answers to the question of an error, the likeliest first; none where it is no question."""
    if isinstance(error, QuestionError):
        return _of_name(error, text)
    return _of_letters(error, text) if isinstance(error, OtherLettersError) else ()


def _of_name(error: QuestionError, text: str) -> tuple[Offer, ...]:
    translate, question = QCoreApplication.translate, error.question
    found = []
    if not isinstance(error, LonelyNameError):
        meaning = translate("Offer", "{name} is a parameter of the formula, with a slider.").format(name=question.name)
        found.append(Offer(translate("Offer", "Yes"), meaning, name=question.name))
    if error.letter:
        found.append(_with_letter(error, text))
    ways = [question.product] if question.product else []
    ways += [near for near in question.near if near.isidentifier()]
    for way in ways:
        meaning = translate("Offer", "Write {way} for {name}.").format(way=way, name=question.name)
        found.append(Offer(_short(way), meaning, renamed(text, {question.name: way})))
    return tuple(found)


def _with_letter(error: QuestionError, text: str) -> Offer:
    translate, letter = QCoreApplication.translate, error.letter
    function, formula = _divided(text)
    whole = f"{function}({letter}) = {renamed(formula, {error.question.name: letter}).strip()}"
    meaning = translate("Offer", "Write {way} for {name}: it is the coordinate.")
    return Offer(letter, meaning.format(way=letter, name=error.question.name), whole)


def _divided(text: str) -> tuple[str, str]:
    """The name of a function, f if it has none, and its formula."""
    before = _NAMED.match(text)
    return (before[1], text[before.end() :]) if before else ("f", text)


def _of_letters(error: OtherLettersError, text: str) -> tuple[Offer, ...]:
    translate = QCoreApplication.translate
    name, formula = _divided(text)
    found = []
    for letters in error.choices:
        head = f"{name}({', '.join(letters)}) ="
        meaning = translate("Offer", "Write {head} before the formula; all other letters are parameters.")
        label = _short(", ".join(map(shown_name, letters)))
        found.append(Offer(label, meaning.format(head=head), f"{head} {formula.strip()}"))
    return tuple(found)


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
