"""Rules that torch.optim has not as they are do what other packages do: by stored figures, and on demand by these."""

import numpy as np
import other_reference as reference
import pytest
from recorded import replay
from torch_reference import STEPS, recorded_gradients

EACH_CASE = pytest.mark.parametrize("name", reference.CASES)
EACH_PATH = pytest.mark.parametrize("path", ["floats", "arrays"])


@pytest.fixture(scope="module")
def stored():
    with np.load(reference.FIGURES) as file:
        return dict(file)


def assert_alike(found, expected):
    # a look is x + βv here and θ there: a last bit of where it has been stays in where it is
    scale = np.maximum.accumulate(np.abs(expected), axis=0)
    assert (np.abs(found - expected) <= 1e-12 * (1 + scale)).all()


def test_every_case_is_stored_and_nothing_else(stored):
    assert set(stored) == set(reference.CASES)


@EACH_PATH
@EACH_CASE
def test_each_step_on_the_same_gradients(name, path, stored):
    assert_alike(replay(reference.CASES[name], recorded_gradients(), path), stored[name])


@pytest.mark.references
@EACH_CASE
def test_they_still_make_the_stored_figures(name, stored):
    rule = reference.CASES[name]
    np.testing.assert_allclose(
        reference.REFERENCES[rule.key](rule, recorded_gradients()), stored[name], rtol=1e-12, atol=1e-12
    )


@pytest.mark.references
@EACH_PATH
@EACH_CASE
def test_each_step_on_other_gradients(name, path):
    rule, gradients = reference.CASES[name], np.random.default_rng(len(name)).standard_cauchy((STEPS, 2))
    assert_alike(replay(rule, gradients, path), reference.REFERENCES[rule.key](rule, gradients))
