"""Help > What is what: every sign, drawn as in the window, and F1."""

import pytest
from driving import colours_of, pixels
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

import gdsim
from gdsim.desktop.help.signs import sections
from gdsim.desktop.help.specimens import SPECIMENS, specimen
from gdsim.desktop.look.style import DARK, LIGHT, optimizer_color
from gdsim.desktop.widgets.labels import plain_label


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_sign_is_drawn(app, theme):
    pictures = {name: pixels(specimen(name, theme, 1.0).toImage()) for name in SPECIMENS}
    for name, picture in pictures.items():
        assert colours_of(picture) > 3, name
    # no two are the same
    assert len({picture.tobytes() for picture in pictures.values()}) == len(SPECIMENS)


def test_the_colours_are_those_of_the_window(app):
    for theme in (LIGHT, DARK):
        image = specimen("path", theme, 1.0).toImage().convertToFormat(QImage.Format.Format_RGB32)
        color = optimizer_color("momentum", theme)
        assert any(image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height()))


def test_every_picture_is_explained_and_every_section_has_its_part(driver):
    used = {sign.picture for section in sections() for sign in section.signs if sign.picture}
    assert used == set(SPECIMENS)
    # what the window and its docks are called
    named = {widget.objectName() for widget in driver.window.findChildren(QWidget)}
    docks = {dock.objectName() for dock in driver.window.docks}
    parts = {part for section in sections() for part in section.parts}
    assert docks <= parts
    late = {dock.name for dock in driver.window.lazy_docks} | {"slice_bar", "derivative"}  # made when they are needed
    assert parts <= named | late


def help_of(driver):
    return driver.window.dialogs.signs


def test_f1_opens_the_section_of_what_one_is_at(driver):
    window = driver.window
    driver.action("what_is_what").trigger()
    first = help_of(driver)
    driver.until(first.isVisible)
    assert not first.isModal()
    for name, title in (
        ("learning_rate", "Parameters"),
        ("formula", "Typing a function"),
        ("runs_table", "Runs"),
        ("landscape_plot", "Landscape"),
        ("log_loss", "Loss"),
    ):
        widgets = [w for w in window.findChildren(QWidget, name) if w.isVisible()]
        window.activateWindow()
        widgets[0].setFocus(Qt.FocusReason.TabFocusReason)
        driver.until(lambda widget=widgets[0]: QApplication.focusWidget() in (widget, widget.focusProxy()))
        driver.key(Qt.Key.Key_F1)
        driver.until(lambda title=title: help_of(driver).section == title)
    assert help_of(driver) is first
    # the rest by their docks
    for dock in window.lazy_docks:
        first.show_part(dock)
        assert first.section != "Landscape"
    first.show_part(None)
    assert first.section == "Landscape"


def test_it_is_read_without_a_mouse_and_in_a_small_window(open_window, small):
    driver = open_window(small, size=(1024, 700))
    driver.action("what_is_what").trigger()
    dialog = help_of(driver)
    driver.until(dialog.isVisible)
    dialog.resize(600, 460)
    dialog.list.setFocus()
    titles = []
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        QApplication.processEvents()
        titles.append(dialog.section)
        page = dialog.area.widget()
        assert page.width() <= dialog.area.viewport().width()
        for label in page.findChildren(QLabel):
            assert label.textFormat() == plain_label().textFormat()
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert len(set(titles)) == len(titles)


def test_it_follows_the_theme(driver):
    driver.action("what_is_what").trigger()
    dialog = help_of(driver)

    def ground():
        label = next(label for label in dialog.area.widget().findChildren(QLabel) if not label.pixmap().isNull())
        return label.pixmap().toImage().pixelColor(1, 1).name()

    assert ground() == LIGHT.window
    try:
        driver.action("theme_dark").trigger()
        assert ground() == DARK.window
    finally:
        driver.action("theme_light").trigger()


def test_every_sign_on_the_landscape_has_a_tip(open_window):
    experiment = gdsim.Experiment(
        "himmelblau",
        start=(0.0, -3.0),
        restarts=2,
        seed=7,
        steps=60,
        tolerance=1e-3,
        learning_rate=0.01,
        optimizers=(gdsim.Entry("gd", name="<b>mine</b>"),),
    )
    driver = open_window(experiment)
    plot = driver.window.landscape.plot
    driver.window.player.seek(3)

    def tip(x, y):
        return plot.tip_at(plot.box.mapViewToScene(QPointF(x, y)))

    race = driver.race
    here = race.positions[3, 0]
    assert "&lt;b&gt;mine&lt;/b&gt; at step 3" in tip(*here[:, 0])
    assert "chosen run" in tip(*here[:, 0])
    assert "restart 1 at step 3" in tip(*here[:, 1])
    assert "Click it" in tip(*here[:, 1])
    assert tip(0.0, -3.0).startswith("The start")
    assert tip(-3.779310, -3.283186) == "A known minimum: f = 0"
    assert "restart begins" in tip(*race.positions[0, 0, :, 1])
    assert tip(-4.9, 4.9) == ""
    driver.window.player.to_end()
    assert "come to rest" in tip(*race.positions[-1, 0, :, 0])
    # as a person sees it
    at = driver.pixel(-3.779310, -3.283186)
    QApplication.sendEvent(plot.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, plot.viewport().mapToGlobal(at)))
    assert QToolTip.text() == "A known minimum: f = 0"
    QToolTip.hideText()


def test_the_axes_of_a_slice_say_what_they_are(open_window):
    driver = open_window(gdsim.Experiment("network", steps=5, optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam"))))
    view = driver.window.landscape
    driver.until(lambda: view.names.texts[0] == "p₁")
    at = view.names.across.sceneBoundingRect().center()
    assert "all paths together move most" in view.plot.tip_at(at)
    assert view.plot.tip_at(QPointF(1, 1)) == ""
