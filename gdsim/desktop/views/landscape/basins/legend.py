"""Legend of a basin map, where else the colour bar stands: the share of each basin, and of all other outcomes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.desktop.views.landscape.basins.layer import seen_map
from gdsim.desktop.views.landscape.basins.rows import Row, fitted, legend_rows
from gdsim.desktop.views.landscape.basins.swatches import Swatches
from gdsim.desktop.views.landscape.basins.texts import other_text, percent, place_text, row_tip, widths_of

#: Room for the longest rows that are common: the legend must not change its width while something is dragged.
_PLACE, _PERCENT, _NUMBER = "(−3.779, −3.283)", "> 99.9 %", "88"
#: Under this width of what it stands in, a place stands under its number, and not beside it.
_NARROW = 640


class BasinLegend(QWidget):
    """Tells which colour is which minimum, and which share of the starts ends there."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("basin_legend")
        self.setAccessibleName(self.tr("Legend of the basins"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.seen: SeenMap | None = None
        self._narrow = False
        self._swatches = Swatches()
        #: The rows that are drawn, by how far down each begins.
        self._drawn: list[tuple[float, list[Row]]] = []
        self.hide()

    def show_scene(self, scene: Scene) -> None:
        """Take the map and the colours."""
        before, self.shown = self.shown, scene
        seen = seen_map(scene)
        changed = seen is not self.seen
        self.seen = seen
        self.setVisible(scene.basins is not None)
        if changed:
            self.setAccessibleDescription(self._told())
        if scene.changed(before, "theme"):
            self.updateGeometry()
        if changed or scene.changed(before, "theme", "basins", "experiment"):
            self.update()

    def fit(self, width: int) -> None:
        """Be as narrow as so wide a landscape needs."""
        scale = 1.0 if self.shown is None else self.shown.theme.scale
        narrow = width < _NARROW * scale
        if narrow != self._narrow:
            self._narrow = narrow
            self.updateGeometry()

    @property
    def lines(self) -> list[str]:
        """The rows as they are read."""
        return [] if self.seen is None else [self._line(row) for row in legend_rows(self.seen)]

    @property
    def title(self) -> str:
        """The name of the optimizer."""
        scene = self.shown
        if scene is None or scene.basins is None:
            return ""
        names = scene.race if scene.race is not None and scene.basins.key in scene.race.names else scene.experiment
        if scene.basins.key not in names.names:
            return ""
        return optimizer_text(scene.basins.key, names)

    def _told(self) -> str:
        return "; ".join([f"{self.title}: {self.tr('share of starts')}", *self.lines]) if self.seen else ""

    def _line(self, row: Row) -> str:
        name = other_text_of(row) or f"{row.number} {self._place(row)}"
        return f"{name}: {percent(row.share)}"

    def _place(self, row: Row) -> str:
        assert self.seen is not None
        return place_text(self.seen.map.minima[row.minimum], widths_of(self.seen))

    def sizeHint(self) -> QSize:
        """Wide enough for the longest row."""
        gap = self._gap
        number, place, share = (text_width(self.font(), text) for text in (_NUMBER, _PLACE, _PERCENT))
        one = number + gap + place
        inside = max(one, number + gap + share) if self._narrow else one + gap + share
        return QSize(self._swatch + gap + inside + gap, 120)

    @property
    def _gap(self) -> int:
        return 6 if self.shown is None else self.shown.theme.pixels(6)

    @property
    def _swatch(self) -> int:
        return 18 if self.shown is None else self.shown.theme.pixels(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, rows and the scale of steps."""
        if self.shown is None:
            return
        painter = QPainter(self)
        try:
            y = self._paint_title(painter, self.shown.theme, self.fontMetrics().lineSpacing())
            if self.seen is not None:
                self._paint(painter, self.seen, self.shown.theme, y)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, seen: SeenMap, theme: Theme, y: float) -> None:
        line, gap = self.fontMetrics().lineSpacing(), self._gap
        rows = legend_rows(seen)
        high = line * (2 if self._narrow else 1) + gap
        room = self.height() - y - 2 * line - 3 * gap
        shown, more = fitted(rows, max(2, int(room // high)))
        self._drawn = []
        for row in shown:
            if more and row.other >= 0:
                y, more = self._paint_more(painter, theme, more, y), []
            self._drawn.append((y, [row]))
            y = self._paint_row(painter, theme, row, y)
        if more:
            y = self._paint_more(painter, theme, more, y)
        self._drawn.append((y, []))
        if seen.drawn.steps:
            self._paint_scale(painter, theme, seen, rows[0], y + gap)

    def _paint_title(self, painter: QPainter, theme: Theme, line: int) -> float:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        title = QFontMetrics(font).elidedText(self.title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), line), title)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.faint))
        painter.drawText(QRectF(0, line, self.width(), line), self.tr("share of starts"))
        return float(2 * line + self._gap)

    def _paint_row(self, painter: QPainter, theme: Theme, row: Row, y: float) -> float:
        metrics, gap = self.fontMetrics(), self._gap
        line, left = metrics.lineSpacing(), float(self._swatch + gap)
        self._swatches.draw(painter, row, theme, QPoint(0, round(y) + 1), QSize(self._swatch, line - 2))
        painter.setPen(QColor(theme.text))
        width, right = self.width() - left - gap, Qt.AlignmentFlag.AlignRight
        share = QRectF(left, y, width, line)
        if row.other >= 0:
            share = self._paint_other(painter, other_text_of(row), share)
        else:
            painter.drawText(QRectF(left, y, width, line), str(row.number))
            beside = left + text_width(self.font(), _NUMBER) + gap
            taken = 0 if self._narrow else text_width(self.font(), percent(row.share)) + 2 * gap
            at = QRectF(beside, y + (line if self._narrow else 0), self.width() - beside - taken, line)
            if self._narrow:
                painter.setPen(QColor(theme.faint))
            place = metrics.elidedText(self._place(row), Qt.TextElideMode.ElideRight, int(at.width()))
            painter.drawText(at, place)
            painter.setPen(QColor(theme.text))
        painter.drawText(share, int(right), percent(row.share))
        return y + line * (2 if self._narrow else 1) + gap

    def _paint_other(self, painter: QPainter, text: str, where: QRectF) -> QRectF:
        """Write what happened, and return where its share is to be written."""
        painter.drawText(where, text)
        return where.translated(0, where.height()) if self._narrow else where

    def _paint_more(self, painter: QPainter, theme: Theme, more: list[Row], y: float) -> float:
        line, left = self.fontMetrics().lineSpacing(), self._swatch + self._gap
        painter.setPen(QColor(theme.faint))
        where = QRectF(left, y, self.width() - left - self._gap, line)
        where = self._paint_other(painter, self.tr("{count} more").format(count=len(more)), where)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignRight), percent(sum(row.share for row in more)))
        self._drawn.append((y, more))
        return y + line * (2 if self._narrow else 1) + self._gap

    def _paint_scale(self, painter: QPainter, theme: Theme, seen: SeenMap, row: Row, y: float) -> None:
        line = self.fontMetrics().lineSpacing()
        size = QSize(self.width() - self._gap, line // 2)
        self._swatches.draw(painter, row, theme, QPoint(0, round(y)), size)
        painter.setPen(QColor(theme.faint))
        where = QRectF(0, y + line / 2 + 2, self.width() - self._gap, line)
        knots = seen.knots
        low, half, high = (f"{steps:.0f}" for steps in (knots[0], knots[len(knots) // 2], knots[-1]))
        painter.drawText(where, low)
        if not self._narrow:
            painter.drawText(where, int(Qt.AlignmentFlag.AlignHCenter), half)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignRight), self.tr("{count} steps").format(count=high))

    def event(self, event: QEvent) -> bool:
        """Show a tip on every row."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.seen is not None:
            QToolTip.showText(event.globalPos(), tip_text(self._tip_at(event.pos().y())), self)
            return True
        return super().event(event)

    def _tip_at(self, y: int) -> str:
        for (top, rows), (end, _) in zip(self._drawn, self._drawn[1:], strict=False):
            if self.seen is not None and rows and top <= y < end:
                return "; ".join(row_tip(self.seen, row) for row in rows)
        return self.tr(
            "Where {name} ends from every start in view: the share of them for each minimum, by its number on the "
            "map, and for all other outcomes. The darker a colour, the more steps it took."
        ).format(name=self.title)


def other_text_of(row: Row) -> str:
    """Return what another outcome is called; "" of a minimum."""
    from gdsim.simulation.maps.pixel_kinds import OTHERS

    return other_text(OTHERS[row.other]) if row.other >= 0 else ""
