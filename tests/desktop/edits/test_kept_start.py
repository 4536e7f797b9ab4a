"""Tests of where a race begins when another formula is typed over its function."""

import pytest

import gdsim
from gdsim.desktop.edits.formula_edit import has_slope, settled, typed_experiment


@pytest.mark.parametrize(
    ("old", "start", "new", "kept"),
    [
        # nobody chose a start: each function has its own
        ("bowl", None, "x^2 + 3y^2", None),
        ("himmelblau", None, "sin x + k x^2", None),
        # a start that was chosen stays, also beside other numbers
        ("x^2 + y^2", (1.0, 2.0), "x^2 + 5y^2 + x", (1.0, 2.0)),
        ("x^2 + y^2", (1.0, 2.0), "1e6*x^2 + 4e6*y^2", (1.0, 2.0)),
        ("x^2", (0.001,), "x", (0.001,)),
        # not where there is no slope to be seen
        ("x^2 + y^2 + x", (0.0, 0.0), "x^2 + 5y^2", None),
        ("x^2 + x", (0.0,), "exp(-(x - 50)^2/20) + 0.001 x^2", None),
        ("x^2", (0.0001,), "2x^2", None),
        ("x^2 + x", (-1.0,), "log(x)", None),
        # nor where the coordinates are others
        ("himmelblau", (0.0, -3.0), "x^2 - 3x", None),
        ("x^2", (0.5,), "w^2 - 2w", None),
        ("x1^2 + x2^2", (1.0, 2.0), "x^2 + y^2", None),
        # nor far outside
        ("x^2", (3.5,), "x^4 - 3x^2 + x", None),
    ],
)
def test_where_the_next_race_begins(old, start, new, kept):
    before = gdsim.Experiment(function=old, start=start)
    experiment = settled(typed_experiment(before, before, new), before)
    assert experiment.start == kept
    assert has_slope(experiment.objective, experiment.start or experiment.objective.start)


def test_while_only_numbers_are_changed_the_start_stays():
    before = gdsim.Experiment(function="rosenbrock")
    experiment = settled(typed_experiment(before, before, "(1 - x)^2 + 50*(y - x^2)^2"), before)
    begun = experiment.start or experiment.objective.start
    assert begun == before.objective.start
