"""Colour scales and level lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim.simulation.sampling.landscape import LEVELS, Scale, fit_scale, sample, survey

FINITE = st.floats(-1e6, 1e6)


def whole(function):
    (left, right), (bottom, top) = function.bounds
    return (left, right, bottom, top)


@given(st.lists(FINITE, min_size=2, max_size=60))
def test_a_scale_is_monotone_and_its_own_inverse(values):
    values = np.array(values)
    scale = fit_scale(values)
    order = np.sort(values)
    shades = scale.shade(order)
    assert np.isfinite(shades).all()
    assert (np.diff(shades) >= 0).all()
    assert shades[0] == 0
    assert shades[-1] <= 1 + 1e-12
    back = scale.value(shades)
    np.testing.assert_allclose(back, order, atol=1e-6 * (scale.high - scale.low))


@given(st.floats(-1e3, 1e3), st.floats(1.0, 1e12), st.floats(-6, 4))
def test_the_inverse_of_any_scale(low, width, softness):
    scale = Scale(low, low + width, width * 10.0**softness)
    shades = np.linspace(0, 1, 11)
    np.testing.assert_allclose(scale.shade(scale.value(shades)), shades, atol=1e-3)
    assert (np.diff(scale.value(shades)) >= 0).all()


@pytest.mark.parametrize(
    "values",
    [
        np.full((4, 4), 3.0),
        np.full((4, 4), np.nan),
        np.full((4, 4), np.inf),
        np.array([[np.nan, 2.0], [np.inf, -np.inf]]),
        np.array([[0.0, 1e-320]]),
        np.array([[0.0, 1e308]]),
        np.array([[-1e200, 1e200]]),
        np.zeros((0, 0)),
    ],
)
def test_flat_empty_and_infinite_values_have_a_scale(values):
    scale = fit_scale(values)
    assert np.isfinite([scale.low, scale.high]).all()
    assert scale.high > scale.low
    finite = values[np.isfinite(values)]
    shades = scale.shade(finite)
    assert np.isfinite(shades).all()
    assert ((shades >= 0) & (shades <= 1)).all()
    assert (np.diff(scale.value(np.linspace(0, 1, 5))) > 0).all()


def test_a_few_infinite_values_do_not_matter():
    values = np.random.default_rng(0).uniform(0, 9, 500)
    scale = fit_scale(values)
    assert fit_scale(np.append(values, [np.inf, -np.inf, np.nan])) == scale


def _looked_at(text, far=5):
    return sample(gdsim.function(text, bounds=((-far, far), (-far, far))), (-far, far, -far, far))


@pytest.mark.parametrize("text", ["1/(x*y)", "1/x + y", "tan(x) + y", "tan(x)*tan(y)", "-1/(x^2 + y^2)", "1/(x - y)"])
def test_a_pole_does_not_flatten_the_colours(text):
    surface = _looked_at(text)
    # without the pole the whole picture would be of one shade
    counts, _ = np.histogram(surface.shades, bins=10, range=(0, 1))
    assert (counts > 0.01 * surface.shades.size).sum() >= 5
    assert counts.max() < 0.6 * surface.shades.size
    crossed = np.searchsorted(surface.levels, gdsim.function(text).value(np.array([[1.3, 2.7], [0.9, -3.1]])))
    assert crossed[0] != crossed[1]


def test_no_level_line_runs_along_a_pole():
    surface = _looked_at("1/x + 0*y")
    drawn = surface.lines[:, np.isfinite(surface.lines).all(axis=0)]
    assert drawn.size
    assert np.abs(drawn[0]).min() > 0.1


def test_what_goes_down_far_but_has_a_bottom_keeps_its_scale():
    well = _looked_at("-exp(-3*((x - 1)^2 + (y + 2)^2))")
    assert well.scale.low == pytest.approx(-1, abs=0.01)
    easom = gdsim.FUNCTIONS["easom"]
    assert sample(easom, whole(easom)).scale.low == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize(
    ("text", "height"), [("0*x + 0*y + 2", 2), ("x - x + y - y + 3", 3), ("sin(x)^2 + cos(x)^2 + 0*y", 1)]
)
def test_a_constant_has_no_levels(text, height):
    surface = _looked_at(text)
    assert surface.scale.constant
    assert surface.scale.low == pytest.approx(height)
    assert surface.levels.size == surface.lines.size == 0
    assert (surface.shades < 1e-12).all()


def test_nowhere_there_is_no_level():
    surface = _looked_at("log(-1 - x^2) + y")
    assert surface.scale.constant
    assert np.isnan(surface.shades).all()
    assert surface.levels.size == 0


def lines_of(surface):
    """The level lines one by one, ``(2, points)``."""
    gaps = np.flatnonzero(np.isnan(surface.lines[0]))
    return [line for line in np.split(surface.lines, gaps, axis=1) if np.isfinite(line).any()]


def test_the_floor_of_rosenbrocks_valley_shows():
    rosenbrock = gdsim.FUNCTIONS["rosenbrock"]
    surface = sample(rosenbrock, whole(rosenbrock))
    x = np.linspace(-1.5, 1.5, 13)
    floor = surface.scale.shade(rosenbrock.value(np.stack([x, x**2])))
    beside = surface.scale.shade(rosenbrock.value(np.stack([x, x**2 + 0.6])))
    assert (beside - floor > 0.15).all()
    # along the floor, too, several lines are crossed
    crossed = {int(np.searchsorted(surface.levels, value)) for value in rosenbrock.value(np.stack([x, x**2]))}
    assert len(crossed) >= 3
    # evenly spaced levels would not cross it at all
    even = np.linspace(surface.scale.low, surface.scale.high, LEVELS + 2)[1:-1]
    assert len({int(np.searchsorted(even, value)) for value in rosenbrock.value(np.stack([x, x**2]))}) == 1


def test_himmelblaus_wells_show():
    himmelblau = gdsim.FUNCTIONS["himmelblau"]
    surface = sample(himmelblau, whole(himmelblau))
    closed = [line[:, np.isfinite(line[0])] for line in lines_of(surface)]
    closed = [line for line in closed if np.allclose(line[:, 0], line[:, -1])]
    assert len(himmelblau.minima) == 4
    for minimum in himmelblau.minima:
        around = 0
        for line in closed:
            offset = line - np.reshape(minimum.position, (2, 1))
            angle = np.unwrap(np.arctan2(offset[1], offset[0]))
            around += bool(abs(angle[-1] - angle[0]) > 6)
        assert around >= 3


@pytest.mark.parametrize("key", [key for key, function in gdsim.FUNCTIONS.items() if function.dimension == 2])
def test_every_function_has_a_picture(key):
    function = gdsim.FUNCTIONS[key]
    if function.dimension == 1:
        curve = survey(function, (*function.bounds[0], 0.0, 0.0))
        assert np.isfinite(curve.y).all()
        np.testing.assert_array_equal(curve.y, function.value(curve.x[None]))
        return
    surface = sample(function, whole(function), 101)
    assert surface.shades.shape == (101, 101)
    assert np.isfinite(surface.shades).all()
    assert surface.shades.min() == 0
    assert surface.shades.max() == pytest.approx(1)
    # much of the scale is used, and no shade swallows nearly all of the picture
    counts, _ = np.histogram(surface.shades, bins=10, range=(0, 1))
    assert (counts > 0).sum() >= 8 or key in ("easom",)
    assert len(surface.levels) == LEVELS
    assert (np.diff(surface.levels) > 0).all()


def test_lines_lie_on_their_levels():
    bowl = gdsim.FUNCTIONS["bowl"]
    surface = sample(bowl, (-5, 5, -5, 5))
    points = surface.lines[:, np.isfinite(surface.lines).all(axis=0)]
    values = bowl.value(points)
    nearest = surface.levels[np.abs(values[:, None] - surface.levels).argmin(axis=1)]
    np.testing.assert_allclose(values, nearest, rtol=0.02, atol=0.02)


def test_level_lines_are_no_tangle():
    hills = gdsim.function("sin(x)*cos(y)")
    counts = {}
    for far in (3, 25, 400):
        surface = sample(hills, (-far, far, -far, far))
        assert len(surface.levels) == LEVELS
        drawn = surface.lines[:, np.isfinite(surface.lines).all(axis=0)]
        nearest = np.abs(hills.value(drawn)[:, None] - surface.levels).argmin(axis=1)
        counts[far] = len(set(nearest))
        assert surface.lines.shape[1] < 60_000
    assert counts == {3: LEVELS, 25: LEVELS // 2, 400: 0}


def test_a_coarse_surface_has_the_same_values_at_fewer_points():
    for function in (gdsim.FUNCTIONS["booth"], gdsim.Experiment("linear").objective):
        view = tuple(function.bounds.ravel())
        fine, coarse = survey(function, view), survey(function, view, coarse=True)
        assert len(coarse.x) < len(fine.x) / 2
        assert [coarse.x[0], coarse.x[-1], coarse.y[0], coarse.y[-1]] == pytest.approx(view)
        values = function.value(np.stack(np.meshgrid(coarse.x, coarse.y)))
        np.testing.assert_allclose(coarse.scale.value(coarse.shades), values, rtol=1e-9, atol=1e-9)


def test_rows_are_y_and_columns_are_x():
    surface = sample(gdsim.FUNCTIONS["ravine"], (0.0, 1.0, 0.0, 10.0), 11)
    assert surface.shades[0, -1] < surface.shades[-1, 0]


@pytest.mark.parametrize("view", [(-1e200, 1e200, -1e200, 1e200), (1.0, 1.0 + 1e-13, 1.0, 1.0 + 1e-13)])
def test_views_without_anything_to_see(view):
    surface = sample(gdsim.FUNCTIONS["goldstein_price"], view, 21)
    assert surface.shades.shape == (21, 21)
    assert np.isfinite(surface.levels).all()
