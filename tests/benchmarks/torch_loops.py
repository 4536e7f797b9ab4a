"""The races again as plain loops over torch.optim, the gradient given."""

import torch
from torch import optim

torch.set_num_threads(1)


def optimizers(x):
    """The first eight rules at their defaults, by key; `x` is the parameter."""
    return {
        "gd": optim.SGD([x], lr=1e-3),
        "momentum": optim.SGD([x], lr=1e-3, momentum=0.9),
        "nesterov": optim.SGD([x], lr=1e-3, momentum=0.9, nesterov=True),
        "adagrad": optim.Adagrad([x]),
        "adadelta": optim.Adadelta([x]),
        "rmsprop": optim.RMSprop([x]),
        "adam": optim.Adam([x]),
        "adamw": optim.AdamW([x]),
    }


def gradient(x, out):
    """Of Rosenbrock's function at x ``(2, runs)``, with as few operations as it takes."""
    a, b = x
    u = b - a * a
    torch.mul(u, 200.0, out=out[1])
    torch.mul(a, -2.0 * out[1], out=out[0])
    out[0].add_(a, alpha=2.0).sub_(2.0)


def race(keys, starts, steps):
    """All iterates ``(steps + 1, optimizers, 2, runs)``."""
    start = torch.tensor(starts)
    positions = torch.empty((steps + 1, len(keys), *start.shape), dtype=torch.float64)
    for k, key in enumerate(keys):
        x = start.clone()
        x.grad = torch.empty_like(x)
        optimizer = optimizers(x)[key]
        path = positions[:, k]
        path[0] = x
        for t in range(1, steps + 1):
            gradient(x, x.grad)
            optimizer.step()
            path[t] = x
    return positions.numpy()


def float_gradient(x, y):
    """Of Rosenbrock's function at one point, on floats."""
    v = 200.0 * (y - x * x)
    return 2.0 * x - 2.0 - 2.0 * x * v, v


def race_of_one(keys, start, steps):
    """All iterates of one run, ``(optimizers, steps + 1, 2)``.

    For one point, the gradient on floats is cheaper than on tensors.
    """
    path = []
    for key in keys:
        x = torch.tensor(start, dtype=torch.float64)
        optimizer = optimizers(x)[key]
        iterates = [x.tolist()]
        for _ in range(steps):
            x.grad = torch.tensor(float_gradient(*iterates[-1]), dtype=torch.float64)
            optimizer.step()
            iterates.append(x.tolist())
        path.append(iterates)
    return path
