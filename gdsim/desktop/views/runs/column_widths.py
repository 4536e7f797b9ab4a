"""Division of the width among columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping

#: What must not be cut takes no more than this share of the room.
_MOST_WHOLE = 2 / 3


def shared_widths(
    wanted: Mapping[int, int], least: Mapping[int, int], room: int, rest: int, whole: Collection[int] = ()
) -> dict[int, int]:
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
    whole
        Columns that say nothing where they are cut, as those of buttons: they give way only where hardly anything
        would be left for the others.
    """
    widths = dict(wanted)
    over = sum(widths.values()) - room
    for column in wanted:
        given = min(max(0, over), max(0, widths[column] - least[column]))
        widths[column] -= given
        over -= given
    if over > 0:
        kept = {column: width for column, width in widths.items() if column in whole}
        if sum(kept.values()) > _MOST_WHOLE * room:
            kept = {}
        others = max(0, room) - sum(kept.values())
        total = sum(widths.values()) - sum(kept.values())
        return {column: kept.get(column, width * others // max(1, total)) for column, width in widths.items()}
    widths[rest] -= over
    return widths
