"""Pictures, tables and programs of what the window shows."""

import base64
import csv
import dataclasses
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from driving import colours_of, count_in, pixels
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QSpinBox
from test_process import ROOT

import gdsim
from gdsim.desktop.files.export import view_names
from gdsim.desktop.files.export_dialog import ExportDialog
from gdsim.desktop.look.style import LIGHT, optimizer_color

HREF = "{http://www.w3.org/1999/xlink}href"
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = ("landscape", "side_by_side", "loss", "runs", "window")
DRAWN = ("landscape", "side_by_side", "loss")


@pytest.fixture
def shown(open_window, small):
    """The end of a race with a start and values of its own."""
    driver = open_window(dataclasses.replace(small, function="himmelblau", learning_rate=0.01))
    driver.window.store.set_value("momentum", "momentum", 0.75)
    driver.change(start=(3.0, -2.0))
    driver.window.player.to_end()
    driver.wait_for_surface()
    return driver


@pytest.mark.parametrize("beside", [False, True], ids=["overlay", "beside"])
def test_png(shown, tmp_path, beside):
    assert set(VIEWS) <= set(view_names())
    if beside:
        shown.action("side_by_side").trigger()
        shown.change(start=(-3.0, 2.0))
        QApplication.processEvents()
    for view in VIEWS:
        path = tmp_path / f"{view}.png"
        shown.window.export_menu.write_picture(path, view, QSize(900, 640))
        assert f"{view}." in shown.message
        image = QImage(str(path))
        assert (image.width(), image.height()) == (900, 640)
        assert colours_of(pixels(image)) > 30, view
        # below the title and its legend
        view_only = image.copy(0, 72, 900, 500)
        assert colours_of(pixels(view_only)) > 30, view
        if view in DRAWN:
            # it may lie over the other one, which ends in the same minimum
            assert count_in(view_only, optimizer_color("momentum", LIGHT)) > 20, view


@pytest.mark.parametrize("beside", [False, True], ids=["overlay", "beside"])
def test_a_view_that_is_not_shown_is_up_to_date(shown, tmp_path, beside):
    """A picture of one view is the same whichever the window shows."""
    window = shown.window
    view = "landscape" if beside else "side_by_side"
    if not beside:
        shown.action("side_by_side").trigger()
        shown.until(lambda: window.side_by_side.panels)
        shown.action("side_by_side").trigger()
    else:
        shown.action("side_by_side").trigger()
    shown.change(start=(-3.0, 2.0), learning_rate=0.02)
    window.export_menu.write_picture(tmp_path / "hidden.svg", view, QSize(900, 640))
    race = shown.race
    maps = [window.landscape.plot] if beside else [panel.plot for panel in window.side_by_side.panels.values()]
    assert maps
    for one in maps:
        np.testing.assert_array_equal(one.paths.shown.paths.positions, race.positions)
        assert one.heads.shown.step == window.player.shown_step


def elements(path, name):
    return list(ElementTree.parse(path).getroot().iter(SVG + name))


def test_svg(shown, tmp_path):
    for view in VIEWS:
        path = tmp_path / f"{view}.svg"
        shown.window.export_menu.write_picture(path, view, QSize(900, 640))
        assert f"{view}." in shown.message
        root = ElementTree.parse(path).getroot()
        assert root.get("viewBox") == "0 0 900 640"
        # whoever looks at it may not have the fonts: all text is drawn
        assert list(elements(path, "text")) == []
        text = " ".join(element.get("aria-label", "") for element in elements(path, "path"))
        for part in ("Himmelblau", "x²", "start (3, −2)", "seed 0", "60 steps", "η = 0.01", "β = 0.75"):
            assert part in text, (view, part)
        described = "".join(root.find(SVG + "desc").itertext())
        assert "seed 0" in described
        if view in DRAWN:
            strokes = {}
            for group in elements(path, "g"):
                lines = sum(len(group.findall(SVG + kind)) for kind in ("path", "polyline", "line"))
                strokes[group.get("stroke", "").lower()] = strokes.get(group.get("stroke", "").lower(), 0) + lines
            for key in ("gd", "momentum"):
                assert strokes.get(optimizer_color(key, LIGHT).name(), 0) > 0, (view, key)
        if view == "loss":
            # embedded pictures are the heads in the legend, or a plain ground
            for image in elements(path, "image"):
                picture = QImage.fromData(base64.b64decode(image.get(HREF).partition(",")[2]))
                assert picture.width() <= 64 or colours_of(pixels(picture)) == 1


def test_what_is_no_picture_gets_a_sentence(shown, tmp_path):
    shown.window.export_menu.write_picture(tmp_path / "picture.gif", "landscape", QSize(900, 640))
    assert "picture.gif" in shown.message
    shown.window.export_menu.write_picture(tmp_path / "nowhere" / "p.png", "landscape", QSize(900, 640))
    assert "nowhere" in shown.message
    assert list(tmp_path.iterdir()) == []


def test_the_dialog_gives_view_and_size(shown, tmp_path, monkeypatch):
    def choose(dialog):
        choice = dialog.findChild(QComboBox, "export.view")
        choice.setCurrentIndex(choice.findData("loss"))
        dialog.findChild(QSpinBox, "export.width").setValue(640)
        dialog.findChild(QSpinBox, "export.height").setValue(480)
        return 1

    monkeypatch.setattr(ExportDialog, "exec", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "loss.png"), ""))
    shown.action("export_picture").trigger()
    image = QImage(str(tmp_path / "loss.png"))
    assert (image.width(), image.height()) == (640, 480)


def test_a_picture_on_the_clipboard(shown):
    shown.action("copy_picture").trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1600, 1200)
    assert count_in(image, optimizer_color("gd", LIGHT)) > 50


