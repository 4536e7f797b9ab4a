"""Text → tokens: numbers, words and marks, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import FormulaError
from gdsim.objectives.formula.reading.characters import FRACTIONS, GREEK, LOWERED, PAIRS, looks_like, plain
from gdsim.objectives.formula.reading.words import takes_many

#: More than anybody types; what is longer is refused before work is done on it.
MOST_TOKENS, LONGEST_NAME = 6000, 20


class Token(NamedTuple):
    """A part of a text that is not taken apart any further.

    Attributes
    ----------
    kind
        "number", "word" (letters not yet understood), "name", "function", "power" (raised digits), "fraction", "end",
        or the mark itself.
    text
        As the language spells it.
    start, end
        Where it stands: columns counted from 0, the last one excluded.
    """

    kind: str
    text: str
    start: int
    end: int


_LOW = "₀₁₂₃₄₅₆₇₈₉"
#: A word without what only sets its index low.
_PLAIN = {**LOWERED, ord("{"): None, ord("}"): None}
_GREEK = "".join(GREEK)
_TOKEN = re.compile(
    r"(?P<blank> +|(?:np|numpy|math|Math|torch|jnp)\.(?=[A-Za-z]))"
    # before numbers, which would take the 0 and leave a name
    r"|(?P<other>0[xXbBoO][0-9A-Fa-f]+(?![A-Za-z0-9_]))"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<word>(?:[A-Za-z][A-Za-z0-9]*|[{_GREEK}][0-9]*)(?:_+[A-Za-z0-9]+|_\{{[A-Za-z0-9]+\}})*_*[{_LOW}]*)"
    rf"|(?P<power>⁻?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|ⁿ))"
    rf"|(?P<fraction>[{''.join(FRACTIONS)}])"
    r"|(?P<mark>\*\*|[<>=!:]=|<>|&&|[-+*/^(),;|√∛∜=<>≤≥≠∧∨¬\[\]{}])"
)
_OPENING, _CLOSING = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


def _is_latex(text: str) -> bool:
    """Recognise LaTeX by a sign that nothing else has."""
    return "\\" in text or "$" in text or "{,}" in text


def tokens(text: str) -> list[Token]:
    """The tokens of a text, with an "end" after them, or `FormulaError`."""
    columns: Sequence[int] = range(len(text) + 1)
    if _is_latex(text):
        from gdsim.objectives.formula.reading.from_latex import translated

        text, columns = translated(text)
    _refuse_lambda(text)
    _refuse_derivative(text)
    signs = text if text.isascii() and "\t" not in text else "".join(map(plain, text))
    found: list[Token] = []
    at = 0
    while at < len(signs):
        match = _TOKEN.match(signs, at)
        if match is None:
            refuse_letter(text[at], columns[at])
        kind, part = str(match.lastgroup), match.group()
        if kind != "blank":
            found.append(_token(kind, part, columns[at], columns[match.end() - 1] + 1))
        at = match.end()
        if len(found) > MOST_TOKENS:
            raise FormulaError(
                "the formula has too many parts: at most {most:,} are read", columns[at], most=MOST_TOKENS
            )
    if not found:
        raise FormulaError("the formula is empty: type one, such as x^2 + y^2")
    return [*_with_commas(found, ";" in signs), Token("end", "", columns[at], columns[at])]


def _refuse_lambda(text: str) -> None:
    """A function of Python; lambda alone is a Greek letter."""
    if found := re.match(r"\s*lambda\b[^:]*:", text):
        raise FormulaError(
            "'lambda' at column {column} is a word of programs: type what stands after '{part}'",
            text.index("lambda"),
            part=shown(found[0].strip(), 20),
        )


def _refuse_derivative(text: str) -> None:
    """An order to derive, d/dx or ∂/∂x; its letters would make a product of parameters."""
    if found := re.search(r"(?<![A-Za-z0-9_])[d∂]\^?[0-9²³]*\s*/\s*[d∂][A-Za-z]\w?(?![A-Za-z(])", text):
        raise FormulaError(
            "'{part}' at column {column}: a derivative is not worked out in a formula; type its result, or the "
            "function itself, of which the window shows the derivatives",
            found.start(),
            part=found[0],
        )


def _token(kind: str, part: str, start: int, end: int) -> Token:
    if kind == "mark":
        kind = part = PAIRS.get(part, part)
    elif kind == "word":
        part = _checked_word(part.translate(_PLAIN), start)
    elif kind == "other":
        raise FormulaError(
            "'{part}' at column {column} is a number in the notation of programs: write it in digits",
            start,
            part=shown(part, 20),
        )
    return Token(kind, part, start, end)


def _checked_word(word: str, start: int) -> str:
    if "__" in word:
        raise FormulaError("the name '{name}' at column {column} has two underscores in a row", start, name=shown(word))
    return word


def _with_commas(found: list[Token], semicolons: bool) -> list[Token]:
    """The same with decimal commas taken for points: those between digits where no comma can separate anything.

    Where semicolons stand between arguments, no comma does.
    """
    if not any(token.kind in ",;" for token in found):
        return found
    out: list[Token] = []
    separating = [False]  # for each open bracket, whether commas stand between arguments in it
    for i, token in enumerate(found):
        if token.kind in _OPENING:
            separating.append(i > 0 and found[i - 1].kind == "word" and takes_many(found[i - 1].text))
        elif token.kind in _CLOSING:
            separating = separating[:-1] or [False]
        elif token.kind == ";":
            token = Token(",", ";", token.start, token.end)
        elif (semicolons or not separating[-1]) and _ends_decimal(out, token):
            whole = out[-2]
            _check_thousands(whole, token)
            out[-2:] = []
            token = Token("number", f"{whole.text}.{token.text}", whole.start, token.end)
        out.append(token)
    return out


def _ends_decimal(before: list[Token], digits: Token) -> bool:
    """Recognise a decimal comma: digits behind digits and a comma, with no blank between."""
    if len(before) < 2 or digits.kind != "number" or not digits.text[0].isdigit() or "." in digits.text:
        return False
    whole, comma = before[-2:]
    return (
        whole.kind == "number"
        and whole.text.isdigit()
        and comma.text == ","
        and whole.end == comma.start
        and comma.end == digits.start
    )


def _check_thousands(whole: Token, digits: Token) -> None:
    if len(digits.text) == 3 and whole.text.strip("0") and len(whole.text) <= 3:
        raise FormulaError(
            "'{number}' at column {column} can be read in two ways: write {one} or {other}",
            whole.start,
            number=f"{whole.text},{digits.text}",
            one=whole.text + digits.text,
            other=f"{whole.text}.{digits.text}",
        )


def refuse_letter(letter: str, start: int) -> NoReturn:
    """Say that a letter has no place in a formula."""
    if letter == "∞":
        raise FormulaError("'{letter}' at column {column} is no number that one can compute with", start, letter=letter)
    if letter in "%":
        raise FormulaError(
            "'{letter}' at column {column} cannot stand in a formula: the remainder is mod(a, b), and "
            "5 percent are 0.05",
            start,
            letter=letter,
        )
    if not letter.isascii():
        name = unicodedata.name(letter, f"U+{ord(letter):04X}")
        if look := looks_like(letter):
            raise FormulaError(
                "'{letter}' ({name}) at column {column} looks like {plain} but is not",
                start,
                letter=shown(letter),
                name=name,
                plain=look,
            )
        raise FormulaError(
            "'{letter}' ({name}) at column {column} cannot stand in a formula", start, letter=shown(letter), name=name
        )
    if not letter.isprintable():
        raise FormulaError("a control character at column {column} cannot stand in a formula", start)
    raise FormulaError("'{letter}' at column {column} cannot stand in a formula", start, letter=letter)
