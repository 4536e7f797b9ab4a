"""Specimens of the colours and patterns of basin maps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from gdsim.desktop.help.sheet import Sheet
from gdsim.desktop.views.landscape.basins.rows import Row
from gdsim.desktop.views.landscape.basins.swatches import draw_basin_swatch


def basins(sheet: Sheet) -> None:
    """Draw the colours of the first minima."""
    _swatches(sheet, [Row(0.25, minimum=k, number=k + 1, colour=k) for k in range(4)])


def no_basin(sheet: Sheet) -> None:
    """Draw the patterns of what is no basin."""
    _swatches(sheet, [Row(0.2, other=k) for k in range(5)])


def _swatches(sheet: Sheet, rows: Sequence[Row]) -> None:
    """The swatches of a legend of basins, side by side."""
    side = sheet.size.width() / len(rows)
    for k, row in enumerate(rows):
        where = QRectF(k * side + 2, 0.2 * sheet.size.height(), side - 4, 0.6 * sheet.size.height())
        draw_basin_swatch(sheet.painter, row, sheet.theme, where)
