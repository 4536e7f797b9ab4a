"""A full disk on the command line: a sentence with the path, and the old file as it was."""

import errno
import os

import pytest

from gdsim.cli import main as cli

FULL = os.strerror(errno.EFBIG)


@pytest.mark.parametrize("room", [0, 100])
@pytest.mark.parametrize("kind", ["csv", "npz", "png"])
def test_every_file_of_a_run(kind, room, tmp_path, capsys, full_disk):
    path = tmp_path / f"race.{kind}"
    path.write_bytes(b"old")
    with full_disk(room):
        status = cli.main(["run", "bowl", "--steps", "50", f"--{kind}", str(path)])
    assert (status, *capsys.readouterr()) == (1, "", f"gdsim: --{kind}: cannot write {path}: {FULL}\n")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [path.name]


def test_the_one_that_fails_is_named_among_several(tmp_path, capsys, full_disk):
    csv, npz = tmp_path / "a.csv", tmp_path / "a.npz"
    with full_disk(5000):  # the arrays of a short race are smaller than that, and its table is not
        status = cli.main(["run", "bowl", "--steps", "300", "--npz", str(npz), "--csv", str(csv)])
    assert (status, capsys.readouterr().err) == (1, f"gdsim: --csv: cannot write {csv}: {FULL}\n")
    assert os.listdir(tmp_path) == []
