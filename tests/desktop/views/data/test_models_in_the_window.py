"""Models on data: chosen in the panel, seen and changed in the data view."""

from dataclasses import replace

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox
from test_layout import cut_off
from test_pseudo_language import english, missed, pseudo  # noqa: F401

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.edits.model_edits import MODEL_SUMMARIES, MODEL_TITLES
from gdsim.desktop.files.data_dialog import DataDialog
from gdsim.desktop.views.data.examples_plot import plain
from gdsim.desktop.views.runs.row import DISTANCE, HELD_OUT
from gdsim.objectives.data.models.model_kinds import MODELS, suited_rate
from gdsim.objectives.source import Source
from gdsim.simulation.sampling.landscape import COARSE, RESOLUTION


@pytest.fixture
def models(open_window, small):
    driver = open_window(small)
    driver.window.player.pause()
    return driver


def choose(driver, key):
    combo = driver.widget("function", QComboBox)
    combo.activated.emit(combo.findData(key))
    driver.wait_for_race()
    driver.window.player.to_end()


def view_of(driver):
    return next(dock for dock in driver.window.lazy_docks if dock.name == "data_view").view


def pixel(plot, place):
    return plot.mapFromScene(plot.box.mapViewToScene(pg_point(place)))


def pg_point(place):
    from PySide6.QtCore import QPointF

    return QPointF(*place)


def test_titles_are_those_of_the_models():
    assert {key: kind.model.title for key, kind in MODELS.items()} == MODEL_TITLES
    assert {key: kind.model.summary for key, kind in MODELS.items()} == MODEL_SUMMARIES


@pytest.mark.parametrize("key", MODELS)
def test_the_rate_of_a_model_is_telling_for_all_that_the_window_opens_with(key):
    opening = opening_experiment()
    model = replace(opening, function=key)
    race = replace(model, learning_rate=suited_rate(MODELS[key], model.objective)).run()
    assert race.losses.shape[1] == len(opening.racing)
    assert np.isfinite(race.losses).all()
    assert (race.losses[-1] < race.losses[0] / 2).mean() >= 0.8
    assert (race.losses[-1, :, 0] < race.losses[0, :, 0] / 2).all()


def suited_to(experiment):
    return suited_rate(MODELS[experiment.function], experiment.objective)


def test_models_come_with_a_rate_of_their_own_unless_one_was_chosen(open_window, tmp_path):
    driver = open_window(replace(opening_experiment(), restarts=0, steps=30))
    store = driver.window.store
    opened = store.experiment
    for key in ("network", "linear"):
        choose(driver, key)
        assert store.experiment.learning_rate == suited_to(store.experiment)
    # one step back, not two
    store.undo()
    assert (store.experiment.function, store.experiment.learning_rate) == ("network", suited_to(store.experiment))
    choose(driver, "bowl")
    assert store.experiment.learning_rate == opened.learning_rate
    # what a person chose stays, until it is taken back
    driver.type("learning_rate", "0.02")
    choose(driver, "logistic")
    assert store.experiment.learning_rate == 0.02
    store.reset("learning_rate")
    assert store.experiment.learning_rate == suited_to(store.experiment)
    choose(driver, "bowl")
    assert store.experiment.learning_rate == opened.learning_rate
    # as it is with a table
    table = tmp_path / "ill.csv"
    table.write_text("dose,ill\n1,yes\n2,no\n3,yes\n4,yes\n5,no\n")
    driver.window.file_commands.tables.read(table, {}, True)
    driver.until(lambda: store.experiment.function == "logistic")
    assert store.experiment.learning_rate == suited_to(store.experiment)
    # a file of a model says what is its own there; one without a shared rate stays so
    store.start_over(replace(store.experiment, data=None, options={}, start=None, learning_rate=0.7))
    choose(driver, "bowl")
    assert store.experiment.learning_rate == opened.learning_rate
    choose(driver, "logistic")
    assert store.experiment.learning_rate == 0.7
    store.start_over(replace(opened, learning_rate=None))
    choose(driver, "network")
    assert store.experiment.learning_rate is None


