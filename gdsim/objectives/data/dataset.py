"""A set of examples: features, targets, and which of them are held out."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.objectives.data.checked import as_classes, as_features, as_targets
from gdsim.objectives.data.seeds import SPLIT, generator
from gdsim.objectives.source import HIGHEST_SEED

#: Indices of examples.
Indices = NDArray[np.int64]
_NONE: Indices = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples with their targets, read-only.

    Attributes
    ----------
    name
        What it is called.
    X
        ``(n, p)``: one row an example, one column a feature.
    y
        ``(n,)``: the targets; for two classes, 0 and 1.
    features
        Names of the features, p of them; x, or x1, x2, … if empty.
    target
        What y is called.
    classes
        The names of the classes 0 and 1; empty for regression.
    held_out
        Indices of the examples that no model is trained on; ascending.
    """

    name: str
    X: Array
    y: Array
    features: tuple[str, ...] = ()
    target: str = "y"
    classes: tuple[str, ...] = ()
    held_out: Indices = field(default_factory=lambda: _NONE)

    def __post_init__(self) -> None:
        features = as_features(self.X)
        targets = as_targets(self.y, len(features))
        names = tuple(self.features) or plain_names(features.shape[1])
        if len(names) != features.shape[1]:
            raise GdsimError(
                "features must be {p} names, not {given}", "features", p=features.shape[1], given=len(names)
            )
        if len(self.classes) not in (0, 2):
            raise GdsimError("classes must be none or two names, not {given}", "classes", given=len(self.classes))
        if self.classes:
            as_classes(targets)
        given = np.unique(np.asarray(self.held_out)) if np.size(self.held_out) else _NONE
        # what is no index becomes one that is refused below
        held = given.astype(np.int64) if np.issubdtype(given.dtype, np.integer) else np.array([-1])
        if held.size and not (held[0] >= 0 and held[-1] < len(targets) and held.size < len(targets)):
            raise GdsimError("held_out must be some of the indices below {n}, not all", "held_out", n=len(targets))
        held.flags.writeable = False
        for name, value in (("X", features), ("y", targets), ("features", names), ("held_out", held)):
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.y)

    @cached_property
    def train(self) -> Indices:
        """Indices of the examples that are not held out, ascending."""
        kept = np.setdiff1d(np.arange(len(self)), self.held_out)
        kept.flags.writeable = False
        return kept

    @property
    def is_classes(self) -> bool:
        """Tell whether the target is a class rather than a number."""
        return bool(self.classes)

    def split(self, share: float = 0.25, seed: int = 0) -> Self:
        """The same examples with a share of them, drawn from the seed, held out; at least one is trained on.

        Each draws a number of its own: one example more moves at most one other to the other side.
        """
        share, seed = as_float(share, "held_out"), as_count(seed, "seed", 0, HIGHEST_SEED)
        if not 0 <= share < 1:
            raise GdsimError("the share held out must be from 0 to less than 1, not {given:g}", "held_out", given=share)
        count = min(round(share * len(self)), len(self) - 1)
        chosen = np.argsort(generator(seed, SPLIT).random(len(self)), kind="stable")[:count]
        return dataclasses.replace(self, held_out=np.sort(chosen))

    def standardised(self) -> Self:
        """Every feature with mean 0 and standard deviation 1 over the examples that are trained on.

        A feature that is constant there is only shifted.
        """
        middle, scale = spread(self.X[self.train])
        return dataclasses.replace(self, X=(self.X - middle) / scale)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 over numbers, names and split, in hexadecimal."""
        words = "\n".join([str(self.X.shape), *self.features, self.target, *self.classes])
        digest = hashlib.sha256(words.encode())
        # in one order of bytes, so that every machine gets the same
        for array, kind in ((self.X, "<f8"), (self.y, "<f8"), (self.held_out, "<i8")):
            digest.update(np.ascontiguousarray(array, dtype=kind).tobytes())
        return digest.hexdigest()


def plain_names(count: int) -> tuple[str, ...]:
    """x, or x1, x2, …"""
    return ("x",) if count == 1 else tuple(f"x{i}" for i in range(1, count + 1))


def spread(features: Array) -> tuple[Array, Array]:
    """Mean and standard deviation ``(p,)`` of features ``(n, p)``; 1 for one that is constant."""
    middle = features.mean(axis=0)
    scale = features.std(axis=0)
    # rounding alone gives a constant column a little spread; squares of very small numbers are 0
    constant = (features == features[0]).all(axis=0) | (scale == 0)
    return middle, np.where(constant, 1.0, scale)


def telling(features: Array, targets: Array) -> list[int]:
    """Order features ``(n, p)`` by how closely they go with the targets ``(n,)``, closest first; two as they come."""
    count = features.shape[1]
    if count <= 2:
        return list(range(count))
    features, targets = features - features.mean(axis=0), targets - targets.mean()
    with np.errstate(all="ignore"):
        share = np.abs(features.T @ targets) / np.sqrt((features * features).sum(axis=0))
    # a constant feature, which tells nothing, is 0/0
    return [int(i) for i in np.argsort(-np.nan_to_num(share, nan=0.0), kind="stable")]


def names_of(features: Sequence[str], weights: str = "w") -> tuple[str, ...]:
    """Names of the weights of some features: w, or w1, w2, … for plain ones; w_age for age."""
    if tuple(features) == plain_names(len(features)):
        return tuple(name.replace("x", weights) for name in features)
    return tuple(f"{weights}_{'_'.join(name.split())}" for name in features)
