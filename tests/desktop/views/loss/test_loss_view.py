"""The loss view: read under the mouse, clicked, dragged along; and what is bold everywhere."""

import numpy as np
import pytest
from driving import LEFT, NONE, colours_of, count, pixels
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.desktop.look.style import LIGHT, optimizer_color
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.loss.curves import Scale
from gdsim.desktop.views.loss.cut_marks import cut_text, together
from gdsim.desktop.views.loss.cuts import Cut
from gdsim.desktop.views.loss.read_out import place_beside


def pixel(driver, step, height):
    """Place of a step and a height on the viewport of the plot."""
    plot = driver.window.loss.plot
    return plot.mapFromScene(plot.box.mapViewToScene(QPointF(step, height)))


def on_curve(driver, step, optimizer, run=0):
    """Place of a curve at a step."""
    return pixel(driver, step, float(driver.window.loss.shown.curves.heights[step, optimizer, run]))


def point_at(driver, at):
    driver.window.loss.plot.grab()
    driver.hover(driver.window.loss.plot.viewport(), at)


def rows(driver):
    """Rows of the read-out: name and value, and whether it is bold; and its title."""
    read_out = driver.window.loss.reader.read_out
    return [(row.name, row.value, row.nearest) for row in read_out.rows], read_out.title


def test_hovering_reads_the_losses_of_the_race(driver):
    driver.window.loss.plot.grab()
    for step, nearest in ((7, 0), (31, 1)):
        point_at(driver, on_curve(driver, step, nearest))
        told, title = rows(driver)
        assert title == f"Loss f at step {step}"
        assert told == [
            (optimizer_text(key, driver.race), show(float(driver.race.losses[step, o, 0])), o == nearest)
            for o, key in enumerate(driver.race.ids)
        ]
    reader = driver.window.loss.reader
    assert reader.read_out.isVisible()
    assert count(reader.read_out.grab(), optimizer_color("momentum", LIGHT)) > 20
    assert reader.item.step == 31
    # beside the view, where it covers no curve
    plot = driver.window.loss.plot
    covered = QRect(plot.mapToGlobal(QPoint(0, 0)), plot.size())
    assert not covered.intersects(reader.read_out.geometry())
    # another race is read at once, and who is hidden is not
    driver.change(learning_rate=0.02)
    assert rows(driver)[0][0][1] == show(float(driver.race.losses[31, 0, 0]))
    driver.click("legend.gd")
    assert [name for name, _, _ in rows(driver)[0]] == [optimizer_text("momentum", driver.race)]
    driver.hover(plot.viewport(), QPoint(3, plot.height() - 3))
    assert not reader.read_out.isVisible()
    assert reader.item.step is None


def test_what_is_read_goes_with_the_mouse(driver):
    point_at(driver, on_curve(driver, 7, 0))
    assert driver.window.loss.reader.read_out.isVisible()
    QApplication.sendEvent(driver.window.loss.plot, QEvent(QEvent.Type.Leave))
    assert not driver.window.loss.reader.read_out.isVisible()


def test_lost_runs_are_read_as_lost(open_window):
    experiment = gdsim.Experiment("himmelblau", steps=100, learning_rate=0.04, optimizers=(gdsim.Entry("gd"),))
    driver = open_window(experiment)
    ended = int(driver.race.ended[0, 0])
    loss = driver.window.loss
    point_at(driver, pixel(driver, 2, loss.shown.curves.span[1] - 0.5))
    assert rows(driver)[0][0][1] == show(float(driver.race.losses[2, 0, 0]))
    point_at(driver, pixel(driver, ended + 1, loss.shown.curves.span[1] - 0.5))
    assert rows(driver)[0][0][1] == f"diverged at step {ended}"
    (cut,) = loss.cuts.cuts
    assert cut_text(cut) == f"∞ at step {ended}"
    assert loss.plot.box.viewRange()[0][1] < 50


