"""Times of an epoch beside a plain PyTorch loop of the same. Prints ratios; see `test_race_times`.

Run with ``pytest -m benchmark tests/benchmarks -s``; needs ``torch``.
"""

import numpy as np
import pytest
from test_race_times import KEYS, report, turns

import gdsim
from gdsim.objectives.data import DATASETS, LinearRegression, LogisticRegression, Network, batched
from gdsim.simulation.arrays import march

pytestmark = pytest.mark.benchmark

RESTARTS, COUNT, BATCH = 7, 1000, 32
WIDTHS = (2, 16, 16, 1)


def test_epoch():
    """2-16-16-1 on 1000 points, batch 32, 8 optimizers × 8 runs."""
    torch = pytest.importorskip("torch")
    import torch_network

    model = Network.of(DATASETS["moons"].make(COUNT, held_out=0.0), hidden=WIDTHS[1:-1])
    training = batched(model, BATCH)
    steps = training.epoch_steps
    entries = tuple(gdsim.Entry(key) for key in KEYS)
    experiment = gdsim.Experiment(training, restarts=RESTARTS, steps=steps, tolerance=0, optimizers=entries)
    course = gdsim.descend(training, KEYS, restarts=RESTARTS, steps=1, tolerance=0).course
    lanes = experiment.run().lanes
    positions = np.empty((steps + 1, len(KEYS), *experiment.starts.shape))
    positions[0] = experiment.starts

    def steps_only():
        with np.errstate(all="ignore"):
            for _ in march(course, lanes, positions, 64):
                pass

    batches = [
        tuple(torch.tensor(part) for part in (b.inputs[:, :-1], b.targets))
        for b in (training.at(t).examples for t in range(1, steps + 1))
    ]
    whole = tuple(torch.tensor(part) for part in (model.X, model.y))
    starts = experiment.starts
    steps_only()
    np.testing.assert_allclose(positions[-1], torch_network.train(KEYS, starts, WIDTHS, batches), atol=1e-9)
    report(
        "epoch, the steps alone",
        turns(
            {
                "gdsim": steps_only,
                "torch": lambda: torch_network.train(KEYS, starts, WIDTHS, batches),
            },
            5,
        ),
    )
    report(
        "epoch with the whole loss after every step",
        turns(
            {
                "gdsim": experiment.run,
                "torch": lambda: torch_network.train(KEYS, starts, WIDTHS, batches, whole),
                "torch, the steps alone": lambda: torch_network.train(KEYS, starts, WIDTHS, batches),
            },
            5,
        ),
    )


@pytest.mark.parametrize(("kind", "name"), [(LinearRegression, "line"), (LogisticRegression, "overlapping_blobs")])
def test_surface(kind, name):
    """A dragged point: the model made anew, and its surface on 280²."""
    data = DATASETS[name].make(200)
    single = type(data)("one", data.X[:, :1], data.y, classes=data.classes)

    def redraw():
        model = kind.of(single)
        axes = [np.linspace(low, high, 280) for low, high in model.bounds]
        return model.value(np.array(np.meshgrid(*axes)))

    redraw()
    report(f"surface of {kind.title}", turns({"gdsim": redraw}))
