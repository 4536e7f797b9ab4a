"""The signs of the loss plot by themselves, drawn by what draws them there."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table

import numpy as np
from PySide6.QtCore import QRectF

from gdsim.desktop.help.sheet import Sheet, bowl_race
from gdsim.desktop.look.style import optimizer_color
from gdsim.desktop.views.loss.curves import curves_of
from gdsim.desktop.views.loss.curves_layer import CurvesLayer
from gdsim.desktop.views.loss.cut_marks import CutLabels, cut_text
from gdsim.desktop.views.loss.cuts import Cut
from gdsim.desktop.views.loss.end_marks import DOT, draw_marks, draw_ring
from gdsim.desktop.views.loss.shown_curves import ShownCurves


def _curves(sheet: Sheet) -> None:
    race = bowl_race(restarts=3)
    curves = curves_of(race, True)
    layer, (low, high) = CurvesLayer(), curves.span
    layer.show_curves(ShownCurves(sheet.scene.with_(race=race, step=race.steps), race, curves, [0]))
    pad = (high - low) / 8
    layer.render(sheet.painter, sheet.mapping(-1, race.steps + 1, low - pad, high + pad))


def _end(sheet: Sheet, lost: bool) -> None:
    color = optimizer_color("gd", sheet.theme)
    x, y = np.array([sheet.middle.x()]), np.array([sheet.middle.y()])
    draw_marks(sheet.painter, x, y, np.array([lost]), DOT * sheet.theme.scale, color)


def _ring(sheet: Sheet) -> None:
    draw_ring(sheet.painter, sheet.middle, sheet.theme.scale, optimizer_color("gd", sheet.theme))


def _cut(sheet: Sheet) -> None:
    cut, where = Cut(0, 0, 0, True, 1.2e8), QRectF(24, 0, sheet.size.width() - 24, sheet.size.height())
    CutLabels(sheet.theme, ("gd",)).draw(sheet.painter, [cut], cut_text(cut), where)


#: How each sign of the loss plot is drawn, by name.
CURVE_SPECIMENS: Table[str, Callable[[Sheet], None]] = {
    "curves": _curves,
    "end": lambda sheet: _end(sheet, lost=False),
    "end_lost": lambda sheet: _end(sheet, lost=True),
    "ring": _ring,
    "cut": _cut,
}
