"""Times of maps, beside the same loops of others. Prints figures, judges nothing.

Run with ``pytest -n 0 -m benchmark tests/benchmarks/test_map_speed.py -s``; needs the extras benchmark, native, torch.
All on one thread unless it says otherwise, in turn in one process.
"""

import time
from statistics import median

import numpy as np
import pytest

import gdsim
from gdsim import Adam, Momentum
from gdsim.simulation.maps.api import basins_of, grid_of
from gdsim.simulation.maps.runs.kernel import is_there
from tests.benchmarks.map_loops import (
    c_momentum,
    grid,
    himmelblau,
    jax_momentum,
    quadratic,
    torch_adam,
    torch_momentum,
)

pytestmark = pytest.mark.benchmark

ROUNDS = 7


def in_turn(clock=time.process_time, **functions):
    """The median time of each, in milliseconds of a processor; each is called once before."""
    times = {name: [] for name in functions}
    for round_ in range(ROUNDS + 1):
        for name, function in functions.items():
            begun = clock()
            function()
            if round_:
                times[name].append(1000 * (clock() - begun))
    return {name: median(values) for name, values in times.items()}


def told(title, times):
    own = times["gdsim"]
    rest = ", ".join(
        f"{name} {value:.0f} ms ({value / own:.2f} times)" for name, value in times.items() if name != "gdsim"
    )
    print(f"\n{title}: gdsim {own:.1f} ms{'' if is_there() else ' (without llvmlite)'}; {rest}")


def test_basin_map():
    """512² × 300, Himmelblau, momentum 0.9, η 0.005: at least 6 times torch, at most 1.3 times jax."""
    x, y = grid(512)
    rule = Momentum(learning_rate=0.005, momentum=0.9)
    jitted, native = jax_momentum(himmelblau, 0.005, 0.9, 300), c_momentum()
    functions = {
        "gdsim": lambda: gdsim.basin_map("himmelblau", rule, size=512, steps=300),
        "torch": lambda: torch_momentum(himmelblau, x, y, 0.005, 0.9, 300),
        "jax": lambda: jitted(x, y)[0].block_until_ready(),
    }
    if native:
        functions["C"] = lambda: native(x, y, 300, 0.005, 0.9)
    told("basin map 512² × 300", in_turn(**functions))
    both = in_turn(
        time.perf_counter,
        one=functions["gdsim"],
        two=lambda: gdsim.basin_map("himmelblau", rule, size=512, steps=300, threads=2),
    )
    gain = both["one"] / both["two"]
    print(f"  by the clock: one thread {both['one']:.0f} ms, two {both['two']:.0f} ms ({gain:.2f} times)")
    ours = gdsim.basin_map("himmelblau", rule, size=512, steps=300, tolerance=0).end.reshape(2, -1)
    theirs = np.array(torch_momentum(himmelblau, x, y, 0.005, 0.9, 300))
    print(f"  farthest from torch's ends: {np.nanmax(np.abs(ours - theirs)):.1e}")


def test_adam():
    """512² × 300: at least 5 times torch."""
    x, y = grid(512)
    told(
        "Adam basin map 512² × 300",
        in_turn(
            gdsim=lambda: gdsim.basin_map("himmelblau", Adam(learning_rate=0.05), size=512, steps=300),
            torch=lambda: torch_adam(himmelblau, x, y, 0.05, 300),
        ),
    )


def test_setting_map():
    """256² × 500 on a quadratic: at least 7 times torch."""
    rates, momenta = (each.ravel() for each in np.meshgrid(np.geomspace(1e-3, 1, 256), np.linspace(0, 0.99, 256)))

    def torch_map():
        import torch

        return torch_momentum(
            quadratic, np.ones(256**2), np.ones(256**2), torch.tensor(rates), torch.tensor(momenta), 500
        )

    axes = ("learning_rate", 1e-3, 1), ("momentum", 0, 0.99)
    told(
        "setting map 256² × 500",
        in_turn(
            gdsim=lambda: gdsim.setting_map("x^2 + 3*x*y + 10*y^2", Momentum(), *axes, (1, 1), size=256, steps=500),
            torch=torch_map,
        ),
    )


@pytest.mark.parametrize("key", ["himmelblau", "rosenbrock", "rastrigin"])
def test_previews(key):
    """64² within 5 ms and 128² within 12 ms, of Himmelblau × momentum."""
    experiment = gdsim.Experiment(key, optimizers=(gdsim.Entry("momentum", {"learning_rate": 0.005}),), steps=300)
    for size in (64, 128):
        pixels = grid_of(experiment, size)
        (found,) = in_turn(gdsim=lambda pixels=pixels: basins_of(experiment, "momentum", pixels)).values()
        print(f"\npreview {size}² of {key}: {found:.1f} ms")


def test_memory():
    """1024²: under 300 MB beyond the program's own."""
    import resource

    gdsim.basin_map("himmelblau", Momentum(learning_rate=0.005), size=16, steps=300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    gdsim.basin_map("himmelblau", Momentum(learning_rate=0.005), size=1024, steps=300)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"\nmap of 1024²: {(after - before) / 1024:.0f} MB more at the peak")
