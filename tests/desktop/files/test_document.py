"""Files: new, open, save, and what a crash leaves."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from test_process import ROOT, environment, told

import gdsim
from gdsim.desktop.files.data_dialog import DataDialog
from gdsim.desktop.files.file_menu import CANCEL, DISCARD, SAVE, FileMenu
from gdsim.desktop.files.recovery import offer_recovery
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.settings import Settings, state_folder
from gdsim.desktop.state.store import Store
from gdsim.errors import GdsimError
from gdsim.storage.csv.data import read_csv
from gdsim.storage.examples import examples
from gdsim.storage.files import open_file, save
from gdsim.storage.sources import TableError


@pytest.fixture
def dialogs(monkeypatch):
    """Answers for the dialogs that ask for a path, and what they were asked."""

    class Dialogs:
        open = save = ""
        asked = ()

    def get(which):
        def answer(parent, title, start, kinds):
            Dialogs.asked = (*Dialogs.asked, (which, title, start))
            return str(getattr(Dialogs, which)), kinds

        return answer

    monkeypatch.setattr(QFileDialog, "getOpenFileName", get("open"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", get("save"))
    return Dialogs


@pytest.fixture
def race(tmp_path, small):
    """A file with another race."""
    path = tmp_path / "race.json"
    save(gdsim.Experiment(function="rosenbrock", steps=30, optimizers=(gdsim.Entry("adam"),)), path)
    return path


def title(driver):
    return driver.window.windowTitle(), driver.window.isWindowModified()


def test_open_save_and_the_title(lasting, dialogs, race, tmp_path, asked):
    driver = lasting
    assert title(driver) == ("Untitled[*] — gdsim", False)
    dialogs.open = race
    driver.action("open").trigger()
    assert driver.experiment == open_file(race).experiment
    assert title(driver) == ("race.json[*] — gdsim", False)
    driver.wait_for_race()
    driver.type("steps", "40")
    assert title(driver) == ("race.json[*] — gdsim", True)
    driver.action("undo").trigger()
    assert title(driver) == ("race.json[*] — gdsim", False)
    driver.action("redo").trigger()
    driver.action("save").trigger()
    assert open_file(race).experiment == driver.experiment
    assert title(driver) == ("race.json[*] — gdsim", False)
    driver.action("undo").trigger()
    assert title(driver)[1]
    dialogs.save = tmp_path / "other"
    driver.action("save_as").trigger()
    assert open_file(tmp_path / "other.json").experiment.steps == 30
    assert open_file(race).experiment.steps == 40
    assert title(driver) == ("other.json[*] — gdsim", False)
    assert asked.count == 0
    assert not asked.sentences
    # the history went on
    driver.action("redo").trigger()
    assert driver.experiment.steps == 40


def test_save_without_a_path_asks_for_one(lasting, dialogs, tmp_path):
    lasting.type("steps", "70")
    lasting.action("save").trigger()  # cancelled
    assert [which for which, *_ in dialogs.asked] == ["save"]
    assert title(lasting)[1]
    dialogs.save = tmp_path / "mine.json"
    lasting.action("save").trigger()
    lasting.type("steps", "80")
    lasting.action("save").trigger()
    assert len(dialogs.asked) == 2
    assert open_file(dialogs.save).experiment.steps == 80


def test_title_and_note_stay_with_the_file(lasting, dialogs, tmp_path, small):
    path = dialogs.open = tmp_path / "lesson.json"
    save(small, path, "My lesson", "Look at the ravine.")
    lasting.action("open").trigger()
    lasting.type("steps", "70")
    lasting.action("save").trigger()
    document = open_file(path)
    assert (document.title, document.note, document.experiment.steps) == ("My lesson", "Look at the ravine.", 70)


def test_new(lasting, asked):
    lasting.action("new").trigger()
    assert asked.count == 0
    assert lasting.experiment.function == "bowl"
    assert lasting.experiment.steps == Settings().preferences.steps
    assert not title(lasting)[1]
    assert lasting.window.store.history[1:] == ()


@pytest.mark.parametrize("way", ["new", "open", "recent", "example", "drop", "close"])
@pytest.mark.parametrize("answer", [SAVE, DISCARD, CANCEL])
def test_unsaved_changes_are_asked_for(lasting, dialogs, asked, race, tmp_path, way, answer):
    driver, window = lasting, lasting.window
    Settings().add_recent(race)
    mine = tmp_path / "mine.json"
    dialogs.open, dialogs.save, asked.answer = race, mine, answer
    driver.type("steps", "77")
    before = driver.experiment
    {
        "new": driver.action("new").trigger,
        "open": driver.action("open").trigger,
        "recent": lambda: menu_action(window.files.recent, "race.json").trigger(),
        "example": lambda: menu_action(window.files.examples, 0).trigger(),
        "drop": lambda: drop(window, race),
        "close": window.close,
    }[way]()
    assert asked.count == 1
    assert mine.exists() == (answer == SAVE)
    if answer == SAVE:
        assert open_file(mine).experiment == before
    if way == "close":
        assert window.isVisible() == (answer == CANCEL)
    else:
        assert (driver.experiment == before) == (answer == CANCEL)
    assert window.isVisible() or window.session.worker.isFinished()


def menu_action(menu, which):
    menu.aboutToShow.emit()
    actions = menu.actions()
    return actions[which] if isinstance(which, int) else next(a for a in actions if a.text() == which)


def drop(window, path):
    drop_url(window, QUrl.fromLocalFile(str(path)))


def drop_url(window, url):
    data = QMimeData()
    data.setUrls([url])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), *how)
    window.dragEnterEvent(enter)
    assert window.acceptDrops()
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(20, 20), *how))


def test_saving_that_fails_does_not_lose_the_changes(lasting, dialogs, asked, tmp_path):
    lasting.type("steps", "77")
    asked.answer, dialogs.save = SAVE, tmp_path / "nowhere" / "mine.json"
    lasting.action("new").trigger()
    assert lasting.experiment.steps == 77
    assert lasting.window.close() is False
    assert lasting.window.isVisible()
    dialogs.save = ""  # cancelled
    lasting.action("new").trigger()
    assert lasting.experiment.steps == 77


def test_a_window_that_keeps_nothing_asks_nothing(driver, asked):
    driver.type("steps", "77")
    driver.action("new").trigger()
    assert driver.experiment.steps != 77
    driver.type("steps", "78")
    assert driver.window.close()
    assert asked.count == 0


def test_dropped_files_open(lasting, race):
    drop(lasting.window, race)
    assert lasting.experiment.function == "rosenbrock"
    lasting.wait_for_race()


def test_a_table_that_is_dropped_becomes_data(lasting, tmp_path, monkeypatch):
    table = tmp_path / "points.CSV"
    table.write_text("x,label\n1,no\n2,no\n3,yes\n4,yes\n5,yes\n")
    with monkeypatch.context() as patch:
        patch.setattr(DataDialog, "open", DataDialog.read)
        drop(lasting.window, table)
        lasting.until(lambda: lasting.experiment.function == "logistic")
    lasting.wait_for_race()
    assert lasting.experiment.data.classes == ("no", "yes")
    drop(lasting.window, tmp_path / "gone.csv")
    lasting.until(lambda: lasting.window.file_commands.tables.dialog is not None)
    assert "No such file" in lasting.window.file_commands.tables.dialog.error.text()
    lasting.window.file_commands.tables.dialog.reject()


def test_recent_files(lasting, dialogs, tmp_path, small):
    paths = [tmp_path / f"r&{i}.json" for i in range(10)]
    for path in paths:
        save(small, path)
        dialogs.open = path
        lasting.action("open").trigger()
    menu = lasting.window.files.recent
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [f"r&&{i}.json" for i in range(9, 1, -1)]
    paths[9].unlink()
    # kept for the next start, without what is gone
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "r&&8.json"
    assert Settings().recent[0] == paths[8]
    menu.actions()[3].trigger()
    assert lasting.window.document.path == paths[5]
    assert Settings().recent[0] == paths[5]


def test_no_recent_files(lasting):
    action = menu_action(lasting.window.files.recent, 0)
    assert action.text() == "No files yet"
    assert not action.isEnabled()


def test_every_example_opens_and_races(lasting):
    driver, known = lasting, examples()
    assert len(known) >= 8
    actions = {action.text(): action for action in driver.window.files.example_actions()}
    for example in known:
        action = actions[example.document.title]
        assert (action.text(), action.toolTip()) == (example.document.title, example.document.note)
        action.trigger()
        # a typed function is compiled first
        driver.until(lambda wanted=example.document.experiment: driver.experiment == wanted)
        assert title(driver) == (f"{example.document.title}[*] — gdsim", False)
        driver.wait_for_race()
        assert driver.race.rules == driver.experiment.rules
    # an example is not overwritten by saving
    assert driver.window.document.path is None


BAD = {
    "not JSON": b"hello",
    "empty": b"",
    "binary": bytes(range(256)),
    "truncated": b'{"version": 1, "function": "bo',
    "a list": b"[1, 2]",
    "100 MB": None,
    "deep": b"[" * 100_000,
    "NaN": None,
    "future": None,
    "unknown field": None,
    "mistyped": None,
    "out of range": None,
    "a folder": None,
    "gone": None,
}


def bad_file(name, path, small):
    save(small, path)
    tree = json.loads(path.read_text())
    version = next(
        key for key, value in tree.items() if type(value) is int and key not in ("steps", "seed", "restarts")
    )
    changes = {
        "NaN": {"learning_rate": float("nan")},
        "future": {version: 10**6},
        "unknown field": {"stepz": 5},
        "mistyped": {"steps": "many"},
        "out of range": {"steps": -5},
    }
    if name == "a folder":
        path.unlink()
        path.mkdir()
    elif name == "gone":
        path.unlink()
    elif name == "100 MB":
        with path.open("r+b") as file:
            file.truncate(100_000_000)
    else:
        path.write_bytes(
            BAD[name] if name in BAD and BAD[name] is not None else json.dumps(tree | changes[name]).encode()
        )


NAMED = {
    "unknown field": "stepz",
    "mistyped": "steps",
    "out of range": "steps",
    "NaN": "learning_rate",
}


def test_a_bad_file_gives_a_sentence_and_changes_nothing(lasting, dialogs, tmp_path, small):
    driver = lasting
    for number, name in enumerate(BAD):
        driver.type("steps", f"{61 + number}")
        # what was said is gone when something else happens
        assert driver.message == "", name
        before, history = driver.experiment, driver.window.store.history
        path = dialogs.open = tmp_path / f"{number} bad.json"
        bad_file(name, path, small)
        content = path.read_bytes() if path.is_file() and path.stat().st_size < 1e7 else None
        driver.action("open").trigger()
        sentence = driver.message
        assert "bad.json" in sentence, name
        assert "\n" not in sentence, name
        assert "Traceback" not in sentence, name
        assert len(sentence) < 400, name
        assert NAMED.get(name, "") in sentence, name
        assert driver.experiment == before, name
        assert driver.window.store.history == history, name
        assert driver.window.document.path is None, name
        if content is not None:
            assert path.read_bytes() == content, name
    driver.type("steps", "60")
    assert driver.message == ""


def test_a_dropped_folder_or_address_gives_a_sentence(lasting, tmp_path):
    drop(lasting.window, tmp_path)
    assert lasting.message
    lasting.window.session.say("")
    drop_url(lasting.window, QUrl("https://example.org/race.json"))
    assert "example.org" in lasting.message
    assert lasting.experiment == lasting.first


def test_a_place_that_cannot_be_written(lasting, dialogs, tmp_path, race):
    dialogs.open = race
    lasting.action("open").trigger()
    lasting.wait_for_race()
    lasting.type("steps", "66")
    (tmp_path / "file").write_text("kept")
    for path in (tmp_path / "file" / "x.json", tmp_path / "missing" / "x.json", tmp_path):
        dialogs.save = path if path != tmp_path else tmp_path.with_suffix(".json")
        if path == tmp_path:
            dialogs.save.mkdir()
        lasting.action("save_as").trigger()
        assert lasting.message, path
        lasting.window.session.say("")
        assert title(lasting) == ("race.json[*] — gdsim", True)
    assert (tmp_path / "file").read_text() == "kept"
    assert open_file(race).experiment.steps == 30
    assert lasting.experiment.steps == 66


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="has no full disk to write to")
def test_a_full_disk(lasting, dialogs):
    lasting.type("steps", "66")
    dialogs.save = "/dev/full.json"
    lasting.window.files.save_to(Path("/dev/full"))
    assert "space" in lasting.message
    assert title(lasting)[1]
    lasting.window.export_menu.write_table(Path("/dev/full"))
    assert "space" in lasting.message


def test_a_file_changed_by_another_program_is_not_overwritten_unasked(lasting, dialogs, asked, race):
    driver = lasting
    dialogs.open = race
    driver.action("open").trigger()
    driver.wait_for_race()
    driver.type("steps", "44")
    theirs = race.read_bytes().replace(b"30", b"31")
    race.write_bytes(theirs)
    asked.overwrite = False
    driver.action("save").trigger()
    assert len(asked.sentences) == 1
    assert "race.json" in asked.sentences[0]
    assert race.read_bytes() == theirs
    assert title(driver)[1]
    # leaving with "save" does not overwrite it either
    asked.answer = SAVE
    assert driver.window.close() is False
    assert race.read_bytes() == theirs
    asked.overwrite = True
    driver.action("save").trigger()
    assert open_file(race).experiment.steps == 44
    driver.type("steps", "45")
    driver.action("save").trigger()
    assert len(asked.sentences) == 3
    assert open_file(race).experiment.steps == 45


def test_a_file_replaced_by_another_program_after_saving(lasting, dialogs, asked, tmp_path, small):
    path = dialogs.save = tmp_path / "mine.json"
    lasting.action("save").trigger()
    # as editors do it: another file takes its place, of the same size and age
    about = path.stat()
    other = tmp_path / "other"
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(about.st_atime_ns, about.st_mtime_ns))
    other.replace(path)
    asked.overwrite = False
    lasting.action("save").trigger()
    assert len(asked.sentences) == 1


def test_a_file_removed_behind_our_back_is_written_again(lasting, dialogs, asked, race):
    dialogs.open = race
    lasting.action("open").trigger()
    race.unlink()
    lasting.action("save").trigger()
    assert open_file(race).experiment == lasting.experiment
    assert not asked.sentences


def test_a_folder_removed_behind_our_back_gives_a_sentence(lasting, dialogs, tmp_path, small):
    folder = tmp_path / "usb"
    folder.mkdir()
    dialogs.save = folder / "mine.json"
    lasting.action("save").trigger()
    (folder / "mine.json").unlink()
    folder.rmdir()
    lasting.type("steps", "44")
    lasting.action("save").trigger()
    assert "mine.json" in lasting.message
    assert title(lasting)[1]


def test_a_name_without_ending_does_not_overwrite_unasked(lasting, dialogs, asked, race):
    content = race.read_bytes()
    dialogs.save, asked.overwrite = race.with_suffix(""), False
    lasting.action("save_as").trigger()
    assert "race.json" in asked.sentences[0]
    assert race.read_bytes() == content
    assert lasting.window.document.path is None


def test_the_question_whether_to_overwrite(homes, open_window, monkeypatch):
    driver = open_window(settings=Settings())
    buttons, seen = QMessageBox.StandardButton, []
    for button, expected in ((buttons.Yes, True), (buttons.Cancel, False)):
        monkeypatch.setattr(QMessageBox, "question", lambda *args, button=button: (seen.append(args[2]), button)[1])
        assert driver.window.files.ask_overwrite("Sure?") is expected
    assert seen == ["Sure?", "Sure?"]
    for button, expected in (
        (buttons.Save, SAVE),
        (buttons.Discard, DISCARD),
        (buttons.Cancel, CANCEL),
        (buttons.NoButton, CANCEL),
    ):
        monkeypatch.setattr(QMessageBox, "question", lambda *_, button=button: button)
        assert FileMenu.ask(driver.window.files) == expected


CRASH = """
import sys
from PySide6.QtCore import QTimer
from gdsim.desktop.app import make_application
from gdsim.desktop.window.main_window import MainWindow
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.look.style import LIGHT
app = make_application()
window = MainWindow(opening_experiment(), LIGHT, Settings())
window.show()
window.store.change(steps=123)
if sys.argv[1] == "saved":
    window.document.keep_copy()
    QTimer.singleShot(0, lambda: window.store.undo() or window.close())
