"""The arrows of a step on the landscape: no Qt."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from gdsim.desktop.state.overlays import StepArrows, TermArrow
from gdsim.desktop.views.update.term_table import kind_of
from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.compiled.term_formula import is_letter
from gdsim.simulation.terms.update_terms import TakenStep


def step_arrows(
    objective: Objective, taken: TakenStep, ticked: Iterable[int], reached: int | None
) -> StepArrows | None:
    """Work out what is drawn of a step; None where that is not on the landscape.

    Parameters
    ----------
    ticked
        The places of the terms that a person wants to see.
    reached
        The place of the term that a sub-step has just worked out, which is drawn in any case; later ones are not drawn
        yet. None for the whole step.
    """
    named = taken.named
    before, after = taken.value(named.before[0]), taken.value(named.terms[-1])
    if objective.dimension > 2 or not np.isfinite(before).all():
        return None
    last = len(named.terms) - 1 if reached is None else reached
    whole = last == len(named.terms) - 1
    # the parts of the step are told with it
    places = [k for k in ticked if k <= last]
    if reached is not None and reached not in places and named.terms[reached].direction:
        places.append(reached)
    arrows = [_arrow(taken, k, k == reached) for k in sorted(places)]
    ghost = _place(objective, after) if whole and np.isfinite(after).all() else None
    return StepArrows(*_place(objective, before), tuple([each for each in arrows if each is not None]), ghost)


def _arrow(taken: TakenStep, place: int, is_new: bool) -> TermArrow | None:
    term = taken.named.terms[place]
    vector, kind = taken.value(term), kind_of(term)
    if not np.isfinite(vector).all() or not vector.any():
        return None
    symbol = term.symbol
    if term.direction < 0:  # drawn the way the step goes by it
        vector, symbol = -vector, f"−{symbol}" if is_letter(symbol) else f"−({symbol})"
    x, y = (float(vector[0]), float(vector[1]) if len(vector) > 1 else 0.0)
    return TermArrow(symbol, kind, x, y, is_new)


def _place(objective: Objective, point: Array) -> tuple[float, float]:
    """A point on the landscape; of one variable on its curve."""
    if objective.dimension == 1:
        return float(point[0]), float(objective.value(point))
    return float(point[0]), float(point[1])
