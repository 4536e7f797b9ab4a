"""The kinds of pixels of a basin map that are at no minimum."""

from __future__ import annotations

from gdsim.simulation.endings.outcome_kinds import Kind

#: It converged near no minimum.
ELSEWHERE = "elsewhere"
#: What a pixel shows in place of a minimum, in the order in which a legend tells it.
OTHERS = (ELSEWHERE, Kind.OUT_OF_STEPS, Kind.DIVERGED, Kind.LEFT_DOMAIN, Kind.NO_GRADIENT, Kind.CANCELLED)
