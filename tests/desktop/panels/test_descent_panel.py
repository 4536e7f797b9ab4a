"""Direction, schedule, clipping, gradient and noise in the window."""

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDockWidget, QLabel, QLineEdit, QPushButton, QSlider
from test_panels import assert_shows

import gdsim
from gdsim.objectives import CentralDifference, Exact, ForwardDifference
from gdsim.optimizers import SCHEDULES, Constant, Cosine, Exponential, StepDecay
from gdsim.simulation.sampling.rates import has_schedule, rates_of


def pick(driver, name, key):
    """Take a line of a list with the keyboard."""
    box = driver.focus(driver.widget(name, QComboBox))
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(key)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == key


def entry(driver, key):
    listed = (e for e in driver.experiment.optimizers if e.key == key)
    return next(listed, gdsim.Entry(key, enabled=False))


@pytest.fixture
def more(driver):
    """The window with the small race and the fold open."""
    assert driver.window.findChild(QComboBox, "schedule") is None
    driver.click("more")
    return driver


def test_ascent_turns_the_race_and_its_words(open_window):
    driver = open_window(gdsim.Experiment("himmelblau", start=(0.5, -0.5), steps=300, learning_rate=0.01))
    driver.window.player.to_end()
    low = driver.race.losses[-1, 0, 0]
    driver.click("more")
    driver.click(driver.widget("direction", QCheckBox))
    assert driver.experiment.ascent
    assert_shows(driver)
    assert driver.race.losses[-1, 0, 0] > low
    row = driver.window.runs.tree.topLevelItem(0)
    driver.until(lambda: "maximum" in row.text(3))
    assert row.text(0) == driver.widget("gd", QCheckBox).text() == driver.text("legend.gd") == "Gradient ascent"
    driver.action("undo").trigger()
    driver.wait_for_race()
    driver.until(lambda: "maximum" not in row.text(3))
    assert row.text(0) == driver.text("legend.gd") == "Gradient descent"
    assert not driver.widget("direction", QCheckBox).isChecked()


def test_the_fold_opens_by_itself_and_tells_what_it_hides(driver):
    window = driver.window
    facts = driver.widget("more.facts", QLabel)
    driver.change(noise=0.5, clip=2.0)
    assert driver.widget("noise", QLineEdit).isVisible()
    driver.click("more")
    assert facts.isVisible()
    assert facts.text() == "c 2, σ 0.5"
    # who folded it again wants it so
    driver.change(noise=0.25)
    assert not driver.widget("noise", QLineEdit).isVisible()
    window.store.reset()
    driver.wait_for_race()
    assert not facts.isVisible()
    driver.change(direction="ascent")
    assert driver.widget("direction", QCheckBox).isVisible()
    assert driver.widget("direction", QCheckBox).isChecked()


def test_every_schedule_can_be_chosen_and_its_values_typed(more):
    plain = more.race.positions
    loss = more.window.loss
    assert loss.rates is None
    for key, kind in SCHEDULES.items():
        pick(more, "schedule", key)
        if key == "constant":
            assert more.experiment.schedule is None
            continue
        assert more.experiment.schedule == kind()
        for hyper in kind.hypers():
            name = f"schedule.{hyper.name}"
            if isinstance(hyper.default, bool):
                more.widget(name, QCheckBox).click()
                assert getattr(more.experiment.schedule, hyper.name) is not hyper.default
                continue
            line = more.type(name, "-1")
            assert hyper.name in error_of_slider(line)
            QTest.keyClick(line, Qt.Key.Key_Escape)
            value = 7 if isinstance(hyper.default, int) else 0.02
            more.type(name, f"{value}")
            assert getattr(more.experiment.schedule, hyper.name) == value
            assert type(getattr(more.experiment.schedule, hyper.name)) is type(hyper.default)
        assert_shows(more)
        assert loss.rates.isVisible()
        if key != "plateau":  # a bowl has none
            assert (more.race.learning_rates(0) != 0.05).any()
            assert (more.race.positions != plain).any()
    pick(more, "schedule", "constant")
    more.wait_for_race()
    assert more.experiment.schedule is None
    assert not loss.rates.isVisible()
    np.testing.assert_array_equal(more.race.positions, plain)


def error_of_slider(line):
    return line.parentWidget().error.text()


