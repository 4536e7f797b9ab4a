"""The shares of a basin map in one line, over one of several landscapes side by side."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.landscape.basins.layer import seen_map
from gdsim.desktop.views.landscape.basins.rows import Row, legend_rows
from gdsim.desktop.views.landscape.basins.swatches import Swatches
from gdsim.desktop.views.landscape.basins.texts import percent, row_tip

#: Between a swatch and its text, and to the next, in pixels at scale 1.
_NEAR, _FAR, _SWATCH = 3, 9, 11


class SharesStrip(QWidget):
    """A swatch, a number and a share for each basin, as many as there is room for; all are in its tip."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("basin_shares")
        self.setAccessibleName(self.tr("Share of starts"))
        self.seen: SeenMap | None = None
        self._swatches = Swatches()
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Take the map and the colours."""
        before, self.shown = self.shown, scene
        seen = seen_map(scene)
        if scene.changed(before, "theme"):
            self.setFixedHeight(self.fontMetrics().lineSpacing())
        if seen is not self.seen or scene.changed(before, "theme"):
            self.seen = seen
            self.setVisible(seen is not None)
            tip = "" if seen is None else "; ".join(row_tip(seen, row) for row in legend_rows(seen))
            self.setToolTip(tip_text(self.tr("Share of starts: {shares}").format(shares=tip)) if tip else "")
            self.setAccessibleDescription(tip)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw from the left, until there is no room."""
        if self.seen is None or self.shown is None:
            return
        painter = QPainter(self)
        try:
            self._paint_all(painter, self.shown.theme, legend_rows(self.seen))
        finally:
            painter.end()

    def _paint_all(self, painter: QPainter, theme: Theme, rows: list[Row]) -> None:
        """Draw all of it in fewer digits where there is little room; of many minima those of the largest shares."""
        digits = 1 if self._width(theme, rows, 1) <= self.width() else 0
        minima = [row for row in rows if row.minimum >= 0]
        others, left = rows[len(minima) :], len(minima)
        while left > 1 and self._width(theme, [*minima[:left], *others], digits, left < len(minima)) > self.width():
            left -= 1
        x = float(theme.pixels(_FAR) // 2)
        for row in minima[:left]:
            x = self._paint(painter, theme, row, x, digits)
        if left < len(minima):
            painter.setPen(QColor(theme.faint))
            painter.drawText(QRectF(x, 0, self._dots, self.height()), int(Qt.AlignmentFlag.AlignVCenter), "…")
            x += self._dots + theme.pixels(_FAR)
        for row in others:
            x = self._paint(painter, theme, row, x, digits)

    @property
    def _dots(self) -> int:
        return text_width(self.font(), "…")

    def _width(self, theme: Theme, rows: list[Row], digits: int, dots: bool = False) -> int:
        """The width that some rows take."""
        each = theme.pixels(_SWATCH) + theme.pixels(_NEAR) + theme.pixels(_FAR)
        texts = sum(text_width(self.font(), _text(row, digits)) for row in rows)
        return len(rows) * each + texts + (self._dots + theme.pixels(_FAR) if dots else 0)

    def _paint(self, painter: QPainter, theme: Theme, row: Row, x: float, digits: int) -> float:
        """Draw a row, and return where the next one begins."""
        near, far, side = (theme.pixels(size) for size in (_NEAR, _FAR, _SWATCH))
        text = _text(row, digits)
        width = text_width(self.font(), text)
        self._swatches.draw(painter, row, theme, QPoint(round(x), (self.height() - side) // 2), QSize(side, side))
        painter.setPen(QColor(theme.text))
        where = QRectF(x + side + near, 0, width + 2, self.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), text)
        return x + side + near + width + far


def _text(row: Row, digits: int) -> str:
    share = percent(row.share, digits)
    return share if row.other >= 0 else f"{row.number}  {share}"
