"""Figures of other packages for rules that torch.optim lacks as they are.

The packages: optax, pytorch_optimizer, schedulefree, prodigyopt and torch.

``python tests/optimizers/other_reference.py`` makes the figures again and stores them beside this file, with a note of
how they were made. It needs those packages (``pip install -e '.[test,references]'``); reading the figures does not.
"""

from __future__ import annotations

import platform
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import numpy as np
from rule_cases import CASES as ALL_CASES
from torch_reference import START, STEPS, recorded_gradients

FIGURES = Path(__file__).with_name("other_figures.npz")
NOTE = Path(__file__).with_name("other_figures.txt")
PACKAGES = ("torch", "jax", "optax", "pytorch_optimizer", "schedulefree", "prodigyopt", "numpy")


@contextmanager
def doubles():
    """Numbers of 64 bits everywhere: ASGD keeps its η, and others their counts, in the default type."""
    import torch

    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(usual)


def torch_path(make, gradients, shown=lambda optimizer, x: x.detach()):
    """Iterates ``(steps + 1, 2)``; `make` makes an optimizer of parameters, `shown` says where it is."""
    import torch

    with doubles():
        x = torch.nn.Parameter(torch.tensor(START))
        optimizer = make([x])
        path = [x.tolist()]
        for g in gradients:
            x.grad = torch.tensor(g)
            optimizer.step()
            path.append(shown(optimizer, x).tolist())
    return np.array(path)


def optax_path(make, gradients):
    """Iterates ``(steps + 1, 2)`` of a gradient transformation."""
    import jax

    with jax.enable_x64(True):
        import jax.numpy as jnp
        import optax

        x = jnp.array(START)
        transformation = make(optax)
        state, path = transformation.init(x), [x]
        for g in gradients:
            updates, state = transformation.update(jnp.array(g), state, x)
            x = optax.apply_updates(x, updates)
            path.append(x)
        return np.array(path)


def with_decay(rule, optax, *transformations):
    """A transformation with weight decay that is added to the gradient, and η."""
    last = optax.scale_by_learning_rate(rule.learning_rate)
    return optax.chain(optax.add_decayed_weights(rule.weight_decay), *transformations, last)


def normalised_gd(rule, gradients):
    return optax_path(lambda o: with_decay(rule, o, o.normalize_by_update_norm(eps=0.0)), gradients)


def adabelief(rule, gradients):
    of = {"b1": rule.beta1, "b2": rule.beta2, "eps": rule.epsilon, "eps_root": rule.epsilon}
    return optax_path(lambda o: with_decay(rule, o, o.scale_by_belief(**of)), gradients)


def yogi(rule, gradients):
    of = {"b1": rule.beta1, "b2": rule.beta2, "eps": rule.epsilon}
    of["initial_accumulator_value"] = rule.initial_accumulator_value
    return optax_path(lambda o: with_decay(rule, o, o.scale_by_yogi(**of)), gradients)


def lion(rule, gradients):
    return optax_path(lambda o: o.lion(rule.learning_rate, rule.beta1, rule.beta2, None, rule.weight_decay), gradients)


def nag(rule, gradients):
    import torch

    # torch has the point looked at, x + βv, and a velocity without η
    at = lambda o, x: x.detach() + rule.momentum * rule.learning_rate * o.state[x]["momentum_buffer"]  # noqa: E731
    of = {"lr": rule.learning_rate, "momentum": rule.momentum, "weight_decay": rule.weight_decay}
    return torch_path(lambda xs: torch.optim.SGD(xs, nesterov=True, **of), gradients, at)


def asgd(rule, gradients):
    import torch

    of = {"lambd": rule.lambd, "alpha": rule.alpha, "t0": rule.t0, "weight_decay": rule.weight_decay}
    make = lambda xs: torch.optim.ASGD(xs, lr=rule.learning_rate, **of)  # noqa: E731
    return torch_path(make, gradients, lambda optimizer, x: optimizer.state[x]["ax"])


