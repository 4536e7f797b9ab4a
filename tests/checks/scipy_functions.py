"""Check that the benchmark functions of SciPy can be typed: each as a person would write it, beside SciPy's own code.

    pip install scipy
    python tests/checks/scipy_functions.py [FOLDER]

The source of SciPy is unpacked in FOLDER, or fetched into a temporary one: its benchmarks are in no wheel.
"""

import contextlib
import importlib
import io
import re
import sys
import tarfile
import tempfile
import types
import urllib.request
from pathlib import Path

import numpy as np
from scipy_texts import TEXTS

import gdsim
from gdsim.objectives import objective_for

VERSION = "1.17.1"
INDEX = "https://pypi.org/simple/scipy/"
POINTS, FEWEST = 200, 170
#: What SciPy draws anew at every call.
RANDOM = {"Stochastic", "XinSheYang01"}


def unpacked(folder):
    """The folder with SciPy's benchmark functions, fetched if they are not there."""
    found = list(Path(folder).rglob("go_benchmark_functions/__init__.py"))
    if not found:
        with urllib.request.urlopen(INDEX) as page:
            url = re.search(rf'https://[^"#]*/scipy-{re.escape(VERSION)}\.tar\.gz', page.read().decode())[0]
        with urllib.request.urlopen(url) as file, tarfile.open(fileobj=io.BytesIO(file.read())) as archive:
            wanted = [m for m in archive.getmembers() if "/go_benchmark_functions/" in m.name]
            archive.extractall(folder, wanted, filter="data")
        found = list(Path(folder).rglob("go_benchmark_functions/__init__.py"))
    return found[0].parent


def benchmarks(folder):
    """SciPy's functions of one and of two variables, by name."""
    # they import a helper from the folder above, which wants more than them
    package = types.ModuleType("above")
    package.__path__ = [str(folder.parent)]
    common = types.ModuleType("above.common")
    common.safe_import = lambda: contextlib.suppress(ImportError)
    sys.modules |= {"above": package, "above.common": common}
    module = importlib.import_module(f"above.{folder.name}")
    base = importlib.import_module(f"above.{folder.name}.go_benchmark").Benchmark
    univariate = importlib.import_module(f"above.{folder.name}.go_funcs_univariate")
    for name, kind in sorted((vars(module) | vars(univariate)).items()):
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base and name not in RANDOM:
            made = kind()
            if made.N > 2 and made.change_dimensionality:
                with contextlib.suppress(ValueError):  # some have six variables at the least
                    made = kind(2)
            if made.N <= 2:
                yield name, made


def told(name, theirs, rng):
    """Say what is wrong with one of them; "" if nothing is."""
    try:
        ours = objective_for(TEXTS[name])
    except gdsim.GdsimError as error:
        return str(error)
    if ours.dimension != theirs.N or ours.parameters:
        return f"read as a function of {ours.names} with parameters {dict(ours.parameters)}"
    low, high = np.array(theirs.bounds, dtype=float).T
    points = rng.uniform(low, high, size=(POINTS, theirs.N))
    with np.errstate(all="ignore"):
        expected = np.array([float(np.squeeze(theirs.fun(point.copy()))) for point in points])
    found = ours.value(points.T)
    scale = np.maximum(np.abs(expected), 1.0)
    wrong = ~((np.abs(found - expected) <= 1e-9 * scale) | (found == expected) | (np.isnan(found) & np.isnan(expected)))
    if wrong.any():
        at = int(np.argmax(wrong))
        return (
            f"{wrong.sum()} of {POINTS} points differ: at {points[at].tolist()} {found[at]!r}, SciPy {expected[at]!r}"
        )
    slopes = ours.gradient(points.T)
    smooth = np.isfinite(found)
    return "" if np.isfinite(slopes[:, smooth]).mean() > 0.9 else "no gradient at most points"


def main(folder):
    """Compare all of them; the exit status."""
    rng, right, missing = np.random.default_rng(1), [], []
    for name, theirs in benchmarks(unpacked(folder)):
        if name not in TEXTS:
            missing.append(name)
        elif sentence := told(name, theirs, rng):
            print(f"{name}: {sentence}")
        else:
            right.append(name)
    print(f"{len(right)} of {len(TEXTS)} typed functions agree with SciPy {VERSION}'s at {POINTS} points each")
    if missing:
        print("not typed:", ", ".join(missing))
    return int(len(right) < max(FEWEST, len(TEXTS)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(sys.argv[1] if sys.argv[1:] else temporary))
