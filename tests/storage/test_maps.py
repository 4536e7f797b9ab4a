"""Maps as arrays."""

import json

import numpy as np
import pytest

import gdsim
from gdsim.simulation.maps.api import basins_of, grid_of
from gdsim.storage.files import load
from gdsim.storage.maps import write_basins, write_settings, write_sweep


def written(path, basins):
    write_basins(path, basins)
    with np.load(path) as arrays:
        return dict(arrays)


def test_there_and_back(tmp_path):
    basins = gdsim.basin_map("himmelblau", gdsim.Momentum(learning_rate=0.005), size=12, steps=200)
    arrays = written(tmp_path / "map.npz", basins)
    for name in ("end", "steps", "minimum", "outcome", "shares"):
        assert np.array_equal(arrays[name], getattr(basins, name), equal_nan=name == "end"), name
    assert np.array_equal(arrays["x"], basins.grid.x)
    assert np.array_equal(arrays["y"], basins.grid.y)
    assert arrays["axes"].tolist() == ["x", "y"]
    assert arrays["minima"].tolist() == [list(m.position) for m in basins.minima]
    assert dict(zip(arrays["others"].tolist(), arrays["other_shares"].tolist(), strict=True)) == basins.other_shares
    assert json.loads(str(arrays["hyperparameters"]))["learning_rate"] == 0.005
    assert int(arrays["max_steps"]) == 200
    assert arrays["shares"].sum() + arrays["other_shares"].sum() == pytest.approx(1)


def test_a_function_of_one_variable_has_a_row(tmp_path):
    basins = gdsim.basin_map("x^2", gdsim.GradientDescent(learning_rate=0.1), size=9, steps=50)
    arrays = written(tmp_path / "map.npz", basins)
    assert arrays["y"].size == 0
    assert arrays["steps"].shape == (9,)
    assert arrays["end"].shape == (1, 9)


def test_a_plane_says_where_it_lies(tmp_path):
    adam = gdsim.Entry("adam")
    experiment = gdsim.Experiment(function="rosenbrock", options={"dimension": 4}, optimizers=(adam,), steps=20)
    grid = grid_of(experiment, 5, ("x2", "x4"))
    arrays = written(tmp_path / "map.npz", basins_of(experiment, experiment.racing[0].id, grid))
    place = arrays["origin"] + arrays["directions"] @ (arrays["x"][1], arrays["y"][3])
    assert np.array_equal(place, grid.starts[:, 3 * 5 + 1])
    assert arrays["coordinates"].tolist() == list(experiment.objective.names)


def test_an_existing_file_stays_where_it_cannot_be_replaced(tmp_path):
    basins = gdsim.basin_map("himmelblau", gdsim.GradientDescent(learning_rate=0.01), size=4, steps=5)
    with pytest.raises(gdsim.GdsimError, match="cannot write"):
        write_basins(tmp_path / "nowhere" / "map.npz", basins)


def test_settings_read_back(tmp_path):
    experiment = gdsim.Experiment("bowl", optimizers=(gdsim.Entry("momentum"),), steps=20)
    axes = ("learning_rate", 1e-3, 1), ("momentum", 0, 0.9)
    found = gdsim.setting_map("bowl", "momentum", *axes, size=(5, 4), steps=20)
    write_settings(tmp_path / "map.npz", found, experiment)
    with np.load(tmp_path / "map.npz") as file:
        assert np.array_equal(file["loss"], found.loss)
        assert file["x"].tolist() == found.x_values.tolist()
        assert (str(file["y_name"]), str(file["y_scale"])) == ("momentum", "linear")
        assert (file["kind_names"][file["kinds"][0]] == file["outcome"]).all()
        assert "rate" not in file
        assert load(str(file["experiment"]).encode()).experiment == experiment


def test_the_scale_of_an_axis_is_told(tmp_path):
    axes = ("learning_rate", 1e-3, 1), ("momentum", 0, 0.999, "log1m")
    write_settings(tmp_path / "a.npz", gdsim.setting_map("bowl", gdsim.Momentum(), *axes, size=3, steps=3))
    with np.load(tmp_path / "a.npz") as file:
        assert (str(file["x_scale"]), str(file["y_scale"])) == ("log", "log1m")


def test_a_sweep_reads_back(tmp_path):
    found = gdsim.sweep("bowl", ["gd", "adam"], rates=(1e-3, 1), count=5, steps=20, restarts=2, target=1)
    write_sweep(tmp_path / "map.npz", found)
    with np.load(tmp_path / "map.npz") as file:
        assert np.array_equal(file["loss"], found.loss)
        assert file["x"].tolist() == found.rates.tolist()
        assert file["target"] == 1
        assert file["optimizers"].tolist() == ["gd", "adam"]
        assert str(file["experiment"]) == ""
        assert not file["partial"]


def test_what_was_cancelled_counts_for_nothing(tmp_path):
    found = gdsim.sweep("bowl", ["gd", "adam"], count=5, rates=(1e-3, 0.5), tolerance=0, pulse=lambda share: True)
    assert np.isinf(found.loss).all()
    assert found.best_rate(0) is None
    write_sweep(tmp_path / "map.npz", found)
    with np.load(tmp_path / "map.npz") as file:
        assert file["partial"]
