"""View > Basins: the map under the paths, which follows all that is turned."""

import numpy as np
import pytest
from driving import LEFT, NONE, pixels
from PySide6.QtCore import QPoint, QPointF, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSlider

import gdsim
from gdsim.desktop.files.export import picture_of
from gdsim.desktop.look.basin_colours import basin_shades
from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.state import map_sizes
from gdsim.simulation.maps.api import basins_of
from gdsim.storage.files import load


@pytest.fixture(autouse=True)
def _soon_fine(monkeypatch):
    """The finest map is there sooner: it has a quarter of the pixels."""
    monkeypatch.setattr(map_sizes, "MOST", 256)


@pytest.fixture
def himmelblau():
    entries = (gdsim.Entry("gd"), gdsim.Entry("momentum"))
    return gdsim.Experiment(
        function="himmelblau", optimizers=entries, steps=150, learning_rate=0.01, start=(0.0, -3.0), momentum=0.9
    )


@pytest.fixture
def mapped(open_window, himmelblau):
    return with_map(open_window(himmelblau))


def with_map(driver):
    driver.window.player.seek(0)
    driver.wait_for_surface()
    driver.action("basins").setChecked(True)
    settle(driver)
    return driver


def maps_of(driver):
    return driver.window.session.basin_maps


def settle(driver):
    """Until all maps are of what is set, and as fine as they get."""
    maps, session = maps_of(driver), driver.window.session

    def done():
        basins = session.scene.basins
        fresh = basins is not None and set(basins.maps) == set(maps._wanted) and not maps._is_any_old
        return fresh and maps._job is None and not maps._later.isActive()

    driver.until(done, 30_000)
    QApplication.processEvents()
    return session.scene.basins


def shown_colours(driver):
    """The map's own colours among those of the landscape's pixels."""
    picture = pixels(driver.window.landscape.plot.grab().toImage()).reshape(-1, 3).astype(int)
    return [int((np.abs(picture - basin_shades(k, False)[32, :3]).max(-1) < 20).sum()) for k in range(4)]


def test_it_is_put_on_and_off(mapped):
    landscape = mapped.window.landscape
    assert landscape.plot.basins.isVisible()
    assert not landscape.colour_bar.isVisible()
    assert landscape.basin_legend.isVisible()
    assert min(shown_colours(mapped)) > 500
    mapped.action("basins").setChecked(False)
    QApplication.processEvents()
    assert mapped.window.session.scene.basins is None
    assert not landscape.plot.basins.isVisible()
    assert landscape.colour_bar.isVisible()
    assert not landscape.basin_legend.isVisible()
    assert max(shown_colours(mapped)) < 500


def test_the_landscape_is_as_it_was_before(open_window, himmelblau):
    driver = open_window(himmelblau)
    driver.window.player.seek(0)
    driver.wait_for_surface()
    QApplication.processEvents()
    before = pixels(driver.window.landscape.plot.grab().toImage())
    with_map(driver)
    driver.action("basins").setChecked(False)
    driver.wait_for_surface()
    driver.until(lambda: np.array_equal(before, pixels(driver.window.landscape.plot.grab().toImage())))


def test_a_switch_is_remembered(open_lasting, himmelblau):
    driver = with_map(open_lasting(himmelblau))
    driver.window.close()
    again = open_lasting(himmelblau)
    assert again.action("basins").isChecked()
    settle(again)


def test_every_pixel_is_the_race_from_there(mapped):
    basins = maps_of(mapped).seen.map
    course = basins_of(mapped.experiment, mapped.experiment.racing[0].id, basins.grid)
    assert np.array_equal(basins.steps, course.steps)
    assert np.array_equal(basins.minimum, course.minimum)


def test_it_follows_a_rate_that_is_dragged(mapped):
    slider, seen = mapped.widget("learning_rate.slider", QSlider), []
    mapped.window.session.shown.connect(lambda: seen.append(maps_of(mapped).seen))
    before = maps_of(mapped).seen
    at = mapped.slide(slider, slider.value() + 40, release=False)
    rate = mapped.experiment.lanes[0].rate
    assert rate != before.drawn.asked.lane.rate
    mapped.until(lambda: maps_of(mapped).seen.drawn.asked.lane.rate == rate)
    QTest.mouseRelease(slider, LEFT, NONE, at)
    after = settle(mapped).seen
    assert not np.array_equal(after.map.steps, before.map.steps)
    # a coarse one first
    sizes = [each.drawn.size for each in seen if each is not None and each.drawn.asked == after.drawn.asked]
    assert sizes == sorted(sizes)
    assert min(sizes) <= 128 < max(sizes)


