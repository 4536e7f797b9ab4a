"""Tests of where a run is, in full: in its tip, in the table of runs."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

import gdsim
from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.reached_phrases import position_text
from gdsim.desktop.views.runs.row import POSITION, RunRow
from gdsim.desktop.views.runs.view import RunsView


class Requests:
    """Requests of which nothing is worked out aside."""

    def send(self, channel, work, answer, background=False):
        pass

    def forget(self, channel):
        pass


@pytest.fixture
def runs(app, qtbot):
    view = RunsView(LIGHT, Requests())
    qtbot.addWidget(view)
    view.wishes = {"position": True}
    view.resize(1400, 300)
    view.show()
    return view


def tip(runs, row):
    tree = runs.tree
    at = tree.visualRect(tree.indexFromItem(row, POSITION)).center()
    QToolTip.hideText()
    QApplication.sendEvent(tree.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, tree.viewport().mapToGlobal(at)))
    return QToolTip.text()


def shown(runs, experiment, step):
    race = experiment.run()
    runs.show_scene(Scene(experiment, LIGHT, race, step))
    runs.fill()
    return race, runs.tree.topLevelItem(0)


def test_of_a_model_with_standardised_features_the_weights_are_told_in_the_units_of_its_table(runs):
    homes = gdsim.Source("line", count=30)
    for standardise in (True, False):
        experiment = gdsim.Experiment("linear", data=homes, options={"standardise": standardise}, steps=8)
        race, row = shown(runs, experiment, 5)
        point = race.positions[5, 0, :, 0]
        raced, *more = tip(runs, row).split("\n")
        assert raced == position_text(point) == row.text(POSITION)
        assert more == ([f"In the units of the table: {position_text(race.objective.in_units(point))}"] * standardise)
    # and the two are not the same
    model = gdsim.Experiment("linear", data=homes, options={"standardise": True}).objective
    assert position_text(model.in_units(point)) != position_text(point)


def test_of_a_function_the_position_is_told_and_of_many_coordinates_the_first(runs):
    race, row = shown(runs, gdsim.Experiment("bowl", steps=8), 3)
    assert tip(runs, row) == position_text(race.positions[3, 0, :, 0])
    race, row = shown(runs, gdsim.Experiment("network", data=gdsim.Source("xor", count=20), steps=4), 3)
    assert row.text(POSITION).startswith("|θ| = ")
    assert tip(runs, row) == position_text(race.positions[3, 0, :, 0])
    assert tip(runs, row).endswith(", …)")
    assert RunRow(0, 0, "gd").position_tip() == ""
