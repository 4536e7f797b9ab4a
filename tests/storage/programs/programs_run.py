"""Optimizers with unusual values, and programs run by a Python of their own."""

import subprocess
import sys
from pathlib import Path

import numpy as np

import gdsim
from gdsim import Entry

ROOT = Path(__file__).parents[3]

#: By name of a hyperparameter: a value that is not its default; each rule takes those it has. With ε below 0.1, centred
#: RMSProp is unstable on the ravine's floor (η/ε·curvature > 2 + 2β) and makes 1e-4 of a last bit in 500 steps.
UNUSUAL = [
    {
        "learning_rate": 0.03,
        "momentum": 0.5,
        "dampening": 0.3,
        "lr_decay": 0.1,
        "initial_accumulator_value": 0.3,
        "rho": 0.6,
        "decay": 0.8,
        "centered": True,
        "beta1": 0.6,
        "beta2": 0.7,
        "epsilon": 0.1,
        "weight_decay": 0.1,
        "momentum_decay": 0.1,
        "decoupled_weight_decay": True,
    },
    # what is exactly 0 is switched off
    {
        "learning_rate": 0.02,
        "momentum": 0.0,
        "dampening": 0.7,
        "rho": 0.3,
        "decay": 0.95,
        "beta1": 0.0,
        "beta2": 0.95,
        "epsilon": 1e-2,
        "weight_decay": 0.0,
        "momentum_decay": 0.0,
    },
]


def unusual(key, values):
    return Entry(key, {h.name: values[h.name] for h in gdsim.optimizers.RULES[key].hypers() if h.name in values})


EVERY = tuple(
    entry for key in gdsim.optimizers.RULES for entry in (Entry(key), *(unusual(key, values) for values in UNUSUAL))
)


def executed(program, folder):
    """The positions that a program leaves and what it prints, run by a Python of its own that shows every warning."""
    path = folder / "program.py"
    path.write_text(program + "\nimport numpy\nnumpy.save('positions.npy', numpy.asarray(positions))\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", path], cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return np.load(folder / "positions.npy"), done.stdout
