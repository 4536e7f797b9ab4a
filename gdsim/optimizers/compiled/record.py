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
#: The name of the point at which a gradient is taken, where that is not x.
LOOK = "look"
#: Hyperparameters whose values a record is made for, and not by name.
Fixed = tuple[tuple[str, float | bool], ...]


@dataclass(frozen=True, eq=False)
class Record:
    """Record of one step of a rule.

    Attributes
    ----------
    names
        The inputs of an element: x, g, then the state.
    kept
        The inputs that the results are the new values of: x, then the state. Of a look, the point alone.
    results
        What becomes of them: terms or plain numbers.
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
    inputs, look, points
        The inputs of an element, as terms: those of `names`; the point at which the gradient is taken; and which of the
        state are positions, as they begin at x.
    """

    names: tuple[str, ...]
    kept: tuple[str, ...]
    results: tuple[Any, ...]
    hypers: tuple[str, ...]
    rate: Level
    lanes: tuple[str, ...] = ()
    powers: tuple[Term, ...] = ()
    notes: tuple[Note, ...] = ()
    inputs: tuple[Term, ...] = ()
    look: Any = None
    points: tuple[Term, ...] = ()


def record(rule: Rule, rate: Level = Level.RACE) -> Record:
    """The record of a rule; the same one for all instances that have the same values at 0, at 1 or switched."""
    # what is 0 or 1 is written in as a number: a part of the rule that it switches off then costs nothing
    return lane_record(rule, (), rate)


def lane_record(rule: Rule, lanes: tuple[str, ...], rate: Level = Level.RACE) -> Record:
    """The record of a rule some of whose hyperparameters differ from run to run; none of those may be 0 or 1."""
    return _record(type(rule), _fixed(rule, lanes, rate), rate, lanes)  # type: ignore[arg-type]  # a class is hashable


def look_record(rule: Rule, lanes: tuple[str, ...] = (), rate: Level = Level.RACE) -> Record | None:
    """The record of the point at which a rule takes its gradient, named `LOOK`; None if that is x.

    Its inputs are that point, x and the state.
    """
    if type(rule).look is Rule.look:
        # of most rules, and asked for with every race: while the start is dragged, with every frame
        return None
    return _look_record(type(rule), _fixed(rule, lanes, rate), rate, lanes)  # type: ignore[arg-type]


def general_look_record(rule: Rule) -> Record | None:
    """The look as `general_record` has the step."""
    return _look_record(type(rule), _switches(rule), Level.STEP)  # type: ignore[arg-type]  # a class is hashable


def general_record(rule: Rule) -> Record:
    """The record for all values of its hyperparameters but the switches, with a learning rate of the step."""
    return _record(type(rule), _switches(rule), Level.STEP)  # type: ignore[arg-type]  # a class is hashable


def _fixed(rule: Rule, lanes: tuple[str, ...], rate: Level) -> Fixed:
    apart = {*lanes, *(["learning_rate"] if rate is not Level.RACE else [])}
    return tuple([(name, value) for name, value in _values(rule) if value in (0.0, 1.0) and name not in apart])


def _switches(rule: Rule) -> Fixed:
    # a step may branch on a switch, which a term cannot be
    return tuple([(name, value) for name, value in _values(rule) if isinstance(value, bool)])


def _values(rule: Rule) -> list[tuple[str, float | bool]]:
    return [(f.name, getattr(rule, f.name)) for f in fields(rule)]


@lru_cache(maxsize=128)
def _record(kind: Any, fixed: Fixed, rate: Level, lanes: tuple[str, ...] = ()) -> Record:
    rule, hypers = _rule_of_terms(kind, fixed, rate, lanes)
    names = ("x", "g", *(f"s{k}" for k in range(len(kind.state))))
    x, g, *state = elements = tuple([Term(name, level=Level.ELEMENT) for name in names])
    look = rule.look(x, *state)
    with noting() as notes:
        # before the step, and in this order, as torch.optim decays
        g = note("g + λx", g + rule.decay_to_gradient() * look, DECAYED)
        results = rule.step(Term("t", level=Level.STEP), x * (1 - rule.decay_of_weights()), g, *state)
    results = (results[0], *_live((results[0], look), state, results[1:]))
    kept = ("x", *names[2:])
    if not lanes:
        points = tuple([of for of, name in zip(state, kind.state, strict=True) if rule.initial(name, x) is x])
        named = {"notes": tuple(notes), "inputs": elements, "look": look, "points": points}
        return Record(names, kept, results, hypers, rate, **named)
    results, powers = _powers_taken_out(results, lanes, rate)
    inputs = [f"h_{name}" for name in lanes] + [f"p{k}" for k in range(len(powers))]
    return Record(names, kept, results, hypers, rate, tuple(inputs), powers)


@lru_cache(maxsize=128)
def _look_record(kind: Any, fixed: Fixed, rate: Level, lanes: tuple[str, ...] = ()) -> Record | None:
    rule, hypers = _rule_of_terms(kind, fixed, rate, lanes)
    names = ("x", *(f"s{k}" for k in range(len(kind.state))))
    x, *state = (Term(name, level=Level.ELEMENT) for name in names)
    look = rule.look(x, *state)
    if look is x:
        return None
    return Record((LOOK, *names), (LOOK,), (look,), hypers, rate, tuple([f"h_{name}" for name in lanes]))


def _rule_of_terms(kind: Any, fixed: Fixed, rate: Level, lanes: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """A rule of terms, and the hyperparameters that stand in it by name and are the same throughout."""
    known: dict[str, Any] = dict(fixed) | {name: Term(f"h_{name}", level=Level.ELEMENT) for name in lanes}
    if rate is not Level.RACE:
        known["learning_rate"] = Term(RATE, level=rate)
    return _of_terms(kind, known), tuple([f.name for f in fields(kind) if f.name not in known])


def _powers_taken_out(
    results: tuple[Any, ...], lanes: tuple[str, ...], rate: Level
) -> tuple[tuple[Any, ...], tuple[Term, ...]]:
    """The same results of named powers, and those powers: numpy rounds those of arrays otherwise than Python.

    Those of what changes with the steps of a run, as η may, are left where they are.
    """
    made: dict[Any, Any] = {}
    apart = {f"h_{name}" for name in lanes}
    powers: list[Term] = []
    for term in in_order(results):
        inputs = read_by([term])
        changes = rate is not Level.RACE and RATE in {each.op for each in inputs}
        of_runs = {each.op for each in inputs if each.level is Level.ELEMENT}
        if term.op == "**" and of_runs and of_runs <= apart and not changes:
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


def _live(read: tuple[Any, ...], state: list[Any], results: tuple[Any, ...]) -> list[Any]:
    """The new state; what the new x and the look do not depend on, now or later, is left as it is."""
    # RMSProp's average of gradients, say, is not needed unless it is centred; a state may need another
    needed = read_by([*read])
    while True:
        more = read_by([*read, *(new for old, new in zip(state, results, strict=True) if old in needed)])
        if more == needed:
            return [new if old in needed else old for old, new in zip(state, results, strict=True)]
        needed = more


def read_by(results: Sequence[Any]) -> set[Term]:
    """The inputs that terms are made of."""
    read = [*results, *(arg for term in in_order(results) for arg in term.args)]
    return {term for term in read if isinstance(term, Term) and term.is_input}
