"""The table of runs, what it advises, and the legend."""

import dataclasses

import numpy as np
import pytest
from driving import LEFT, NONE, count
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QTreeWidget

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT, optimizer_color
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.runs import row as columns
from gdsim.desktop.views.runs.shown_columns import NAMES, shown_columns
from gdsim.simulation.endings import ending as endings
from gdsim.simulation.endings.tally import tally
from gdsim.simulation.sampling.landscape import RESOLUTION


def rows_of(driver):
    """The optimizers' rows by title, from top to bottom."""
    tree = driver.widget("runs_table", QTreeWidget)
    return {tree.topLevelItem(i).text(columns.NAME): tree.topLevelItem(i) for i in range(tree.topLevelItemCount())}


def filled_at(driver, step):
    """The rows, once they show a step."""

    def filled():
        rows = list(rows_of(driver).values())
        return len(rows) == len(driver.race.rules) and all(
            row.text(columns.STEP) == str(min(step, driver.race.ended[row.place, 0])) for row in rows
        )

    driver.until(filled)
    return rows_of(driver)


def told(driver, step):
    """The rows, once they show a step and how all runs end."""
    race = driver.race
    rows = filled_at(driver, step)
    for o, row in enumerate(rows.values()):
        driver.until(lambda o=o, row=row: row.toolTip(columns.OUTCOME).split("\n") == [str(g) for g in tally(race, o)])
    return rows


def expected(race, o, r, step):
    """Texts of a run's cells, worked out anew."""
    objective = race.objective
    point = race.positions[step, o, :, r]
    distances = [np.hypot(*(point - minimum.position)) for minimum in objective.minima]
    return {
        columns.STEP: str(min(step, race.ended[o, r])),
        columns.POSITION: f"({show(point[0])}, {show(point[1])})",
        columns.LOSS: show(float(objective.value(point))),
        columns.GRADIENT: show(float(np.hypot(*objective.gradient(point)))),
        columns.DISTANCE: show(float(min(distances))),
    }


@pytest.mark.parametrize("step", [0, 37, 250, 400])
def test_the_numbers_are_those_of_the_race_at_the_step(open_window, step):
    driver = open_window()
    driver.window.player.seek(step)
    race = driver.race
    rows = told(driver, step)
    assert list(rows) == [rule.title for rule in race.rules]
    for o, row in enumerate(rows.values()):
        for column, text in expected(race, o, 0, step).items():
            assert row.text(column) == text
        losses = [float(race.objective.value(race.positions[step, o, :, r])) for r in range(race.runs)]
        assert row.text(columns.BEST) == show(min(losses))
        assert row.text(columns.MEDIAN) == show(float(np.median(losses)))
        groups = [str(group) for group in tally(race, o)]
        assert row.toolTip(columns.OUTCOME).split("\n") == groups
        last = max(race.ended[o])
        dated = step < last < race.steps  # the last step of all is said above
        assert row.end == (f"by step {last}: " if dated else "") + ", ".join(groups)


def test_restarts_unfold_with_their_numbers(open_window):
    driver = open_window()
    driver.window.player.seek(50)
    row = next(iter(filled_at(driver, 50).values()))
    driver.focus("runs_table")
    tree = driver.widget("runs_table", QTreeWidget)
    tree.setCurrentItem(row)
    for key, unfolded in (
        (Qt.Key.Key_Return, True),
        (Qt.Key.Key_Enter, False),
        (Qt.Key.Key_Plus, True),
        (Qt.Key.Key_Plus, True),
        (Qt.Key.Key_Minus, False),
        (Qt.Key.Key_Return, True),
    ):
        driver.key(key)
        assert row.isExpanded() == unfolded
    assert row.childCount() == driver.experiment.restarts
    driver.until(lambda: row.child(0).text(columns.LOSS) != "")
    for r in range(1, driver.race.runs):
        child = row.child(r - 1)
        assert child.text(columns.NAME) == f"restart {r}"
        for column, text in expected(driver.race, 0, r, 50).items():
            assert child.text(column) == text


