"""A point of a run on the curve of a function of one variable, with its numbers as formulas."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.desktop.text.numbers import MINUS, show
from gdsim.simulation.sampling.tangent import NextStep, Tangent
from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True, eq=False)
class CurvePoint:
    """Point of a run on the curve.

    Attributes
    ----------
    seen, step
        What is known of the function there, and the step that follows.
    key, race
        The optimizer, and the race that it is in.
    """

    seen: Tangent
    step: NextStep
    key: str
    race: Trajectories

    @property
    def variable(self) -> str:
        """The name of the variable."""
        return self.race.objective.shown_names[0]

    @property
    def formula(self) -> str:
        """The step of plain descent as a formula: g where the gradient it is handed is not the derivative."""
        sign = "+" if self.race.ascent else MINUS
        return f"{sign}η·{f'f′({self.variable})' if self.step.gradient == self.seen.slope else 'g'}"

    @property
    def product(self) -> str:
        """The same with its numbers."""
        step, ascent = self.step, self.race.ascent
        used = show(step.gradient)
        used = f"({used})" if step.gradient < 0 else used
        size = (1.0 if ascent else -1.0) * step.rate * step.gradient
        return f"{self.formula} = {'' if ascent else MINUS}{_plain(step.rate)} · {used} = {show(size)}"


def _plain(x: float) -> str:
    return f"{x:.4g}".replace("-", MINUS)
