"""Names of the axes of a plot, in the corners where they end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.base_plot import Plot

_MARGIN, _HALO = 7.0, 3.0
#: A longer name is cut.
_LONGEST = 40


class AxisNames:
    """Names inside a plot, so that they take no room from it."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        self._box = plot.box
        #: The names on the axes.
        self.across, self.up = AxisName(), AxisName()
        for name in (self.across, self.up):
            name.setParentItem(self._box)
            name.setZValue(60)
        self._box.sigResized.connect(self._place)
        self.set_theme(theme)

    @property
    def texts(self) -> tuple[str, str]:
        """The names across and up."""
        return self.across.text, self.up.text

    def is_at(self, at: QPointF) -> bool:
        """Tell whether a name lies under a point of the canvas."""
        return any(name.text and name.sceneBoundingRect().contains(at) for name in (self.across, self.up))

    def show(self, across: str, up: str) -> None:
        """Show names, or none."""
        for name, text in ((self.across, across), (self.up, up)):
            name.show_text(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
        self._place()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for name in (self.across, self.up):
            name.color, name.halo = QColor(theme.text), solid(theme.base, 0.8)
            name.show_text(name.text)
        self._place()

    def _place(self, *_: object) -> None:
        size, room = self._box.size(), self.across.boundingRect()
        # the halo may reach into the margin, the letters keep it
        self.up.setPos(_MARGIN - _HALO, 0)
        self.across.setPos(size.width() - room.width() - _MARGIN + _HALO, size.height() - room.height())


class AxisName(QGraphicsItem):
    """Text with a halo, which can be read over anything and is no place for the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.text = ""
        self.color, self.halo = QColor(), QColor()
        self._path = QPainterPath()
        self._room = QRectF()

    def show_text(self, text: str) -> None:
        """Show another text, in the font of the program."""
        font = QApplication.font()
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        self.prepareGeometryChange()
        self.text = text
        self._path = QPainterPath()
        self._path.addText(QPointF(_HALO, metrics.ascent() + _HALO), font, text)
        self._room = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * _HALO, metrics.height() + 2 * _HALO)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all of it, with the halo."""
        return self._room

    def shape(self) -> QPainterPath:
        """Return nothing that could be pointed at."""
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the halo, then the letters."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(self._path, QPen(self.halo, 2 * _HALO - 2))
        painter.fillPath(self._path, self.color)
