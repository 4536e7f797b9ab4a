"""Machine code may fail in many ways; maps then are worked out by numpy."""

from itertools import product

import numpy as np
import pytest

from gdsim.objectives import FUNCTIONS
from gdsim.optimizers import Adam, Momentum
from gdsim.optimizers.compiled.lane_lines import lane_lines
from gdsim.optimizers.compiled.record import lane_record
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.runs import kernel
from gdsim.simulation.maps.runs.found_ends import KINDS
from gdsim.simulation.maps.runs.kernel_steps import KernelSteps
from gdsim.simulation.maps.runs.plan import Plan
from gdsim.simulation.maps.runs.vector_code import WIDTH

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


@pytest.mark.parametrize("runs", [1, WIDTH, WIDTH + 1, 2**14])
def test_rows_lie_apart_in_the_cache(runs):
    """Rows a power of two apart fall on the same places of it."""
    steps = KernelSteps(Plan(Course(ROSENBROCK), Lane(Momentum(learning_rate=1e-4)), 20, 1e-6))
    rows = steps.begin(np.ones((2, runs)), {})
    assert rows.all.shape[1] % (2 * WIDTH) == WIDTH
    assert rows.all.shape[1] - runs < 2 * WIDTH
    assert rows.all.ctypes.data % 64 == 0


@pytest.mark.parametrize(
    ("rule", "level", "steady"),
    [(Momentum(), Level.RACE, True), (Momentum(), Level.STEP, False), (Adam(), Level.RACE, False)],
)
def test_numbers_that_are_the_same_in_every_step_are_worked_out_once(rule, level, steady):
    lines = lane_lines(lane_record(rule, (), level), 2)
    assert lines.is_steady == steady
    numbers = lines.numbers(rule, 5, [0.5**t for t in range(5)] if level is Level.STEP else None)
    assert len(numbers) == 5
    assert (len(set(numbers)) == 1) == steady