@pytest.mark.parametrize(
    "change", [{"steps": 20}, {"tolerance": 1e-2}, {"direction": "ascent"}, {"noise": 0.5}, {"clip": 1.0}]
)
def test_it_follows_whatever_is_set(mapped, change):
    mapped.change(**change)
    after = settle(mapped).seen.map
    expected = basins_of(mapped.experiment, mapped.experiment.racing[0].id, after.grid)
    assert np.array_equal(after.shown, expected.shown)


def test_it_is_of_what_is_in_view_and_of_the_chosen_optimizer(mapped):
    mapped.wheel(mapped.viewport.rect().center(), 3)
    grid, (left, right, bottom, top) = settle(mapped).seen.map.grid, mapped.window.landscape.view()
    assert left < grid.x[0] < grid.x[-1] < right
    assert grid.x[1] - grid.x[0] == pytest.approx((right - left) / len(grid.x))
    assert grid.y[1] - grid.y[0] == pytest.approx((top - bottom) / len(grid.y))
    mapped.window.session.selection.choose("momentum")
    basins = settle(mapped)
    assert basins.key == "momentum"
    assert basins.seen.map.lane == mapped.experiment.lanes[1]
    assert mapped.window.landscape.basin_legend.title == "Momentum"


def test_what_changes_nothing_of_it_draws_nothing(mapped):
    before = maps_of(mapped).seen
    mapped.change(restarts=3)
    mapped.window.player.seek(20)
    assert settle(mapped).seen is before


def test_a_click_puts_the_start_on_the_pixel(mapped):
    at = mapped.pixel(2.5, -3.5)
    QTest.mouseClick(mapped.viewport, LEFT, NONE, at)
    mapped.wait_for_race()
    seen, start = maps_of(mapped).seen, mapped.experiment.start
    assert start == seen.start_at(*mapped.point(at))
    assert start == pytest.approx((2.5, -3.5), abs=0.05)
    # the pixel has told how the race from there ends
    row, column = seen.pixel_at(*start)
    assert mapped.race.ended[0, 0] == seen.map.steps[row, column]
    mapped.action("undo").trigger()
    assert mapped.experiment.start == (0.0, -3.0)


def test_a_drag_pans(mapped):
    view, at = mapped.window.landscape.view(), mapped.pixel(2.5, -3.5)
    mapped.press(at)
    for k in range(1, 6):
        mapped.move(at + QPoint(8 * k, 0))
    mapped.release(at + QPoint(40, 0))
    assert mapped.experiment.start == (0.0, -3.0)
    assert mapped.window.landscape.view()[0] < view[0]


def test_without_a_map_a_click_does_nothing(mapped):
    mapped.action("basins").setChecked(False)
    QTest.mouseClick(mapped.viewport, LEFT, NONE, mapped.pixel(2.5, -3.5))
    assert mapped.experiment.start == (0.0, -3.0)


def test_what_is_under_the_mouse_is_read_out(mapped):
    seen, landscape = maps_of(mapped).seen, mapped.window.landscape
    mapped.hover(mapped.viewport, mapped.pixel(3.0, 2.5))
    steps = seen.map.steps[seen.pixel_at(*mapped.point(mapped.pixel(3.0, 2.5)))]
    assert landscape.reading.text().endswith(f"→ minimum 1 after {steps} steps")
    tip = landscape.plot.tip_at(landscape.plot.mapToScene(mapped.pixel(3.6, 3.5)))
    assert "Gradient descent from here: minimum 1 after" in tip
    assert "(3.000, 2.000)" in tip


