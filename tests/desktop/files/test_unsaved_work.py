"""Tests of what was unsaved when a window ended: kept for this person alone, and never thrown away unasked."""

import errno
import json
import os
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

import gdsim
from gdsim.desktop.files import file_menu as files_menu
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.files.recovery import offer_recovery
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.settings import Settings, state_folder
from gdsim.desktop.state.store import Store
from gdsim.storage import sources
from gdsim.storage.csv import data as csv_data
from gdsim.storage.csv.data import read_csv
from gdsim.storage.csv.dialect import dialect_of
from gdsim.storage.files import open_file, save

FULL = os.strerror(errno.EFBIG)
ROWS = "dose,ill\n1,yes\n2,no\n3,yes\n4,yes\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "tables" / "ill.csv"
    path.parent.mkdir()
    path.write_text(ROWS)
    return path


def leave(experiment):
    """End a window with unsaved changes, as by SIGTERM."""
    document = DocumentFile(Store(gdsim.Experiment()))
    document.store.replace(experiment)
    document.close(keep=True)
    return [path for path in state_folder().iterdir() if path.suffix == ".json"]


@pytest.fixture
def yes(monkeypatch):
    asked = []
    monkeypatch.setattr(QMessageBox, "question", lambda *_: asked.append(1) or QMessageBox.StandardButton.Yes)
    return asked


def forbid(table, monkeypatch):
    """Take the permission to read a table, which root would not miss."""
    plain = open

    def refuse(path, *how, **more):
        if str(path) == str(table):
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain(path, *how, **more)

    monkeypatch.setattr("builtins.open", refuse)


@pytest.mark.parametrize("why", ["too large", "forbidden", "a pipe", "gone"])
def test_a_table_that_cannot_be_read_is_asked_for(lasting, yes, table, tmp_path, monkeypatch, why):
    window = lasting.window
    window.document.left.parent.mkdir(parents=True, exist_ok=True)
    save(gdsim.Experiment("logistic", data=read_csv(table)[0], steps=77), window.document.left)
    other = table.with_name("other.csv")
    table.rename(other)
    if why == "too large":
        table.touch()
        os.truncate(table, 10**9)
    elif why == "a pipe":
        os.mkfifo(table)
    answers = [None, other]

    def ask(menu, lost):
        assert (lost.path, lost.why) == (str(table), "unreadable")
        return answers.pop(0)

    monkeypatch.setattr(FileMenu, "ask_table", ask)
    with monkeypatch.context() as patch:
        if why == "forbidden":
            table.write_text(ROWS)
            forbid(table, patch)
        offer_recovery(window.document, window.files, window.session.say, window)
        lasting.until(lambda: "is kept" in lasting.message)
        assert window.document.left.exists()
        offer_recovery(window.document, window.files, window.session.say, window)
    lasting.until(lambda: lasting.experiment.steps == 77)
    assert not window.document.left.exists()
    lasting.wait_for_race()


def test_what_cannot_be_read_at_all_is_kept_aside_and_told(lasting, yes):
    document = lasting.window.document
    document.left.write_text("{")
    offer_recovery(document, lasting.window.files, lasting.window.session.say, lasting.window)
    assert "cannot be read, and is kept as" in lasting.message
    assert document.left.with_suffix(".damaged").read_text() == "{"
    assert not yes
    assert document.recovered() is None


def test_it_is_for_nobody_else_to_read(homes, app):
    state_folder().mkdir(parents=True, mode=0o755)
    (state_folder() / "window-0.json").write_text("{}")  # of an earlier gdsim, open to all
    document = DocumentFile(Store(gdsim.Experiment()))
    document.store.change(steps=11)
    assert document.keep_copy()
    modes = {path.name: path.stat().st_mode & 0o777 for path in (state_folder(), *state_folder().glob("window-*.json"))}
    assert modes == {"unsaved": 0o700, "window-0.json": 0o600}
    document.close()


def test_a_copy_that_cannot_be_kept_is_told_once(lasting, full_disk):
    window = lasting.window
    lasting.type("steps", "70")
    assert window.document.keep_copy()
    before = window.document.copy.read_bytes()
    lasting.type("steps", "71")
    with full_disk():
        window.document.keep_copy()
        assert lasting.message == f"Cannot write {window.document.copy}: {FULL}."
        window.session.say("")
        window.document.keep_copy()
        assert lasting.message == ""
    assert window.document.copy.read_bytes() == before
    assert not window.document.is_saved


