"""The same maps as loops of others: torch, jax and C, all on one thread."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")


def himmelblau(x, y):
    """Its gradient, of numpy's, torch's or jax' arrays."""
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def quadratic(x, y):
    """The gradient of x² + 3xy + 10y²."""
    return 2 * x + 3 * y, 3 * x + 20 * y


def torch_momentum(gradient, x, y, rate, momentum, steps):
    """The heavy ball as a loop over tensors; rate and momentum may be tensors, too."""
    import torch

    torch.set_num_threads(1)
    x, y = torch.tensor(x), torch.tensor(y)
    v, w = torch.zeros_like(x), torch.zeros_like(y)
    for _ in range(steps):
        g, h = gradient(x, y)
        v.mul_(momentum).add_(g)
        w.mul_(momentum).add_(h)
        x.sub_(rate * v)
        y.sub_(rate * w)
    return x.numpy(), y.numpy()


def torch_momentum_plain(gradient, x, y, rate, momentum, steps):
    """The same as it is written first: a new tensor for every result."""
    import torch

    torch.set_num_threads(1)
    x, y = torch.tensor(x), torch.tensor(y)
    v, w = torch.zeros_like(x), torch.zeros_like(y)
    for _ in range(steps):
        g, h = gradient(x, y)
        v, w = momentum * v + g, momentum * w + h
        x, y = x - rate * v, y - rate * w
    return x.numpy(), y.numpy()


def torch_adam(gradient, x, y, rate, steps, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Adam as a loop over tensors, in place where that is possible."""
    import torch

    torch.set_num_threads(1)
    points = [torch.tensor(x), torch.tensor(y)]
    averages = [(torch.zeros_like(p), torch.zeros_like(p)) for p in points]
    for t in range(1, steps + 1):
        root, first = (1 - beta2**t) ** 0.5, 1 - beta1**t
        for p, g, (m, v) in zip(points, gradient(*points), averages, strict=True):
            m.mul_(beta1).add_(g, alpha=1 - beta1)
            v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
            p.addcdiv_(m, v.sqrt().add_(epsilon * root), value=-rate * root / first)
    return tuple(p.numpy() for p in points)


def jax_momentum(gradient, rate, momentum, steps):
    """The heavy ball as a jitted loop; a function of x and y."""
    import jax

    jax.config.update("jax_enable_x64", True)

    @jax.jit
    def run(x, y):
        def step(_, state):
            x, y, v, w = state
            g, h = gradient(x, y)
            v, w = momentum * v + g, momentum * w + h
            return x - rate * v, y - rate * w, v, w

        return jax.lax.fori_loop(0, steps, step, (x, y, jax.numpy.zeros_like(x), jax.numpy.zeros_like(y)))[:2]

    return run


_C = """
void run(double *X, double *Y, long n, long steps, double rate, double momentum) {
  for (long i = 0; i < n; i += 64) {
    double x[64], y[64], v[64] = {0}, w[64] = {0};
    for (int k = 0; k < 64; k++) { x[k] = X[i + k]; y[k] = Y[i + k]; }
    for (long t = 0; t < steps; t++)
      for (int k = 0; k < 64; k++) {
        double a = x[k] * x[k] + y[k] - 11, b = x[k] + y[k] * y[k] - 7;
        v[k] = momentum * v[k] + (4 * x[k] * a + 2 * b);
        w[k] = momentum * w[k] + (2 * a + 4 * y[k] * b);
        x[k] -= rate * v[k];
        y[k] -= rate * w[k];
      }
    for (int k = 0; k < 64; k++) { X[i + k] = x[k]; Y[i + k] = y[k]; }
  }
}
"""


def c_momentum():
    """Himmelblau's heavy ball in C, a function of x, y, steps, rate and momentum; None without a compiler."""
    if shutil.which("gcc") is None:
        return None
    folder = Path(tempfile.mkdtemp())
    (folder / "map.c").write_text(_C)
    command = ["gcc", "-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC", "map.c", "-o", "map.so"]
    subprocess.run(command, cwd=folder, check=True)
    function = ctypes.CDLL(str(folder / "map.so")).run
    function.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_long] * 2 + [ctypes.c_double] * 2

    def run(x, y, steps, rate, momentum):
        x, y = x.copy(), y.copy()
        function(x.ctypes.data, y.ctypes.data, x.size, steps, rate, momentum)
        return x, y

    return run


def grid(size, low=-5.0, high=5.0):
    """The middles of the pixels of a square, flat: x and y."""
    middles = low + (np.arange(size) + 0.5) / size * (high - low)
    return tuple(each.ravel().copy() for each in np.meshgrid(middles, middles))
