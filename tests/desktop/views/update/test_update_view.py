"""The update taken apart: its numbers are those of the step, its arrows lead where the step does."""

import dataclasses

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import DARK
from gdsim.desktop.text.numbers import read, show
from gdsim.desktop.views.update.sub_steps import sub_steps
from gdsim.optimizers import RULES
from gdsim.optimizers.compiled.named_terms import Role


@pytest.fixture
def shown(open_window):
    """The window with the view, at step 12 of Adam."""
    driver = open_window(opening_experiment())
    driver.window.player.pause()
    driver.window.session.selection.choose("adam")
    driver.window.player.seek(12)
    return with_view(driver)


def with_view(driver):
    dock = driver.widget("update_dock", QDockWidget)
    assert dock.view is None
    driver.action("take_apart").trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.view = dock.view
    driver.until(lambda: dock.view.table.rowCount() > 0)
    return driver


def row_of(view, symbol):
    table = view.table
    (row,) = [row for row in range(table.rowCount()) if table.item(row, 1).text() == symbol]
    return row


def numbers_of(view, symbol):
    row = row_of(view, symbol)
    return [view.table.item(row, column).text() for column in (2, 3)]


def marks(driver):
    return driver.window.session.scene.marks.terms


def test_the_dock_is_closed_at_first_and_its_numbers_are_those_of_the_step(shown):
    terms = shown.race.terms("adam")
    for symbol in terms.symbols:
        wanted = [show(float(value)) for value in terms[symbol][12]]
        if symbol in ("ηₜ", "ε̂"):
            wanted[1] = ""
        assert numbers_of(shown.view, symbol) == wanted
    assert shown.text("update.where") == "Adam: the step from 12 to 13"
    assert shown.view.rule.lines[0].text == "x ← x − ηₜ·m/(√v + ε̂)"
    first, second = shown.view.numbers.lines
    assert first.text.startswith("x ← ")
    assert second.text.endswith(f"= {show(float(terms['x'][12, 1]))}")


def test_it_follows_the_player_and_the_chosen_run(shown):
    shown.window.player.seek(40)
    assert numbers_of(shown.view, "g") == [show(float(g)) for g in shown.race.terms("adam")["g"][40]]
    shown.window.session.selection.choose("momentum", 2)
    assert numbers_of(shown.view, "v") == [show(float(v)) for v in shown.race.terms("momentum", 2)["v"][40]]
    assert shown.text("update.where").startswith("Momentum, restart 2: ")
    shown.window.player.seek(shown.race.steps)
    last = len(shown.race.terms("momentum", 2))
    assert shown.text("update.where").endswith(f"its last step, {last}")


def test_arrows_begin_at_the_head_and_sum_up_to_the_ghost(shown):
    found, race = marks(shown), shown.race
    optimizer = race.ids.index("adam")
    assert (found.x, found.y) == tuple(race.positions[12, optimizer, :, 0])
    assert found.ghost == tuple(race.positions[13, optimizer, :, 0])
    assert [arrow.symbol for arrow in found.arrows] == ["−g", "Δx(t−1)", "Δx"]
    table = shown.view.table
    table.item(row_of(shown.view, "Δx(g)"), 0).setCheckState(Qt.CheckState.Checked)
    parts = {arrow.kind: np.array([arrow.x, arrow.y]) for arrow in marks(shown).arrows}
    np.testing.assert_allclose(parts["carried"] + parts["added"], parts["step"], rtol=1e-9)
    table.item(row_of(shown.view, "g"), 0).setCheckState(Qt.CheckState.Unchecked)
    assert "slope" not in {arrow.kind for arrow in marks(shown).arrows}
    # what was ticked stays so for other rules
    shown.window.session.selection.choose("momentum")
    assert {arrow.kind for arrow in marks(shown).arrows} == {"carried", "added", "step"}


def test_squares_have_no_arrow(shown):
    table = shown.view.table
    for symbol, there in (("v", False), ("v̂", False), ("ηₜ", False), ("m", True), ("β₁m", True), ("m̂", True)):
        assert (table.item(row_of(shown.view, symbol), 0).data(Qt.ItemDataRole.CheckStateRole) is not None) == there


def test_slow_motion_goes_through_the_step_and_on_to_the_next(shown):
    view = shown.view
    named = view._shown.taken.named
    symbols = [named.terms[place].symbol for place in sub_steps(named)]
    assert symbols == ["g", "β₁m", "m", "β₂v", "v", "m̂", "v̂", "ηₜ", "ε̂", "ηₜ/(√v + ε̂)", "x"]
    assert not view.sentence.isVisible()
    for k, symbol in enumerate(symbols, start=1):
        shown.click("update.next")
        assert view.sentence.text().endswith(f"{symbol} = {value_text(view, symbol)}")
        assert view.count.text() == f"{k} of {len(symbols)}"
        assert view.table.selectedItems()[1].text() == symbol
        assert (marks(shown).ghost is not None) == (symbol == "x")
    assert marks(shown).arrows[-1].symbol == "Δx"
    shown.click("update.next")
    assert shown.window.player.step == 13
    assert view.count.text() == f"1 of {len(symbols)}"
    assert shown.text("update.where") == "Adam: the step from 13 to 14"
    shown.click("update.next")
    assert [arrow.symbol for arrow in marks(shown).arrows if arrow.is_new] == ["−(β₁m)"]
    shown.click("update.back")
    assert view.count.text().startswith("1 of")
    assert not view.back.isEnabled()
    shown.click("update.whole")
    assert not view.sentence.isVisible()
    assert marks(shown).ghost is not None


