"""How long a table of 50 MB takes to be looked into and read, beside pandas, and how much memory."""

import subprocess
import sys

import numpy as np
import pytest

pytestmark = pytest.mark.benchmark

SIZE = 50_000_000
#: Each in a process of its own, so that what one leaves is not the other's gain: seconds of CPU and MB of memory.
MEASURED = """
import resource, sys, time
what, path = sys.argv[1:]
if what == "pandas":
    import pandas
    read = lambda: pandas.read_csv(path)
else:
    from gdsim.storage.csv_data import read_csv
    from gdsim.storage.csv_preview import preview
    read = lambda: (preview(path), read_csv(path))
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, best = peak(), float("inf")
for _ in range(3):
    began = time.process_time()
    kept = read()
    best = min(best, time.process_time() - began)
    most = peak() - before if not _ else most
print(best, most)
"""


def floats(rng):
    return [",".join(map("{:.8g}".format, row)) for row in rng.normal(size=(5000, 10)).tolist()]


def ints(rng):
    return [",".join(map(str, row)) for row in rng.integers(0, 1000, size=(5000, 8)).tolist()]


def measured(what, path):
    done = subprocess.run([sys.executable, "-c", MEASURED, what, str(path)], capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


@pytest.mark.parametrize("make", [floats, ints])
def test_a_table_of_50_megabytes_beside_pandas(make, tmp_path):
    pytest.importorskip("pandas")
    rng, path = np.random.default_rng(0), tmp_path / "large.csv"
    lines = make(rng)
    with path.open("w") as file:
        size = file.write(",".join(f"x{i}" for i in range(lines[0].count(",") + 1)) + "\n")
        while size < SIZE:
            size += file.write("\n".join(make(rng)) + "\n")
    (theirs, their_memory), (ours, our_memory) = measured("pandas", path), measured("gdsim", path)
    print(f"\n{make.__name__}: gdsim {ours:.2f} s {our_memory:.0f} MB, pandas {theirs:.2f} s {their_memory:.0f} MB")
    assert ours < 3 * theirs
    assert our_memory < 3 * their_memory
