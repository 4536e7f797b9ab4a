"""An experiment as a program: with gdsim itself, or with torch.optim alone.

Nothing that a person typed is pasted into a program: names come from our tables, numbers are printed by Python, and a
formula is read and checked before it is printed anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from gdsim.errors import GdsimError
from gdsim.optimizers import Rule
from gdsim.simulation.experiment import DEFAULT_STEPS, DEFAULT_TOLERANCE, Experiment
from gdsim.storage.torch_formula import torch_function


def python_code(experiment: Experiment) -> str:
    """A program that runs the same race with ``import gdsim``; its `positions` are the same to the last bit."""
    rules = "".join(f"        {_instance(rule)},\n" for rule in _racing(experiment))
    arguments = [f'"{experiment.function}"', f"[\n{rules}    ]"]
    if experiment.start is not None:
        arguments.append(f"start={experiment.start!r}")
    if experiment.restarts:
        arguments += [f"restarts={experiment.restarts}", f"seed={experiment.seed}"]
    if experiment.bounds is not None:
        arguments.append(f"bounds={experiment.bounds!r}")
    if experiment.steps != DEFAULT_STEPS:
        arguments.append(f"steps={experiment.steps}")
    if experiment.tolerance != DEFAULT_TOLERANCE:
        arguments.append(f"tolerance={experiment.tolerance!r}")
    lines = "".join(f"    {argument},\n" for argument in arguments)
    return f"""\
import gdsim

race = gdsim.descend(
{lines})
positions = race.positions  # (steps + 1, optimizers, coordinates, runs)

for rule, ends, outcomes in zip(race.rules, positions[-1], race.outcomes):
    for end, outcome in zip(ends.T.tolist(), outcomes):
        print(rule.key, *end, outcome)
"""


def _racing(experiment: Experiment) -> tuple[Rule, ...]:
    if not experiment.racing:
        raise GdsimError("there is no optimizer to write a program for: switch one on", "optimizers")
    return experiment.rules


def _instance(rule: Rule) -> str:
    """A rule as it is made: η always, of the rest what is not the default."""
    values = ((hyper, getattr(rule, hyper.name)) for hyper in rule.hypers())
    given = [f"{h.name}={v!r}" for h, v in values if h.name == "learning_rate" or repr(v) != repr(h.default)]
    return f"gdsim.{type(rule).__name__}({', '.join(given)})"


# --- torch -----------------------------------------------------------------------------------------------

_TORCH = '''\
{imports}import torch

# NAdam keeps its product of momenta in the default type, whatever that of its parameters
torch.set_default_dtype(torch.float64)

STEPS = {steps}
TOLERANCE = {tolerance!r}
# one row a coordinate, one column a run
STARTS = {starts}
OPTIMIZERS = {{
{optimizers}}}

{functions}
def gradient(point):
    """The gradient of every run, by autograd."""
    point = point.detach().requires_grad_()
    return torch.autograd.grad(f(*point).sum(), point)[0]


def length(vectors):
    """The length of each column."""
    return vectors.square().sum(dim=0).sqrt()


def descend(make):
    """Every iterate of one optimizer; a run that has converged or diverged stays where it is."""
    point = torch.tensor(STARTS)
    optimizer = make([point])
    path = [point.clone()]
    over = ~torch.isfinite(f(*point))
    for _ in range(STEPS):
        point.grad = gradient(point)
        optimizer.step()
        before, now = path[-1], point.clone()
        lost = ~(torch.isfinite(f(*now)) & torch.isfinite(now).all(dim=0))
        path.append(torch.where(over | lost, before, now))
        over |= lost
        short = length(now - before) <= TOLERANCE
        if TOLERANCE > 0 and short.any():
            over |= short & (length(gradient(now)) <= TOLERANCE)
        if over.all():
            break
    path += [path[-1]] * (STEPS + 1 - len(path))
    return torch.stack(path)


# (steps + 1, optimizers, coordinates, runs)
positions = torch.stack([descend(make) for make in OPTIMIZERS.values()], dim=1)

for name, ends in zip(OPTIMIZERS, positions[-1]):
    for end in ends.T.tolist():
        print(name, *end)
'''

#: How torch.optim spells our hyperparameters, where it spells them otherwise.
_SPELLED = {"learning_rate": "lr", "epsilon": "eps", "decay": "alpha"}
_CLASSES = {
    "gd": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "amsgrad": "Adam",
    "adamax": "Adamax",
    "nadam": "NAdam",
    "radam": "RAdam",
}


def torch_code(experiment: Experiment) -> str:
    """A program that runs the same race with torch.optim and nothing of ours; `positions` are ours but for rounding."""
    from gdsim.storage.tables import labels

    rules = _racing(experiment)
    lines = [f'    "{label}": {_torch_optimizer(rule)},\n' for label, rule in zip(labels(rules), rules, strict=True)]
    objective = experiment.objective
    function = torch_function(objective.text, objective.names, objective.parameters)
    return _TORCH.format(
        imports="import math\n\n" if "math." in function else "",
        steps=experiment.steps,
        tolerance=experiment.tolerance,
        starts=_matrix(experiment.starts.tolist()),
        optimizers="".join(lines),
        functions=function,
    )


def _torch_optimizer(rule: Rule) -> str:
    values = {hyper.name: getattr(rule, hyper.name) for hyper in rule.hypers()}
    given = {_SPELLED.get(name, name): repr(v) for name, v in values.items() if name not in ("beta1", "beta2")}
    if "beta1" in values:
        given["betas"] = f"({values['beta1']!r}, {values['beta2']!r})"
    # torch refuses Nesterov's momentum where there is none
    if rule.key == "nesterov" and values["momentum"]:
        given["nesterov"] = "True"
    if rule.key == "amsgrad":
        given["amsgrad"] = "True"
    arguments = ", ".join(f"{name}={value}" for name, value in given.items())
    return f"lambda points: torch.optim.{_CLASSES[rule.key]}(points, {arguments})"


def _matrix(rows: Sequence[Sequence[float]]) -> str:
    """Rows of numbers, four on a line."""
    if len(rows[0]) <= 4:
        return repr([list(row) for row in rows])
    text = "[\n"
    for row in rows:
        lines = (", ".join(map(repr, row[i : i + 4])) for i in range(0, len(row), 4))
        text += "    [\n" + "".join(f"        {line},\n" for line in lines) + "    ],\n"
    return text + "]"
