"""Tunings as arrays: there and back, with the race they led to."""

import numpy as np

import gdsim
from gdsim.storage.files import load
from gdsim.storage.tuning_arrays import write_tuning


def test_a_tuning_reads_back(tmp_path):
    rate, momentum = ("learning_rate", 1e-3, 1), ("momentum", 0, 0.99, "log1m")
    ranges = {"gd": [rate], "momentum": [rate, momentum]}
    found = gdsim.tune("bowl", ["gd", "momentum"], tries=6, starts=2, steps=30, restarts=3, ranges=ranges)
    write_tuning(tmp_path / "a.npz", found)
    with np.load(tmp_path / "a.npz") as file:
        assert file["optimizers"].tolist() == ["gd", "momentum"]
        assert file["names"].tolist() == [["learning_rate", ""], ["learning_rate", "momentum"]]
        assert file["scales"].tolist() == [["log", ""], ["log", "log1m"]]
        assert file["tried"].shape == (2, 6, 2)
        assert np.isnan(file["tried"][0, :, 1]).all()
        for k, each in enumerate(found.optimizers):
            assert file["tried"][k, :, : len(each.axes)].tolist() == each.tried.tolist()
            assert file["expected_best"][k].tolist() == each.best_of.tolist()
            assert file["loss_after"][k].tolist() == each.after.loss.tolist()
            assert file["global_before"][k].tolist() == each.before.reached.tolist()
        assert (str(file["criterion"]), int(file["starts"]), bool(file["partial"])) == ("loss", 2, False)
        saved = load(bytes(str(file["experiment"]), "utf-8")).experiment
    assert saved.optimizers == found.experiment.optimizers
    assert saved.tuning == found.rule
