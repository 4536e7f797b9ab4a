"""Words of the command line that describe a model on data: its examples and its options."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from typing import Any

from gdsim.cli.values import as_number, settings_in
from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import Source
from gdsim.objectives.source import is_table

#: What can be set on a set that comes with the program, and on a file.
_OF_A_SET = ("count", "noise", "seed", "held_out")
_OF_A_FILE = ("header", "gaps", "seed", "held_out")
_SETTINGS = re.compile(r"(.*?)(:[a-z_]+=.*)?", re.DOTALL)


def as_source(text: str, target: str | None, features: str | None) -> Source:
    """Examples as they are written after --data: ``blobs:count=200,noise=0.4``, or ``points.csv:held_out=0.3``."""
    from gdsim.objectives.data import DATASETS, SAMPLES

    word = text.partition(":")[0]
    # a name stays a name, whatever lies about in the folder
    if word in DATASETS or word in SAMPLES:
        for option, given in (("target", target), ("features", features)):
            if given is not None:
                raise GdsimError(
                    "--{option} is for a table of your own: {word} knows its columns", option, option=option, word=word
                )
        found = settings_in("data", text, "count=200")
        _refuse_unknown(word, found, _OF_A_SET)
        return Source(word, **{name: as_number(value) for name, value in found.items()})  # type: ignore[arg-type]
    match = _SETTINGS.fullmatch(text)
    assert match is not None  # it takes any text
    path = match[1]
    if not is_table(path) and not os.path.exists(path):
        raise UnknownNameError("set of examples", word, [*DATASETS, *SAMPLES], "data")
    # a path may have a colon of its own
    plain = os.path.basename(path).replace(":", "_") + (match[2] or "")
    return _read(path, settings_in("data", plain, "held_out=0.3"), target, features)


def _read(path: str, found: dict[str, str], target: str | None, features: str | None) -> Source:
    from gdsim.storage.csv.data import read_csv

    _refuse_unknown("a file", found, _OF_A_FILE)
    header = None
    if "header" in found:
        header = {"true": True, "false": False}.get(found["header"].lower())
        if header is None:
            raise GdsimError("header of a file must be true or false, not '{given}'", "data", given=found["header"])
    names = None if features is None else [name.strip() for name in next(csv.reader([features]), [])]
    split: dict[str, Any] = {name: as_number(found[name]) for name in ("seed", "held_out") if name in found}
    return read_csv(path, names, target, header, found.get("gaps", "drop"), **split)[0]


def as_options(key: str, texts: Iterable[str]) -> dict[str, Any]:
    """Read options of a model or a function, each written as ``name=value``: ``hidden=16,16``, ``l2=0.1``."""
    from gdsim.objectives.data.models.model_kinds import MODELS

    chosen: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise GdsimError(
                "--option must be a name and a value, such as --option l2=0.1, not '{given}'", "options", given=text
            )
        if name in chosen:
            raise GdsimError("--option {given}: {name} is set twice", "options", given=text, name=name)
        if key not in MODELS:  # such as a dimension
            chosen[name] = as_number(value)
            continue
        option = MODELS[key].option(name)
        if option.choices:
            chosen[name] = value
        elif isinstance(option.default, bool):
            chosen[name] = {"true": True, "false": False}.get(value.lower(), value)
        elif isinstance(option.default, tuple):
            chosen[name] = tuple(map(as_number, value.split(",")))
        else:
            chosen[name] = as_number(value)
    return chosen


def _refuse_unknown(what: str, found: Iterable[str], known: Iterable[str]) -> None:
    for name in found:
        if name not in known:
            raise UnknownNameError(f"setting of {what}", name, known, "data")