def test_whole_numbers_are_dragged(more):
    pick(more, "schedule", "step")
    undo = more.window.store.place
    slider = more.widget("schedule.every.slider", QSlider)
    more.slide(slider, slider.value() - 60)
    every = more.experiment.schedule.every
    assert isinstance(every, int)
    assert 1 <= every < 100
    assert more.text("schedule.every") == str(every)
    assert more.window.store.place == undo + 1
    more.key(Qt.Key.Key_Home)
    assert_shows(more)


def test_an_optimizer_has_a_schedule_and_a_clipping_of_its_own(more):
    plain = more.race.positions
    more.click("momentum.fold")
    pick(more, "momentum.schedule", "exponential")
    more.type("momentum.schedule.gamma", "0.9")
    more.type("momentum.clip", "0.5")
    assert (entry(more, "momentum").schedule, entry(more, "momentum").clip) == (Exponential(gamma=0.9), 0.5)
    assert_shows(more)
    np.testing.assert_array_equal(more.race.positions[:, 0], plain[:, 0])
    assert (more.race.positions[:, 1] != plain[:, 1]).any()
    assert more.text("momentum.own") == "η 0.05  η(t)  …"
    assert more.widget("momentum.own").toolTip().endswith("Its own, too: η(t), c 0.5.")
    # what is shared does not reach it
    own = more.race.positions[:, 1]
    pick(more, "schedule", "cosine")
    more.type("clip", "0.25")
    assert_shows(more)
    np.testing.assert_array_equal(more.race.positions[:, 1], own)
    assert (more.race.positions[:, 0] != plain[:, 0]).any()
    rates = rates_of(more.race)
    assert rates.logarithmic
    assert len(more.window.loss.rates.lines) == 2
    for name in ("clip", "schedule.gamma"):
        line = more.type(f"momentum.{name}", "-1")
        assert error_of_slider(line)
        QTest.keyClick(line, Qt.Key.Key_Escape)
    more.click("momentum.clip.follow")
    assert entry(more, "momentum").clip is None
    assert more.text("momentum.clip") == "0.25"
    pick(more, "momentum.schedule", "")
    assert entry(more, "momentum").schedule is None
    pick(more, "momentum.schedule", "constant")
    more.type("momentum.clip", "0")
    assert entry(more, "momentum").schedule == Constant()
    assert_shows(more)
    np.testing.assert_array_equal(more.race.positions[:, 1], plain[:, 1])
    more.click(more.widget("momentum.reset", QPushButton))
    assert entry(more, "momentum") == gdsim.Entry("momentum")
    assert more.text("momentum.own") == "η 0.05, shared"
    more.wait_for_race()


def test_gradient_modes_and_h(more):
    exact = more.race.positions
    line = more.widget("gradient_h", QLineEdit)
    assert not line.isVisible()
    pick(more, "gradient", "forward")
    assert more.experiment.gradient == ForwardDifference(1e-4)
    assert line.isVisible()
    assert_shows(more)
    assert (more.race.positions != exact).any()
    more.type("gradient_h", "1e-2")
    pick(more, "gradient", "central")
    assert more.experiment.gradient == CentralDifference(1e-2)
    slider = more.widget("gradient_h.slider", QSlider)
    more.slide(slider, slider.value() - 300)
    assert 1e-7 < more.experiment.gradient.h < 1e-4
    more.key(Qt.Key.Key_End)
    line = more.type("gradient_h", "5")
    assert "1e-12 to 1" in line.parentWidget().error.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    pick(more, "gradient", "exact")
    assert more.experiment.gradient == Exact()
    assert not line.isVisible()
    more.wait_for_race()
    np.testing.assert_array_equal(more.race.positions, exact)


def test_noise_is_seeded_and_all_of_it_travels_in_a_file(more, tmp_path):
    plain = more.race.positions
    more.type("noise", "0.2")
    assert_shows(more)
    noisy = more.race.positions
    assert (noisy != plain).any()
    more.change(seed=more.experiment.seed + 1)
    assert (more.race.positions[:, :, :, 0] != noisy[:, :, :, 0]).any()
    more.change(seed=more.experiment.seed - 1)
    np.testing.assert_array_equal(more.race.positions, noisy)
    pick(more, "schedule", "cosine")
    more.type("schedule.final", "0.1")
    more.type("clip", "3")
    pick(more, "gradient", "central")
    more.click(more.widget("direction", QCheckBox))
    more.click("gd.fold")
    pick(more, "gd.schedule", "step")
    more.wait_for_race()
    before, race = more.experiment, more.race
    assert before.schedule == Cosine(final=0.1)
    assert entry(more, "gd").schedule == StepDecay()
    more.window.document.save(tmp_path / "all.json")
    more.window.store.reset()
    more.wait_for_race()
    more.window.files.open_path(tmp_path / "all.json")
    assert more.experiment == before
    more.wait_for_race()
    np.testing.assert_array_equal(more.race.positions, race.positions)
    assert more.text("noise") == "0.2"
    assert more.widget("gd.schedule", QComboBox).currentData() == "step"


