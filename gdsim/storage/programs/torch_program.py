"""An experiment as a program with torch.optim and nothing of ours.

As in `code`, nothing that a person typed is pasted into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gdsim.objectives import MODEL_KEYS, CentralDifference, ForwardDifference, Function, GradientMode
from gdsim.objectives.surfaces.high_dimensional import Many
from gdsim.optimizers import (
    Cosine,
    Exponential,
    InverseTime,
    ReduceOnPlateau,
    Rule,
    Schedule,
    StepDecay,
    WarmupCosine,
)
from gdsim.simulation.experiment import Experiment
from gdsim.storage.programs.gdsim_program import quoted, racing
from gdsim.storage.programs.torch_formula import torch_function
from gdsim.storage.programs.torch_many import torch_many
from gdsim.storage.tables import labels

_PROGRAM = '''\
{imports}import torch

# NAdam keeps its product of momenta in the default type, whatever that of its parameters
torch.set_default_dtype(torch.float64)

STEPS = {steps}
TOLERANCE = {tolerance!r}
{constants}# one row a coordinate, one column a run
STARTS = {starts}
{tables}
{functions}def {exact}(point{rows}):
    """The gradient of every run, by autograd."""
    point = point.detach().requires_grad_()
    return torch.autograd.grad(f(*point{given}).sum(), point)[0]

{difference}
def length(vectors):
    """The length of each column."""
    return vectors.square().sum(dim=0).sqrt()


def descend({arguments}):
    """Every iterate of one optimizer; a run that has converged or diverged stays where it is."""
    point = torch.tensor(STARTS){chosen}
    optimizer = OPTIMIZERS[name]([point])
{prepare}    path = [point.clone()]
    over = ~torch.isfinite(f(*point))
    for {turn}:
        point.grad = gradient(point{given})
{change}        optimizer.step()
{after}        before, now = path[-1], point.clone()
        lost = ~(torch.isfinite(f(*now)) & torch.isfinite(now).all(dim=0))
        path.append(torch.where(over | lost, before, now))
        over |= lost
        short = length(now - before) <= TOLERANCE
        if TOLERANCE > 0 and short.any():
            over |= short & (length({exact}(now)) <= TOLERANCE)
        if over.all():
            break
    path += [path[-1]] * (STEPS + 1 - len(path))
    return torch.stack(path)

{apart}
# (steps + 1, optimizers, coordinates, runs)
positions = torch.stack([{race}(name) for name in OPTIMIZERS], dim=1)

{ends}'''

#: What is printed in the end: where each run ended, and its loss; of a model, that is one of many numbers.
_ENDS = """\
for name, ends in zip(OPTIMIZERS, positions[-1]):
    for end, loss in zip(ends.T.tolist(), f(*ends).tolist()):
        print(name, *end, "loss", loss)
"""
_MODEL_ENDS = """\
for name, ends in zip(OPTIMIZERS, positions[-1]):
    for loss in f(*ends).tolist():
        print(name, "loss", loss)

# what the first optimizer learned from its start, for whatever comes next
torch.nn.utils.vector_to_parameters(positions[-1, 0, :, 0], MODEL.parameters())
"""

#: By gradient mode: the difference along `move`, as a comment writes it and as Python does.
_DIFFERENCES: dict[type[GradientMode], tuple[str, str]] = {
    CentralDifference: (
        "(f(x + H) - f(x - H)) / 2H",
        "(f(*(point + move){given}) - f(*(point - move){given})) / (2 * H)",
    ),
    ForwardDifference: ("(f(x + H) - f(x)) / H", "(f(*(point + move){given}) - f(*point{given})) / H"),
}
_DIFFERENCE = '''
def gradient(point{rows}):
    """{formula} along each coordinate, for every run."""
    moves = H * torch.eye(len(point))[:, :, None]
    return torch.stack([{quotient} for move in moves])

'''

_DRAWS = """\
    # torch draws other numbers than gdsim, just as strong: each run its own, the same for every optimizer
    draws = [torch.Generator().manual_seed(SEED + run) for run in {runs}]
