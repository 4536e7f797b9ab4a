"""Races look up in the middle of what takes long; what is there when they are stopped is as it would have been."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives.interruption import InterruptedWorkError, allowed, give_up_if_unwanted, interruptible
from gdsim.optimizers import ReduceOnPlateau
from gdsim.simulation import arrays, pieces
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.sampling.landscape import sample

TWO = (gdsim.Entry("momentum"), gdsim.Entry("adam"))
RACES = {
    "restarts": {"function": "himmelblau", "restarts": 40, "steps": 60},
    "lost": {"function": "rosenbrock", "restarts": 40, "steps": 60, "learning_rate": 1.0},
    "undefined": {"function": "log(x) + y^2", "restarts": 40, "steps": 60, "learning_rate": 0.5},
    "noise": {"function": "bowl", "restarts": 40, "steps": 30, "noise": 0.1, "clip": 1.0},
    "plateau": {"function": "bowl", "restarts": 40, "steps": 30, "schedule": ReduceOnPlateau(patience=2)},
    "arriving": {"function": "bowl", "restarts": 40, "steps": 300, "learning_rate": 0.3},
    "dimension": {"function": "rastrigin", "options": {"dimension": 20}, "restarts": 20, "steps": 20},
    "network": {"function": "network", "restarts": 5, "steps": 20},
    "batches": {"function": "network", "restarts": 9, "steps": 20, "batch": 10},
    "floats": {"function": "himmelblau", "steps": 3000, "tolerance": 0.0},
}


@pytest.fixture
def small(monkeypatch):
    """Little is done between two looks."""
    for name, value in {"_POINTS": 32, "_WORK": 2**14, "_NUMBERS": 64, "_FEWEST": 8}.items():
        monkeypatch.setattr(pieces, name, value)
    monkeypatch.setattr(arrays, "_NUMBERS", 48)


class Looks:
    """Counts the looks, and wants no more after so many."""

    def __init__(self, most=None):
        self.most, self.count = most, 0

    def __call__(self, *_):
        self.count += 1
        return self.most is not None and self.count > self.most


def looked(experiment, looks):
    """The race, or None if there is nothing of it."""
    try:
        with interruptible(looks):
            return experiment.run(lambda _: looks.most is not None and looks.count > looks.most)
    except InterruptedWorkError:
        return None


def same(one, other):
    return one.tobytes() == other.tobytes()


@pytest.mark.parametrize("name", RACES)
def test_the_pieces_change_no_bit(name, small):
    race = looked(gdsim.Experiment(**RACES[name], optimizers=TWO), Looks())
    with pytest.MonkeyPatch.context() as undone:
        undone.setattr(pieces, "_POINTS", 2**14)
        undone.setattr(pieces, "_NUMBERS", 2**17)
        undone.setattr(arrays, "_NUMBERS", 2**15)
        whole = gdsim.Experiment(**RACES[name], optimizers=TWO).run()
    assert same(race.positions, whole.positions)
    assert same(race.losses, whole.losses)
    assert same(race.ended, whole.ended)
    assert race.kinds.tolist() == whole.kinds.tolist()
    assert same(race.reached.at, whole.reached.at)


@pytest.mark.parametrize("name", RACES)
def test_what_is_there_is_as_it_would_have_been(name, small, monkeypatch):
    monkeypatch.setattr("gdsim.simulation.descend._LAST", 0.0)
    experiment = gdsim.Experiment(**RACES[name], optimizers=TWO)
    looks = Looks()
    whole = looked(experiment, looks)
    lengths = set()
    for most in np.linspace(1, looks.count - 1, 12).astype(int).tolist():
        race = looked(experiment, Looks(most))
        if race is None:
            continue
        lengths.add(race.steps)
        rows = race.steps + 1
        assert same(race.losses, whole.losses[:rows]) or name == "floats"
        assert same(race.positions, whole.positions[:rows]) or name == "floats"
        ended = race.kinds != Kind.CANCELLED
        assert (race.kinds[ended] == whole.kinds[ended]).all()
        assert (race.ended[ended] == whole.ended[ended]).all()
        assert (race.ended[~ended] <= race.steps).all()
    assert len(lengths) > 2


def test_starts_and_noise_are_drawn_with_a_look_for_each_run():
    looks = Looks()
    with interruptible(looks):
        gdsim.Experiment("bowl", restarts=500, steps=1, noise=0.1).run()
    assert looks.count > 3 * 500  # starts, generators and what they draw
    looks = Looks(100)
    experiment = gdsim.Experiment("bowl", restarts=500, seed=3)
    with pytest.raises(InterruptedWorkError), interruptible(looks):
        _ = experiment.starts
    assert looks.count == 101


def test_surfaces_and_what_is_reached_are_worked_out_in_pieces(small):
    race = gdsim.Experiment("himmelblau", restarts=100, steps=20).run()
    for work in (lambda: race.reached, lambda: sample(race.objective, (-1, 1, -1, 1), 30)):
        race.__dict__.pop("reached", None)
        with pytest.raises(InterruptedWorkError), interruptible(Looks(2)):
            work()
        work()


def test_longer_formulas_are_worked_out_in_smaller_pieces():
    short, long = (gdsim.function("+".join(["sin(x)*y"] * k)) for k in (1, 60))
    assert pieces.at_once(long) < pieces.at_once(short)
    assert pieces.at_once(gdsim.Experiment("rastrigin", options={"dimension": 100}).objective) < 2000


def test_work_that_is_allowed_a_while_goes_on_as_long():
    with interruptible(lambda: True):
        with allowed(60.0):
            give_up_if_unwanted()
        with pytest.raises(InterruptedWorkError), allowed(-1.0):
            give_up_if_unwanted()
