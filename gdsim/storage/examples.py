"""The ready-made experiments that come with the program, one a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gdsim.assets import asset
from gdsim.storage.files import Document, open_file


@dataclass(frozen=True)
class Example:
    """A file in resources and what it holds."""

    path: Path
    document: Document


def examples() -> list[Example]:
    """All of them, in the order in which the lessons are usually taught."""
    return [Example(path, open_file(path)) for path in sorted(asset("examples").glob("*.json"))]
