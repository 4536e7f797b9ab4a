"""Tests of a rule that is there several times: duplicated, tuned, named, told apart everywhere, saved, taken away."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from driving import pixels
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton
from test_pseudo_language import english, missed, pseudo  # noqa: F401

import gdsim
from gdsim.desktop.look.style import LIGHT, optimizer_color
from gdsim.desktop.panels.optimizers_panel import OptimizersPanel
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.captions import caption_of
from gdsim.desktop.text.changes import change_between
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.runs.row import NAME
from gdsim.optimizers import USUAL
from gdsim.simulation import trajectories
from gdsim.storage.files import open_file, save
from gdsim.storage.tables import labels


def names(driver):
    """Names by which the table calls the optimizers."""
    tree = driver.window.runs.tree
    return [tree.topLevelItem(i).text(NAME) for i in range(tree.topLevelItemCount())]


def rows(driver):
    """The rows of the panel, from top to bottom, by what tells them apart."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    panel = driver.window.parameters.optimizers
    column = panel.layout()
    *found, add = [column.itemAt(i).widget() for i in range(column.count())]
    assert found == list(panel.rows.values())
    assert add is panel.add
    return found


def row(driver, key):
    return next(row for row in rows(driver) if row.key == key)


def choose(driver, key, what):
    """Take something from the menu of a row, by the mouse."""
    driver.click(f"{key}.menu")
    menu = row(driver, key).menu()
    driver.until(menu.isVisible)
    (action,) = (action for action in menu.actions() if action.objectName() == f"{key}.{what}")
    assert action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.until(lambda: not menu.isVisible())


@pytest.fixture
def twice(driver):
    """Adam and its duplicate, which has another η."""
    driver.window.store.enable("adam", True)
    choose(driver, "adam", "duplicate")
    driver.type("adam#2.learning_rate", "0.1")
    driver.wait_for_race()
    return driver


def test_the_whole_way(lasting, tmp_path, monkeypatch):
    """Duplicated, tuned, raced, hidden, undone, saved and opened again with the same bits."""
    driver = lasting
    window, store = driver.window, driver.window.store
    driver.click("adam")
    choose(driver, "adam", "duplicate")
    # one is at the η of the new one, and types
    driver.until(lambda: QApplication.focusWidget() is driver.widget("adam#2.learning_rate", QLineEdit))
    QTest.keyClicks(QApplication.focusWidget(), "0.1")
    driver.key(Qt.Key.Key_Return)
    driver.wait_for_race()
    named = ["Gradient descent", "Momentum", "Adam η 0.05", "Adam η 0.1"]
    assert names(driver) == named
    assert driver.race.ids == ("gd", "momentum", "adam", "adam#2")
    assert [row.key for row in rows(driver)][6:9] == ["adam", "adam#2", "adamw"]
    assert optimizer_color("adam", LIGHT) != optimizer_color("adam#2", LIGHT)
    plain = gdsim.descend(
        "bowl",
        ["gd", "momentum", "adam", gdsim.Adam(0.1)],
        learning_rate=0.05,
        momentum=0.9,
        restarts=1,
        steps=60,
        tolerance=0,
    )
    assert driver.race.positions.tobytes() == plain.positions.tobytes()
    # the legend hides one and not the other
    driver.click("legend.adam#2")
    paths = window.landscape.plot.paths
    window.landscape.grab()
    assert paths.shown.hidden == {"adam#2"}
    hidden = [window.runs.tree.topLevelItem(i).isHidden() for i in range(4)]
    assert hidden == [False, False, False, True]
    driver.click("legend.adam#2")
    # there and back
    changes = [moment.text for moment in store.history[1:]]
    assert changes == ["Adam on", "Adam 2 added", "Adam 2 η followed → 0.1"]
    for _ in changes:
        driver.action("undo").trigger()
    assert driver.experiment == driver.first
    assert len(rows(driver)) == len(USUAL)
    for _ in changes:
        driver.action("redo").trigger()
    driver.wait_for_race()
    assert names(driver) == named
    # saved, and opened in another window
    path = tmp_path / "twice.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    driver.action("save_as").trigger()
    written = [entry for entry in json.loads(path.read_text("utf-8"))["optimizers"] if entry["key"] == "adam"]
    assert written == [
        {"key": "adam", "enabled": True, "values": {}},
        {"key": "adam", "enabled": True, "values": {"learning_rate": 0.1}},
    ]
    store.start_over(driver.first)
    driver.wait_for_race()
    assert len(names(driver)) == 2
    window.files.open_path(path)
    driver.wait_for_race()
    assert names(driver) == named
    assert driver.race.positions.tobytes() == plain.positions.tobytes()


