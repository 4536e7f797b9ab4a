"""The fonts that come with the program."""

import ast
import os
import subprocess
import sys
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


#: Measures a text, writes other fonts over those that are used, and measures it again, in sizes that are new.
OVERWRITTEN = """
import shutil, sys
from pathlib import Path
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from gdsim.assets import asset
from gdsim.desktop.look import style

app, folder = QApplication([]), Path(sys.argv[1])
for name in style.FONTS:
    shutil.copy(asset("fonts", name), folder / name)
style.asset = lambda *parts: folder / parts[-1]
style.load_fonts(app)

def widths(*sizes):
    for size in sizes:
        font = QFont(app.font())
        font.setPointSizeF(size)
        yield QFontMetrics(font).horizontalAdvance("∇f(1, 2) = Ж ⇄ ∘")

before = [*widths(9, 12, 17)]
for name in style.FONTS:
    folder.joinpath(name).write_bytes(bytes(100))
assert [*widths(9, 12, 17)] == before
assert [*widths(34, 50)] > before
print("measured", before)
"""


def test_fonts_do_not_change_when_something_is_written_over_their_files(tmp_path):
    command = [sys.executable, "-X", "faulthandler", "-c", OVERWRITTEN, str(tmp_path)]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOM.parent)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout[:8]) == (0, "measured"), done.stderr


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
