"""Every example shows what its note says."""

from dataclasses import replace

import numpy as np
import pytest

import gdsim
from gdsim import Exact, Ground, Kind
from gdsim.simulation.maps.api import basins_of, grid_of
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.settings import settings_map
from gdsim.simulation.maps.sweeps import sweep_of
from gdsim.simulation.maps.theory import theory_of
from gdsim.storage.examples import examples
from gdsim.storage.files import dump

EXAMPLES = {example.path.stem: example for example in examples()}


def race(name):
    """The race of an example, and the places of its optimizers in it."""
    experiment = EXAMPLES[name].document.experiment
    return experiment.run(), {entry.key: o for o, entry in enumerate(experiment.racing)}


def test_there_is_one_a_lesson_in_order():
    assert list(EXAMPLES) == [
        "01-rate-too-small",
        "02-rate-right",
        "03-rate-too-large",
        "04-ravine-and-momentum",
        "05-over-the-ridge",
        "06-random-restarts",
        "07-saddle",
        "08-plateau",
        "09-the-family",
        "10-sign-of-the-derivative",
        "11-overshoot",
        "12-numerical-gradient",
        "13-noise",
        "14-cosine-schedule",
        "15-ascent",
        "16-parameter",
        "17-chain-rule",
        "18-left-the-domain",
        "19-regression-and-outliers",
        "20-features-as-they-are",
        "21-features-standardised",
        "22-network-on-moons",
        "23-mini-batches",
        "24-overfitting",
        "25-ragged-basins",
        "26-rate-and-momentum",
        "27-forgiving",
    ]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=list(EXAMPLES))
def test_each_is_written_as_the_program_writes(example):
    document = example.document
    assert example.path.read_bytes() == dump(document.experiment, document.title, document.note)
    keys = [entry.key for entry in document.experiment.optimizers]
    assert keys == [key for key in gdsim.OPTIMIZERS if key in keys]  # in the order in which people meet them
    assert document.experiment.racing
    assert 10 < len(document.title) < 60
    assert 50 < len(document.note) < 250


def test_titles_differ():
    assert len({example.document.title for example in EXAMPLES.values()}) == len(EXAMPLES)


def test_the_rates_differ_in_the_rate_only():
    three = [example.document.experiment for example in list(EXAMPLES.values())[:3]]
    assert len({repr(e).replace(repr(e.learning_rate), "η") for e in three}) == 1
    assert [e.learning_rate for e in three] == [0.0003, 0.01, 0.04]


def test_too_small_hardly_moves():
    small, _ = race("01-rate-too-small")
    assert (small.outcomes[0][0].kind, small.outcomes[0][0].ground) == (Kind.OUT_OF_STEPS, Ground.SLOPE)
    assert (np.diff(small.losses[:, 0, 0]) < 0).all()  # every step the right way
    assert small.losses[-1, 0, 0] > 0.8 * small.losses[0, 0, 0]


def test_about_right_converges():
    right, _ = race("02-rate-right")
    assert (right.outcomes[0][0].kind, right.outcomes[0][0].ground) == (Kind.CONVERGED, Ground.GLOBAL_MINIMUM)
    assert right.ended[0, 0] < 80
    steps = np.linalg.norm(np.diff(right.positions[: right.ended[0, 0], 0, :, 0], axis=0), axis=1)
    assert steps[-1] < 1e-4 * steps.max()


def test_too_large_diverges():
    large, _ = race("03-rate-too-large")
    assert large.outcomes[0][0].kind == Kind.DIVERGED
    assert large.ended[0, 0] < 20


def test_momentum_stops_the_zigzag():
    ravine, at = race("04-ravine-and-momentum")
    across = ravine.positions[:20, at["gd"], 1, 0]
    assert (across[1:] * across[:-1] < 0).all()  # from wall to wall
    assert np.abs(ravine.positions[20, at["momentum"], 1, 0]) < np.abs(across[-1]) / 20
    assert set(ravine.kinds.ravel()) == {Kind.CONVERGED}
    assert ravine.ended[at["momentum"], 0] <= ravine.ended[at["gd"], 0] / 3 + 1


