"""State of the walk through a model: pure decisions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gdsim.objectives.data.dataset import Indices
    from gdsim.objectives.data.walkthrough.passes import Edge, Passes, Stage
    from gdsim.objectives.data.walkthrough.walk import Walk


@dataclass(frozen=True, eq=False)
class WalkState:
    """A stop of the walk, and the box and the weight that are looked at.

    Attributes
    ----------
    walk
        Writes the formulas of the model that is walked through.
    rows
        The row in the data of each example of the model: of those trained on, then of those held out.
    at
        The place of the stop.
    node
        The box that was clicked last; at another stop, its neuron is looked at.
    edge
        The weight that was clicked last; None before any was.
    """

    walk: Walk
    rows: Indices
    at: int = 0
    node: int = 0
    edge: Edge | None = None

    @property
    def passes(self) -> Passes:
        """The graph of the model."""
        return self.walk.passes

    @property
    def stage(self) -> Stage:
        """The stop."""
        return self.passes.stages[self.at]

    @property
    def is_first(self) -> bool:
        """Tell whether there is no stop before this one."""
        return self.at == 0

    @property
    def is_last(self) -> bool:
        """Tell whether there is no stop after this one."""
        return self.at == len(self.passes.stages) - 1

    @property
    def node_here(self) -> int:
        """The box in the row of the stop that is looked at: the one that was clicked, or that of the same neuron."""
        passes, stage = self.passes, self.stage
        clicked = passes.nodes[self.node]
        if stage.what == "update" and clicked.kind == "sum":
            return self.node
        place, row = passes.rows[clicked.row].index(self.node), self._neurons(stage.row)
        return row[min(place, len(row) - 1)]

    @property
    def weight(self) -> Edge:
        """The weight that is looked at: the first one of the first neuron before any was clicked."""
        passes = self.passes
        return self.edge or passes.edges[passes.into[passes.rows[1][0]][0]]

    def example_in(self, row: int) -> int:
        """Return the place in the model of the example that stands in a row of the data."""
        return int(np.flatnonzero(self.rows == row)[0])

    def like(self, before: WalkState | None) -> WalkState:
        """Return the same stop of this walk, where its graph is the same as before."""
        if before is None:
            return self
        old, new = before.passes, self.passes
        if (old.nodes, old.edges) != (new.nodes, new.edges):
            return self
        at = min(before.at, len(new.stages) - 1)
        return replace(self, at=at, node=before.node, edge=before.edge)

    def moved(self, by: int) -> WalkState:
        """Go some stops on, or back, as far as there are any."""
        return replace(self, at=max(0, min(self.at + by, len(self.passes.stages) - 1)))

    def clicked(self, what: object) -> WalkState:
        """Look at a box, by its number, or at an edge, by the numbers of its boxes."""
        passes = self.passes
        if isinstance(what, tuple):
            edge = next(e for e in passes.edges if (e.source, e.to) == what)
            return replace(self, edge=edge if edge.parameter >= 0 else self.edge, node=edge.to)
        if not isinstance(what, int):
            return self
        weighed = [passes.edges[e] for e in passes.out_of[what]]
        has_weight = bool(weighed) and weighed[0].parameter >= 0
        return replace(self, node=what, edge=weighed[0] if has_weight else self.edge)

    def turned(self, by: int) -> WalkState:
        """Look at the next of the neurons in the row of the stop, or with -1 at the one before."""
        row = self._neurons(self.stage.row)
        return self.clicked(row[(row.index(self.node_here) + by) % len(row)])

    def _neurons(self, row: int) -> list[int]:
        return [i for i in self.passes.rows[row] if self.passes.nodes[i].kind != "one"]
