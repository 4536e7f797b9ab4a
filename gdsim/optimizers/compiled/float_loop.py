"""A rule written out as a loop over the steps of one run, on plain Python floats.

Calling `Rule.step` for every coordinate works out again what is the same for all of them. Written out from its record
(see `terms`), the same operations in the same order take half the time, and give the same numbers to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.printing import Scalars, compiled, indented, maker
from gdsim.optimizers.compiled.record import LOOK, RATE, Record, look_record, record
from gdsim.optimizers.compiled.run_lines import run_lines
from gdsim.optimizers.compiled.terms import Level, Term, in_order
from gdsim.optimizers.plateau import ReduceOnPlateau

FloatLoop = Callable[..., list[float]]


@dataclass(frozen=True)
class Handling:
    """Work of a loop on floats beside stepping.

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
    rate = Level.STEP if handling.scheduled or handling.watching else Level.RACE
    recorded = record(rule, rate)
    make = _float_maker(recorded, look_record(rule, rate=rate), dimension, gradient, handling)
    watched = None if watch is None else (watch[0], watch[1].gamma, watch[1].patience, watch[1].threshold)
    return make(clip, watched, *[getattr(rule, name) for name in recorded.hypers])  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _float_maker(
    recorded: Record, look: Record | None, d: int, gradient: Callable[..., tuple[float, ...]], handling: Handling
) -> Callable[..., Any]:
    code = _float_code(recorded, look, d, getattr(gradient, "source", ""), handling)
    return maker(code, {**getattr(gradient, "__globals__", {}), "gradient": gradient})


@lru_cache(maxsize=128)
def _float_code(recorded: Record, look: Record | None, d: int, source: str, handling: Handling) -> CodeType:
    """The code for one text of a gradient, whatever its names stand for: a parameter may change with every frame."""
    order = in_order(recorded.results)
    scalars = Scalars(order)
    plateau, looking = _Plateau(d, handling), _Looking(look, d)
    # all are local variables, the fastest that Python has; the lists between chunks are unpacked into them
    memory = [f"{name}_{i}" for i in range(d) for name in recorded.kept] + plateau.memory
    fed = [RATE] * handling.scheduled + [f"w_{i}" for i in range(d)] * handling.noisy
    body = [
        # the loss before the step decides its η
        *plateau.step,
        *looking.step,
        *gradient_lines(d, source, looking.point),
        *_handling_lines(d, handling),
        *scalars.lines[Level.STEP],
        *run_lines(recorded, order, scalars, d),
        *(f"add{i}(x_{i})" for i in range(d)),
    ]
    lines = [
        f"def make({', '.join(['clip', 'watch', *('h_' + name for name in recorded.hypers)])}):",
        *indented([*plateau.race, *looking.race, *scalars.lines[Level.RACE]], 1),
        "    def loop(ts, memory, adds, *feeds):",
        f"        {', '.join(memory)}, = memory",
        f"        {', '.join(f'add{i}' for i in range(d))}, = adds",
        f"        for t, {', '.join(fed)} in zip(ts, *feeds, strict=True):" if fed else "        for t in ts:",
        *indented(body, 3),
        f"        return [{', '.join(memory)}]",
        "    return loop",
    ]
    return compiled(lines)


def gradient_lines(d: int, source: str, point: str = "x") -> list[str]:
    """The lines that set ``g_0, g_1, …`` at ``x_0, x_1, …``: those of the printed function, or a call of it."""
    targets = ", ".join(f"g_{i}" for i in range(d))
    xs = [f"{point}_{i}" for i in range(d)]
    # a callable of a person's own has no lines
    if not source.startswith("def f("):
        return [f"{targets}, = gradient({', '.join(xs)})"]
    head = source.partition("\n")[0]
    names = head.removeprefix("def f(").removesuffix("):").split(", ")
    if point != "x" and names[0] == "x_0":
        # a difference calls its arguments as the loop does x, which must stay
        names, source = xs, re.sub(r"\bx_(\d+)\b", rf"{point}_\1", source)
    _, *lines, last = source.splitlines()
    return [
        *(f"{name} = {x}" for name, x in zip(names, xs, strict=True) if name != x),
        *(line.strip() for line in lines),
        f"{targets}, = {last.strip().removeprefix('return ')}",
    ]


class _Looking:
    """The lines for the point at which the gradient is taken; none where that is x.

    Attributes
    ----------
    point
        Its name.
    race, step
        The lines once a race and once a step.
    """

    def __init__(self, look: Record | None, d: int) -> None:
        self.point, self.race, self.step = "x", list[str](), list[str]()
        if look is None:
            return
        order = in_order(look.results)
        # a letter of its own: the rule's scalars stand in the same loop
        scalars = Scalars(order, prefix="k")
        self.point, self.race = LOOK, scalars.lines[Level.RACE]
        self.step = [*scalars.lines[Level.STEP], *run_lines(look, order, scalars, d)]


class _Plateau:
    """The lines of a schedule that watches the loss; none where there is no such schedule.

    Attributes
    ----------
    memory
        What it remembers from step to step.
    race, step
        The lines once a race and once a step, which set the learning rate.
    """

    def __init__(self, d: int, handling: Handling) -> None:
        self.memory: list[str] = []
        self.race: list[str] = []
        self.step: list[str] = []
        if not handling.watching:
            return
        self.memory = [RATE, "best", "bad"]
        schedule = _schedule_of_terms(handling.absolute)
        results = schedule.reduced(*(Term(name, level=Level.STEP) for name in ("loss", *self.memory)))
        # a letter of its own: the rule's scalars stand in the same loop
        scalars = Scalars(in_order(results), prefix="p")
        loss = f"{'-' * handling.ascent}value({', '.join(f'x_{i}' for i in range(d))})"
        self.race = ["value, gamma, patience, threshold = watch", *scalars.lines[Level.RACE]]
        self.step = [
            f"loss = {loss}",
            *scalars.lines[Level.STEP],
            f"{', '.join(self.memory)} = {', '.join(map(scalars.name, results))}",
        ]


def _schedule_of_terms(absolute: bool) -> Any:
    """A schedule whose numbers are terms, to record what it does with a loss."""
    schedule = object.__new__(ReduceOnPlateau)
    object.__setattr__(schedule, "absolute", absolute)
    for name in ("gamma", "patience", "threshold"):
        object.__setattr__(schedule, name, Term(name, level=Level.RACE))
    return schedule


def _handling_lines(d: int, handling: Handling) -> list[str]:
    """The lines that turn ``g_0, g_1, …`` into what the rule is handed."""
    gs = [f"g_{i}" for i in range(d)]
    lines: list[str] = []
    if handling.ascent:
        lines += [f"{g} = -{g}" for g in gs]
    if handling.noisy:
        lines += [f"g_{i} += w_{i}" for i in range(d)]
    if handling.clipped:
        # the same operations as the arrays' in `simulation.arrays`, for the same bits
        lines += [
            f"length = root({' + '.join(f'{g} * {g}' for g in gs)})",
            "if length > clip:",
            "    length = clip / length",
            *(f"    {g} *= length" for g in gs),
        ]
    return lines
