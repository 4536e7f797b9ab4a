"""The examples of a model ⇄ an object of a file: a set by its key, a table, or a table by its path."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import Source
from gdsim.objectives.rows import Row
from gdsim.objectives.table_reading import Reading, Recoded
from gdsim.storage.checking import (
    ErrorPath,
    as_list,
    as_number,
    as_object,
    as_text,
    check_fields,
    is_numbers,
    joined,
    json_text,
    located,
)
from gdsim.storage.reading import LARGEST, read

_Error = TypeVar("_Error", bound=BaseException)


class TableError(GdsimError):
    """The table that a file names by its path is not there, not what it was, or not to be read unasked.

    Attributes
    ----------
    path
        Where it should be.
    why
        "changed" since it was chosen; "outside" of the folder of the file that names it, which nobody has allowed;
        "unreadable": gone, forbidden or too large.
    """

    def __init__(self, error: GdsimError, path: str, why: str) -> None:
        super().__init__("{reason}", error.field, reason=error)
        self.path, self.why = path, why


def table_error(error: BaseException | None) -> TableError | None:
    """The `TableError` that led to an error; None if something else is wrong."""
    return _cause(error, TableError)


def _cause(error: BaseException | None, kind: type[_Error]) -> _Error | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__
    return error


#: Whether a table, by its whole path, may be read though it lies outside the folder of the file that names it.
Trusted = Callable[[str], bool]


#: By kind: the fields it may have, in the order in which they are written; those of numbers are common to all.
_NUMBERS = ("count", "noise", "seed", "held_out")
_NAMED = ("key", *_NUMBERS)
_BY_PATH = ("path", "checksum", "features", "target", "seed", "held_out", "reading")
_TABLE = ("features", "target", "classes", "codes", "seed", "held_out", "rows")
#: How tables are read now; a file that does not say so is from when two numbers were no classes.
_READING = 2
#: The most letters that the name of a column or a class may have, and the path of a table.
_LONGEST, _LONGEST_PATH = 200, 4096


def source_tree(source: Source, folder: str | None) -> dict[str, Any]:
    """Write what is not the default of a source. A path in `folder`, or below, is told from there."""
    names = _NAMED if source.key else _BY_PATH if source.path else _TABLE
    found = {name: getattr(source, name) for name in names if name not in ("reading", "codes")}
    tree = {name: value for name, value in found.items() if value != getattr(Source, name)}
    for name in ("features", "classes"):
        if name in tree:
            tree[name] = list(_names(joined("data", name), list(tree[name])))
    for name in ("target", "path"):
        if name in tree:
            tree[name] = _text(joined("data", name), tree[name])
    if source.reading is not None and not source.reading.before and not source.key and source.path:
        tree["reading"] = _READING
    elif names is _TABLE and (codes := _codes_of(source)):
        tree["codes"] = codes
    if "path" in tree and folder is not None and Path(tree["path"]).is_relative_to(folder):
        tree["path"] = Path(tree["path"]).relative_to(folder).as_posix()
    return tree


def as_source(
    path: str, value: Any, folder: str | None, table: str | None = None, trusted: Trusted | None = None
) -> Source | None:
    """The source that stands in a file; a table by its path is read, and must be what it was.

    Unless a `table` is given, the path of a file that is read in its place, as it is now. One that lies outside of
    `folder` is read only if it is `trusted`: a file that came from somebody else shall not open what it likes.
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
    if names is not _NAMED:
        # a file that does not say it is from when every table held out a quarter
        given.setdefault("held_out", 0.25)
    if names is _NAMED:
        _check_key(joined(path, "key"), given["key"])
    elif names is _TABLE and "rows" not in given:
        raise GdsimError("{field} must have a key, a path or rows", path)
    if "codes" in given:
        given["reading"] = _reading_of(joined(path, "codes"), given.pop("codes"), given.get("features", ()))
    with ErrorPath(path):
        source = _read(given, folder, table, trusted) if names is _BY_PATH else Source(**given)
        from gdsim.objectives.data.lookup import dataset_of

        dataset_of(source)  # which may find more that is wrong
    return source


