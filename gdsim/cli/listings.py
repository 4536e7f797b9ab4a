"""The lists that the command line prints: functions, optimizers, schedules, models, sets of examples."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING, TextIO

from gdsim.cli.terminal import aligned, legible
from gdsim.cli.values import option_words
from gdsim.objectives import FUNCTIONS
from gdsim.objectives.surfaces.high_dimensional import DIMENSION, FEWEST, MANY, MOST
from gdsim.optimizers import OPTIMIZERS, SCHEDULES
from gdsim.optimizers.described import Described, Hyper

if TYPE_CHECKING:
    from gdsim.objectives.data.models.model_kinds import Option


def functions(stream: TextIO | None) -> str:
    """Every built-in surface: key, title, what it is good for, formula, and that for any dimension."""
    rows = []
    for function in FUNCTIONS.values():
        rows.append([function.key, function.title, function.summary])
        rows.append(["", "", f"f({', '.join(function.names)}) = {function.text}"])
        if function.key in MANY:
            rows.append(["", "", f"--option {DIMENSION}=d, {FEWEST} to {MOST}:  f = {MANY[function.key].formula}"])
    return aligned(rows, (), stream)


def optimizers(stream: TextIO | None) -> str:
    """Every optimizer with its hyperparameters: name, symbol, default, range, meaning."""
    return _described(OPTIMIZERS.values(), stream)


def schedules(stream: TextIO | None) -> str:
    """Every schedule with its settings, told as those of optimizers are."""
    return _described(SCHEDULES.values(), stream)


def models(stream: TextIO | None) -> str:
    """Every model on data: what it shows itself on, and its options with defaults and what is allowed."""
    from gdsim.objectives.data.models.model_kinds import MODELS

    blocks = []
    for kind in MODELS.values():
        title = f"{kind.key} – {kind.model.title}. {kind.model.summary} Examples: {kind.data.key}."
        rows = [["  " + o.name, "default " + option_words(o.default), _allowed(o), o.meaning] for o in kind.options]
        blocks.append(legible(title, stream) + "\n" + aligned(rows, (), stream))
    return "\n\n".join(blocks)


def _allowed(option: Option) -> str:
    from gdsim.objectives.data.checked import MOST_PENALTY

    if option.choices:
        return ", ".join(option.choices)
    if isinstance(option.default, bool):
        return "true or false"
    return "widths of 1 to 4 layers, such as 16,16" if isinstance(option.default, tuple) else f"0 to {MOST_PENALTY:g}"


def data(stream: TextIO | None) -> str:
    """Every set of examples: key, title, how many examples and how noisy unless told otherwise, what it shows."""
    from gdsim.objectives.data import DATASETS, SAMPLES

    made = [[s.key, s.title, f"count={s.count},noise={s.noise:g}", s.summary] for s in DATASETS.values()]
    real = [[s.key, s.title, "real", s.summary] for s in SAMPLES.values()]
    return aligned([*made, *real], (), stream)


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
