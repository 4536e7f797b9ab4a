"""The fonts that come with the program."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.assets import asset
from gdsim.desktop.look import text_width
from gdsim.desktop.look.style import FONTS

ROOM = Path(gdsim.__file__).parent
#: Where texts are that a window shows; what formulas are read from may be any sign.
SHOWN = [*ROOM.glob("desktop/**/*.py"), *ROOM.glob("optimizers/**/*.py"), ROOM / "objectives/formula/pretty.py"]
#: Breaks of a line and places where there is none: nothing is drawn for them, and nothing looked for.
UNSEEN = {"\u2028", "\u2060"}


def signs():
    """All signs beyond ASCII in the texts of the window."""
    for path in SHOWN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from (letter for letter in node.value if not letter.isascii())


@pytest.mark.parametrize("name", FONTS[:2])
def test_no_sign_of_the_windows_own_is_looked_for_elsewhere(app, name):
    """Qt asks the system's font configuration for those; programs have crashed there."""
    font = QRawFont(str(asset("fonts", name)), 12)
    missing = {sign for sign in signs() if not font.supportsCharacter(ord(sign))}
    assert missing - UNSEEN == set()
    assert font.supportsCharacter(ord("∇"))


def test_both_weights_are_of_the_family_that_is_used(app):
    assert QApplication.font().families() == ["gdsim Inter", "DejaVu Sans"]
    for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold):
        font = QFont(QApplication.font())
        font.setWeight(weight)
        found = QFontInfo(font)
        assert (found.family(), found.weight()) == ("gdsim Inter", weight)


def test_a_text_is_measured_once_in_a_font(app, monkeypatch):
    measured = []

    class Noted(QFontMetrics):
        def horizontalAdvance(self, text):
            measured.append(text)
            return super().horizontalAdvance(text)

    monkeypatch.setattr(text_width, "QFontMetrics", Noted)
    monkeypatch.setattr(text_width, "_known", {})
    small, large = QFont(QApplication.font()), QFont(QApplication.font())
    large.setPointSizeF(20)
    widths = [text_width.text_width(font, text) for _ in range(3) for font in (small, large) for text in ("∇f", "f")]
    assert widths[:4] == widths[4:8] == widths[8:]
    assert widths[:4] == [QFontMetrics(font).horizontalAdvance(text) for font in (small, large) for text in ("∇f", "f")]
    assert measured == ["∇f", "f", "∇f", "f"]
    for i in range(2500):
        text_width.text_width(small, str(i))
    assert len(text_width._known) <= 2000
