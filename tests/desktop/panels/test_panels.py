"""Every control of the parameter panel: what it changes, and what it says to bad input."""

import dataclasses

import numpy as np
import pytest
from driving import LEFT
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QSlider, QToolButton

import gdsim
from gdsim.optimizers import FAMILIES, USUAL


def error_of(line):
    """The sentence under a field; "" if there is none to be seen."""
    label = line.parentWidget().error
    return label.text() if label.isVisible() else ""


def assert_shows(driver, experiment=None):
    """The window shows the race of its experiment, to the last bit."""
    driver.wait_for_race()
    race = (experiment or driver.experiment).run()
    np.testing.assert_array_equal(driver.race.positions, race.positions)
    assert [rule.key for rule in driver.race.rules] == [entry.key for entry in driver.experiment.racing]


def test_every_function_can_be_chosen_and_plays(driver):
    player = driver.window.player
    player.set_speed(250)
    for key, function in gdsim.FUNCTIONS.items():
        player.pause()
        if key == driver.experiment.function:
            driver.change(function="booth")
        driver.type(driver.widget("function", QComboBox).lineEdit(), function.title)
        driver.until(lambda key=key: driver.experiment.function == key)
        assert player.playing, key
        assert_shows(driver)
        assert driver.widget("function", QComboBox).currentText() == function.title
        assert driver.text("formula") == function.text.replace("**", "^")
        assert driver.text("formula_names") == f"f({', '.join(function.names)}) ="
        assert driver.text("summary") == function.summary
        assert [float(driver.text(f"start_{name}")) for name in function.names] == pytest.approx(function.start)
        surface = driver.wait_for_surface()
        if function.dimension == 2:
            assert np.isfinite(surface.shades).all()
            assert np.isfinite(surface.lines).any()
        driver.until(lambda: player.step > 0)
        assert driver.message == ""


def test_a_part_of_a_name_finds_it(driver):
    for text, key in {
        "himm": "himmelblau",
        "HUMP": "three_hump_camel",
        "styb": "styblinski_tang",
        "six_hump_camel": "six_hump_camel",
        "  beale ": "beale",
        "levy": "levy13",
        "goldstein-price": "goldstein_price",
    }.items():
        driver.type(driver.widget("function", QComboBox).lineEdit(), text)
        assert driver.experiment.function == key
        driver.wait_for_race()


def test_a_name_is_taken_from_the_list_that_pops_up(driver):
    box = driver.widget("function", QComboBox)
    line = driver.focus(box.lineEdit())
    line.selectAll()
    QTest.keyClicks(line, "valleys")
    popup = box.completer().popup()
    driver.until(popup.isVisible)
    assert popup.model().rowCount() == 1
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert driver.experiment.function == "two_valleys"
    driver.wait_for_race()


def test_the_list_is_opened_with_the_mouse(driver):
    box = driver.widget("function", QComboBox)
    box.showPopup()
    view = box.view()
    driver.until(view.isVisible)
    index = box.model().index(box.findData("matyas"), 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, view.visualRect(index).center())
    driver.until(lambda: driver.experiment.function == "matyas")
    driver.wait_for_race()
    assert all(box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count()) if box.itemData(i))


@pytest.mark.parametrize(("text", "said"), [("rosenbrok", "rosenbrock"), ("xyzzy", "there are")])
def test_an_unknown_function_is_told_with_the_nearest(driver, text, said):
    before, race = driver.experiment, driver.race
    line = driver.type(driver.widget("function", QComboBox).lineEdit(), text)
    error = driver.widget("function_error", QLabel)
    assert error.isVisible()
    assert text in error.text()
    assert said in error.text()
    assert driver.experiment is before
    assert driver.race is race
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not error.isVisible()
    assert line.text() == "Bowl"


def test_another_function_starts_at_its_own_start(driver):
    driver.type("start_x", "1.25")
    driver.type(driver.widget("function", QComboBox).lineEdit(), "Booth")
    assert driver.experiment.start is None
    assert_shows(driver)
    assert driver.race.positions[0, 0, :, 0] == pytest.approx(gdsim.FUNCTIONS["booth"].start)
    handle = driver.window.landscape.plot.handle.pos()
    assert (handle.x(), handle.y()) == gdsim.FUNCTIONS["booth"].start


