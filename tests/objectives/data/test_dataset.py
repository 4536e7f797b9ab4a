import dataclasses

import numpy as np
import pytest

from gdsim.errors import GdsimError
from gdsim.objectives.data import DATASETS, SAMPLES, Dataset


@pytest.mark.parametrize("key", DATASETS)
def test_a_seed_says_all(key):
    made = DATASETS[key]
    data = made.make(seed=3)
    assert len(data) == made.count
    assert data.checksum == made.make(seed=3).checksum != made.make(seed=4).checksum
    assert np.isfinite(data.X).all()
    if data.is_classes:
        assert abs(data.y.mean() - 0.5) < 0.01


@pytest.mark.parametrize("key", DATASETS)
def test_sliders_move_points_and_do_not_shuffle_them(key):
    few, many = (DATASETS[key].make(count, seed=1, held_out=0.0) for count in (20, 30))
    np.testing.assert_array_equal(many.X[:20], few.X)
    np.testing.assert_array_equal(many.y[:20], few.y)
    clean, little, more = (DATASETS[key].make(20, noise, 1) for noise in (0.0, 0.1, 0.2))
    for name in ("X", "y"):
        still, once, twice = (getattr(data, name) for data in (clean, little, more))
        np.testing.assert_allclose(twice - still, 2 * (once - still), atol=1e-12)


def test_split_and_standardised():
    data = DATASETS["blobs"].make(100, held_out=0.3)
    for wrong in ("some", [0.5], [-1], [100], range(100)):
        with pytest.raises(GdsimError, match="held_out must be some of the indices below 100, not all"):
            dataclasses.replace(data, held_out=wrong)
    assert len(data.held_out) == 30
    assert sorted([*data.held_out, *data.train]) == list(range(100))
    scaled = data.standardised()
    np.testing.assert_allclose(scaled.X[data.train].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.X[data.train].std(axis=0), 1)
    assert len(data.split(0.0).held_out) == 0
    assert len(data.split(0.999).train) == 1
    constant = Dataset("c", [[0.1, 1], [0.1, 2], [0.1, 3]], [1, 2, 3]).standardised()
    np.testing.assert_allclose(constant.X[:, 0], 0, atol=1e-15)
    # what is small beside 1, or beside its mean, is no constant
    fine = Dataset("f", [[1.6e-19, 1e9], [3.2e-19, 1e9 + 1e-5]], [1, 2]).standardised()
    np.testing.assert_allclose(fine.X, [[-1, -1], [1, 1]], rtol=1e-12)
    with pytest.raises(ValueError, match="read-only"):
        data.X[0, 0] = 1
    moved = dataclasses.replace(data, X=data.X + 1)
    assert moved.checksum != data.checksum


def test_real_sets():
    for k in (1, 2, 3, 4):  # the point of the quartet: the same line
        data = SAMPLES[f"anscombe{k}"].load()
        slope, height = np.polyfit(data.X[:, 0], data.y, 1)
        assert (round(slope, 1), round(height, 1)) == (0.5, 3.0)
    diabetes = SAMPLES["diabetes"].load()
    assert diabetes.X.shape == (442, 4)
    assert diabetes.features == ("age", "sex", "bmi", "bp")
    assert round(diabetes.y.mean(), 2) == 152.13  # as the paper's set has it
    assert SAMPLES["diabetes_high"].load().y.mean() == 0.5
    iris = SAMPLES["iris"].load()
    assert (iris.X.shape, iris.y.sum()) == ((100, 2), 50)
    np.testing.assert_allclose(iris.X[iris.y == 1].mean(axis=0), [5.552, 2.026])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (([[1e200]], [1]), r"X must be numbers up to 1e\+100; X\[0, 0\] is 1e\+200"),
        (([[1, np.nan]], [1]), r"X must be finite numbers; X\[0, 1\] is nan"),
        (([[1], [2]], [1]), "y must be one number for each of the 2 examples"),
        (([["a"]], [1]), "X must be an array of numbers"),
        (([], []), "at least one of each"),
        (([[1]], [1], ("a", "b")), "features must be 1 names"),
        (([[1], [2]], [1, 3], (), "y", ("a", "b")), "y must be 0 or 1, the two classes; example 1 is 3"),
        (([[1], [2]], [1, 3], (), "y", ("a", "b", "c")), "classes must be none or two"),
        (([[1], [2]], [1, 3], (), "y", (), [0, 1]), "not all"),
    ],
)
def test_bad_examples(arguments, complaint):
    with pytest.raises(GdsimError, match=complaint):
        Dataset("bad", *arguments)


def test_bad_counts():
    for given in (
        {"count": 1},
        {"count": 2.5},
        {"noise": -1.0},
        {"noise": np.nan},
        {"held_out": 1.0},
        {"held_out": "a"},
        {"seed": -1},
    ):
        with pytest.raises(GdsimError):
            DATASETS["line"].make(**given)


def test_one_example_more_moves_at_most_one_other():
    whole = DATASETS["moons"].make(60, held_out=0.0)
    for count in range(20, 60):
        few, more = (
            set(dataclasses.replace(whole, X=whole.X[:n], y=whole.y[:n], held_out=()).split(0.25, 3).held_out)
            for n in (count, count + 1)
        )
        assert len((few ^ more) - {count}) <= 1
