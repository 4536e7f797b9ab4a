"""What the command line prints: aligned tables that any terminal can show."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Collection, Iterable, Sequence
from typing import TextIO

from gdsim.errors import shown
from gdsim.objectives import FUNCTIONS, GradientMode
from gdsim.optimizers import OPTIMIZERS, SCHEDULES, Schedule
from gdsim.optimizers.described import Described, Hyper
from gdsim.simulation.experiment import EXACT, Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import endings

#: How many significant digits a number has unless more are asked for.
DIGITS = 4
#: For terminals that know no Greek.
_SPELLED = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "λ": "lambda", "π": "pi",
    "ρ": "rho", "σ": "sigma", "τ": "tau", "ψ": "psi", "₀": "0", "₁": "1", "₂": "2", "²": "^2", "³": "^3", "√": "sqrt",
    "∇": "grad ", "‖": "|", "−": "-", "–": "-", "·": "*", "×": "x", "÷": "/", "é": "e", "…": "...",
}  # fmt: skip


def legible(text: str, stream: TextIO | None) -> str:
    """`text` as far as a stream's encoding can show it; Greek is spelled out where it cannot."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        spelled = "".join(_SPELLED.get(letter, letter) for letter in text)
        return spelled.encode(encoding, "replace").decode(encoding)
    return text


def number(value: float, digits: int = DIGITS) -> str:
    """Significant digits, scientific only where needed."""
    return "–" if math.isnan(value) else f"{value + 0.0:.{digits}g}"


def aligned(rows: Iterable[Sequence[str]], right: Sequence[int], stream: TextIO | None) -> str:
    """Rows as lines of columns; the columns numbered in `right` are flush right."""
    table = [[legible(cell, stream) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    sides = [">" if i in right else "<" for i in range(len(widths))]
    lines = ("  ".join(f"{cell:{side}{w}}" for cell, side, w in zip(row, sides, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def outcomes(experiment: Experiment, race: Trajectories, stream: TextIO | None, digits: int = DIGITS) -> str:
    """How a race ended: what was raced, and one line an optimizer with numbers of so many significant digits."""
    names = experiment.objective.names
    header = ["optimizer", *names, "loss", "‖∇f‖", "distance"]
    several = [f"best of {race.runs}", f"median of {race.runs}"] if race.runs > 1 else []
    rows = [[*header, *several, "outcome"]]
    for end in endings(race):
        numbers = [*end.position, end.loss, end.gradient_norm, end.distance]
        if several:
            numbers += [end.best, end.median]
        rows.append([end.label, *(number(value, digits) for value in numbers), str(end.outcome)])
    return legible(_title(experiment), stream) + "\n\n" + aligned(rows, range(1, len(rows[0]) - 1), stream)


def _title(experiment: Experiment) -> str:
    """What was raced, and all that is not as usual."""
    objective = experiment.objective
    start = ", ".join(map(number, objective.start if experiment.start is None else experiment.start))
    facts = [
        f"{objective.title or shown(objective.text)}{', ascent' * experiment.ascent} from ({start})",
        *(f"{name} = {value:g}" for name, value in objective.parameters.items()),
        counted(experiment.steps, "step"),
    ]
    if experiment.restarts:
        facts.append(f"{counted(experiment.restarts, 'restart')} with seed {experiment.seed}")
    if experiment.gradient != EXACT:
        facts.append(f"{experiment.gradient.title.lower()} with {_set_on(experiment.gradient)}")
    if experiment.noise:
        seed = "" if experiment.restarts else f" with seed {experiment.seed}"
        facts.append(f"noise σ = {experiment.noise:g}{seed}")
    if experiment.schedule:
        values = _set_on(experiment.schedule)
        facts.append(f"schedule {experiment.schedule.key}" + f" with {values}" * bool(values))
    if experiment.clip:
        facts.append(f"clipped at {experiment.clip:g}")
    return ", ".join(facts)


def _set_on(described: Schedule | GradientMode) -> str:
    fields = [field.name for field in dataclasses.fields(described) if field.name != "learning_rate"]
    return ", ".join(f"{name} = {getattr(described, name):g}" for name in fields)


def counted(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def functions(stream: TextIO | None) -> str:
    """Every built-in surface: key, title, what it is good for, formula."""
    rows = []
    for function in FUNCTIONS.values():
        rows.append([function.key, function.title, function.summary])
        rows.append(["", "", f"f({', '.join(function.names)}) = {function.text}"])
    return aligned(rows, (), stream)


def optimizers(stream: TextIO | None) -> str:
    """Every optimizer with its hyperparameters: name, symbol, default, range, meaning."""
    return _described(OPTIMIZERS.values(), stream)


def schedules(stream: TextIO | None) -> str:
    """Every schedule with its settings, told as those of optimizers are."""
    return _described(SCHEDULES.values(), stream)


def _described(kinds: Collection[type[Described]], stream: TextIO | None) -> str:
    blocks = []
    parameters = [[_parameter(hyper) for hyper in kind.hypers()] for kind in kinds]
    # one width for all blocks, so that the eye can run down a column
    lines = iter(aligned([row for rows in parameters for row in rows], (3,), stream).splitlines())
    for kind, rows in zip(kinds, parameters, strict=True):
        title = legible(f"{kind.key} – {kind.title}. {kind.summary}", stream)
        blocks.append("\n".join([title, *(next(lines) for _ in rows)]))
    return "\n\n".join(blocks)


def _parameter(hyper: Hyper) -> list[str]:
    if isinstance(hyper.default, bool):
        default, allowed = str(hyper.default).lower(), "true or false"
    else:
        default = f"{hyper.default:g}"
        allowed = f"{hyper.low:g} to {hyper.high:.10g}" if math.isfinite(hyper.high) else f"{hyper.low:g} or more"
    return ["  " + hyper.name, hyper.symbol, "default", default, allowed, hyper.meaning]
