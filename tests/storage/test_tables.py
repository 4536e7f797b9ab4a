import csv
import io
import json

import numpy as np
import pytest

import gdsim
from gdsim.optimizers import ReduceOnPlateau, StepDecay
from gdsim.simulation.course import Lane
from gdsim.simulation.endings.tally import tally
from gdsim.storage.tables import endings, labels, write_arrays, write_iterates, write_outcomes


def written(race):
    file = io.StringIO()
    write_iterates(race, file)
    return list(csv.reader(io.StringIO(file.getvalue())))


def test_the_csv_reads_back_to_the_same_bits():
    race = gdsim.descend("ackley", ["adam", "momentum", "gd"], restarts=9, steps=70, seed=4)
    header, *rows = written(race)
    assert header == ["optimizer", "run", "step", "x", "y", "loss"]
    assert len(rows) == 3 * 10 * 71
    numbers = np.array([[float(cell) for cell in row[3:]] for row in rows]).reshape(3, 10, 71, 3)
    assert np.array_equal(numbers[..., :2].transpose(2, 0, 3, 1), race.positions)
    assert np.array_equal(numbers[..., 2].transpose(2, 0, 1), race.losses)
    keys = [(row[0], int(row[1]), int(row[2])) for row in rows]
    assert keys == [(key, run, step) for key in ("adam", "momentum", "gd") for run in range(10) for step in range(71)]


def test_runs_that_diverge_are_written_as_they_are_kept():
    race = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=900.0), steps=300)
    assert race.outcomes[0][0].kind == "diverged"
    rows = written(race)[1:]
    assert [float(row[5]) for row in rows] == race.losses[:, 0, 0].tolist()
    assert len({row[5] for row in rows[race.outcomes[0][0].step :]}) == 1


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([gdsim.Adam(), gdsim.AdamW()], ["adam", "adamw"]),
        (
            [gdsim.Adam(learning_rate=0.1), gdsim.Adam(learning_rate=0.01), gdsim.AdamW()],
            ["adam:learning_rate=0.1", "adam:learning_rate=0.01", "adamw"],
        ),
        (
            [gdsim.Adam(beta1=0.5), gdsim.Adam(epsilon=1e-3)],
            ["adam:beta1=0.5;epsilon=1e-08", "adam:beta1=0.9;epsilon=0.001"],
        ),
        ([gdsim.Adam(), gdsim.Momentum(), gdsim.Adam()], ["adam#1", "momentum", "adam#2"]),
        (
            [gdsim.NAdam(decoupled_weight_decay=True), gdsim.NAdam()],
            ["nadam:decoupled_weight_decay=True", "nadam:decoupled_weight_decay=False"],
        ),
    ],
)
def test_labels_tell_entries_apart(rules, expected):
    assert labels([Lane(rule) for rule in rules]) == expected


def test_labels_tell_schedules_and_clipping_apart():
    gd = gdsim.GradientDescent()
    lanes = [Lane(gd), Lane(gd, StepDecay(every=5)), Lane(gd, StepDecay(every=6)), Lane(gd, None, 2.0)]
    assert labels(lanes) == [
        "gd:schedule=constant;clip=0.0",
        "gd:schedule=step;schedule.every=5;schedule.gamma=0.5;clip=0.0",
        "gd:schedule=step;schedule.every=6;schedule.gamma=0.5;clip=0.0",
        "gd:schedule=constant;clip=2.0",
    ]


def test_endings_are_those_of_the_race():
    race = gdsim.descend("himmelblau", ["gd", "adam"], restarts=8, steps=300, learning_rate=0.01)
    for o, ending in enumerate(endings(race)):
        x, y = race.positions[-1, o, :, 0]
        assert ending.position == (x, y)
        assert ending.loss == race.losses[-1, o, 0]
        assert ending.gradient_norm == pytest.approx(np.hypot(*race.objective.gradient(np.array([x, y]))), rel=1e-12)
        away = min(np.hypot(x - m.position[0], y - m.position[1]) for m in race.objective.minima)
        assert ending.distance == pytest.approx(away, rel=1e-12)
        assert ending.outcome == race.outcomes[o][0]
        assert ending.best == min(race.losses[-1, o])
        assert ending.median == sorted(race.losses[-1, o])[4]


