"""Sets of examples by what is said of them: a source, or its key."""

from __future__ import annotations

from functools import lru_cache

from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.objectives.data.dataset import Dataset
from gdsim.objectives.data.generators import DATASETS
from gdsim.objectives.data.samples import SAMPLES
from gdsim.objectives.rows import as_rows
from gdsim.objectives.source import MADE_SHARE, Source, is_table


def as_source(given: object) -> Source:
    """A source, or the one of a key."""
    if isinstance(given, Source):
        return given
    if not isinstance(given, str):
        raise GdsimError(
            "data must be a Source or the key of a set of examples, not {given}", "data", given=repr(given)[:60]
        )
    if given not in DATASETS and given not in SAMPLES:
        if is_table(given):
            raise GdsimError(
                "data names a file, {given}: gdsim.read_csv reads it, and gives a Source", "data", given=shown(given)
            )
        raise _unknown(given)
    return Source(given)


@lru_cache(maxsize=16)
def dataset_of(source: Source) -> Dataset:
    """The examples of a source; the same object for the same source."""
    share = MADE_SHARE if source.held_out is None else source.held_out
    if source.key in DATASETS:
        return DATASETS[source.key].make(source.count, source.noise, source.seed, share)
    if source.key in SAMPLES:
        return _sample(source)
    if source.key:
        raise _unknown(source.key)
    table = as_rows(source.rows).table
    name = source.path or "table"
    made_of = Dataset(name, table[:, :-1], table[:, -1], source.features, source.target, source.classes)
    return made_of.split(share, source.seed)


def _sample(source: Source) -> Dataset:
    for name in ("count", "noise"):
        if getattr(source, name) is not None:
            raise GdsimError(
                "{key} is a real set of examples: it has no {name} to choose", "data", key=source.key, name=name
            )
    return SAMPLES[source.key].load(source.seed, source.held_out)


def _unknown(key: str) -> UnknownNameError:
    return UnknownNameError("set of examples", key, [*DATASETS, *SAMPLES], field="data")