"""
_NOISE = """\
        point.grad += NOISE * torch.stack([torch.randn(len(point), generator=draw) for draw in draws], dim=1)
"""
_CLIP = """\
        if name in CLIPS:
            # not torch.nn.utils.clip_grad_norm_, which takes all runs for one and adds 1e-6 to the length
            point.grad *= (CLIPS[name] / length(point.grad)).clamp(max=1)
"""
_WATCH = """\
        if watcher:
            # below 0 torch's relative threshold would turn round: a loss that stays the same would count as lower
            if watcher.threshold_mode == "rel":
                watcher.threshold = abs(watcher.threshold) if watcher.best > 0 else -abs(watcher.threshold)
            watcher.step({sign}f(*point).item())
"""
_AFTER = """\
        if schedule:
            schedule.step()
"""
_APART = '''
def race(name):
    """Every run by itself: what watches the loss has one rate for all that it is given."""
    return torch.cat([descend(name, [run]) for run in range(len(STARTS[0]))], dim=2)

'''
_HALF_WAVE = '''
def half_wave(k, last, final):
    """A factor that falls from 1 to `final` along half a cosine wave."""
    return final + (1 - final) * (1 + math.cos(math.pi * min(k, last) / last)) / 2

'''

#: Where batches come in: what is added to a function, what is given to it, and the loop over the steps.
_BATCHED = (", rows=slice(None)", ", rows=rows", "_, rows in zip(range(STEPS), batches())")

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
    """A program that runs the same race; its `positions` are ours but for rounding.

    Noise is as strong as ours, but of other numbers, as torch draws them. Batches are ours.

    Raises
    ------
    GdsimError
        If there is no program of it, or it would be too long.
    """
    lanes = dict(zip(labels(experiment.lanes), racing(experiment), strict=True))
    schedules = {n: _schedule(lane.schedule, experiment.steps) for n, lane in lanes.items() if lane.scheduled}
    # a plateau of torch has one η for all it is given: then every run has an optimizer of its own
    watchers = {n: _plateau(lane.plateau) for n, lane in lanes.items() if lane.plateau and lane.plateau.gamma < 1}
    clips = {n: repr(lane.clip) for n, lane in lanes.items() if lane.clip}
    tables = [_table("OPTIMIZERS", {n: _optimizer(lane.rule, experiment.ascent) for n, lane in lanes.items()})]
    tables += [_table(name, table) for name, table in (("SCHEDULES", schedules), ("WATCHERS", watchers)) if table]
    tables += [_table("CLIPS", clips)] if clips else []
    rows, given, turn = _BATCHED if experiment.batch else ("", "", "_ in range(STEPS)")
    functions = _function(experiment) + _HALF_WAVE * ("half_wave(" in "".join(tables)) + "\n"
    prepare = "".join(
        f"    {one} = {name}[name](optimizer) if name in {name} else None\n"
        for one, name, table in (("schedule", "SCHEDULES", schedules), ("watcher", "WATCHERS", watchers))
        if table
    )
    if experiment.noise:
        prepare += _DRAWS.format(runs="runs" if watchers else "range(point.shape[1])")
    return _PROGRAM.format(
        imports="import math\n\n" * ("math." in functions) + "import numpy\n" * bool(experiment.batch),
        steps=experiment.steps,
        tolerance=experiment.tolerance,
        constants=_constants(experiment),
        starts=_matrix(experiment.starts.tolist()),
        tables="".join(tables),
        functions=functions,
        exact="slope" if type(experiment.gradient) in _DIFFERENCES else "gradient",
        difference=_difference(experiment.gradient).format(rows=rows, given=given),
        rows=rows,
        given=given,
        turn=turn,
        arguments="name, runs" if watchers else "name",
        chosen="[:, runs]" if watchers else "",
        prepare=prepare,
        change=_NOISE * bool(experiment.noise)
        + _CLIP * bool(clips)
        + _WATCH.format(sign="-" * experiment.ascent) * bool(watchers),
        after=_AFTER * bool(schedules),
        apart=_APART * bool(watchers),
        race="race" if watchers else "descend",
        ends=_MODEL_ENDS if experiment.function in MODEL_KEYS else _ENDS,
    )


def _table(name: str, rows: Mapping[str, str]) -> str:
    return f"{name} = {{\n" + "".join(f"    {quoted(label)}: {value},\n" for label, value in rows.items()) + "}\n"


def _constants(experiment: Experiment) -> str:
    """What a difference, noise and batches need."""
    lines = ""
    if isinstance(experiment.gradient, CentralDifference | ForwardDifference):
        lines += f"H = {experiment.gradient.h!r}\n"
    lines += f"NOISE = {experiment.noise!r}\n" * bool(experiment.noise)
    lines += f"BATCH = {experiment.batch}\n" * bool(experiment.batch)
    lines += f"SEED = {experiment.seed}\n" * bool(experiment.noise or experiment.batch)
    return lines


def _difference(mode: GradientMode) -> str:
    if type(mode) not in _DIFFERENCES:
        return ""
    formula, quotient = _DIFFERENCES[type(mode)]
    return _DIFFERENCE.replace("{formula}", formula).replace("{quotient}", quotient)


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


def _schedule(schedule: Schedule | None, steps: int) -> str:
    """A schedule of torch that gives the same η at every step of a race of `steps`."""
    place = "lambda optimizer: torch.optim.lr_scheduler."
    match schedule:
        case StepDecay():
            return f"{place}StepLR(optimizer, step_size={schedule.every}, gamma={schedule.gamma!r})"
        case Exponential():
            return f"{place}ExponentialLR(optimizer, gamma={schedule.gamma!r})"
        case InverseTime():
            factor = f"1 / (1 + {schedule.decay!r} * k)"
        case Cosine():
            factor = f"half_wave(k, {schedule.steps or steps}, {schedule.final!r})"
        case WarmupCosine():
            rise, last = schedule.warmup, max((schedule.steps or steps) - schedule.warmup, 1)
            fall = (
                f"half_wave(k - {rise}, {last}, {schedule.final!r})"
                if rise
                else f"half_wave(k, {last}, {schedule.final!r})"
            )
            factor = f"(k + 1) / {rise} if k < {rise} else {fall}" if rise else fall
        case _:
            raise NotImplementedError(schedule)
    return f"{place}LambdaLR(optimizer, lambda k: {factor})"


def _plateau(schedule: ReduceOnPlateau) -> str:
    settings = f"factor={schedule.gamma!r}, patience={schedule.patience}, threshold={schedule.threshold!r}, eps=0.0"
    settings += ', threshold_mode="abs"' * schedule.absolute
    return f"lambda optimizer: torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, {settings})"


def _optimizer(rule: Rule, ascent: bool) -> str:
    values = {hyper.name: getattr(rule, hyper.name) for hyper in rule.hypers()}
    given = {_SPELLED.get(name, name): repr(v) for name, v in values.items() if name not in ("beta1", "beta2")}
    if "beta1" in values:
        given["betas"] = f"({values['beta1']!r}, {values['beta2']!r})"
    # torch refuses Nesterov's momentum where there is none
    if rule.key == "nesterov" and values["momentum"]:
        given["nesterov"] = "True"
    if rule.key == "amsgrad":
        given["amsgrad"] = "True"
    if ascent:
        given["maximize"] = "True"
    arguments = ", ".join(f"{name}={value}" for name, value in given.items())
    return f"lambda points: torch.optim.{_CLASSES[rule.key]}(points, {arguments})"


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
