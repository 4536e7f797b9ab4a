"""Icons fill their place, on screens of any depth."""

import pytest
from PySide6.QtCore import QSize

import gdsim
from gdsim.desktop.look.icons import SHAPES, icon
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.widgets.legend import swatch


def height(picture):
    """Pixels from the topmost that is inked to the lowest."""
    image = picture.toImage()
    rows = [y for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).alpha() > 60]
    return max(rows) - min(rows) + 1


@pytest.mark.parametrize("name", SHAPES)
def test_icons_fill_their_place(app, name):
    assert height(icon(name, "#000000").pixmap(QSize(20, 20))) >= 10


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("key", gdsim.OPTIMIZERS)
def test_swatches_fill_their_place(app, key, theme):
    assert height(swatch(key, theme).pixmap(QSize(12, 12))) >= 8