def test_momentum_gets_over_the_ridge():
    valleys, at = race("05-over-the-ridge")
    grounds = [outcomes[0].ground for outcomes in valleys.outcomes]
    assert grounds[at["gd"]] == Ground.LOCAL_MINIMUM
    assert grounds[at["momentum"]] == Ground.GLOBAL_MINIMUM
    assert set(valleys.kinds.ravel()) == {Kind.CONVERGED}
    caught = gdsim.descend("two_valleys", "momentum", learning_rate=0.01, momentum=0.3, steps=300)
    assert caught.outcomes[0][0].ground == Ground.LOCAL_MINIMUM


def test_restarts_free_from_a_local_minimum():
    wells, _ = race("06-random-restarts")
    grounds = [outcome.ground for outcome in wells.outcomes[0]]
    assert grounds[0] == Ground.LOCAL_MINIMUM
    assert wells.losses[-1, 0, 0] == pytest.approx(max(m.value for m in wells.objective.minima))
    assert 1 <= grounds.count(Ground.GLOBAL_MINIMUM) < len(grounds) - 1
    assert wells.losses[-1, 0].min() == pytest.approx(min(m.value for m in wells.objective.minima))
    assert set(wells.kinds.ravel()) == {Kind.CONVERGED}


def test_the_saddle_is_left_late_or_soon():
    saddle, at = race("07-saddle")
    gone = {key: int(np.argmax(np.abs(saddle.positions[:, o, 1, 0]) > 1)) for key, o in at.items()}
    assert 0 < gone["rmsprop"] < gone["adam"] < gone["momentum"] < gone["gd"] < 80
    assert gone["gd"] > 50
    # it comes down to the middle first
    gd = saddle.positions[: gone["gd"], at["gd"], :, 0]
    assert np.linalg.norm(gd, axis=1).min() < 0.2


def test_adaptive_rules_cross_the_plateau():
    plateau, at = race("08-plateau")
    distances = plateau.distances(plateau.steps)[:, 0]
    assert distances[at["gd"]] > 0.95 * plateau.distances(0)[at["gd"], 0]
    for key in ("adagrad", "rmsprop", "adam"):
        assert distances[at[key]] < 0.05


def test_the_family_is_told_apart():
    family, at = race("09-the-family")
    assert set(at) >= {"gd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam"}
    assert set(family.kinds.ravel()) == {Kind.OUT_OF_STEPS}
    x, y = family.positions[200, :, :, 0].T
    assert (np.abs(y - x**2) < 0.1).all()  # all are in the valley
    for key, o in at.items():
        near = family.outcomes[o][0].ground == Ground.GLOBAL_MINIMUM
        assert near == (key in ("momentum", "nesterov", "adam")), key
    losses = family.losses[-1, :, 0]
    assert losses.argmax() == at["gd"]
    steps = np.linalg.norm(np.diff(family.positions[:, at["adagrad"], :, 0], axis=0), axis=1)
    assert steps[-100:].max() < 0.01 * steps[0]


def changed(name, **fields):
    """The race of an example with other settings."""
    return replace(EXAMPLES[name].document.experiment, **fields).run()


@pytest.mark.parametrize("start", [4.0, -4.0])
def test_the_sign_says_which_way(start):
    x = changed("10-sign-of-the-derivative", start=(start,)).positions[:, 0, 0, 0]
    moved = np.diff(x[:50])
    assert (np.sign(moved) == -np.sign(start)).all()
    assert (np.diff(np.abs(moved)) < 0).all()  # shorter near the bottom


def test_overshooting_changes_sides():
    over, _ = race("11-overshoot")
    x = over.positions[: over.ended[0, 0], 0, 0, 0]
    assert (x[1:] * x[:-1] < 0).all()
    assert (np.diff(np.abs(x)) < 0).all()
    assert over.kinds[0, 0] == Kind.CONVERGED
    assert changed("11-overshoot", learning_rate=1.05).losses[-1, 0, 0] > 16
    assert changed("11-overshoot", learning_rate=0.5).positions[1, 0, 0, 0] == 0


