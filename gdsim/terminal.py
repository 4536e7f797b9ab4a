"""What the command line prints: aligned tables that any terminal can show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TextIO

from gdsim.objectives import FUNCTIONS
from gdsim.optimizers import OPTIMIZERS
from gdsim.optimizers.base import Hyper
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import endings

#: For terminals that know no Greek.
_SPELLED = {
    "α": "alpha", "β": "beta", "δ": "delta", "ε": "epsilon", "η": "eta", "λ": "lambda", "ρ": "rho", "τ": "tau",
    "ψ": "psi", "₀": "0", "₁": "1", "₂": "2", "∇": "grad ", "‖": "|", "−": "-", "–": "-", "·": "*", "×": "x",
    "é": "e", "…": "...",
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


def number(value: float) -> str:
    """Four significant digits, scientific only where needed."""
    return "–" if math.isnan(value) else f"{value + 0.0:.4g}"


def aligned(rows: Iterable[Sequence[str]], right: Sequence[int], stream: TextIO | None) -> str:
    """Rows as lines of columns; the columns numbered in `right` are flush right."""
    table = [[legible(cell, stream) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    sides = [">" if i in right else "<" for i in range(len(widths))]
    lines = ("  ".join(f"{cell:{side}{w}}" for cell, side, w in zip(row, sides, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def outcomes(experiment: Experiment, race: Trajectories, stream: TextIO | None) -> str:
    """How a race ended: what was raced, and one line an optimizer."""
    names = experiment.objective.names
    header = ["optimizer", *names, "loss", "‖∇f‖", "distance"]
    several = [f"best of {race.runs}", f"median of {race.runs}"] if race.runs > 1 else []
    rows = [[*header, *several, "outcome"]]
    for end in endings(race):
        numbers = [*end.position, end.loss, end.gradient_norm, end.distance]
        if several:
            numbers += [end.best, end.median]
        rows.append([end.label, *map(number, numbers), str(end.outcome)])
    start = ", ".join(map(number, race.positions[0, 0, :, 0]))
    title = f"{experiment.objective.title} from ({start}), {counted(experiment.steps, 'step')}"
    if experiment.restarts:
        title += f", {counted(experiment.restarts, 'restart')} with seed {experiment.seed}"
    return legible(title, stream) + "\n\n" + aligned(rows, range(1, len(rows[0]) - 1), stream)


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
    blocks = []
    parameters = [[_parameter(hyper) for hyper in rule.hypers()] for rule in OPTIMIZERS.values()]
    # one width for all blocks, so that the eye can run down a column
    lines = iter(aligned([row for rows in parameters for row in rows], (3,), stream).splitlines())
    for rule, rows in zip(OPTIMIZERS.values(), parameters, strict=True):
        title = legible(f"{rule.key} – {rule.title}. {rule.summary}", stream)
        blocks.append("\n".join([title, *(next(lines) for _ in rows)]))
    return "\n\n".join(blocks)


def _parameter(hyper: Hyper) -> list[str]:
    if isinstance(hyper.default, bool):
        default, allowed = str(hyper.default).lower(), "true or false"
    else:
        default = f"{hyper.default:g}"
        allowed = f"{hyper.low:g} to {hyper.high:.10g}" if math.isfinite(hyper.high) else f"{hyper.low:g} or more"
    return ["  " + hyper.name, hyper.symbol, "default", default, allowed, hyper.meaning]
