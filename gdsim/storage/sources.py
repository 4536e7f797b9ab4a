"""The examples of a model ⇄ an object of a file: a set by its key, a table, or a table by its path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import Source
from gdsim.objectives.rows import Row
from gdsim.storage.checking import (
    Place,
    as_list,
    as_number,
    as_object,
    as_text,
    check_fields,
    is_numbers,
    joined,
    located,
    told,
)
from gdsim.storage.reading import LARGEST, read


class TableError(GdsimError):
    """The table that a file names by its path is not there, or not what it was.

    Attributes
    ----------
    path
        Where it should be.
    """

    def __init__(self, error: GdsimError, path: str) -> None:
        super().__init__("{reason}", error.field, reason=error)
        self.path = path


def table_error(error: BaseException | None) -> TableError | None:
    """The `TableError` that led to an error; None if something else is wrong."""
    while error is not None and not isinstance(error, TableError):
        error = error.__cause__
    return error


#: By kind: the fields it may have, in the order in which they are written; those of numbers are common to all.
_NUMBERS = ("count", "noise", "seed", "held_out")
_NAMED = ("key", *_NUMBERS)
_BY_PATH = ("path", "checksum", "features", "target", "seed", "held_out", "reading")
_TABLE = ("features", "target", "classes", "seed", "held_out", "rows")
#: How tables are read now; a file that does not say so is from when two numbers were no classes.
_READING = 2
#: The most letters the name of a column or a class may have.
_LONGEST = 200


def source_tree(source: Source, folder: str | None) -> dict[str, Any]:
    """What is written of a source: what is not the default. A path in `folder`, or below, is told from there."""
    names = _NAMED if source.key else _BY_PATH if source.path else _TABLE
    found = {name: getattr(source, name) for name in names if name != "reading"}
    tree = {name: value for name, value in found.items() if value != getattr(Source, name)}
    for name in ("features", "classes"):
        if name in tree:
            tree[name] = list(_names(joined("data", name), list(tree[name])))
    for name in ("target", "path"):
        if name in tree:
            tree[name] = _text(joined("data", name), tree[name])
    if source.reading is not None and not source.reading.before and not source.key and source.path:
        tree["reading"] = _READING
    if "path" in tree and folder is not None and Path(tree["path"]).is_relative_to(folder):
        tree["path"] = Path(tree["path"]).relative_to(folder).as_posix()
    return tree


def as_source(path: str, value: Any, folder: str | None, table: str | None = None) -> Source | None:
    """The source that stands in a file; a table by its path is read, and must be what it was.

    Unless a `table` is given, the path of a file that is read in its place, as it is now.
    """
    if table is not None and (not isinstance(value, dict) or "path" not in value):
        raise GdsimError("{field}: the experiment names no table by its path that another could stand in for", path)
    if value is None:
        return None
    tree = {"key": value} if isinstance(value, str) else as_object(path, value)
    names = _NAMED if "key" in tree else _BY_PATH if "path" in tree else _TABLE
    check_fields(tree, path, names)
    given: dict[str, Any] = {}
    for name, field in tree.items():
        given[name] = _field(joined(path, name), name, field)
    if names is _NAMED:
        _check_key(joined(path, "key"), given["key"])
    elif names is _TABLE and "rows" not in given:
        raise GdsimError("{field} must have a key, a path or rows", path)
    with Place(path):
        source = _read(given, folder, table) if names is _BY_PATH else Source(**given)
        source.dataset()  # which may find more that is wrong
    return source


def _read(given: dict[str, Any], folder: str | None, table: str | None) -> Source:
    from gdsim.storage.csv_data import ChangedError

    file = os.path.join(folder or "", given.pop("path"))
    if table is not None:
        file = table
        given.pop("checksum", None)
    before = given.pop("reading", 1) < _READING
    try:
        return _read_once(file, _about(file), before=before, **given)
    except GdsimError as error:
        if os.path.isfile(file) and not isinstance(error.__cause__, ChangedError):
            raise
        raise TableError(error, os.path.abspath(file)) from error


@lru_cache(maxsize=1)
def _read_once(file: str, about: object, features: Sequence[str] | None = None, target: str | None = None,
               **given: Any) -> Source:  # fmt: skip
    """A table as it was the last time, if nothing was written to it since: what the worker read, the window opens."""
    from gdsim.storage.csv_data import read_csv

    return read_csv(file, features, target, **given)[0]


def _about(file: str) -> tuple[int, ...]:
    """What changes when somebody writes to a file."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def size_of_table(path: Path) -> int:
    """How many bytes the table has that the file of an experiment names by its path; 0 if none can be seen."""
    try:
        if path.stat().st_size > LARGEST or not path.is_file():
            return 0
        tree = read(path.read_bytes())
        return os.stat(path.parent / tree["data"]["path"]).st_size
    except (GdsimError, OSError, ValueError, TypeError, KeyError):
        return 0


def _field(path: str, name: str, value: Any) -> Any:
    if name in _NUMBERS:
        as_number(path, value)
        with Place(path):
            Source("line", **{name: value})
        return value
    if name == "reading":
        if value not in (1, _READING) or isinstance(value, bool):
            raise GdsimError("{field} must be 1 or {most}, not {given}", path, most=_READING, given=told(value))
        return value
    if name in ("features", "classes"):
        return _names(path, value)
    if name == "rows":
        return _rows(path, value)
    return _text(path, value) if name in ("target", "path") else as_text(path, value)


def _check_key(path: str, key: str) -> None:
    from gdsim.objectives.data import DATASETS, SAMPLES

    if key not in DATASETS and key not in SAMPLES:
        raise located(UnknownNameError("set of examples", key, [*DATASETS, *SAMPLES], path), path)


def _names(path: str, value: Any) -> tuple[str, ...]:
    return tuple(_text(f"{path}[{i}]", name) for i, name in enumerate(as_list(path, value)))


def _text(path: str, value: Any) -> str:
    text: str = as_text(path, value)
    longest = 4096 if path.endswith(".path") else _LONGEST
    if not 0 < len(text) <= longest or not text.isprintable():
        raise GdsimError("{field} must be a text of 1 to {most} letters that can be printed, not {given}", path,
                         most=longest, given=told(text))  # fmt: skip
    return text


def _rows(path: str, value: Any) -> tuple[Row, ...]:
    rows = as_list(path, value)
    for i, row in enumerate(rows):
        if not is_numbers(row):
            for k, cell in enumerate(as_list(f"{path}[{i}]", row)):
                as_number(f"{path}[{i}][{k}]", cell)
    # a whole number may be larger than any float
    with Place(path):
        return tuple(tuple(map(_as_float, row)) for row in rows)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError as error:
        raise GdsimError("data must be finite numbers", "data") from error
