"""The dialog that asks for the columns of a table."""

import os

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QListWidget, QPushButton

from gdsim import Experiment
from gdsim.desktop.files.data_dialog import DataDialog
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.storage import sources
from gdsim.storage.csv.data import read_csv
from gdsim.storage.files import save

TABLE = "id,name,sex,when,age,ill\n" + "".join(
    f"{i},{name},{sex},2020-01-0{i},{30 + 7 * i % 11},{'yes' if i % 3 else 'no'}\n"
    for i, (name, sex) in enumerate([("A", "m"), ("B", "f"), ("C", "m"), ("D", "f"), ("E", "f"), ("F", "m")], 1)
)


@pytest.fixture
def make(app, tmp_path):
    made = []

    def make(content, name="points.csv"):
        path = tmp_path / name
        path.write_text(content)
        made.append(DataDialog(path))
        return made[-1]

    yield make
    for dialog in made:
        dialog.deleteLater()


def may_open(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def listed(dialog):
    items = [dialog.features.list.item(i) for i in range(dialog.features.list.count())]
    return {item.text(): item.checkState() == Qt.CheckState.Checked for item in items if not item.isHidden()}


def test_each_column_says_what_becomes_of_it(make):
    dialog = make(TABLE)
    assert listed(dialog) == {
        "id  –  counts the rows": False,
        "name  –  text": False,
        "sex  –  f is coded 0, m is coded 1": True,
        "when  –  dates": False,
        "age": True,
    }
    assert (dialog.choices()["features"], dialog.choices()["target"]) == (["sex", "age"], "ill")
    assert may_open(dialog)
    dialog.target.setCurrentIndex(dialog.target.findData("age"))
    assert dialog.choices()["features"] == ["sex", "ill"]
    enabled = [bool(dialog.features.list.item(i).flags() & Qt.ItemFlag.ItemIsEnabled) for i in range(5)]
    assert enabled == [True, False, True, False, True]


def test_percentages_and_units_are_said_beside_their_columns(make):
    dialog = make("weight,discount,size,price\n900 kg,3%,1 m,1\n950 kg,4%,5 cm,2\n800 kg,5%,7 cm,3\n")
    shown = [dialog.features.list.item(i).text() for i in range(3)]
    assert shown == [
        "weight  –  numbers are in kg",
        "discount  –  percentages are fractions: 5 % is 0.05",
        "size  –  numbers with different letters behind them",
    ]
    assert dialog.choices()["features"] == ["weight", "discount"]
    assert may_open(dialog)


def test_where_no_column_can_be_a_feature_it_says_why(make):
    dialog = make("weight,cost,price\n900 kg,$3,1\n950 g,$4,2\n800 kg,$5,3\n")
    assert "signs such as $, and units" in dialog.error.text()
    assert not may_open(dialog)
    # one that could be, but is not ticked
    dialog = make("a,b\n1,2\n2,3\n")
    dialog.features.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.error.text() == "Choose at least one feature."


def test_a_refused_file_leaves_the_choices_where_they_are(make, tmp_path):
    dialog = make(TABLE)
    dialog.features.list.item(0).setCheckState(Qt.CheckState.Checked)
    before = dialog.choices()
    dialog.read()
    assert not may_open(dialog)
    dialog.refuse("It cannot be read, <b>for</b> a reason that is longer than a line of the dialog has room for.")
    assert dialog.choices() == before
    assert may_open(dialog)  # what is wrong may be mended in the file
    assert dialog.error.isVisibleTo(dialog)
    assert (dialog.error.wordWrap(), dialog.error.textFormat()) == (True, Qt.TextFormat.PlainText)
    # another file that is none
    (tmp_path / "bad.csv").write_text("x\n1\n")
    dialog.look_at(tmp_path / "bad.csv")
    assert "one column" in dialog.error.text()
    assert not may_open(dialog)
    (tmp_path / "good.csv").write_text("a,b\n1,2\n2,3\n")
    dialog.look_at(tmp_path / "good.csv")
    assert (dialog.choices()["features"], may_open(dialog), dialog.error.text()) == (["a"], True, "")


def test_a_wide_table_is_searched(make):
    names = [f"gene {i}" for i in range(3000)]
    dialog = make(
        ",".join([*names, "ill"])
        + "\n"
        + (",".join(map(str, range(1, 3001))) + ",0\n") * 2
        + (",".join(map(str, range(3001, 1, -1))))
        + ",1\n"
    )
    assert dialog.table.columnCount() == 40
    assert "3001 columns" in dialog.about.text()
    # more than a model takes: none are proposed
    assert (dialog.choices()["features"], may_open(dialog)) == ([], False)
    dialog.features.search.setText("gene 299")
    assert len(listed(dialog)) == 11
    dialog.findChild(QPushButton, "csv.all").click()
    assert dialog.choices()["features"] == ["gene 299", *(f"gene {i}" for i in range(2990, 3000))]
    assert may_open(dialog)
    dialog.features.search.clear()
    dialog.findChild(QPushButton, "csv.all").click()
    assert "at most 500" in dialog.error.text()
    dialog.findChild(QPushButton, "csv.none").click()
    assert "at least one" in dialog.error.text()


def test_refused_tables_leave_no_dialogs(open_lasting, small, tmp_path):
    driver = open_lasting(small)
    files = driver.window.file_commands.tables
    (tmp_path / "none.csv").write_text("x\n1\n")
    for _ in range(5):
        files.ask_columns(tmp_path / "none.csv")
        files.dialog.reject()
        driver.until(lambda: files.dialog is None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert driver.window.findChildren(DataDialog) == []


def test_a_file_that_is_refused_when_it_is_read_keeps_the_dialog(open_lasting, small, tmp_path):
    driver = open_lasting(small)
    files, path = driver.window.file_commands.tables, tmp_path / "slip.csv"
    # the slip is beyond what a preview reads
    path.write_text("x,y\n" + "".join(f"{i},{i % 7}\n" for i in range(40_000)) + "abc,3\n")
    files.ask_columns(path)
    dialog = files.dialog
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    driver.until(lambda: "abc" in dialog.error.text())
    assert dialog.isVisible()
    assert dialog.error.text() == "slip.csv: row 40002, column 'x': 'abc' is no number"
    path.write_text("x,c,s,y\n1,7,a,2\n2,7,b,3\n3,7,a,5\n")
    dialog.look_at(path)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    driver.until(lambda: files.dialog is None)
    assert len(driver.experiment.data.rows) == 3
    # what was done is said at once, and beside the points as long as there are these
    assert driver.message == "In s, a is coded 0 and b is coded 1."
    driver.widget("data_view_dock").toggleViewAction().trigger()
    driver.until(lambda: driver.widget("data_key").toolTip() == driver.message)


def test_an_experiment_with_a_large_table_is_read_by_the_worker(open_lasting, small, tmp_path, monkeypatch):
    driver = open_lasting(small)
    table = tmp_path / "large.csv"
    table.write_text("x,y\n" + "".join(f"{i},{i % 7}\n" for i in range(150_000)))
    source = read_csv(table)[0]
    save(Experiment("linear", data=source, steps=5), tmp_path / "large.json")
    sources._read_once.cache_clear()
    shares = []
    driver.window.files.reading.connect(shares.append)
    before = driver.experiment
    assert driver.window.files.open_path(tmp_path / "large.json")
    assert driver.experiment is before  # it goes on meanwhile
    driver.until(lambda: driver.experiment.data is not None)
    assert driver.experiment.data == source
    assert shares[0] == 0
    # stopped, it stays as it was
    sources._read_once.cache_clear()
    opened = []
    monkeypatch.setattr(FileMenu, "_open_read", lambda *_: opened.append(1))
    driver.window.files.open_path(tmp_path / "large.json")
    driver.window.centre.status.stopped.emit()
    driver.window.session.requests.send("probe", lambda: 1, lambda *found: opened.append(found))
    driver.until(lambda: opened)
    assert opened == [(1, None)]


def test_a_pipe_does_not_hold_the_window(make, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    dialog = make(TABLE)
    dialog.look_at(tmp_path / "pipe.csv")
    assert "not an ordinary file" in dialog.error.text()
    assert dialog.findChild(QLabel, "csv.about").text() == "pipe.csv"
    assert dialog.findChild(QListWidget, "csv.features") is not None
