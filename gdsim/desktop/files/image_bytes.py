"""Pictures as bytes, to be written as any other file is: Qt's own writers say neither that nor why they could not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator


def as_png(image: QImage) -> bytes:
    """A picture of pixels as PNG.

    Raises
    ------
    OSError
        If Qt cannot.
    """
    data, buffer = _buffer()
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(None, writer.errorString())
    buffer.close()
    return bytes(data.data())


def as_svg(draw: Callable[[QPainter], None], size: QSize, title: str, description: str, dpi: int) -> bytes:
    """Return a drawing as SVG; text is as large as on a screen of so many dots an inch.

    Raises
    ------
    OSError
        If Qt cannot.
    """
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(dpi)  # else text is smaller than the room that it was given
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(title)
    generator.setDescription(description)
    painter = QPainter(generator)
    draw(painter)
    if not painter.end():
        raise OSError(None, "the picture could not be written")
    buffer.close()
    return bytes(data.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
