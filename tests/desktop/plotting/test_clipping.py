"""Lines cut off at the edge."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

import gdsim
from gdsim.desktop.plotting.clipping import pieces
from gdsim.desktop.plotting.far_lines import FAR, UNIT, cut_far, unbroken
from gdsim.desktop.views.landscape import hops, paths

WHERE = QRectF(0, 0, 100, 50)


def test_what_lies_inside_stays_and_what_leaves_is_cut_at_the_edge():
    x, y = np.array([10.0, 50.0, 50.0, 90.0]), np.array([10.0, 20.0, 90.0, 30.0])
    first, second = pieces(x, y, WHERE)
    np.testing.assert_allclose(first, [[10, 50, 50], [10, 20, 50]])
    np.testing.assert_allclose(second, [[50 + 40 * 4 / 6, 90], [50, 30]])
    whole = np.array([1.0, 2.0, 3.0])
    np.testing.assert_array_equal(pieces(whole, whole, WHERE), [(whole, whole)])
    assert pieces(whole + 200, whole, WHERE) == []


def test_no_point_of_any_piece_lies_outside():
    rng = np.random.default_rng(0)
    for x, y in rng.normal(0, 100, (200, 2, 20)):
        for px, py in pieces(x, y, WHERE):
            assert px.min() >= -1e-9
            assert px.max() <= 100 + 1e-9
            assert py.min() >= -1e-9
            assert py.max() <= 50 + 1e-9


def directions(x, y, goal_x, goal_y):
    """Sines of the angles by which pieces point away from where they should."""
    return abs(x * goal_y - y * goal_x) / (np.hypot(x, y) * np.hypot(goal_x, goal_y))


@pytest.mark.parametrize("size", [3e4, 1e12, 1e30, 1e150, 1e308])
def test_what_leads_far_out_keeps_its_direction(size):
    to = np.array([-0.3, 1.0]) * (size / UNIT)
    at = np.array([400.0, 300.0]) / UNIT
    x, y, place = cut_far(*np.stack([at, to], axis=-1))
    assert place.tolist() == [0, 1]
    assert (x[0], y[0]) == (400, 300)
    assert max(abs(x[1]), abs(y[1])) == pytest.approx(FAR)
    way = to - at
    assert directions(x[1] - x[0], y[1] - y[0], *(way / np.abs(way).max())) < 1e-9


@pytest.mark.parametrize("size", [1e6, 1e40, 1e300])
def test_a_line_across_keeps_its_place_or_is_left_out(size):
    # straight across at 300 pixels, there and back, where the numbers tell to the last digit; and through the corners
    level = cut_far(np.array([-size, size, -2 * size]) / UNIT, np.full(3, 300.0) / UNIT)
    assert [(list(x), list(y)) for x, y in unbroken(*level[:2])] == [
        ([-FAR, FAR], [300, 300]),
        ([FAR, -FAR], [300, 300]),
    ]
    assert [p.tolist() for p in level[2:]] == [[0, 1, 1, 1, 2]]
    oblique = list(unbroken(*cut_far(np.array([-3.0, 3.3]) * size / UNIT, np.array([-4.0, 4.4]) * size / UNIT)[:2]))
    for x, y in oblique:
        np.testing.assert_allclose(y, 4 / 3 * x, atol=1e-3)
    assert len(oblique) == (size < 1e15)


def test_beside_the_view_nothing_is_drawn_and_near_it_all_is_as_it_was():
    x = np.array([0.0, 100.0, 3e4, 3e4, 50.0, 60.0])
    y = np.array([0.0, 10.0, 10.0, 9e4, 10.0, 20.0])
    px, py, place = cut_far(x / UNIT, y / UNIT)
    first, second = unbroken(px, py)
    np.testing.assert_allclose(first, [[0, 100, FAR], [0, 10, 10]])
    np.testing.assert_allclose(second[0][1:], [50, 60])
    np.testing.assert_allclose(second[1][[0, 1, 2]], [FAR, 10, 20])
    assert (np.diff(place) >= 0).all()
    assert place[-1] == 5


def drawn_pieces(monkeypatch, module, draw):
    """Pieces that are handed to the painter as lines while something is drawn."""
    found = []
    monkeypatch.setattr(module, "draw_polyline", lambda painter, x, y, where: found.append((x, y)))
    draw()
    return found


@pytest.mark.parametrize("rate", [1.2, 30.0, 1000.0])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_on_the_landscape_no_line_is_drawn_that_no_run_walked(open_window, monkeypatch, rate, size):
    """From (−3, −4) on a round bowl every step leads through its middle."""
    entry = gdsim.Entry("gd", {"learning_rate": rate})
    experiment = gdsim.Experiment("x^2 + y^2", start=(-3.0, -4.0), steps=1200, optimizers=(entry,))
    driver = open_window(experiment, size=size)
    driver.window.player.to_end()
    layer = driver.window.landscape.plot.paths
    layer.renew()
    pieces = drawn_pieces(monkeypatch, paths, driver.viewport.grab)
    assert sum(len(x) for x, _ in pieces) >= 2
    box = driver.window.landscape.plot.box
    middle = box.mapViewToScene(QPointF(0, 0)) - box.sceneBoundingRect().topLeft()
    toward = driver.pixel(-3, -4) - driver.pixel(0, 0)
    for x, y in pieces:
        for k in range(len(x) - 1):
            assert directions(x[k + 1] - x[k], y[k + 1] - y[k], toward.x(), toward.y()) < 0.02
            assert max(abs(x[k : k + 2]).max(), abs(y[k : k + 2]).max()) <= FAR
            # and passes the middle
            normal = np.array([-(y[k + 1] - y[k]), x[k + 1] - x[k]])
            away = normal @ [middle.x() - x[k], middle.y() - y[k]] / np.hypot(*normal)
            assert abs(away) < 3


def test_hops_that_lead_far_out_keep_their_direction(monkeypatch):
    x, y = np.array([100.0, 1e40]), np.array([200.0, 3e40])
    clipped = np.clip([x, y], -FAR, FAR)
    pen, where = QPen(QColor("red")), QRectF(0, 0, 900, 600)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    found = drawn_pieces(
        monkeypatch, hops, lambda: hops.draw_hops(painter, *clipped, where, pen, True, np.stack([x, y]) / UNIT)
    )
    painter.end()
    ((px, py),) = found
    assert (px[0], py[0]) == (100, 200)
    true_x, true_y = (values[1] - values[0] for values in hops._parabola(x / 1e40, y / 1e40))
    assert directions(px[1] - px[0], py[1] - py[0], true_x, true_y) < 0.01
