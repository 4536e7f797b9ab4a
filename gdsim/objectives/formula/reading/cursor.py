"""A place among tokens that moves on, and what is wrong where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from gdsim.errors import shown
from gdsim.objectives.formula.nodes import FormulaError, Node
from gdsim.objectives.formula.reading.questions import Question
from gdsim.objectives.formula.reading.tokens import Token
from gdsim.objectives.formula.reading.understanding import understood

T = TypeVar("T")

#: Brackets within brackets are read to this depth.
MOST_LEVELS = 32


class Cursor:
    """The tokens of a formula, of which words are understood when they are come to.

    Attributes
    ----------
    at, next
        The number of the token that is to be taken, and the token.
    questions
        The names of several letters that were met, by name.
    """

    def __init__(self, found: list[Token], begin: int = 0, declared: tuple[str, ...] = ()) -> None:
        self.tokens = found
        #: The coordinates that stand before the formula.
        self.declared = declared
        self.levels = 0
        self.questions: dict[str, Question] = {}
        #: The indices of the sums that are being read.
        self.bound: list[str] = []
        #: The number of bars that are open, for each open bracket.
        self.bars = [0]
        self.move(begin)

    def move(self, at: int) -> None:
        """Make another token the next one."""
        if self.tokens[at].kind == "word":
            self.tokens[at : at + 1] = understood(self.tokens, at, self.bound, self.questions, self.declared)
        self.at = at
        self.next = self.tokens[at]

    @property
    def last(self) -> Token:
        """The token that was taken last."""
        return self.tokens[self.at - 1]

    def take(self) -> Token:
        """Take the next token."""
        token = self.next
        if token.kind != "end":
            self.move(self.at + 1)
        return token

    def node(self, op: str, start: int, *args: Node) -> Node:
        """A node that ends with the last token."""
        return Node(op, args, start=start, end=self.last.end)

    def refuse(self) -> NoReturn:
        """Say what is wrong with the next token."""
        token = self.next
        if token.kind == "end":
            raise FormulaError(
                "the formula ends at column {column} where a number, a name or a bracket is missing", token.start
            )
        after = self.last.kind if self.at else "end"
        if token.kind in (")", "]", "}") and after in ("number", "name", "power", "item", ")", "]", "}", "|"):
            raise FormulaError("the bracket '{part}' at column {column} closes nothing", token.start, part=token.text)
        if token.kind == ",":
            raise FormulaError("the comma at column {column} stands in no function", token.start)
        if token.kind == "=":
            raise FormulaError(
                "'=' at column {column}: an expression is typed, not an equation; a condition has ==", token.start
            )
        if token.kind in ("number", "name", "function", "power", "fraction", "item", "["):
            raise FormulaError(
                "an operator is missing before '{part}' at column {column}", token.start, part=shown(token.text)
            )
        raise FormulaError(
            "'{part}' at column {column} stands where a number, a name or a bracket is expected",
            token.start,
            part=token.text,
        )

    def deeper(self, part: Callable[[], T]) -> T:
        """Read a part one level deeper."""
        if self.levels == MOST_LEVELS:
            raise FormulaError(
                "the formula is nested too deep at column {column}: at most {most} levels",
                self.next.start,
                most=MOST_LEVELS,
            )
        self.levels += 1
        result = part()
        self.levels -= 1
        return result
