"""Values of several hyperparameters set at once."""

import gdsim
from gdsim.desktop.edits.setting_edits import value_of, with_values


def experiment(entry, **fields):
    return gdsim.Experiment(function="bowl", optimizers=(entry, gdsim.Entry("gd")), **fields)


def test_what_follows_a_shared_value_changes_it():
    changed = with_values(
        experiment(gdsim.Entry("momentum"), learning_rate=0.1, momentum=0.5),
        "momentum",
        {"learning_rate": 0.2, "momentum": 0.7},
    )
    assert (changed.learning_rate, changed.momentum) == (0.2, 0.7)
    assert not changed.optimizers[0].values
    assert value_of(changed, "momentum", "momentum") == 0.7


def test_what_follows_nothing_gets_its_own():
    before = experiment(gdsim.Entry("momentum", {"momentum": 0.3}), momentum=0.5)
    changed = with_values(before, "momentum", {"learning_rate": 0.2, "momentum": 0.7, "weight_decay": 0.01})
    # nothing is shared of η here: the other optimizer keeps its default
    assert changed.learning_rate is None
    assert changed.momentum == 0.5
    assert changed.optimizers[0].values == {"learning_rate": 0.2, "momentum": 0.7, "weight_decay": 0.01}
    assert changed.optimizers[1] == before.optimizers[1]
    assert value_of(changed, "momentum", "weight_decay") == 0.01
