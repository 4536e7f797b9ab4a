"""Colours."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPen

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import DARK, DASHES, LIGHT, optimizer_color, round_of, set_dashes, surface_colors
from gdsim.desktop.plotting.head_shapes import HEADS
from gdsim.optimizers import USUAL
from gdsim.simulation.names import id_of

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
    colors = surface_colors(theme)
    assert colors.shape == (256, 4)
    assert (colors[:, 3] == 255).all()
    lightness = lab(colors[:, :3])[:, 0]
    steps = np.diff(lightness[::15])
    assert (steps > 0).all()
    assert steps.max() < 1.5 * steps.min()


@BOTH
def test_the_ground_is_muted(theme):
    chroma = np.hypot(*lab(surface_colors(theme)[:, :3])[:, 1:].T)
    assert chroma.max() < 25


@BOTH
def test_optimizers_are_told_apart(theme):
    looks = {key: (optimizer_color(key, theme).name(), *marks(key)) for key in gdsim.OPTIMIZERS}
    assert len(set(looks.values())) == len(gdsim.OPTIMIZERS)
    for one, other in itertools.combinations({name for name, *_ in looks.values()}, 2):
        a, b = lab([QColor(one).getRgb()[:3], QColor(other).getRgb()[:3]])
        assert np.linalg.norm(a - b) > 20


def marks(key):
    """The head and the dashes of an optimizer."""
    pen = QPen()
    set_dashes(pen, key)
    return HEADS[round_of(key) % len(HEADS)], tuple(pen.dashPattern())


@BOTH
def test_three_entries_of_every_usual_rule_and_all_others_are_told_apart_without_colours_that_are_alike(theme):
    """By colour and head, and by colour and dashes: a line has no head, and a head no dashes."""
    ids = [id_of(key, number) for number in (1, 2, 3) for key in USUAL]
    ids += [key for key in gdsim.OPTIMIZERS if key not in USUAL]
    looks = [(optimizer_color(id_, theme).name(), *marks(id_)) for id_ in ids]
    assert len({(color, head) for color, head, _ in looks}) == len(ids)
    assert len({(color, dashes) for color, _, dashes in looks}) == len(ids)
    for key in gdsim.OPTIMIZERS:  # three of a kind have three colours
        assert len({optimizer_color(id_of(key, number), theme).name() for number in (1, 2, 3)}) == 3


@BOTH
def test_more_adams_have_colours_that_nobody_of_the_opening_has(theme):
    begun = {optimizer_color(entry.id, theme).name() for entry in opening_experiment().racing}
    assert len(begun) == len(opening_experiment().racing)
    assert not begun & {optimizer_color(id_, theme).name() for id_ in ("adam#2", "adam#3")}


def test_heads_and_dashes_differ():
    assert len({tuple(np.round(head, 3).ravel()) for head in HEADS}) == len(HEADS)
    assert len(set(DASHES)) == len(DASHES)
    # a star, say, is not as large as half a disc
    for head in HEADS[1:]:
        assert 0.9 < max(np.hypot(x, y) for x, y in head) < 1.7


def test_rules_look_as_they_always_did():
    looks = {key: (optimizer_color(key, LIGHT).name(), len(marks(key)[0])) for key in ("gd", "adam", "adamw", "nadam")}
    assert looks["gd"] == ("#0072b2", 0)
    assert looks["adam"] == ("#f0e442", 0)
    assert [corners for _, corners in looks.values()] == [0, 0, 0, 4]


def test_a_chosen_colour_is_that_of_the_first_entry():
    theme = replace(LIGHT, colors=(("adam", "#123456"),))
    assert optimizer_color("adam", theme).name() == "#123456"
    assert optimizer_color("adam#2", theme) == optimizer_color("adam#2", LIGHT)


def test_a_colour_stays_with_its_optimizer():
    for key in gdsim.OPTIMIZERS:
        light, dark = optimizer_color(key, LIGHT).name(), optimizer_color(key, DARK).name()
        assert light == dark or (light, dark) == ("#000000", "#ffffff")


@BOTH
def test_text_can_be_read(theme):
    for ink in (theme.text, theme.faint, theme.error):
        assert contrast(ink, theme.window) >= 4.5
        assert contrast(ink, theme.base) >= 4.5
