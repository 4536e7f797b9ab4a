"""The shares of a basin map in one line, over one of several landscapes side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.landscape.basins.layer import seen_map
from gdsim.desktop.views.landscape.basins.rows import Row, legend_rows
from gdsim.desktop.views.landscape.basins.swatches import draw_basin_swatch
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
            x = float(self.shown.theme.pixels(6))
            for row in legend_rows(self.seen):
                x = self._paint(painter, self.shown.theme, row, x)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, theme: Theme, row: Row, x: float) -> float:
        """Draw a row, and return where the next one begins."""
        near, far, side = (theme.pixels(size) for size in (_NEAR, _FAR, _SWATCH))
        share = percent(row.share)
        text = share if row.other >= 0 else f"{row.number}  {share}"
        width = self.fontMetrics().horizontalAdvance(text)
        if x + side + near + width > self.width():
            return x + self.width()
        draw_basin_swatch(painter, row, theme, QRectF(x + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1))
        painter.setPen(QColor(theme.text))
        where = QRectF(x + side + near, 0, width + 2, self.height())
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), text)
        return x + side + near + width + far
