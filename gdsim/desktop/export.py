"""A view as a picture, with title and settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from gdsim.desktop.style import Theme
from gdsim.errors import GdsimError
from gdsim.storage.atomic import cannot, replacing

_MARGIN = 16


def picture_of(view: QWidget, title: str, caption: str, size: QSize, theme: Theme) -> QImage:
    """A view with a title over it and a caption under it, fitted into `size` pixels."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    _draw(painter, view, title, caption, size, theme)
    painter.end()
    return image


def write_picture(path: Path, view: QWidget, title: str, caption: str, size: QSize, theme: Theme) -> None:
    """Write a view as PNG or SVG, by the ending of the name.

    Raises
    ------
    GdsimError
        If the ending is another, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in (".png", ".svg"):
        raise GdsimError("pictures are saved as .png or .svg, not '{given}'", "path", given=path.name)
    try:
        with replacing(path) as temporary:
            if ending == ".svg":
                _write_svg(temporary, view, title, caption, size, theme)
            elif not picture_of(view, title, caption, size, theme).save(str(temporary), b"PNG"):
                raise OSError(None, "the picture could not be written")
    except OSError as error:
        raise cannot("write", path, error) from error


def _write_svg(path: Path, view: QWidget, title: str, caption: str, size: QSize, theme: Theme) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(title)
    generator.setDescription(caption)
    painter = QPainter(generator)
    _draw(painter, view, title, caption, size, theme)
    if not painter.end():
        raise OSError(None, "the picture could not be written")


def _draw(painter: QPainter, view: QWidget, title: str, caption: str, size: QSize, theme: Theme) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.window))
    width = size.width() - 2 * _MARGIN
    top = _text(painter, title, QRectF(_MARGIN, _MARGIN, width, size.height()), theme.text, QFont.Weight.DemiBold)
    painter.setFont(QFont())
    flags = int(Qt.TextFlag.TextWordWrap)
    below = painter.boundingRect(QRectF(0, 0, width, size.height()), flags, caption).height()
    bottom = size.height() - _MARGIN - below
    _text(painter, caption, QRectF(_MARGIN, bottom, width, below + _MARGIN), theme.faint, QFont.Weight.Normal)
    room = QRectF(_MARGIN, top + 8, width, bottom - top - 16)
    if view.width() <= 0 or view.height() <= 0 or room.height() <= 0:
        raise GdsimError("{size} pixels are too few for a picture", "size", size=f"{size.width()}×{size.height()}")
    scale = min(room.width() / view.width(), room.height() / view.height())
    painter.save()
    painter.translate(room.center().x() - scale * view.width() / 2, room.top())
    painter.scale(scale, scale)
    view.render(painter, QPoint(0, 0))
    painter.restore()


def _text(painter: QPainter, text: str, where: QRectF, color: str, weight: QFont.Weight) -> float:
    """Write a paragraph; where it ends."""
    font = QFont()
    font.setWeight(weight)
    painter.setFont(font)
    painter.setPen(QColor(color))
    flags = int(Qt.TextFlag.TextWordWrap)
    painter.drawText(where, flags, text)
    return painter.boundingRect(where, flags, text).bottom()


def view_names() -> dict[str, str]:
    """What can be exported, by the name of the view."""
    translate = QCoreApplication.translate
    return {
        "landscape": translate("Export", "Landscape"),
        "side_by_side": translate("Export", "Side by side"),
        "loss": translate("Export", "Loss curves"),
        "runs": translate("Export", "Runs"),
        "window": translate("Export", "The whole window"),
    }
