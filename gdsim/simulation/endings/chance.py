"""The chance that a random restart ends at a global minimum, estimated from those of a race."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: The interval covers the chance in so many of 100 races with other seeds.
COVERED = 0.95
#: So many standard deviations about the mean a normal distribution has that share of itself:
#: `statistics.NormalDist().inv_cdf((1 + COVERED) / 2)`, without the import, for which the first race would wait.
_Z = 1.9599639845400536


@dataclass(frozen=True)
class Chance:
    """An estimated chance and how uncertain it is.

    Attributes
    ----------
    hits, tries
        How often it happened, and of how many.
    """

    hits: int
    tries: int

    @property
    def share(self) -> float:
        """The estimate: hits / tries."""
        return self.hits / self.tries

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval: the chances for which so many hits are no surprise, at 95 %.

        Wilson, "Probable inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22 (1927).
        """
        n, p, z = self.tries, self.share, _Z
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        # at 0 and n hits an end is exactly 0 or 1, which rounding would miss
        low = 0.0 if self.hits == 0 else middle - half
        high = 1.0 if self.hits == n else middle + half
        return low, high

    @property
    def percents(self) -> tuple[str, str, str]:
        """The estimate and the ends of the interval in per cent, to be read: below 10 with one decimal place."""
        low, high = self.interval
        return _percent(self.share), _percent(low), _percent(high)


def _percent(share: float) -> str:
    value = 100 * share
    return f"{value:.1f}" if 0 < value < 9.95 else f"{value:.0f}"
