"""Text → tree: the language in which a person types a function.

Sums, products and powers (``^`` or ``**``, right to left; a minus before a power belongs to the whole power, so that
-x^2 is -(x^2)), brackets, ``|x|``, the functions of FUNCTIONS, the constants pi and e, the coordinates x and y; every
other name is a parameter. A product needs no sign where none can be missed: 2x, 3sin(x), (x + 1)(y - 1), x y; such a
product binds like one with a sign, so that 1/2x is (1/2)·x. The marks that formulas are shown with (− · × ÷ ² √ π) can
be typed too. Nothing in a text is ever evaluated as Python, and every text gets its answer at once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn, TypeVar

from gdsim.errors import GdsimError, shown

T = TypeVar("T")

#: Names of the coordinates and of the constants.
COORDINATES = ("x", "y")
CONSTANTS = {"pi": math.pi, "e": math.e}
#: Every function: the least and the largest number of its arguments; 0 for any number.
FUNCTIONS = {
    "exp": (1, 1), "log": (1, 1), "log10": (1, 1), "sqrt": (1, 1), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1),
    "asin": (1, 1), "acos": (1, 1), "atan": (1, 1), "sinh": (1, 1), "cosh": (1, 1), "tanh": (1, 1), "sigmoid": (1, 1),
    "relu": (1, 1), "softplus": (1, 1), "abs": (1, 1), "sign": (1, 1), "min": (2, 0), "max": (2, 0), "floor": (1, 1),
    "hypot": (2, 2), "atan2": (2, 2),
}  # fmt: skip
#: Those with corners or jumps: their derivatives are those almost everywhere.
CORNERS = ("abs", "sign", "relu", "min", "max", "floor", "hypot", "atan2")
#: Other names for the same.
_SAME = {"ln": "log"}
#: Names from elsewhere that are not near the ones here.
_ELSEWHERE = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "sgn": "sign", "lg": "log10",
              "logistic": "sigmoid", "tg": "tan", "step": "sign", "maximum": "max", "minimum": "min"}  # fmt: skip

MOST_LETTERS, MOST_PARTS, MOST_LEVELS, LONGEST_NAME, LARGEST_EXPONENT = 2000, 600, 60, 20, 1000


#: What a parameter is called where a formula is printed as Python: with this before it, it clashes with nothing there.
MANGLED = "u_"


class FormulaError(GdsimError):
    """What is wrong with a formula, and where.

    Attributes
    ----------
    column
        Where in the text, counted from 1.
    """

    def __init__(self, template: str, start: int = 0, **values: object) -> None:
        self.column = start + 1
        super().__init__(template, "function", column=self.column, **values)


class NoCoordinateError(FormulaError):
    """A formula that is the same everywhere."""


@dataclass(frozen=True, eq=False, repr=False)
class Node:
    """A part of a formula, as a person wrote it.

    Attributes
    ----------
    op
        "number", "name", "+", "-", "*", "/", "^", "neg" or a key of FUNCTIONS.
    args
        What it is made of.
    value
        Of a number: its value.
    name
        Of a name: that of a coordinate, a parameter or a constant; of a number: its digits as written.
    start, end
        Where it stands in the text, with its brackets: columns counted from 0, the last one excluded.
    """

    op: str
    args: tuple[Node, ...] = ()
    value: float | None = None
    name: str = ""
    start: int = 0
    end: int = 0

    def __repr__(self) -> str:
        def show(node: Node, parts: Sequence[str]) -> str:
            return node.name or f"({' '.join((node.op, *parts))})"

        return fold(self, show)


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


def fold(tree: Node, combine: Callable[[Node, list[T]], T]) -> T:
    """Work a tree up from its leaves: `combine` is given a node and what came out of its arguments.

    Not by recursion: a long sum is a deep tree.
    """
    order, stack = [], [tree]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(node.args)
    done: dict[int, T] = {}
    for node in reversed(order):
        done[id(node)] = combine(node, [done[id(a)] for a in node.args])
    return done[id(tree)]


@lru_cache(maxsize=256)
def _read(text: str) -> Formula | FormulaError:
    try:
        tree = _Parser(text).tree()
        _check_constants(tree, text)
        return _formula(text, tree)
    except FormulaError as error:
        return error


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
        if len(tokens) > MOST_PARTS:
            raise FormulaError("the formula has too many parts: at most {most} are read", at, most=MOST_PARTS)
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
    lower = token.text.lower()
    near = [_ELSEWHERE[lower]] if lower in _ELSEWHERE else get_close_matches(lower, FUNCTIONS, n=1, cutoff=0.6)
    if near:
        template = "unknown name '{name}' at column {column}; did you mean {near}?"
    else:
        template = "unknown name '{name}' at column {column}: no function is called so; for a product write {name}*(…)"
    raise FormulaError(template, token.start, name=token.text, near="".join(near))


# --- constants -------------------------------------------------------------------------------------------


def _sigmoid(u: float) -> float:
    return 1 / (1 + math.exp(-u)) if u > -700 else 0.0


def _tan(u: float) -> float:
    # π/2 is no double: what is that large stands for infinity
    return math.tan(u) if abs(math.tan(u)) < 1e15 else math.inf


def _product(a: float, b: float) -> float:
    return a * b


_OF_FLOATS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": _product, "/": lambda a, b: a / b,
    "^": lambda a, b: a**b, "neg": lambda a: -a,
    "exp": math.exp, "log": math.log, "log10": math.log10, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos,
    "tan": _tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh, "cosh": math.cosh,
    "tanh": math.tanh, "sigmoid": _sigmoid, "relu": lambda u: max(u, 0.0),
    "softplus": lambda u: max(u, 0.0) + math.log1p(math.exp(-abs(u))), "abs": abs,
    "sign": lambda u: float((u > 0) - (u < 0)), "min": min, "max": max, "floor": lambda u: float(math.floor(u)),
    "hypot": math.hypot, "atan2": math.atan2,
}  # fmt: skip


def constant(node: Node, arguments: Sequence[float | None]) -> float | None:
    """The value of a node, for `fold`; None if it changes with a coordinate or a parameter, nan if it is no number.

    In floats: whole numbers of any length would take any time.
    """
    if node.op == "number":
        return node.value
    if node.op == "name":
        return CONSTANTS.get(node.name)
    if any(a is None for a in arguments):
        return None
    try:
        value = _OF_FLOATS[node.op](*arguments)
    except (ArithmeticError, ValueError):
        return math.nan
    return value if isinstance(value, float) and math.isfinite(value) else math.nan


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
