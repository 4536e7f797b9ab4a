"""A rule written out as straight lines of Python, for floats and for arrays.

Calling `Rule.step` for every coordinate works out again what is the same for all of them, and makes a new array
for every intermediate result. Written out from its record (see `terms`), the same operations in the same order
take half the time, and give the same numbers to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.elementwise import larger
from gdsim.optimizers.compiled.terms import Level, Term, in_order
from gdsim.optimizers.schedules import ReduceOnPlateau

_UFUNCS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "sqrt": "sqrt",
    "absolute": "absolute",
    "maximum": "maximum",
    ">": "greater",
    ">=": "greater_equal",
    "<": "less",
    "<=": "less_equal",
    "==": "equal",
}
_SCOPE = {name: getattr(np, name) for name in _UFUNCS.values()} | {"np": np, "root": math.sqrt, "larger": larger}


@dataclass(frozen=True, eq=False)
class Record:
    """What one step of a rule does.

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
    """

    names: tuple[str, ...]
    results: tuple[Any, ...]
    hypers: tuple[str, ...]
    rate: Level


#: What the learning rate is called in a record.
_RATE = "h_learning_rate"


def record(rule: Rule, rate: Level = Level.RACE) -> Record:
    """The record of a rule; the same one for all instances that have the same values at 0, at 1 or switched."""
    fixed = [(f.name, value) for f in fields(rule) if (value := getattr(rule, f.name)) in (0.0, 1.0)]
    if rate is not Level.RACE:
        fixed = [(name, value) for name, value in fixed if name != "learning_rate"]
    return _record(type(rule), tuple(fixed), rate)  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=128)
def _record(rule: Any, fixed: tuple[tuple[str, float | bool], ...], rate: Level) -> Record:
    known: dict[str, Any] = dict(fixed)
    if rate is not Level.RACE:
        known["learning_rate"] = Term(_RATE, level=rate)
    hypers = tuple(f.name for f in fields(rule) if f.name not in known)
    copy = object.__new__(rule)  # unvalidated: its values are terms
    for f in fields(rule):
        term = Term(f"h_{f.name}", level=Level.RACE)
        object.__setattr__(copy, f.name, known.get(f.name, term))
    names = ("x", "g", *(f"s{k}" for k in range(len(rule.state))))
    x, g, *state = (Term(name, level=Level.ELEMENT) for name in names)
    g += copy.decay_to_gradient() * x
    x *= 1 - copy.decay_of_weights()
    results = copy.step(Term("t", level=Level.STEP), x, g, *state)
    return Record(names, (results[0], *_live(results[0], state, results[1:])), hypers, rate)


def _live(x: Any, state: list[Any], results: tuple[Any, ...]) -> list[Any]:
    """The new state; what the new x does not depend on, now or later, is left as it is."""
    needed = _inputs([x])
    while True:
        more = _inputs([x, *(new for old, new in zip(state, results, strict=True) if old in needed)])
        if more == needed:
            return [new if old in needed else old for old, new in zip(state, results, strict=True)]
        needed = more


def _inputs(results: list[Any]) -> set[Term]:
    read = [*results, *(arg for term in in_order(results) for arg in term.args)]
    return {term for term in read if isinstance(term, Term) and term.is_input}


class _Scalars:
    """The lines for what is not elementwise: once a race and once a step."""

    def __init__(self, order: Sequence[Term]) -> None:
        self.names: dict[Term, str] = {}
        self.lines: dict[Level, list[str]] = {Level.RACE: [], Level.STEP: []}
        for term in order:
            if term.level is not Level.ELEMENT:
                text = float_text(term.op, [self.name(a) for a in term.args])
                self.names[term] = f"c{len(self.names)}"
                self.lines[term.level].append(f"{self.names[term]} = {text}")

    def name(self, term: Any) -> str:
        if not isinstance(term, Term):
            return repr(float(term))
        return term.op if term.is_input else self.names[term]


def float_text(op: str, args: list[str]) -> str:
    """An operation on Python floats, as an expression in brackets."""
    match op:
        case "sqrt":
            return f"root({args[0]})"
        case "absolute":
            return f"abs({args[0]})"
        case "maximum":
            return f"larger({args[0]}, {args[1]})"
        case "where":
            return f"({args[1]} if {args[0]} else {args[2]})"
    return f"({args[0]} {op} {args[1]})"


FloatLoop = Callable[..., list[float]]


@dataclass(frozen=True)
class Handling:
    """What a loop on floats does beside stepping.

    Attributes
    ----------
    scheduled
        The learning rate is handed in, one a step.
    ascent
        The sign of the gradient is turned.
    noisy
        Noise is handed in, d numbers a step, and added to the gradient.
    clipped
        A gradient that is too long is cut.
    watching
        The learning rate falls where the loss does not.
    absolute
        What is watched must fall by a difference, not by a share.
    """

    scheduled: bool = False
    ascent: bool = False
    noisy: bool = False
    clipped: bool = False
    watching: bool = False
    absolute: bool = False


PLAIN = Handling()
#: The function itself, of d floats, and the schedule that watches it.
Watch = tuple[Callable[..., float], ReduceOnPlateau]


def float_loop(
    rule: Rule,
    dimension: int,
    gradient: Callable[..., tuple[float, ...]],
    handling: Handling = PLAIN,
    clip: float = 0.0,
    watch: Watch | None = None,
) -> FloatLoop:
    """The loop over steps of one run on Python floats.

    A gradient that was printed, and so has its lines in ``gradient.source``, is written into the loop: a call a step
    costs as much as half a rule.

    Returns
    -------
    callable
        ``loop(ts, memory, adds, *feeds)``: for every step number of `ts` one step, handing each new coordinate to its
        function in `adds`; gives the memory (d coordinates, each with its state; if watching, learning rate, best loss
        so far and the number of steps without a better one) to go on with. `feeds` hold a number for each of `ts`: the
        learning rates if scheduled, then the noise of each coordinate if noisy.
    """
    what = record(rule, Level.STEP if handling.scheduled or handling.watching else Level.RACE)
    make = _float_maker(what, dimension, gradient, handling)
    watched = None if watch is None else (watch[0], watch[1].gamma, watch[1].patience, watch[1].threshold)
    return make(clip, watched, *(getattr(rule, name) for name in what.hypers))  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _float_maker(
    what: Record, d: int, gradient: Callable[..., tuple[float, ...]], handling: Handling
) -> Callable[..., Any]:
    code = _float_code(what, d, getattr(gradient, "source", ""), handling)
    return _maker(code, {**getattr(gradient, "__globals__", {}), "gradient": gradient})


@lru_cache(maxsize=128)
def _float_code(what: Record, d: int, source: str, handling: Handling) -> CodeType:
    """The code for one text of a gradient, whatever its names stand for: a parameter may change with every frame."""
    order = in_order(what.results)
    scalars = _Scalars(order)
    body = _gradient_lines(d, source)
    body += _handling_lines(d, handling)
    body += scalars.lines[Level.STEP]
    for i in range(d):
        body += _float_element(what, order, scalars, i)
    body += [f"add{i}(x_{i})" for i in range(d)]
    memory = ", ".join(f"{name}_{i}" for i in range(d) for name in ("x", *what.names[2:]))
    prepared = []
    if handling.watching:
        memory += f", {_RATE}, best, bad"
        prepared = ["loss, gamma, patience, threshold = watch", "above, below = 1 - threshold, 1 + threshold"]
    adds = ", ".join(f"add{i}" for i in range(d))
    fed = [_RATE] * handling.scheduled + [f"w_{i}" for i in range(d)] * handling.noisy
    lines = [
        f"def make({', '.join(['clip', 'watch', *('h_' + name for name in what.hypers)])}):",
        *(f"    {line}" for line in [*prepared, *scalars.lines[Level.RACE]]),
        "    def loop(ts, memory, adds, *feeds):",
        f"        {memory}, = memory",
        f"        {adds}, = adds",
        f"        for t, {', '.join(fed)} in zip(ts, *feeds, strict=True):" if fed else "        for t in ts:",
        *(f"            {line}" for line in body),
        f"        return [{memory}]",
        "    return loop",
    ]
    return _compiled(lines)


def _gradient_lines(d: int, source: str) -> list[str]:
    """The lines that set ``g_0, g_1, …``: those of the printed function, or a call of it."""
    targets = ", ".join(f"g_{i}" for i in range(d))
    xs = [f"x_{i}" for i in range(d)]
    if not source.startswith("def f("):
        return [f"{targets}, = gradient({', '.join(xs)})"]
    head, *lines, last = source.splitlines()
    names = head.removeprefix("def f(").removesuffix("):").split(", ")
    return [
        *(f"{name} = {x}" for name, x in zip(names, xs, strict=True) if name != x),
        *(line.strip() for line in lines),
        f"{targets}, = {last.strip().removeprefix('return ')}",
    ]


def _handling_lines(d: int, handling: Handling) -> list[str]:
    """The lines that turn ``g_0, g_1, …`` into what the rule is handed, and the learning rate into that of the step."""
    gs = [f"g_{i}" for i in range(d)]
    lines: list[str] = []
    if handling.watching:
        # as in `Plateau`
        told = f"loss({', '.join(f'x_{i}' for i in range(d))})"
        lines += [
            f"told = {'-' * handling.ascent}{told}",
            f"if told < {'best - threshold' if handling.absolute else 'best * (above if best > 0 else below)'}:",
            "    best, bad = told, 0",
            "else:",
            "    bad += 1",
            "if bad > patience:",
            f"    {_RATE} *= gamma",
            "    bad = 0",
        ]
    if handling.ascent:
        lines += [f"{g} = -{g}" for g in gs]
    if handling.noisy:
        lines += [f"g_{i} += w_{i}" for i in range(d)]
    if handling.clipped:
        lines += [
            f"length = root({' + '.join(f'{g} * {g}' for g in gs)})",
            "if length > clip:",
            "    length = clip / length",
            *(f"    {g} *= length" for g in gs),
        ]
    return lines


def _float_element(what: Record, order: Sequence[Term], scalars: _Scalars, i: int) -> list[str]:
    """The lines of coordinate i: what is used once stands where it is used."""
    uses: dict[Term, int] = {}
    for term in order:
        for arg in term.args:
            if isinstance(arg, Term):
                uses[arg] = uses.get(arg, 0) + 1
    kept = {result for result in what.results if isinstance(result, Term)}
    texts: dict[Term, str] = {}
    lines: list[str] = []

    def text(term: Any) -> str:
        if not isinstance(term, Term) or term.level is not Level.ELEMENT:
            return scalars.name(term)
        return f"{term.op}_{i}" if term.is_input else texts[term]

    for term in order:
        if term.level is Level.ELEMENT:
            texts[term] = float_text(term.op, [text(a) for a in term.args])
            if uses.get(term, 0) > 1 or term in kept:
                lines.append(f"n{len(lines)} = {texts[term]}")
                texts[term] = f"n{len(lines) - 1}"
    targets = ", ".join(f"{name}_{i}" for name in ("x", *what.names[2:]))
    lines.append(f"{targets}, = {', '.join(text(result) for result in what.results)},")
    return lines


ArrayStep = Callable[..., None]


def array_step(rule: Rule, shape: tuple[int, ...], rate: Level = Level.RACE) -> ArrayStep:
    """One step of many runs on arrays of one shape.

    Returns
    -------
    callable
        ``step(t, x, g, *state)``: changes x and the state in place; g is only read. Unless `rate` is that of a race,
        the learning rate comes last: a float, or an array over runs.
    """
    what = record(rule, rate)
    maker, buffers = _array_maker(what)
    arrays = [np.empty(shape) for _ in range(buffers)]
    return maker(*(getattr(rule, name) for name in what.hypers), *arrays)  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _array_maker(what: Record) -> tuple[Callable[..., Any], int]:
    order = in_order(what.results)
    scalars = _Scalars(order)
    # ufuncs take a scalar faster as an array of no dimension than as a float
    wrapped: dict[str, str] = {}
    body, buffers = _array_element(what, order, scalars, wrapped)
    race = [*scalars.lines[Level.RACE]]
    step = [*scalars.lines[Level.STEP]]
    stepwise = {name for term, name in scalars.names.items() if term.level is Level.STEP} | {"t"}
    rate = [] if what.rate is Level.RACE else [_RATE]
    stepwise.update(rate)
    for name, array in wrapped.items():
        race.append(f"{array} = np.array({'0.0' if name in stepwise else name})")
        if name in stepwise:
            step.append(f"{array}[()] = {name}")
    inputs = [f"h_{name}" for name in what.hypers] + [f"b{k}" for k in range(buffers)]
    lines = [
        f"def make({', '.join(inputs)}):",
        *(f"    {line}" for line in race),
        f"    def step(t, {', '.join([*what.names, *rate])}):",
        *(f"        {line}" for line in [*step, *body, "return None"]),
        "    return step",
    ]
    return _maker(_compiled(lines), {}), buffers


def _array_element(
    what: Record, order: Sequence[Term], scalars: _Scalars, wrapped: dict[str, str]
) -> tuple[list[str], int]:
    """The lines of the elementwise part, each result in an array that is free by then."""
    elements = [term for term in order if term.level is Level.ELEMENT]
    last_use: dict[Term, int] = {}
    for k, term in enumerate(elements):
        for arg in term.args:
            if isinstance(arg, Term):
                last_use[arg] = k
    inputs = {arg.op: arg for term in elements for arg in term.args if isinstance(arg, Term) and arg.is_input}
    targets = {
        result: name
        for name, result in zip(("x", *what.names[2:]), what.results, strict=True)
        if isinstance(result, Term)
    }
    places: dict[Term, str] = {}
    free: list[str] = []
    lines: list[str] = []
    count = 0

    def place(term: Any) -> str:
        if isinstance(term, Term) and term.level is Level.ELEMENT:
            return term.op if term.is_input else places[term]
        name = scalars.name(term)
        return wrapped.setdefault(name, f"a{len(wrapped)}")

    for term in targets:
        if term.is_input and targets[term] != term.op:  # an old value that becomes another's new one
            places[term] = f"b{count}"
            count += 1
            lines.append(f"{places[term]}[...] = {term.op}")

    for k, term in enumerate(elements):
        target = targets.get(term, "")
        # a result may take its input's place once nothing needs the old value any more
        if not target or (target in inputs and last_use[inputs[target]] > k):
            if not free:
                free.append(f"b{count}")
                count += 1
            target = free.pop()
        if term.op == "where":
            condition = term.args[0]
            test = place(condition) if condition.level is Level.ELEMENT else scalars.name(condition)
            lines.append(f"{target}[...] = np.where({test}, {place(term.args[1])}, {place(term.args[2])})")
        else:
            # numpy deprecates a third positional argument of maximum
            out = f"out={target}" if term.op == "maximum" else target
            lines.append(f"{_UFUNCS[term.op]}({', '.join([*map(place, term.args), out])})")
        places[term] = target
        for arg in {a for a in term.args if isinstance(a, Term)}:
            if last_use[arg] == k and places.get(arg, "").startswith("b") and arg not in targets:
                free.append(places[arg])
    for name, result in zip(("x", *what.names[2:]), what.results, strict=True):
        source = places.get(result) or place(result)
        if source != name:
            lines.append(f"{name}[...] = {source}")
    return lines, count


def _compiled(lines: list[str]) -> CodeType:
    return compile("\n".join(lines), "<rule>", "exec")


def _maker(code: CodeType, names: dict[str, Any]) -> Callable[..., Any]:
    scope: dict[str, Any] = {**names, **_SCOPE}
    exec(code, scope)
    return scope["make"]  # type: ignore[no-any-return]
