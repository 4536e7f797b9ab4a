"""Text → tree: tokens and recursive descent; see `formula` for the language."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple, NoReturn, TypeVar

from gdsim.errors import shown
from gdsim.objectives.nodes import CONSTANTS, COORDINATES, FUNCTIONS, FormulaError, Node

T = TypeVar("T")

#: Other names for the same.
_SAME = {"ln": "log"}
#: Names from elsewhere that are not near the ones here.
_ELSEWHERE = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "sgn": "sign", "lg": "log10",
              "logistic": "sigmoid", "tg": "tan", "step": "sign", "maximum": "max", "minimum": "min"}  # fmt: skip


#: More of these than anybody types; what is longer is refused before work is done on it.
MOST_TOKENS, MOST_LEVELS, LONGEST_NAME = 600, 32, 20


def parse(text: str) -> Node:
    """The tree of a text, or `FormulaError`."""
    return _Parser(text).tree()


# --- letters → tokens ------------------------------------------------------------------------------------


class _Token(NamedTuple):
    kind: str  # "number", "name", "power" (raised digits), "end", or the mark itself
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"(?P<blank>[ \t\u00a0]+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*|π)"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<mark>\*\*|[-+*/^(),|√−·⋅×÷])"
)
_MARKS = {"**": "^", "−": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/"}
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
#: Letters of other scripts that look like ours.
_LOOKS = dict(
    zip("хуаеосркіјѕԁɡһΧχΥυΑαΕΟοΡρκκνιτωⅹ∣¦＊‐‑–—ˆ’", "xyaeocpkijsdghXxYuAaEOoPpkkvitwx||*----^'", strict=True)
)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _refuse_letter(text[at], at)
        kind, part = str(match.lastgroup), match.group()
        if kind == "mark":
            kind = _MARKS.get(part, part)
        if kind == "name":
            _check_name(part, at)
        if kind != "blank":
            tokens.append(_Token(kind, part, at, match.end()))
        at = match.end()
        if len(tokens) > MOST_TOKENS:
            raise FormulaError("the formula has too many parts: at most {most} are read", at, most=MOST_TOKENS)
    if not tokens:
        raise FormulaError("the formula is empty: type one, such as x^2 + y^2")
    return [*tokens, _Token("end", "", at, at)]


def _refuse_letter(letter: str, start: int) -> NoReturn:
    plain = _LOOKS.get(letter) or unicodedata.normalize("NFKC", letter)
    if not letter.isascii():
        name = unicodedata.name(letter, f"U+{ord(letter):04X}")
        if len(plain) == 1 and plain.isascii() and plain.isprintable() and plain != " ":
            raise FormulaError("'{letter}' ({name}) at column {column} looks like {plain} but is not", start,
                               letter=shown(letter), name=name, plain=plain)  # fmt: skip
        raise FormulaError("'{letter}' ({name}) at column {column} cannot stand in a formula", start,
                           letter=shown(letter), name=name)  # fmt: skip
    if not letter.isprintable():
        raise FormulaError("a control character at column {column} cannot stand in a formula", start)
    raise FormulaError("'{letter}' at column {column} cannot stand in a formula", start, letter=letter)


def _check_name(name: str, start: int) -> None:
    if len(name) > LONGEST_NAME:
        raise FormulaError("the name '{name}' at column {column} is too long: at most {most} letters", start,
                           name=shown(name), most=LONGEST_NAME)  # fmt: skip
    if "__" in name:
        raise FormulaError("the name '{name}' at column {column} has two underscores in a row", start, name=name)


# --- tokens → tree ---------------------------------------------------------------------------------------


class _Parser:
    """Recursive descent, no deeper than MOST_LEVELS."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.levels = 0
        #: How many bars are open, a number for each open bracket.
        self.bars = [0]

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def node(self, op: str, start: int, *args: Node) -> Node:
        return Node(op, args, start=start, end=self.tokens[self.at - 1].end)

    def tree(self) -> Node:
        tree = self.sum()
        if self.next.kind != "end":
            self.refuse()
        return tree

    def refuse(self) -> NoReturn:
        """Say what is wrong with the next token."""
        token = self.next
        if token.kind == "end":
            raise FormulaError("the formula ends at column {column} where a number, a name or a bracket is missing",
                               token.start)  # fmt: skip
        if token.kind == ")":
            after = self.tokens[self.at - 1].kind if self.at else "end"
            if after in ("number", "name", "power", ")", "|"):
                raise FormulaError("the bracket ')' at column {column} closes nothing", token.start)
        if token.kind == ",":
            raise FormulaError("the comma at column {column} stands in no function", token.start)
        if token.kind in ("number", "name", "power"):
            raise FormulaError("an operator is missing before '{part}' at column {column}", token.start,
                               part=shown(token.text))  # fmt: skip
        raise FormulaError("'{part}' at column {column} stands where a number, a name or a bracket is expected",
                           token.start, part=token.text)  # fmt: skip

    def deeper(self, part: Callable[[], T]) -> T:
        if self.levels == MOST_LEVELS:
            raise FormulaError("the formula is nested too deep at column {column}: at most {most} levels",
                               self.next.start, most=MOST_LEVELS)  # fmt: skip
        self.levels += 1
        result = part()
        self.levels -= 1
        return result

    def sum(self) -> Node:
        start = self.next.start
        left = self.product()
        while self.next.kind in ("+", "-"):
            op = self.take().kind
            left = self.node(op, start, left, self.product())
        return left

    def product(self) -> Node:
        start = self.next.start
        left = self.signed()
        while True:
            if self.next.kind in ("*", "/"):
                op = self.take().kind
                left = self.node(op, start, left, self.signed())
            elif self.next.kind in ("name", "(", "√") or (self.next.kind == "|" and not self.bars[-1]):
                left = self.node("*", start, left, self.power())
            else:
                return left

    def signed(self) -> Node:
        start = self.next.start
        if self.next.kind in ("+", "-"):
            op = self.take().kind
            operand = self.deeper(self.signed)
            return operand if op == "+" else self.node("neg", start, operand)
        return self.power()

    def power(self) -> Node:
        start = self.next.start
        base = self.primary()
        if self.next.kind == "power":
            raised = self.take()
            digits = raised.text.translate(_RAISED)
            exponent = self.number(digits.lstrip("-"), raised)
            if digits.startswith("-"):
                exponent = Node("neg", (exponent,), start=raised.start, end=raised.end)
            base = self.node("^", start, base, exponent)
        if self.next.kind == "^":
            self.take()
            return self.node("^", start, base, self.deeper(self.signed))
        return base

    def primary(self) -> Node:
        token = self.next
        match token.kind:
            case "number":
                self.take()
                return self.number(token.text, token)
            case "name":
                self.take()
                return self.named(token)
            case "(":
                return self.bracketed()[0]
            case "|":
                return self.bars_around()
            case "√":
                self.take()
                return self.node("sqrt", token.start, self.deeper(self.primary))
        self.refuse()

    def number(self, digits: str, token: _Token) -> Node:
        value = float(digits)
        if math.isinf(value):
            raise FormulaError("the number '{number}' at column {column} is too large", token.start,
                               number=shown(token.text, 20))  # fmt: skip
        if value == 0 and digits.lower().partition("e")[0].strip("0."):
            raise FormulaError("the number '{number}' at column {column} is too small", token.start,
                               number=shown(token.text, 20))  # fmt: skip
        return Node("number", (), value, digits, token.start, token.end)

    def named(self, token: _Token) -> Node:
        name = "pi" if token.text == "π" else _SAME.get(token.text, token.text)
        if name in FUNCTIONS:
            if self.next.kind != "(":
                raise FormulaError("{name} at column {column} needs its argument in brackets: {name}(…)", token.start,
                                   name=token.text)  # fmt: skip
            arguments = self.bracketed(many=True)
            _check_count(token, name, len(arguments))
            return self.node(name, token.start, *arguments)
        if self.next.kind == "(" and name not in COORDINATES and name not in CONSTANTS:
            _refuse_call(token)
        return Node("name", (), None, name, token.start, token.end)

    def bracketed(self, many: bool = False) -> list[Node]:
        """What stands in brackets: one part, or several with commas between."""
        opened = self.take()
        if self.next.kind == ")":
            raise FormulaError("the brackets at column {column} are empty", opened.start)
        self.bars.append(0)
        parts = [self.deeper(self.sum)]
        while many and self.next.kind == ",":
            self.take()
            parts.append(self.deeper(self.sum))
        self.bars.pop()
        if self.next.kind == "end":
            raise FormulaError("the bracket opened at column {column} is not closed", opened.start)
        if self.next.kind != ")":
            self.refuse()
        self.take()
        if not many:
            node = parts[0]
            return [Node(node.op, node.args, node.value, node.name, opened.start, self.tokens[self.at - 1].end)]
        return parts

    def bars_around(self) -> Node:
        opened = self.take()
        self.bars[-1] += 1
        inside = self.deeper(self.sum)
        if self.next.kind != "|":
            if self.next.kind == "end" or self.next.kind == ")":
                raise FormulaError("the bar opened at column {column} is not closed: write abs(…)", opened.start)
            self.refuse()
        self.take()
        self.bars[-1] -= 1
        return self.node("abs", opened.start, inside)


def _check_count(token: _Token, name: str, count: int) -> None:
    least, most = FUNCTIONS[name]
    if least <= count <= (most or count):
        return
    allowed = "2 or more arguments" if not most else "1 argument" if most == 1 else "2 arguments"
    raise FormulaError("{name} at column {column} takes {allowed}, not {count}", token.start, name=token.text,
                       allowed=allowed, count=count)  # fmt: skip


def _refuse_call(token: _Token) -> NoReturn:
    from difflib import get_close_matches

    lower = token.text.lower()
    near = [_ELSEWHERE[lower]] if lower in _ELSEWHERE else get_close_matches(lower, FUNCTIONS, n=1, cutoff=0.6)
    if near:
        template = "unknown name '{name}' at column {column}; did you mean {near}?"
    else:
        template = "unknown name '{name}' at column {column}: no function is called so; for a product write {name}*(…)"
    raise FormulaError(template, token.start, name=token.text, near="".join(near))
