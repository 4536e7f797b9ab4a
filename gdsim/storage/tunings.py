"""The rule of a tuning ⇄ an object of a file."""

from __future__ import annotations

from typing import Any

from gdsim.simulation.maps.axis import AxisWords, checked_words
from gdsim.simulation.maps.tuning_rule import TuningRule
from gdsim.storage.checking import ErrorPath, as_list, as_number, as_object, as_text, check_fields, check_twice, joined

_READERS = {"tries": as_number, "starts": as_number, "criterion": as_text, "seed": as_number}


def tuning_tree(rule: TuningRule) -> dict[str, Any]:
    """Write a rule: all its numbers, and the ranges that were given."""
    ranges = {name: [list(words) for words in axes] for name, axes in rule.ranges.items()}
    return {
        "tries": rule.tries,
        "starts": rule.starts,
        "criterion": rule.criterion.value,
        "seed": rule.seed,
        "ranges": ranges,
    }


def as_tuning(path: str, value: Any) -> TuningRule | None:
    """The rule that stands in a file; null for none."""
    if value is None:
        return None
    tree = as_object(path, value)
    check_fields(tree, path, [*_READERS, "ranges"])
    given = {name: _READERS[name](joined(path, name), tree[name]) for name in _READERS if name in tree}
    for name, one in given.items():
        # one at a time, so that the place of a wrong one is known
        with ErrorPath(joined(path, name)):
            TuningRule(**{name: one})
    where = joined(path, "ranges")
    ranges = as_object(where, tree.get("ranges", {}))
    check_twice(ranges, where)
    return TuningRule(**given, ranges={name: _axes(joined(where, name), axes) for name, axes in ranges.items()})


def _axes(path: str, value: Any) -> tuple[AxisWords, ...]:
    return tuple([_axis(f"{path}[{i}]", words) for i, words in enumerate(as_list(path, value))])


def _axis(path: str, value: Any) -> AxisWords:
    words = as_list(path, value)
    if len(words) in (3, 4):
        as_text(f"{path}[0]", words[0])
        for i in (1, 2):
            as_number(f"{path}[{i}]", words[i])
    return checked_words(words, path)