def test_numbers_at_arrows():
    assert cut_text(Cut(0, 0, 3.0, True, 6.3421e9)) == "6.3e9"
    assert cut_text(Cut(0, 0, 3.0, False, -np.inf, 12)) == "−∞ at step 12"
    assert cut_text(Cut(0, 1, 3.0, True, 1e30)) == "1.0e30, 1 restart"
    assert cut_text(Cut(0, 12, 3.0, True, np.inf, 4)) == "∞, farthest of 12 restarts"
    assert cut_text(Cut(0, 0, 0.0, True, np.nan, 0)) == "undefined at step 0"


def under(driver, at):
    """The step that lies under a pixel of the plot."""
    driver.window.loss.plot.grab()
    return round(driver.window.loss.plot.point(at).x())


def test_what_is_read_is_what_lies_under_the_mouse_while_races_come_and_go(open_window, small):
    driver = open_window(small, wait=False)
    plot = driver.window.loss.plot
    at = QPoint(plot.width() // 2, plot.height() // 2)
    point_at(driver, at)  # no race is there yet
    driver.wait_for_race()
    plot.grab()
    assert driver.window.loss.reader.read_out.title == f"Loss f at step {under(driver, at)}"
    assert under(driver, at) > 20
    for steps in (600, 7, 60):
        before = under(driver, at)
        driver.change(steps=steps)
        assert under(driver, at) != before
        assert driver.window.loss.reader.read_out.title == f"Loss f at step {under(driver, at)}"
        assert driver.window.loss.reader.item.step == under(driver, at)
    # another size of the view
    driver.window.resize(1024, 700)
    driver.until(lambda: driver.window.loss.reader.read_out.title == f"Loss f at step {under(driver, at)}")


def test_the_read_out_lies_beside_the_view():
    screen, size = QRect(0, 0, 1000, 700), QSize(200, 300)
    assert place_beside(size, QRect(700, 100, 300, 400), screen) == QPoint(494, 100)
    assert place_beside(size, QRect(100, 600, 300, 100), screen) == QPoint(406, 400)
    assert place_beside(size, QRect(0, 0, 1000, 700), screen) == QPoint(0, 0)


def test_a_click_goes_to_that_step_and_a_drag_along_the_steps(driver):
    plot, player = driver.window.loss.plot, driver.window.player
    plot.grab()
    player.play()
    (left, right), (low, high) = plot.box.viewRange()
    QTest.mouseClick(plot.viewport(), LEFT, NONE, pixel(driver, 20, high - 0.01 * (high - low)))
    assert player.step == 20
    assert not player.playing
    assert driver.window.session.selection.key == "gd"
    at = pixel(driver, 40, low + 0.5 * (high - low))
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    assert player.step == 40
    for step in (45, 52, 30):
        QTest.mouseMove(plot.viewport(), pixel(driver, step, low + 0.4 * (high - low)))
        assert player.step == step
    # beside the plot it is the last step
    QTest.mouseMove(plot.viewport(), QPoint(plot.width() + 40, at.y()))
    assert player.step == 60
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at)
    QTest.mouseMove(plot.viewport(), pixel(driver, 10, high))
    assert player.step == 60
    assert left == 0
    assert right == 60


def test_a_click_on_a_curve_chooses_its_run(driver):
    plot = driver.window.loss.plot
    plot.grab()
    for optimizer, run in ((1, 0), (0, 1), (1, 1), (0, 0)):
        # there where it is far from all others
        curves = driver.window.loss.shown.curves
        heights = curves.heights.reshape(61, -1)
        mine = heights[:, optimizer * 2 + run]
        others = np.delete(heights, optimizer * 2 + run, axis=1)
        step = int(np.abs(others - mine[:, None])[5:55].min(axis=1).argmax()) + 5
        QTest.mouseClick(plot.viewport(), LEFT, NONE, on_curve(driver, step, optimizer, run))
        assert (driver.window.session.selection.key, driver.window.session.selection.run) == (
            driver.race.ids[optimizer],
            run,
        )
        assert driver.window.player.step == step


