"""Real sets of examples that come with the program; see the README beside the files for source and licence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from gdsim.assets import asset
from gdsim.errors import GdsimError
from gdsim.objectives.data.dataset import Dataset


@dataclass(frozen=True)
class Sample:
    """A real set of examples, in a file that comes with the program.

    Attributes
    ----------
    key, title, summary
        Its name in SAMPLES, its name on screen, and one sentence on what it is.
    file
        Its file in resources/data.
    features, target
        Which columns are taken.
    classes
        The texts of the classes 0 and 1 in a text column; of a column of numbers, those up to `above` and those above.
    above
        Where numbers are parted into two classes.
    held_out
        The share that is held out unless told otherwise.
    """

    key: str
    title: str
    summary: str
    file: str
    features: tuple[str, ...]
    target: str
    classes: tuple[str, ...] = ()
    above: float | None = None
    held_out: float = 0.25

    def load(self, seed: int = 0, held_out: float | None = None) -> Dataset:
        """The examples, some of them held out as the seed says."""
        columns = _columns(asset("data", self.file))
        features = np.column_stack([np.array(columns[name], dtype=np.float64) for name in self.features])
        given = columns[self.target]
        if self.above is not None:
            targets = (np.array(given, dtype=np.float64) > self.above).astype(np.float64)
        elif self.classes:
            targets = np.array([self.classes.index(text) for text in given], dtype=np.float64)
        else:
            targets = np.array(given, dtype=np.float64)
        made = Dataset(self.key, features, targets, self.features, self.target, self.classes)
        return made.split(self.held_out if held_out is None else held_out, seed)


@lru_cache(maxsize=8)
def _columns(path: Path) -> dict[str, tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    if not rows or any(len(row) != len(head) for row in rows):
        raise GdsimError("{name} is damaged: install gdsim again", "data", name=path.name)
    return dict(zip(head, zip(*rows, strict=True), strict=True))


_ANSCOMBE = "One of four sets with the same mean, spread and least-squares line: "
_BODY = ("age", "sex", "bmi", "bp")
_PETAL = ("petal length", "petal width")

#: By key.
SAMPLES: dict[str, Sample] = {
    made.key: made
    for made in (
        Sample(
            "anscombe1", "Anscombe I", _ANSCOMBE + "a line with noise.", "anscombe.csv", ("x1",), "y1", held_out=0.0
        ),
        Sample("anscombe2", "Anscombe II", _ANSCOMBE + "a curve.", "anscombe.csv", ("x2",), "y2", held_out=0.0),
        Sample("anscombe3", "Anscombe III", _ANSCOMBE + "one outlier.", "anscombe.csv", ("x3",), "y3", held_out=0.0),
        Sample(
            "anscombe4",
            "Anscombe IV",
            _ANSCOMBE + "one point makes the line.",
            "anscombe.csv",
            ("x4",),
            "y4",
            held_out=0.0,
        ),
        Sample(
            "diabetes",
            "Diabetes",
            "How diabetes went on in a year, from age, sex, body-mass index and blood pressure.",
            "diabetes.csv",
            _BODY,
            "progression",
        ),
        Sample(
            "diabetes_high",
            "Diabetes, two classes",
            "Whether diabetes went on more in a year than in half of the patients.",
            "diabetes.csv",
            _BODY,
            "progression",
            ("up to the median", "above the median"),
            140.5,
        ),
        Sample(
            "iris",
            "Iris, two species",
            "Two species of iris that their petals nearly tell apart.",
            "iris.csv",
            _PETAL,
            "species",
            ("versicolor", "virginica"),
        ),
    )
}
