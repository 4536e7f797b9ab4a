"""A first fit of a table of one's own gets somewhere, whatever the size of its columns."""

from dataclasses import replace

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

from gdsim.objectives.data.models.optima import least_squares
from gdsim.objectives.source import Source
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.first_fit import first_fit, fitted_options
from gdsim.simulation.suited_rates import switched_on, with_updated_rate

RULES = ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")


def table(seed, scales, offsets, target, noise=0.2):
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(40, len(scales)))
    y = features @ rng.uniform(0.5, 2, len(scales)) + noise * rng.normal(size=40)
    columns = [features * scales + offsets, (y * target[0] + target[1])[:, None]]
    return Source(rows=tuple(map(tuple, np.hstack(columns).tolist())))


def best(experiment):
    model = experiment.objective
    return float(model.value(least_squares(model.examples, 0.0)[0]))


sizes = st.floats(-3, 5).map(lambda power: 10.0**power)
signed = st.builds(lambda size, sign: size * sign, sizes, st.sampled_from((-1.0, 0.0, 1.0)))


@given(st.lists(st.tuples(sizes, signed), min_size=1, max_size=4), st.tuples(sizes, signed), st.integers(0, 99))
@many_examples(40)
def test_plain_descent_ends_at_the_line_that_fits(columns, target, seed):
    scales, offsets = np.array(columns).T
    # a column that is nearly constant beside its size has lost the digits it would be told by
    offsets = np.clip(offsets, -1e4 * scales, 1e4 * scales)
    size, shift = target[0], float(np.clip(target[1], -20 * target[0], 20 * target[0]))
    fitted = first_fit(Experiment("linear", data=table(seed, scales, offsets, (size, shift)), steps=400))
    race = fitted.run()
    assert race.losses[-1, 0, 0] <= 1.05 * best(fitted)


def test_one_column_of_years_is_standardised_and_one_about_standard_is_not():
    years = table(1, [8.0], [2005.0], (10.0, 380.0))
    assert fitted_options({"l2": 0.1}, years) == {"l2": 0.1, "standardise": True}
    plain = table(1, [1.0], [0.3], (1.0, 0.0))
    assert fitted_options({"l2": 0.1, "standardise": True}, plain) == {"l2": 0.1}
    chosen = first_fit(Experiment("linear", data=years, options={"standardise": False}))
    assert chosen.options == {"standardise": False}


def test_what_is_shown_is_weights_of_0_at_the_start():
    years = table(1, [8.0], [2005.0], (10.0, 380.0))
    fitted = first_fit(Experiment("linear", data=years))
    assert fitted.start == (0, 0)
    low, high = fitted.objective.bounds.T
    assert ((low < 0) & (high > 0)).all()
    assert first_fit(replace(fitted, start=(1.0, 2.0))).start == (1, 2)
    assert first_fit(Experiment("network", data=years)).start is None


@pytest.mark.parametrize("size", [1e-3, 0.1, 300.0])
def test_all_rules_arrive_at_a_large_and_at_a_small_target(size):
    data = table(3, [25.0, 20.0], [80.0, 1980.0], (size, 4 * size))
    fitted = first_fit(Experiment("linear", data=data, steps=400, optimizers=tuple(map(Entry, RULES))))
    race = fitted.run()
    assert (race.losses[-1, :, 0] <= 1.1 * best(fitted)).all()


def test_no_eta_is_above_what_a_rule_takes():
    huge = first_fit(Experiment("linear", data=table(3, [25.0], [80.0], (1e7, 0.0)), optimizers=(Entry("adam"),)))
    assert huge.optimizers[0].values == {"learning_rate": 1000}


def test_an_eta_that_was_made_is_made_anew_and_one_that_was_set_stays():
    bowl = Experiment("himmelblau", learning_rate=0.005)
    large = first_fit(Experiment("linear", data=table(3, [1.0], [0.0], (300.0, 900.0))))
    for key in RULES:
        made = switched_on(Entry(key), bowl)
        assert with_updated_rate(made, bowl, large) == switched_on(Entry(key), large)
        assert with_updated_rate(with_updated_rate(made, bowl, large), large, bowl) == made
        # whoever does not take part has none, or the one it had
        assert with_updated_rate(Entry(key, enabled=False), bowl, large) == Entry(key, enabled=False)
        assert with_updated_rate(replace(made, enabled=False), bowl, large).enabled is False
    own = Entry("adam", {"learning_rate": 0.123, "beta1": 0.8})
    assert with_updated_rate(own, bowl, large) == own
    # one that follows the shared η, though it could have had its own, was told so
    assert with_updated_rate(Entry("adam"), bowl, large) == Entry("adam")
