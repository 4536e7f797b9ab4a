"""The checks of values of a file, and the sentence that says where one is something else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.storage.reading import JsonObject


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_numbers(value: Any) -> bool:
    """Return whether a value of a file is a list of numbers."""
    return isinstance(value, list) and all(map(_is_number, value))


def _checker(is_right: Callable[[Any], bool], allowed: str) -> Callable[[str, Any], Any]:
    """A function of a path and a value, which it gives back if it is of the right type."""

    def check(path: str, value: Any) -> Any:
        if is_right(value):
            return value
        raise GdsimError("{field} must be {allowed}, not {given}", path, allowed=allowed, given=json_text(value))

    return check


as_text = _checker(lambda value: isinstance(value, str), "a text")
as_number = _checker(_is_number, "a number")
as_number_or_null = _checker(lambda value: value is None or _is_number(value), "a number or null")
as_switch = _checker(lambda value: isinstance(value, bool), "true or false")
as_setting = _checker(lambda value: isinstance(value, bool) or _is_number(value), "a number, true or false")
_as_point = _checker(lambda value: value is None or isinstance(value, list), "a list of numbers or null")
_as_box = _checker(lambda value: value is None or isinstance(value, list), "a list of pairs of numbers or null")
_as_pair = _checker(lambda value: isinstance(value, list), "a pair of numbers")
as_list = _checker(lambda value: isinstance(value, list), "a list")
as_object = _checker(lambda value: isinstance(value, dict), "an object in braces")


def as_point(path: str, value: Any) -> Any:
    """Give back a list of numbers, or null; an element that is no number is refused by its own path."""
    for i, number in enumerate(_as_point(path, value) or ()):
        as_number(f"{path}[{i}]", number)
    return value


def as_box(path: str, value: Any) -> Any:
    """Give back a list of pairs of numbers, or null; a number in it that is none is refused by its own path."""
    for i, pair in enumerate(_as_box(path, value) or ()):
        for k, number in enumerate(_as_pair(f"{path}[{i}]", pair)):
            as_number(f"{path}[{i}][{k}]", number)
    return value


class ErrorPath:
    """Puts the path of a field before the sentence of an error that is raised inside."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> ErrorPath:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, GdsimError):
            raise located(error, self.path) from error


def located(error: GdsimError, where: str) -> GdsimError:
    """The same error with a place before its sentence; the value `reason` is the error itself, to be translated."""
    return GdsimError("{where}: {reason}", error.field, where=where, reason=error)


def check_fields(tree: dict[str, Any], path: str, known: Iterable[str]) -> None:
    """Raise `GdsimError` if an object holds a name that is not known, or one twice."""
    check_twice(tree, path)
    for name in tree:
        if name not in known:
            error = UnknownNameError("field", name, known, field=joined(path, name))
            raise located(error, error.field) if path else error


def check_twice(tree: dict[str, Any], path: str) -> None:
    """Raise `GdsimError` if a name stands in an object of a file twice."""
    if isinstance(tree, JsonObject) and tree.twice is not None:
        raise GdsimError("{field} stands there twice", joined(path, tree.twice))


def joined(path: str, name: str) -> str:
    """The path of what an object at `path` holds under a name."""
    return f"{path}.{shown(name)}" if path else shown(name)


def json_text(value: Any) -> str:
    """Write a value as it can stand in a sentence."""
    if isinstance(value, dict | list):
        return "an object in braces" if isinstance(value, dict) else "a list"
    return shown(json.dumps(value, ensure_ascii=False))
