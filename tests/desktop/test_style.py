"""Colours."""

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor

import gdsim
from gdsim.desktop.style import DARK, LIGHT, ground_colors, is_second_round, optimizer_color

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def linear(rgb):
    rgb = np.asarray(rgb, dtype=float) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of sRGB ``(n, 3)``, from the definitions of both."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    t = linear(rgb) @ to_xyz.T / [0.9505, 1.0, 1.089]
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def contrast(one, other):
    weights = [0.2126, 0.7152, 0.0722]
    light, dark = sorted(float(linear(QColor(c).getRgb()[:3]) @ weights) for c in (one, other))[::-1]
    return (light + 0.05) / (dark + 0.05)


@BOTH
def test_the_ground_is_evenly_spaced_in_lightness(theme):
    colors = ground_colors(theme)
    assert colors.shape == (256, 4)
    assert (colors[:, 3] == 255).all()
    lightness = lab(colors[:, :3])[:, 0]
    steps = np.diff(lightness[::15])
    assert (steps > 0).all()
    assert steps.max() < 1.5 * steps.min()


@BOTH
def test_the_ground_is_muted(theme):
    chroma = np.hypot(*lab(ground_colors(theme)[:, :3])[:, 1:].T)
    assert chroma.max() < 25


@BOTH
def test_optimizers_are_told_apart(theme):
    looks = {key: (optimizer_color(key, theme).name(), is_second_round(key)) for key in gdsim.OPTIMIZERS}
    assert len(set(looks.values())) == len(gdsim.OPTIMIZERS)
    for one, other in itertools.combinations({name for name, _ in looks.values()}, 2):
        a, b = lab([QColor(one).getRgb()[:3], QColor(other).getRgb()[:3]])
        assert np.linalg.norm(a - b) > 20


def test_a_colour_stays_with_its_optimizer():
    for key in gdsim.OPTIMIZERS:
        light, dark = optimizer_color(key, LIGHT).name(), optimizer_color(key, DARK).name()
        assert light == dark or (light, dark) == ("#000000", "#ffffff")


@BOTH
def test_text_can_be_read(theme):
    for ink in (theme.text, theme.faint, theme.error):
        assert contrast(ink, theme.window) >= 4.5
        assert contrast(ink, theme.base) >= 4.5