def value_text(view, symbol):
    first, second = numbers_of(view, symbol)
    return f"({first}, {second})" if second else first


def test_a_row_is_explained_when_it_is_chosen_with_the_keys(shown):
    table = shown.view.table
    table.setFocus()
    row = row_of(shown.view, "m")
    rect = table.visualItemRect(table.item(row, 1))
    QTest.mouseClick(table.viewport(), LEFT, NONE, rect.center())
    assert shown.view.sub_rule.lines[0].text == "m ← β₁·m + (1 − β₁)·g"
    line = shown.view.sub_numbers.lines[1].text
    assert line.startswith("y:  m ← 0.9·")
    assert read(line.rpartition("= ")[2]) == pytest.approx(float(shown.race.terms("adam")["m"][12, 1]), rel=1e-3)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert "average of squares is decayed" in shown.view.sentence.text()
    # another step is looked at as a whole
    shown.window.player.seek(20)
    assert not shown.view.sentence.isVisible()


def test_it_takes_its_arrows_away(shown):
    assert marks(shown) is not None
    shown.widget("update_dock", QDockWidget).hide()
    assert marks(shown) is None
    shown.window.player.seek(30)
    assert marks(shown) is None


def test_every_rule_is_shown_without_a_word_for_it_in_the_view(open_window):
    entries = tuple(gdsim.Entry(key) for key in RULES)
    driver = open_window(dataclasses.replace(opening_experiment(), optimizers=entries, restarts=0, steps=60))
    driver.window.player.pause()
    driver = with_view(driver)
    driver.window.player.seek(7)
    for key in RULES:
        driver.window.session.selection.choose(key)
        terms = driver.race.terms(key)
        table = driver.view.table
        assert [table.item(row, 1).text() for row in range(table.rowCount())] == list(terms.symbols)
        for place in range(table.rowCount()):
            driver.view.explain(place)
            driver.view.grab()
        driver.view.leave()
        assert marks(driver).ghost == tuple(terms["x"][7])


def test_of_one_variable_the_arrows_lie_on_the_curve(open_window):
    driver = open_window(gdsim.Experiment("double_well", optimizers=(gdsim.Entry("momentum"),), steps=40))
    driver.window.player.pause()
    driver.window.player.seek(3)
    driver = with_view(driver)
    assert driver.view.table.columnCount() == 4
    x = float(driver.race.positions[3, 0, 0, 0])
    assert (marks(driver).x, marks(driver).y) == (x, pytest.approx(float(driver.race.losses[3, 0, 0])))
    assert all(arrow.y == 0 for arrow in marks(driver).arrows)


def test_of_a_model_the_lengths_are_told(open_window):
    experiment = gdsim.Experiment("network", optimizers=(gdsim.Entry("adam"),), steps=30, batch=8)
    driver = with_view(open_window(experiment))
    driver.window.player.pause()
    driver.window.player.seek(5)
    wanted = float(np.linalg.norm(driver.race.terms("adam")["m"][5]))
    driver.until(lambda: numbers_of(driver.view, "m")[0] == show(wanted))
    assert marks(driver) is None
    driver.click("update.next")
    assert "gradient" in driver.view.sentence.text()


def test_why_on_a_row_of_the_table_opens_it(open_window):
    driver = open_window()
    runs, dock = driver.window.runs, driver.widget("update_dock", QDockWidget)
    assert not dock.isVisible()
    row = runs.shown[1]
    rect = runs.tree.visualItemRect(row)
    QTest.mouseClick(runs.tree.viewport(), LEFT, NONE, rect.center())
    menu = runs.row_menu()
    (why,) = [action for action in menu.actions() if action.objectName() == "why"]
    why.trigger()
    driver.until(dock.isVisible)
    assert driver.window.session.selection.key == row.key
    driver.until(lambda: dock.view.table.rowCount() > 0)
    menu.deleteLater()


def test_dragging_the_start_shows_the_step_one_stands_at(shown):
    before = numbers_of(shown.view, "g")
    plot = shown.window.landscape.plot
    at = shown.pixel(*shown.experiment.objective.start)
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    for k in range(1, 6):
        QTest.mouseMove(plot.viewport(), at + QPoint(8 + 4 * k, 3 * k))
    shown.wait_for_race()
    shown.until(lambda: numbers_of(shown.view, "g") != before)
    assert numbers_of(shown.view, "g") == [show(float(g)) for g in shown.race.terms("adam")["g"][12]]
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at + QPoint(28, 15))
    shown.wait_for_race()
    assert shown.text("update.where") == "Adam: the step from 12 to 13"


def test_light_and_dark_and_a_small_window(shown):
    before = shown.view.grab().toImage()
    shown.window.session.set_theme(DARK)
    after = shown.view.grab().toImage()
    assert after != before
    shown.window.resize(1024, 700)
    shown.view.grab()


def test_nobody_takes_part(open_window):
    driver = open_window(dataclasses.replace(opening_experiment(), optimizers=()))
    driver.action("take_apart").trigger()
    dock = driver.widget("update_dock", QDockWidget)
    driver.until(lambda: dock.view is not None)
    driver.until(lambda: dock.view.where.text() == "No optimizer takes part.")
    assert not dock.view.next.isEnabled()


def test_the_sentences_are_those_of_the_roles_that_are_played(shown):
    named = shown.view._shown.taken.named
    skipped = [each.role for k, each in enumerate(named.terms) if k not in sub_steps(named)]
    assert set(skipped) <= {Role.ADDED, Role.CARRIED, Role.DECAY, Role.STEP, Role.RATE}
