"""An experiment as a program with torch.optim and nothing of ours.

As in `gdsim_program`, nothing that a person typed is pasted into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdsim.objectives import MODEL_KEYS, CentralDifference, ForwardDifference, Function
from gdsim.objectives.surfaces.high_dimensional import Many
from gdsim.simulation.experiment import Experiment
from gdsim.storage.programs import torch_skeleton as skeleton
from gdsim.storage.programs.gdsim_program import quoted, racing
from gdsim.storage.programs.torch_formula import torch_function
from gdsim.storage.programs.torch_many import torch_many
from gdsim.storage.programs.torch_rule import TorchRules
from gdsim.storage.programs.torch_schedule import torch_plateau, torch_schedule
from gdsim.storage.tables import labels


def torch_code(experiment: Experiment) -> str:
    """A program that runs the same race; its `positions` are ours but for rounding.

    Noise is as strong as ours, but of other numbers, as torch draws them. Batches are ours.

    Raises
    ------
    GdsimError
        If there is no program of it, or it would be too long.
    """
    tables = _Tables(experiment)
    functions = _function(experiment) + tables.rules.text
    functions += skeleton.HALF_WAVE * ("half_wave(" in tables.text) + "\n"
    return skeleton.PROGRAM.format(
        imports="import math\n\n" * ("math." in functions) + "import numpy\n" * bool(experiment.batch),
        steps=experiment.steps,
        tolerance=experiment.tolerance,
        constants=_constants(experiment),
        starts=_matrix(experiment.starts.tolist()),
        tables=tables.text,
        functions=functions,
        ends=skeleton.MODEL_ENDS if experiment.function in MODEL_KEYS else skeleton.ENDS,
        **_gradient(experiment),
        **_loop(experiment, tables),
    )


class _Tables:
    """Tables of what each optimizer of a race is made with, by its label.

    Attributes
    ----------
    rules
        The classes of those that torch.optim has not.
    schedules, watchers, clips
        Of those that have one: a schedule of the step number, one that watches the loss, the length of clipping.
    text
        All of them as tables of Python.
    """

    def __init__(self, experiment: Experiment) -> None:
        lanes = dict(zip(labels(experiment.lanes), racing(experiment), strict=True))
        self.rules = TorchRules()
        optimizers = {n: self.rules.made(lane.rule, experiment.ascent) for n, lane in lanes.items()}
        self.schedules = {n: torch_schedule(ln.schedule, experiment.steps) for n, ln in lanes.items() if ln.scheduled}
        plateaus = {n: lane.plateau for n, lane in lanes.items() if lane.plateau}
        # torch refuses γ = 1, which changes nothing
        self.watchers = {n: torch_plateau(plateau) for n, plateau in plateaus.items() if plateau.gamma < 1}
        self.clips = {n: repr(lane.clip) for n, lane in lanes.items() if lane.clip}
        tables = {"SCHEDULES": self.schedules, "WATCHERS": self.watchers, "CLIPS": self.clips}
        self.text = _table("OPTIMIZERS", optimizers)
        self.text += "".join(_table(name, table) for name, table in tables.items() if table)


def _table(name: str, rows: Mapping[str, str]) -> str:
    return f"{name} = {{\n" + "".join(f"    {quoted(label)}: {value},\n" for label, value in rows.items()) + "}\n"


def _loop(experiment: Experiment, tables: _Tables) -> dict[str, str]:
    """Pieces that stand in the loop over the steps, and around it."""
    # a plateau of torch has one η for all it is given: then every run has an optimizer of its own
    is_run_by_run = bool(tables.watchers)
    draws = skeleton.DRAWS.format(runs="runs" if is_run_by_run else "range(point.shape[1])")
    watch = skeleton.WATCH.format(sign="-" * experiment.ascent)
    return {
        "arguments": "name, runs" if is_run_by_run else "name",
        "chosen": "[:, runs]" if is_run_by_run else "",
        "looking": skeleton.LOOK * tables.rules.is_looking,
        "looked": "look(point)" if tables.rules.is_looking else "point",
        "prepare": _made_of(tables) + draws * bool(experiment.noise),
        "change": skeleton.NOISE * bool(experiment.noise) + skeleton.CLIP * bool(tables.clips) + watch * is_run_by_run,
        "after": skeleton.AFTER * bool(tables.schedules),
        "apart": skeleton.APART * is_run_by_run,
        "race": "race" if is_run_by_run else "descend",
    }


def _made_of(tables: _Tables) -> str:
    """Lines that make what goes with an optimizer, where any has it."""
    return "".join(
        f"    {one} = {name}[name](optimizer) if name in {name} else None\n"
        for one, name, table in (("schedule", "SCHEDULES", tables.schedules), ("watcher", "WATCHERS", tables.watchers))
        if table
    )


def _gradient(experiment: Experiment) -> dict[str, str]:
    """Pieces that work out the gradient: by autograd or a difference, of all examples or those of a step."""
    rows, given, turn = skeleton.BATCHED if experiment.batch else ("", "", "_ in range(STEPS)")
    difference = ""
    if found := skeleton.DIFFERENCES.get(type(experiment.gradient)):
        formula, quotient = found
        difference = skeleton.DIFFERENCE.replace("{formula}", formula).replace("{quotient}", quotient)
    return {
        "exact": "slope" if difference else "gradient",
        "difference": difference.format(rows=rows, given=given),
        "rows": rows,
        "given": given,
        "turn": turn,
    }


def _constants(experiment: Experiment) -> str:
    """Constants that a difference, noise and batches need."""
    lines = ""
    if isinstance(experiment.gradient, CentralDifference | ForwardDifference):
        lines += f"H = {experiment.gradient.h!r}\n"
    lines += f"NOISE = {experiment.noise!r}\n" * bool(experiment.noise)
    lines += f"BATCH = {experiment.batch}\n" * bool(experiment.batch)
    lines += f"SEED = {experiment.seed}\n" * bool(experiment.noise or experiment.batch)
    return lines


def _function(experiment: Experiment) -> str:
    objective = experiment.objective
    if experiment.function in MODEL_KEYS:
        from gdsim.storage.programs.torch_model import torch_model

        text = torch_model(objective, experiment.batch)  # type: ignore[arg-type]  # a key of a model gives one
    elif isinstance(objective, Many):
        text = torch_many(objective.key)
    else:
        assert isinstance(objective, Function)  # it has a text
        text = torch_function(objective.text, objective.names, objective.parameters)
    return text.rstrip("\n").replace("minimised", "maximised" if experiment.ascent else "minimised") + "\n\n"


def _matrix(rows: Sequence[Sequence[float]]) -> str:
    """Rows of numbers, four on a line."""
    if len(rows[0]) <= 4 and len(rows) > 4:
        return "[\n" + "".join(f"    {list(row)!r},\n" for row in rows) + "]"
    if len(rows[0]) <= 4:
        return repr([list(row) for row in rows])
    text = "[\n"
    for row in rows:
        lines = (", ".join(map(repr, row[i : i + 4])) for i in range(0, len(row), 4))
        text += "    [\n" + "".join(f"        {line},\n" for line in lines) + "    ],\n"
    return text + "]"
