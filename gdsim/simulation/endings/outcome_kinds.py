"""The ways a run can end: all that a race itself, and the drawing of it, go by."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The ways a run can end."""

    CONVERGED = "converged"
    OUT_OF_STEPS = "out_of_steps"
    DIVERGED = "diverged"
    LEFT_DOMAIN = "left_domain"
    NO_GRADIENT = "no_gradient"  # f is defined there, its gradient is not
    CANCELLED = "cancelled"


#: The kinds of a run whose last step led to no number.
LOST = (Kind.DIVERGED, Kind.LEFT_DOMAIN)
#: In `Reached.parts`, what stands for runs that ended at no known minimum, and for those that were lost.
ELSEWHERE_PART, LOST_PART = -1, -2