def test_what_was_left_stays_until_there_is_another_copy(homes, app, full_disk):
    leave(gdsim.Experiment(steps=77))
    document = DocumentFile(Store(gdsim.Experiment()))
    with full_disk():
        document.recover(document.recovered())
    assert document.recovered().experiment.steps == 77
    document.keep_copy()
    document.close()


def press(window, text, seen):
    def look():
        box = window.findChild(QMessageBox, "table_outside")
        seen.append(box.text())
        next(button for button in box.buttons() if button.text().replace("&", "").startswith(text)).click()

    QTimer.singleShot(0, window, look)


def test_a_table_outside_is_asked_for_and_remembered(lasting, table, tmp_path):
    window, seen = lasting.window, []
    elsewhere, before = tmp_path / "elsewhere" / "race.json", lasting.experiment
    elsewhere.parent.mkdir()
    tree = {"gdsim": 1, "function": "logistic", "steps": 50, "data": {"path": str(table)}}
    elsewhere.write_text(json.dumps(tree))
    press(window, "Cancel", seen)
    assert not window.files.open_path(elsewhere)
    assert "lies outside the folder of the experiment" in lasting.message
    assert lasting.experiment == before
    press(window, "Read", seen)
    window.files.open_path(elsewhere)
    lasting.until(lambda: lasting.experiment.steps == 50)
    lasting.wait_for_race()
    # that is known from now on
    assert Settings().knows_table(str(table))
    window.files.open_path(elsewhere)
    assert len(seen) == 2
    assert all(str(table) in text for text in seen)


def test_what_a_person_saved_or_left_does_not_ask(lasting, table, tmp_path, yes):
    window, mine = lasting.window, tmp_path / "mine" / "race.json"
    mine.parent.mkdir()
    # chosen in the window, where it was read
    window.store.replace(gdsim.Experiment("logistic", data=read_csv(table)[0], steps=60))
    window.files.save_to(mine)
    assert window.files.with_table(
        lambda other: open_file(mine, other, trusted=window.settings.knows_table), lambda found, as_saved: as_saved
    )
    window.document.left.parent.mkdir(parents=True, exist_ok=True)
    save(gdsim.Experiment("logistic", data=read_csv(table)[0], steps=61), window.document.left)
    window.settings._store.setValue("tables", "[]")
    offer_recovery(window.document, window.files, window.session.say, window)
    assert lasting.experiment.steps == 61
    lasting.wait_for_race()


def test_a_large_table_is_read_by_the_worker_whatever_asks_for_it(lasting, table, tmp_path, yes, monkeypatch):
    window, threads = lasting.window, []
    monkeypatch.setattr(files_menu, "_LARGE", 10)
    monkeypatch.setattr(csv_data, "dialect_of", lambda *given: threads.append(current_thread()) or dialect_of(*given))
    experiment = gdsim.Experiment("logistic", data=read_csv(table)[0], steps=61)
    window.document.left.parent.mkdir(parents=True, exist_ok=True)
    save(experiment, window.document.left)
    save(experiment, tmp_path / "race.json")
    assert threads.pop() is main_thread()
    sources._read_once.cache_clear()
    offer_recovery(window.document, window.files, window.session.say, window)
    assert not yes  # it is asked when it is read
    lasting.until(lambda: lasting.experiment.steps == 61)
    # with the table as it is now
    table.write_text(ROWS + "7,no\n")
    monkeypatch.setattr(FileMenu, "ask_table", lambda menu, lost: table)
    window.store.start_over(gdsim.Experiment(steps=5))
    assert window.files.open_path(tmp_path / "race.json")
    lasting.until(lambda: lasting.experiment.data is not None)
    assert len(lasting.experiment.data.rows) == len(experiment.data.rows) + 1
    assert threads
    assert main_thread() not in threads
    lasting.wait_for_race()


def test_a_table_too_large_for_a_saved_experiment_is_named_in_it(lasting, table, tmp_path, monkeypatch):
    monkeypatch.setattr("gdsim.storage.files.fits", lambda experiment: False)
    lasting.window.file_commands.tables._take(True, read_csv(table), None)
    assert lasting.experiment.data.path == str(table)
    lasting.wait_for_race()
    lasting.window.files.save_to(tmp_path / "race.json")
    assert open_file(tmp_path / "race.json").experiment == lasting.experiment
