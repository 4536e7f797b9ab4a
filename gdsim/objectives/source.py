"""Sources of examples: the set that a model is trained on, said in keys, numbers and texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError
from gdsim.objectives.rows import Rows, as_rows

if TYPE_CHECKING:
    from gdsim.objectives.table_reading import Reading

#: The models by key, which is all that most races need to know of them.
MODEL_KEYS = ("linear", "logistic", "perceptron", "network")
#: Ends of the names of files that are tables.
_TABLES = (".csv", ".tsv", ".txt")
HIGHEST_SEED = 2**32 - 1
#: The share of examples held out where nobody says another, and how many examples there must be for it.
MADE_SHARE, _FEW = 0.25, 50


@dataclass(frozen=True)
class Source:
    """A set of examples: one that comes with the program, or a table of one's own.

    Attributes
    ----------
    key
        Of a made-up set in DATASETS or a real one in SAMPLES; "" for the table in `rows`.
    count, noise
        Of a made-up set: how many examples, and how noisy; None for what the recipe says.
    seed
        What they are drawn from, and which are held out.
    held_out
        The share that no model is trained on; None for what the set says. A table of one's own says `own_share`.
    rows
        A table of one's own: a row an example, its features and then its target.
    features, target, classes
        What its columns are called and, where the target is a class, 0 or 1, what these are called.
    path, checksum
        The file it was read from, and what tells whether that has changed; "" where the table is all there is.
    reading
        What was done when it was read from a file; None where it was not, or that is not known any more.
    """

    key: str = ""
    count: int | None = None
    noise: float | None = None
    seed: int = 0
    held_out: float | None = None
    rows: Rows | tuple[tuple[float, ...], ...] = ()
    features: tuple[str, ...] = ()
    target: str = "y"
    classes: tuple[str, ...] = ()
    path: str = ""
    checksum: str = ""
    reading: Reading | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("key", "target", "path", "checksum"):
            if not isinstance(text := getattr(self, name), str):
                raise GdsimError("{field} must be a text, not {given}", f"data {name}", given=repr(text)[:60])
        for name in ("features", "classes"):
            object.__setattr__(self, name, _checked_names(getattr(self, name), f"data {name}"))
        if self.count is not None:
            object.__setattr__(self, "count", as_count(self.count, "data count", 2, 100_000))
        object.__setattr__(self, "seed", as_count(self.seed, "data seed", 0, HIGHEST_SEED))
        for name, high in (("noise", 1e6), ("held_out", 0.9)):
            if (value := getattr(self, name)) is not None:
                number = as_float(value, f"data {name}")
                if not 0 <= number <= high:
                    raise GdsimError(
                        "{field} must be from 0 to {high:g}, not {given:g}", f"data {name}", high=high, given=number
                    )
                object.__setattr__(self, name, number)
        if self.key and self.rows:
            raise GdsimError("data must be a set that is named or a table, not both", "data")
        if not self.key:
            object.__setattr__(self, "rows", as_rows(self.rows))
            if self.held_out is None:
                object.__setattr__(self, "held_out", own_share(len(self.rows)))


def own_share(count: int) -> float:
    """The share of a table of one's own that is held out where nobody has said: nothing of few examples."""
    return MADE_SHARE if count >= _FEW else 0.0


def is_table(path: str) -> bool:
    """Tell whether a file is a table of examples, by its name."""
    return path.lower().endswith(_TABLES)


def _checked_names(names: object, field: str) -> tuple[str, ...]:
    given = tuple(names) if isinstance(names, Iterable) and not isinstance(names, str) else (None,)
    if not all(isinstance(name, str) for name in given):
        raise GdsimError("{field} must be a list of texts, not {given}", field, given=repr(names)[:60])
    return given