def test_the_table(shown, tmp_path):
    shown.window.export_menu.write_table(tmp_path / "runs.csv")
    rows = list(csv.DictReader((tmp_path / "runs.csv").read_text(encoding="utf-8").splitlines()))
    race = shown.race
    assert [(row["optimizer"], row["run"]) for row in rows] == [
        ("gd", "0"),
        ("gd", "1"),
        ("momentum", "0"),
        ("momentum", "1"),
    ]
    assert [float(row["loss"]) for row in rows] == race.losses[-1].ravel().tolist()
    assert [float(row["x"]) for row in rows] == race.positions[-1, :, 0].ravel().tolist()


def test_iterates_are_the_race_to_the_last_bit(shown, tmp_path):
    race = shown.race
    shown.window.export_menu.write_iterates(tmp_path / "race.npz")
    with np.load(tmp_path / "race.npz") as found:
        np.testing.assert_array_equal(found["positions"], race.positions)
        np.testing.assert_array_equal(found["losses"], race.losses)
    shown.window.export_menu.write_iterates(tmp_path / "race.csv")
    rows = list(csv.DictReader((tmp_path / "race.csv").read_text(encoding="utf-8").splitlines()))
    read = np.array([[float(row[name]) for name in ("x", "y", "loss")] for row in rows])
    read = read.reshape(len(race.rules), race.runs, race.steps + 1, 3)
    np.testing.assert_array_equal(read[..., :2].transpose(2, 0, 3, 1), race.positions)
    np.testing.assert_array_equal(read[..., 2].transpose(2, 0, 1), race.losses)


def test_a_place_that_cannot_be_written_gets_a_sentence(shown, tmp_path):
    (tmp_path / "file").write_text("kept")
    for write in (shown.window.export_menu.write_table, shown.window.export_menu.write_iterates):
        shown.window.session.say("")
        write(tmp_path / "file" / "x.csv")
        assert "x.csv" in shown.message
    assert (tmp_path / "file").read_text() == "kept"


def positions_of(program, tmp_path):
    """Run a program as it stands and take its positions."""
    (tmp_path / "program.py").write_text(
        program + f"\nimport numpy\nnumpy.save({str(tmp_path / 'positions.npy')!r}, numpy.asarray(positions))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, tmp_path / "program.py"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return np.load(tmp_path / "positions.npy")


def interesting(driver):
    """Every rule, values of its own, restarts, and a start that was dragged."""
    store = driver.window.store
    for key in gdsim.OPTIMIZERS:
        store.enable(key, True)
    store.set_value("adam", "beta1", 0.8)
    store.set_value("adamw", "weight_decay", 0.1)
    driver.change(function="ravine", start=(-2.25, 0.75), restarts=3, seed=5, learning_rate=0.01, steps=80)


def test_the_copied_program_takes_the_same_paths(driver, tmp_path):
    interesting(driver)
    driver.action("copy_python").trigger()
    assert driver.message == "The program is on the clipboard."
    found = positions_of(QGuiApplication.clipboard().text(), tmp_path)
    np.testing.assert_array_equal(found, driver.race.positions)


@pytest.mark.torch
def test_the_copied_torch_program_takes_the_same_paths(driver, tmp_path):
    pytest.importorskip("torch")
    interesting(driver)
    driver.action("copy_torch").trigger()
    found = positions_of(QGuiApplication.clipboard().text(), tmp_path)
    np.testing.assert_allclose(found, driver.race.positions, rtol=0, atol=1e-9)


def test_without_optimizers_there_is_no_program(driver):
    for key in ("gd", "momentum"):
        driver.window.store.enable(key, False)
    driver.wait_for_race()
    QGuiApplication.clipboard().setText("before")
    for name in ("copy_python", "copy_torch"):
        driver.window.session.say("")
        driver.action(name).trigger()
        assert "switch one on" in driver.message
    assert QGuiApplication.clipboard().text() == "before"


@pytest.mark.parametrize(("name", "copy"), [("save_python", "copy_python"), ("save_torch", "copy_torch")])
def test_a_program_is_saved_as_it_is_copied(driver, tmp_path, monkeypatch, name, copy):
    path, suggested = tmp_path / "program", []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (suggested.append(a[2]), (str(path), ""))[1])
    driver.action(name).trigger()
    assert driver.message == f"Saved to {path}.py."
    driver.action(copy).trigger()
    assert path.with_suffix(".py").read_text(encoding="utf-8") == QGuiApplication.clipboard().text()
    assert suggested[0].startswith("bowl")
    assert suggested[0].endswith(".py")
    # what cannot be written, and an experiment that is no program, leave what is there
    before = path.with_suffix(".py").read_bytes()
    for key in ("gd", "momentum"):
        driver.window.store.enable(key, False)
    driver.action(name).trigger()
    assert "switch one on" in driver.message
    assert path.with_suffix(".py").read_bytes() == before
    path = tmp_path / "nowhere" / "program.py"
    driver.window.store.enable("gd", True)
    driver.action(name).trigger()
    assert "nowhere" in driver.message


def test_letters_of_an_svg_are_as_large_as_in_the_window(shown, tmp_path):
    path = tmp_path / "loss.svg"
    shown.window.export_menu.write_picture(path, "loss", QSize(900, 1200))
    drawn = [letters for letters in elements(path, "path") if letters.get("aria-label") == "Momentum"][-1]
    xs = [float(number) for number in re.findall(r"[MLC ](-?[\d.]+) ", drawn.get("d"))]
    wanted = shown.widget("legend.momentum").fontMetrics().horizontalAdvance("Momentum")
    assert max(xs) - min(xs) == pytest.approx(wanted, rel=0.08)
