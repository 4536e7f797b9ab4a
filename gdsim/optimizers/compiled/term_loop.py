"""A step written out with all its named terms: on plain floats, or on arrays over the coordinates.

The operations are those of the race, in the same order, so every term is that of the step taken, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.named_terms import NamedStep
from gdsim.optimizers.compiled.operations import OPERATIONS
from gdsim.optimizers.compiled.printing import Scalars, compiled, float_text, indented, maker
from gdsim.optimizers.compiled.record import RATE
from gdsim.optimizers.compiled.terms import Level, Term, in_order

Array = NDArray[np.float64]
TermLoop = Callable[..., tuple[list[Any], list[tuple[Any, ...]]]]


def term_loop(named: NamedStep, rule: Rule, dimension: int) -> TermLoop:
    """The loop over steps of one run that keeps all named terms; on floats, or on arrays if the dimension is 0.

    Returns
    -------
    callable
        ``loop(ts, memory, gradients, rates)``: for every step number of `ts` one step with one of `gradients` (d
        floats, or an array ``(d,)``; of a rule that looks elsewhere, what gives them there) and of `rates`. It gives
        the memory to go on with, and the values of each step. On floats both hold what is of one coordinate after the
        other; of what is the same for all coordinates there is one number.
    """
    make = _maker(named, dimension)
    return make(*[getattr(rule, name) for name in named.record.hypers])  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def _maker(named: NamedStep, d: int) -> Callable[..., Any]:
    recorded = named.record
    # first what the gradient waits for
    order = in_order([recorded.look, *recorded.results, *(each.term for each in named.worked_out)])
    scalars = Scalars(order)
    ends = [f"_{i}" for i in range(d)] or [""]
    body = _body(named, order, scalars, [_Coordinate(scalars, end) for end in ends])
    memory = ", ".join(f"{name}{end}" for end in ends for name in recorded.kept)
    # a rate that is the same throughout is not handed in
    rate = "_" if RATE.removeprefix("h_") in recorded.hypers else RATE
    lines = [
        f"def make({', '.join('h_' + name for name in recorded.hypers)}):",
        *indented(scalars.lines[Level.RACE], 1),
        "    def loop(ts, memory, gradients, rates):",
        f"        {memory}, = memory",
        "        rows = []",
        "        keep = rows.append",
        f"        for t, g, {rate} in zip(ts, gradients, rates, strict=True):",
        *indented(body, 3),
        f"        return [{memory}], rows",
        "    return loop",
    ]
    return maker(compiled(lines), {"power": _power})


def _body(named: NamedStep, order: list[Term], scalars: Scalars, coordinates: list[_Coordinate]) -> list[str]:
    """The lines of one step: where it looks, the gradient there, the rest, and what is kept of it."""
    recorded, before = named.record, in_order([named.record.look])
    looking = _interleaved(before, coordinates)
    point = ", ".join(each.name(recorded.look) for each in coordinates)
    gradient = ", ".join(f"g{each.end}" for each in coordinates)
    lines = _interleaved(order[len(before) :], coordinates)
    kept = [
        each.name(one.term) for one in named.worked_out for each in (coordinates[:1] if one.is_scalar else coordinates)
    ]
    memory = ", ".join(f"{name}{each.end}" for each in coordinates for name in recorded.kept)
    return [
        *scalars.lines[Level.STEP],
        *looking,
        *([f"g = g({point})"] if recorded.look is not recorded.inputs[0] else []),
        f"{gradient}{',' * bool(coordinates[0].end)} = g",
        *lines,
        f"keep(({', '.join(kept)},))",
        f"{memory}, = {', '.join(each.name(result) for each in coordinates for result in recorded.results)},",
    ]


def _interleaved(order: list[Term], coordinates: list[_Coordinate]) -> list[str]:
    """The lines of all coordinates, term by term: a sum over the coordinates needs its term of each."""
    lines: list[str] = []
    for term in order:
        if term.level is not Level.ELEMENT:
            continue
        if term.op == "total":
            inside = [each.name(term.args[0]) for each in coordinates]
            text = " + ".join(inside) if coordinates[0].end else f"np.add.accumulate({inside[0]})[-1] + 0 * {inside[0]}"
            lines += [f"{each.new(term)} = {text}" for each in coordinates]
        else:
            lines += [each.line(term) for each in coordinates]
    return lines


class _Coordinate:
    """The names and lines of one coordinate, or, with no `end`, of an array over all."""

    def __init__(self, scalars: Scalars, end: str) -> None:
        self.end = end
        self._scalars = scalars
        self._names: dict[Term, str] = {}

    def name(self, term: Any) -> str:
        """A term, or a plain number, as it stands in a line."""
        if not isinstance(term, Term) or term.level is not Level.ELEMENT:
            return self._scalars.name(term)
        return f"{term.op}{self.end}" if term.is_input else self._names[term]

    def new(self, term: Term) -> str:
        """Name a term."""
        self._names[term] = f"n{len(self._names)}{self.end}"
        return self._names[term]

    def line(self, term: Term) -> str:
        """The line that works a term out."""
        args = [self.name(arg) for arg in term.args]
        text = float_text(term.op, args) if self.end else _array_text(term.op, args)
        return f"{self.new(term)} = {text}"


def _array_text(op: str, args: list[str]) -> str:
    if op == "where":
        return f"np.where({', '.join(args)})"
    if op == "**":
        return f"power({', '.join(args)})"
    return f"{OPERATIONS[op].ufunc}({', '.join(args)})"


def _power(base: Any, exponent: Any) -> Array:
    """Powers as Python rounds them: numpy rounds those of arrays otherwise."""
    return np.asarray(np.frompyfunc(pow, 2, 1)(base, exponent), dtype=float)