def test_the_legend_tells_all_shares(mapped):
    legend, basins = mapped.window.landscape.basin_legend, maps_of(mapped).seen.map
    assert legend.title == "Gradient descent"
    told = " ".join(legend.lines)
    for place, share in zip(
        ("(3.00, 2.00)", "(−2.81, 3.13)", "(−3.78, −3.28)", "(3.58, −1.85)"), basins.shares, strict=True
    ):
        assert f"{place}: {100 * share:.1f} %" in told
    assert told in legend.accessibleDescription().replace(";", "")
    mapped.change(learning_rate=0.05)
    settle(mapped)
    assert legend.lines[-1].startswith("diverged: ")


def test_side_by_side_has_a_map_an_optimizer(mapped):
    mapped.action("side_by_side").trigger()
    basins = settle(mapped)
    assert list(basins.maps) == ["gd", "momentum"]
    panels = mapped.window.side_by_side.panels
    for key, panel in panels.items():
        assert panel.plot.basins.seen is basins.maps[key]
        assert panel.shares.isVisible()
    # in the same colours
    assert basins.maps["gd"].colours == basins.maps["momentum"].colours
    plot = panels["momentum"].plot
    at = plot.mapFromScene(plot.box.mapViewToScene(QPointF(1.0, 1.0)))
    QTest.mouseClick(plot.viewport(), LEFT, NONE, at)
    assert mapped.experiment.start == pytest.approx((1.0, 1.0), abs=0.1)
    mapped.action("basins").setChecked(False)
    assert all(panel.plot.basins.seen is None and not panel.shares.isVisible() for panel in panels.values())


def test_a_function_of_one_variable_has_a_band(open_window):
    entries = (gdsim.Entry("gd"),)
    experiment = gdsim.Experiment(
        function="x^4 - 4*x^2 + x", optimizers=entries, steps=150, learning_rate=0.01, start=(2.0,), bounds=((-3, 3),)
    )
    driver = with_map(open_window(experiment))
    seen = settle(driver).seen
    assert seen.map.shown.ndim == 1
    plot, legend = driver.window.landscape.plot, driver.window.landscape.basin_legend
    assert legend.isVisible()
    assert len(legend.lines) == 2
    # the curve is as wide as its slope below
    assert plot.width() == driver.window.centre.derivative.slopes.width()
    bottom = plot.mapFromScene(plot.box.mapViewToScene(QPointF(0, plot.view()[2]))).y()
    picture = plot.grab().toImage()
    left, right = (driver.pixel(x, 0).x() for x in (-2.5, 2.5))
    colours = [picture.pixelColor(x, bottom - 6).name() for x in (left, right)]
    assert colours[0] != colours[1]
    QTest.mouseClick(driver.viewport, LEFT, NONE, QPoint(left, bottom - 6))
    driver.wait_for_race()
    assert driver.experiment.start[0] == pytest.approx(-2.5, abs=0.05)


def test_of_many_variables_the_plane_that_is_seen_is_mapped(open_window):
    entries = (gdsim.Entry("gd"),)
    experiment = gdsim.Experiment(
        function="styblinski_tang", options={"dimension": 4}, optimizers=entries, steps=60, learning_rate=0.02
    )
    driver = open_window(experiment)
    plane = driver.window.session.plane
    driver.until(lambda: plane.seen is not None)
    names, shown = experiment.objective.names, experiment.objective.shown_names
    plane.choose(kind="weights", first=names[0], second=names[2])
    driver.until(lambda: plane.seen.plane.names == (shown[0], shown[2]))
    driver.action("basins").setChecked(True)
    seen = settle(driver).seen
    assert seen.map.grid.plane is plane.seen.plane
    assert seen.map.end.shape[0] == 4
    at = driver.viewport.rect().center() + QPoint(60, -50)
    x, y = driver.point(at)
    start = seen.start_at(x, y)
    QTest.mouseClick(driver.viewport, LEFT, NONE, at)
    assert driver.experiment.start == tuple(seen.map.grid.plane.points(*np.array(start)).tolist())