def test_differences_freeze_where_the_exact_gradient_flies_on():
    frozen, _ = race("12-numerical-gradient")
    assert repr(frozen.positions[-1, 0, :, 0]) == "array([-2.58983747e+13, -1.29524862e+12])"
    assert (np.diff(frozen.positions[:11, 0, 0, 0]) != 0).all()
    assert (np.diff(frozen.positions[11:, 0, :, 0], axis=0) == 0).all()
    exact = changed("12-numerical-gradient", gradient=Exact())
    assert repr(exact.positions[-1, 0, :, 0]) == "array([-2.25154873e+128,  3.00206497e+128])"


def test_a_schedule_calms_the_noise():
    restless, calmed = (EXAMPLES[name].document.experiment for name in ("13-noise", "14-cosine-schedule"))
    assert replace(calmed, schedule=None) == restless
    away = [np.linalg.norm(e.run().positions[-100:, 0], axis=1) for e in (restless, calmed)]
    assert away[0].mean() > 0.5
    assert away[1][-1].max() < away[0].mean() / 3


def test_ascent_finds_the_top():
    hill, _ = race("15-ascent")
    assert hill.ascent
    assert set(hill.kinds.ravel()) == {Kind.CONVERGED}
    assert all("maximum" in outcome.ground for outcomes in hill.outcomes for outcome in outcomes)
    assert changed("15-ascent", start=(5.0, 5.0)).kinds[0, 0] == Kind.DIVERGED


def test_momentum_runs_where_descent_crawls():
    ravine, at = race("16-parameter")
    assert (ravine.positions[1:6, at["gd"], 1, 0] * ravine.positions[:5, at["gd"], 1, 0] < 0).all()  # from wall to wall
    assert ravine.kinds[at["gd"], 0] == Kind.OUT_OF_STEPS
    assert ravine.kinds[at["momentum"], 0] == Kind.CONVERGED


def test_a_saturated_neuron_learns_slowly():
    neuron, _ = race("17-chain-rule")
    steps = np.abs(np.diff(neuron.positions[:, 0, 0, 0]))
    assert steps[0] < 0.1 * steps.max()
    assert neuron.kinds[0, 0] == Kind.CONVERGED
    assert 1 / (1 + np.exp(1 - 2 * neuron.positions[-1, 0, 0, 0])) == pytest.approx(0.8, abs=1e-5)


def test_a_long_step_leaves_the_domain():
    left, _ = race("18-left-the-domain")
    assert left.kinds[0, 0] == Kind.LEFT_DOMAIN
    calm = changed("18-left-the-domain", learning_rate=0.5)
    assert calm.kinds[0, 0] == Kind.CONVERGED
    assert calm.positions[-1, 0, 0, 0] == pytest.approx(np.exp(-1), abs=1e-5)


def test_outliers_pull_the_line():
    pulled, at = race("19-regression-and-outliers")
    model, lowest = pulled.objective, pulled.objective.minima[0]
    others = np.abs(model.y - (1.5 * model.X[:, 0] - 1)) < 3
    assert 0.8 < others.mean() < 0.9
    line = gdsim.LinearRegression(model.X[others], model.y[others]).minima[0].position
    assert line[0] == pytest.approx(1.5, abs=0.1)
    assert lowest.position[0] < 0.6
    assert pulled.losses[-1, :, 0].max() < lowest.value + 0.01
    assert pulled.losses[20, at["gd"], 0] < pulled.losses[20, at["momentum"], 0]  # which rolls over the bottom


def test_features_of_one_size_make_a_bowl():
    narrow, round_ = (race(name)[0] for name in ("20-features-as-they-are", "21-features-standardised"))
    first, second = (EXAMPLES[name].document.experiment for name in list(EXAMPLES)[19:21])
    assert (first.data, first.start, first.steps) == (second.data, second.start, second.steps)
    bends = [
        np.linalg.eigvalsh(r.objective.hessian(np.array(r.objective.minima[0].position))) for r in (narrow, round_)
    ]
    assert bends[0][-1] / bends[0][0] > 1e6
    assert bends[1][-1] / bends[1][0] < 3
    assert second.learning_rate / first.learning_rate == 2000
    lowest = round_.objective.minima[0].value
    assert narrow.objective.minima[0].value == pytest.approx(lowest)
    assert narrow.losses[-1, 0, 0] - lowest > 0.9 * (narrow.losses[0, 0, 0] - lowest)
    # what the table says of it, not what the eye makes of the picture
    assert (round_.outcomes[0][0].kind, round_.outcomes[0][0].ground) == (Kind.CONVERGED, Ground.GLOBAL_MINIMUM)
    assert 50 < round_.ended[0, 0] <= 100


