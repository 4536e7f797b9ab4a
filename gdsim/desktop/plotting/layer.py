"""A graphics item that keeps a picture of what it painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import ViewItem


class Layer(ViewItem):
    """Item that fills its view box; what `render` drew is kept until the view, the size or the content changes.

    Attributes
    ----------
    fleeting
        Whether a picture is kept only of what is painted a second time: what is soon drawn, and another thing with
        every frame while something is dragged, is drawn on the screen at once.
    """

    fleeting = False

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._mapping: Mapping | None = None
        #: Whether the picture is to be made anew.
        self.stale = True

    def renew(self) -> None:
        """Draw all anew with the next frame, as the content has changed."""
        self.stale = True
        self.update()

    def forget(self) -> None:
        """Keep no picture until the next frame."""
        self._picture = None

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Show the picture, drawn anew if it has to be."""
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        if area.isEmpty():
            return
        mapping = Mapping(transform, area)
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            # lines stay lines in a drawing that can be scaled
            self._paint_at_once(painter, mapping)
            self.stale = True
            return
        # a picture exported larger than the view is drawn with as many pixels as it gets
        larger = painter.deviceTransform().m11() / transform.m11() if transform.m11() else 1.0
        ratio = painter.device().devicePixelRatioF() * max(1.0, larger)
        changed = self.stale or mapping != self._mapping
        self._mapping, self.stale = mapping, False
        if changed and self.fleeting:
            self._picture = None
            self._paint_at_once(painter, mapping)
            return
        known = self._picture is not None and self._picture.devicePixelRatio() == ratio
        if changed or self._picture is None or not known:
            self._picture = self.rendered(mapping, ratio)
        # most layers have nothing that comes later: no painter is begun for them
        if type(self).extend is not Layer.extend:
            self._draw(self._picture, self.extend, mapping)
        painter.save()
        painter.resetTransform()
        self.show_picture(painter, self._picture, area.topLeft(), mapping)
        painter.restore()

    def _paint_at_once(self, painter: QPainter, mapping: Mapping) -> None:
        painter.save()
        painter.resetTransform()
        painter.setClipRect(mapping.area)
        painter.translate(mapping.area.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.render(painter, mapping)
        self.extend(painter, mapping)
        painter.restore()

    def rendered(self, mapping: Mapping, ratio: float) -> QPixmap:
        """Draw the content on a picture of its own, with so many pixels to one of the view."""
        picture = _blank(mapping.area.size(), ratio)
        self._draw(picture, self.render, mapping)
        return picture

    def _draw(self, picture: QPixmap, how: Any, mapping: Mapping) -> None:
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            how(painter, mapping)
        finally:
            # a painter that outlives its picture takes the process with it
            painter.end()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the content on an empty picture, in pixels."""

    def extend(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw what has come since; called before every frame."""

    def show_picture(self, painter: QPainter, picture: QPixmap, corner: QPoint, mapping: Mapping) -> None:
        """Put the picture on screen."""
        painter.drawPixmap(corner, picture)


def _blank(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    # after filling: on a screen of 16 bits a pixel, filling forgets it
    picture.setDevicePixelRatio(ratio)
    return picture
