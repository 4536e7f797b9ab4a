"""Tests of what a move of the mouse sets going while the start is dragged: nothing old is left on screen."""

from collections import Counter

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from gdsim.desktop.compute import races
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.number_axis import NumberAxis

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Watch(QObject):
    """Counts events by kind and receiver."""

    def __init__(self, app):
        super().__init__()
        self.app, self.counts = app, Counter()

    def __enter__(self):
        self.app.installEventFilter(self)
        return self

    def __exit__(self, *_):
        self.app.removeEventFilter(self)

    def eventFilter(self, watched, event):
        self.counts[event.type(), watched] += 1
        return False

    def of(self, kind):
        return {watched: n for (k, watched), n in self.counts.items() if k == kind}


@pytest.fixture
def dragged(driver, monkeypatch):
    """The start is held by the mouse, and has been moved a little; its races are short, however busy the machine is."""
    monkeypatch.setattr(races, "_SHORT", 10.0)
    driver.wait_for_surface()
    viewport = driver.viewport
    plot = driver.window.landscape.plot
    driver.at = plot.mapFromScene(plot.box.mapViewToScene(QPointF(*driver.experiment.objective.start)))
    QTest.mouseMove(viewport, driver.at)
    QTest.mousePress(viewport, LEFT, NONE, driver.at)
    move(driver, 12, 9)
    yield driver
    QTest.mouseRelease(viewport, LEFT, NONE, driver.at)


def move(driver, right, down):
    """Move the mouse, and let the window do what there is to do."""
    driver.at = driver.at + QPoint(right, down)
    QTest.mouseMove(driver.viewport, driver.at)
    settle()


def settle():
    for _ in range(5):
        QApplication.processEvents()


def test_with_each_move_the_race_is_there_and_painted_once(app, dragged):
    window = dragged.window
    assert not window.session.worker.asked
    for k in range(3):
        before = dragged.race
        dragged.at = dragged.at + QPoint(-4, -3 - k)
        with Watch(app) as watch:
            QTest.mouseMove(dragged.viewport, dragged.at)
            race = dragged.race
            assert race is not before
            assert tuple(race.positions[0, 0, :, 0]) == dragged.experiment.start
            settle()
        assert dragged.race is race
        painted = watch.of(QEvent.Type.Paint)
        assert painted[dragged.viewport] == 1
        assert painted[window.loss.plot.viewport()] == 1
        np.testing.assert_array_equal(race.positions, dragged.experiment.run().positions)


def test_nothing_is_laid_out_or_said_again_with_each_move(app, dragged):
    settle()
    with Watch(app) as watch:
        move(dragged, 6, 5)
    assert not [w for w in watch.of(QEvent.Type.LayoutRequest) if w is dragged.window]
    assert not watch.of(QEvent.Type.PaletteChange)
    rows = {w.objectName() for w in watch.of(QEvent.Type.ToolTipChange)}
    assert not [name for name in rows if name.endswith(".own") or name.startswith("legend.")]
    shown = {w.objectName() for w in watch.of(QEvent.Type.Paint)}
    assert {"start_x", "start_y"} <= shown
    assert not shown & {"steps", "seed", "restarts", "learning_rate", "function"}
    assert not QToolTip.isVisible()


def on_screen(window):
    """The pixels of what follows a drag at once: forms, landscape, curves; the table takes its time."""
    image = window.screen().grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)
    parts = (window.parameters, window.landscape, window.loss)
    places = [QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]
    return np.concatenate([pixels[r.top() : r.bottom() + 1, r.left() : r.right() + 1].reshape(-1, 3) for r in places])


def paint_anew(window):
    """Forget all that was kept of what is painted."""
    for plot in (window.landscape.plot, window.loss.plot):
        for item in plot.items():
            if isinstance(item, Layer):
                item._picture = None
                item.renew()
            if isinstance(item, NumberAxis):
                item.picture = None
        plot.resetCachedContent()
    window.repaint()
    for plot in (window.landscape.plot, window.loss.plot):
        plot.viewport().repaint()


@pytest.mark.parametrize("released", [False, True], ids=["held", "let go"])
def test_what_is_on_screen_is_all_new(dragged, released):
    window = dragged.window
    before = on_screen(window)
    for _ in range(4):
        move(dragged, 10, 4)
    if released:
        QTest.mouseRelease(dragged.viewport, LEFT, NONE, dragged.at)
    settle()
    shown = on_screen(window)
    assert (shown != before).any(axis=-1).mean() > 0.01
    paint_anew(window)
    settle()
    # what is blended in one step or in two differs in the last bits
    assert np.abs(on_screen(window) - shown).max() <= 3


def test_what_is_dragged_looks_as_if_it_had_always_been_there(open_window, dragged):
    for _ in range(4):
        move(dragged, 10, 4)
    QTest.mouseRelease(dragged.viewport, LEFT, NONE, dragged.at)
    dragged.window.player.to_end()
    other = open_window(dragged.experiment)
    other.wait_for_surface()
    other.window.player.to_end()
    pictures = []
    for driver in (dragged, other):
        QTest.mouseMove(driver.viewport, QPoint(3, 3))
        settle()
        views = (driver.window.landscape.plot, driver.window.loss.plot)
        pictures.append([view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) for view in views])
    for mine, fresh, handle in zip(*pictures, (dragged.at, None), strict=True):
        assert mine.size() == fresh.size()
        shape = mine.height(), mine.width(), 4
        a, b = (np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(int) for image in (mine, fresh))
        differ = (np.abs(a - b) > 3).any(axis=-1)
        if handle is not None:  # which may turn out otherwise by a pixel
            around = differ[handle.y() - 30 : handle.y() + 30, handle.x() - 30 : handle.x() + 30]
            assert around.sum() <= 120
            around[:] = False
        assert not differ.any()


def test_what_is_still_to_come_is_faint_from_the_first_step_to_the_last(driver):
    """Also where all is, or nothing: parts without width are taken for the whole by Qt."""

    def strength(step):
        driver.window.player.seek(step)
        image = driver.window.loss.plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
        return int(np.ptp(pixels[20:-40, 80:-20].astype(int), axis=-1).sum())  # how far from grey

    first, middle, last = strength(0), strength(20), strength(driver.race.steps)
    assert 0 < first < 0.5 * last
    assert first < middle < last