def test_a_line_is_fitted_and_its_points_are_moved(models):
    window, store = models.window, models.window.store
    dock = next(dock for dock in window.lazy_docks if dock.name == "data_view")
    assert dock.isHidden()
    choose(models, "linear")
    assert dock.isVisible()
    assert store.experiment.data is None
    assert models.text("model_text") == "mean((w·x + b − y)²)"
    assert not window.runs.tree.isColumnHidden(10)
    view = view_of(models)
    # the line that is drawn is the model's
    (x, y), theta = view.plot.lines["gd"].getData(), models.race.positions[-1, 0, :, 0]
    assert np.allclose(y, theta[0] * x + theta[1])
    assert "held out" in models.text("data_facts")
    # what the axes and the points mean is written there, and the examples lie beside the landscape, on top
    assert window.landscape.names.texts == ("w", "b")
    assert view.plot.names.texts == ("x", "y")
    assert "held out" in models.text("data_key")
    assert dock.y() < models.widget("loss_dock").y() or window.tabifiedDockWidgets(dock)
    # a drag is one step back, and what is looked at stays
    before, count = store.experiment, len(store.history)
    bounds = before.objective.bounds
    plot, data = view.plot, before.objective
    place = view.shown.data.X[3, 0], view.shown.data.y[3]
    at = pixel(plot, place)
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    for k in range(1, 4):
        QTest.mouseMove(plot.viewport(), at + QPoint(0, -10 * k))
    # the surface that follows the hand is coarse, and fine again at the end
    models.until(lambda: len(window.landscape.plot.surface_layer.surface.x) == COARSE)
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at + QPoint(0, -30))
    models.until(lambda: len(window.landscape.plot.surface_layer.surface.x) == RESOLUTION)
    models.wait_for_race()
    assert len(store.history) == count + 1
    assert store.undo_text == "examples moved" or store.undo_text.startswith("data")
    source = store.experiment.data
    assert len(source.rows) == 40
    assert source.rows[3][1] > place[1]
    assert np.array_equal(store.experiment.objective.bounds, bounds)
    assert [len(store.experiment.objective.y), len(data.y)] == [30, 30]
    assert models.race.objective is store.experiment.objective
    # one more, and one less
    empty = plot.box.sceneBoundingRect().topLeft().toPoint() + QPoint(12, 12)
    QTest.mouseDClick(plot.viewport(), LEFT, NONE, plot.mapFromScene(empty))
    assert len(store.experiment.data.rows) == 41
    assert plot.selected == 40
    # the new one is gone to, moved and taken away with keys; a click on a point brings the keys there
    QTest.mouseClick(plot.viewport(), LEFT, NONE, pixel(plot, view.shown.places[0]))
    assert plot.hasFocus()
    QTest.keyClick(plot, Qt.Key.Key_PageUp)
    assert plot.selected == 40
    x = store.experiment.data.rows[40][0]
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert store.experiment.data.rows[40][0] > x
    QTest.keyClick(plot, Qt.Key.Key_Delete)
    assert len(store.experiment.data.rows) == 40
    while store.experiment != before:
        store.undo()
    assert store.experiment == before
    # curves over the steps come from the worker
    models.widget("scores").setChecked(True)
    models.until(lambda: view.scored is not None)
    models.wait_for_race()
    assert view.scored[1].train.shape[1] == 2
    assert models.text("data_key").startswith("mean squared error")
    assert view.scored[1].held_out[-1, 0] == pytest.approx(
        float(view.scored[0].objective.error(view.scored[0].positions[-1, 0, :, 0], "held_out"))
    )
    # back to functions
    choose(models, "bowl")
    assert dock.isHidden()
    assert window.landscape.names.texts == ("", "")
    assert window.runs.tree.isColumnHidden(10)
    assert (store.experiment.data, dict(store.experiment.options), store.experiment.batch) == (None, {}, 0)
    # where there is no model, nothing is kept of the last one
    dock.show()
    models.until(lambda: view.shown is None)
    assert (len(view.plot.places), view.plot.lines, view.curves.curves, view.scored) == (0, {}, [], None)
    dock.hide()
    store.undo()
    models.wait_for_race()
    assert dock.isVisible()
    assert len(view.plot.places) == len(view.shown.data)


