"""A rule's step, recorded once as a list of operations.

Handed `Term`s instead of numbers, `step` writes down what it does. Each operation belongs to one of three levels: what
depends on the hyperparameters alone is worked out before the loop, what depends on the step number once a step, and
only the rest for every coordinate of every run.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any


class Level(IntEnum):
    """Frequency with which a term has to be worked out."""

    RACE = 0
    STEP = 1
    ELEMENT = 2


class Term:
    """An operation on terms and plain numbers, or (with a level) a named input."""

    __slots__ = ("args", "level", "op")
    level: Level

    def __init__(self, op: str, *args: Any, level: Level | None = None) -> None:
        self.op = op
        self.args = args
        self.level = level if level is not None else max(a.level for a in args if isinstance(a, Term))

    @property
    def is_input(self) -> bool:
        """True of a name, false of an operation."""
        return not self.args

    def __bool__(self) -> bool:
        raise TypeError("a step cannot branch on its numbers: use where() from gdsim.optimizers.compiled.elementwise")

    def __hash__(self) -> int:
        # by identity, as == writes down a comparison in place of making one
        return id(self)

    def __add__(self, other: Any) -> Any:
        return self if _is_zero(other) else Term("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return self if _is_zero(other) else Term("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return self if _is_zero(other) else Term("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return Term("-", other, self)

    # A hyperparameter that is exactly 0 switches its part of the rule off, as torch.optim does.
    def __mul__(self, other: Any) -> Any:
        return 0.0 if _is_zero(other) else self if _is_one(other) else Term("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return 0.0 if _is_zero(other) else self if _is_one(other) else Term("*", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self if _is_one(other) else Term("/", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return Term("/", other, self)

    def __pow__(self, other: Any) -> Term:
        return Term("**", self, other)

    def __rpow__(self, other: Any) -> Term:
        return Term("**", other, self)

    def __neg__(self) -> Term:
        return Term("-", 0.0, self)

    def __abs__(self) -> Term:
        return Term("absolute", self)

    def __gt__(self, other: Any) -> Term:
        return Term(">", self, other)

    def __lt__(self, other: Any) -> Term:
        return Term("<", self, other)

    def __ge__(self, other: Any) -> Term:
        return Term(">=", self, other)

    def __le__(self, other: Any) -> Term:
        return Term("<=", self, other)

    def __eq__(self, other: object) -> Any:
        return Term("==", self, other)


def _is_zero(x: Any) -> bool:
    return not isinstance(x, Term) and x == 0


def _is_one(x: Any) -> bool:
    return not isinstance(x, Term) and x == 1


def in_order(results: Iterable[Any]) -> list[Term]:
    """Every operation the results need, each once and after what it is made of."""
    order: list[Term] = []
    known: set[int] = set()

    def visit(term: Any) -> None:
        if isinstance(term, Term) and id(term) not in known:
            known.add(id(term))
            for arg in term.args:
                visit(arg)
            if not term.is_input:
                order.append(term)

    for result in results:
        visit(result)
    return order