def test_a_file_of_old_with_two_of_a_kind_opens(lasting, tmp_path):
    path = tmp_path / "old.json"
    path.write_text(
        '{"gdsim": 1, "function": "bowl", "steps": 30, "optimizers": [{"key": "adam"}, {"key": "gd"}, '
        '{"key": "adam", "values": {"beta1": 0.5}}, {"key": "adam"}]}',
        "utf-8",
    )
    lasting.window.files.open_path(path)
    lasting.wait_for_race()
    assert lasting.race.positions.tobytes() == open_file(path).experiment.run().positions.tobytes()
    assert names(lasting) == ["Adam β₁ 0.9", "Gradient descent", "Adam β₁ 0.5", "Adam 3 β₁ 0.9"]
    assert [row.key for row in rows(lasting)][6:9] == ["adam", "adam#2", "adam#3"]


def test_three_and_more_have_numbers_and_looks_of_their_own(twice):
    for key in ("adam", "adam#2"):
        choose(twice, key, "duplicate")
    assert [row.key for row in rows(twice)][6:10] == ["adam", "adam#2", "adam#3", "adam#4"]
    twice.wait_for_race()
    assert names(twice)[2:] == ["Adam η 0.05", "Adam η 0.1", "Adam 3 η 0.05", "Adam 4 η 0.1"]
    assert len({button.text() for button in twice.window.loss.legend.findChildren(QToolButton)}) == 6
    # their switches and values are their own
    twice.click("adam#3")
    twice.window.store.set_value("adam#4", "beta1", 0.5)
    twice.wait_for_race()
    assert twice.race.ids == ("gd", "momentum", "adam", "adam#2", "adam#4")
    assert [getattr(rule, "beta1", None) for rule in twice.race.rules] == [None, None, 0.9, 0.9, 0.5]


def test_one_is_removed_and_all_others_stay(twice):
    choose(twice, "adam", "duplicate")
    kept = row(twice, "adam#3")
    choose(twice, "adam#2", "remove")
    assert [row.key for row in rows(twice)][6:9] == ["adam", "adam#3", "adamw"]
    assert row(twice, "adam#3") is kept
    assert twice.window.store.undo_text == "Adam η 0.1 removed"
    twice.wait_for_race()
    assert twice.race.ids[2:] == ("adam", "adam#3")
    assert names(twice)[2:] == ["Adam", "Adam 3"]
    # the first can go as well; then the other is all there is, and stays
    choose(twice, "adam", "remove")
    assert [row.key for row in rows(twice)][6:8] == ["adam#3", "adamw"]
    assert not row(twice, "adam#3").menu().actions()[-1].isEnabled()
    twice.wait_for_race()
    assert names(twice)[2:] == ["Adam"]
    # its number is free again
    choose(twice, "adam#3", "duplicate")
    assert [entry.id for entry in twice.experiment.racing][2:] == ["adam#3", "adam"]