def test_a_network_parts_the_moons():
    moons, at = race("22-network-on-moons")
    right = moons.objective.accuracy(moons.positions[-1, :, :, 0].T, "held_out")
    assert right[at["adam"]] > 0.98
    assert moons.objective.accuracy(moons.positions[-1, at["gd"], :, 0]) < 0.9


def test_small_batches_never_rest():
    batches, at = race("23-mini-batches")
    above = batches.losses[-100:, :, 0] - batches.objective.minima[0].value
    assert above[:, at["gd"]].mean() > 0.03
    assert above[-20:, at["adam"]].max() < above[:, at["gd"]].mean() / 10


def test_a_large_network_learns_by_heart():
    heart, at = race("24-overfitting")
    adam = heart.positions[:, at["adam"], :, 0].T
    train, held_out = (heart.objective.error(adam, part) for part in ("train", "held_out"))
    assert train[-1] < 0.05 < train[200]
    assert held_out[-1] > 3 * held_out.min()
    gd = heart.positions[-1, at["gd"], :, 0]
    assert heart.objective.error(gd, "held_out") < held_out[-1] / 3
    calm = changed("24-overfitting", options={"hidden": (16, 16), "l2": 0.003})
    assert calm.objective.error(calm.positions[-1, at["adam"], :, 0], "held_out") < 0.6 * held_out[-1]


def basins_at(rate):
    """The basin map of the example with another η, and how much of it lies at a border."""
    experiment = replace(EXAMPLES["25-ragged-basins"].document.experiment, learning_rate=rate)
    found = basins_of(experiment, "momentum", grid_of(experiment, 128))
    at = found.minimum
    return found, (at[1:] != at[:-1]).mean() + (at[:, 1:] != at[:, :-1]).mean()


def test_basins_turn_ragged_as_the_rate_grows():
    borders = [basins_at(rate)[1] for rate in (0.001, 0.01, 0.02)]
    assert borders[0] < 0.06
    assert borders[1] > 4 * borders[0]
    assert borders[2] > 2 * borders[1]
    assert 0.4 < basins_at(0.02)[0].other_shares["diverged"] < 0.6
    assert basins_at(0.01)[0].shares.min() > 0.2


def test_the_best_pair_of_the_ravine_is_that_of_theory():
    experiment = EXAMPLES["26-rate-and-momentum"].document.experiment
    lane = experiment.lanes[0]
    axes = (
        axis_of(("learning_rate", 1e-2, 10), lane.rule, "x"),
        axis_of(("momentum", 0, 0.99), lane.rule, "y"),
    )
    found = settings_map(experiment.course, lane, axes, experiment.starts, (64, 64), experiment.steps, 1e-8)
    theory = theory_of(found, np.array(experiment.objective.minima[0].position))
    assert theory.is_exact
    row, column = found.best("steps")
    assert found.x_values[column] == pytest.approx(theory.best[0], rel=0.25)
    assert found.y_values[row] == pytest.approx(theory.best[1], abs=0.1)


def test_adam_forgives_most():
    experiment = EXAMPLES["27-forgiving"].document.experiment
    axis = axis_of(("learning_rate", 1e-5, 10), experiment.lanes[0].rule, "rates")
    found = sweep_of(experiment.course, experiment.lanes, axis, 61, experiment.starts, experiment.steps, 1e-6)
    widths = dict(zip((entry.key for entry in experiment.racing), found.widths, strict=True))
    assert max(widths, key=widths.get) == "adam"
    assert 0 < widths["gd"] < 1
    assert 1.8 < widths["momentum"] < 2.4