def test_a_long_one_is_stopped_and_what_is_done_stays(open_window):
    entries = (gdsim.Entry("gd"),)
    slow = gdsim.Experiment(function="rastrigin", optimizers=entries, steps=20_000, learning_rate=0.01, tolerance=0)
    driver = open_window(slow)
    driver.window.player.seek(0)
    driver.action("basins").setChecked(True)
    stop = driver.widget("stop_computing", QPushButton)
    driver.until(lambda: maps_of(driver).busy and stop.isVisible() and maps_of(driver).seen is not None, 30_000)
    driver.click(stop)
    driver.until(lambda: not stop.isVisible())
    assert not maps_of(driver).busy
    seen, size = maps_of(driver).seen, maps_of(driver).seen.drawn.size
    driver.qtbot.wait(300)
    assert maps_of(driver).seen.drawn.size == size
    assert seen.map.shown.shape == (size, size)
    # what is changed is drawn again
    driver.change(steps=50)
    assert settle(driver).seen.drawn.asked.steps == 50


def test_what_cannot_be_drawn_is_said(open_window, himmelblau, monkeypatch):
    driver = open_window(himmelblau)
    monkeypatch.setattr("gdsim.simulation.maps.limits.MOST_WORK", 10)
    driver.action("basins").setChecked(True)
    driver.until(lambda: "at most" in driver.message)
    assert driver.window.session.scene.basins is None
    assert driver.window.landscape.colour_bar.isVisible()
    monkeypatch.undo()
    driver.change(steps=151)
    settle(driver)
    assert driver.message == ""


def test_the_picture_has_the_map_and_says_so(mapped):
    menu = mapped.window.export_menu
    words = menu.words("landscape")
    assert "Colours: the minimum that Gradient descent ends in from each start" in words.caption
    image = picture_of(mapped.window.view_named("landscape"), words, QSize(900, 700), LIGHT)
    found = pixels(image).reshape(-1, 3).astype(int)
    for k in range(4):
        assert (np.abs(found - basin_shades(k, False)[32, :3]).max(-1) < 20).sum() > 500
    mapped.action("basins").setChecked(False)
    assert "Colours" not in menu.words("landscape").caption


def test_a_picture_of_landscapes_side_by_side_has_all_maps_or_none(mapped):
    window = mapped.window
    panels = window.view_named("side_by_side").panels.values()
    assert [panel.plot.basins.seen for panel in panels] == [None, None]
    assert "Colours" not in window.export_menu.words("side_by_side").caption
    mapped.action("side_by_side").trigger()
    settle(mapped)
    assert all(panel.plot.basins.seen is not None for panel in window.view_named("side_by_side").panels.values())
    assert "Colours: the minimum that each start leads to" in window.export_menu.words("side_by_side").caption


def test_many_minima_are_told_of_as_far_as_there_is_room(open_window):
    many = gdsim.Experiment(function="rastrigin", optimizers=(gdsim.Entry("gd"),), steps=100, learning_rate=0.001)
    driver = with_map(open_window(many, size=(1024, 700)))
    legend = driver.window.landscape.basin_legend
    # the global one comes first, however small its share
    assert legend.lines[0].startswith("1 (0, 0): ")
    assert len(legend.lines) > 60
    legend.grab()
    assert legend.sizeHint().width() == legend.width() <= 170
    last_row = [rows for _, rows in legend._drawn][:-1]
    assert sum(map(len, last_row)) == len(legend.lines)


def test_it_is_exported_as_arrays(mapped, tmp_path):
    assert mapped.action("export_basins").isEnabled()
    mapped.window.export_menu.write_basins(tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz") as arrays:
        assert np.array_equal(arrays["steps"], maps_of(mapped).seen.map.steps)
        assert load(bytes(str(arrays["experiment"]), "utf-8")).experiment == mapped.window.store.experiment
    mapped.action("basins").setChecked(False)
    QApplication.processEvents()
    assert not mapped.action("export_basins").isEnabled()


def test_another_function_has_another_map(mapped):
    mapped.change(function="bowl", start=None)
    basins = settle(mapped)
    assert len(basins.seen.map.minima) == 1
    assert mapped.window.landscape.basin_legend.lines[0].startswith("1 (0, 0)")


def test_closing_while_it_is_drawn(open_window):
    entries = tuple(gdsim.Entry(key) for key in ("gd", "adam"))
    driver = open_window(gdsim.Experiment(function="ackley", optimizers=entries, steps=5000, tolerance=0))
    driver.action("basins").setChecked(True)
    driver.until(lambda: maps_of(driver)._job is not None)
