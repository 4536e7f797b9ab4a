"""A full disk: the window says so, the old file is as it was, and what is not saved stays unsaved."""

import errno
import os

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog

from gdsim.storage.programs.gdsim_program import python_code

FULL = os.strerror(errno.EFBIG)
SIZE = QSize(400, 320)


def kinds(window):
    """By name of the file: what writes it."""
    away = window.export_menu
    return {
        "race.json": window.files.save_to,
        "runs.csv": away.write_table,
        "iterates.csv": away.write_iterates,
        "iterates.npz": away.write_iterates,
        "picture.png": lambda path: away.write_picture(path, "landscape", SIZE),
        "picture.svg": lambda path: away.write_picture(path, "landscape", SIZE),
        "window.svg": lambda path: away.write_picture(path, "window", SIZE),
        "program.py": lambda path: away.write_program(path, python_code),
    }


def test_every_kind_of_file(lasting, tmp_path, full_disk):
    lasting.type("steps", "70")
    lasting.wait_for_race()
    folder = tmp_path / "mine"
    folder.mkdir()
    for room in (0, 100):
        for name, write in kinds(lasting.window).items():
            path = folder / name
            path.write_bytes(b"old")
            lasting.window.session.say("")
            with full_disk(room):
                write(path)
            assert lasting.message == f"Cannot write {path}: {FULL}."
            assert path.read_bytes() == b"old"
            assert not lasting.window.document.is_saved
            assert lasting.window.document.path is None
    assert sorted(os.listdir(folder)) == sorted(kinds(lasting.window))
    for name, write in kinds(lasting.window).items():  # and there is room again
        write(folder / name)
        assert lasting.message == f"Saved to {folder / name}."
        assert len((folder / name).read_bytes()) > 100
    assert lasting.window.document.is_saved


def test_saving_with_a_dialog(lasting, tmp_path, full_disk, monkeypatch):
    lasting.type("steps", "70")
    path = tmp_path / "race.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with full_disk():
        lasting.action("save").trigger()
    assert lasting.message == f"Cannot write {path}: {FULL}."
    assert not path.exists()
    assert lasting.window.isWindowModified()
