"""How columns share the width there is."""

from __future__ import annotations

from collections.abc import Mapping


def shared_widths(wanted: Mapping[int, int], least: Mapping[int, int], room: int, rest: int) -> dict[int, int]:
    """The width of each column, which together are `room` wide: none is cut while another one holds blank space.

    Parameters
    ----------
    wanted
        How wide each column would be, by what it holds; the first ones are the first to give way.
    least
        Below this a column gives way only when all others have given what they can.
    room
        The width of all.
    rest
        The column that takes what nobody needs.
    """
    widths = dict(wanted)
    over = sum(widths.values()) - room
    for column in wanted:
        given = min(max(0, over), max(0, widths[column] - least[column]))
        widths[column] -= given
        over -= given
    if over > 0:
        total = sum(widths.values())
        return {column: width * max(0, room) // total for column, width in widths.items()}
    widths[rest] -= over
    return widths