def test_arrow_keys_go_along_the_steps_and_from_optimizer_to_optimizer(driver):
    plot, player = driver.window.loss.plot, driver.window.player
    driver.focus(plot)
    player.seek(5)
    for key, step in ((Qt.Key.Key_Right, 6), (Qt.Key.Key_Left, 5), (Qt.Key.Key_Left, 4)):
        driver.key(key)
        assert player.step == step
    for key, chosen in ((Qt.Key.Key_Down, "momentum"), (Qt.Key.Key_Down, "gd"), (Qt.Key.Key_Up, "momentum")):
        driver.key(key)
        assert driver.window.session.selection.key == chosen
    driver.key(Qt.Key.Key_Space)
    assert player.playing


def test_the_chosen_run_is_bold_everywhere(open_window):
    experiment = gdsim.Experiment(
        "himmelblau",
        restarts=3,
        seed=2,
        steps=80,
        learning_rate=0.01,
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("momentum")),
    )
    driver = open_window(experiment)
    window = driver.window
    window.player.to_end()
    loss, paths = window.loss, window.landscape.plot.paths
    assert loss.shown.bold == [0, 0]
    best = [int(best) for best in loss.shown.curves.best]
    assert best == driver.race.losses[-1].argmin(axis=-1).tolist()
    assert loss.head.best_key.isVisible() == (best != [0, 0])
    window.session.selection.choose("momentum", 2)
    driver.viewport.grab()
    assert loss.shown.bold == [0, 2]
    # the last two that are drawn are bold, and end where these runs end
    assert [line.bold for line in paths.lines] == [False] * 6 + [True] * 2
    ends = {(round(line.x[-1]), round(line.y[-1])) for line in paths.lines if line.bold}
    plot = window.landscape.plot
    expected = set()
    corner = plot.mapFromScene(plot.box.mapViewToScene(QPointF(plot.view()[0], plot.view()[3])))
    for o, run in ((0, 0), (1, 2)):
        at = plot.mapFromScene(plot.box.mapViewToScene(QPointF(*driver.race.positions[-1, o, :, run])))
        expected.add((at.x() - corner.x(), at.y() - corner.y()))
    for x, y in expected:
        assert any(abs(x - px) <= 2 and abs(y - py) <= 2 for px, py in ends)
    # the head of the chosen run is as large as that of a run from the start, and is caught as far from its middle
    at = plot.box.mapViewToScene(QPointF(*driver.race.positions[-1, 1, :, 2]))
    assert window.landscape.plot.heads.head_at(at + QPointF(0, 8)) == ("momentum", 2)
    point_at(driver, on_curve(driver, 40, 1, 2))
    assert rows(driver)[0][1] == ("Momentum, restart 2", show(float(driver.race.losses[40, 1, 2])), True)


def test_paths_are_not_drawn_anew_for_nothing(driver):
    paths = driver.window.landscape.plot.paths
    driver.viewport.grab()
    assert not paths.stale
    driver.window.session.selection.choose("momentum")
    assert not paths.stale
    driver.window.session.selection.choose("momentum", 1)
    assert paths.stale


def test_where_no_minimum_is_known_the_axis_says_what_it_shows(driver):
    loss = driver.window.loss
    box, axis = loss.head.logarithmic, loss.plot.getPlotItem().getAxis("left")
    assert loss.head.axis_name.text() == "Loss f − f* against step"
    driver.change(function="x^2 + y^2 + 2", start=None)
    assert loss.head.axis_name.text() == "Loss f against step"
    assert "no minimum" in box.toolTip()
    assert axis.logMode
    driver.change(function="x^2 + y^2 - 2", start=None)
    assert loss.shown.curves.scale is Scale.LINEAR
    assert loss.head.axis_name.text() == "Loss f against step, linear"
    assert box.toolTip().startswith("Linear axis: some values are not positive")
    assert not axis.logMode
    # the box shows what is, and what was wanted comes back
    assert not box.isChecked()
    assert not box.isEnabled()
    assert driver.action("log_loss").isChecked()
    driver.change(function="bowl", start=None)
    assert axis.logMode
    assert box.isChecked()
    assert box.isEnabled()
    driver.change(function="x^2 + y^2 - 2", start=None)
    driver.action("log_loss").trigger()
    assert loss.head.axis_name.text() == "Loss f against step"
    driver.change(function="bowl", start=None)
    assert not axis.logMode
    assert not box.isChecked()
    driver.click("log_loss")
    assert axis.logMode
    assert driver.action("log_loss").isChecked()


