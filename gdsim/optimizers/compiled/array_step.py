"""A rule's step written out for arrays: the same operations in the same order, into arrays that are there already."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.operations import OPERATIONS
from gdsim.optimizers.compiled.printing import Scalars, compiled, indented, maker
from gdsim.optimizers.compiled.record import RATE, Record, lane_record, look_record
from gdsim.optimizers.compiled.terms import Level, Term, in_order

ArrayStep = Callable[..., None]


def array_step(rule: Rule, shape: tuple[int, ...], rate: Level = Level.RACE, lanes: tuple[str, ...] = ()) -> ArrayStep:
    """Print one step of many runs, on arrays of one shape.

    Parameters
    ----------
    rate
        How often the learning rate changes.
    lanes
        The hyperparameters that differ from run to run; see `lane_record`.

    Returns
    -------
    callable
        ``step(t, x, g, *state)``: changes x and the state in place; g is only read. What differs from run to run
        follows, arrays over runs; unless `rate` is that of a race, the learning rate comes last: a float, or an array
        over runs.
    """
    return _made(lane_record(rule, lanes, rate), rule, shape)


def array_look(
    rule: Rule, shape: tuple[int, ...], rate: Level = Level.RACE, lanes: tuple[str, ...] = ()
) -> ArrayStep | None:
    """Print the point at which a rule takes its gradient; None if that is x.

    ``look(t, point, x, *state)`` fills `point`, with what follows as for `array_step`, but for powers.
    """
    recorded = look_record(rule, lanes, rate)
    return None if recorded is None else _made(recorded, rule, shape)


def _made(recorded: Record, rule: Rule, shape: tuple[int, ...]) -> ArrayStep:
    make, buffers = _array_maker(recorded)
    arrays = [np.empty(shape) for _ in range(buffers)]
    return make(*(getattr(rule, name) for name in recorded.hypers), *arrays)  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _array_maker(recorded: Record) -> tuple[Callable[..., Any], int]:
    order = in_order(recorded.results)
    scalars = Scalars(order)
    elements = _Elements(recorded, order, scalars)
    body = elements.lines
    rate = [] if recorded.rate is Level.RACE else [RATE]
    race, step = _wrappings(elements.wrapped, scalars, rate)
    inputs = [f"h_{name}" for name in recorded.hypers] + [f"b{k}" for k in range(elements.buffers)]
    lines = [
        f"def make({', '.join(inputs)}):",
        *indented([*scalars.lines[Level.RACE], *race], 1),
        f"    def step(t, {', '.join([*recorded.names, *recorded.lanes, *rate])}):",
        *indented([*scalars.lines[Level.STEP], *step, *body, "return None"], 2),
        "    return step",
    ]
    return maker(compiled(lines), {}), elements.buffers


def _wrappings(wrapped: dict[str, str], scalars: Scalars, rate: list[str]) -> tuple[list[str], list[str]]:
    """The lines that put scalars into arrays of no dimension, once a race and once a step."""
    stepwise = {name for term, name in scalars.names.items() if term.level is Level.STEP} | {"t", *rate}
    # they are made once, and what changes with the step is written into them
    race = [f"{array} = np.array({'0.0' if name in stepwise else name})" for name, array in wrapped.items()]
    step = [f"{array}[()] = {name}" for name, array in wrapped.items() if name in stepwise]
    return race, step


class _Elements:
    """The lines of the elementwise part, each result in an array that is free by then.

    Attributes
    ----------
    lines
        What is done in a step.
    wrapped
        By the name of a scalar, the array of no dimension that holds it: ufuncs take one faster than a float.
    buffers
        How many arrays it needs beside x, the gradient and the state.
    """

    def __init__(self, recorded: Record, order: list[Term], scalars: Scalars) -> None:
        self.lines: list[str] = []
        self.wrapped: dict[str, str] = {}
        self.buffers = 0
        self._scalars = scalars
        self._elements = [term for term in order if term.level is Level.ELEMENT]
        self._last_use = {arg: k for k, term in enumerate(self._elements) for arg in term.args if _is_term(arg)}
        self._inputs = {arg.op: arg for arg in self._last_use if arg.is_input}
        pairs = list(zip(recorded.kept, recorded.results, strict=True))
        self._targets = {result: name for name, result in pairs if _is_term(result)}
        self._places: dict[Term, str] = {}
        # buffers are used again as soon as may be: few of them stay in the processor's cache
        self._free: list[str] = []
        self._set_aside()
        for k, term in enumerate(self._elements):
            self._print(k, term)
        for name, result in pairs:
            self._keep(name, result)

    def _set_aside(self) -> None:
        """Copy every old value that becomes another's new one, before it is overwritten."""
        for term, name in self._targets.items():
            if term.is_input and name != term.op:
                self._places[term] = self._new_buffer()
                self.lines.append(f"{self._places[term]}[...] = {term.op}")

    def _print(self, k: int, term: Term) -> None:
        """Add the line of element k, and free what is needed for the last time."""
        target = self._target(k, term)
        if term.op == "where":
            condition, yes, no = term.args
            test = self._place(condition) if condition.level is Level.ELEMENT else self._scalars.name(condition)
            self.lines.append(f"{target}[...] = np.where({test}, {self._place(yes)}, {self._place(no)})")
        else:
            # numpy deprecates a third positional argument of maximum
            out = f"out={target}" if term.op == "maximum" else target
            args = ", ".join([*map(self._place, term.args), out])
            self.lines.append(f"{OPERATIONS[term.op].ufunc}({args})")
        self._places[term] = target
        # a set: an operand that stands twice is freed once
        for arg in {a for a in term.args if _is_term(a)}:
            if self._last_use[arg] == k and self._places.get(arg, "").startswith("b") and arg not in self._targets:
                self._free.append(self._places[arg])

    def _keep(self, name: str, result: Any) -> None:
        """Copy a result to where the next step finds it, unless it was written there."""
        source = self._places.get(result) or self._place(result)
        if source != name:
            self.lines.append(f"{name}[...] = {source}")

    def _target(self, k: int, term: Term) -> str:
        """The array that element k is written into: that of the result it is, as soon as that can be had."""
        target = self._targets.get(term, "")
        # a result may take its input's place once nothing needs the old value any more
        is_needed = target in self._inputs and self._last_use[self._inputs[target]] > k
        if target and not is_needed:
            return target
        return self._free.pop() if self._free else self._new_buffer()

    def _new_buffer(self) -> str:
        self.buffers += 1
        return f"b{self.buffers - 1}"

    def _place(self, term: Any) -> str:
        """The array that holds a term, or a plain number."""
        if _is_term(term) and term.level is Level.ELEMENT:
            return term.op if term.is_input else self._places[term]
        return self.wrapped.setdefault(self._scalars.name(term), f"a{len(self.wrapped)}")


def _is_term(value: Any) -> bool:
    return isinstance(value, Term)
