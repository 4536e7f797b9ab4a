"""Reading examples from CSV files: what is taken, and the sentence for each thing that can be wrong."""

import os
import re

import pytest

from gdsim import Experiment, GdsimError
from gdsim.objectives.interruption import followed
from gdsim.objectives.table_reading import told
from gdsim.storage.csv import columns as csv_columns
from gdsim.storage.csv import parts as csv_parts
from gdsim.storage.csv.data import read_csv
from gdsim.storage.csv.preview import preview

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


PAIR = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("content", "columns", "rows"),
    [
        ("x;y\n1;2\n3;4\n", ("x", "y"), PAIR),
        ("x\ty\r\n1\t2\r\n3\t4\r\n", ("x", "y"), PAIR),
        ("x,y\r1,2\r3,4\r", ("x", "y"), PAIR),
        ("1,2\n3,4", ("column 1", "column 2"), PAIR),
        (b"\xef\xbb\xbfx,y\n1,2\n\n3,4\n\n", ("x", "y"), PAIR),
        ('"x, wide","y ""q"""\n"1", 2\n3 ,"4"\n', ("x, wide", 'y "q"'), PAIR),
        ("x,y,\n1,2,\n3,4,\n", ("x", "y"), PAIR),
        (",x,x\n0,1,2\n1,3,4\n", ("x", "x (2)"), PAIR),
        ("größe,y\n1,0\n2,1\n", ("größe", "y"), ((1, 0), (2, 1))),
        ("größe,y\n1,2\n3,4\n".encode("latin-1"), ("größe", "y"), PAIR),
        ("x,y\n1,2\n3,4\n".encode("utf-16"), ("x", "y"), PAIR),
        ("x y\n1 2\n3 4\n", ("x", "y"), PAIR),
        ("  x    y\n  1    2\n  3    4  \n", ("x", "y"), PAIR),
        ("x|y\n1|2\n3|4\n", ("x", "y"), PAIR),
        ("sep=;\nx;y\n1;2\n3;4\n", ("x", "y"), PAIR),
        ("sep=|\r\nx|y\r\n1,5|2\r\n3|4\r\n", ("x", "y"), ((1.5, 2), (3, 4))),
        ('x, "y, or z"\n1, "2"\n3, "4"\n', ("x", "y, or z"), PAIR),
        ('"x" ,"y"\n"1" ,"2"\n"3" ,"4"\n', ("x", "y"), PAIR),
        ("x;y\n1,5;2\n2,5;4\n", ("x", "y"), ((1.5, 2), (2.5, 4))),
        ("x\ty\n1,5\t2\n,25\t-4,125e1\n", ("x", "y"), ((1.5, 2), (0.25, -41.25))),
        ("x y\n1,5 2\n2,5 4\n", ("x", "y"), ((1.5, 2), (2.5, 4))),
        ("x;y\n1.234,5;2\n10.000;4\n", ("x", "y"), ((1234.5, 2), (10000, 4))),
        ('x,y\n1,"2,5"\n2,"3,25"\n', ("x", "y"), ((1, 2.5), (2, 3.25))),
        ('x,y\n0.5,"12,000"\n2,"3,500.25"\n', ("x", "y"), ((0.5, 12000), (2, 3500.25))),
        ("# made by hand\n# x y\n1 2\n3 4\n", ("x", "y"), PAIR),
        ("# made by hand\nx,y\n1,2\n3,4\n", ("x", "y"), PAIR),
        ("#x,y\n1,2\n3,4\n", ("x", "y"), PAIR),
        ('"x" "y"\n"1" 1 2\n"2" 3 4\n', ("x", "y"), PAIR),  # write.table of R
        ('"","x","y"\n"1",1,2\n"2",3,4\n', ("x", "y"), PAIR),
        ("x,y\n1,2,\n3,4,\n", ("x", "y"), PAIR),
    ],
)
def test_what_files_look_like(file, content, columns, rows):
    source, _ = read_csv(file(content))
    assert (*source.features, source.target) == columns
    assert source.rows == rows
    seen = preview(file(content))
    choice = seen.choice()
    assert (*choice.features, choice.target) == columns
    assert (seen.count, seen.gaps, seen.whole) == (2, 0, True)
    assert all(len(row) == len(seen.columns) for row in seen.rows)
    # a file that says which columns are meant reads the same
    assert read_csv(file(content), source.features, source.target)[0] == source


