"""Arrows of a step in pixels."""

import math

import pytest

from gdsim.desktop.state.overlays import StepArrows, TermArrow
from gdsim.desktop.views.landscape.overlays.step_figure import magnification, shown_arrows


def arrows(*found):
    return StepArrows(0.0, 0.0, tuple(TermArrow(*each) for each in found))


@pytest.mark.parametrize(
    ("longest", "factor"), [(0.0, 1), (26.0, 1), (300.0, 1), (25.0, 2), (14.0, 5), (7.3, 5), (7.2, 10), (0.01, 5000)]
)
def test_short_steps_are_magnified_by_a_round_number(longest, factor):
    assert magnification(longest) == pytest.approx(factor)


def test_a_long_step_is_as_long_as_it_is():
    (step,) = shown_arrows(arrows(("Δx", "step", 0.5, -1.0)), (100.0, -50.0), 1.0)
    assert step.tip == (50.0, 50.0)
    assert step.label == "Δx"


def test_the_parts_stand_end_to_end_and_reach_where_the_step_does():
    found = arrows(("Δx", "step", 0.03, 0.01), ("Δx(g)", "added", 0.02, 0.02), ("Δx(t−1)", "carried", 0.01, -0.01))
    by_kind = {each.arrow.kind: each for each in shown_arrows(found, (100.0, -100.0), 1.0)}
    assert by_kind["carried"].begin == (0.0, 0.0)
    assert by_kind["added"].begin == by_kind["carried"].tip
    assert by_kind["added"].tip == pytest.approx(by_kind["step"].tip)
    assert {each.label.partition(" ")[2] for each in by_kind.values()} == {"×20"}


def test_gradients_share_a_scale_of_their_own():
    found = shown_arrows(arrows(("−g", "slope", -300.0, 0.0), ("−m", "slope", 0.0, -150.0)), (10.0, -10.0), 2.0)
    longest, other = (math.hypot(*each.tip) for each in found)
    assert longest == pytest.approx(168.0)
    assert other == pytest.approx(84.0)
    assert found[1].tip[1] > 0
