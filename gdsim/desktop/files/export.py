"""A view as a picture, with title and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from gdsim.desktop.files.image_bytes import as_png, as_svg
from gdsim.desktop.files.svg_outlines import outlined
from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.table import picture_names
from gdsim.desktop.widgets.legend import draw_swatch
from gdsim.errors import GdsimError
from gdsim.storage.atomic import replacing

_MARGIN = 16


@dataclass(frozen=True)
class Words:
    """Text that is written round a picture.

    Attributes
    ----------
    title, caption
        Over and under it.
    names
        What the optimizers whose colours are explained are called, by `Entry.id`.
    """

    title: str
    caption: str
    names: Mapping[str, str] = field(default_factory=dict)


def picture_of(view: QWidget, words: Words, size: QSize, theme: Theme) -> QImage:
    """A view with a title over it and a caption under it, fitted into `size` pixels."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    _draw(painter, view, words, size, theme)
    painter.end()
    return image


def write_picture(path: Path, view: QWidget, words: Words, size: QSize, theme: Theme) -> None:
    """Write a view as PNG or SVG, by the ending of the name.

    Raises
    ------
    GdsimError
        If the ending is another, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in (".png", ".svg"):
        raise GdsimError("pictures are saved as .png or .svg, not '{given}'", "path", given=path.name)
    with replacing(path) as temporary:
        if ending == ".svg":
            svg = as_svg(
                lambda painter: _draw(painter, view, words, size, theme),
                size,
                words.title,
                words.caption,
                view.logicalDpiY(),
            )
            data = outlined(svg.decode()).encode()
        else:
            data = as_png(picture_of(view, words, size, theme))
        temporary.write_bytes(data)


def _draw(painter: QPainter, view: QWidget, words: Words, size: QSize, theme: Theme) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.window))
    width = size.width() - 2 * _MARGIN
    painter.setFont(_font(size, QFont.Weight.DemiBold))
    top = _text(painter, words.title, QRectF(_MARGIN, _MARGIN, width, size.height()), theme.text)
    painter.setFont(_font(size, QFont.Weight.Normal))
    top = _legend(painter, words, top + 4, width, theme) if words.names else top
    flags = int(Qt.TextFlag.TextWordWrap)
    below = painter.boundingRect(QRectF(0, 0, width, size.height()), flags, words.caption).height()
    bottom = size.height() - _MARGIN - below
    _text(painter, words.caption, QRectF(_MARGIN, bottom, width, below + _MARGIN), theme.faint)
    room = QRectF(_MARGIN, top + 8, width, bottom - top - 16)
    if view.width() <= 0 or view.height() <= 0 or room.height() <= 0:
        raise GdsimError("{size} pixels are too few for a picture", "size", size=f"{size.width()}×{size.height()}")
    scale = min(room.width() / view.width(), room.height() / view.height())
    painter.save()
    painter.translate(room.center().x() - scale * view.width() / 2, room.top())
    painter.scale(scale, scale)
    view.render(painter, QPoint(0, 0))
    painter.restore()


def _font(size: QSize, weight: QFont.Weight) -> QFont:
    """Text as large as it would be on a screen of the picture's height."""
    font = QFont()
    font.setPixelSize(max(10, round(size.height() / 55)))
    font.setWeight(weight)
    return font


def _legend(painter: QPainter, words: Words, top: float, width: float, theme: Theme) -> float:
    """Heads and names of optimizers, in as many lines as they need; where they end."""
    metrics = painter.fontMetrics()
    line, head = metrics.lineSpacing(), round(0.8 * metrics.height())
    x = float(_MARGIN)
    painter.setPen(QColor(theme.text))
    for key, name in words.names.items():
        needed = head + 6 + metrics.horizontalAdvance(name) + 2 * head
        if x > _MARGIN and x + needed > _MARGIN + width:
            x, top = float(_MARGIN), top + line
        draw_swatch(painter, key, theme, QRectF(x, top + (line - head) / 2, head, head))
        painter.drawText(QRectF(x + head + 6, top, needed, line), int(Qt.AlignmentFlag.AlignVCenter), name)
        x += needed
    return top + line


def _text(painter: QPainter, text: str, where: QRectF, color: str) -> float:
    """Write a paragraph; where it ends."""
    painter.setPen(QColor(color))
    flags = int(Qt.TextFlag.TextWordWrap)
    painter.drawText(where, flags, text)
    return painter.boundingRect(where, flags, text).bottom()


def view_names() -> dict[str, str]:
    """Return what can be exported, by the name of the view."""
    return {**picture_names(), "window": QCoreApplication.translate("Export", "The whole window")}