TYPED = [
    ("start_x", "1.25", lambda e: e.start, (1.25, 4.0)),
    ("start_y", "-2e-1", lambda e: e.start, (-3.0, -0.2)),
    ("start_y", "−0,5", lambda e: e.start, (-3.0, -0.5)),
    ("restarts", "0", lambda e: e.restarts, 0),
    ("restarts", "11", lambda e: e.restarts, 11),
    ("seed", "4294967295", lambda e: e.seed, 4294967295),
    ("steps", "35", lambda e: e.steps, 35),
    ("steps", "1e2", lambda e: e.steps, 100),
    ("steps", "1", lambda e: e.steps, 1),
    ("learning_rate", "1e-3", lambda e: e.learning_rate, 1e-3),
    ("learning_rate", "0", lambda e: e.learning_rate, 0.0),
    ("learning_rate", "20", lambda e: e.learning_rate, 20.0),
    ("momentum", "0.25", lambda e: e.momentum, 0.25),
    ("momentum", "1", lambda e: e.momentum, 1.0),
]


@pytest.mark.parametrize(("name", "text", "given", "value"), TYPED, ids=[f"{t[0]}={t[1]}" for t in TYPED])
def test_typing_changes_the_experiment_and_the_race(driver, name, text, given, value):
    before = driver.race.positions
    line = driver.type(name, text)
    assert given(driver.experiment) == value
    assert error_of(line) == ""
    assert_shows(driver)
    after = driver.race.positions
    assert after.shape != before.shape or (after != before).any()
    driver.unfocus()
    assert given(driver.experiment) == value
    assert float(line.text().replace("−", "-").replace(",", ".")) in np.atleast_1d(value)


def test_whole_numbers_are_shown_with_all_their_digits(driver):
    driver.window.store.change(seed=1234567891)
    assert driver.text("seed") == "1234567891"
    line = driver.focus("seed")
    QTest.keyClick(line, Qt.Key.Key_1)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "1234567891"
    driver.wait_for_race()


def test_what_is_shown_rounded_is_not_read_back(driver):
    driver.change(start=(0.123456789, 1 / 3))
    line = driver.focus("start_x")
    QTest.keyClick(line, Qt.Key.Key_Return)
    driver.focus("start_y")
    assert driver.experiment.start == (0.123456789, 1 / 3)


@pytest.mark.parametrize("name", ["learning_rate", "momentum"])
def test_sliders_move_all_who_follow(driver, name):
    player = driver.window.player
    slider = driver.widget(f"{name}.slider", QSlider)
    value, race = getattr(driver.experiment, name), driver.race
    goal = driver.slide(slider, slider.value() - 150, release=False)
    # while it is dragged, whole paths show
    assert player.shown_step == player.last
    assert getattr(driver.experiment, name) < value
    assert_shows(driver)
    assert (driver.race.positions[1:, 1] != race.positions[1:, 1]).any()
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.NoModifier, goal)
    assert player.shown_step == player.step == 0
    assert float(driver.text(name)) == getattr(driver.experiment, name)


@pytest.mark.parametrize(("name", "ends"), [("learning_rate", (1e-6, 10.0)), ("momentum", (0.0, 0.999))])
def test_sliders_cover_their_range(driver, name, ends):
    slider = driver.focus(driver.widget(f"{name}.slider", QSlider))
    for key, value in zip((Qt.Key.Key_Home, Qt.Key.Key_End), ends, strict=True):
        driver.key(key)
        assert getattr(driver.experiment, name) == value
    driver.change(**{name: 0.05})
    tick = slider.value()
    assert slider.minimum() < tick < slider.maximum()
    driver.change(**{name: 0.5})
    assert slider.value() > tick