def test_old_mac_lines_beyond_what_a_preview_reads(file):
    path = file("x,y\r" + "".join(f"{i},{i % 7}\r" for i in range(40_000)))
    seen = preview(path)
    assert (seen.columns, seen.whole, seen.count > 10_000) == (("x", "y"), False, True)
    assert len(read_csv(path)[0].rows) == 40_000


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("2019,2020\n1,2\n3,4\n", True),  # years
        ("country,2019,2020\nA,1,2\nB,3,4\n", True),
        ("place,2019\nA,1\nB,4\n", True),
        (",0,1,2\n0,5,2.5,7\n1,6,3.5,2\n", True),  # as pandas writes what has no names
        ("0,1,2\n0.25,2.5,7\n0.5,3.5,2\n", True),
        ("2019,2020\n2021,2022\n2023,2024\n", False),
        ("1,2,3\n2,3,4\n3,4,5\n", False),
        ("5.1,3.5,a\n4.9,3.0,b\n", False),
        ("NA,NA,yes\n1,2,no\n2,3,yes\n", False),
        ("yes,1\nno,2\nyes,3\n", False),
        ("red,yes\nblue,no\nred,no\n", False),
        ("x,y\nred,1\nblue,2\n", True),
        ("400,410,420,moist\n0.1,0.3,0.5,1\n0.2,0.2,0.4,7\n", True),  # of a spectrum
    ],
)
def test_whether_the_first_row_has_names(file, content, header):
    assert preview(file(content)).header is header


def test_the_first_row_is_what_it_is_said_to_be(file):
    numbers = file("1,2\n1,2.5\n3,4\n")
    assert len(read_csv(numbers)[0].rows) == 3
    assert read_csv(numbers, header=True)[0].features == ("1",)
    # told by the names that are asked for
    assert read_csv(numbers, ["1"], "2")[0].rows == ((1, 2.5), (3, 4))
    years = file("2019,2020\n1,2\n3,4\n")
    assert len(read_csv(years, ["column 1"], "column 2")[0].rows) == 3
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


GAPS = [
    "",
    "NA",
    "N/A",
    "n/a",
    "NaN",
    "nan",
    "-NaN",
    "null",
    "NULL",
    "None",
    "<NA>",
    "#N/A",
    "#NA",
    "-",
    "?",
    ".",
    "nil",
    "1.#IND",
    "missing",
    " ",
]


@pytest.mark.parametrize("gap", GAPS)
def test_what_is_a_gap(file, gap):
    source, dropped = read_csv(file(f"x,y,z\n1,2,a\n{gap},3,b\n3,5,{gap}\n4,6,a\n5,6,b\n"))
    assert (source.features, source.target, source.classes) == (("x", "y"), "z", ("a", "b"))
    assert (source.rows, dropped) == (((1, 2, 0), (4, 6, 0), (5, 6, 1)), 2)


def test_a_sign_for_nothing_may_be_one_of_two(file):
    source, dropped = read_csv(file("x,y\n1,+\n2,-\n3,+\n4,NA\n"))
    assert (source.classes, dropped, source.rows[1]) == (("+", "-"), 1, (2, 1))


