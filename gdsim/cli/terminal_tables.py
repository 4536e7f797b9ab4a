"""What the command line prints: aligned tables that any terminal can show."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

import numpy as np

from gdsim.cli.readings import read_as
from gdsim.errors import shown
from gdsim.objectives import FUNCTIONS, MODEL_KEYS, Function, GradientMode
from gdsim.objectives.formula.formula import read
from gdsim.objectives.surfaces.high_dimensional import DIMENSION, FEWEST, MANY, MOST
from gdsim.optimizers import OPTIMIZERS, SCHEDULES, Schedule
from gdsim.optimizers.described import Described, Hyper
from gdsim.simulation.endings.outcome_kinds import LOST
from gdsim.simulation.endings.reached import share_of
from gdsim.simulation.experiment import EXACT, Experiment
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import Ending, endings

if TYPE_CHECKING:
    from gdsim.objectives.data.models.model_kinds import Option

#: As many coordinates have columns of their own.
_MOST_COLUMNS = 4
#: And so many parameters that nobody has set are told.
_MOST_TOLD = 12
#: How many significant digits a number has unless more are asked for.
DIGITS = 4
#: Of separable classes.
_PARTED = "a line parts the classes: longer weights are better for ever, there is no minimum"
#: For terminals that know no Greek.
_SPELLED = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "η": "eta",
    "λ": "lambda",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "ψ": "psi",
    "₀": "0",
    "₁": "1",
    "₂": "2",
    "²": "^2",
    "³": "^3",
    "√": "sqrt",
    "Σ": "sum ",
    "Π": "product ",
    "½": "1/2",
    "ᵢ": "[i]",
    "⁴": "^4",
    "∇": "grad ",
    "‖": "|",
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "x",
    "÷": "/",
    "é": "e",
    "…": "...",
}


def legible(text: str, stream: TextIO | None) -> str:
    """`text` as far as a stream's encoding can show it; Greek is spelled out where it cannot."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        spelled = "".join(_SPELLED.get(letter, letter) for letter in text.replace("ᵢ₊₁", "[i+1]"))
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


def outcomes(
    experiment: Experiment, race: Trajectories, stream: TextIO | None, digits: int = DIGITS, chosen: str = ""
) -> str:
    """How a race ended: what was raced, and one line an optimizer with numbers of so many significant digits.

    Under what was raced stands what was `chosen` that nobody asked for.

    Where there are restarts, these numbers and the outcome are of the run from the start point; how many of all runs
    reached the global minimum stands beside them, and below it how all of them ended.
    """
    names = experiment.objective.shown_names
    # a network has too many weights for a line
    names = names if len(names) <= _MOST_COLUMNS else ()
    header = ["optimizer", *names, "loss", "‖∇f‖", "distance"]
    judged = _judged(experiment, race)
    several = [f"best of {race.runs}", f"median of {race.runs}", race.reached.aim] if race.runs > 1 else []
    rows = [[*header, *judged, *several, "outcome"]]
    ends = endings(race)
    for o, end in enumerate(ends):
        position = end.position if names else ()
        numbers = [*position, end.loss, end.gradient_norm, end.distance, *(column[o] for column in judged.values())]
        if several:
            numbers += [end.best, end.median]
        summed = [share_of(end.reached, race.runs)] if several else []
        rows.append([end.label, *(number(value, digits) for value in numbers), *summed, str(end.outcome)])
    table = aligned(rows, range(1, len(rows[0]) - 1), stream)
    facts = [*_understood(experiment), *_not_set(experiment), *[chosen] * bool(chosen)]
    head = "\n".join([_title(experiment), *facts])
    blocks = [legible(head, stream), table, *_equations(experiment, ends, stream, digits)]
    blocks += [_all_runs(race, ends, stream, digits)] if several else []
    return "\n\n".join(blocks)


def _all_runs(race: Trajectories, ends: Sequence[Ending], stream: TextIO | None, digits: int) -> str:
    """How all runs ended, a line an optimizer; and what they are counted by where no minimum is known."""
    rows = [["optimizer", f"outcomes of {race.runs}"]]
    rows += [[end.label, ", ".join(map(str, end.tally))] for end in ends]
    lines = [aligned(rows, (), stream)]
    reached = race.reached
    if not reached.known:
        extremum = "maximum" if race.ascent else "minimum"
        note = f"{reached.aim}: {number(reached.value, digits)}; no global {extremum} is known"
        lines.append(legible(note, stream))
    return "\n".join(lines)


