"""Lines cut off at the edge."""

import numpy as np
from PySide6.QtCore import QRectF

from gdsim.desktop.drawing.clipping import pieces

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