#: A table, what the columns became, and what is told of it.
TOLD = {
    '"","x","y"\n"1",5,2\n"2",3,4\n"3",4,4\n': (("x", "y"), ["columns left out: column 1 (counts the rows)"]),
    "rownames,x,y\n0,5,2\n1,3,4\n": (("x", "y"), ["columns left out: rownames (counts the rows)"]),
    "name,x,when,price,share,y\nAnna,1,2020-01-05,$5,5 %,2\nBert,2,2020-02-05,$6.5,7 %,3\nCy,3,2021-01-05,$7,8 %,5\n": (
        ("x", "share", "y"),
        [
            "columns left out: name (text); when (dates); price (amounts of money)",
            "in share, percentages are fractions: 5 % is 0.05",
        ],
    ),
    "sex,smokes,ok,y\nmale,yes,True,2\nfemale,no,False,3\nmale,no,True,4.5\n": (
        ("sex", "smokes", "ok", "y"),
        [
            "in sex, female is coded 0 and male is coded 1",
            "in smokes, no is coded 0 and yes is coded 1",
            "in ok, False is coded 0 and True is coded 1",
        ],
    ),
    "x,y\n1,1\n2,2\n3,1\n4,2\n": (("x", "y"), ["in y, 1 is coded 0 and 2 is coded 1"]),
    "x,y\n1,4\n2,2\n3,4\n4,2\n": (("x", "y"), ["in y, 2 is coded 0 and 4 is coded 1"]),
    "x,y\n1,-1\n2,1\n3,-1\n4,1\n": (("x", "y"), ["in y, -1 is coded 0 and 1 is coded 1"]),
    "x,y\n1,0\n2,1\n3,0\n4,1\n": (("x", "y"), []),
    "x,c,y\n1,7,2\n2,7,3\n3,7,5\n": (("x", "y"), ["columns left out: c (the same in every row)"]),
    "x,c,y\n1,7,2\n2,7,3\n3,8,\n4,7,1\n": (
        ("x", "y"),
        [
            "1 row with gaps was left out",
            "columns left out: c (the same in every row once rows with gaps are left out)",
        ],
    ),
    "x,n,y\n1,,2\n2,,3\n3,8,4\n4,,1\n": (("x", "y"), ["columns left out: n (empty in most rows)"]),
    "x,n,y\n1,,2\n2,,3\n3,,4\n": (("x", "y"), ["columns left out: n (empty)"]),
    "x,n,y\n1,1,2\n2,2,3\n3,3a,4\n": (("x", "y"), ["columns left out: n (text among numbers)"]),
    "x,y,kind\n1,2,a\n2,3,b\n3,5,c\n": (("x", "y"), ["the target is y", "columns left out: kind (text)"]),
    "x;y\n1,5;2\n2,5;4\n": (("x", "y"), ["numbers have a decimal comma"]),
    "x,a,b,h,y\n1,2 kg,3kg,1.5 m,5‰\n2,3.5 kg,4kg,2 m,7‰\n3,-,5kg,1e1 m,8‰\n4,1 kg,,3 m,9‰\n5,1 kg,6kg,3 m,9‰\n": (
        ("x", "a", "b", "h", "y"),
        [
            "2 rows with gaps were left out",
            "in a, b, numbers are in kg",
            "in h, numbers are in m",
            "in y, 5 ‰ is 0.005",
        ],
    ),
    "x,c,y\n1,5 kg,2\n2,5 kg,3\n3,5 kg,5\n": (("x", "y"), ["columns left out: c (the same in every row)"]),
    "x,c,y\n1,5 kg,2\n2,500 g,3\n3,6 kg,5\n": (
        ("x", "y"),
        ["columns left out: c (numbers with different letters behind them)"],
    ),
    "x,c,y\n1,5 %,2\n2,6 %,3\n3,low,5\n4,7 %,5\n5,8 %,5\n6,9 %,6\n": (
        ("x", "y"),
        ["columns left out: c (percentages among others)"],
    ),
    "x,size,y\n1,1 l,2\n2,5 l,3\n3,1 l,5\n": (("x", "size", "y"), ["in size, 1 l is coded 0 and 5 l is coded 1"]),
    'x,y\n0.5,"1,000"\n2.5,"2,000"\n': (("x", "y"), ["numbers have separators between their thousands"]),
}


@pytest.mark.parametrize(("content", "expected"), TOLD.items())
def test_what_was_done_is_told(file, content, expected):
    source, _ = read_csv(file(content))
    assert ((*source.features, source.target), told(source.reading)) == expected


def test_percentages_and_numbers_with_a_unit_are_numbers(file):
    content = 'a;b;c;y\n5,4 %;"1.234,5 kg";-3 °C;12%\n-0,1%;7 kg;2°C;0%\n1e1 %;8 kg;4 °C;100 %\nNA;9 kg;5 °C;7 %\n'
    source, dropped = read_csv(file(content.encode()))
    assert dropped == 1
    assert source.rows == ((0.054, 1234.5, -3, 0.12), (-0.001, 7, 2, 0), (0.1, 8, 4, 1))
    assert source.classes == ()


def test_a_long_column_of_percentages(file):
    """More of them than are told apart as texts, in plain and in quoted cells, and a word at the very end."""
    shares = [f"{i / 8:.3f} %" for i in range(3000)]
    for mark in ("", '"'):
        lines = "".join(f"{i},{mark}{share}{mark},{i % 7}\n" for i, share in enumerate(shares))
        source, _ = read_csv(file("x,share,y\n" + lines), features=["share"])
        assert [row[0] for row in source.rows] == [float(f"{share[:-2]}e-2") for share in shares]
        with pytest.raises(GdsimError, match=r"column 'share' holds percentages among others \("):
            read_csv(file(f"x,share,y\n{lines}9,low,9\n"), features=["share"])


