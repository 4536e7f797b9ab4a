"""Colour bar beside the landscape."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme, surface_colors
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.level_texts import level_texts
from gdsim.simulation.sampling.landscape import Surface


class ColourBar(QWidget):
    """Bar that tells which colour is which value, with the level lines marked."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("colour_bar")
        self.setAccessibleName(self.tr("Colour bar"))
        self.setToolTip(
            self.tr(
                "Which colour is which value of f; the ticks are the level lines, not all of which are drawn where "
                "hills stand close. Where their values differ by little, the lowest value in view is subtracted: what "
                "stands above says so."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        # while the surface of another plane is worked out the bar stays as it is: it would only flicker
        self._surface: Surface | None = None

    def show_scene(self, scene: Scene) -> None:
        """Take the colours, and the scale of the surface."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme"):
            colors = np.ascontiguousarray(surface_colors(scene.theme)[::-1])
            self.updateGeometry()
            # copy(): the pixels are gone before the image is
            self._image = QImage(colors.data, 1, len(colors), 4, QImage.Format.Format_RGBA8888).copy()
        if isinstance(scene.surface, Surface):
            self._surface = scene.surface
        if scene.changed(before, "theme", "surface"):
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest label."""
        width, gap = self._sizes
        return QSize(width + 2 * gap + text_width(self.font(), "−0.00e−00"), 120)

    @property
    def _sizes(self) -> tuple[int, int]:
        """The width of the bar, and the gap between it and the labels."""
        return (14, 6) if self.shown is None else (self.shown.theme.pixels(14), self.shown.theme.pixels(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, a tick a level, and as many labels as fit."""
        if self._surface is None or self.shown is None:
            return
        painter = QPainter(self)
        try:
            self._paint(painter, self._surface, self.shown.theme)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, surface: Surface, theme: Theme) -> None:
        metrics, (width, gap) = self.fontMetrics(), self._sizes
        margin, up = metrics.height(), metrics.ascent() / 2 - 1
        bar = QRectF(0, margin, width, self.height() - 2 * margin)
        if surface.scale.constant:
            painter.fillRect(bar, self._image.pixelColor(0, self._image.height() - 1))
        else:
            painter.drawImage(bar, self._image)
        painter.setPen(QPen(QColor(theme.line)))
        painter.drawRect(bar)
        name = self._paint_levels(painter, surface, theme, bar)
        if surface.scale.constant and not np.isnan(surface.shades).all():
            painter.setPen(QPen(QColor(theme.text)))
            painter.drawText(width + gap, round(bar.center().y() + up), show(surface.scale.low))
        painter.setPen(QPen(QColor(theme.faint)))
        painter.drawText(0, margin - metrics.descent() - 2, name)

    def _paint_levels(self, painter: QPainter, surface: Surface, theme: Theme, bar: QRectF) -> str:
        """Draw ticks and numbers, and return what they are numbers of."""
        metrics, (width, gap) = self.fontMetrics(), self._sizes
        levels = surface.levels.tolist()
        parts = len(levels) + 1
        stride = max(1, int(np.ceil(1.6 * metrics.height() * parts / max(1.0, bar.height()))))
        texts, name = level_texts(levels[::stride], surface.scale.low, self._has_room_for, self._has_width_for)
        for k in range(len(levels)):
            y = bar.bottom() - bar.height() * (k + 1) / parts
            text = texts[k // stride] if k % stride == 0 else ""
            painter.setPen(QPen(QColor(theme.faint)))
            painter.drawLine(width - (gap if text else gap // 2), round(y), width, round(y))
            painter.setPen(QPen(QColor(theme.text)))
            painter.drawText(width + gap, round(y + metrics.ascent() / 2 - 1), text)
        return name

    def _has_room_for(self, number: str) -> bool:
        return self._has_width_for(number, sum(self._sizes))

    def _has_width_for(self, text: str, left: int = 0) -> bool:
        return text_width(self.font(), text) <= self.width() - left