def test_a_name_is_typed(twice):
    choose(twice, "adam#2", "rename")
    field = twice.widget("adam#2.name", QLineEdit)
    twice.until(lambda: QApplication.focusWidget() is field)
    assert field.placeholderText() == "Adam η 0.1"
    QTest.keyClicks(field, "Quick & keen")
    twice.key(Qt.Key.Key_Return)
    twice.wait_for_race()
    assert names(twice)[2:] == ["Adam", "Quick & keen"]
    assert twice.window.store.undo_text == "name Adam η 0.1 → Quick & keen"
    assert row(twice, "adam#2").check.accessibleName() == "Quick & keen"
    # no two are called the same
    twice.click("adam.fold")
    twice.type("adam.name", "Quick & keen")
    assert "two are called Quick & keen" in twice.widget("adam.name.error", QLabel).text()
    assert twice.experiment.names["adam"].typed == ""
    twice.type("adam.name", "Slow")
    assert twice.widget("adam.name.error", QLabel).isHidden()
    twice.wait_for_race()
    assert names(twice)[2:] == ["Slow", "Quick & keen"]
    assert labels(twice.race.lanes)[2:] == ["Slow", "Quick & keen"]
    # none is typed: called after its rule again
    twice.type("adam.name", "")
    twice.type("adam#2.name", "")
    twice.wait_for_race()
    assert names(twice)[2:] == ["Adam η 0.05", "Adam η 0.1"]


def test_every_view_says_the_name(twice):
    window, race = twice.window, twice.race
    name = "Adam η 0.1"
    assert twice.text("legend.adam#2") == name
    assert "hide or show adam η 0.1" in twice.widget("legend.adam#2").toolTip().lower()
    assert row(twice, "adam#2").name == name
    window.session.selection.choose("adam#2")
    assert optimizer_text("adam#2", race) == optimizer_text("adam#2", twice.experiment) == name
    for dock in window.lazy_docks:
        if dock.name in ("formulas", "numerical_gradient"):
            dock.toggleViewAction().trigger()
            QApplication.processEvents()
            twice.until(lambda dock=dock: any(name in label.text() for label in dock.findChildren(QLabel)))
    twice.action("side_by_side").trigger()
    assert twice.widget("panel.adam#2", QPushButton).text() == name
    words = window.export_menu.words("side_by_side")
    assert words.names["adam#2"] == name
    assert words.caption.endswith("Adam: nothing of its own; Adam: η = 0.1")
    twice.action("copy_picture").trigger()
    assert not QGuiApplication.clipboard().image().isNull()
    # the walk through the history says which of the two
    twice.window.store.set_value("adam#2", "learning_rate", 0.2)
    assert twice.window.store.undo_text == "Adam η 0.1 → 0.2"
    twice.window.store.set_value("adam#2", "beta1", 0.5)
    assert twice.window.store.undo_text == "Adam η 0.2 β₁ default → 0.5"
    twice.wait_for_race()
    assert twice.text("legend.adam#2") == "Adam η 0.2, β₁ 0.5"


def test_names_go_with_what_changes(twice):
    twice.type("learning_rate", "0.03")
    twice.wait_for_race()
    assert names(twice)[2:] == ["Adam η 0.03", "Adam η 0.1"]
    twice.change(direction="ascent")
    assert names(twice)[0] == "Gradient ascent"


def test_one_alone_stays_alone_when_another_comes(driver):
    driver.window.store.enable("adam", True)
    driver.wait_for_race()
    centre = driver.window.centre
    centre.show_alone("adam")
    assert centre.landscape.plot.paths.shown.hidden == {"gd", "momentum"}
    driver.window.store.duplicate("adam")
    driver.wait_for_race()
    assert centre.landscape.plot.paths.shown.hidden == {"gd", "momentum", "adam#2"}
    assert centre.landscape.plot.heads.shown.hidden == {"gd", "momentum", "adam#2"}


def test_side_by_side_shows_one_in_each_when_another_comes(driver):
    driver.window.store.enable("adam", True)
    driver.wait_for_race()
    driver.action("side_by_side").trigger()
    driver.window.store.duplicate("adam")
    driver.wait_for_race()
    panels = driver.window.side_by_side.panels
    assert list(panels) == ["gd", "momentum", "adam", "adam#2"]
    for key, panel in panels.items():
        assert panel.plot.paths.shown.hidden == set(panels) - {key}
        assert panel.plot.heads.shown.hidden == set(panels) - {key}


