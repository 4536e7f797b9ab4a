"""Times of a race beside the same race in plain loops: prints ratios, judges nothing.

Run with ``pytest -m benchmark tests/benchmarks -s``. Besides the optional extra ``benchmark`` it needs ``torch`` for
the ratio to torch.optim. The competitors take turns in one process, on one thread, in float64, and keep all iterates.
"""

import time
from statistics import median

import numpy as np
import pytest

import gdsim

pytestmark = pytest.mark.benchmark

KEYS = list(gdsim.OPTIMIZERS)[:8]
ROUNDS = 15


def experiment(restarts, steps):
    entries = tuple(gdsim.Entry(key) for key in KEYS)
    return gdsim.Experiment("rosenbrock", restarts=restarts, steps=steps, tolerance=0, optimizers=entries)


def turns(racers, rounds=ROUNDS):
    """Seconds of each racer by name: the median of rounds in which each has a turn."""
    times = {name: [] for name in racers}
    for _ in range(rounds):
        for name, racer in racers.items():
            began = time.perf_counter()
            racer()
            times[name].append(time.perf_counter() - began)
    return {name: median(seconds) for name, seconds in times.items()}


def report(title, seconds):
    ours = seconds["gdsim"]
    print(f"\n{title}: gdsim {ours * 1e3:.2f} ms")
    for name, other in seconds.items():
        if name != "gdsim":
            print(f"  {name} {other * 1e3:.1f} ms: {other / ours:.1f} times as long")


def same(race, positions):
    """Plain loops round otherwise here and there, and do not stop where a run diverges; else all go the same way."""
    going = race.kinds == gdsim.Kind.OUT_OF_STEPS
    for ours, plain in zip(race.positions[:50], np.asarray(positions), strict=False):
        np.testing.assert_allclose(ours.swapaxes(1, 2)[going], plain.swapaxes(1, 2)[going], rtol=1e-6, atol=1e-6)


def test_drag():
    """8 optimizers × 1 run × 500 steps."""
    import numpy_loops

    drag = experiment(restarts=0, steps=500)
    racers = {"gdsim": drag.run, "numpy": lambda: numpy_loops.race(KEYS, drag.starts, drag.steps)}
    same(drag.run(), racers["numpy"]())
    try:
        import torch_loops
    except ModuleNotFoundError:
        print("\ntorch is not there")
    else:
        start = drag.starts[:, 0].tolist()
        racers["torch"] = lambda: torch_loops.race_of_one(KEYS, start, drag.steps)
        same(drag.run(), np.array(racers["torch"]()).transpose(1, 0, 2)[..., None])
    report("drag, 8 × 1 × 500", turns(racers))


def test_restarts():
    """8 optimizers × 64 runs × 1000 steps."""
    import numpy_loops

    many = experiment(restarts=63, steps=1000)
    racers = {"gdsim": many.run, "numpy": lambda: numpy_loops.race(KEYS, many.starts, many.steps)}
    same(many.run(), racers["numpy"]())
    try:
        import torch_loops
    except ModuleNotFoundError:
        print("\ntorch is not there")
    else:
        racers["torch"] = lambda: torch_loops.race(KEYS, many.starts, many.steps)
        same(many.run(), racers["torch"]())
    report("restarts, 8 × 64 × 1000", turns(racers))


def test_drag_alone(benchmark):
    benchmark(experiment(restarts=0, steps=500).run)


def test_restarts_alone(benchmark):
    benchmark(experiment(restarts=63, steps=1000).run)