def qhm(rule, gradients):
    from pytorch_optimizer import QHM

    of = {"momentum": rule.momentum, "nu": rule.nu, "weight_decay": rule.weight_decay}
    return torch_path(lambda xs: QHM(xs, lr=rule.learning_rate, **of), gradients)


def qhadam(rule, gradients):
    from pytorch_optimizer import QHAdam

    def make(xs):
        of = {"betas": (rule.beta1, rule.beta2), "nus": (rule.nu1, rule.nu2), "eps": rule.epsilon}
        optimizer = QHAdam(xs, lr=rule.learning_rate, weight_decay=rule.weight_decay, foreach=False, **of)
        # it keeps two weights in 32 bits, whatever it is given
        xs[0].grad = xs[0].detach() * 0
        optimizer.init_group(optimizer.param_groups[0])
        for name in ("beta1_weight", "beta2_weight"):
            optimizer.state[xs[0]][name] = optimizer.state[xs[0]][name].double()
        return optimizer

    return torch_path(make, gradients)


def signsgd(rule, gradients):
    from pytorch_optimizer import SignSGD

    of = {"momentum": rule.momentum, "weight_decay": rule.weight_decay, "weight_decouple": False}
    return torch_path(lambda xs: SignSGD(xs, lr=rule.learning_rate, **of), gradients)


def adan(rule, gradients):
    from pytorch_optimizer import Adan

    of = {"betas": (rule.beta1, rule.beta2, rule.beta3), "eps": rule.epsilon, "weight_decay": rule.weight_decay}
    return torch_path(lambda xs: Adan(xs, lr=rule.learning_rate, **of), gradients)


def schedule_free(kind, rule, gradients, **of):
    """It has y in its parameters while it is trained, and x for what comes after."""
    of |= {"lr": rule.learning_rate, "weight_decay": rule.weight_decay, "warmup_steps": rule.warmup_steps}

    def make(xs):
        optimizer = kind(xs, **of)
        optimizer.train()
        return optimizer

    def shown(optimizer, x):
        optimizer.eval()
        found = x.detach().clone()
        optimizer.train()
        return found

    return torch_path(make, gradients, shown)


def schedule_free_sgd(rule, gradients):
    from schedulefree import SGDScheduleFree

    return schedule_free(SGDScheduleFree, rule, gradients, momentum=rule.momentum)


def schedule_free_adamw(rule, gradients):
    from schedulefree import AdamWScheduleFree

    return schedule_free(AdamWScheduleFree, rule, gradients, betas=(rule.beta1, rule.beta2), eps=rule.epsilon)


def prodigy(rule, gradients):
    from prodigyopt import Prodigy

    of = {"betas": (rule.beta1, rule.beta2), "eps": rule.epsilon, "weight_decay": rule.weight_decay}
    return torch_path(lambda xs: Prodigy(xs, lr=rule.learning_rate, d0=rule.d0, d_coef=rule.d_coef, **of), gradients)


#: By key: iterates ``(steps + 1, 2)`` on given gradients.
REFERENCES = {
    found.__name__: found
    for found in (
        normalised_gd,
        nag,
        qhm,
        adabelief,
        yogi,
        adan,
        qhadam,
        signsgd,
        lion,
        asgd,
        schedule_free_sgd,
        schedule_free_adamw,
        prodigy,
    )
}
CASES = {name: rule for name, rule in ALL_CASES.items() if rule.key in REFERENCES}


def figures():
    """Figures that are stored: by case, iterates on the recorded gradients."""
    gradients = recorded_gradients()
    return {name: REFERENCES[rule.key](rule, gradients) for name, rule in CASES.items()}


def main():
    np.savez_compressed(FIGURES, **figures())
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    NOTE.write_text(
        "other_figures.npz: what others make of the cases in other_reference.py.\n"
        "Made by: python tests/optimizers/other_reference.py\n"
        f"With: {versions}, Python {platform.python_version()}, {platform.machine()}, 64 bits, on the CPU\n"
        f"<case>: ({STEPS + 1}, 2), iterates on the gradients of torch_figures.npz from {START}\n"
    )


if __name__ == "__main__":
    main()