def test_where_no_run_has_a_value_the_axis_has_no_numbers(open_window):
    lost = gdsim.Experiment("log(x)", start=(-1.0,), steps=50, optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")))
    driver = open_window(lost)
    loss = driver.window.loss
    axis = loss.plot.getPlotItem().getAxis("left")
    assert [cut_text(cut) for cut in loss.cuts.cuts] == ["undefined at step 0"] * 2
    assert not axis.style["showValues"]
    assert not axis.logMode
    assert loss.head.axis_name.text() == "Loss f against step"
    assert "every run starts where there is no value" in loss.head.logarithmic.toolTip()
    grabbed = loss.plot.grab()
    for key in ("gd", "adam"):  # a cross tells whose it is
        assert count(grabbed, optimizer_color(key, LIGHT)) > 3
    left = pixels(loss.plot.grab().toImage())[:, : int(loss.plot.box.sceneBoundingRect().left()) - 6]
    assert colours_of(left) == 1  # nothing stands beside the plot
    driver.change(start=(2.0,))
    assert axis.style["showValues"]


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_run_that_grows_is_seen(open_window, logarithmic):
    wild = gdsim.Experiment("bowl", start=(1.0, 1.0), steps=60, learning_rate=1.1, optimizers=(gdsim.Entry("gd"),))
    driver = open_window(wild)
    driver.window.player.to_end()
    loss = driver.window.loss
    loss.head.logarithmic.setChecked(logarithmic)
    QApplication.processEvents()
    grabbed = loss.plot.viewport().grab()
    assert count(grabbed, optimizer_color("gd", LIGHT)) > grabbed.height() / 2


def test_arrows_are_drawn_in_the_colour_of_their_optimizer(open_window):
    experiment = gdsim.Experiment(
        "bowl",
        start=(1.0, 1.0),
        steps=100,
        optimizers=(gdsim.Entry("gd", {"learning_rate": 1.2}), gdsim.Entry("adam", {"learning_rate": 0.1})),
    )
    driver = open_window(experiment)
    driver.window.player.to_end()
    loss = driver.window.loss
    (cut,) = loss.cuts.seen()
    assert cut_text(cut) == show(float(driver.race.losses[-1, 0, 0]), 2)
    QApplication.processEvents()
    color = optimizer_color("gd", LIGHT)
    shown = pixels(loss.plot.viewport().grab().toImage()).astype(int)
    loss.cuts.setVisible(False)
    other = (shown != pixels(loss.plot.viewport().grab().toImage())).any(axis=-1)
    assert (np.abs(shown[other] - [color.red(), color.green(), color.blue()]).max(axis=-1) <= 6).sum() > 10
    loss.cuts.setVisible(True)
    driver.click("legend.gd")
    assert loss.cuts.seen() == []
    driver.change(steps=50)
    assert loss.cuts.seen() == []


def test_arrows_with_the_same_number_near_each_other_share_it(app):
    cuts = [
        Cut(o, 0, step, False, value)
        for o, (step, value) in enumerate([(1, 5.21e-55), (2, 5.18e-55), (2, 3e-20), (90, 5.2e-55)])
    ]
    groups = together(cuts, [10.0, 20.0, 20.0, 300.0], 40.0)
    assert groups == [([cuts[0], cuts[1]], 10.0), ([cuts[2]], 20.0), ([cuts[3]], 300.0)]
