"""Tests of what is remembered, what is not believed, and how the window looks."""

import dataclasses

import pytest
from driving import pixels
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QSpinBox
from test_layout import cut_off, outside

from gdsim.desktop.commands.settings_dialog import SettingsDialog
from gdsim.desktop.files.file_menu import CANCEL
from gdsim.desktop.look.style import DARK, LIGHT, apply_theme
from gdsim.desktop.state.settings import SCALES, Preferences, Settings
from gdsim.desktop.text import numbers

SIZE = (760, 560)


@pytest.fixture(autouse=True)
def as_before(app):
    yield
    numbers.set_digits(4)
    apply_theme(app, LIGHT)


def write(homes, content):
    """Write the settings as a person with an editor does."""
    path = homes / "config" / "gdsim" / "gdsim.ini"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


DAMAGED = {
    "empty": b"",
    "garbage": b"hello there\n[[[\n=5\n%zz=%\n",
    "binary": bytes(range(256)) * 20,
    "zeros": b"\0" * 4096,
    "wrong types": b"[preferences]\ntheme=7\nscale=large\nspeed=fast\ndigits=1.5\nsteps=many\nlanguage=1, 2, 3\n"
    b"[window]\ngeometry=5\nstate=nothing\n",
    "absurd": b"[preferences]\ntheme=pink\nscale=1e308\nspeed=-5\ndigits=99999999999999999999\nsteps=0\nlanguage=tlh\n",
    "not finite": b"[preferences]\nscale=nan\nsteps=inf\ndigits=-inf\nspeed=nan\n",
    "lists": b"[preferences]\ntheme=a, b\nscale=1, 2\nspeed=1, 2\ndigits=, ,\nsteps=1, 2\n"
    b"[General]\nshortcuts=1, 2\nrecent=[[[\n",
    "variants": b"[preferences]\nscale=@Invalid()\nsteps=@ByteArray(abc)\ndigits=@Size(1 2)\n"
    b"[window]\ngeometry=@ByteArray(abc)\nstate=@ByteArray(\\0\\0\\0\\xff\\xff)\n"
    b"[General]\nshortcuts=@ByteArray(x)\nrecent=@Rect(0 0 1 1)\n",
    "other JSON": b'[General]\nswitches="[true]"\nshortcuts="[1, 2]"\nrecent="{\\"a\\": 1}"\n',
    "odd JSON": b'[General]\nswitches="{\\"arrows\\": 7, \\"new\\": true, \\"nothing\\": false}"\n'
    b'shortcuts="{\\"new\\": 5, \\"nothing\\": \\"Ctrl+B\\", \\"open\\": \\"%%%\\"}"\n'
    b'recent="[1, null, \\"\\\\u0000\\", \\"/nowhere\\", \\"\\\\ud800\\"]"\n',
    "deep JSON": b"[General]\nshortcuts=" + b"[" * 20_000 + b"\nrecent=" + b"[" * 20_000 + b"\n",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_damaged_settings_are_passed_over(homes, open_lasting, small, content):
    write(homes, content)
    settings = Settings()
    assert settings.preferences == Preferences()
    assert settings.recent == []
    driver = open_lasting(small)
    assert driver.window.size().toTuple() == (1440, 900)
    assert all(dock.isVisible() for dock in driver.window.docks[:3])
    assert driver.action("palette").shortcut().toString() == "Ctrl+K"
    driver.window.files.recent.aboutToShow.emit()
    assert driver.message == ""
    assert driver.window.close()


def test_one_bad_value_does_not_take_the_good_ones_with_it(homes, app):
    write(homes, b"[preferences]\ntheme=dark\nscale=77\ndigits=6\nsteps=x\nspeed=250\n")
    assert Settings().preferences == Preferences(theme="dark", digits=6, speed=250)


def test_settings_that_cannot_be_kept_disturb_nothing(homes, open_lasting, small):
    (homes / "config").write_text("a file where a folder should be")
    driver = open_lasting(small)
    driver.action("larger").trigger()
    assert driver.message == f"Cannot write {homes}/config/gdsim/gdsim.ini: Not a directory."
    driver.window.session.say("")
    driver.action("normal_size").trigger()
    assert driver.message == ""  # that is told once
    assert driver.window.close()


def test_keys_for_two_commands_in_damaged_settings(homes, open_lasting, small):
    write(homes, b'[General]\nshortcuts="{\\"new\\": \\"Ctrl+K\\"}"\n')
    driver = open_lasting(small)
    keys = [a.shortcut().toString() for a in driver.window.actions_table.by_name.values() if a.shortcut().toString()]
    assert len(keys) == len(set(keys))


def test_preferences_are_kept(homes, app):
    chosen = Preferences("dark", 1.75, 250, 6, 1234, "xx")
    Settings().preferences = chosen
    assert Settings().preferences == chosen
    assert Settings(lasting=False).preferences == Preferences()


def test_the_settings_dialog(lasting, open_lasting, small, monkeypatch):
    def choose(dialog):
        for name, value in (("theme", "dark"), ("scale", 1.25), ("default_speed", 120)):
            box = dialog.findChild(QComboBox, f"settings.{name}")
            box.setCurrentIndex(box.findData(value))
        dialog.findChild(QSpinBox, "settings.digits").setValue(6)
        dialog.findChild(QSpinBox, "settings.default_steps").setValue(77)
        return 1

    monkeypatch.setattr(SettingsDialog, "exec", choose)
    lasting.action("settings").trigger()
    theme = lasting.window.appearance.theme
    assert (theme.dark, theme.scale) == (True, 1.25)
    assert lasting.window.player.speed == 120
    assert lasting.action("theme_dark").isChecked()
    assert numbers.show(1.23456789) == "1.23457"
    lasting.action("new").trigger()
    assert lasting.experiment.steps == 77
    # cancelled: nothing changes
    monkeypatch.setattr(SettingsDialog, "exec", lambda dialog: choose(dialog) and 0)
    before = Settings().preferences
    lasting.action("settings").trigger()
    assert Settings().preferences == before == Preferences("dark", 1.25, 120, 6, 77, "en")
    lasting.window.close()
    again = open_lasting(small)
    assert again.window.player.speed == 120
    assert again.action("theme_dark").isChecked()


def test_layout_and_geometry_are_restored(lasting, open_lasting, small):
    window = lasting.window
    _, loss, runs, history = window.docks[:4]
    # a window larger than the screen would come back smaller
    window.resize(*SIZE)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, loss)
    runs.hide()
    history.show()
    QApplication.processEvents()
    window.close()
    driver = open_lasting(small)
    again = driver.window
    driver.until(lambda: again.size().toTuple() == SIZE)
    assert again.dockWidgetArea(again.docks[1]) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert [dock.isVisible() for dock in again.docks[:4]] == [True, True, False, True]