def test_both_are_drawn_in_their_own_colours(open_window):
    entries = gdsim.Entry("adam", {"learning_rate": 0.02}), gdsim.Entry("adam", {"learning_rate": 0.2})
    driver = open_window(gdsim.Experiment("bowl", steps=40, optimizers=entries))
    driver.window.player.pause()
    driver.window.player.to_end()
    driver.wait_for_surface()
    QApplication.processEvents()
    picture = pixels(driver.window.landscape.plot.grab().toImage()).astype(int)
    for key in ("adam", "adam#2"):
        color = optimizer_color(key, LIGHT)
        away = np.abs(picture - [color.red(), color.green(), color.blue()]).max(axis=-1)
        assert (away <= 12).sum() > 40, key


def test_a_click_on_its_head_chooses_the_second(open_window):
    entries = gdsim.Entry("adam", {"learning_rate": 0.02}), gdsim.Entry("adam", {"learning_rate": 0.2})
    driver = open_window(gdsim.Experiment("bowl", steps=40, optimizers=entries))
    driver.window.player.pause()
    driver.window.player.to_end()
    heads = driver.window.landscape.plot.heads
    x, y = driver.race.positions[-1, 1, :, 0]
    at = driver.window.landscape.plot.box.mapViewToScene(QPointF(x, y))
    assert heads.head_at(at) == ("adam#2", 0)


