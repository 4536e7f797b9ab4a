"""Methods that are SciPy's: its own iterates, and its own numbers of evaluations."""

import numpy as np
import pytest
from scipy.optimize import minimize

import gdsim
from gdsim.optimizers.methods import BFGS, LBFGS, ConjugateGradient, NelderMead, Powell, TrustRegion

STEPS = 200
PROBLEMS = [
    ("rosenbrock", (-1.5, 2)),
    ("himmelblau", (0, 0)),
    ("beale", (1, 1)),
    ("x^2 + 10*y^2 + 1", (3, 4)),
    ("x^4 - 3x^2 + x", (2,)),
    ("(x - 1)^2 + cos(y)^2 + (x*y)^2", (0.5, 0.3)),
]


def scipy_run(function, start, method, options, order, steps=STEPS):
    f = gdsim.descend(function, "gd", start, steps=1).objective
    path = [np.array(start, dtype=float)]
    found = minimize(
        lambda x: float(f.value(x)),
        path[0],
        method=method,
        jac=f.gradient if order >= 1 else None,
        hess=f.hessian if order >= 2 else None,
        callback=lambda x: path.append(np.array(x)),
        options={**options, "maxiter": steps},
    )
    return np.array(path), found


@pytest.mark.parametrize(("function", "start"), PROBLEMS)
@pytest.mark.parametrize(
    "method",
    [ConjugateGradient(), ConjugateGradient(c2=0.1), BFGS(), LBFGS(), LBFGS(memory=2), TrustRegion(), Powell()],
    ids=lambda method: f"{method.key}",
)
def test_iterates_and_evaluations_are_those_of_scipy(method, function, start):
    race = gdsim.descend(function, method, start, steps=STEPS, tolerance=1e-8)
    options = method.options(1e-8, len(start))
    path, found = scipy_run(function, start, method.scipy_name, options, method.order)
    # the race may be over before SciPy is
    taken = len(race.records[0, 0].counts)
    np.testing.assert_array_equal(race.positions[:taken, 0, :, 0], path[:taken])
    if len(path) == taken:
        counted = [found.nfev, found.get("njev", 0), found.get("nhev", 0)][: method.order + 1]
        assert race.records[0, 0].total[: method.order + 1].tolist() == counted
    assert [each[-1, 0, 0] for each in race.evaluations] == race.records[0, 0].total.tolist()


@pytest.mark.parametrize(("function", "start"), PROBLEMS)
@pytest.mark.parametrize("steps", [1, 17, 60])
def test_nelder_mead_takes_the_steps_of_scipy(function, start, steps):
    race = gdsim.descend(function, NelderMead(), start, steps=steps, tolerance=0)
    options = {"xatol": 0, "fatol": 0, "maxfev": 10**6}
    path, found = scipy_run(function, start, "Nelder-Mead", options, 0, steps + 1)
    np.testing.assert_array_equal(race.positions[:, 0, :, 0], path)
    if race.gave_up(0, 0):  # SciPy goes on with a simplex that nothing moves
        return
    assert race.evaluations.values[-1, 0, 0] == found.nfev
    np.testing.assert_array_equal(race.simplex(0, 0, steps).T, found.final_simplex[0])


def test_a_gradient_by_differences_is_handed_on():
    race = gdsim.descend("bowl", BFGS(), (1, 2), gradient=gdsim.CentralDifference(1e-3), steps=30)
    assert race.outcome(0, 0).arrived


def test_scipy_is_imported_at_first_use():
    import subprocess
    import sys

    code = "import sys, gdsim; gdsim.descend('bowl', ['gd', 'newton', 'nelder_mead']); print('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
