"""Reading examples from CSV files: what is taken, and the sentence for each thing that can be wrong."""

import os
import re

import pytest

from gdsim import Experiment, GdsimError
from gdsim.storage import csv_table
from gdsim.storage.csv_data import preview, read_csv

PLAIN = "age,weight,label\n1,2.5,no\n2,3.5,yes\n3,1e1,no\n4,0,yes\n"


@pytest.fixture
def file(tmp_path):
    def file(content):
        path = tmp_path / "points.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


def test_columns_and_classes(file):
    path = file(PLAIN)
    source, dropped = read_csv(path)
    assert dropped == 0
    assert source.rows == ((1, 2.5, 0), (2, 3.5, 1), (3, 10, 0), (4, 0, 1))
    assert (source.features, source.target, source.classes) == (("age", "weight"), "label", ("no", "yes"))
    assert source.path == os.fspath(path)
    assert len(source.checksum) == 16
    chosen, _ = read_csv(path, "weight", "age", seed=3, held_out=0.5)
    assert chosen.rows[:2] == ((2.5, 1), (3.5, 2))
    assert (chosen.classes, chosen.seed, chosen.held_out) == ((), 3, 0.5)
    assert Experiment("logistic", data=source, steps=5).run().positions.shape == (6, 1, 3, 1)


@pytest.mark.parametrize(
    ("content", "columns", "rows"),
    [
        ("x;y\n1;2\n3;4\n", ("x", "y"), ((1, 2), (3, 4))),
        ("x\ty\r\n1\t2\r\n3\t4\r\n", ("x", "y"), ((1, 2), (3, 4))),
        ("x,y\r1,2\r3,4\r", ("x", "y"), ((1, 2), (3, 4))),
        ("1,2\n3,4", ("column 1", "column 2"), ((1, 2), (3, 4))),
        (b"\xef\xbb\xbfx,y\n1,2\n\n3,4\n\n", ("x", "y"), ((1, 2), (3, 4))),
        ('"x, wide","y ""q"""\n"1", 2\n3 ,"4"\n', ("x, wide", 'y "q"'), ((1, 2), (3, 4))),
        ("x,y,\n1,2,\n3,4,\n", ("x", "y"), ((1, 2), (3, 4))),
        (",x,x\n0,1,2\n1,3,4\n", ("column 1", "x", "x (2)"), ((0, 1, 2), (1, 3, 4))),
        ("größe,y\n1,0\n2,1\n", ("größe", "y"), ((1, 0), (2, 1))),
    ],
    ids=["semicolon", "tab", "return", "no names", "mark", "quoted", "nothing after the last comma", "names", "umlaut"],
)
def test_what_files_look_like(file, content, columns, rows):
    source, _ = read_csv(file(content))
    assert (*source.features, source.target) == columns
    assert source.rows == rows
    seen = preview(file(content))
    assert seen.columns == columns
    assert seen.numeric == (True,) * len(columns)
    assert (seen.count, seen.gaps, seen.whole) == (2, 0, True)


def test_whether_the_first_row_has_names(file):
    years = file("2019,2020\n1,2\n3,4\n")
    assert len(read_csv(years)[0].rows) == 3
    assert read_csv(years, header=True)[0].features == ("2019",)
    # told by the names that are asked for
    assert read_csv(years, ["2019"], "2020")[0].rows == ((1, 2), (3, 4))
    texts = file("a,1\nb,2\na,3\n")
    assert read_csv(texts, ["column 2"], "column 1")[0].classes == ("a", "b")


