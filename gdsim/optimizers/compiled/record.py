"""The record of a rule's step: what it does to x, to the gradient and to its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.noting import Note, note, noting
from gdsim.optimizers.compiled.terms import Level, Term, in_order
from gdsim.translatable import QT_TRANSLATE_NOOP

#: The name of the learning rate in a record.
RATE = "h_learning_rate"
DECAYED = QT_TRANSLATE_NOOP("Term", "The weight decay adds λx to the gradient: it pulls towards the origin.")
#: Hyperparameters whose values a record is made for, and not by name.
Fixed = tuple[tuple[str, float | bool], ...]


@dataclass(frozen=True, eq=False)
class Record:
    """Record of one step of a rule.

    Attributes
    ----------
    names
        The inputs of an element: x, g, then the state.
    results
        The new x, then the new state: terms or plain numbers.
    hypers
        The hyperparameters that stand in it by name, and are the same throughout.
    rate
        How often the learning rate changes: never, with every step, or, with every step, from run to run.
    lanes
        Further inputs of an element, which are read only: hyperparameters that differ from run to run, by name, then
        the powers of the step number that come of them.
    powers
        What each of those powers is.
    notes
        What the rule named on the way.
    inputs
        The inputs of an element, as terms: those of `names`.
    """

    names: tuple[str, ...]
    results: tuple[Any, ...]
    hypers: tuple[str, ...]
    rate: Level
    lanes: tuple[str, ...] = ()
    powers: tuple[Term, ...] = ()
    notes: tuple[Note, ...] = ()
    inputs: tuple[Term, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """The inputs that the results are the new values of: x, then the state."""
        return ("x", *self.names[2:])


def record(rule: Rule, rate: Level = Level.RACE) -> Record:
    """The record of a rule; the same one for all instances that have the same values at 0, at 1 or switched."""
    # what is 0 or 1 is written in as a number: a part of the rule that it switches off then costs nothing
    return lane_record(rule, (), rate)


def lane_record(rule: Rule, lanes: tuple[str, ...], rate: Level = Level.RACE) -> Record:
    """The record of a rule some of whose hyperparameters differ from run to run; none of those may be 0 or 1."""
    apart = {*lanes, *(["learning_rate"] if rate is not Level.RACE else [])}
    fixed = [(name, value) for name, value in _values(rule) if value in (0.0, 1.0) and name not in apart]
    return _record(type(rule), tuple(fixed), rate, lanes)  # type: ignore[arg-type]  # a class is hashable


def general_record(rule: Rule) -> Record:
    """The record for all values of its hyperparameters but the switches, with a learning rate of the step."""
    # a step may branch on a switch, which a term cannot be
    switches = tuple((name, value) for name, value in _values(rule) if isinstance(value, bool))
    return _record(type(rule), switches, Level.STEP)  # type: ignore[arg-type]  # a class is hashable


def _values(rule: Rule) -> list[tuple[str, float | bool]]:
    return [(f.name, getattr(rule, f.name)) for f in fields(rule)]


@lru_cache(maxsize=128)
def _record(kind: Any, fixed: Fixed, rate: Level, lanes: tuple[str, ...] = ()) -> Record:
    known: dict[str, Any] = dict(fixed) | {name: Term(f"h_{name}", level=Level.ELEMENT) for name in lanes}
    if rate is not Level.RACE:
        known["learning_rate"] = Term(RATE, level=rate)
    hypers = tuple(f.name for f in fields(kind) if f.name not in known)
    rule = _of_terms(kind, known)
    names = ("x", "g", *(f"s{k}" for k in range(len(kind.state))))
    x, g, *state = elements = tuple([Term(name, level=Level.ELEMENT) for name in names])
    # before the step, and in this order, as torch.optim decays
    g += rule.decay_to_gradient() * x
    x *= 1 - rule.decay_of_weights()
    with noting() as notes:
        note("g + λx", g, DECAYED)
        results = rule.step(Term("t", level=Level.STEP), x, g, *state)
    results = (results[0], *_live(results[0], state, results[1:]))
    if not lanes:
        return Record(names, results, hypers, rate, notes=tuple(notes), inputs=elements)
    results, powers = _powers_taken_out(results)
    inputs = [f"h_{name}" for name in lanes] + [f"p{k}" for k in range(len(powers))]
    return Record(names, results, hypers, rate, tuple(inputs), powers)


def _powers_taken_out(results: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Term, ...]]:
    """The same results of named powers, and those powers: numpy rounds those of arrays otherwise than Python."""
    made: dict[Any, Any] = {}
    powers: list[Term] = []
    for term in in_order(results):
        if term.op == "**" and term.level is Level.ELEMENT:
            made[term] = Term(f"p{len(powers)}", level=Level.ELEMENT)
            powers.append(term)
        else:
            made[term] = Term(term.op, *[made.get(arg, arg) if isinstance(arg, Term) else arg for arg in term.args])
    return tuple([made.get(result, result) if isinstance(result, Term) else result for result in results]), tuple(
        powers
    )


def _of_terms(kind: Any, known: dict[str, Any]) -> Any:
    """An instance that was not validated: its values are terms, where they are not known."""
    rule = object.__new__(kind)
    for f in fields(kind):
        term = Term(f"h_{f.name}", level=Level.RACE)
        object.__setattr__(rule, f.name, known.get(f.name, term))
    return rule


def _live(x: Any, state: list[Any], results: tuple[Any, ...]) -> list[Any]:
    """The new state; what the new x does not depend on, now or later, is left as it is."""
    # RMSProp's average of gradients, say, is not needed unless it is centred; a state may need another
    needed = read_by([x])
    while True:
        more = read_by([x, *(new for old, new in zip(state, results, strict=True) if old in needed)])
        if more == needed:
            return [new if old in needed else old for old, new in zip(state, results, strict=True)]
        needed = more


def read_by(results: Sequence[Any]) -> set[Term]:
    """The inputs that terms are made of."""
    read = [*results, *(arg for term in in_order(results) for arg in term.args)]
    return {term for term in read if isinstance(term, Term) and term.is_input}
