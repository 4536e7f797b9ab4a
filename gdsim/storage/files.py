"""An experiment as a file that a person can read and edit: JSON, with the number of its version.

Nothing in a file is ever evaluated, and everything is checked before there is an experiment at all.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment
from gdsim.storage.atomic import replacing
from gdsim.storage.checking import located
from gdsim.storage.contents import contents
from gdsim.storage.experiment_tree import from_tree, to_tree
from gdsim.storage.reading import LARGEST, check_size, read
from gdsim.storage.sources import Trusted

#: The fewest bytes that a number of a table takes: "0.0, ".
_LEAST = 5


@dataclass(frozen=True)
class Document:
    """The contents of a file.

    Attributes
    ----------
    experiment
        What is raced.
    title, note
        What it is called, and a sentence or two on what to look at; both may be "".
    """

    experiment: Experiment
    title: str = ""
    note: str = ""


def dump(experiment: Experiment, title: str = "", note: str = "", folder: str | None = None) -> bytes:
    """The file of an experiment, numbers in the fewest digits that read back to the same bits.

    A table of examples stands in it unless it has a path; one in `folder`, or below, is told from there.

    Raises
    ------
    GdsimError
        If it is of a Python function, or too large.
    """
    lines = [
        f"  {_json(name)}: {_value(name, value)}" for name, value in to_tree(experiment, title, note, folder).items()
    ]
    data = ("{\n" + ",\n".join(lines) + "\n}\n").encode()
    _check_size(len(data), experiment)  # what could not be opened again is not saved
    return data


def load(data: bytes, folder: str | None = None, table: str | None = None, trusted: Trusted | None = None) -> Document:
    """Read the bytes of a file; a field that is not there has the default of `Experiment`.

    A table of examples that it names by its path is read too, and must be what it was; without `folder`, a path is told
    from where we are. The file `table` is read in its place, if there is one, as it is now. One that lies outside of
    `folder` is read only if `trusted` says so of its path.

    Raises
    ------
    GdsimError
        If it is not a file of this or an older version, or something in it is not what is allowed: the message
        names the field by its path ("optimizers[2].values.beta1").
    """
    document = Document(*from_tree(read(data), folder, table, trusted))
    try:
        # what is opened can be saved: a file says some things in fewer letters than gdsim does
        dump(document.experiment, document.title, document.note, folder)
    except GdsimError as error:
        raise GdsimError("it could not be saved again: {reason}", error.field, reason=error) from error
    return document


def fits(experiment: Experiment) -> bool:
    """Return whether a file can hold an experiment, with the table of examples that is in it."""
    data = experiment.data
    if data is not None and data.rows and not data.path and _LEAST * len(data.rows) * len(data.rows[0]) > LARGEST:
        return False
    try:
        dump(experiment)
    except GdsimError:
        return False
    return True


def save(
    experiment: Experiment, path: str | os.PathLike[str], title: str = "", note: str = "", private: bool = False
) -> None:
    """Write a file, which is there at any moment as it was or as it shall be; if `private`, for nobody else to read.

    Raises
    ------
    GdsimError
        If it cannot be written; what was there is untouched.
    """
    data = dump(experiment, title, note, _folder_of(path))
    with replacing(path, private=private) as temporary:
        temporary.write_bytes(data)


def open_file(
    path: str | os.PathLike[str],
    table: str | os.PathLike[str] | None = None,
    *,
    trusted: Trusted | None = None,
    pipes: bool = False,
) -> Document:
    """Read and check a file, or a pipe if they are allowed; see `load`.

    Raises
    ------
    GdsimError
        If it cannot be read, or `load` refuses it; the message names the path.
    """
    data = contents(path, LARGEST, pipes=pipes)
    try:
        return load(data, _folder_of(path), None if table is None else os.fspath(table), trusted)
    except GdsimError as error:
        raise located(error, str(path)) from error


def _folder_of(path: str | os.PathLike[str]) -> str:
    return os.path.dirname(os.path.abspath(path))


def _check_size(size: int, experiment: Experiment) -> None:
    try:
        check_size(size)
    except GdsimError as error:
        if experiment.data is None or not experiment.data.rows or experiment.data.path:
            raise
        raise GdsimError(
            "the table of {rows} examples makes the file too large: {size:.3g} MB, where {limit:.3g} MB is the most; "
            "keep it in a CSV file of its own",
            "data",
            rows=len(experiment.data.rows),
            size=size / 1e6,
            limit=LARGEST / 1e6,
        ) from error


def _value(name: str, value: Any) -> str:
    """A field on one line, but the optimizers and examples on a line each."""
    if name == "data" and "rows" in value:
        fields = [f"    {_json(field)}: {_json(own)}" for field, own in value.items() if field != "rows"]
        rows = ",\n".join(f"      {_json(row)}" for row in value["rows"])
        return "{\n" + ",\n".join([*fields, f'    "rows": [\n{rows}\n    ]']) + "\n  }"
    if name == "optimizers" and value:
        return "[\n" + ",\n".join(f"    {_json(entry)}" for entry in value) + "\n  ]"
    return _json(value)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # the name of a file may have bytes that are no letters, which Python writes as halves of letters
    return text if _is_whole(text) else json.dumps(value, allow_nan=False)


def _is_whole(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