def test_every_column_sorts(open_window):
    driver = open_window()
    driver.window.runs.wishes = dict.fromkeys(NAMES.values(), True)
    driver.window.player.seek(60)
    filled_at(driver, 60)
    race = driver.race
    tree = driver.widget("runs_table", QTreeWidget)
    losses = race.losses[60]
    points = race.positions[60, :, :, 0]
    sizes = {
        columns.NAME: np.arange(len(race.rules)),
        columns.STEP: np.minimum(60, race.ended[:, 0]),
        columns.POSITION: points[:, 0],
        columns.LOSS: losses[:, 0],
        columns.GRADIENT: np.hypot(*race.objective.gradient(points.T)),
        columns.DISTANCE: race.distances(60)[:, 0],
        columns.BEST: losses.min(axis=-1),
        columns.MEDIAN: np.median(losses, axis=-1),
    }
    header = tree.header()
    orders = set()
    for column, size in sizes.items():
        tree.horizontalScrollBar().setValue(0)
        right = header.sectionViewportPosition(column) + header.sectionSize(column) - header.viewport().width()
        tree.horizontalScrollBar().setValue(max(0, right))
        for _ in range(2):
            at = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
            QTest.mouseClick(header.viewport(), LEFT, NONE, at)
            assert header.sortIndicatorSection() == column
            found = [float(size[row.place]) for row in rows_of(driver).values()]
            down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            assert found == sorted(found, reverse=down)
            orders.add(tuple(rows_of(driver)))
    assert len(orders) > 3
    # the numbers stay with their rows, and the order keeps up with the step
    driver.window.player.seek(300)
    for row in filled_at(driver, 300).values():
        assert row.text(columns.LOSS) == show(float(race.losses[300, row.place, 0]))


def titles_of(driver):
    tree = driver.window.runs.tree
    header = tree.header()
    shown = sorted((header.visualIndex(c), c) for c in range(header.count()) if not tree.isColumnHidden(c))
    return [tree.headerItem().text(c) for _, c in shown]


def overhang(driver):
    """By how many pixels the columns are broader than the table."""
    tree = driver.window.runs.tree
    return tree.header().length() - tree.viewport().width()


def test_which_columns_there_is_room_for():
    sizes = {1: 100, 2: 50, 3: 20, 4: 10}
    assert shown_columns(sizes, 160, {}) == [1, 2]  # the least go first, and none in the middle
    assert shown_columns(sizes, 180, {}) == [1, 2, 3, 4]
    assert shown_columns(sizes, 99, {}) == []
    assert shown_columns(sizes, 115, {4: True}) == [4, 1]
    assert shown_columns(sizes, 0, {3: True, 1: False}) == [3]
    assert shown_columns(sizes, 60, {1: False}) == [2]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
@pytest.mark.parametrize("restarts", [0, 4])
def test_no_sideways_scrolling(open_window, size, restarts):
    driver = open_window(dataclasses.replace(opening_experiment(), restarts=restarts), size=size)
    for step in (10, 400):
        driver.window.player.seek(step)
        filled_at(driver, step)
        bar = driver.window.runs.tree.horizontalScrollBar()
        driver.until(lambda bar=bar: overhang(driver) <= 0 and bar.maximum() == 0)
    assert titles_of(driver)[:3] == ["Optimizer", "Step", "Loss f"]
    assert ("Best" in titles_of(driver)) == (restarts > 0 and size[0] == 1440)
    assert ("Outcomes" if restarts else "Outcome") in titles_of(driver)


def test_a_person_decides_which_columns_are_shown(open_lasting):
    driver = open_lasting(opening_experiment())
    runs = driver.window.runs
    assert "Position" not in titles_of(driver)
    actions = {action.objectName(): action for action in runs.columns_menu().actions() if action.objectName()}
    assert [actions[f"column.{name}"].isChecked() for name in ("best", "position")] == [True, False]
    assert "column.held_out" not in actions  # there is none
    actions["column.position"].trigger()
    actions["column.best"].trigger()
    assert titles_of(driver)[-1] == "Position"
    assert "Best" not in titles_of(driver)
    # with another race, and after another start of the program
    driver.change(restarts=7)
    assert "Position" in titles_of(driver)
    driver.window.close()
    again = open_lasting(opening_experiment())
    again.window.resize(1440, 900)
    assert "Position" in titles_of(again)
    assert "Best" not in titles_of(again)
    again.window.runs.columns_menu().findChild(QAction, "column.fit").trigger()
    assert "Position" not in titles_of(again)
    again.until(lambda: "Best" in titles_of(again))
    assert again.window.runs.wishes == {}


def test_a_right_click_on_the_header_asks(driver):
    header = driver.window.runs.tree.header()
    header.customContextMenuRequested.emit(QPoint(20, header.height() - 6))
    menu = QApplication.activePopupWidget()
    assert menu.findChild(QAction, "column.best").isChecked()
    menu.close()


def test_lost_runs_count_as_infinitely_bad(open_window):
    entries = (gdsim.Entry("gd", {"learning_rate": 0.04}), gdsim.Entry("adam", {"learning_rate": 0.1}))
    driver = open_window(gdsim.Experiment("himmelblau", restarts=12, seed=1, steps=80, tolerance=0, optimizers=entries))
    lost = driver.race.kinds[0] == gdsim.Kind.DIVERGED
    assert lost.any()
    assert not lost.all()
    driver.window.player.seek(80)
    row = filled_at(driver, 80)["Gradient descent"]
    losses = np.where(lost, np.inf, driver.race.losses[80, 0])
    assert row.text(columns.BEST) == show(float(losses.min()))
    assert row.text(columns.MEDIAN) == show(float(np.median(losses)))


