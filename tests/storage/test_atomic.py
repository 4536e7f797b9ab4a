import os

import pytest

from gdsim import GdsimError
from gdsim.storage.atomic import replacing


def test_the_file_appears_whole_at_the_end(tmp_path):
    target = tmp_path / "a.csv"
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert temporary.suffix == ".csv"
        assert not target.exists()
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path, error):
    target = tmp_path / "a.csv"
    target.write_text("old")

    def fail():
        with replacing(target) as temporary:
            temporary.write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    with replacing(tmp_path / "link") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_permissions_are_kept_and_new_files_are_like_any_other(tmp_path):
    old, new, other = (tmp_path / name for name in ("old", "new", "other"))
    old.touch()
    old.chmod(0o600)
    other.touch()
    for path in (old, new):
        with replacing(path) as temporary:
            temporary.write_text("x")
    assert old.stat().st_mode & 0o777 == 0o600
    assert new.stat().st_mode == other.stat().st_mode


def test_what_is_no_ordinary_file_is_written_as_it_is():
    with replacing("/dev/null") as path:
        path.write_text("x")
    assert not os.path.isfile("/dev/null")


@pytest.mark.parametrize("where", ["missing/a.csv", ".", "file/a.csv", "n" * 300])
def test_a_place_that_cannot_be_written_is_bad_input(tmp_path, where):
    (tmp_path / "file").touch()
    with pytest.raises(GdsimError, match=r"--csv: cannot write .*: \S"), replacing(tmp_path / where, "--csv"):
        pytest.fail("the work began")
    assert os.listdir(tmp_path) == ["file"]


def test_what_a_killed_program_left_is_removed(tmp_path):
    target = tmp_path / "a.csv"
    with replacing(target) as temporary:
        pid = str(os.getpid())
        assert temporary.name.startswith(f".gdsim-{pid}-")
    # left by others, and by one of our number; of another file; and no litter at all
    litter = [
        temporary,
        tmp_path / temporary.name.replace(pid, "1"),
        tmp_path / temporary.name.replace(pid, "99999999"),
    ]
    others = [tmp_path / ".gdsim-1-00000000.csv", tmp_path / "gdsim-1"]
    for path in [*litter, *others]:
        path.touch()
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert sorted(tmp_path.iterdir()) == sorted([target, *others])
    assert target.read_text() == "new"


def test_what_is_being_written_is_no_litter(tmp_path):
    target = tmp_path / "a.csv"
    with replacing(target) as first:
        first.write_text("first")
        # as another program would, of another number
        elsewhere = first.with_name(first.name.replace(str(os.getpid()), "99999999"))
        os.rename(first, elsewhere)
        with replacing(target) as second:
            second.write_text("second")
            assert elsewhere.read_text() == "first"
        assert elsewhere.read_text() == "first"
        os.rename(elsewhere, first)
    assert target.read_text() == "first"


def test_errors_of_what_is_no_ordinary_file_are_its_own():
    with pytest.raises(BrokenPipeError), replacing("/dev/null"):
        raise BrokenPipeError