def test_examples_far_from_0_keep_their_digits(models):
    store = models.window.store
    choose(models, "linear")
    rows = tuple((100_000 + i / 3, float(i % 4)) for i in range(30))
    models.change(data=Source(rows=rows), options={"standardise": True}, start=None, bounds=None)
    plot = view_of(models).plot
    # straight up: only the target changes, however the mouse took it
    at = pixel(plot, rows[9]) + QPoint(4, 3)
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    assert plot.selected == 9
    QTest.mouseMove(plot.viewport(), at - QPoint(0, 12))
    assert store.experiment.data.rows[9][0] == rows[9][0]
    assert rows[9][1] < store.experiment.data.rows[9][1] < rows[9][1] + 1
    QTest.mouseMove(plot.viewport(), at + QPoint(20, 0))
    assert rows[9][0] < store.experiment.data.rows[9][0] < rows[9][0] + 2
    assert store.experiment.data.rows[9][1] == rows[9][1]
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at + QPoint(20, 0))
    QTest.keyClick(plot, Qt.Key.Key_Up)
    x, y = store.experiment.data.rows[9]
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert x < store.experiment.data.rows[9][0] < x + 0.1
    assert store.experiment.data.rows[9][1] == y
    view_of(models).edits.add(100_002.6, 1.5, False)
    assert store.experiment.data.rows[30] == (100_002.6, 1.5)
    # what cannot be is said, and nothing else happens
    models.change(data=Source(rows=rows[:2]), start=None, bounds=None)
    plot.remove(0)
    assert "two rows or more" in models.message
    assert len(store.experiment.data.rows) == 2
    # the model goes away in the middle of a drag: so does the drag
    at = pixel(plot, plot.places[0])
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    while store.experiment.function == "linear":
        store.undo()
    assert plot.dragged is None
    QTest.mouseMove(plot.viewport(), at + QPoint(9, 9))
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at + QPoint(9, 9))
    plot.grabbed.emit()  # as by a key that comes late
    plot.released.emit()
    before = len(store.history)
    store.change(steps=31)
    store.change(steps=32)
    assert store.place > 1
    assert len(store.history) <= before
    assert not store.drag.is_active


@pytest.mark.parametrize(
    ("value", "span", "said"),
    [
        (100_003.45678, 10, 100_003.46),
        (2000.123456, 0.2, 2000.1235),
        (0.99991234, 1e-4, 0.9999123),
        (123456.7, 1e6, 123000),
        (1.5, 0, 1.5),
        (1.5, np.inf, 1.5),
    ],
)
def test_plain_numbers(value, span, said):
    assert plain(value, span) == said


def test_where_nothing_is_held_out_there_is_no_column_for_it(models):
    choose(models, "linear")
    tree = models.window.runs.tree
    models.wait_for_race()
    assert not tree.isColumnHidden(HELD_OUT)
    models.change(data=Source("line", held_out=0.0))
    assert tree.isColumnHidden(HELD_OUT)


def test_options_data_and_batches_of_classes(models):
    store = models.window.store
    choose(models, "network")
    view = view_of(models)
    assert view.plot.field.isVisible()
    assert set(view.plot.lines) == {"gd", "momentum"}
    assert models.text("model_text") == "2 → 8 → 1: 33 weights"
    assert models.widget("batch").text() == "all"
    # no bottom of a network is known
    assert models.window.runs.tree.isColumnHidden(DISTANCE)
    models.type("option.hidden", "4,3")
    models.wait_for_race()
    assert store.experiment.options["hidden"] == (4, 3)
    models.type("option.hidden", "many")
    assert "widths" in models.text("model_error")
    models.type("batch", "16")
    models.wait_for_race()
    assert store.experiment.batch == 16
    assert store.undo_text == "batch 0 → 16"
    models.type("data_noise", "0.2")
    assert store.undo_text == "data noise default → 0.2"
    models.widget("option.standardise", QCheckBox).click()
    assert store.experiment.options["standardise"] is True
    assert store.undo_text == "Standardise features default → on"
    models.type("batch", "all")
    assert store.experiment.batch == 0
    # examples that were chosen go along to a model that can be trained on them
    choose(models, "logistic")
    assert store.experiment.data.key == "moons"
    assert dict(store.experiment.options) == {"standardise": True}
    data = models.widget("data", QComboBox)
    lines = data.model()
    can = {key: lines.item(data.findData(key)).isEnabled() for key in ("line", "diabetes", "xor", "iris")}
    assert can == {"line": False, "diabetes": False, "xor": True, "iris": True}
    choose(models, "linear")
    assert store.experiment.data is None
    assert lines.item(data.findData("line")).isEnabled()
    store.undo()
    models.wait_for_race()
    data.activated.emit(data.findData("diabetes_high"))
    models.wait_for_race()
    assert models.widget("data_feature_y").isVisible()
    assert view.shown.axes == (2, 3)  # body mass and blood pressure tell the most
    # in a window of 1024 pixels the pane is no wider
    assert view.minimumSizeHint().width() <= 300
    models.widget("data_feature_x", QComboBox).setCurrentIndex(0)
    view.features.take()
    assert view.shown.axes == (0, 3)
    models.widget("data_feature_x", QComboBox).setCurrentIndex(3)
    view.features.take()
    assert view.shown.axes == (3, 0)
    # what one looks at stays while examples are moved: the start, too, and of many weights no bounds that nobody sees
    begun = store.experiment.objective.start
    store.drag.begin(view, coarse=True)
    view.edits.move(2, 0.1, 0.2)
    assert store.experiment.start == begun != store.experiment.objective.start
    assert store.experiment.bounds is None
    store.drag.end()
    store.undo()
    # a line is nothing for classes: a sentence, and all stays as it is
    data.activated.emit(data.findData("line"))
    assert models.text("model_error")
    assert store.experiment.data.key == "diabetes_high"
    # one feature: probabilities over it
    rows = tuple((float(i), float(i > 4)) for i in range(10))
    models.change(data=Source(rows=rows, classes=("no", "yes")), start=None, bounds=None)
    assert data.currentText() == "Own table"
    y = view.plot.lines["gd"].getData()[1]
    assert 0 <= y.min() <= y.max() <= 1
    assert view.plot.names.texts == ("x", "P(yes)")
    assert "no minimum" not in models.text("data_facts")
    models.change(start=(9.0, 0.0))
    assert models.text("data_facts").endswith("longer weights are better for ever, there is no minimum.")
    store.undo()
    models.change(function="linear")  # which tells no probability of the same examples
    assert (view.plot.names.texts, models.text("data_equation")[:3]) == (("x", "y"), "y =")
    store.undo()
    # the list opens another, and shows again what it was
    asked = []
    models.window.parameters.table_wanted.connect(lambda: asked.append(True))
    models.window.parameters.table_wanted.disconnect(models.window.file_commands.tables.ask)
    data.activated.emit(data.findData("open"))
    assert (asked, data.currentText()) == ([True], "Own table")
    # one's own examples are not lost with the model
    for key in ("linear", "network"):
        choose(models, key)
        assert len(store.experiment.data.rows) == 10
    assert data.currentText() == "Own table"


