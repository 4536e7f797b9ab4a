"""The ready-made experiments that come with the program, one a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gdsim.assets import asset
from gdsim.storage.files import Document, open_file

#: What the lessons are about, and the numbers that their files begin with, in the order in which they are taught.
GROUPS: dict[str, tuple[int, ...]] = {
    "Learning rate": (1, 2, 3, 11),
    "Surfaces and rules": (4, 5, 7, 8, 9, 15, 18),
    "Restarts, noise, schedules": (6, 13, 14),
    "Derivatives and formulas": (10, 12, 16, 17),
    "Models on data": (19, 20, 21, 22, 23, 24),
    "Maps": (25, 26, 27),
}
#: The command, or the view, that an example is looked at with, by its number.
_SHOWN_WITH = {25: "basins", 26: "setting_map", 27: "sweep"}


@dataclass(frozen=True)
class Example:
    """A file in resources, what it holds, and what it is about.

    Attributes
    ----------
    shown_with
        The command, or the view, that it is looked at with; "" for none of its own.
    """

    path: Path
    document: Document
    group: str
    shown_with: str = ""


def examples() -> list[Example]:
    """All of them, in the order in which the lessons are usually taught."""
    group_of = {number: group for group, numbers in GROUPS.items() for number in numbers}
    paths = sorted(asset("examples").glob("*.json"))
    numbered = [(int(path.name[:2]), path) for path in paths]
    return [Example(path, open_file(path), group_of[n], _SHOWN_WITH.get(n, "")) for n, path in numbered]
