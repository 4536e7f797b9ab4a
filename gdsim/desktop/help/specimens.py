"""Each sign of the plots by itself, drawn by what draws it there."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from gdsim.desktop.help.basin_specimens import basins, no_basin
from gdsim.desktop.help.curve_specimens import CURVE_SPECIMENS
from gdsim.desktop.help.landscape_specimens import LANDSCAPE_SPECIMENS
from gdsim.desktop.help.sheet import HEIGHT, WIDTH, Sheet
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.axis_names import AxisName
from gdsim.desktop.plotting.end_cross import ended_icon
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.views.data.examples_plot import SYMBOLS, point_look
from gdsim.desktop.views.landscape.paths import path_pen
from gdsim.desktop.widgets.legend import draw_swatch
from gdsim.simulation.names import id_of

#: The heights of those that need more.
_HEIGHTS = {"components": 110, "step_arrows": 76}


def specimen(name: str, theme: Theme, ratio: float = 2.0) -> QPixmap:
    """The picture of a sign, by its name in `SPECIMENS`."""
    size = QSize(theme.pixels(WIDTH), theme.pixels(_HEIGHTS.get(name, HEIGHT)))
    picture = QPixmap(size * ratio)
    picture.fill(QColor(theme.window))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        SPECIMENS[name](Sheet(painter, theme, size))
    finally:
        painter.end()
    return picture


def _undefined(sheet: Sheet) -> None:
    draw_hatch(sheet.painter, QRectF(sheet.size), sheet.theme)


def _heads(sheet: Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2), id_of("adam", 3))
    side = 16 * sheet.theme.scale
    for i, key in enumerate(keys):
        at = QRectF((i + 0.5) * sheet.size.width() / len(keys) - side / 2, sheet.middle.y() - side / 2, side, side)
        draw_swatch(sheet.painter, key, sheet.theme, at)


def _dashes(sheet: Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2))
    for i, key in enumerate(keys):
        y = (i + 1) * sheet.size.height() / (len(keys) + 1)
        sheet.painter.setPen(path_pen(key, sheet.theme, bold=True))
        sheet.painter.drawLine(QLineF(8, y, sheet.size.width() - 8, y))


def _plane(sheet: Sheet) -> None:
    for text, at in (("p₂", QPointF(6, 2)), ("p₁", QPointF(sheet.size.width() - 26, sheet.size.height() - 24))):
        name = AxisName()
        name.color, name.halo = QColor(sheet.theme.text), QColor(sheet.theme.base)
        name.show_text(text)
        sheet.painter.save()
        sheet.painter.translate(at)
        name.paint(sheet.painter, None)  # type: ignore[arg-type]
        sheet.painter.restore()
    sheet.painter.setPen(QColor(sheet.theme.line))
    sheet.painter.drawRect(QRectF(sheet.size).adjusted(0.5, 0.5, -0.5, -0.5))


def _ended(sheet: Sheet, lost: bool) -> None:
    side = sheet.theme.pixels(14)
    ended_icon(sheet.theme, lost).paint(
        sheet.painter, QRect(round(sheet.middle.x() - side / 2), round(sheet.middle.y() - side / 2), side, side)
    )


def _points(sheet: Sheet, filled: bool) -> None:
    for c in range(2):
        at = QPointF(sheet.middle.x() + (24 if c else -24) * sheet.theme.scale, sheet.middle.y())
        sheet.symbol(SYMBOLS[c], point_look(sheet.theme, c, filled), at)


#: How each sign is drawn, by name.
SPECIMENS: Table[str, Callable[[Sheet], None]] = {
    **LANDSCAPE_SPECIMENS,
    "undefined": _undefined,
    "basins": basins,
    "no_basin": no_basin,
    "heads": _heads,
    "dashes": _dashes,
    "plane": _plane,
    **CURVE_SPECIMENS,
    "ended": lambda sheet: _ended(sheet, lost=False),
    "ended_lost": lambda sheet: _ended(sheet, lost=True),
    "trained": lambda sheet: _points(sheet, filled=True),
    "held_out": lambda sheet: _points(sheet, filled=False),
}
