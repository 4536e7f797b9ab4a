"""Play, pause, step, scrub and speed, by button, action and key."""

import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSlider, QToolButton

from gdsim.desktop.state.player import SPEEDS

KEYS = {
    "first": Qt.Key.Key_Home,
    "back": Qt.Key.Key_Left,
    "play": Qt.Key.Key_Space,
    "forward": Qt.Key.Key_Right,
    "last": Qt.Key.Key_End,
}


def by_button(driver, name):
    driver.click(driver.widget(name, QToolButton))


def by_action(driver, name):
    driver.action(name).trigger()


def by_key(driver, name):
    driver.unfocus()
    driver.key(KEYS[name])


def by_key_in_the_table(driver, name):
    tree = driver.window.runs.tree
    QTest.mouseClick(tree.viewport(), LEFT, NONE, tree.visualItemRect(tree.topLevelItem(0)).center())
    assert tree.hasFocus()
    QTest.keyClick(tree, KEYS[name])
    assert not any(tree.topLevelItem(i).isExpanded() for i in range(2))
    assert tree.selectedItems() == [tree.topLevelItem(0)]


def by_key_after_a_click_on_its_head(driver, name):
    header = driver.window.runs.tree.header()
    QTest.mouseClick(header.viewport(), LEFT, NONE, QPoint(20, header.height() - 6))
    driver.key(KEYS[name])
    assert driver.window.runs.tree.horizontalScrollBar().value() == 0


@pytest.mark.parametrize("do", [by_button, by_action, by_key, by_key_in_the_table, by_key_after_a_click_on_its_head])
def test_steps(driver, do):
    player = driver.window.player
    player.seek(20)
    for name, step in [
        ("forward", 21),
        ("back", 20),
        ("back", 19),
        ("first", 0),
        ("back", 0),
        ("last", 60),
        ("forward", 60),
        ("back", 59),
    ]:
        do(driver, name)
        assert player.step == step
        assert not player.playing
        assert driver.text("step_count") == f"step {step} / 60"
        assert driver.widget("scrub").value() == step
        assert driver.window.loss.step_line.value() == step


@pytest.mark.parametrize("do", [by_button, by_action, by_key])
def test_play_and_pause(driver, do):
    player = driver.window.player
    player.set_speed(30)
    do(driver, "play")
    assert player.playing
    assert driver.action("play").text() == "&Pause"
    driver.until(lambda: player.step > 1)
    do(driver, "play")
    assert not player.playing
    assert driver.action("play").text() == "&Play"
    assert 1 < player.step < 60


def test_stepping_while_it_plays_pauses(driver):
    player = driver.window.player
    player.set_speed(5)
    player.seek(10)
    player.play()
    by_key(driver, "forward")
    assert not player.playing
    assert player.step == 11


@pytest.mark.parametrize("do", [by_key, by_key_in_the_table, by_key_after_a_click_on_its_head])
def test_space_plays(driver, do):
    driver.window.player.seek(20)
    do(driver, "play")
    assert driver.window.player.playing
    do(driver, "play")
    assert not driver.window.player.playing


def test_play_at_the_end_starts_over(driver):
    player = driver.window.player
    player.to_end()
    player.set_speed(5)
    by_key(driver, "play")
    assert player.playing
    assert player.step < 60


def test_the_scrubber(driver):
    player = driver.window.player
    player.set_speed(5)
    player.play()
    scrub = driver.widget("scrub", QSlider)
    driver.slide(scrub, 40)
    assert not player.playing
    assert abs(player.step - 40) <= 2
    assert driver.window.loss.step_line.value() == player.step
    here = player.step
    driver.focus(scrub)
    driver.key(Qt.Key.Key_Right)
    assert player.step == here + 1
    driver.key(Qt.Key.Key_PageDown)
    assert player.step != here + 1
    driver.key(Qt.Key.Key_Home)
    assert player.step == 0
    driver.key(Qt.Key.Key_Space)
    assert player.playing


def test_speed(driver):
    box = driver.widget("speed", QComboBox)
    assert box.count() == len(SPEEDS)
    driver.focus(box)
    driver.key(Qt.Key.Key_Home)
    assert driver.window.player.speed == SPEEDS[0]
    for speed in SPEEDS[1:]:
        driver.key(Qt.Key.Key_Down)
        assert driver.window.player.speed == speed
        assert box.currentText() == f"{speed}/s"


FIELDS = ["start_x", "start_y", "restarts", "seed", "steps", "learning_rate", "momentum"]


@pytest.mark.parametrize("name", FIELDS)
def test_keys_in_a_field_edit(driver, name):
    player = driver.window.player
    player.seek(20)
    line = driver.focus(driver.widget(name, QLineEdit))
    line.selectAll()
    QTest.keyClicks(line, "14")
    driver.key(Qt.Key.Key_Left)
    QTest.keyClicks(line, "2")
    driver.key(Qt.Key.Key_Home)
    QTest.keyClicks(line, "0")
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_End)
    driver.key(Qt.Key.Key_Space)
    assert line.text() == "0124 "
    assert player.step == 20
    assert not player.playing


def test_keys_in_the_search_edit(driver):
    driver.window.player.seek(20)
    line = driver.focus(driver.widget("function", QComboBox).lineEdit())
    line.selectAll()
    QTest.keyClicks(line, "two")
    driver.key(Qt.Key.Key_Space)
    QTest.keyClicks(line, "valleys")
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert line.text() == "two valleys"
    assert driver.window.player.step == 20
    assert not driver.window.player.playing


def test_space_presses_what_was_reached_by_tab(driver):
    player = driver.window.player
    box = driver.focus(driver.widget("adam", QCheckBox))
    driver.key(Qt.Key.Key_Space)
    assert box.isChecked()
    driver.wait_for_race()
    driver.focus(driver.widget("legend.gd"))
    driver.key(Qt.Key.Key_Space)
    assert not driver.widget("legend.gd").isChecked()
    seed = driver.experiment.seed
    driver.focus("new_seed")
    driver.key(Qt.Key.Key_Space)
    driver.key(Qt.Key.Key_Space)
    assert driver.experiment.seed != seed
    assert not player.playing
    driver.wait_for_race()


def test_space_plays_after_a_click_on_a_box(driver):
    driver.unfocus()
    driver.click(driver.widget("adam", QCheckBox))
    assert driver.widget("adam", QCheckBox).isChecked()
    driver.key(Qt.Key.Key_Space)
    assert driver.window.player.playing
    assert driver.widget("adam", QCheckBox).isChecked()
    driver.wait_for_race()


def test_arrows_on_a_slider_slide(driver):
    driver.window.player.seek(20)
    slider = driver.focus("learning_rate.slider")
    before = driver.experiment.learning_rate
    driver.key(Qt.Key.Key_Right)
    assert driver.experiment.learning_rate > before
    driver.key(Qt.Key.Key_Left)
    driver.key(Qt.Key.Key_Left)
    assert driver.experiment.learning_rate < before
    assert slider.value() > 0
    assert driver.window.player.step == 20
    driver.wait_for_race()


def test_the_wheel_over_a_control_without_focus_changes_nothing(driver):
    driver.unfocus()
    before = driver.experiment
    for name in ("learning_rate.slider", "momentum.slider", "function"):
        widget = driver.widget(name)
        driver.wheel_over(widget, -3)
    assert driver.experiment is before
