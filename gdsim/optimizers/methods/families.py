"""Families of methods: what those of one have in common."""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """A family of methods, with a sentence on what they have in common."""

    title: str
    summary: str


LINE_SEARCH = Family("Line search", "Each step tries several lengths along a line and takes one that will do.")
SECOND_ORDER = Family("Second order", "The curvature, known or guessed from gradients, says where to go and how far.")
DERIVATIVE_FREE = Family("Derivative-free", "Values alone decide: no slope is ever asked for.")
