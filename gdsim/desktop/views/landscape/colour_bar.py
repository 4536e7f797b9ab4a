"""The colour bar beside the landscape."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme, ground_colors
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.level_texts import level_texts
from gdsim.simulation.sampling.landscape import Surface


class ColourBar(QWidget):
    """Which colour is which value, with the level lines marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
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
        self._surface: Surface | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        colors = np.ascontiguousarray(ground_colors(theme)[::-1])
        self.updateGeometry()
        self._image = QImage(colors.data, 1, len(colors), 4, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def set_surface(self, surface: Surface) -> None:
        """Show the scale of a surface."""
        self._surface = surface
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest label."""
        bar, gap = self._theme.pixels(14), self._theme.pixels(6)
        return QSize(bar + 2 * gap + self.fontMetrics().horizontalAdvance("−0.00e−00"), 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, a tick a level, and as many labels as fit."""
        if self._surface is None:
            return
        painter = QPainter(self)
        metrics = self.fontMetrics()
        width, gap = self._theme.pixels(14), self._theme.pixels(6)
        margin = metrics.height()
        bar = QRectF(0, margin, width, self.height() - 2 * margin)
        if self._surface.scale.constant:
            painter.fillRect(bar, self._image.pixelColor(0, self._image.height() - 1))
        else:
            painter.drawImage(bar, self._image)
        painter.setPen(QPen(QColor(self._theme.line)))
        painter.drawRect(bar)
        levels = self._surface.levels.tolist()
        count = len(levels)
        places = [bar.bottom() - bar.height() * (k + 1) / (count + 1) for k in range(count)]
        stride = max(1, int(np.ceil(1.6 * metrics.height() * (count + 1) / max(1.0, bar.height()))))
        texts, name = level_texts(levels[::stride], self._surface.scale.low, self._fits, self._heads)
        for k, y in enumerate(places):
            text = texts[k // stride] if k % stride == 0 else ""
            painter.setPen(QPen(QColor(self._theme.faint)))
            painter.drawLine(width - (gap if text else gap // 2), round(y), width, round(y))
            painter.setPen(QPen(QColor(self._theme.text)))
            painter.drawText(width + gap, round(y + metrics.ascent() / 2 - 1), text)
        if self._surface.scale.constant and not np.isnan(self._surface.shades).all():
            height = show(self._surface.scale.low)
            painter.setPen(QPen(QColor(self._theme.text)))
            painter.drawText(width + gap, round(bar.center().y() + metrics.ascent() / 2 - 1), height)
        painter.setPen(QPen(QColor(self._theme.faint)))
        painter.drawText(0, margin - metrics.descent() - 2, name)
        painter.end()

    def _fits(self, number: str) -> bool:
        return self._heads(number, self._theme.pixels(14) + self._theme.pixels(6))

    def _heads(self, text: str, left: int = 0) -> bool:
        return self.fontMetrics().horizontalAdvance(text) <= self.width() - left