def test_a_surface_without_minima_has_no_distance():
    assert np.isnan(endings(gdsim.descend("saddle", "gd", steps=5))[0].distance)


def test_the_arrays_are_those_of_the_race(tmp_path):
    race = gdsim.descend(
        "himmelblau", [gdsim.Adam(beta1=0.5), gdsim.GradientDescent(learning_rate=9.0), "adam"], restarts=9, steps=70
    )
    write_arrays(race, tmp_path / "race")
    with np.load(tmp_path / "race", allow_pickle=False) as file:
        arrays = dict(file)
    assert arrays["positions"].tobytes() == race.positions.tobytes()
    assert arrays["losses"].tobytes() == race.losses.tobytes()
    assert arrays["positions"].shape == (71, 3, 2, 10)
    assert np.array_equal(arrays["starts"], race.positions[0, 0])
    assert arrays["kinds"].tolist() == [[str(outcome.kind) for outcome in row] for row in race.outcomes]
    assert "diverged" in arrays["kinds"]
    assert arrays["ended"].tolist() == [[outcome.step for outcome in row] for row in race.outcomes]
    assert arrays["optimizers"].tolist() == ["adam:beta1=0.5", "gd", "adam:beta1=0.9"]
    again = [json.loads(text) for text in arrays["hyperparameters"].tolist()]
    assert [(values.pop("schedule"), values.pop("clip")) for values in again] == [(None, 0.0)] * 3
    assert tuple(gdsim.OPTIMIZERS[values.pop("key")](**values) for values in again) == race.rules
    assert arrays["learning_rates"].shape == (70, 3, 10)
    assert str(arrays["direction"]) == "descent"
    assert str(arrays["function"]) == race.objective.text
    assert arrays["coordinates"].tolist() == ["x", "y"]