def test_two_percentages_as_a_target_are_numbers(file):
    source, _ = read_csv(file("x,y\n1,5%\n2,10%\n3,5%\n4,10%\n"))
    assert (source.rows[1], source.classes) == ((2, 0.1), ())


def test_units_are_text_in_a_table_that_is_read_as_before(file):
    source, _ = read_csv(file("x,w,y\n1,2 kg,3\n2,3 kg,5\n3,4 kg,4\n"), before=True)
    assert source.features == ("x",)


def test_what_was_done_is_told_in_other_words(file):
    source, _ = read_csv(file("x,c,s,y\n1,7,a,2\n2,7,b,3\n3,7,a,\n4,7,a,1\n"))
    assert told(source.reading, lambda text: f"«{text}»") == [
        "«1 row with gaps was left out»",
        "«columns left out: c («the same in every row»)»",
        "«in s, a is coded 0 and b is coded 1»",
    ]


def test_a_latin_file_is_told(file):
    source, _ = read_csv(file("größe,y\n1,2\n3,4\n".encode("cp1252")))
    assert told(source.reading) == ["the file is no UTF-8 text: it was read as Latin-1"]


def test_a_counter_is_a_feature_where_there_is_no_other(file):
    source, _ = read_csv(file('"","x"\n"1",5\n"2",3\n"3",4\n'))
    assert (source.features, source.target, source.reading.left_out) == (("column 1",), "x", ())


def test_two_values_are_numbers_where_they_are_measured(file):
    """Two numbers that stand there once are no classes, and neither are two with a fraction."""
    for ys in ("2,4", "2,4,2", "0.5,1.5,0.5,1.5"):
        content = "x,y\n" + "".join(f"{i},{y}\n" for i, y in enumerate(ys.split(",")))
        assert read_csv(file(content))[0].classes == ()


def test_as_it_was_read_before(file):
    path = file("id,sex,x,y\n1,m,5,1\n2,f,3,2\n3,m,4,1\n4,f,6,2\n")
    source, _ = read_csv(path, before=True)
    assert (source.features, source.classes, told(source.reading)) == (("id", "x"), (), [])
    assert source.rows[0] == (1, 5, 1)
    now, _ = read_csv(path)
    assert (now.features, now.classes) == (("sex", "x"), ("1", "2"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("x,y\n", "the file has names of columns, but no rows below them"),
        ("x\n1\n2\n", "the file has one column, where a feature and a target are needed; "),
        ("x,y\n1,2\n\nabc,3\n4,5\n5,6\n", "row 4, column 'x': 'abc' is no number"),
        ("x,y\n1,2\n2,inf\n", "row 3, column 'y': inf is no finite number"),
        ("x,y\n1,2\n1e200,3\n", "row 3, column 'x': 1e200 is no finite number"),
        ("x;y\n1.5;2\n2,5;3\n2.25;1\n", "row 3, column 'x': '2,5' has a decimal comma; numbers are written with"),
        ("x,y\n1,2\n$3,4\n4,5\n", "row 3, column 'x': '$3' is no number, but one of amounts of money"),
        ("x,y\n1,a\n2,b\n3,c\n4,d\n", "column 'y' has 4 classes (a, b, c, …), where a target has two"),
        ("x,y\n1,2\n2,2\n", "column 'y' is the same in every row: there is nothing to learn from it; choose another"),
        (
            "x,y\n1,2\n2,2\n,3\n",
            "column 'y' is the same in every row once rows with gaps are left out: choose another target, or fewer",
        ),
        ("x,y\n1,a\n2,b\n3,c\n", "column 'y' has 3 classes (a, b, c), where a target has two"),
        ("x,y\n1,a\n2,a\n", "column 'y' has one class (a), where a target has two"),
        ("x,y\n1,a\n2,a\n,b\n", "column 'y' has one class (a) once rows with gaps are left out, where a target"),
        ("x,y\na,1\nb,2\nc,3\n", "no column holds numbers beside the target, 'y'"),
        ("x,y\n1,2\n3,4,5\n", "row 3 has 3 columns, where row 1 has 2"),
        (
            "x,price\n1,$2.50\n2,$3.50\n3,$4.50\n",
            "column 'price' holds amounts of money ($2.50, $3.50, $4.50), where a target holds numbers or two values",
        ),
        ("x,y\n1,2\n3\n", "row 3 has 1 column, where row 1 has 2"),
        (b"x,y\n1,2\n\0,3\n", "the file is not text: there is a null byte in row 3"),
        (b"\x89PNG\r\n\x1a\n\x01\xff", "the file is not text"),
        ('x,y\n1,2\n"3,4\n', "row 3 cannot be read: a quotation mark is not closed"),
        ("x,y\n1," + "2" * 200_000, "row 2 cannot be read: field larger than field limit"),
        (",".join(map(str, range(30_000))) + "\n", "the file has 30000 columns, where 20000 are the most"),
        (
            ",".join(f"x{i}" for i in range(600))
            + "\n"
            + (",".join(map(str, range(600))) + "\n")
            + "0,"
            + ",".join(map(str, range(599)))
            + "\n",
            "598 columns would be features, where a model takes 500: choose",
        ),
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
        (
            (["name"], "age"),
            "points.csv: column 'name' holds text (Anna, Bert, Carl, …), where a feature holds numbers",
        ),
        ((["day"], "age"), "points.csv: column 'day' holds dates (2020-01-01, 2020-01-02, 2020-01-03, …), where a"),
        (([], "age"), "points.csv: no column holds numbers beside the target, 'age'"),
        ((None, None, None, "keep"), "gaps must be drop or reject, not 'keep'"),
    ],
)
def test_what_cannot_be_chosen(file, chosen, sentence):
    names = iter(["Anna", "Bert", "Carl", "Dora"])
    header, *lines = PLAIN.splitlines()
    rows = [f"{next(names)},2020-01-0{i},{line}" for i, line in enumerate(lines, 1)]
    with pytest.raises(GdsimError, match=f"^{re.escape(sentence)}"):
        read_csv(file("\n".join([f"name,day,{header}", *rows])), *chosen)


