"""Lines through many points, drawn fast, look as they would otherwise; nothing that can be seen is thinned away."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QBuffer, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from gdsim.desktop.plotting.strokes import MANY, stroke, stroke_pieces
from gdsim.desktop.plotting.thinning import kept_of_curves

STEPS = np.arange(600.0)
X = 20 + 0.6 * STEPS
LINES = {
    "straight": 50 + 0.4 * STEPS,
    "wave": 150 + 100 * np.sin(STEPS / 40),
    "decaying": 150 + 120 * np.exp(-STEPS / 150) * np.cos(STEPS / 3),
    "wild": 150 + 80 * np.random.default_rng(0).normal(size=600).clip(-1.5, 1.5),
    "flat at last": np.maximum(20.0, 280 - 3 * STEPS),
}


def pen(width, alpha=255):
    pen = QPen(QColor(0, 0, 0, alpha))
    pen.setWidthF(width)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return pen


def painted(draw, pen):
    """Darkness of each pixel, 0 to 1."""
    image = QImage(400, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    draw(painter)
    assert painter.pen() == pen
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(300, 400, 4)[..., 3] / 255


def plain(x, y):
    return lambda painter: painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))


@pytest.mark.parametrize("width", [1.0, 1.25, 2.5])
def test_faint_level_lines_look_alike_however_broad_they_are(app, width):
    turn = np.linspace(0, 2 * np.pi, 200)
    rings = [(200 + r * np.cos(turn), 150 + 0.7 * r * np.sin(turn)) for r in (20, 60, 61, 140)]
    x, y = (np.concatenate([np.append(ring[i], np.nan) for ring in rings]) for i in (0, 1))
    path = pg.functions.arrayToQPath(x, y, connect="finite", finiteCheck=True)
    wanted = painted(lambda painter: painter.drawPath(path), pen(width, 76))
    found = painted(lambda painter: stroke_pieces(painter, x, y), pen(width, 76))
    assert found.sum() == pytest.approx(wanted.sum(), rel=0.12)
    assert np.abs(found - wanted).max() < 0.2
    if width > 1:  # where lines meet it is no darker
        assert found.max() == pytest.approx(76 / 255, abs=0.01)


@pytest.mark.parametrize("name", LINES)
def test_a_broad_line_through_many_points_looks_like_one_line(app, name):
    y = LINES[name]
    keep = kept_of_curves(X, y[:, None])[:, 0]
    wanted = painted(plain(X, y), pen(2.0))
    found = painted(lambda painter: stroke(painter, X[keep], y[keep]), pen(2.0))
    assert found.sum() == pytest.approx(wanted.sum(), rel=0.06)
    assert np.abs(found - wanted).sum() < 0.12 * wanted.sum()
    # what is dark stays so, and nothing appears where nothing was near
    near = np.pad(wanted, 1)
    near = np.max([near[1 + i : 301 + i, 1 + j : 401 + j] for i in (-1, 0, 1) for j in (-1, 0, 1)], axis=0)
    assert found[wanted > 0.95].min() > 0.6
    assert found[near == 0].max(initial=0.0) < 0.05


@pytest.mark.parametrize("pen", [pen(1.0), pen(2.0, alpha=120)], ids=["thin", "seen through"])
def test_other_lines_are_drawn_as_they_are(app, pen):
    y = LINES["wave"]
    np.testing.assert_array_equal(painted(lambda painter: stroke(painter, X, y), pen), painted(plain(X, y), pen))
    few = slice(MANY)
    found = painted(lambda painter: stroke(painter, X[few], y[few]), pen)
    np.testing.assert_array_equal(found, painted(plain(X[few], y[few]), pen))


def test_a_drawing_that_can_be_scaled_has_one_line(app):
    def drawn(draw):
        buffer, svg = QBuffer(), QSvgGenerator()
        svg.setOutputDevice(buffer)
        svg.setViewBox(QRectF(0, 0, 400, 300))
        painter = QPainter(svg)
        painter.setPen(pen(2.0))
        draw(painter)
        painter.end()
        return bytes(buffer.data())

    y = LINES["wave"]
    assert drawn(lambda painter: stroke(painter, X, y)) == drawn(plain(X, y))


@pytest.mark.parametrize("spacing", [5.0, 0.6, 0.125, 0.1, 0.01])
@pytest.mark.parametrize("name", LINES)
def test_thinned_curves_keep_within_a_pixel(name, spacing):
    x, y = spacing * STEPS, LINES[name]
    keep = kept_of_curves(x, y[:, None, None])[:, 0, 0]
    assert keep[0]
    assert keep[-1]
    assert np.abs(distances(x[~keep], y[~keep], x[keep], y[keep])).max(initial=0.0) < 1


def test_straight_curves_are_thinned_and_wild_ones_are_not():
    y = np.stack([LINES["straight"], LINES["wild"]], axis=-1)
    straight, wild = kept_of_curves(5.0 * STEPS, y).sum(axis=0)
    assert straight < 0.1 * len(STEPS)
    assert wild > 0.95 * len(STEPS)


def test_gaps_stay_where_they_are():
    y = LINES["straight"].copy()
    y[200:300] = np.nan
    keep = kept_of_curves(X, y[:, None])[:, 0]
    assert keep[199]
    assert keep[300]


@pytest.mark.parametrize("shape", [(1, 0, 1), (1, 2, 1), (3, 2, 1), (5, 0, 1), (17, 3, 2), (601, 0, 1)])
def test_few_points_or_none(shape):
    keep = kept_of_curves(np.arange(float(shape[0])), np.zeros(shape))
    assert keep.shape == shape
    assert keep[-1].all()


def distances(px, py, x, y):
    """Distances of points ``(n,)`` from the line through others ``(k,)``, within its nearest segments."""
    dx, dy = np.diff(x), np.diff(y)
    nearest = np.full(len(px), np.inf)
    for k in range(len(dx)):
        t = np.clip(((px - x[k]) * dx[k] + (py - y[k]) * dy[k]) / max(dx[k] ** 2 + dy[k] ** 2, 1e-300), 0, 1)
        nearest = np.minimum(nearest, np.hypot(px - x[k] - t * dx[k], py - y[k] - t * dy[k]))
    return nearest