def test_the_arrays_hold_what_changes_on_the_way(tmp_path):
    race = gdsim.Experiment(
        "double_well",
        restarts=3,
        steps=40,
        direction="ascent",
        schedule=ReduceOnPlateau(patience=2),
        optimizers=(gdsim.Entry("gd", {"learning_rate": 0.1}, True, StepDecay(every=5)), gdsim.Entry("adam", clip=1)),
    ).run()
    write_arrays(race, tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz", allow_pickle=False) as file:
        arrays = dict(file)
    gd, adam = (json.loads(text) for text in arrays["hyperparameters"].tolist())
    assert (gd["schedule"], gd["clip"]) == ({"key": "step", "every": 5, "gamma": 0.5}, 0.0)
    assert (adam["schedule"]["key"], adam["clip"]) == ("plateau", 1.0)
    rates = arrays["learning_rates"]
    assert rates.shape == (40, 2, 4)
    for run in range(4):
        np.testing.assert_array_equal(rates[:, 0, run], 0.1 * 0.5 ** (np.arange(40) // 5))
        np.testing.assert_array_equal(rates[:, 1, run], race.learning_rates(1, run))
    assert str(arrays["direction"]) == "ascent"
    assert arrays["coordinates"].tolist() == ["x"]


def test_a_race_without_optimizers_has_arrays_too(tmp_path):
    write_arrays(gdsim.Experiment(optimizers=(), steps=3).run(), tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz", allow_pickle=False) as arrays:
        assert arrays["positions"].shape == (4, 0, 2, 1)


def test_the_outcomes_are_those_of_the_race():
    race = gdsim.descend(
        "six_hump_camel", ["adam", gdsim.GradientDescent(learning_rate=9.0)], restarts=5, steps=400, learning_rate=0.05
    )
    file = io.StringIO()
    write_outcomes(race, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [(row["optimizer"], row["run"]) for row in rows] == [
        (key, str(r)) for key in ("adam", "gd") for r in range(6)
    ]
    assert len({row["outcome"] for row in rows}) > 1
    assert len({row["ground"] for row in rows}) > 2
    norms, distances = race.gradient_norms(400), race.distances(400)
    for i, row in enumerate(rows):
        o, r = divmod(i, 6)
        assert (row["outcome"], int(row["step"])) == (race.outcomes[o][r].kind, race.outcomes[o][r].step)
        assert row["ground"] == race.outcomes[o][r].ground
        assert [float(row[f"start_{name}"]) for name in "xy"] == race.positions[0, o, :, r].tolist()
        assert [float(row[name]) for name in "xy"] == race.positions[-1, o, :, r].tolist()
        assert float(row["loss"]) == race.losses[-1, o, r]
        assert [float(row["gradient_norm"]), float(row["distance"])] == [norms[o, r], distances[o, r]]


OF_OLD = [
    "optimizer",
    "run",
    "outcome",
    "step",
    "ground",
    "start_x",
    "start_y",
    "x",
    "y",
    "loss",
    "gradient_norm",
    "distance",
]


def outcome_rows(race):
    file = io.StringIO()
    write_outcomes(race, file)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_what_each_run_reached_stands_behind_the_columns_of_old():
    rules = [gdsim.Adam(learning_rate=0.1), gdsim.GradientDescent(learning_rate=0.03)]
    race = gdsim.descend("himmelblau", rules, restarts=20, steps=600, seed=1, tolerance=1e-8)
    rows = outcome_rows(race)
    assert list(rows[0]) == [*OF_OLD, "reached", "place", "runs_reached", "sentence", "learning_rate"]
    lost = 0
    for i, row in enumerate(rows):
        o, r = divmod(i, 21)
        assert row["sentence"] == str(race.outcomes[o][r])
        lost += row["reached"] == "lost"
        assert (row["reached"] == "lost") == (row["outcome"] == "diverged")
        assert (row["reached"] == "global minimum") == (row["place"] != "")
        if row["place"]:
            minimum = race.objective.minima[int(row["place"]) - 1]
            assert np.hypot(float(row["x"]) - minimum.position[0], float(row["y"]) - minimum.position[1]) < 0.015
    assert lost > 0
    for o, name in enumerate(("adam", "gd")):
        mine = [row for row in rows if row["optimizer"] == name]
        counts = {int(row["runs_reached"]) for row in mine}
        assert counts == {sum(row["reached"] == "global minimum" for row in mine)} == {int(race.reached.counts[o])}


def test_what_each_run_reached_where_no_minimum_is_known():
    race = gdsim.descend("sin(3x) + x^2/4 + y^2", gdsim.GradientDescent(learning_rate=0.05), restarts=30, steps=900)
    rows = outcome_rows(race)
    low = [float(row["loss"]) < race.losses[-1].min() + 1e-6 for row in rows]
    assert [row["reached"] for row in rows] == ["lowest found" if is_low else "elsewhere" for is_low in low]
    assert {row["runs_reached"] for row in rows} == {str(sum(low))}
    assert {row["place"] for row in rows} == {""}


def test_a_sentence_with_a_comma_is_one_cell():
    race = gdsim.descend("quartic_flat", gdsim.GradientDescent(learning_rate=0.1), restarts=3, steps=50)
    for row, outcome in zip(outcome_rows(race), race.outcomes[0], strict=True):
        assert (row["sentence"], row["ground"], None in row) == (str(outcome), outcome.ground, False)
    large = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=1.2), steps=100)
    assert "," in str(large.outcomes[0][0])
    assert outcome_rows(large)[0]["sentence"] == str(large.outcomes[0][0])


def test_the_endings_count_what_the_runs_reached():
    race = gdsim.descend("himmelblau", ["gd", gdsim.Adam(learning_rate=0.1)], restarts=8, steps=300)
    for o, ending in enumerate(endings(race)):
        assert ending.reached == race.reached.counts[o]
        assert ending.tally == tally(race, o)


def test_the_arrays_tell_what_was_reached(tmp_path):
    race = gdsim.descend("himmelblau", gdsim.Adam(learning_rate=0.1), restarts=9, steps=300)
    write_arrays(race, tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz", allow_pickle=False) as arrays:
        assert arrays["reached"].tolist() == race.reached.best.tolist()
        ends = arrays["places"][arrays["at"][0]].T
        assert arrays["places"].shape == (4, 2)
        np.testing.assert_allclose(ends, arrays["positions"][-1, 0], atol=0.015)
    write_arrays(gdsim.descend("saddle", "gd", steps=3), tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz", allow_pickle=False) as arrays:
        assert (arrays["places"].shape, arrays["at"].tolist()) == ((0, 2), [[-1]])
