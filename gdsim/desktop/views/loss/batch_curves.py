"""Losses of batches for the loss view, worked out by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.batch_losses import batch_losses
from gdsim.simulation.trajectories import Trajectories

_CHANNEL = "batch_losses"
#: At most so many steps are looked at, and so many at a time: a race does not wait longer for them.
_MOST, _AT_ONCE = 4096, 512


@dataclass(frozen=True, eq=False)
class KnownLosses:
    """Losses of batches.

    Attributes
    ----------
    keys
        The optimizers.
    steps
        ``(k,)``: the steps that were looked at, from 1.
    losses
        ``(k, optimizers)``: see `batch_losses`.
    """

    keys: tuple[str, ...]
    steps: NDArray[np.int64]
    losses: Array

    @property
    def places(self) -> Array:
        """Their places along the axis: a step starts where the one before has come to."""
        return self.steps.astype(np.float64) - 1


class BatchLosses(QObject):
    """Works them out piece by piece; a race that is asked about later takes the place of one before.

    Attributes
    ----------
    known
        The last that was finished; None if it is of other optimizers, or nobody asks.
    """

    found = Signal()

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._asked: tuple[Trajectories, tuple[int, ...]] | None = None
        self.known: KnownLosses | None = None

    @property
    def race(self) -> Trajectories | None:
        """The race that was asked about last; None if nobody asks."""
        return None if self._asked is None else self._asked[0]

    def ask(self, race: Trajectories, runs: NDArray[np.int64]) -> None:
        """Look at one run ``(optimizers,)`` of each optimizer."""
        asked = (race, tuple(runs.tolist()))
        if self._asked is not None and self._asked[0] is race and self._asked[1] == asked[1]:
            return
        self._asked = asked
        keys = race.ids
        if self.known is not None and self.known.keys != keys:
            self.known = None
        steps = np.unique(np.linspace(1, race.steps, min(race.steps, _MOST)).astype(np.int64))
        self._go_on(KnownLosses(keys, steps, np.empty((0, len(keys)))))

    def forget(self) -> None:
        """Nobody looks any more."""
        self._requests.forget(_CHANNEL)
        self._asked = self.known = None

    def _go_on(self, known: KnownLosses) -> None:
        if self._asked is None:
            return
        race, runs = self._asked
        done = len(known.losses)
        work = partial(batch_losses, race, runs, known.steps[done : done + _AT_ONCE])
        self._requests.send(_CHANNEL, work, partial(self._take, known))

    def _take(self, before: KnownLosses, piece: Array | None, error: GdsimError | None) -> None:
        if piece is None or error is not None:
            return
        known = KnownLosses(before.keys, before.steps, np.concatenate([before.losses, piece]))
        if len(known.losses) < len(known.steps):
            self._go_on(known)
        else:
            self.known = known
            self.found.emit()
