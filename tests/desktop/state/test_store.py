"""The current experiment, held once."""

import pytest

import gdsim
from gdsim.desktop.state.store import Store


@pytest.fixture
def store(app, small):
    store = Store(small)
    store.seen = []
    store.changed.connect(store.seen.append)
    return store


def test_it_tells_of_changes_once(store, small):
    store.change(steps=70)
    assert [experiment.steps for experiment in store.seen] == [70]
    store.change(steps=70)
    store.replace(store.experiment)
    assert len(store.seen) == 1
    assert small.steps == 60


@pytest.mark.parametrize(
    "fields",
    [
        {"steps": 0},
        {"restarts": -1},
        {"start": (1.0,)},
        {"learning_rate": -1.0},
        {"function": "nowhere"},
        {"seed": 1.5},
    ],
)
def test_bad_values_leave_it_as_it_was(store, small, fields):
    with pytest.raises(gdsim.GdsimError):
        store.change(**fields)
    assert store.experiment is small
    assert store.seen == []


def test_values_of_an_optimizer(store):
    store.set_value("adam", "beta1", 0.5)
    store.set_value("adam", "learning_rate", 0.25)
    values = {entry.key: dict(entry.values) for entry in store.experiment.optimizers}
    assert values["adam"] == {"beta1": 0.5, "learning_rate": 0.25}
    assert values["gd"] == {}
    with pytest.raises(gdsim.GdsimError, match="beta1"):
        store.set_value("adam", "beta1", 2.0)
    store.unset_value("adam", "beta1")
    store.unset_value("adam", "beta1")
    assert {entry.key: dict(entry.values) for entry in store.experiment.optimizers}["adam"] == {"learning_rate": 0.25}


def test_who_takes_part(store):
    store.enable("adam", True)
    store.enable("gd", False)
    assert [entry.key for entry in store.experiment.racing] == ["momentum", "adam"]


def test_who_was_not_mentioned_can_join(app):
    store = Store(gdsim.Experiment(optimizers=(gdsim.Entry("gd"),)))
    store.enable("adam", True)
    store.set_value("rmsprop", "decay", 0.5)
    assert [entry.key for entry in store.experiment.racing] == ["gd", "adam"]
    # in the order in which people meet them, whoever joined first
    assert [entry.key for entry in store.experiment.optimizers] == ["gd", "rmsprop", "adam"]
    assert dict(store.experiment.optimizers[1].values) == {"decay": 0.5}
    store.unset_all("rmsprop")
    assert [entry.key for entry in store.experiment.optimizers] == ["gd", "adam"]


@pytest.mark.parametrize("listed", [(), (gdsim.Entry("adam", enabled=False),)])
def test_switched_on_and_off_again_is_as_before(app, listed):
    before = gdsim.Experiment(optimizers=(gdsim.Entry("gd"), *listed))
    store = Store(before)
    store.set_value("adam", "beta1", 0.5)
    store.unset_all("adam")
    assert store.experiment == before
