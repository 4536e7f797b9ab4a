"""Times of writing tables."""

import time

import pytest

import gdsim
from gdsim.storage.tables import write_iterates

pytestmark = pytest.mark.benchmark


def test_a_large_race_is_written_in_seconds(tmp_path):
    race = gdsim.descend("rastrigin", list(gdsim.OPTIMIZERS), restarts=63, steps=1000, tolerance=0)
    began = time.process_time()
    with (tmp_path / "paths.csv").open("w") as file:
        write_iterates(race, file)
    # about 1 s where it was measured; a writer that goes cell by cell takes ten times as long
    assert time.process_time() - began < 5