def test_what_was_shown_is_shown_again(lasting, open_lasting, small):
    changed = {"arrows": True, "log_loss": False, "equal_aspect": False, "side_by_side": True}
    for name, on in changed.items():
        assert lasting.action(name).isChecked() is not on
        lasting.action(name).setChecked(on)
    assert lasting.window.close()
    again = open_lasting(small)
    assert {name: again.action(name).isChecked() for name in changed} == changed
    assert not again.action("components").isChecked()
    assert again.window.centre.current is again.window.side_by_side
    assert again.window.session.overlays.marks.arrows
    assert not again.window.loss.head.logarithmic.isChecked()


def test_the_layout_is_reset(lasting):
    window = lasting.window
    parameters, loss, runs, history = window.docks[:4]
    before = [dock.geometry() for dock in window.docks[:3]]
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, loss)
    parameters.setFloating(True)
    runs.hide()
    history.show()
    QApplication.processEvents()
    lasting.action("reset_layout").trigger()
    QApplication.processEvents()
    assert [dock.isVisible() for dock in window.docks[:4]] == [True, True, True, False]
    assert not parameters.isFloating()
    for dock, geometry in zip(window.docks[:3], before, strict=True):
        after = dock.geometry()
        assert abs(after.x() - geometry.x()) <= 12
        assert abs(after.width() - geometry.width()) <= 12


def test_a_remembered_layout_is_reset_too(lasting, open_lasting, small):
    lasting.window.docks[2].hide()
    lasting.window.close()
    again = open_lasting(small)
    assert not again.window.docks[2].isVisible()
    again.action("reset_layout").trigger()
    assert again.window.docks[2].isVisible()


def test_docks_float_hide_and_come_back(driver):
    window = driver.window
    for dock in window.docks:
        toggle = dock.toggleViewAction()
        shown = dock.isVisible()
        toggle.trigger()
        assert dock.isVisible() is not shown
        toggle.trigger()
        assert dock.isVisible() is shown
        assert toggle in [action for menu in window.menuBar().actions() for action in menu.menu().actions()]
    window.docks[1].setFloating(True)
    driver.change(steps=70)
    assert window.loss.race is driver.race
    window.docks[1].setFloating(False)


def test_full_screen(driver):
    driver.action("full_screen").trigger()
    driver.until(driver.window.isFullScreen)
    driver.action("full_screen").trigger()
    driver.until(lambda: not driver.window.isFullScreen())


def test_full_screen_is_remembered_and_left_again(lasting, open_lasting, small):
    lasting.action("full_screen").trigger()
    lasting.until(lasting.window.isFullScreen)
    lasting.window.close()
    again = open_lasting(small)
    again.until(again.window.isFullScreen)
    # the switch knows how it stands
    assert again.action("full_screen").isChecked()
    again.action("full_screen").trigger()
    again.until(lambda: not again.window.isFullScreen())


