"""Files and pipes that are silent, that grow, or that are no files at all."""

import os
import threading
import time

import pytest

from gdsim import GdsimError
from gdsim.storage import contents as module
from gdsim.storage.contents import UnreadableError, contents


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def feed(pipe, *parts, pause=0.0):
    """Write to a pipe from another thread, which is read meanwhile."""

    def write():
        with open(pipe, "wb", buffering=0) as file:
            for part in parts:
                file.write(part)
                time.sleep(pause)

    threading.Thread(target=write, daemon=True).start()


def test_a_file_is_read_whole_or_its_beginning(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3_000_000)
    assert contents(path, 3_000_000) == b"x" * 3_000_000
    assert contents(path, 3_000_000, begin=5) == b"xxxxx"
    for begin in (None, 5):
        with pytest.raises(UnreadableError, match=r"file is too large: 3 MB, where 2\.5 MB is the most$"):
            contents(path, 2_500_000, begin=begin)
    path.write_bytes(b"")
    assert contents(path, 10) == b""


def test_of_a_file_that_grows_no_more_than_the_limit_is_read(tmp_path, monkeypatch):
    path = tmp_path / "grows"
    path.write_bytes(b" " * 10)
    read = module._read

    def grown(path, *rest):
        path.write_bytes(b" " * 1000)
        found = read(path, *rest)
        assert len(found) == 101
        return found

    monkeypatch.setattr(module, "_read", grown)
    with pytest.raises(GdsimError, match="too large"):
        contents(path, 100)


def test_a_pipe_is_read_where_it_may_be(pipe):
    with pytest.raises(UnreadableError, match=r"^cannot read .*pipe: it is not an ordinary file$"):
        contents(pipe, 100)
    feed(pipe, b"one,", b"two", pause=0.05)
    assert contents(pipe, 100, pipes=True) == b"one,two"
    feed(pipe, b"x" * 200)
    with pytest.raises(UnreadableError, match="too large"):
        contents(pipe, 100, pipes=True)


def test_a_pipe_that_is_silent_is_a_sentence(pipe):
    for silent in (True, False):  # nobody writes; or somebody has stopped
        if not silent:
            feed(pipe, b"some", pause=1.0)
        with pytest.raises(UnreadableError, match=r"^data: cannot|^cannot read .*pipe: nothing comes out of it$"):
            contents(pipe, 100, "data", pipes=True, patience=0.1)


def test_a_file_of_the_system_that_never_answers_is_a_sentence(tmp_path, monkeypatch):
    """As /proc/kmsg: it says that it is an empty file, and reading it waits."""
    path = tmp_path / "kmsg"
    path.touch()
    monkeypatch.setattr(module, "_bring", lambda *_: None)
    monkeypatch.setattr(module, "_OF_EMPTY", 0.05)
    with pytest.raises(UnreadableError, match="nothing comes out of it"):
        contents(path, 100)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="Linux only")
def test_a_device_is_no_file():
    with pytest.raises(UnreadableError, match="it is not an ordinary file"):
        contents("/dev/zero", 100, pipes=True)
