"""Time and memory that a table of 50 MB takes to be looked into and read, beside pandas."""

import subprocess
import sys

import numpy as np
import pytest

pytestmark = pytest.mark.benchmark

SIZE = 50_000_000
#: In a process of its own, what one leaves is not the other's gain: MB of memory at most.
MEMORY = """
import resource, sys
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before = peak()
kept = READ[sys.argv[1]](sys.argv[2])
print(peak() - before)
"""
#: By turns, so that both meet the same machine: seconds of CPU in the median of five.
TIMES = """
import statistics, sys, time
spent = {name: [] for name in READ}
for _ in range(5):
    for name, read in READ.items():
        began = time.process_time()
        kept = read(sys.argv[2])
        spent[name].append(time.process_time() - began)
        del kept
print(*(statistics.median(spent[name]) for name in READ))
"""
READ = """
import pandas
from gdsim.storage.csv.data import read_csv
from gdsim.storage.csv.preview import preview
how = {"sep": ";", "decimal": ","} if "commas" in __import__("sys").argv[2] else {}
READ = {"pandas": lambda path: pandas.read_csv(path, **how), "gdsim": lambda path: (preview(path), read_csv(path))}
"""


def decimals(rng):
    return [",".join(map("{:.8g}".format, row)) for row in rng.normal(size=(5000, 10)).tolist()]


def all_digits(rng):
    return [",".join(map(repr, row)) for row in rng.normal(size=(5000, 10)).tolist()]


def whole_numbers(rng):
    return [",".join(map(str, row)) for row in rng.integers(0, 1000, size=(5000, 8)).tolist()]


def decimal_commas(rng):
    return [line.replace(",", ";").replace(".", ",") for line in decimals(rng)]


def mixed(rng):
    """Numbers, texts and gaps."""
    words = np.array(["red", "green", "blue", "a longer text"])[rng.integers(0, 4, 5000)]
    gaps = np.array(["", "NA"])[rng.integers(0, 2, 5000)]
    lines = []
    for row, none, word, gap in zip(
        rng.normal(size=(5000, 6)).tolist(), (rng.random((5000, 6)) < 0.03).tolist(), words, gaps, strict=True
    ):
        cells = [gap if missing else f"{number:.6g}" for number, missing in zip(row, none, strict=True)]
        lines.append(",".join([f"{len(word)}", word, *cells, "yes" if row[0] > 0 else "no"]))
    return lines


def measured(program, path, what=""):
    done = subprocess.run(
        [sys.executable, "-c", READ + program, what, str(path)], capture_output=True, text=True, check=True
    )
    return tuple(map(float, done.stdout.split()))


@pytest.mark.parametrize("make", [decimals, all_digits, whole_numbers, decimal_commas, mixed])
def test_a_table_of_50_megabytes_beside_pandas(make, tmp_path):
    pytest.importorskip("pandas", minversion="3")
    rng, path = np.random.default_rng(0), tmp_path / f"{make.__name__}.csv"
    lines, separator = make(rng), ";" if make is decimal_commas else ","
    with path.open("w") as file:
        size = file.write(separator.join(f"x{i}" for i in range(lines[0].count(separator) + 1)) + "\n")
        while size < SIZE:
            size += file.write("\n".join(make(rng)) + "\n")
    theirs, ours = measured(TIMES, path)
    their_memory, our_memory = (measured(MEMORY, path, what)[0] for what in ("pandas", "gdsim"))
    print(
        f"\n{make.__name__}: gdsim {ours:.2f} s {our_memory:.0f} MB, pandas {theirs:.2f} s {their_memory:.0f} MB: "
        f"{ours / theirs:.1f}, {our_memory / their_memory:.1f}"
    )
    assert ours < 3 * theirs
    assert our_memory < 3 * their_memory