app.exec()
"""


@pytest.fixture
def no_question(monkeypatch):
    """The question whether to restore: what to answer, and how often it came."""

    class Question:
        answer, count = QMessageBox.StandardButton.No, 0

    def question(*_):
        Question.count += 1
        return Question.answer

    monkeypatch.setattr(QMessageBox, "question", question)
    return Question


def crash(homes):
    """Run a window with unsaved changes and end it by force as soon as there is a copy."""
    process = subprocess.Popen(
        [sys.executable, "-c", CRASH, "killed"], cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen")
    )
    until = time.monotonic() + 30
    try:
        while not list(state_folder().glob("window-*.json")) and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(os.name != "posix", reason="ends processes by force")
def test_after_a_crash_the_last_state_is_offered_again(homes, open_lasting, no_question, small, asked):
    crash(homes)
    no_question.answer = QMessageBox.StandardButton.Yes
    driver = open_lasting(small)
    driver.until(lambda: no_question.count == 1)
    driver.until(lambda: driver.experiment.steps == 123)
    assert title(driver) == ("Untitled[*] — gdsim", True)
    assert driver.window.store.undo_text == "restored"
    # it is still there if this one crashes, too
    assert [open_file(path).experiment.steps for path in state_folder().glob("*.json")] == [123]
    driver.action("undo").trigger()
    assert driver.experiment == small
    driver.action("redo").trigger()
    driver.wait_for_race()
    # it counts as unsaved
    asked.answer = CANCEL
    assert driver.window.close() is False
    asked.answer = DISCARD
    assert driver.window.close()
    assert list(state_folder().glob("*.json")) == []


def test_what_a_crash_left_outlives_a_file_that_is_opened(homes, open_lasting, no_question, small, race):
    left = DocumentFile(Store(gdsim.Experiment()))
    left.store.change(steps=123)
    left.close(keep=True)
    driver = open_lasting(small, wait=False)
    # as with a file on the command line: opened before anything is asked
    driver.window.files.open_path(race)
    document = driver.window.document.recovered()
    assert document is not None
    assert document.experiment.steps == 123
    driver.until(lambda: no_question.count == 1)
    assert driver.experiment.function == "rosenbrock"
    # it was not wanted
    assert driver.window.document.recovered() is None
    assert list(state_folder().glob("*.json")) == []


def test_a_clean_exit_leaves_nothing(homes):
    done = subprocess.run(
        [sys.executable, "-c", CRASH, "saved"],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, told(done.stderr)) == (0, "")
    assert list(state_folder().glob("*.json")) == []
    assert DocumentFile(Store(gdsim.Experiment())).recovered() is None


def test_two_windows_do_not_offer_each_others_copy(homes, app):
    one = DocumentFile(Store(gdsim.Experiment(steps=10)))
    one.store.change(steps=11)
    one.keep_copy()
    two = DocumentFile(Store(gdsim.Experiment(steps=20)))
    assert two.recovered() is None
    two.store.change(steps=21)
    two.keep_copy()
    assert sorted(open_file(path).experiment.steps for path in state_folder().glob("*.json")) == [11, 21]
    one.close()
    three = DocumentFile(Store(gdsim.Experiment(steps=30)))
    assert three.recovered() is None
    assert [open_file(path).experiment.steps for path in state_folder().glob("*.json")] == [21]
    two.close()
    three.close()


def test_a_copy_is_kept_whose_table_is_not_what_it_was(homes, app, open_lasting, no_question, small, tmp_path):
    table = tmp_path / "ill.csv"
    table.write_text("dose,ill\n1,yes\n2,no\n3,yes\n4,yes\n")
    one = DocumentFile(Store(gdsim.Experiment("logistic", data=read_csv(table)[0])))
    one.store.change(steps=77)
    one.close(keep=True)
    table.write_text(table.read_text() + "5,no\n")
    no_question.answer = QMessageBox.StandardButton.Yes
    tables = [None, table]

    def asked(menu, lost):
        assert (lost.path, lost.why) == (str(table), "changed")
        return tables.pop(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileMenu, "ask_table", asked)
        driver = open_lasting(small)
        driver.until(lambda: len(tables) == 1)
        assert "is kept" in driver.message
        assert driver.experiment == small
        window = driver.window
        offer_recovery(window.document, window.files, window.session.say, window)
        driver.wait_for_race()
    assert (driver.experiment.steps, len(driver.experiment.data.rows)) == (77, 5)
    assert no_question.count == 2


def press(window, text, seen):
    """Press a button of the box that asks for a table, as soon as it is there."""

    def look():
        box = window.findChild(QMessageBox, "other_table")
        seen.append((box.text(), [button.text() for button in box.buttons() if not button.isHidden()]))
        next(button for button in box.buttons() if button.text().replace("&", "").startswith(text)).click()

    QTimer.singleShot(0, window, look)


def test_the_question_which_table(homes, lasting, monkeypatch, tmp_path):
    window, table, other, seen = lasting.window, tmp_path / "ill.csv", tmp_path / "other.csv", []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    table.write_text("1,2\n")
    changed, gone = (TableError(GdsimError("no"), str(table), why) for why in ("changed", "unreadable"))
    for text, chosen in (("Open with", table), ("Choose", other), ("Cancel", None)):
        press(window, text, seen)
        assert window.files.ask_table(changed) == chosen
    press(window, "Choose", seen)
    assert window.files.ask_table(gone) == other
    table.unlink()
    press(window, "Choose", seen)
    assert window.files.ask_table(gone) == other
    told = ["ill.csv has changed since"] * 3 + ["The table of the experiment cannot be read. No", "ill.csv, the table"]
    assert [text.startswith(told) for (text, _), told in zip(seen, told, strict=True)] == [True] * 5
    assert all(text.endswith(str(table)) for text, _ in seen)
    assert [len(buttons) for _, buttons in seen] == [3, 3, 3, 2, 2]


def test_a_state_folder_that_cannot_be_made(homes, open_lasting, small):
    (homes / "data").write_text("a file where a folder should be")
    driver = open_lasting(small)
    driver.type("steps", "70")
    driver.window.document.keep_copy()
    assert driver.experiment.steps == 70


OPENED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gdsim.desktop.app import make_application
app = make_application()
def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "main_window")
    print(window.windowTitle(), window.store.experiment.function, window.isWindowModified())
    window.close()
QTimer.singleShot(200, look)
from gdsim.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""


def started(*arguments):
    return subprocess.run(
        [sys.executable, "-c", OPENED, *map(str, arguments)],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_file_on_the_command_line_opens(homes, race):
    done = started(race)
    assert (done.returncode, told(done.stderr)) == (0, "")
    assert done.stdout == "race.json[*] — gdsim rosenbrock False\n"


@pytest.mark.parametrize("name", ["mistyped", "truncated", "gone"])
def test_a_bad_file_on_the_command_line_gives_a_sentence(homes, tmp_path, small, name):
    bad_file(name, tmp_path / "bad.json", small)
    done = started(tmp_path / "bad.json")
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith("gdsim: ")
    assert done.stderr.count("\n") == 1


def test_keys_open_and_save(lasting, dialogs, race):
    dialogs.open = race
    lasting.window.activateWindow()
    QTest.keyClick(lasting.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    lasting.until(lambda: lasting.experiment.function == "rosenbrock")
    lasting.wait_for_race()
    lasting.window.store.change(steps=33)
    QTest.keyClick(lasting.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lasting.until(lambda: open_file(race).experiment.steps == 33)
