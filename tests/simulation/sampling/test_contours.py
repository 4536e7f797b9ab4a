"""Lines of equal height, beside those of contourpy's own generator."""

import subprocess
import sys

import numpy as np
import pytest
from contourpy import LineType, contour_generator

from gdsim.simulation.sampling.contours import Contours

X, Y = np.linspace(-2, 3, 40), np.linspace(-1, 1, 31)
HEIGHTS = np.sin(3 * X) * Y[:, None] + X**2 / 5
PIT = np.where(np.hypot(X - 0.3, Y[:, None]) < 0.4, np.nan, HEIGHTS)
POLE = np.where(np.abs(X) + 0 * Y[:, None] < 0.2, np.inf, HEIGHTS)


@pytest.mark.parametrize("heights", [HEIGHTS, PIT, POLE], ids=["all finite", "a hole", "a pole"])
def test_they_are_those_of_contourpy(heights):
    theirs = contour_generator(X, Y, np.ma.masked_invalid(heights), line_type=LineType.ChunkCombinedNan)
    ours = Contours(X, Y, heights)
    for level in (-0.3, 0.1, 0.7):
        (expected,) = theirs.lines(level)[0]
        (found,) = ours.at(level)
        np.testing.assert_array_equal(found, expected)
    assert ours.at(99.0) == []


def test_masked_arrays_are_not_imported():
    code = (
        "import sys, numpy as np\n"
        "before = 'numpy.ma' in sys.modules\n"
        "from gdsim.simulation.sampling.contours import Contours\n"
        "Contours(np.arange(3.0), np.arange(3.0), np.eye(3)).at(0.5)\n"
        "print(before == ('numpy.ma' in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("True\n", "")
