"""Machine code may fail in many ways; maps then are worked out by numpy."""

from itertools import product

import numpy as np
import pytest

from gdsim.objectives import FUNCTIONS
from gdsim.optimizers import Momentum
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.runs import kernel
from gdsim.simulation.maps.runs.found_ends import KINDS

ROSENBROCK = FUNCTIONS["rosenbrock"]


@pytest.fixture
def forgetful():
    """Let nothing count that was found out before or within the test."""
    remembered = (kernel.is_there, kernel._kernel, kernel._target)
    for each in remembered:
        each.cache_clear()
    yield
    for each in remembered:
        each.cache_clear()


#: Once it is imported, and whole, making code fails otherwise than importing does.
BROKEN = [
    *product(
        ("initialize_native_target", "get_host_cpu_features"), (ImportError, OSError, RuntimeError, AttributeError)
    ),
    *product(("create_mcjit_compiler",), (OSError, RuntimeError)),
]


@pytest.mark.parametrize(("part", "error"), BROKEN)
def test_a_broken_library_is_as_good_as_none(part, error, forgetful, monkeypatch):
    binding = pytest.importorskip("llvmlite.binding")

    def broken(*_, **__):
        raise error("broken")

    monkeypatch.setattr(binding, part, broken)
    assert kernel.is_there() == (part == "create_mcjit_compiler")
    found = ends_of(Course(ROSENBROCK), Lane(Momentum(learning_rate=1e-4)), np.array([[-1.5], [2.0]]), 20, 1e-6)
    assert KINDS[found.kinds[0]] == "out_of_steps"