def test_what_is_not_a_number_is_not_drawn(open_window):
    wild = gdsim.Experiment("linear", learning_rate=1e3, steps=200, optimizers=(gdsim.Entry("gd"),))
    driver = open_window(wild)
    assert view_of(driver) is not None
    driver.window.player.to_end()
    driver.window.grab()
    assert driver.message == ""


def test_every_text_of_models(pseudo):  # noqa: F811
    for key in MODELS:
        choose(pseudo, key)
        assert english(pseudo.window.parameters) == []
        assert english(view_of(pseudo)) == []
    pseudo.type("data_count", "50")
    pseudo.window.store.change(options={"activation": "relu"})
    assert [moment.text for moment in pseudo.window.store.history if missed(moment.text)] == []
    assert cut_off(pseudo.window.parameters) == []
    pseudo.change(batch=5)
    for part in (pseudo.window.loss, pseudo.window.player_bar, pseudo.widget("batch_switch")):
        assert english(part) == []
        assert cut_off(part) == []


def test_a_table_of_ones_own(pseudo, tmp_path, monkeypatch):  # noqa: F811
    path = tmp_path / "ill.csv"
    path.write_text("age,bmi,ill\n40,20,no\n50,25,no\n60,,yes\n70,31,yes\n55,29,yes\n44,22,no\n")
    asked = []

    def answer(dialog):
        dialog.show()
        asked.extend(one for one in english(dialog) if "qt_" not in one[0] and "QPushButton" not in one[0])
        features = dialog.features.list
        features.item(0).setCheckState(Qt.CheckState.Unchecked)
        features.item(1).setCheckState(Qt.CheckState.Unchecked)
        assert "·" in dialog.error.text()
        features.item(1).setCheckState(Qt.CheckState.Checked)
        dialog.read()

    monkeypatch.setattr(DataDialog, "open", answer)
    pseudo.window.file_commands.tables.ask_columns(path)
    pseudo.until(lambda: pseudo.experiment.function == "logistic")
    pseudo.wait_for_race()
    # names of columns are a person's own
    names = {"age", "bmi", "ill", "ill.csv", "yes"}
    assert [one for one in asked if one[1] not in names] == []
    source = pseudo.experiment.data
    assert (source.features, source.target, source.classes, source.path) == (("bmi",), "ill", ("no", "yes"), "")
    assert len(source.rows) == 5
    assert "·" in pseudo.message
    assert missed(pseudo.window.store.undo_text) is False
    path.write_text("age\n1\n")
    monkeypatch.setattr(DataDialog, "open", DataDialog.show)
    pseudo.window.file_commands.tables.ask_columns(path)
    assert "·" in pseudo.window.file_commands.tables.dialog.error.text()
    pseudo.window.file_commands.tables.dialog.reject()
    assert pseudo.experiment.data is source
