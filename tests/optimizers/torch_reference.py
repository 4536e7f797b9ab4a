"""Figures of what torch.optim makes of every rule, to hold the rules against.

``python tests/optimizers/torch_reference.py`` makes the figures again and stores them beside this file, with a note
of how they were made. It needs PyTorch (``pip install -e '.[test,torch]'``); reading the stored figures does not.
"""

from __future__ import annotations

import platform
from pathlib import Path

import numpy as np
import rule_cases

import gdsim

FIGURES = Path(__file__).with_name("torch_figures.npz")
NOTE = Path(__file__).with_name("torch_figures.txt")

#: Steps taken on the recorded gradients, and steps of the closed loops.
STEPS, CLOSED_STEPS = 60, 200
#: Every how many steps a closed loop is stored.
STRIDE = 10
START = (-1.7, 0.9)
CLOSED_START = (-3.0, 4.0)

#: The cases of rules that torch.optim has.
CASES = {name: rule for name, rule in rule_cases.CASES.items() if rule.torch_class}

#: The gradients of the closed loops, written by hand.
CLOSED = {"bowl": lambda x, y: (2 * x, 2 * y), "ravine": lambda x, y: (x / 10, 2 * y)}


def recorded_gradients():
    """Gradients ``(STEPS, 2)`` of changing sign and of sizes from 1e-3 to 1e2."""
    rng = np.random.default_rng(20)
    return rng.normal(size=(STEPS, 2)) * 10.0 ** rng.uniform(-3, 2, size=(STEPS, 2))


def torch_optimizer(rule, parameters, maximize=False):
    """The optimizer of torch.optim that `rule` says it is, with the same hyperparameters."""
    from torch import optim

    key, lr = rule.key, rule.learning_rate
    if key == "rprop":
        etas, sizes = (rule.eta_minus, rule.eta_plus), (rule.step_min, rule.step_max)
        return optim.Rprop(parameters, lr=lr, etas=etas, step_sizes=sizes, maximize=maximize)
    more = {"lr": lr, "weight_decay": rule.weight_decay, "maximize": maximize}
    if key == "gd":
        return optim.SGD(parameters, **more)
    if key == "momentum":
        return optim.SGD(parameters, momentum=rule.momentum, dampening=rule.dampening, **more)
    if key == "nesterov":
        return optim.SGD(parameters, momentum=rule.momentum, nesterov=True, **more)
    more["eps"] = rule.epsilon
    if key == "adagrad":
        start = rule.initial_accumulator_value
        return optim.Adagrad(parameters, lr_decay=rule.lr_decay, initial_accumulator_value=start, **more)
    if key == "adadelta":
        return optim.Adadelta(parameters, rho=rule.rho, **more)
    if key == "rmsprop":
        return optim.RMSprop(parameters, alpha=rule.decay, momentum=rule.momentum, centered=rule.centered, **more)
    more["betas"] = (rule.beta1, rule.beta2)
    if key == "adam":
        return optim.Adam(parameters, **more)
    if key == "adamw":
        return optim.AdamW(parameters, **more)
    if key == "amsgrad":
        return optim.Adam(parameters, amsgrad=True, **more)
    if key == "adamax":
        return optim.Adamax(parameters, **more)
    more["decoupled_weight_decay"] = rule.decoupled_weight_decay
    if key == "nadam":
        return optim.NAdam(parameters, momentum_decay=rule.momentum_decay, **more)
    if key == "radam":
        return optim.RAdam(parameters, **more)
    raise KeyError(key)


