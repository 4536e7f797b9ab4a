"""A typeset formula: sharp at every size, in the colour of the text."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.widgets.typeset import EM, Picture

#: How much larger than text a formula is set, and how far it shrinks before one has to scroll.
_LARGER, _LEAST = 1.3, 0.62


class FormulaPicture(QWidget):
    """Picture as wide as the formula, or narrower: it shrinks to what can still be read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._renderer: QSvgRenderer | None = None
        self._widest = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def picture(self) -> Picture | None:
        """The picture that is shown."""
        return self._picture

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.show_picture(self._picture)

    def show_picture(self, picture: Picture | None) -> None:
        """Show a formula, or nothing."""
        self._picture = picture
        self._renderer = None
        if picture is not None:
            self._renderer = QSvgRenderer(QByteArray(picture.inked(self._theme.text)))
        self.setVisible(picture is not None)
        self.updateGeometry()
        self.update()

    def keep_beside(self, widest: int) -> None:
        """Shrink as a formula of this natural width has to, so that formulas above each other are of one size."""
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()
            self.update()

    @property
    def natural_width(self) -> int:
        """Width where there is room."""
        return self._natural().width()

    def image(self, scale: float) -> QImage:
        """The formula on the ground of the theme, so many times as large as on screen."""
        size = self._natural() * scale
        image = QImage(size + QSize(24, 24), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(self._theme.base))
        painter = QPainter(image)
        if self._renderer is not None:
            self._renderer.render(painter, QRectF(12, 12, size.width(), size.height()))
        painter.end()
        return image

    def _share(self, width: int) -> float:
        """Share of its natural size, in so much width."""
        widest = max(self._natural().width(), self._widest, 1)
        return min(1.0, max(width / widest, _LEAST))

    def _natural(self) -> QSize:
        if self._picture is None:
            return QSize(0, 0)
        scale = _LARGER * self.fontInfo().pixelSize() / EM
        return QSize(round(scale * self._picture.width) + 1, round(scale * self._picture.height) + 1)

    def sizeHint(self) -> QSize:
        """The natural size."""
        return self._natural()

    def minimumSizeHint(self) -> QSize:
        """The smallest size that can be read."""
        return QSize(round(_LEAST * self._natural().width()), round(_LEAST * self._natural().height()))

    def hasHeightForWidth(self) -> bool:
        """Tell that it shrinks as a whole."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height where it has to be narrower."""
        return round(self._natural().height() * self._share(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """To the left, as large as there is room."""
        super().paintEvent(event)
        if self._renderer is None:
            return
        natural, share = self._natural(), self._share(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rect(), Qt.ClipOperation.IntersectClip)
        self._renderer.render(painter, QRectF(0, 0, share * natural.width(), share * natural.height()))
        painter.end()