def test_the_size_is_looked_at_before_reading(file, tmp_path, monkeypatch):
    large = tmp_path / "large.csv"
    with large.open("wb") as made:
        made.truncate(10**9)  # takes no room on the disk
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("it is read"))
    for look in (preview, read_csv):
        with pytest.raises(GdsimError, match=r"large\.csv is too large: 1000 MB, where 64 MB is the most$"):
            look(large)


def test_too_many_rows_are_not_read_to_the_end(file, monkeypatch):
    monkeypatch.setattr(csv_columns, "_MOST_ROWS", 5)  # the names are one
    assert len(read_csv(file(PLAIN))[0].rows) == 4
    with pytest.raises(GdsimError, match=r"^points.csv: the file has more than 5 rows, which is the most$"):
        read_csv(file(PLAIN + "5,5,no\n6,6,no\n"))


def test_how_much_is_read_is_told(file, monkeypatch):
    monkeypatch.setattr(csv_parts, "_AT_ONCE", 1 << 12)
    shares = []
    path = file("x,y\n" + "".join(f"{i},{i % 7}\n" for i in range(12_000)))
    with followed(shares.append):
        read_csv(path)
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert (0 < shares[0] < 0.1, shares[-1]) == (True, 1.0)


def test_what_is_no_file(tmp_path):
    for path, reason in (
        (tmp_path, "it is a folder"),
        (tmp_path / "no.csv", "No such file"),
        ("/dev/null", "ordinary"),
        ("a\0b", "null character"),
        (5, "a text or a path"),
    ):
        with pytest.raises(GdsimError, match=f"^cannot read .*{reason}"):
            read_csv(path)


def test_a_file_that_has_changed_is_seen(file):
    source, _ = read_csv(file(PLAIN))
    assert read_csv(source.path, source.features, source.target, checksum=source.checksum)[0] == source
    with pytest.raises(GdsimError, match=r"^points.csv: the file has changed since it was chosen"):
        read_csv(file(PLAIN + "5,5,no\n"), checksum=source.checksum)


def test_a_preview_reads_the_beginning_only(file):
    lines = "".join(f"{i},{i * i},{'ab'[i % 2]},{'abc'[i % 3]}\n" for i in range(30_000))
    seen = preview(file("x,square,class,kind\n" + lines), most=3)
    assert not seen.whole
    assert seen.rows == (("0", "0", "a", "a"), ("1", "1", "b", "b"), ("2", "4", "a", "c"))
    assert seen.possible == (True, True, True, False)
    assert seen.reasons == ("", "", "", "text")
    assert (seen.target, seen.choice("x").features, seen.header, seen.separator) == (
        "class",
        ("square", "class"),
        True,
        ",",
    )