def test_new_seed(driver):
    seeds = set()
    for _ in range(5):
        driver.click("new_seed")
        seeds.add(driver.experiment.seed)
        assert int(driver.text("seed")) == driver.experiment.seed
    assert len(seeds) > 1
    starts = driver.race.positions[0, 0].copy()
    driver.window.store.change(seed=driver.experiment.seed + 1)
    assert_shows(driver)
    assert (driver.race.positions[0, 0, :, 1] != starts[:, 1]).all()


CHANGES = {
    "start": lambda d: d.type("start_x", "2"),
    "restarts": lambda d: d.type("restarts", "3"),
    "steps": lambda d: d.type("steps", "90"),
    "η": lambda d: d.type("learning_rate", "0.01"),
    "β": lambda d: d.slide(d.widget("momentum.slider"), 300),
    "optimizer": lambda d: d.click(d.widget("adam", QCheckBox)),
    "seed": lambda d: d.click("new_seed"),
    "double click": lambda d: d.double_click(d.pixel(3, -3)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changing_while_it_plays_goes_on_playing(driver, change):
    player = driver.window.player
    player.set_speed(5)
    player.seek(20)
    player.play()
    race = driver.race
    change(driver)
    driver.wait_for_race()
    assert driver.race is not race
    assert player.playing
    now = player.step
    assert now >= 20
    driver.until(lambda: player.step > now)


def test_fewer_steps_than_the_one_shown(driver):
    driver.window.player.seek(50)
    driver.type("steps", "30")
    driver.wait_for_race()
    assert driver.window.player.step == driver.window.player.last == 30
    assert driver.text("step_count") == "step 30 / 30"
    driver.type("steps", "80")
    driver.wait_for_race()
    # who stood at the end stays there
    assert driver.window.player.step == 80


def add(driver, key):
    """Choose an optimizer from the menu of all."""
    menu = driver.window.parameters.optimizers.menu()
    menu.findChild(QAction, f"add.{key}").trigger()
    QApplication.processEvents()


def test_an_optimizer_is_found_by_its_family(driver):
    menu = driver.window.parameters.optimizers.menu()
    families = {action.text(): action.menu() for action in menu.actions()}
    assert list(families) == [family.title for family in FAMILIES]
    listed = [action for one in families.values() for action in one.actions() if action.objectName()]
    assert sorted(action.objectName() for action in listed) == sorted(f"add.{key}" for key in gdsim.OPTIMIZERS)
    for action in listed:
        assert action.toolTip() == gdsim.OPTIMIZERS[action.objectName().removeprefix("add.")].summary
    for family in FAMILIES:
        assert families[family.title].actions()[0].text() == family.summary


def test_one_that_is_added_keeps_its_row(driver):
    assert "lion" not in driver.window.parameters.optimizers.rows
    add(driver, "lion")
    assert driver.widget("lion", QCheckBox).isChecked()
    assert [entry.key for entry in driver.experiment.racing][-1] == "lion"
    assert_shows(driver)
    # chosen again it goes on
    add(driver, "lion")
    assert driver.widget("lion", QCheckBox).isChecked()
    driver.click(driver.widget("lion", QCheckBox))
    assert "lion" not in [entry.key for entry in driver.experiment.racing]
    assert not driver.widget("lion", QCheckBox).isChecked()
    names = [action.text() for action in driver.window.parameters.optimizers.commands()]
    assert "Add Rprop" in names
    assert "Add Lion" not in names


def test_every_optimizer_can_be_checked(driver):
    for key in gdsim.OPTIMIZERS:
        if key not in USUAL:
            add(driver, key)
        box = driver.widget(key, QCheckBox)
        assert box.text() == gdsim.OPTIMIZERS[key].title
        for _ in range(2):
            before = box.isChecked()
            driver.click(box)
            assert box.isChecked() is not before
            racing = [entry.key for entry in driver.experiment.racing]
            assert (key in racing) is not before
            assert_shows(driver)
            assert [b.objectName() for b in driver.window.loss.legend.findChildren(QToolButton)][-len(racing) :] == [
                f"legend.{key}" for key in racing
            ]


def test_nobody_races(driver):
    for key in ("gd", "momentum"):
        driver.click(driver.widget(key, QCheckBox))
    driver.wait_for_race()
    assert driver.race.rules == ()
    driver.window.player.seek(3)
    QApplication.processEvents()
    driver.window.grab()
    driver.click(driver.widget("adam", QCheckBox))
    assert_shows(driver)


def test_an_optimizer_that_the_experiment_does_not_mention_can_be_checked(open_window):
    driver = open_window(gdsim.Experiment(function="bowl", steps=50, optimizers=(gdsim.Entry("gd"),)))
    driver.click(driver.widget("adam", QCheckBox))
    assert [entry.key for entry in driver.experiment.racing] == ["gd", "adam"]
    assert_shows(driver)


def other_value(hyper):
    """A value that makes a difference."""
    if isinstance(hyper.default, bool):
        return not hyper.default
    special = {"epsilon": 0.1, "learning_rate": 0.3, "beta2": 0.98}
    special |= {"t0": 3.0, "warmup_steps": 5.0, "step_min": 0.4, "step_max": 0.35, "eta_plus": 1.5}
    if hyper.name in special:
        return special[hyper.name]
    return 0.5 * hyper.default if hyper.default else 0.05


@pytest.mark.parametrize("key", gdsim.optimizers.RULES)
def test_every_hyperparameter_can_be_set_and_let_go(open_window, small, key):
    driver = open_window(dataclasses.replace(small, optimizers=(gdsim.Entry(key),), momentum=0.8))
    driver.window.player.seek(0)
    driver.click(f"{key}.fold")
    rule = gdsim.OPTIMIZERS[key]
    untouched = driver.race.positions
    last = untouched
    for hyper in rule.hypers():
        name = f"{key}.{hyper.name}"
        back = driver.widget(f"{name}.follow")
        assert not back.isVisible()
        value = other_value(hyper)
        if isinstance(hyper.default, bool):
            driver.widget("parameters").ensureWidgetVisible(driver.widget(name))
            driver.click(driver.widget(name, QCheckBox))
        else:
            driver.type(name, f"{value:g}")
            assert error_of(driver.widget(name)) == ""
        entry = next(entry for entry in driver.experiment.optimizers if entry.key == key)
        assert entry.values[hyper.name] == value
        assert back.isVisible()
        assert_shows(driver)
        assert getattr(driver.race.rules[0], hyper.name) == value
        # straight to the middle of a bowl it decays the way it goes
        if (key, hyper.name) not in (("normalised_gd", "weight_decay"), ("signsgd", "weight_decay")):
            assert (driver.race.positions != last).any(), name
        last = driver.race.positions
    assert "its own" in driver.widget(f"{key}.own").toolTip().lower()
    assert driver.text(f"{key}.own").endswith("…") or len(rule.hypers()) == 2
    # what it holds of its own does not follow
    driver.change(learning_rate=0.07, momentum=0.7)
    if any(hyper.follows for hyper in rule.hypers()):
        np.testing.assert_array_equal(driver.race.positions, last)
    driver.change(learning_rate=0.05, momentum=0.8)
    for hyper in rule.hypers():
        name = f"{key}.{hyper.name}"
        back = driver.widget(f"{name}.follow")
        driver.click(back)
        assert not back.isVisible()
        shared = getattr(driver.experiment, hyper.follows) if hyper.follows else hyper.default
        if isinstance(hyper.default, bool):
            assert driver.widget(name).isChecked() is hyper.default
        else:
            assert float(driver.text(name)) == pytest.approx(shared)
    assert_shows(driver)
    np.testing.assert_array_equal(driver.race.positions, untouched)
    assert driver.text(f"{key}.own") in ("η 1, default", "η 0.05, shared", "η 0.05")
    driver.click(f"{key}.fold")
    assert not driver.widget(f"{key}.learning_rate").isVisible()


def test_a_follower_shows_the_shared_value(driver):
    driver.click("gd.fold")
    driver.type("learning_rate", "0.02")
    assert driver.text("gd.learning_rate") == "0.02"
    driver.type("gd.learning_rate", "0.03")
    driver.type("learning_rate", "0.04")
    assert driver.text("gd.learning_rate") == "0.03"
    assert "0.03" in driver.text("gd.own")
    driver.wait_for_race()
    assert [rule.learning_rate for rule in driver.race.rules] == [0.03, 0.04]


BAD = [
    ("start_x", "abc", ["Start x", "number", "abc"]),
    ("start_x", "", ["Start x", "number"]),
    ("start_y", "nan", ["Start y", "finite", "nan"]),
    ("start_y", "inf", ["Start y", "finite", "inf"]),
    ("start_y", "1e999", ["Start y", "finite", "inf"]),
    ("restarts", "-1", ["estarts", "from 0 to 100,000", "-1"]),
    ("restarts", "100001", ["estarts", "from 0 to 100,000", "100,001"]),
    ("restarts", "2.5", ["estarts", "whole", "2.5"]),
    ("seed", "-1", ["Seed", "from 0 to 4,294,967,295", "-1"]),
    ("seed", "4294967296", ["Seed", "from 0 to 4,294,967,295", "4,294,967,296"]),
    ("seed", "x", ["Seed", "number", "x"]),
    ("steps", "0", ["Steps", "from 1 to 10,000,000", "0"]),
    ("steps", "10000001", ["Steps", "from 1 to 10,000,000", "10,000,001"]),
    ("steps", "1.5", ["Steps", "whole", "1.5"]),
    ("steps", "many", ["Steps", "number", "many"]),
    ("learning_rate", "-1", ["earning", "from 0 to 1000", "-1"]),
    ("learning_rate", "fast", ["earning", "number", "fast"]),
    ("momentum", "2", ["omentum", "from 0 to 1", "2"]),
    ("momentum", "-0.1", ["omentum", "from 0 to 1", "-0.1"]),
]


def test_bad_input_is_told_under_its_field(driver):
    before, race = driver.experiment, driver.race
    for name, text, said in BAD:
        good = driver.text(name)
        line = driver.type(name, text)
        sentence = error_of(line)
        assert all(part in sentence.replace("_", " ").replace("−", "-") for part in said), (name, text, sentence)
        assert line.property("wrong")
        assert driver.experiment is before
        # it stands there after the focus is gone, too
        driver.unfocus()
        assert error_of(line) == sentence
        assert line.text() == text
        assert driver.experiment is before
        assert driver.race is race
        driver.focus(line)
        QTest.keyClick(line, Qt.Key.Key_Escape)
        assert line.text() == good
        assert error_of(line) == ""
        assert not line.property("wrong")
        driver.unfocus()
        assert driver.experiment is before


def test_a_good_number_after_a_bad_one(driver):
    line = driver.type("steps", "0")
    assert error_of(line)
    driver.type("steps", "40")
    assert error_of(line) == ""
    assert driver.experiment.steps == 40
    driver.wait_for_race()


def test_the_same_number_after_a_bad_one(driver):
    before = driver.experiment
    line = driver.type("steps", "0")
    driver.type("steps", "60")
    assert error_of(line) == ""
    assert driver.experiment is before


def test_every_hyperparameter_refuses_bad_input(driver):
    before = driver.experiment
    for key, rule in gdsim.OPTIMIZERS.items():
        if key not in USUAL:
            add(driver, key)
            before = driver.experiment
        driver.click(f"{key}.fold")
        for hyper in rule.hypers():
            if isinstance(hyper.default, bool):
                continue
            name = f"{key}.{hyper.name}"
            good = driver.text(name)
            over = "1e300" if np.isfinite(hyper.high) else "inf"
            for text, part in [("-1", f"{hyper.low:g}"), (over, f"{hyper.high:.9g}"), ("?", "number")]:
                line = driver.type(name, text)
                sentence = error_of(line).replace("−", "-")
                assert hyper.name in sentence, sentence
                assert part in sentence, sentence
                assert driver.experiment is before
                QTest.keyClick(line, Qt.Key.Key_Escape)
                assert line.text() == good
                assert error_of(line) == ""
        driver.click(f"{key}.fold")


def test_more_than_memory_allows(open_window):
    driver = open_window()
    before = driver.experiment
    line = driver.type("steps", "10000000")
    sentence = error_of(line)
    assert "6 optimizers × 5 runs × 10,000,000 steps would take 7.2 GB" in sentence
    assert "the limit is 2.1 GB" in sentence
    assert driver.experiment is before


def test_an_optimizer_more_than_memory_allows(driver, monkeypatch):
    before = driver.experiment
    monkeypatch.setattr("gdsim.simulation.trajectories.MEMORY_LIMIT", 8 * 61 * 2 * 3 * 2)
    box = driver.widget("adam", QCheckBox)
    driver.click(box)
    assert not box.isChecked()
    error = driver.widget("adam.error", QLabel)
    assert error.isVisible()
    assert "3 optimizers × 2 runs × 60 steps" in error.text()
    assert driver.experiment is before
    driver.click(driver.widget("gd", QCheckBox))
    assert not error.isVisible()
    driver.click(box)
    assert box.isChecked()
    assert_shows(driver)


def test_fields_follow_what_happens_elsewhere(driver):
    driver.change(start=(0.5, 0.25), restarts=4, seed=3, steps=33, learning_rate=0.125, momentum=0.5)
    found = {
        name: driver.widget(name, QLineEdit).text()
        for name in ("start_x", "start_y", "restarts", "seed", "steps", "learning_rate", "momentum")
    }
    assert found == {
        "start_x": "0.5",
        "start_y": "0.25",
        "restarts": "4",
        "seed": "3",
        "steps": "33",
        "learning_rate": "0.125",
        "momentum": "0.5",
    }


def test_a_click_on_the_name_of_the_function_lists_all_and_typing_finds_one(driver):
    choice = driver.widget("function", QComboBox)
    line, popup = choice.lineEdit(), choice.completer().popup()
    driver.unfocus()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    driver.until(popup.isVisible)
    assert popup.model().rowCount() == choice.count()
    QTest.keyClicks(line, "rosen")
    driver.until(lambda: popup.model().rowCount() == 1)
    assert line.text() == "rosen"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    driver.until(lambda: driver.experiment.function == "rosenbrock")
    # a second click places the cursor
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert not popup.isVisible()


def test_forms_are_as_broad_with_a_scroll_bar_as_without(driver):
    panel = driver.window.parameters
    inside, bar, seen = panel.widget(), panel.verticalScrollBar(), {}
    for height in (900, 560, 900):
        driver.window.resize(1440, height)
        QApplication.processEvents()
        seen.setdefault(bar.maximum() > 0, set()).add(inside.width())
    assert seen.keys() == {True, False}
    assert seen[True] == seen[False]


def test_nothing_moves_while_a_button_of_the_mouse_is_down(driver):
    field, below = driver.widget("restarts"), driver.widget("seed")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "many")
    before = below.mapTo(driver.window, below.rect().topLeft())
    QTest.mousePress(below, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert field.property("wrong")
    assert below.mapTo(driver.window, below.rect().topLeft()) == before
    QTest.mouseRelease(below, Qt.MouseButton.LeftButton)
    driver.until(lambda: below.mapTo(driver.window, below.rect().topLeft()).y() > before.y())


def test_what_is_unfolded_at_the_end_is_seen(driver):
    panel = driver.window.parameters
    row = driver.widget("radam.fold", QToolButton)
    driver.window.resize(1440, 900)
    panel.ensureWidgetVisible(row)
    driver.click(row)
    whole = row.parentWidget()
    driver.until(lambda: whole.visibleRegion().boundingRect().height() == whole.height())


def test_the_word_beside_a_field_tells_what_the_field_does(driver):
    from gdsim.desktop.widgets.number_field import NumberField

    for field in driver.window.parameters.findChildren(NumberField):
        assert field.toolTip() == field.line.toolTip()
    words = {label.text(): label.toolTip() for label in driver.window.parameters.findChildren(QLabel)}
    for name in ("restarts", "seed", "steps"):
        assert words[name.capitalize()] == driver.widget(name).toolTip() != ""