def test_light_dark_and_as_the_system_is(lasting, monkeypatch):
    window = lasting.window

    def lightness():
        return pixels(window.grab().toImage()).mean()

    lasting.action("theme_light").trigger()
    light = lightness()
    lasting.action("theme_dark").trigger()
    assert lightness() < light - 80
    assert Settings().preferences.theme == "dark"
    assert [lasting.action(f"theme_{name}").isChecked() for name in ("system", "light", "dark")] == [False, False, True]
    lasting.action("theme_system").trigger()
    assert Settings().preferences.theme == "system"
    # the system turns dark, and light again
    for theme in (DARK, LIGHT):
        monkeypatch.setattr("gdsim.desktop.window.appearance.theme_for", lambda *_, theme=theme: theme)
        window.appearance._system_changed(Qt.ColorScheme.Unknown)
        assert window.appearance.theme == theme
    # who chose one is left alone
    lasting.action("theme_light").trigger()
    monkeypatch.setattr("gdsim.desktop.window.appearance.theme_for", lambda *_: DARK)
    window.appearance._system_changed(Qt.ColorScheme.Dark)
    assert window.appearance.theme == LIGHT


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)], ids=["1440x900", "1024x700"])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_presentation_sizes(open_window, app, size, theme):
    apply_theme(app, theme)
    driver = open_window(size=size, theme=theme)
    window = driver.window
    window.player.seek(0)
    driver.until(lambda: driver.results.advice)  # there are buttons in the table, then
    height = window.fontMetrics().height()
    wrong = {}
    for scale in (*SCALES[1:], 1.0):
        window.appearance.set_scale(scale)
        # layouts settle in some rounds
        for _ in range(4):
            QApplication.processEvents()
        found = cut_off(window) + [one for one in outside(window) if one[2][0] + one[2][2] > 0]  # behind a tab
        if window.size().toTuple() != size:
            found.append(window.size().toTuple())
        if found:
            wrong[scale] = found
        assert window.landscape.fontMetrics().height() == pytest.approx(scale * height, abs=2)
    assert wrong == {}


def test_larger_and_smaller(lasting):
    seen = []
    for name in ["larger"] * len(SCALES) + ["smaller"] * len(SCALES):
        lasting.action(name).trigger()
        seen.append(lasting.window.appearance.theme.scale)
    assert seen == [1.25, 1.5, 1.75, 2.0, 2.5, 2.5, 2.0, 1.75, 1.5, 1.25, 1.0, 1.0]
    lasting.action("larger").trigger()
    assert Settings().preferences.scale == 1.25
    lasting.action("normal_size").trigger()
    assert Settings().preferences.scale == 1.0


def test_lines_and_handle_grow(driver):
    handle = driver.window.landscape.plot.handle
    before = handle.scale, driver.window.loss.step_line.pen.widthF()
    driver.window.appearance.set_scale(2.0)
    assert (handle.scale, driver.window.loss.step_line.pen.widthF()) == (2 * before[0], 2 * before[1])


def test_the_start_is_as_remembered(homes, app, open_window, small):
    Settings().preferences = Preferences(speed=250, digits=6)
    driver = open_window(small, settings=Settings())
    assert driver.window.player.speed == 250
    assert driver.widget("speed", QComboBox).currentText() == "250/s"
    assert numbers.show(2 / 3) == "0.666667"


def test_leaving_is_cancelled(lasting, asked):
    asked.answer = CANCEL
    lasting.type("steps", "70")
    assert lasting.window.close() is False
    # it goes on as before
    lasting.type("steps", "80")
    lasting.wait_for_race()
    assert lasting.race.steps == 80
    assert lasting.window.findChildren(QDialog) == []
    assert dataclasses.replace(lasting.first, steps=80) == lasting.experiment


def test_settings_are_in_a_place_of_their_own(homes, app):
    Settings().preferences = Preferences(steps=99)
    assert (
        QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gdsim", "gdsim")
        .fileName()
        .startswith(str(homes))
    )


def test_reset_layout_places_the_docks_after_the_size_has_changed(open_window, small):
    driver = open_window(small, size=(1024, 700))
    window = driver.window
    parameters, loss, runs = window.docks[:3]
    window.appearance.set_scale(2.5)
    assert loss in window.tabifiedDockWidgets(parameters)
    driver.action("reset_layout").trigger()
    QApplication.processEvents()
    assert loss in window.tabifiedDockWidgets(parameters)
    window.appearance.normal_size()
    driver.action("reset_layout").trigger()
    QApplication.processEvents()
    assert not window.tabifiedDockWidgets(parameters)
    assert window.dockWidgetArea(loss) == Qt.DockWidgetArea.RightDockWidgetArea
    assert window.dockWidgetArea(runs) == Qt.DockWidgetArea.BottomDockWidgetArea
