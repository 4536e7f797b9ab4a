"""The terms of a step that have a name, in the order in which the step goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.record import RATE, Record, read_by, record
from gdsim.optimizers.compiled.shares import directed, shares
from gdsim.optimizers.compiled.terms import Level, Term, in_order
from gdsim.translatable import QT_TRANSLATE_NOOP


class Role(StrEnum):
    """The part of a term in a step."""

    GRADIENT = "gradient"
    RATE = "rate"
    NOTE = "note"
    MEMORY = "memory"
    CARRIED = "carried"
    DECAY = "decay"
    ADDED = "added"
    STEP = "step"
    POINT = "point"
    BEFORE = "before"


@dataclass(frozen=True, eq=False)
class NamedTerm:
    """A term of a step that has a name.

    Attributes
    ----------
    symbol
        As the paper writes it.
    meaning
        One sentence for a person, in the context "Term".
    role
        Its part in the step.
    term
        The term; a plain number where the settings of the rule make it one.
    direction
        0 where it has none and cannot be drawn as an arrow; 1 if the step goes its way, −1 if it goes the other way.
    """

    symbol: str
    meaning: str
    role: Role
    term: Any
    direction: int = 0

    @property
    def is_scalar(self) -> bool:
        """Return whether it is the same for all coordinates."""
        return not isinstance(self.term, Term) or self.term.level is not Level.ELEMENT


@dataclass(frozen=True, eq=False)
class NamedStep:
    """The record of a step, and the terms that have a name.

    Attributes
    ----------
    record
        The record.
    terms
        The gradient first, the new position last.
    before
        Position and state before the step, which formulas are made of, too.
    sums
        Sums over the coordinates, which stand in the formula of each.
    """

    record: Record
    terms: tuple[NamedTerm, ...]
    before: tuple[NamedTerm, ...]
    sums: tuple[NamedTerm, ...] = ()

    @cached_property
    def worked_out(self) -> tuple[NamedTerm, ...]:
        """The terms, what was before the step, and the sums: the values of a step, in this order."""
        return (*self.terms, *self.before, *self.sums)

    @cached_property
    def columns(self) -> dict[Term, int]:
        """The place of a term among the values of a step."""
        # of terms with several names the first
        return {each.term: k for k, each in reversed([*enumerate(self.worked_out)])}


def named_step(rule: Rule, rate: Level = Level.RACE) -> NamedStep:
    """The step of a rule by its named terms; the same for all that have the same record."""
    return _named_step(record(rule, rate), type(rule).state)


@lru_cache(maxsize=128)
def _named_step(recorded: Record, state: tuple[str, ...]) -> NamedStep:
    before = zip(("x", *state), (recorded.inputs[0], *recorded.inputs[2:]), strict=True)
    named = tuple([NamedTerm(name, "", Role.BEFORE, term) for name, term in before])
    turns, news = directed(recorded), dict(zip(recorded.inputs[2:], recorded.results[1:], strict=True))
    # a position is no way to go
    places = {recorded.look, recorded.results[0], *(news[each] for each in recorded.points)}
    terms = [replace(each, direction=_direction(each, turns, places)) for each in _named(recorded, state)]
    order = in_order([recorded.look, *recorded.results, *(each.term for each in terms)])
    sums = [NamedTerm("Σ", "", Role.BEFORE, term) for term in order if term.op == "total"]
    return NamedStep(recorded, tuple(terms), named, tuple(sums))


def _direction(named: NamedTerm, turns: Callable[[Term], int], places: set[Any]) -> int:
    if named.role in (Role.STEP, Role.ADDED, Role.CARRIED, Role.DECAY):
        return 1
    return turns(named.term) if isinstance(named.term, Term) and named.term not in places else 0


def _named(recorded: Record, state: tuple[str, ...]) -> Iterator[NamedTerm]:
    x, g = recorded.inputs[:2]
    if isinstance(recorded.look, Term) and not recorded.look.is_input:
        yield NamedTerm("x̃", _LOOK, Role.NOTE, recorded.look)
    yield NamedTerm("g", _GRADIENT, Role.GRADIENT, g)
    if recorded.rate is not Level.RACE:
        rates = [term for term in read_by(recorded.results) if term.op == RATE]
        yield from (NamedTerm("η", _RATE, Role.RATE, term) for term in rates[:1])
    yield from _noted(recorded, state)
    split = shares(recorded)
    for part in () if split is None else _PARTS:
        term = getattr(split, part[0])
        if isinstance(term, Term):
            yield NamedTerm(*part[1:], term)
    yield NamedTerm("Δx", _STEP, Role.STEP, recorded.results[0] - x)
    yield NamedTerm("x", _POINT, Role.POINT, recorded.results[0])


def _noted(recorded: Record, state: tuple[str, ...]) -> Iterator[NamedTerm]:
    """Notes of the rule, then what it remembers without having said so; nothing of what leads to no result."""
    pairs = list(zip(state, recorded.inputs[2:], recorded.results[1:], strict=True))
    alive = read_by([new for _, old, new in pairs if new is not old] + [recorded.results[0], recorded.look])
    dead = {old for _, old, _ in pairs if old not in alive}
    told = set()
    for symbol, term, meaning in recorded.notes:
        if dead.isdisjoint(read_by([term])):
            is_memory = any(term is new for _, _, new in pairs)
            told.add(symbol)
            yield NamedTerm(symbol, meaning, Role.MEMORY if is_memory else Role.NOTE, term)
    for name, old, new in pairs:
        if name not in told and new is not old:
            yield NamedTerm(name, _REMEMBERED, Role.MEMORY, new)


_LOOK = QT_TRANSLATE_NOOP("Term", "The point at which the gradient is taken.")
_GRADIENT = QT_TRANSLATE_NOOP("Term", "The gradient that the rule is handed: with noise and cut to length, if it is.")
_RATE = QT_TRANSLATE_NOOP("Term", "The learning rate of this step.")
_REMEMBERED = QT_TRANSLATE_NOOP("Term", "What the rule remembers for the next step.")
_STEP = QT_TRANSLATE_NOOP("Term", "The step that is taken.")
_POINT = QT_TRANSLATE_NOOP("Term", "The new position.")
_PARTS = (
    (
        "gradient",
        "Δx(g)",
        QT_TRANSLATE_NOOP("Term", "The share of this gradient in the step."),
        Role.ADDED,
    ),
    (
        "carried",
        "Δx(t−1)",
        QT_TRANSLATE_NOOP("Term", "The share of what was carried over from the steps before."),
        Role.CARRIED,
    ),
    (
        "decay",
        "Δx(λ)",
        QT_TRANSLATE_NOOP("Term", "The share of the weight decay in the step."),
        Role.DECAY,
    ),
)
