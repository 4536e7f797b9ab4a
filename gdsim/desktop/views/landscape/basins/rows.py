"""The rows of a legend of basins: what there is on a map, the largest share first."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.desktop.state.seen_basins import SeenMap


@dataclass(frozen=True)
class Row:
    """A minimum that runs end at, or another outcome that occurs.

    Attributes
    ----------
    share
        Of all starts.
    minimum
        Which one; -1 for another outcome.
    other
        Which of `OTHERS`; -1 for a minimum.
    number, colour
        Those of the minimum.
    """

    share: float
    minimum: int = -1
    other: int = -1
    number: int = 0
    colour: int = 0


def legend_rows(seen: SeenMap) -> list[Row]:
    """Return the minima by their shares, those that are known to be global first, then the other outcomes."""
    counts, minima = seen.map.counts / seen.map.shown.size, len(seen.map.minima)
    is_global = [place.is_global for place in seen.map.minima]
    rows = [Row(float(counts[k]), k, -1, seen.numbers[k], seen.colours[k]) for k in range(minima) if counts[k]]
    others = [Row(float(share), -1, k) for k, share in enumerate(counts[minima:]) if share]
    return [*sorted(rows, key=lambda row: (not is_global[row.minimum], -row.share, row.number)), *others]


def fitted(rows: list[Row], most: int) -> tuple[list[Row], list[Row]]:
    """Return the rows that there is room for, and the minima that are told of in one more instead.

    Other outcomes are never left out.
    """
    if len(rows) <= most:
        return rows, []
    minima = [row for row in rows if row.minimum >= 0]
    others = rows[len(minima) :]
    room = max(1, most - len(others) - 1)
    return [*minima[:room], *others], minima[room:]