def fine_surface(driver):
    """The surface in view with all its points: it is seen with fewer first."""
    driver.until(lambda: driver.wait_for_surface().x.size == RESOLUTION)
    return driver.wait_for_surface()


def test_a_diverging_run_spoils_nothing(open_window):
    adam = gdsim.Entry("adam", {"learning_rate": 0.1})
    calm = gdsim.Experiment("himmelblau", restarts=2, steps=200, optimizers=(adam,))
    wild = dataclasses.replace(calm, optimizers=(gdsim.Entry("gd", {"learning_rate": 10.0}), adam))
    alone = open_window(calm)
    view, surface = alone.window.landscape.view(), fine_surface(alone)
    driver = open_window(wild)
    driver.window.player.to_end()
    assert driver.race.kinds[0, 0] == gdsim.Kind.DIVERGED
    assert driver.window.landscape.view() == view
    np.testing.assert_array_equal(fine_surface(driver).levels, surface.levels)
    np.testing.assert_array_equal(driver.race.positions[:, 1], alone.race.positions[:, 0])
    for logarithmic in (True, False):
        for d in (alone, driver):
            d.widget("log_loss", QCheckBox).setChecked(logarithmic)
            QApplication.processEvents()
            d.window.loss.grab()
        (_, (low, high)), (_, (known_low, known_high)) = (d.window.loss.plot.box.viewRange() for d in (driver, alone))
        # some room above, where it is seen to leave
        assert known_low == pytest.approx(low, rel=0.05)
        assert known_high < high < known_high + 0.15 * (known_high - known_low)
    driver.viewport.grab()
    assert driver.message == ""


def test_the_loss_axis_is_a_switch(driver):
    axis = driver.window.loss.plot.getPlotItem().getAxis("left")
    box = driver.widget("log_loss", QCheckBox)
    assert box.isChecked()
    assert axis.logMode
    driver.click(box)
    assert not axis.logMode
    assert not driver.action("log_loss").isChecked()
    top = driver.window.loss.plot.box.viewRange()[1][1]
    assert top == pytest.approx(driver.race.losses[0].max(), rel=0.1)
    driver.action("log_loss").trigger()
    assert box.isChecked()
    assert axis.logMode
    assert driver.window.loss.plot.box.viewRange()[1][1] < top


def shown_in(driver, key):
    """Views in which an optimizer can be seen: landscape, loss curves, runs."""
    QApplication.processEvents()
    color = optimizer_color(key, LIGHT)
    row = rows_of(driver)[gdsim.OPTIMIZERS[key].title]
    views = (driver.viewport, driver.window.loss.plot.viewport())
    return [count(view.grab(), color) > 0 for view in views] + [not row.isHidden()]


def test_the_legend_hides_everywhere(open_window):
    driver = open_window(dataclasses.replace(opening_experiment(), restarts=1))
    driver.window.player.to_end()
    driver.wait_for_surface()
    assert shown_in(driver, "adam") == [True] * 3
    driver.click("legend.adam")
    assert shown_in(driver, "adam") == [False] * 3
    assert shown_in(driver, "rmsprop") == [True] * 3
    driver.window.player.seek(200)
    driver.change(start=(0.5, -2.0))
    assert shown_in(driver, "adam") == [False] * 3
    driver.window.player.to_end()
    driver.click("legend.adam")
    assert shown_in(driver, "adam") == [True] * 3


def test_who_is_hidden_and_comes_back_is_hidden_in_the_legend_too(driver):
    box = driver.widget("momentum", QCheckBox)
    driver.click("legend.momentum")
    for _ in range(2):
        driver.click(box)
        driver.wait_for_race()
    assert not driver.widget("legend.momentum").isChecked()
    driver.window.player.to_end()
    assert shown_in(driver, "momentum") == [False] * 3
    driver.click("legend.momentum")
    assert shown_in(driver, "momentum") == [True] * 3


def test_how_a_run_ends_is_worked_out_once_a_race(driver, monkeypatch):
    asked = []
    outcome = endings.outcome_of
    monkeypatch.setattr(endings, "outcome_of", lambda race, o, r: (asked.append((race, o, r)), outcome(race, o, r))[1])
    driver.change(start=(1.0, 2.0))
    driver.wait_for_race()
    for step in range(5):
        driver.window.player.seek(step)
        driver.window.runs.fill()
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    assert [(o, r) for race, o, r in asked if race is driver.race].count((0, 0)) == 1
