"""The learning rate that falls where the loss does not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.optimizers.compiled.elementwise import Real, where
from gdsim.optimizers.described import hyper
from gdsim.optimizers.schedules import Factors, Schedule, share_of_one, whole_number


@dataclass(frozen=True)
class ReduceOnPlateau(Schedule):
    """As torch's ReduceLROnPlateau, told the loss before every step; each run has its own η.

    Below 0 the threshold is a share of the loss's size: torch's turns round there, so that a loss that stays the same
    counts as lower and η is never reduced. Near 0 a share asks for nearly nothing; an absolute threshold is the same
    everywhere (torch's ``threshold_mode="abs"``).
    """

    key = "plateau"
    title = "Reduce on plateau"
    summary = "η is multiplied by γ when the loss has not gone down for so many steps; losses below 0 count, too."
    watches_loss = True

    gamma: float = share_of_one(0.1, "γ", "What η is multiplied by on a plateau.")
    patience: int = whole_number(10, "n", "Steps without a lower loss that are borne.")
    threshold: float = share_of_one(
        1e-4,
        "δ",
        "By which share of its size, below 0 too, the loss must fall to count as lower; if absolute, by how much.",
        slider=(0.0, 0.1),
    )
    absolute: bool = hyper(
        False,
        "absolute",
        "Take δ as a difference of losses, the same everywhere: a share of a loss near 0 is nearly nothing.",
    )

    def watch(self, rate: float, runs: int) -> Plateau:
        """The η of many runs, to be told how their losses go."""
        return Plateau(self, rate, runs)

    def reduced(self, loss: Real, rate: Real, best: Real, bad: Real) -> tuple[Real, Real, Real]:
        """Take note of a loss before a step: the η of that step, the best loss and the steps since it was met.

        Written as a rule's step is, for floats, arrays and terms alike: the loops on floats print it.
        """
        # of a best loss below 0, a lower one is a larger share
        share = where(best > 0, 1 - self.threshold, 1 + self.threshold)
        is_lower = loss < (best - self.threshold if self.absolute else best * share)
        bad = where(is_lower, 0.0, bad + 1)
        is_plateau = bad > self.patience
        rate = where(is_plateau, rate * self.gamma, rate)
        return rate, where(is_lower, loss, best), where(is_plateau, 0.0, bad)

    def replayed(self, rate: float, losses: Factors) -> Factors:
        """η at each step of one run, given its loss before each, ``(steps,)``: what `watch` gave when told the same."""
        rates = []
        best, bad = math.inf, 0.0
        for loss in losses.tolist():
            rate, best, bad = self.reduced(loss, rate, best, bad)
            rates.append(rate)
        return np.array(rates)


class Plateau:
    """Memory of `ReduceOnPlateau` for many runs."""

    def __init__(self, schedule: ReduceOnPlateau, rate: float, runs: int) -> None:
        self.schedule = schedule
        #: η of each run, ``(runs,)``.
        self.rates = np.full(runs, rate)
        self._best = np.full(runs, np.inf)
        self._bad = np.zeros(runs)

    def tell(self, losses: Factors) -> None:
        """Take note of the loss of each run ``(runs,)`` before a step; `rates` then are those of the step."""
        self.rates, self._best, self._bad = self.schedule.reduced(losses, self.rates, self._best, self._bad)