def torch_schedule(schedule, optimizer, steps):
    """The scheduler of torch.optim.lr_scheduler that `schedule` says it is; a LambdaLR where torch has none."""
    from math import cos, pi

    from torch.optim import lr_scheduler

    match schedule.key:
        case "constant":
            return lr_scheduler.ConstantLR(optimizer, factor=1.0)
        case "step":
            return lr_scheduler.StepLR(optimizer, schedule.every, schedule.gamma)
        case "exponential":
            return lr_scheduler.ExponentialLR(optimizer, schedule.gamma)
        case "inverse":
            return lr_scheduler.LambdaLR(optimizer, lambda k: 1 / (1 + schedule.decay * k))
        case "cosine":
            end = schedule.final * optimizer.param_groups[0]["lr"]
            return lr_scheduler.CosineAnnealingLR(optimizer, schedule.steps or steps, end)
        case "warmup_cosine":
            rise, rest = schedule.warmup, (schedule.steps or steps) - schedule.warmup
            wave = lambda k: (1 + cos(pi * min(k - rise, rest) / rest)) / 2  # noqa: E731
            share = lambda k: schedule.final + (1 - schedule.final) * wave(k)  # noqa: E731
            return lr_scheduler.LambdaLR(optimizer, lambda k: (k + 1) / rise if k < rise else share(k))
        case "plateau":
            return lr_scheduler.ReduceLROnPlateau(
                optimizer,
                "min",
                schedule.gamma,
                schedule.patience,
                schedule.threshold,
                "abs" if schedule.absolute else "rel",
                eps=0.0,
            )
    raise KeyError(schedule.key)


def torch_path(rule, start, steps, gradient, schedule=None, loss=None, maximize=False):
    """Iterates ``(steps + 1, 2)`` of torch.optim, where ``gradient(t, x, y)`` gives the gradient of step t.

    Under a schedule, the rates ``(steps,)`` too; one that watches the loss is told ``loss(x, y)`` before every step.
    """
    import torch

    usual = torch.get_default_dtype()
    # NAdam keeps its product of all momenta in the default type, whatever the type of its parameters
    torch.set_default_dtype(torch.float64)
    try:
        x = torch.tensor(start)
        optimizer = torch_optimizer(rule, [x], maximize)
        scheduler = schedule and torch_schedule(schedule, optimizer, steps)
        path, rates = [x.tolist()], []
        for t in range(1, steps + 1):
            x.grad = torch.tensor(gradient(t, *path[-1]))
            if loss:
                scheduler.step(loss(*path[-1]))
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if scheduler and not loss:
                scheduler.step()
            path.append(x.tolist())
    finally:
        torch.set_default_dtype(usual)
    return (np.array(path), np.array(rates)) if schedule else np.array(path)


def torch_figures(name):
    """All figures of a case, by the name they are stored under."""
    rule = CASES[name]
    gradients = recorded_gradients()
    figures = {f"{name}/steps": torch_path(rule, START, STEPS, lambda t, x, y: gradients[t - 1])}
    for key, gradient in CLOSED.items():
        path = torch_path(rule, CLOSED_START, CLOSED_STEPS, lambda t, x, y, g=gradient: g(x, y))
        figures[f"{name}/{key}"] = path[::STRIDE]
    return figures


def torch_defaults():
    """The defaults of torch.optim, by the name of a case and as our rules spell them."""
    import torch

    names = {"lr": "learning_rate", "eps": "epsilon", "alpha": "decay"}
    pairs = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"), "step_sizes": ("step_min", "step_max")}
    found = {}
    for key, rule in gdsim.optimizers.RULES.items():
        if not rule.torch_class:
            continue
        kind = type(torch_optimizer(rule(), [torch.zeros(2)]))
        needed = {"momentum": 0.9, "nesterov": True} if key == "nesterov" else {}
        group = kind([torch.zeros(2)], **needed).param_groups[0]
        values = {names.get(name, name): value for name, value in group.items() if name not in ("params", *pairs)}
        for pair, names_of in pairs.items():
            values |= dict(zip(names_of, group.get(pair, ()), strict=False))
        found[key] = values
    return found


def main():
    import torch

    figures = {"gradients": recorded_gradients()}
    for name in CASES:
        figures |= torch_figures(name)
    np.savez_compressed(FIGURES, **figures)
    NOTE.write_text(
        "torch_figures.npz: what torch.optim makes of the cases in torch_reference.py.\n"
        "Made by: python tests/optimizers/torch_reference.py\n"
        f"With: torch {torch.__version__}, numpy {np.__version__}, Python {platform.python_version()}, "
        f"{platform.machine()}, default type float64, on the CPU\n"
        f"gradients: ({STEPS}, 2), the recorded gradients\n"
        f"<case>/steps: ({STEPS + 1}, 2), iterates on the recorded gradients from {START}\n"
        f"<case>/bowl, <case>/ravine: every {STRIDE}th iterate of {CLOSED_STEPS} steps from {CLOSED_START}, "
        "each gradient taken where the run is\n"
    )


if __name__ == "__main__":
    main()
