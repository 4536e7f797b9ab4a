"""Pipes as targets: read by somebody, by nobody, or by one who stops."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gdsim import GdsimError
from gdsim.storage.atomic import replacing

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pipe(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    return path


def test_one_who_reads_gets_all_of_it(pipe):
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    with replacing(pipe, patience=10) as path, path.open("wb") as file:
        for part in (b"begin,", b"x" * 300_000, b",end"):
            file.write(part)
    reader.join(10)
    assert got == [b"begin," + b"x" * 300_000 + b",end"]
    assert pipe.is_fifo()


def test_a_pipe_that_nobody_reads_is_a_sentence_before_the_work(pipe):
    with pytest.raises(GdsimError, match=r"^--csv: cannot write .*pipe\.csv: it is a pipe that nobody reads$"):  # noqa: SIM117
        with replacing(pipe, "--csv", patience=0.1):
            pytest.fail("the work began")


def test_one_who_stops_reading_is_not_waited_for(pipe):
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(GdsimError, match="nobody reads"), replacing(pipe, patience=0.1) as path:
        path.write_bytes(b"x" * 300_000)
    os.close(reader)


def test_one_who_leaves_early_has_seen_enough(pipe):
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(BrokenPipeError), replacing(pipe, patience=0.1) as path, path.open("wb", 0) as file:  # noqa: PT012
        os.close(reader)
        for _ in range(100):
            file.write(b"x" * 30_000)


def test_a_socket_is_a_sentence(tmp_path, monkeypatch):
    import socket

    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        with pytest.raises(GdsimError, match="it is not an ordinary file"), replacing("socket"):
            pytest.fail("the work began")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="has no such name for it")
def test_what_is_printed_as_a_target(tmp_path):
    words = [sys.executable, "-m", "gdsim", "run", "bowl", "--steps", "5000"]

    def run(target, **how):
        return subprocess.run([*words, "--csv", target], cwd=ROOT, stderr=subprocess.PIPE, text=True, timeout=60, **how)

    piped = run("/dev/stdout", stdout=subprocess.PIPE)
    lines = piped.stdout.splitlines()
    assert (piped.returncode, piped.stderr, lines[0]) == (0, "", "optimizer,run,step,x,y,loss")
    assert lines[5001].startswith("gd,0,5000,")
    assert lines[5002] == "Bowl from (-3, 4), 5000 steps"
    # to one who has left, as with `| head -1`
    read, write = os.pipe()
    os.close(read)
    left = run("/dev/stdout", stdout=write)
    os.close(write)
    assert (left.returncode, left.stderr) == (0, "")
