"""Tokens → tree, by recursive descent; see `formula` for the language."""

from __future__ import annotations

import math
from typing import NoReturn

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import COORDINATES, FUNCTIONS, FormulaError, Node, constant, fold
from gdsim.objectives.formula.reading.calls import checked_call, refuse_inverse
from gdsim.objectives.formula.reading.characters import FRACTIONS, RAISED
from gdsim.objectives.formula.reading.cursor import Cursor
from gdsim.objectives.formula.reading.questions import Question
from gdsim.objectives.formula.reading.refusals import refuse_call
from gdsim.objectives.formula.reading.series import index_of, numbered
from gdsim.objectives.formula.reading.tokens import Token
from gdsim.objectives.formula.reading.words import FORMS, is_plain

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_COMPARED = {"<": "<", "≤": "<=", ">": ">", "≥": ">=", "≐": "==", "≠": "!="}
#: The tokens that may begin a factor without a sign.
_JOINED = ("name", "item", "base", "(", "{", "√", "∛", "∜")


def parse(found: list[Token], begin: int = 0, declared: tuple[str, ...] = ()) -> tuple[Node, tuple[Question, ...]]:
    """The tree of tokens from one of them on, and the names in it that nobody has explained; or `FormulaError`."""
    parser = _Parser(found, begin, declared)
    return parser.tree(), tuple(parser.questions.values())


