"""Methods that are SciPy's own: its iterates and its numbers of evaluations."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from gdsim.optimizers.base import hyper
from gdsim.optimizers.families import DERIVATIVE_FREE, SECOND_ORDER
from gdsim.optimizers.methods.base import Method, armijo_of_pair, curvature
from gdsim.optimizers.methods.problem import Problem, Vector

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

#: No limit of SciPy's is to be met: the steps of the race are the limit.
_NO_END = sys.maxsize


@dataclass(frozen=True)
class ScipyMethod(Method):
    """A method of `scipy.optimize.minimize`, which is told of every iterate through its callback."""

    #: Its name there.
    scipy_name: ClassVar[str] = ""
    #: What it raises where it can go no farther.
    failures: ClassVar[tuple[type[Exception], ...]] = ()

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:
        """Make the options for SciPy: all that would end it before the steps of the race do is off."""
        raise NotImplementedError

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        # at first use: it takes as long as the program to start
        from scipy.optimize import minimize

        careful = Careful(problem)
        with scipy_algebra().limit(limits=1), suppress(*self.failures):
            minimize(
                careful.value,
                start,
                method=self.scipy_name,
                jac=careful.gradient if self.order >= 1 else None,
                hess=careful.hessian if self.order >= 2 else None,
                callback=lambda x: problem.arrive(x),
                options=self.options(problem.tolerance, len(start)),
            )


@cache
def scipy_algebra() -> ThreadpoolController:
    """The linear algebra that SciPy brings along, beside numpy's: that of the data stays as it is.

    Several threads wait for each other a hundred times as long as one takes for matrices as small as these.
    """
    from threadpoolctl import ThreadpoolController

    found = ThreadpoolController().select(user_api="blas")
    own = [each.filepath for each in found.lib_controllers if "scipy.libs" in each.filepath]
    return found.select(filepath=own) if own else found


class Careful:
    """A problem as SciPy can bear it: where a number is finite, it is that of the problem.

    SciPy goes wrong with nan: a step to where the function is undefined is as bad as one that is infinitely high.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def value(self, x: Vector) -> float:
        """The value, infinite where it is undefined."""
        value = self._problem.value(x)
        return np.inf if np.isnan(value) else value

    def gradient(self, x: Vector) -> Vector:
        """The gradient, 0 where it is undefined: as the value is infinite there, no step ends there."""
        return self._finite(self._problem.gradient(x))

    def hessian(self, x: Vector) -> Vector:
        """The second derivatives, likewise."""
        return self._finite(self._problem.hessian(x))

    @staticmethod
    def _finite(found: Vector) -> Vector:
        return found if np.isfinite(found).all() else np.zeros_like(found)


@dataclass(frozen=True)
class ConjugateGradient(ScipyMethod):
    """Nonlinear conjugate gradient, Polak–Ribière+. Nocedal & Wright (2006), (5.44), (5.45); SciPy's CG."""

    key = "cg"
    title = "Conjugate gradient"
    summary = "Each direction is turned away from the last by β, so that it does not undo what that has done."
    scipy_name = "CG"

    c1: float = armijo_of_pair()
    c2: float = curvature(0.4)

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:  # noqa: D102
        return {"maxiter": _NO_END, "gtol": tolerance, "norm": 2, "c1": self.c1, "c2": self.c2}


@dataclass(frozen=True)
class BFGS(ScipyMethod):
    """Broyden, Fletcher, Goldfarb, Shanno (1970). Nocedal & Wright (2006), algorithm 6.1; SciPy's BFGS."""

    key = "bfgs"
    title = "BFGS"
    summary = "Learns the inverse of the Hessian from how the gradient changes along the way."
    family = SECOND_ORDER
    is_square = True
    scipy_name = "BFGS"

    c1: float = armijo_of_pair()
    c2: float = curvature(0.9)

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:  # noqa: D102
        return {"maxiter": _NO_END, "gtol": tolerance, "norm": 2, "c1": self.c1, "c2": self.c2}


def memory() -> Any:
    """Declare how many changes of the gradient are remembered."""
    return hyper(10, "m", "How many of the last changes of the gradient it goes by.", low=1, high=1000, slider=(1, 50))


@dataclass(frozen=True)
class LBFGS(ScipyMethod):
    """Limited-memory BFGS. Byrd, Lu, Nocedal & Zhu (1995); SciPy's L-BFGS-B without bounds."""

    key = "lbfgs"
    title = "L-BFGS"
    summary = "BFGS by the last m changes of the gradient only: no matrix, for any number of parameters."
    family = SECOND_ORDER
    scipy_name = "L-BFGS-B"

    memory: int = memory()

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:
        """Its gradient counts by its largest component, which is no shorter than the whole by √d."""
        gtol = tolerance / float(np.sqrt(dimension))
        return {"maxcor": self.memory, "gtol": gtol, "ftol": 0.0, "maxiter": _NO_END, "maxfun": _NO_END}


def trusted(default: float, symbol: str, meaning: str) -> Any:
    """Declare a radius of the region in which the parabola is trusted."""
    return hyper(default, symbol, meaning, low=1e-9, high=1e9, log=True, slider=(1e-2, 1e3))


@dataclass(frozen=True)
class TrustRegion(ScipyMethod):
    """Trust region with nearly exact subproblems. Moré & Sorensen (1983), Conn et al. (2000); SciPy's trust-exact."""

    key = "trust_region"
    title = "Trust region"
    summary = "The lowest point of the local parabola within a radius that grows where the parabola tells true."
    family = SECOND_ORDER
    order = 2
    is_square = True
    scipy_name = "trust-exact"
    failures = (ValueError,)  # a step out of all numbers

    radius: float = trusted(1.0, "r₀", "How far the parabola is trusted at first.")
    largest: float = trusted(1000.0, "rmax", "How far the parabola is ever trusted.")
    ratio: float = hyper(
        0.15,
        "c",
        "Which share of the decrease that the parabola promises a step must bring.",
        high=0.2499,
        slider=(0.0, 0.2499),
    )

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:  # noqa: D102
        # SciPy refuses a first radius as large as the largest
        first = min(self.radius, float(np.nextafter(self.largest, 0)))
        limits = {"initial_trust_radius": first, "max_trust_radius": self.largest, "eta": self.ratio}
        return {"gtol": tolerance, "maxiter": _NO_END, **limits}


def closeness() -> Any:
    """Declare how closely a line is searched."""
    meaning = "How closely the minimum along a line is found, relative to its place."
    return hyper(1e-4, "ε", meaning, low=1e-15, high=0.1, log=True, slider=(1e-10, 1e-2))


@dataclass(frozen=True)
class Powell(ScipyMethod):
    """Powell's conjugate directions (1964), with Brent's line search; SciPy's Powell.

    One iterate is one round of lines: along each of d directions, of which one is then replaced.
    """

    key = "powell"
    title = "Powell"
    summary = "Along one line after the other, by values alone; a round of them is one step."
    family = DERIVATIVE_FREE
    order = 0
    is_square = True
    scipy_name = "Powell"
    failures = (RuntimeError,)  # a line without a lowest point

    xtol: float = closeness()

    def options(self, tolerance: float, dimension: int) -> dict[str, Any]:  # noqa: D102
        return {"xtol": self.xtol, "ftol": 0.0, "maxiter": _NO_END, "maxfev": _NO_END}
