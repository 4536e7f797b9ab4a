"""The races again as a person would write them in numpy: one optimizer after the other, its runs together."""

import numpy as np


def gradient(x):
    """Of Rosenbrock's function at x ``(2, runs)``."""
    a, b = x
    return np.array([-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)])


def gd(x, steps, path, lr=1e-3):
    for t in range(1, steps + 1):
        x = x - lr * gradient(x)
        path[t] = x


def momentum(x, steps, path, lr=1e-3, beta=0.9):
    v = np.zeros_like(x)
    for t in range(1, steps + 1):
        v = beta * v + gradient(x)
        x = x - lr * v
        path[t] = x


def nesterov(x, steps, path, lr=1e-3, beta=0.9):
    v = np.zeros_like(x)
    for t in range(1, steps + 1):
        g = gradient(x)
        v = beta * v + g
        x = x - lr * (g + beta * v)
        path[t] = x


def adagrad(x, steps, path, lr=1e-2, eps=1e-10):
    s = np.zeros_like(x)
    for t in range(1, steps + 1):
        g = gradient(x)
        s = s + g * g
        x = x - lr * g / (np.sqrt(s) + eps)
        path[t] = x


def adadelta(x, steps, path, lr=1.0, rho=0.9, eps=1e-6):
    v, u = np.zeros_like(x), np.zeros_like(x)
    for t in range(1, steps + 1):
        g = gradient(x)
        v = rho * v + (1 - rho) * g * g
        dx = np.sqrt(u + eps) / np.sqrt(v + eps) * g
        u = rho * u + (1 - rho) * dx * dx
        x = x - lr * dx
        path[t] = x


def rmsprop(x, steps, path, lr=1e-2, alpha=0.99, eps=1e-8):
    v = np.zeros_like(x)
    for t in range(1, steps + 1):
        g = gradient(x)
        v = alpha * v + (1 - alpha) * g * g
        x = x - lr * g / (np.sqrt(v) + eps)
        path[t] = x


def adam(x, steps, path, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.0):
    m, v = np.zeros_like(x), np.zeros_like(x)
    for t in range(1, steps + 1):
        g = gradient(x)
        if decay:
            x = x - lr * decay * x
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        x = x - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
        path[t] = x


def adamw(x, steps, path):
    adam(x, steps, path, decay=1e-2)


LOOPS = {f.__name__: f for f in (gd, momentum, nesterov, adagrad, adadelta, rmsprop, adam, adamw)}


def race(keys, starts, steps):
    """All iterates ``(steps + 1, optimizers, 2, runs)``."""
    positions = np.empty((steps + 1, len(keys), *starts.shape))
    positions[0] = starts
    with np.errstate(all="ignore"):  # some runs diverge
        for k, key in enumerate(keys):
            LOOPS[key](starts, steps, positions[:, k])
    return positions
