"""A rule's step as lines of arithmetic for one of many runs, for whoever turns them into machine code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.printing import Scalars, compiled, float_text, indented, maker
from gdsim.optimizers.compiled.record import RATE, Record
from gdsim.optimizers.compiled.run_lines import run_lines
from gdsim.optimizers.compiled.terms import Level, Term, in_order

Array = NDArray[np.float64]
_NAME = re.compile(r"\b[a-z]\w*\b")


@dataclass(frozen=True, eq=False)
class LaneLines:
    """The lines of one step of one run.

    Attributes
    ----------
    lines
        Assignments; the names end with ``_i`` for coordinate i, but for those of `table`.
    table
        The numbers that are the same for all runs, in every step: what `numbers` gives.
    recorded
        The record they were printed from.
    is_steady
        Whether these numbers are the same in all steps, too.
    """

    lines: tuple[str, ...]
    table: tuple[str, ...]
    recorded: Record
    is_steady: bool
    _numbers: Callable[..., Callable[..., tuple[float, ...]]]

    def numbers(self, rule: Rule, steps: int, rates: Sequence[float] | None = None) -> list[tuple[float, ...]]:
        """The `table` of each of the steps 1, 2, …; `rates` hold η if it changes."""
        of_step = self._numbers(*[getattr(rule, name) for name in self.recorded.hypers])
        if self.is_steady:
            return [of_step(1)] * steps
        if rates is None:
            return [of_step(t) for t in range(1, steps + 1)]
        return [of_step(t, rate) for t, rate in zip(range(1, steps + 1), rates, strict=True)]


@lru_cache(maxsize=128)
def lane_lines(recorded: Record, dimension: int, prefix: str = "c") -> LaneLines:
    """Print the lines of a record whose learning rate differs from run to run only as a hyperparameter does.

    The names of numbers that are worked out once a race or once a step begin with `prefix`.
    """
    order = in_order(recorded.results)
    scalars = Scalars(order, prefix)
    lines = run_lines(recorded, order, scalars, dimension)
    known = {"t", *(f"h_{name}" for name in recorded.hypers), *scalars.names.values(), RATE}
    table = sorted(known & {name for line in lines for name in _NAME.findall(line)})
    rate = [RATE] if recorded.rate is Level.STEP else []
    text = [
        f"def make({', '.join(f'h_{name}' for name in recorded.hypers)}):",
        *indented(scalars.lines[Level.RACE], 1),
        f"    def of_step({', '.join(['t', *rate])}):",
        *indented([*scalars.lines[Level.STEP], f"return ({' '.join(f'{name},' for name in table)})"], 2),
        "    return of_step",
    ]
    is_steady = not (rate or scalars.lines[Level.STEP] or "t" in table)
    return LaneLines(tuple(lines), tuple(table), recorded, is_steady, maker(compiled(text), {}))


class Powers:
    """Python's powers that differ from run to run, each worked out once for all runs that have the same values.

    Parameters
    ----------
    recorded, rule
        The record they were taken out of, and the values of all other hyperparameters.
    values
        The hyperparameters that differ, by name: ``(runs,)`` each.
    """

    def __init__(self, recorded: Record, rule: Rule, values: Mapping[str, Array]) -> None:
        self._powers = [_power(term, rule, values) for term in recorded.powers]
        self._runs = len(next(iter(values.values()), ()))

    def at(self, ts: Sequence[int]) -> Array:
        """The powers at some steps, ``(steps, powers, runs)``."""
        found = np.empty((len(ts), len(self._powers), self._runs))
        for k, (of, distinct, which) in enumerate(self._powers):
            for row, t in enumerate(ts):
                np.take(np.array([of(t, **given) for given in distinct]), which, out=found[row, k])
        return found


def _power(
    term: Term, rule: Rule, values: Mapping[str, Array]
) -> tuple[Callable[..., float], list[dict[str, float]], NDArray[np.int64]]:
    """A power as a function, the hyperparameters it depends on that are distinct, and which of them each run has."""
    order = in_order([term])
    inputs = sorted({arg.op for each in order for arg in each.args if isinstance(arg, Term) and arg.is_input} - {"t"})
    names = [name.removeprefix("h_") for name in inputs]
    varying = [name for name in names if name in values]
    fixed = {f"h_{name}": float(getattr(rule, name)) for name in names if name not in varying}
    rows, which = np.unique(np.stack([values[name] for name in varying]), axis=1, return_inverse=True)
    distinct = [dict(zip([f"h_{name}" for name in varying], row, strict=True)) | fixed for row in rows.T.tolist()]
    return _power_function(term, tuple(inputs)), distinct, which.ravel()


@lru_cache(maxsize=64)
def _power_function(term: Any, inputs: tuple[str, ...]) -> Callable[..., float]:
    """A power on Python floats, of the step number and the hyperparameters in it."""
    texts: dict[Any, str] = {}
    for each in in_order([term]):
        args = [texts.get(a, a.op) if isinstance(a, Term) else repr(float(a)) for a in each.args]
        texts[each] = float_text(each.op, args)
    function: Callable[..., float] = maker(
        compiled([f"def make({', '.join(['t', *inputs])}):", f"    return {texts[term]}"]), {}
    )
    return function
