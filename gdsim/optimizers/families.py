"""Families of optimizers: what those of one have in common."""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """A family of optimizers, with a sentence on what they have in common."""

    title: str
    summary: str


PLAIN = Family("Plain", "The gradient of this step alone decides.")
MOMENTUM = Family("Momentum", "The movement so far carries on, or the gradient is taken ahead of it.")
ADAPTIVE = Family("Adaptive", "Each coordinate is divided by the size its gradient usually has.")
SIGNS = Family("Signs", "Only the direction of each coordinate counts, not how steep it is.")
AVERAGED = Family("Averaged", "What counts is the average of where it has been.")
TUNING = Family(
    "Sets its own step", "How far a step goes follows from the way so far: there is little or nothing to set."
)
LINE_SEARCH = Family("Line search", "Each step tries several lengths along a line and takes one that will do.")
SECOND_ORDER = Family("Second order", "The curvature, known or guessed from gradients, says where to go and how far.")
DERIVATIVE_FREE = Family("Derivative-free", "Values alone decide: no slope is ever asked for.")

#: In the order in which people meet them.
FAMILIES = (PLAIN, MOMENTUM, ADAPTIVE, SIGNS, AVERAGED, TUNING, LINE_SEARCH, SECOND_ORDER, DERIVATIVE_FREE)
