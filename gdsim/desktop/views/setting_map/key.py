"""Key of a setting map: the colour bar with numbers, and what each grey means."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.setting_colours import setting_shades
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.outcome_patterns import fill_outcome
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.views.setting_map.scale import Scale
from gdsim.desktop.views.setting_map.texts import empty_text, kind_text, measure_text
from gdsim.simulation.endings.outcome_kinds import Kind


class MapKey(QWidget):
    """A bar from the best value to the worst, its numbers under it, then what it is, and swatches of the outcomes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setting_map_key")
        self.setAccessibleName(self.tr("Colour bar"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = theme
        self.scale: Scale | None = None
        #: The outcomes that are explained.
        self.kinds: tuple[Kind, ...] = ()

    def show_key(self, scale: Scale, kinds: tuple[Kind, ...], theme: Theme) -> None:
        """Show another scale, other outcomes, or other colours."""
        if (scale, kinds, theme) == (self.scale, self.kinds, self._theme):
            return
        self.scale, self.kinds, self._theme = scale, kinds, theme
        self.setAccessibleDescription(self.text())
        self.setToolTip(self.text())
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All that it tells, in words."""
        if self.scale is None:
            return ""
        numbers = ", ".join(text for _, text in self.scale.ticks(6))
        head = empty_text(self.scale.measure) if self.scale.empty else f"{self.title}: {numbers}"
        return "; ".join([head, *[kind_text(kind, self.scale.measure) for kind in self.kinds]])

    @property
    def title(self) -> str:
        """The measure, and what is subtracted from it."""
        if self.scale is None:
            return ""
        base = self.scale.base
        if self.scale.measure != "loss" or not base:
            return measure_text(self.scale.measure)
        number = show_typed(base, 4)
        above = f"{number} − f" if self.scale.ascent else f"f − ({number})" if base < 0 else f"f − {number}"
        return f"{measure_text('loss')}, {above}"

    def hasHeightForWidth(self) -> bool:
        """Swatches go on in the next line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Bar, numbers, title and swatches."""
        return self._numbers_bottom + len(self._lines(width)) * (self._line + 2)

    def sizeHint(self) -> QSize:
        """As broad as there is room."""
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        """A few numbers."""
        return QSize(120, self._numbers_bottom + self._line + 2)

    @property
    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    @property
    def _bar_bottom(self) -> int:
        return self._theme.pixels(14)

    @property
    def _numbers_bottom(self) -> int:
        return 0 if self.scale is not None and self.scale.empty else self._bar_bottom + self._line

    @property
    def _heading(self) -> str:
        if self.scale is None:
            return ""
        return empty_text(self.scale.measure) if self.scale.empty else self.title

    def _lines(self, width: int) -> list[list[tuple[Kind, str, float]]]:
        """The outcomes with their words and where each begins, in lines; the first goes on after the heading."""
        gap = self._theme.pixels(10)
        lines: list[list[tuple[Kind, str, float]]] = [[]]
        x = float(self.fontMetrics().horizontalAdvance(self._heading) + gap)
        for kind in self.kinds:
            text = kind_text(kind, self.scale.measure if self.scale else "steps")
            wide = self._swatch + 4 + self.fontMetrics().horizontalAdvance(text)
            if x + wide > width:
                lines.append([])
                x = 0.0
            lines[-1].append((kind, text, x))
            x += wide + gap
        return lines

    @property
    def _swatch(self) -> int:
        return self._theme.pixels(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, numbers, title and swatches."""
        if self.scale is None:
            return
        painter = QPainter(self)
        try:
            if not self.scale.empty:
                self._paint_bar(painter, self.scale)
            painter.setPen(QColor(self._theme.faint))
            painter.drawText(0, self._numbers_bottom + 2 + self.fontMetrics().ascent(), self._heading)
            self._paint_kinds(painter)
        finally:
            painter.end()

    def _paint_bar(self, painter: QPainter, scale: Scale) -> None:
        metrics, theme = self.fontMetrics(), self._theme
        bar = QRectF(0.5, 0.5, self.width() - 1, theme.pixels(10))
        pixels = np.ascontiguousarray(setting_shades(theme.dark)[None])
        image = QImage(pixels.data, pixels.shape[1], 1, 4 * pixels.shape[1], QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image.copy())
        painter.setPen(QPen(QColor(theme.line)))
        painter.drawRect(bar)
        free = 0.0
        for share, text in scale.ticks(self.width() / (4 * metrics.averageCharWidth() * 2)):
            wide = metrics.horizontalAdvance(text)
            left = min(max(bar.left() + share * bar.width() - wide / 2, 0.0), self.width() - wide)
            if left < free:
                continue
            free = left + wide + metrics.horizontalAdvance("0")
            at = bar.left() + share * bar.width()
            painter.setPen(QColor(theme.faint))
            painter.drawLine(round(at), round(bar.bottom()), round(at), round(bar.bottom()) + theme.pixels(3))
            painter.setPen(QColor(theme.text))
            painter.drawText(round(left), self._bar_bottom + metrics.ascent(), text)

    def _paint_kinds(self, painter: QPainter) -> None:
        theme, top = self._theme, float(self._numbers_bottom + 2)
        for line in self._lines(self.width()):
            for kind, text, x in line:
                where = QRectF(x + 0.5, top + 2.5, self._swatch - 1, self._line - 5)
                fill_outcome(painter, kind, theme, where)
                painter.setPen(QColor(theme.line))
                painter.drawRect(where)
                painter.setPen(QColor(theme.text))
                painter.drawText(round(x) + self._swatch + 4, round(top) + self.fontMetrics().ascent(), text)
            top += self._line + 2
