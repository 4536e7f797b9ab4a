"""The fonts that come with the program."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.assets import asset
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
    """Qt asks the system's font configuration for those, where a cache out of date ends the process."""
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