class _Parser(Cursor):
    """Recursive descent."""

    def tree(self) -> Node:
        tree = self.expression()
        if self.next.kind != "end":
            self.refuse()
        return tree

    def expression(self) -> Node:
        start = self.next.start
        left = self.all_of()
        while self.next.kind == "∨":
            self.take()
            left = self.node("or", start, left, self.all_of())
        return left

    def all_of(self) -> Node:
        start = self.next.start
        left = self.comparison()
        while self.next.kind == "∧":
            self.take()
            left = self.node("and", start, left, self.comparison())
        return left

    def comparison(self) -> Node:
        start = self.next.start
        if self.next.kind == "¬":
            self.take()
            # as in Python, it denies the whole comparison and not its left side
            return self.node("not", start, self.deeper(self.comparison))
        left = self.sum()
        found: Node | None = None
        while self.next.kind in _COMPARED:
            op = _COMPARED[self.take().kind]
            right = self.sum()
            # 0 < x < 1 says both
            link = Node(op, (left, right), start=left.start, end=right.end)
            found = link if found is None else self.node("and", start, found, link)
            left = right
        return left if found is None else found

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
            kind = self.next.kind
            if kind in ("*", "/", "mod"):
                op = self.take().kind
                left = self.node(op, start, left, self.signed())
            elif kind in _JOINED or kind == "function" or self.is_root() or self.joins():
                # no sign may begin this factor: 2 -x is a difference
                left = self.node("*", start, left, self.power())
            else:
                return left

    def joins(self) -> bool:
        """Tell whether the next bar opens a factor, or the next [bracket] does and holds no index."""
        return (self.next.kind == "|" and not self.bars[-1]) or (self.next.kind == "[" and self.last.kind == "number")

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
        if self.next.kind == "power" and not self.is_root():
            base = self.node("^", start, base, self.raised())
        if self.next.kind == "^":
            self.take()
            # the exponent reads its own power first, 2^3^2 as 2^9, and may have a sign
            return self.node("^", start, base, self.deeper(self.signed))
        return base

    def raised(self) -> Node:
        """Raised digits, or a raised n."""
        token = self.take()
        digits = token.text.translate(RAISED)
        bare = digits.lstrip("-")
        exponent = Node("name", (), None, "n", token.start, token.end) if bare == "n" else self.number(bare, token)
        return Node("neg", (exponent,), start=token.start, end=token.end) if digits != bare else exponent

    def is_root(self) -> bool:
        """Tell whether the next raised digits are the degree of a root: ³√x, but not x³√y."""
        token, after = self.tokens[self.at], self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if token.kind != "power" or after.kind != "√" or after.start != token.end:
            return False
        # close behind a factor they are its power
        return self.at == 0 or self.last.end < token.start or self.last.kind in ("+", "-", "*", "/", "^", "(", ",")

    def primary(self) -> Node:
        token = self.next
        match token.kind:
            case "number":
                self.take()
                return self.number(token.text, token)
            case "fraction":
                self.take()
                above, below = (self.number(digits, token) for digits in FRACTIONS[token.text].split("/"))
                return Node("/", (above, below), start=token.start, end=token.end)
            case "name":
                return self.named()
            case "item" | "base":
                return self.item()
            case "function":
                return self.called()
            case "(" | "[" | "{":
                return self.bracketed()[0]
            case "|":
                return self.bars_around()
            case "√" | "∛" | "∜":
                return self.root()
            case "power" if self.is_root():
                return self.root()
        self.refuse()

    def number(self, digits: str, token: Token) -> Node:
        value = float(digits)
        if math.isinf(value):
            raise FormulaError(
                "the number '{number}' at column {column} is too large", token.start, number=shown(token.text, 20)
            )
        # too small for a float it would be 0, and the formula another one unseen
        if value == 0 and digits.lower().partition("e")[0].strip("0."):
            raise FormulaError(
                "the number '{number}' at column {column} is too small", token.start, number=shown(token.text, 20)
            )
        if (
            (after := self.next).kind == "name"
            and after.text == "j"
            and after.start == token.end
            and "j" not in self.bound
        ):
            raise FormulaError(
                "'{part}' at column {column} is a complex number in the notation of programs; for a "
                "parameter j write {number}*j",
                token.start,
                part=f"{token.text}j",
                number=token.text,
            )
        return Node("number", (), value, digits, token.start, token.end)

    def root(self) -> Node:
        token = self.next
        degree = self.raised() if token.kind == "power" else None
        sign = self.take()
        inside = self.deeper(self.primary)
        if sign.kind == "∛":
            return self.node("cbrt", token.start, inside)
        if sign.kind == "∜":
            degree = Node("number", (), 4.0, "4", token.start, sign.end)
        return (
            self.node("sqrt", token.start, inside) if degree is None else self.node("root", token.start, inside, degree)
        )

    def named(self) -> Node:
        token = self.take()
        after = self.next
        if after.kind == "[" and after.start == token.end and len(token.text) == 1:
            return self.indexed(token.text, token.start)
        factors = (*COORDINATES, *self.declared, *self.bound)
        if after.kind == "(" and token.text not in factors and is_plain(token.text):
            refuse_call(token.text, token.start)
        if after.kind == "(" and self.bound and self.holds_index():
            raise FormulaError(
                "{name}(…) at column {column} is a product; with an index, it is written {name}_{index}",
                token.start,
                name=token.text,
                index=self.bound[-1],
            )
        return Node("name", (), None, token.text, token.start, token.end)

    def holds_index(self) -> bool:
        """Tell whether the next brackets hold the index of a sum, and beside it nothing but numbers and signs."""
        end = self.at + 1
        while (inside := self.tokens[end]).text in (*self.bound, "+", "-") or inside.kind == "number":
            end += 1
        words = {token.text for token in self.tokens[self.at : end]}
        return self.tokens[end].kind == ")" and bool(words & set(self.bound))

    def item(self) -> Node:
        """A letter whose index is the index of a sum, x_i, or stands in brackets, x_(i + 1)."""
        token = self.take()
        if token.kind == "base":
            return self.indexed(token.text, token.start)
        letter, _, index = token.text.partition("_")
        inside = Node("name", (), None, index, token.start, token.end)
        return Node("item", (inside,), None, letter, token.start, token.end)

    def indexed(self, letter: str, start: int) -> Node:
        inside = self.bracketed()[0]
        item = Node("item", (inside,), None, letter, start, self.last.end)
        return item if fold(inside, constant) is None else numbered(item, inside)

    def called(self) -> Node:
        """A function: with its arguments in brackets, or of what follows."""
        token = self.take()
        if token.text in FORMS and self.next.kind == "(":
            return self.summed(token) if token.text in ("sum", "prod") else self.cases(token)
        if token.text in FORMS:
            _refuse_bare(token)
        if self.next.kind in _CLOSING:
            return checked_call(token, self.bracketed(many=True), self.last.end)
        exponent = self.exponent(token)
        if self.next.kind in _CLOSING:
            node = checked_call(token, self.bracketed(many=True), self.last.end)
        else:
            node = checked_call(token, [self.deeper(lambda: self.argument(token))], self.last.end)
        return node if exponent is None else self.node("^", token.start, node, exponent)

    def exponent(self, function: Token) -> Node | None:
        """The exponent between a function and its argument, sin²(x) or sin^2(x), if there is one."""
        if self.next.kind == "power" and not self.is_root():
            exponent = self.raised()
        elif self.next.kind == "^":
            self.take()
            sign = self.take() if self.next.kind in ("+", "-") else None
            # no more than this: in sin^2 x the x is the argument already
            exponent = self.deeper(self.primary)
            if sign is not None and sign.kind == "-":
                exponent = Node("neg", (exponent,), start=sign.start, end=exponent.end)
        else:
            return None
        if exponent.op == "neg" and exponent.args[0].value == 1:
            refuse_inverse(function)
        return exponent

    def argument(self, function: Token) -> Node:
        """The argument of a function without brackets: the factors up to the next written sign or function."""
        start = self.next.start
        if self.next.kind in ("+", "-") and self.tokens[self.at + 1].kind != "end":
            op = self.take().kind
            inside = self.deeper(lambda: self.argument(function))
            return inside if op == "+" else self.node("neg", start, inside)
        begins = (*_JOINED, "number", "fraction", "function", "|", "[")
        if FUNCTIONS.get(function.text, (1, 1))[0] != 1 or not (self.next.kind in begins or self.is_root()):
            _refuse_bare(function)
        left = self.power()
        while (self.next.kind in _JOINED and not self.is_exponential()) or self.is_root():
            if self.next.kind == "(" and self.last.kind != "number" and self.last.text != "pi":
                raise FormulaError(
                    "it is not clear whether the bracket at column {column} belongs to {name}: write {name}(…)",
                    self.next.start,
                    name=function.text,
                )
            left = self.node("*", start, left, self.power())
        return left

    def is_exponential(self) -> bool:
        """Tell whether e and a power are next: a function under another name."""
        return self.next.text == "e" and self.tokens[self.at + 1].kind in ("^", "power")

    def summed(self, token: Token) -> Node:
        """A sum or a product over an index: sum(x_i^2, i, 1, 10)."""
        index = index_of(self.tokens, self.at, token)
        self.bound.append(index)
        self.bars.append(0)
        self.take()
        body = self.deeper(self.expression)
        # the ends of a sum do not know its index
        self.bound.pop()
        if self.next.kind != ",":
            self.refuse()
        # past both commas at once: taken by itself, the index between them would be understood as a name
        self.move(self.at + 3)
        low = self.deeper(self.expression)
        if self.next.kind != ",":
            self.refuse()
        self.take()
        high = self.deeper(self.expression)
        self.bars.pop()
        if self.next.kind != ")":
            self.refuse()
        self.take()
        return Node(token.text, (body, low, high), None, index, token.start, self.last.end)

    def cases(self, token: Token) -> Node:
        """Nested wheres: piecewise(x > 0, a, x < -1, b, c)."""
        parts = self.bracketed(many=True)
        if len(parts) < 3 or len(parts) % 2 == 0:
            raise FormulaError(
                "{name} at column {column} takes conditions and values by turns, last one for all else"
                ": {name}(x > 0, x, x < -1, -x, 0)",
                token.start,
                name=token.text,
            )
        result = parts[-1]
        for condition, value in zip(parts[-3::-2], parts[-2::-2], strict=True):
            result = Node("where", (condition, value, result), start=token.start, end=self.last.end)
        return result

    def bracketed(self, many: bool = False) -> list[Node]:
        """The parts in brackets: one, or if `many`, several with commas between."""
        opened = self.take()
        closing = _CLOSING[opened.kind]
        if self.next.kind == closing:
            raise FormulaError("the brackets at column {column} are empty", opened.start)
        # a bar that was opened outside cannot be closed in here
        self.bars.append(0)
        parts = [self.deeper(self.expression)]
        while many and self.next.kind == ",":
            self.take()
            parts.append(self.deeper(self.expression))
        self.bars.pop()
        if self.next.kind == "end":
            raise FormulaError("the bracket opened at column {column} is not closed", opened.start)
        if self.next.kind != closing:
            self.refuse()
        self.take()
        if not many:
            node = parts[0]
            return [Node(node.op, node.args, node.value, node.name, opened.start, self.last.end)]
        return parts

    def bars_around(self) -> Node:
        opened = self.take()
        self.bars[-1] += 1
        inside = self.deeper(self.sum)
        if self.next.kind != "|":
            if self.next.kind in ("end", ")"):
                raise FormulaError("the bar opened at column {column} is not closed: write abs(…)", opened.start)
            self.refuse()
        self.take()
        self.bars[-1] -= 1
        return self.node("abs", opened.start, inside)


def _refuse_bare(function: Token) -> NoReturn:
    name = "pow" if function.text == "^" else function.text
    raise FormulaError("{name} at column {column} needs its argument in brackets: {name}(…)", function.start, name=name)