def _read(given: dict[str, Any], folder: str | None, table: str | None, trusted: Trusted | None) -> Source:
    from gdsim.storage.contents import UnreadableError, contents
    from gdsim.storage.csv.data import ChangedError
    from gdsim.storage.csv.file import MOST_BYTES

    file = os.path.join(folder or "", given.pop("path"))
    if table is not None:
        file = table
        given.pop("checksum", None)
    whole = os.path.abspath(file)
    if table is None and folder is not None and not _lies_in(file, folder) and not (trusted and trusted(whole)):
        error = GdsimError("the table {path} lies outside the folder of the experiment", "data", path=whole)
        raise TableError(error, whole, "outside")
    before = given.pop("reading", 1) < _READING
    try:
        contents(file, MOST_BYTES, "data", begin=0)  # no pipe, which had to be waited for, though `read_csv` reads some
        return _read_once(file, _about(file), before=before, **given)
    except GdsimError as error:
        for kind, why in ((UnreadableError, "unreadable"), (ChangedError, "changed")):
            if _cause(error, kind) is not None:
                raise TableError(error, whole, why) from error
        raise


def _codes_of(source: Source) -> dict[str, list[str]]:
    """By feature of two values: which of them is 0, and which 1; of the target its classes tell it."""
    recoded = () if source.reading is None else source.reading.recoded
    return {
        code.name: list(_names(joined("data", "codes"), [code.zero, code.one]))
        for code in recoded
        if code.name in source.features
    }


def _reading_of(path: str, value: Any, features: Sequence[str]) -> Reading:
    """Read what is known of a table that stands in the file itself."""
    recoded = []
    for name, two in as_object(path, value).items():
        if name not in features:
            raise GdsimError("{field} must be features, not {given}", path, given=json_text(name))
        values = _names(f"{path}.{name}", two)
        if len(values) != 2:
            raise GdsimError("{field} must be two texts, not {given}", f"{path}.{name}", given=json_text(two))
        recoded.append(Recoded(name, *values))
    return Reading(recoded=tuple(recoded))


def _lies_in(file: str, folder: str) -> bool:
    """Return whether a file is in a folder or below it, and not by a link alone."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


@lru_cache(maxsize=1)
def _read_once(
    file: str, about: object, features: Sequence[str] | None = None, target: str | None = None, **given: Any
) -> Source:
    """A table as it was the last time, if nothing was written to it since: what the worker read, the window opens."""
    from gdsim.storage.csv.data import read_csv

    return read_csv(file, features, target, **given)[0]


def _about(file: str) -> tuple[int, ...]:
    """The facts of a file that change when somebody writes to it."""
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def size_of_table(path: Path) -> int:
    """The size in bytes of the table that the file of an experiment names by its path; 0 if none can be seen."""
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
        with ErrorPath(path):
            Source("line", **{name: value})
        return value
    if name == "codes":  # which are checked when the features are known
        return value
    if name == "reading":
        if value not in (1, _READING) or isinstance(value, bool):
            raise GdsimError("{field} must be 1 or {most}, not {given}", path, most=_READING, given=json_text(value))
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
    if path == "data.path":  # a file may be called anything
        if not 0 < len(text) <= _LONGEST_PATH or "\0" in text:
            raise GdsimError(
                "{field} must be a path of 1 to {most} letters, none of them the null character, not {given}",
                path,
                most=_LONGEST_PATH,
                given=json_text(text),
            )
    elif not 0 < len(text) <= _LONGEST or not text.isprintable():
        raise GdsimError(
            "{field} must be a text of 1 to {most} letters that can be printed, not {given}",
            path,
            most=_LONGEST,
            given=json_text(text),
        )
    return text


def _rows(path: str, value: Any) -> tuple[Row, ...]:
    rows = as_list(path, value)
    for i, row in enumerate(rows):
        if not is_numbers(row):
            for k, cell in enumerate(as_list(f"{path}[{i}]", row)):
                as_number(f"{path}[{i}][{k}]", cell)
    # a whole number may be larger than any float
    with ErrorPath(path):
        return tuple(tuple(map(_as_float, row)) for row in rows)


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError as error:
        raise GdsimError("data must be finite numbers", "data") from error