def test_what_is_shown_of_learning_rates():
    still = gdsim.Experiment("bowl", steps=50, tolerance=0).run()
    assert not has_schedule(still)
    falling = gdsim.Experiment(
        "bowl", steps=5000, tolerance=0, learning_rate=0.1, schedule=Exponential(gamma=0.99)
    ).run()
    assert has_schedule(falling)
    rates = rates_of(falling)
    assert rates.logarithmic
    assert len(rates.steps) <= 2000
    assert (rates.steps[0], rates.steps[-1]) == (1, 5000)
    np.testing.assert_allclose(rates.heights[0], -1)
    wave = rates_of(gdsim.Experiment("bowl", steps=100, learning_rate=0.1, schedule=Cosine()).run())
    assert not wave.logarithmic
    nothing = rates_of(gdsim.Experiment("bowl", steps=100, learning_rate=0.0, schedule=Cosine()).run())
    assert nothing.span[0] < nothing.span[1]


TABLE = {
    "0.1": "[-6.11110793e-10, 8.14814391e-10]",
    "10": "[-2.58983747e+13, -1.29524862e+12]",
    "1e-10": "[-2.99999994, 3.99999992]",
}


def test_the_textbook_table_and_the_valley(open_window):
    driver = open_window(gdsim.Experiment("bowl", start=(-3, 4), steps=100, tolerance=0, learning_rate=0.1))
    window = driver.window
    window.player.seek(0)
    dock = driver.widget("numerical_gradient_dock", QDockWidget)
    dock.toggleViewAction().trigger()
    QApplication.processEvents()
    view = dock.view
    assert not view.marker.isVisible()
    driver.click("use_central")
    assert driver.experiment.gradient == CentralDifference(1e-4)
    assert driver.widget("gradient_h").isVisible()
    for rate, end in TABLE.items():
        driver.type("learning_rate", rate)
        driver.wait_for_race()
        assert driver.text("numerical.end") == f"end: {end}"
    driver.type("learning_rate", "0.1")
    driver.change(start=(3.0, 4.0))
    driver.until(lambda: driver.text("numerical.exact.0") == "6.0000000")
    assert driver.text("numerical.exact.1") == "8.0000000"
    assert float(driver.text("numerical.numerical.0")) == pytest.approx(6, abs=1e-7)
    assert not driver.widget("use_central").isVisible()
    # the marker is dragged: one step back
    assert view.marker.isVisible()
    assert view.marker.value() == pytest.approx(-4)
    place = window.store.place
    plot = view.valley
    begin, goal = (
        plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, np.mean(plot.box.viewRange()[1])))) for x in (-4, -9)
    )
    QTest.mouseMove(plot.viewport(), begin)
    QTest.mousePress(plot.viewport(), LEFT, NONE, begin)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(plot.viewport(), begin + (goal - begin) * share)
        QApplication.processEvents()
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, goal)
    assert driver.experiment.gradient.h == pytest.approx(1e-9, rel=0.5)
    assert window.store.place == place + 1
    driver.wait_for_race()
    # along the run, and where nobody runs
    window.player.seek(50)
    driver.until(lambda: "step 50" in driver.text("numerical.where"))
    x, errors = view.along.curves[0].getData()
    assert (x[0], x[-1]) == (0, 100)
    assert np.isfinite(errors).all()
    driver.click(driver.widget("gd", QCheckBox))
    driver.wait_for_race()
    assert driver.text("numerical.end") == ""
    driver.click(driver.widget("adam", QCheckBox))
    driver.wait_for_race()
    driver.until(lambda: "Adam" in driver.text("numerical.where"))
    # of one variable there is one derivative
    driver.change(function="square", start=None)
    driver.until(lambda: driver.text("numerical.exact.1") == "")
    assert driver.text("numerical.error.0") != ""
    assert driver.text("numerical.end").startswith("end: [")
