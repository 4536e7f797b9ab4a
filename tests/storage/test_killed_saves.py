"""A program that is killed while it saves leaves the old file or the new one, whole, and little else."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gdsim import Experiment
from gdsim.storage.files import open_file, save

ROOT = Path(__file__).parents[2]
SAVES, MOST_KILLS = 200, 15
NOTE = "n" * 9_000

#: Saves experiment 0, 1, 2, … of so many, from where the file says it is; with a file of some length.
PROGRAM = f"""
import sys
from gdsim import Experiment
from gdsim.storage.files import open_file, save
path = sys.argv[1]
done = open_file(path).experiment.seed
print("begun", flush=True)
for seed in range(done + 1, {SAVES} + 1):
    save(Experiment(seed=seed), path, str(seed), {NOTE!r})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_at_random_moments(tmp_path):
    path = tmp_path / "race.json"
    save(Experiment(), path, "0", NOTE)
    chance = random.Random(4)
    kills, litter, last = 0, 0, 0
    while last < SAVES:
        program = subprocess.Popen([sys.executable, "-c", PROGRAM, path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert program.stdout.readline() == "begun\n"
        if kills < MOST_KILLS:
            time.sleep(chance.expovariate(1 / 0.004))
            program.kill()
            kills += 1
        assert program.wait(20) in (0, -signal.SIGKILL)
        program.stdout.close()
        document = open_file(path)  # whole
        seed = document.experiment.seed
        assert document.experiment == Experiment(seed=seed)
        assert (document.title, document.note) == (str(seed), NOTE)
        assert seed >= last
        last = seed
        left = [name for name in os.listdir(tmp_path) if name != "race.json"]
        # the next save tidies up: there is never more than what one killed program left
        assert len(left) <= 1
        litter += len(left)
    assert kills > 5
    assert litter > 0, "no save was hit: the moments were badly chosen"
    save(Experiment(), path)
    assert os.listdir(tmp_path) == ["race.json"]
