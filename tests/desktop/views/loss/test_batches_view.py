"""Batches in the window: their loss, their epochs, their surface."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox

import gdsim
from gdsim.desktop.look.style import DARK
from gdsim.simulation.batch_losses import batch_losses


@pytest.fixture
def batches(open_window):
    """Two optimizers and a restart on logistic regression with two weights, standing still."""
    rows = tuple((x / 10, float(x + 3 * np.sin(7 * x) > 20)) for x in range(40))
    experiment = gdsim.Experiment(
        "logistic",
        data=gdsim.objectives.Source(rows=rows, held_out=0.0),
        batch=4,
        steps=60,
        restarts=1,
        tolerance=0,
        learning_rate=0.3,
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")),
    )
    driver = open_window(experiment)
    driver.window.player.seek(0)
    return driver


def shown_heights(driver):
    """The losses of batches on the plot; None if it is the restarts that are thin."""
    return None if driver.window.loss.shown.batches is None else driver.window.loss.shown.batches[1]


def wait_for_batch(driver, step):
    """Until the landscape shows the batch of a step as finely as it can."""
    ground = driver.window.session.surface_choice
    driver.until(lambda: ground.batch is not None and (ground.batch.step, ground.batch.quick) == (step, False))
    assert driver.window.landscape.plot.surface_layer.surface is ground.batch.surface
    return ground.batch


def test_loss_epochs_and_surface_of_batches(batches):
    driver, window = batches, batches.window
    loss = window.loss
    driver.until(lambda: shown_heights(driver) is not None and len(shown_heights(driver)) == 60)
    # of the run that is drawn bold, each batch where its step starts
    race = driver.race
    driver.click("log_loss")
    np.testing.assert_allclose(shown_heights(driver), batch_losses(race, [0, 0]))
    np.testing.assert_array_equal(loss.shown.batches[0], np.arange(60))
    before = np.array(loss.plot.box.viewRange())
    driver.click("batch_loss")
    assert shown_heights(driver) is None
    np.testing.assert_array_equal(loss.plot.box.viewRange(), before)
    driver.click("batch_loss")
    driver.click("log_loss")
    # on a logarithmic axis nothing is subtracted while they are seen: they may lie below the lowest full loss
    driver.until(lambda: len(shown_heights(driver)) == 60)
    np.testing.assert_allclose(shown_heights(driver), np.log10(batch_losses(race, [0, 0])))
    assert loss.head.axis_name.text() == "Loss f against step"
    driver.click("batch_loss")
    assert loss.head.axis_name.text() == "Loss f against step"
    driver.click("batch_loss")
    window.session.selection.choose("adam", 1)
    assert loss.shown.selected == "adam"
    expected = np.log10(batch_losses(race, [0, 1]))
    driver.until(lambda: len(shown_heights(driver)) == 60 and np.allclose(shown_heights(driver), expected))
    # another race: the old curves stay until the new ones are there
    driver.change(learning_rate=0.4)
    driver.until(lambda: loss.batches.known is not None and loss.batches.race is driver.race)
    # epochs: ten steps each
    loss.grab()
    assert loss.epochs.isVisible()
    assert list(loss.epochs.labels) == [10, 20, 30, 40, 50, 60]
    assert loss.epochs.labels[10] == "epoch 1"
    window.player.seek(32)
    assert driver.text("step_count") == "step 32 / 60 · epoch 3.2"
    # the surface of the batch, in place of that of all examples and on its scale
    driver.wait_for_surface()
    whole = window.landscape.plot.surface_layer.surface
    action, box = driver.action("batch_surface"), driver.widget("batch_surface", QCheckBox)
    assert action.isEnabled()
    assert box.isVisible()
    assert not box.isChecked()
    driver.click(box)
    assert action.isChecked()
    first = wait_for_batch(driver, 32)
    assert first.surface.scale == whole.scale
    # what is read under the mouse is what is seen
    driver.hover(driver.viewport, driver.viewport.rect().center())
    driver.until(lambda: "f = " in driver.text("reading"))
    assert window.landscape.read_objective is first.objective
    window.player.seek(33)
    second = wait_for_batch(driver, 33)
    assert not np.array_equal(first.surface.shades, second.surface.shades)
    assert "batch of step 33" in window.export_menu.words("landscape").caption
    window.player.seek(0)
    wait_for_batch(driver, 1)
    window.player.play()
    driver.until(lambda: window.session.surface_choice.batch.step > 10)
    window.player.pause()
    wait_for_batch(driver, max(1, window.player.step))
    # another part of the plane, then side by side
    # arrows are those of the batch, stars those of the whole
    window.session.overlays.mark(arrows=True)
    batch = wait_for_batch(driver, max(1, window.player.step))
    overlay = window.landscape.plot.gradient
    driver.until(lambda: overlay.arrows.isVisible())
    arrows = overlay.arrows.arrows
    np.testing.assert_allclose(arrows.gradients, batch.objective.gradient(arrows.points))
    assert overlay.marks.shown.batch.objective is batch.objective
    assert window.landscape.plot.stars.shown.batch is not None
    window.session.overlays.mark(arrows=False)
    driver.wheel(driver.viewport.rect().center(), 2)
    driver.until(lambda: window.session.surface_choice.batch.surface.x[0] == window.landscape.view()[0])
    window.centre.show_side_by_side()
    driver.until(
        lambda: all(
            panel.plot.surface_layer.surface is not None
            and panel.plot.surface_layer.surface is window.session.surface_choice.batch.surface
            for panel in window.side_by_side.panels.values()
        )
    )
    window.centre.prepare(window.landscape)
    window.centre.show_overlay()
    window.centre.reset_view()
    # the scale stays while an example moves or weights become more
    driver.change(seed=5)
    step = max(1, window.player.step)
    driver.until(lambda: window.session.surface_choice.batch is not None)
    wait_for_batch(driver, step)
    driver.click(box)
    driver.until(lambda: window.landscape.plot.surface_layer.surface is window.session.surface_choice.whole)
    assert window.landscape.read_objective is window.landscape.objective
    assert window.landscape.plot.stars.shown.batch is None


def test_more_weights_other_functions_and_both_themes(batches):
    driver, window = batches, batches.window
    driver.action("batch_surface").trigger()
    driver.change(function="network", data=None, options={"hidden": (3,)}, batch=50, start=None, bounds=None)
    window.player.seek(7)
    driver.until(lambda: window.session.plane.seen is not None and window.session.surface_choice.batch is not None)
    wait_for_batch(driver, 7)
    driver.until(lambda: window.session.surface_choice.batch.objective.plane is window.session.plane.seen.plane)
    assert window.centre.plane_bar.isAncestorOf(driver.widget("batch_surface", QCheckBox))
    window.appearance.set_theme(DARK)
    assert window.loss.epochs.textPen().color() == QColor(DARK.faint)
    # all examples at every step: no batches, no epochs, and the menu says why
    driver.change(batch=0)
    assert not window.loss.head.batch_loss.isVisible()
    assert not window.loss.epochs.isVisible()
    assert window.loss.epochs.maximumHeight() == 0
    assert shown_heights(driver) is None
    assert driver.text("step_count") == "step 7 / 60"
    assert not driver.widget("batch_surface", QCheckBox).isVisible()
    action = driver.action("batch_surface")
    assert not action.isEnabled()
    assert "choose a size" in action.toolTip()
    driver.until(lambda: window.landscape.plot.surface_layer.surface is window.session.surface_choice.whole)
    # a choice is kept for the next batches; a function without examples has none
    driver.change(function="himmelblau", options={}, start=None)
    driver.wait_for_surface()
    driver.change(function="linear", batch=7, start=None)
    window.player.pause()
    wait_for_batch(driver, max(1, window.player.step))
    assert driver.widget("batch_surface", QCheckBox).checkState() is Qt.CheckState.Checked
    driver.change(batch=10_000)
    assert not action.isEnabled()