def test_gaps_are_left_out_or_refused(file):
    path = file("x,y,note\n1,2,\nNA,3,\n3,?,b\n4,5,\n,,\n")
    source, dropped = read_csv(path, ["x"], "y")
    assert (source.rows, dropped) == (((1, 2), (4, 5)), 3)
    with pytest.raises(GdsimError, match=r"^points.csv: row 3, column 'x' is empty; rows with gaps: 3$"):
        read_csv(path, ["x"], "y", gaps="reject")
    assert preview(path).gaps == 5
    with pytest.raises(GdsimError, match=r"two rows or more without gaps in the chosen columns, not 1$"):
        read_csv(path, ["x"], "note")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("x,y\n", "the file has names of columns, but no rows below them"),
        ("x\n1\n2\n", "the file has one column, where a feature and a target are needed; "),
        ("1 2\n3 4\n", "the file has one column, "),
        ("x,y\n1,2\n\nabc,3\n4,5\n5,6\n", "row 4, column 'x': 'abc' is no number"),
        ("x,y\n1,2\n2,inf\n", "row 3, column 'y': inf is no finite number"),
        ("x,y\n1,2\n1e200,3\n", "row 3, column 'x': 1e200 is no finite number"),
        ("x;y\n1,5;2\n2,5;3\n", "row 2, column 'x': '1,5' has a decimal comma; numbers are written with a point"),
        ("x,y\n1,2\n" + '2,"1,000"\n', "row 3, column 'y': '1,000' has a comma; numbers are written as 1000 or as 1.5"),
        ("x,y\n1,a\n2,b\n3,c\n4,d\n", "column 'y' has 4 classes (a, b, c, …), where a target has two"),
        ('x,y\n1,"2,5"\n2,"3,5"\n', "row 2, column 'y': '2,5' has a decimal comma"),
        ("x,z,y\n1,7,2\n2,7,3\n", "column 'z' is the same in every row"),
        ("x,y\n1,2\n2,2\n", "column 'y' is the same in every row"),
        ("x,y\n1,a\n2,b\n3,c\n", "column 'y' has 3 classes (a, b, c), where a target has two"),
        ("x,y\n1,a\n2,a\n", "column 'y' has one class (a), where a target has two"),
        ("x,y\na,1\nb,2\n", "no column holds numbers beside the target, 'y'"),
        ("x,y\n1,2\n3,4,5\n", "row 3 has 3 columns, where row 1 has 2"),
        ("größe,y\n1,2\n".encode("latin-1"), "the file is not UTF-8 text, in row 1: save it as CSV in UTF-8"),
        ("x,y\n1,2\n".encode("utf-16"), "the file is UTF-16 text: "),
        (b"x,y\n1,2\n\0,3\n", "the file is no text: it has zero bytes in row 3"),
        ('x,y\n1,2\n"3,4\n', "row 3 cannot be read: a quotation mark is not closed"),
        ("x,y\n1," + "2" * 200_000, "row 2 cannot be read: field larger than field limit"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(file, content, sentence):
    with pytest.raises(GdsimError, match="^points.csv: " + re.escape(sentence)) as caught:
        read_csv(file(content))
    assert caught.value.field == "data"
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ((["ag"], "label"), "points.csv: unknown column 'ag'; did you mean age?"),
        ((["age"], "age"), "points.csv: column 'age' is chosen twice"),
        ((["age", "age"], "label"), "points.csv: column 'age' is chosen twice"),
        ((["label"], "age"), "points.csv: row 2, column 'label': 'no' is no number"),
        (([], "age"), "points.csv: no column holds numbers beside the target, 'age'"),
        ((None, None, None, "keep"), "gaps must be drop or reject, not 'keep'"),
    ],
)
def test_what_cannot_be_chosen(file, chosen, sentence):
    with pytest.raises(GdsimError, match=f"^{re.escape(sentence)}"):
        read_csv(file(PLAIN), *chosen)


def test_the_size_is_looked_at_before_reading(file, tmp_path, monkeypatch):
    large = tmp_path / "large.csv"
    with large.open("wb") as made:
        made.truncate(10**9)  # takes no room on the disk
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("it is read"))
    for look in (preview, read_csv):
        with pytest.raises(GdsimError, match=r"large\.csv is too large: 1000 MB, where 50 MB is the most$"):
            look(large)


def test_too_many_rows_are_not_read_to_the_end(file, monkeypatch):
    monkeypatch.setattr(csv_table, "_MOST_ROWS", 5)  # the names are one
    assert len(read_csv(file(PLAIN))[0].rows) == 4
    with pytest.raises(GdsimError, match=r"^points.csv: the file has more than 5 rows, which is the most$"):
        read_csv(file(PLAIN + "5,5,no\n" + '"'))


def test_what_is_no_file(tmp_path):
    for path, reason in ((tmp_path, "it is a folder"), (tmp_path / "no.csv", "No such file"), ("/dev/null", "ordinary"),
                         ("a\0b", "null character"), (5, "a text or a path")):  # fmt: skip
        with pytest.raises(GdsimError, match=f"^cannot read .*{reason}"):
            read_csv(path)


def test_a_file_that_has_changed_is_seen(file):
    source, _ = read_csv(file(PLAIN))
    assert read_csv(source.path, source.features, source.target, checksum=source.checksum)[0] == source
    with pytest.raises(GdsimError, match=r"^points.csv: the file has changed since it was chosen"):
        read_csv(file(PLAIN + "5,5,no\n"), checksum=source.checksum)


def test_a_preview_reads_the_beginning_only(file):
    lines = "".join(f"{i},{i * i},{'ab'[i % 2]}\n" for i in range(30_000))
    seen = preview(file("x,square,class\n" + lines), most=3)
    assert not seen.whole
    assert seen.rows == (("0", "0", "a"), ("1", "1", "b"), ("2", "4", "a"))
    assert seen.numeric == (True, True, False)
    assert (seen.target, seen.features(seen.target), seen.header, seen.separator) == (
        "class", ("x", "square"), True, ",")  # fmt: skip