def test_a_duplicate_by_keys_and_by_the_palette(driver):
    button = driver.focus("adam.menu")
    assert button.accessibleName() == "Menu of Adam"
    driver.key(Qt.Key.Key_Space)
    menu = row(driver, "adam").menu()
    driver.until(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    driver.until(lambda: "adam#2" in [entry.id for entry in driver.experiment.optimizers])
    (command,) = (a for a in driver.window.parameters.optimizers.commands() if a.text() == "Duplicate Gradient descent")
    command.trigger()
    assert [entry.id for entry in driver.experiment.racing] == ["gd", "gd#2", "momentum", "adam#2"]


def test_the_form_offers_it_too(driver):
    driver.click("gd.fold")
    QApplication.processEvents()
    driver.click("gd.form.duplicate")
    assert [entry.id for entry in driver.experiment.racing] == ["gd", "gd#2", "momentum"]


def test_a_duplicate_has_all_that_its_pattern_has(app):
    store = Store(
        gdsim.Experiment(
            optimizers=(
                gdsim.Entry("gd"),
                gdsim.Entry("adam", {"beta1": 0.5}, False, gdsim.Cosine(), 2.0, name="Mine"),
                gdsim.Entry("momentum"),
            )
        )
    )
    assert store.duplicate("adam") == "adam#2"
    copy = store.experiment.optimizers[2]
    assert copy == replace(store.experiment.optimizers[1], enabled=True, number=2, name="")
    # one that is not in the experiment has a row, too
    assert store.duplicate("rmsprop") == "rmsprop#2"
    assert [entry.id for entry in store.experiment.racing] == ["gd", "adam#2", "momentum", "rmsprop#2"]
    store.unset_all("adam#2")
    assert store.experiment.optimizers[2] == gdsim.Entry("adam", number=2)
    store.remove("adam#2")
    assert store.undo_text == "Adam removed"
    before, after = store.experiment, replace(store.experiment, optimizers=(gdsim.Entry("gd"),))
    assert change_between(after, before).text == "several values"


def test_captions_tell_typed_names_with_their_rule():
    entries = gdsim.Entry("adam", name="Mine"), gdsim.Entry("gd")
    assert caption_of(gdsim.Experiment(optimizers=entries)).endswith("tolerance 1e−8")
    entries = gdsim.Entry("adam", {"beta1": 0.5}, name="Mine"), gdsim.Entry("adam"), gdsim.Entry("adam")
    told = "Mine (Adam): β₁ = 0.5; Adam: nothing of its own; Adam 3: nothing of its own"
    assert caption_of(gdsim.Experiment(optimizers=entries)).endswith(told)


def test_a_settings_colour_is_that_of_the_first(open_window):
    theme = replace(LIGHT, colors=(("adam", "#102030"),))
    entries = gdsim.Entry("adam"), gdsim.Entry("adam")
    driver = open_window(gdsim.Experiment("bowl", steps=20, optimizers=entries), theme=theme)
    pictures = [
        pixels(driver.widget(f"legend.{key}", QToolButton).icon().pixmap(QSize(24, 24)).toImage())
        for key in ("adam", "adam#2")
    ]
    first = [(picture == [0x10, 0x20, 0x30]).all(axis=-1).any() for picture in pictures]
    assert first == [True, False]


def test_too_many_are_refused_in_a_sentence(driver, monkeypatch):
    needed = 8 * (driver.experiment.steps + 1) * 2 * 3 * 2
    monkeypatch.setattr(trajectories, "MEMORY_LIMIT", needed)
    before = driver.experiment
    choose(driver, "gd", "duplicate")
    assert "the limit is" in driver.widget("gd.error", QLabel).text()
    assert driver.widget("gd.error", QLabel).isVisible()
    assert driver.experiment is before
    assert len(rows(driver)) == len(USUAL)
    driver.click("adam")
    assert "the limit is" in driver.widget("adam.error", QLabel).text()
    assert not driver.widget("adam").isChecked()


def test_the_command_line_opens_such_a_file(tmp_path):
    from gdsim.cli.main import _experiment_in

    path = tmp_path / "twice.json"
    save(gdsim.Experiment(optimizers=(gdsim.Entry("adam"), gdsim.Entry("adam"))), path)
    assert [entry.id for entry in _experiment_in(str(path)).optimizers] == ["adam", "adam#2"]


def test_the_data_view_says_which_of_the_two(open_window):
    entries = gdsim.Entry("adam", {"learning_rate": 0.02}), gdsim.Entry("adam", {"learning_rate": 0.2})
    driver = open_window(gdsim.Experiment("linear", steps=30, optimizers=entries))
    driver.window.session.selection.choose("adam#2")
    (dock,) = (dock for dock in driver.window.lazy_docks if dock.name == "data_view")
    driver.until(lambda: any("Adam η 0.2: " in label.text() for label in dock.findChildren(QLabel)))
    driver.window.session.selection.choose("adam")
    driver.until(lambda: any("Adam η 0.02: " in label.text() for label in dock.findChildren(QLabel)))


def test_every_text_of_it_is_translated(pseudo):  # noqa: F811
    pseudo.window.store.enable("adam", True)
    pseudo.window.store.duplicate("adam")
    pseudo.window.store.set_value("adam#2", "learning_rate", 0.3)
    pseudo.wait_for_race()
    for key in ("adam", "adam#2", "rmsprop"):
        pseudo.click(f"{key}.fold")
        row(pseudo, key).menu()
    assert not [text for _, text in english(pseudo.window) if "Adam" in text or "uplicate" in text]
    assert english(pseudo.window) == []
    told = pseudo.text("legend.adam#2")
    assert told.endswith(" 0.3")
    assert told != "Adam η 0.3"
    for moment in pseudo.window.store.history:
        assert not missed(moment.text), moment.text


def test_a_picture_without_a_screen_has_both_in_its_legend(app):
    from gdsim.desktop.picture import _page, _scene
    from gdsim.desktop.widgets.legend import Legend

    entries = gdsim.Entry("adam", {"learning_rate": 0.02}), gdsim.Entry("adam", {"learning_rate": 0.2})
    page, _ = _page(_scene(gdsim.Experiment("bowl", steps=10, optimizers=entries).run()))
    (legend,) = page.findChildren(Legend)
    assert [button.text() for button in legend.findChildren(QToolButton)] == ["Adam η 0.02", "Adam η 0.2"]
    page.deleteLater()


def test_who_comes_after_one_that_was_hidden_and_removed_is_seen(twice):
    twice.click("legend.adam#2")
    assert twice.window.session.scene.hidden == {"adam#2"}
    choose(twice, "adam#2", "remove")
    twice.wait_for_race()
    choose(twice, "adam", "duplicate")
    twice.wait_for_race()
    assert twice.widget("legend.adam#2", QToolButton).isChecked()
    assert twice.window.session.scene.hidden == frozenset()


def test_what_is_typed_and_not_entered_counts_for_both(driver):
    driver.click("gd.fold")
    driver.type("gd.learning_rate", "0.02", enter=False)
    choose(driver, "gd", "duplicate")
    rates = [entry.values["learning_rate"] for entry in driver.experiment.optimizers if entry.key == "gd"]
    assert rates == [0.02, 0.02]


def test_the_plane_says_through_whose_end_it_goes(open_window):
    entries = gdsim.Entry("adam", {"learning_rate": 0.01}), gdsim.Entry("adam", {"learning_rate": 0.1})
    driver = open_window(gdsim.Experiment("rosenbrock", options={"dimension": 3}, steps=60, optimizers=entries))
    driver.window.session.selection.choose("adam#2")
    driver.until(lambda: "Adam η 0.1" in driver.widget("slice.text", QLabel).text())


def test_rows_are_those_of_the_experiment_whatever_is_done(app):
    """Sixty things done in any order: a row an entry, in the order of the rules, and those that stay are the same."""
    draw = random.Random(8)
    store = Store(gdsim.Experiment("bowl", steps=5, optimizers=(gdsim.Entry("adam"), gdsim.Entry("gd"))))
    panel = OptimizersPanel(store, LIGHT)
    for _ in range(60):
        before, ids = dict(panel.rows), [entry.id for entry in store.experiment.optimizers]
        what = draw.choice(["duplicate", "duplicate", "remove", "enable", "undo", "redo", "value", "name"])
        key = draw.choice(ids)
        if what == "duplicate":
            assert store.duplicate(key) not in ids
        elif what == "remove" and len(ids) > 1:
            store.remove(key)
            assert [entry.id for entry in store.experiment.optimizers] == [id_ for id_ in ids if id_ != key]
        elif what == "enable":
            store.enable(key, draw.choice([True, False]))
        elif what == "value":
            store.set_value(key, "learning_rate", draw.choice([0.1, 0.2]))
        elif what == "name":
            store.rename(key, draw.choice(["", f"name {draw.random():.5f}"]))
        elif what in ("undo", "redo"):
            getattr(store, what)()
        entries = store.experiment.optimizers
        wanted = [id_ for rule in USUAL for id_ in [e.id for e in entries if e.key == rule] or [rule]]
        column = panel.layout()
        assert [column.itemAt(i).widget().key for i in range(column.count() - 1)] == wanted == list(panel.rows)
        assert all(row is panel.rows[key] for key, row in before.items() if key in panel.rows)
        names = [panel.rows[entry.id].name for entry in entries]
        assert names == [optimizer_text(entry.id, store.experiment) for entry in entries]
        assert len(set(names)) == len(names)
        assert [panel.rows[entry.id].check.isChecked() for entry in entries] == [entry.enabled for entry in entries]
    panel.deleteLater()


def test_what_is_typed_is_neither_markup_nor_a_key(open_window):
    name = "A & B <b>bold</b> <"
    entries = gdsim.Entry("adam", name=name), gdsim.Entry("adam", {"learning_rate": 0.1}, name="&Amp")
    driver = open_window(gdsim.Experiment("double_well", steps=30, learning_rate=0.01, optimizers=entries))
    assert driver.text("legend.adam").replace("&&", "&") == name
    assert driver.text("legend.adam#2") == "&&Amp"
    assert name.startswith(driver.widget("adam").text().replace("&&", "&").rstrip("…"))
    tips = [driver.widget(name).toolTip() for name in ("legend.adam", "adam", "adam.menu", "adam.fold")]
    for tip in tips:
        assert tip.startswith("<p")  # else Qt guesses what it is
        assert name in QTextDocumentFragment.fromHtml(tip).toPlainText()
    driver.window.store.set_value("adam#2", "learning_rate", 0.2)
    assert driver.action("undo").text().endswith("Undo: &&Amp η 0.1 → 0.2")
    driver.action("side_by_side").trigger()
    driver.wait_for_race()
    assert driver.widget("panel.adam", QPushButton).text().replace("&&", "&") == name
    driver.window.session.selection.choose("adam")
    for label in driver.window.findChildren(QLabel):
        if name in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText, label.objectName()
    assert any(name in label.text() for label in driver.window.findChildren(QLabel))
