"""Whatever opens can be saved, and is the same when it is opened again."""

import json
import os

import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

from gdsim import Entry, Experiment, GdsimError, Source
from gdsim.storage.csv.data import read_csv
from gdsim.storage.files import Document, dump, fits, load, open_file, save
from gdsim.storage.sources import table_error


def file(**changes):
    return json.dumps({"gdsim": 1, **changes}, separators=(",", ":")).encode()


def saved_again(document, path):
    save(document.experiment, path, document.title, document.note)
    return open_file(path)


def test_many_optimizers_and_rows_are_refused_at_once_or_saved(tmp_path):
    for count in (1_000, 10_000):
        data = file(function="bowl", optimizers=[{"key": "gd", "enabled": False, "schedule": "cosine"}] * count)
        if count == 1_000:
            document = load(data)
            assert len(document.experiment.optimizers) == count
            assert saved_again(document, tmp_path / "a.json") == document
        else:
            with pytest.raises(GdsimError, match=r"^it could not be saved again: the file is too large: 1\.\d+ MB"):
                load(data)
    for count in (2_000, 80_000):
        data = file(function="linear", data={"rows": [[1, 2], [2, 5]] * (count // 2)}, steps=1)
        if count == 2_000:
            document = load(data)
            assert saved_again(document, tmp_path / "b.json") == document
        else:
            with pytest.raises(GdsimError, match=r"^it could not be saved again: the table of 80000 examples makes"):
                load(data)


def test_whether_a_table_fits_into_a_file():
    small, large = (Source(rows=tuple((i / 7, i / 3) for i in range(n))) for n in (1_000, 30_000))
    vast = Source(rows=((0.0, 1.0),) * 200_000)
    assert [fits(Experiment("linear", data=source, steps=1)) for source in (small, large, vast)] == [True, False, False]


@pytest.mark.parametrize("name", ["two\nlines.csv", "\u200b\u200e.csv", "tab\t{0}.csv", os.fsdecode(b"\xff\xfe.csv")])
def test_a_table_by_a_strange_path(tmp_path, name):
    table = tmp_path / name
    table.write_text("dose,ill\n1,yes\n2,no\n3,yes\n4,yes\n")
    document = Document(Experiment("logistic", data=read_csv(table)[0]))
    for folder in (tmp_path, tmp_path / "other"):
        folder.mkdir(exist_ok=True)
        path = folder / "race.json"
        save(document.experiment, path)
        assert open_file(path, trusted=lambda outside: outside == str(table)) == document


def test_classes_with_names_that_cannot_be_seen(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("dose,ill\n1,\u200b\n2,\u200e\n3,\u200b\n4,\u200e\n", "utf-8")
    source = read_csv(table)[0]
    assert all(name.strip() and name.isprintable() for name in source.classes)
    assert len(set(source.classes)) == 2
    document = Document(Experiment("logistic", data=source))
    assert saved_again(document, tmp_path / "a.json") == document


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
numbers = st.floats(-1e6, 1e6).map(repr) | st.integers(-9, 9).map(str)


@many_examples(60)
@given(
    st.lists(cells, min_size=3, max_size=3),
    st.lists(st.tuples(numbers, numbers), min_size=4, max_size=8),
    st.lists(cells, min_size=2, max_size=2),
    st.booleans(),
)
def test_any_table_that_opens_is_saved(tmp_path_factory, names, rows, classes, inside):
    folder = tmp_path_factory.mktemp("any")
    lines = [names, *((*row, classes[i % 2]) for i, row in enumerate(rows))]
    (folder / "a.csv").write_text("\n".join(",".join(f'"{cell}"' for cell in map(quoted, line)) for line in lines))
    try:
        source = read_csv(folder / "a.csv")[0]
        if inside:
            source = Source(
                source.key,
                rows=source.rows,
                features=source.features,
                target=source.target,
                classes=source.classes,
                held_out=source.held_out,
            )
        experiment = Experiment("logistic" if source.classes else "linear", data=source, optimizers=(Entry("gd"),))
    except GdsimError:
        return
    document = Document(experiment)
    assert saved_again(document, folder / "a.json") == document
    if not inside:
        assert dump(experiment)  # from anywhere


def quoted(cell):
    return cell.replace('"', '""')


def test_a_table_outside_is_read_if_that_is_allowed(tmp_path):
    table, mine = tmp_path / "table.csv", tmp_path / "mine"
    table.write_text("a,b\n1,2\n2,4\n3,7\n4,8\n")
    mine.mkdir()
    (mine / "link.csv").symlink_to(table)
    (mine / "below").mkdir()
    (mine / "below" / "table.csv").write_bytes(table.read_bytes())
    for path in (str(table), "../table.csv", "link.csv", "/etc/passwd", "below/../../table.csv"):
        (mine / "race.json").write_bytes(file(function="linear", data={"path": path}))
        with pytest.raises(GdsimError, match="lies outside the folder of the experiment") as error:
            open_file(mine / "race.json")
        assert table_error(error.value).why == "outside"
        if path != "/etc/passwd":
            assert open_file(mine / "race.json", trusted=lambda path: True).experiment.data.features == ("a",)
            assert open_file(mine / "race.json", table).experiment.data.path == str(table)
    for path in ("below/table.csv", str(mine / "below" / "table.csv"), "../mine/below/table.csv"):
        (mine / "race.json").write_bytes(file(function="linear", data={"path": path}))
        assert len(open_file(mine / "race.json").experiment.data.rows) == 4
    # by a link to the folder it is still its own folder
    (tmp_path / "way").symlink_to(mine)
    assert len(open_file(tmp_path / "way" / "race.json").experiment.data.rows) == 4


def test_a_pipe_in_place_of_a_table_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "race.json").write_bytes(file(function="linear", data={"path": "pipe.csv"}))
    with pytest.raises(GdsimError, match="it is not an ordinary file") as error:
        open_file(tmp_path / "race.json")
    assert table_error(error.value).why == "unreadable"
