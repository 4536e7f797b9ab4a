"""Working a function out, before anything in the window asks for it."""

from __future__ import annotations

from gdsim.objectives import Function, Objective


def made_ready(objective: Objective) -> Objective:
    """Work out all that the window will ask of a function; once it is open, not in its own thread.

    Raises
    ------
    GdsimError
        If that cannot be done.
    """
    if isinstance(objective, Function) and not objective.ready:
        objective.compile()
    # a function's own start is found by evaluating it
    _ = objective.start
    return objective
