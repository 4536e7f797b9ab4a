"""Text in an SVG file as outlines: whoever opens it may not have the fonts."""

from __future__ import annotations

import re
from html import escape, unescape

from PySide6.QtGui import QFont, QPainterPath, QTransform
from PySide6.QtWidgets import QApplication

#: A text as Qt's generator writes it, and its attributes.
_TEXT = re.compile(r"<text\s([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
#: Outlines are taken at this size, where no rounding to pixels bends them, and made smaller.
_PIXELS = 100
_LETTERS = {
    QPainterPath.ElementType.MoveToElement: "M",
    QPainterPath.ElementType.LineToElement: "L",
    QPainterPath.ElementType.CurveToElement: "C",
    QPainterPath.ElementType.CurveToDataElement: " ",
}
#: What colours it, and is kept.
_INK = ("fill", "fill-opacity", "stroke")


def outlined(svg: str) -> str:
    """The same picture with every text as the outline of its letters; what it says stays readable in it."""
    return _TEXT.sub(lambda found: _outline(dict(_ATTRIBUTE.findall(found[1])), unescape(found[2])), svg)


def _outline(attributes: dict[str, str], text: str) -> str:
    path = QPainterPath()
    path.addText(0, 0, _font(attributes), text)
    scale = float(attributes["font-size"]) / _PIXELS
    path = QTransform(scale, 0, 0, scale, float(attributes["x"]), float(attributes["y"])).map(path)
    ink = " ".join(f'{name}="{attributes[name]}"' for name in _INK if name in attributes)
    return f'<path {ink} fill-rule="nonzero" aria-label="{escape(text)}" d="{_data(path)}"/>'


def _font(attributes: dict[str, str]) -> QFont:
    """The font that the text was laid out in, large; figures are as wide as in the window."""
    font = QFont(QApplication.font())
    font.setFamilies(unescape(attributes["font-family"]).split(","))
    font.setPixelSize(_PIXELS)
    font.setWeight(QFont.Weight(min(900, max(100, 100 * round(int(attributes["font-weight"]) / 100)))))
    font.setItalic(attributes.get("font-style") == "italic")
    return font


def _data(path: QPainterPath) -> str:
    """A path as SVG writes it."""
    parts = []
    for i in range(path.elementCount()):
        element = path.elementAt(i)
        parts.append(f"{_LETTERS[element.type]}{element.x:.2f} {element.y:.2f}")
    return "".join(parts)
