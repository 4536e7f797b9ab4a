"""Graphics items that fill what is seen of a plot, drawn in its pixels."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gdsim.desktop.plotting.mapping import Mapping


class ViewItem(pg.GraphicsObject):
    """Item as large as what is seen, however that moves."""

    def boundingRect(self) -> QRectF:
        """Return all of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Follow the view; called by pyqtgraph."""
        self.prepareGeometryChange()
        super().viewTransformChanged()


class PixelItem(ViewItem):
    """Item that is drawn anew with every frame: little, and another thing with each step."""

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw in pixels, from the corner of what is seen."""
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        if area.isEmpty():
            return
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, Mapping(transform, area))
        painter.restore()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what there is."""
        raise NotImplementedError
