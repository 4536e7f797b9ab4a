"""The plot that all others are made of."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.decade_axis import DecadeAxis
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.number_axis import NumberAxis

# a mouse tells 125 times a second or more where it is; at 100, as pyqtgraph has it, every other time would be lost
pg.setConfigOption("mouseRateLimit", 250)


class Plot(pg.PlotWidget):
    """Plot without pyqtgraph's own menu and buttons, in the theme's colours.

    Parameters
    ----------
    decades
        The axes that show decades where they are logarithmic.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, decades: tuple[str, ...] = ()) -> None:
        axes = {side: (DecadeAxis if side in decades else NumberAxis)(side) for side in ("left", "bottom")}
        super().__init__(parent=parent, background=theme.window, enableMenu=False, axisItems=axes)
        self.hideButtons()
        self.setFrameShape(self.Shape.NoFrame)
        # one colour is painted as soon as a picture of it, which is as large as the plot
        self.setCacheMode(self.CacheModeFlag.CacheNone)
        item = self.getPlotItem()
        for side in ("left", "bottom"):
            item.getAxis(side).setStyle(tickLength=4)
        for side in ("left", "bottom", "right", "top"):
            # no unit stands at it that could have a prefix, which is looked for with every change of the range
            item.getAxis(side).enableAutoSIPrefix(False)
        self._tell_hover = self.scene().sendHoverEvents
        self.scene().sendHoverEvents = self._look_under_mouse
        self.set_theme(theme)

    def _look_under_mouse(self, event: Any, exitOnly: bool = False) -> None:  # noqa: N803 (its name)
        """Look for what is under the mouse, unless it drags something, which nothing else has a part in then."""
        if exitOnly or self.scene().dragItem is None:
            self._tell_hover(event, exitOnly)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep no pictures of what nobody sees."""
        super().hideEvent(event)
        for item in self.scene().items():
            if isinstance(item, Layer):
                item.forget()

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show these and nothing beside; what is moved by that is moved now, or it would be painted twice."""
        self.box.setRange(xRange=x, yRange=y, padding=0)
        self.box.updateMatrix()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setBackground(theme.window)
        font = QFont(QApplication.font())
        self.getPlotItem().getAxis("left").setWidth(theme.pixels(52))
        self.getPlotItem().getAxis("bottom").setHeight(theme.pixels(26))
        for side in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.faint))
            axis.setTickFont(font)

    @property
    def box(self) -> pg.ViewBox:
        """The view box."""
        return self.getPlotItem().getViewBox()
