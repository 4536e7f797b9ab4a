"""Shades and numbers of a setting map."""

import numpy as np
import pytest

import gdsim
from gdsim.desktop.compute.setting_work import asked_map, finished, rows_of
from gdsim.desktop.look.setting_colours import setting_shades
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.views.setting_map.choice import Choice
from gdsim.desktop.views.setting_map.scale import scale_of


def done(measure, function="x^2 + 10*y^2", **fields):
    experiment = gdsim.Experiment(function=function, steps=200, optimizers=(gdsim.Entry("momentum"),), **fields)
    choice = Choice(measure=measure)
    axes = choice.axes(type(experiment.rules[0]))
    asked = asked_map(experiment, "momentum", axes, measure, median=False)
    parts = [rows_of(asked, 16, 0, 16, lambda: False)]
    return finished(asked, parts, 16, lambda: False)


@pytest.mark.parametrize("measure", ["steps", "loss", "rate"])
@pytest.mark.parametrize("function", ["x^2 + 10*y^2", "x^2 + 10*y^2 - 3"])
def test_the_best_is_shaded_as_the_best(measure, function):
    found = done(measure, function)
    scale = scale_of(found)
    shades = scale.shades(found.map.measured(measure))
    assert shades[found.best] == pytest.approx(np.nanmin(shades), abs=0.02)
    assert 0 <= np.nanmin(shades) <= np.nanmax(shades) <= 1
    places = [place for place, _ in scale.ticks(5)]
    assert 1 <= len(places) <= 8
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)


def test_uphill_the_highest_is_the_best():
    found = done("loss", "5 - x^2 - 10*y^2", direction="ascent")
    shades = scale_of(found).shades(found.map.median_loss)
    assert shades[found.best] == 0
    assert found.theory.is_exact
    assert found.theory.largest == pytest.approx(20)


def test_where_nothing_converges_there_is_no_scale():
    found = done("steps", tolerance=0.0)
    assert found.best is None
    assert scale_of(found).empty
    # the theory is that of the minimum near the lowest end
    assert found.theory.largest == pytest.approx(20)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_lightness_alone_tells_the_shades(theme):
    shades = setting_shades(theme.dark)[:, :3] @ [0.2126, 0.7152, 0.0722]
    steps = np.diff(shades)
    assert (steps > -0.5).all() or (steps < 0.5).all()
    assert abs(shades[0] - shades[-1]) > 120


def test_equal_questions_are_equal():
    experiment = gdsim.Experiment(function="bowl", optimizers=(gdsim.Entry("momentum"),), learning_rate=0.1)
    axes = Choice().axes(gdsim.Momentum)
    asked = asked_map(experiment, "momentum", axes, "steps", median=False)
    moved = gdsim.Experiment(function="bowl", optimizers=(gdsim.Entry("momentum", {"momentum": 0.2}),))
    # what is on the axes is another in every cell
    assert asked_map(moved, "momentum", axes, "steps", median=False) == asked
    assert asked_map(moved, "momentum", axes, "loss", median=False) != asked
    other = gdsim.Experiment(function="bowl", optimizers=(gdsim.Entry("momentum"),), start=(1.0, 1.5))
    assert asked_map(other, "momentum", axes, "steps", median=False) != asked


def test_axes_at_first():
    assert Choice().axis_names(gdsim.Momentum) == ("learning_rate", "momentum")
    assert Choice().axis_names(gdsim.RMSProp) == ("learning_rate", "momentum")
    assert Choice().axis_names(gdsim.Adam) == ("learning_rate", "beta1")
    assert Choice().axis_names(gdsim.GradientDescent) == ("learning_rate", "weight_decay")