def _equations(experiment: Experiment, ends: Sequence[Ending], stream: TextIO | None, digits: int) -> list[str]:
    """Of a model of one neuron, in the units of its table, what each optimizer found, and that it has no end."""
    if experiment.function not in MODEL_KEYS:
        return []
    from gdsim.objectives.data import Model
    from gdsim.objectives.data.lookup import dataset_of
    from gdsim.objectives.data.models.equation import equation
    from gdsim.objectives.data.models.model_kinds import MODELS

    model, data = experiment.objective, dataset_of(experiment.data or MODELS[str(experiment.function)].data)
    assert isinstance(model, Model)  # its key says so
    write = partial(number, digits=digits)
    # what was lost has found nothing
    found = [end for end in ends if math.isfinite(end.loss) and end.outcome.kind not in LOST]
    rows = [[end.label, equation(model, np.array(end.position), write, data.target, data.classes)] for end in found]
    blocks = [aligned(rows, (), stream)] if rows and rows[0][1] else []
    parted = [end.label for end in found if model.has_parted(np.array(end.position))]
    if parted:
        blocks.append(legible(f"{', '.join(parted)}: {_PARTED}", stream))
    return blocks


def _judged(experiment: Experiment, race: Trajectories) -> dict[str, list[float]]:
    """Of a model, by heading: how well run 0 of each optimizer does at the end on what it learned from and on the rest.

    The share of right classes, or the mean squared error.
    """
    if experiment.function not in MODEL_KEYS:
        return {}
    from gdsim.objectives.data import Model

    model = experiment.objective
    assert isinstance(model, Model)  # its key says so
    ends = race.positions[race.steps, :, :, 0].T
    what, measure = ("accuracy", model.accuracy) if model.is_classes else ("MSE", model.error)
    columns = {what: measure(ends).tolist()}
    if model.held_out is not None:
        columns[f"{what} held out"] = measure(ends, "held_out").tolist()
    return columns


def _title(experiment: Experiment) -> str:
    """What was raced, and all that is not as usual."""
    objective = experiment.objective
    at = objective.start if experiment.start is None else experiment.start
    start = ", ".join([*map(number, at[:_MOST_COLUMNS]), *["…"] * (len(at) > _MOST_COLUMNS)])
    facts = [
        f"{objective.title or shown(objective.text)}{', ascent' * experiment.ascent} from ({start})",
        *_examples(experiment),
        *[f"{DIMENSION} {objective.dimension}"] * (DIMENSION in experiment.options),
        *(f"{name} = {objective.parameters[name]:g}" for name in objective.parameters if name in experiment.parameters),
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


def _understood(experiment: Experiment) -> list[str]:
    """How a typed formula was read, where that is not plain: a line, or none."""
    function = experiment.objective
    if not isinstance(function, Function) or function.text != experiment.function:
        return []
    return [line] if (line := read_as(function)) else []


def _not_set(experiment: Experiment) -> list[str]:
    """The parameters of a formula that nobody has given a value, and those that look like coordinates: a line each."""
    values = experiment.objective.parameters if isinstance(experiment.objective, Function) else {}
    free = [name for name in values if name not in experiment.parameters]
    lines = [f"{name} is a parameter, not the coordinate {name.lower()}" for name in values if name in ("X", "Y")]
    if "z" in free and (head := read(experiment.objective.text).likely_head):
        lines.append(f"z is a parameter ({head} … makes it a coordinate)")
    if free:
        told = ", ".join(f"{name} = {values[name]:g}" for name in free[:_MOST_TOLD])
        more = f" and {len(free) - _MOST_TOLD} more" if len(free) > _MOST_TOLD else ""
        lines.append(f"{told}{more} (not set: --parameter {free[0]}=…)")
    return lines


def _examples(experiment: Experiment) -> list[str]:
    """What a model is trained on, what was chosen about it, and its batches."""
    if experiment.function not in MODEL_KEYS:
        return []
    from gdsim.objectives.data.lookup import dataset_of
    from gdsim.objectives.data.models.model_kinds import MODELS

    source = experiment.data or MODELS[str(experiment.function)].data
    name = source.key or (os.path.basename(source.path) if source.path else "a table")
    examples = dataset_of(source)
    held = f", {len(examples.held_out)} held out" if len(examples.held_out) else ""
    facts = [f"{counted(len(examples.train), 'example')} of {shown(name)}{held}"]
    parameters = len(experiment.objective.names)
    if parameters > _MOST_COLUMNS:
        facts.append(f"{parameters} parameters")
    facts += [f"{option} = {_told(value)}" for option, value in experiment.options.items()]
    if experiment.batch:
        facts.append(f"batches of {experiment.batch}")
    if (experiment.batch or experiment.function == "network") and not (experiment.restarts or experiment.noise):
        facts.append(f"seed {experiment.seed}")
    return facts


def _told(value: object) -> str:
    """The value of an option, as the command line takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _set_on(described: Schedule | GradientMode) -> str:
    fields = [field.name for field in dataclasses.fields(described) if field.name != "learning_rate"]
    values = {name: value for name in fields if (value := getattr(described, name)) is not False}
    return ", ".join(name if value is True else f"{name} = {value:g}" for name, value in values.items())


def counted(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


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
        rows = [["  " + o.name, "default " + _told(o.default), _allowed(o), o.meaning] for o in kind.options]
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
