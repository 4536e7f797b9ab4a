"""Decision whether the first row of a table has names, as the rows below it say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gdsim.storage.csv.cells import Spelling, is_gap, may_be_gap

_YEARS = range(1700, 2200)


def has_names(rows: Sequence[Sequence[str]], spelling: Spelling, before: bool = False) -> bool:
    """Tell whether the first of some rows has names: texts above numbers, or numbers in order as those below are not.

    Parameters
    ----------
    rows
        The first rows.
    spelling
        Of the numbers.
    before
        Whether to look for nothing but texts in the first row, as once.
    """
    first, body = rows[0], rows[1:]
    numbers = [spelling.number(cell) for cell in first]
    if before or not body:
        return all(number is None for number in numbers) and any(first)
    below = [_below(body, i, spelling) for i in range(len(first))]
    above = [i for i, (found, _) in enumerate(below) if found]
    named = sum(numbers[i] is None and _is_name(first[i]) for i in above)
    plain = [i for i, number in enumerate(numbers) if number is not None]
    if not plain:
        if not above:  # texts all over: one that stands below, too, is no name
            return any(first) and not any(first[i] in texts for i, (_, texts) in enumerate(below) if first[i])
        return named > 0 or (any(first) and not any(is_gap(first[i]) and first[i] for i in above))
    if named:
        return named >= len(plain) or _in_order([number for number in numbers if number is not None])
    return _are_labels(first, numbers, body, spelling)


def _below(body: Sequence[Sequence[str]], i: int, spelling: Spelling) -> tuple[bool, set[str]]:
    """Tell whether the cells of a column are mostly numbers, and which texts there are."""
    cells = [row[i] for row in body if i < len(row) and not is_gap(row[i]) and not may_be_gap(row[i])]
    numbers = sum(spelling.number(cell) is not None for cell in cells)
    return 2 * numbers >= len(cells) > 0, {*cells} if not numbers else set()


def _is_name(cell: str) -> bool:
    return bool(cell) and not is_gap(cell) and not may_be_gap(cell)


def _in_order(numbers: Sequence[float]) -> bool:
    """Tell whether numbers are whole and go up by one step."""
    steps = {b - a for a, b in pairwise(numbers)}
    return len(numbers) > 1 and len(steps) == 1 and steps.pop() > 0 and all(number % 1 == 0 for number in numbers)


def _are_labels(
    first: Sequence[str], numbers: Sequence[float | None], body: Sequence[Sequence[str]], spelling: Spelling
) -> bool:
    """Tell whether the numbers of the first row count its columns, or are years, and those below are neither."""
    at = [i for i, number in enumerate(numbers) if number is not None]
    found = [number for number in numbers if number is not None]
    years = all(number in _YEARS for number in found)
    if not _in_order(found) and not (years and len(found) == 1 and len(first) > 1):
        return False
    rows = [[spelling.number(row[i]) for i in at] for row in body if len(row) == len(first)]
    inside = [number for row in rows for number in row if number is not None]
    if years:
        return sum(number in _YEARS for number in inside) < len(inside) / 10
    like = sum(_in_order([number for number in row if number is not None]) for row in rows)
    if 2 * like > len(rows):
        return False
    # 0, 1, 2, … beside a name that is not there, or above numbers that are not whole
    counted = found[0] in (0, 1) and found[1] - found[0] == 1
    whole = sum(number % 1 == 0 for number in inside)
    return counted and len(found) > 2 and ((not first[0] and 0 not in at) or whole < len(inside) / 2)
