"""The scene: what follows from its parts, and how scenes are compared."""

import numpy as np
import pytest

import gdsim
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.state.scene import Scene
from gdsim.simulation.sampling.projection import Cut, sliced

TWO = (gdsim.Entry("gd"), gdsim.Entry("adam"))


@pytest.fixture
def scene():
    experiment = gdsim.Experiment("bowl", steps=5, optimizers=TWO)
    return Scene(experiment, LIGHT, experiment.run())


def test_a_function_of_two_variables_is_shown_as_it_is(scene):
    assert scene.objective is scene.experiment.objective
    assert scene.paths is scene.race
    assert scene.start == tuple(scene.experiment.objective.start)
    moved = gdsim.Experiment("bowl", start=(1.0, 2.0), steps=5, optimizers=TWO)
    assert scene.with_(experiment=moved).start == (1.0, 2.0)


def test_the_race_of_a_function_of_other_variables_is_not_drawn(scene):
    later = scene.with_(experiment=gdsim.Experiment("cosine", steps=5, optimizers=TWO))
    assert later.race is scene.race
    assert later.paths is None


def test_of_many_parameters_the_plane_is_shown_as_soon_as_it_is_known():
    experiment = gdsim.Experiment("+".join(f"x{i}^2" for i in range(1, 5)), steps=5, optimizers=TWO)
    race = experiment.run()
    before = Scene(experiment, LIGHT, race)
    assert (before.objective, before.paths) == (None, None)
    seen = sliced(race, Cut(), (0, 0))
    after = before.with_(plane=seen)
    assert (after.objective, after.paths) == (seen.objective, seen.race)
    np.testing.assert_allclose(after.start, seen.race.positions[0, 0, :, 0], atol=1e-12)


def test_parts_are_compared_by_identity_and_small_ones_by_value(scene):
    assert scene.with_(hidden=frozenset(), selection=("", 0), marks=Marks(), step=0) is scene
    other = scene.with_(step=3, hidden=frozenset({"gd"}))
    assert other.changed(scene, "step")
    assert other.changed(scene, "theme", "hidden")
    assert not other.changed(scene, "theme", "race", "objective", "paths", "marks")
    assert scene.with_(theme=DARK).changed(scene, "theme")
    again = scene.with_(race=scene.experiment.run())
    assert again.changed(scene, "race", "paths")
    assert scene.changed(None, "step")
