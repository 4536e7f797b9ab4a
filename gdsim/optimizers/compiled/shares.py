"""Split a step into the share of the gradient and the share of what was carried over from before.

A step is odd in what has a direction: were the gradient and all that is summed up of it turned round, it would go the
other way. What is even, such as a root of squares, only scales it. So a step is split without knowing its rule: a sum
term by term, and what scales a share scales it as it does the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from gdsim.optimizers.compiled.record import Record
from gdsim.optimizers.compiled.terms import Term

#: How a term goes when all that has a direction is turned round; 0 goes either way.
_ODD, _EVEN, _EITHER, _NEITHER = "odd", "even", "either", "neither"


class Shares(NamedTuple):
    """Terms that sum up to the step, but for rounding; 0.0 where there is no such share.

    Attributes
    ----------
    gradient
        Share of the gradient that was met now.
    carried
        Share of what the rule remembers.
    decay
        Share of the position: weight decay.
    """

    gradient: Any
    carried: Any
    decay: Any


def shares(recorded: Record) -> Shares | None:
    """Split the step of a record; None where it has no such shares, as one that goes by a sign has not."""
    x, g, *state = recorded.inputs
    ways = _ways(recorded)
    new = recorded.results[0]
    if ways is None or ways.of(new) is not _ODD:
        return None
    carried: Any = 0.0
    for each in state:
        if ways.of(each) is _ODD:
            carried = carried + _share(new, each, ways)
    of_points = [_share(new, each, ways) for each in recorded.points]
    if any(isinstance(share, Term) for share in of_points):
        # from one position to another: what they have of the step is told together
        return Shares(_share(new, g, ways), carried + _moved(new, x, ways), 0.0)
    return Shares(_share(new, g, ways), carried, _moved(new, x, ways))


def directed(recorded: Record) -> Callable[[Term], int]:
    """Tell of terms whether they have a direction, which turns round with the gradient: 0 for none.

    It is 1 if the step goes the way of the term, and −1 if it goes the other way, as it does with the gradient.
    """
    ways, new = _ways(recorded), recorded.results[0]
    splits = ways is not None and ways.of(new) is _ODD

    def direction(term: Term) -> int:
        if ways is None or ways.of(term) is not _ODD:
            return -int(term is recorded.inputs[1])
        share = _share(new, term, ways) if splits else 0.0
        return _sign(share) if isinstance(share, Term) else -1

    return direction


def _sign(share: Any) -> int:
    """The sign of what a share is multiplied by."""
    if not isinstance(share, Term):
        return -1 if share < 0 else 1
    if share.op == "-" and not isinstance(share.args[0], Term) and share.args[0] == 0:
        return -_sign(share.args[1])
    if share.op in ("*", "/"):
        return _sign(share.args[0]) * _sign(share.args[1])
    return _sign(share.args[int(share.op == "where")]) if share.op in ("+", "-", "where") else 1


def _ways(recorded: Record) -> _Ways | None:
    """Find how the terms of a record go; None if what it remembers does not go the same way from step to step."""
    x, g, *state = recorded.inputs
    known = {x: _ODD, g: _ODD, **dict.fromkeys(state, _EITHER), **dict.fromkeys(recorded.points, _ODD)}
    # what is only multiplied, by what has no direction, has none either
    for rest in (_EITHER, _EVEN):
        known.update({each: rest for each in state if known[each] is _EITHER})
        for _ in range(len(state) + 1):
            ways = _Ways(known)
            found = [ways.of(new) for new in recorded.results[1:]]
            known |= {each: _sum((known[each], kind)) for each, kind in zip(state, found, strict=True)}
    return None if _NEITHER in known.values() else _Ways(known)


class _Ways:
    """Finds how terms go when all that has a direction is turned round, given how the inputs go."""

    def __init__(self, known: dict[Term, str]) -> None:
        self._found = dict(known)

    def of(self, term: Any) -> str:
        """Return how a term goes."""
        if not isinstance(term, Term):
            return _EVEN if term else _EITHER
        if term not in self._found:
            self._found[term] = _EVEN if term.is_input else self._of_operation(term)
        return self._found[term]

    def _of_operation(self, term: Term) -> str:
        kinds = [self.of(arg) for arg in term.args]
        if _NEITHER in kinds:
            return _NEITHER
        match term.op:
            case "+" | "-" | "total":
                return _sum(kinds)
            case "*" | "/":
                return _EITHER if _EITHER in kinds else _EVEN if kinds[0] is kinds[1] else _ODD
            case "where":
                return _sum(kinds[1:])
            case "absolute":
                return _EVEN
        return _NEITHER if _ODD in kinds else _EVEN


def _sum(kinds: Sequence[str]) -> str:
    found = set(kinds) - {_EITHER}
    return found.pop() if len(found) == 1 else _NEITHER if found else _EITHER


def _share(term: Any, leaf: Term, ways: _Ways) -> Any:
    """The share of an input in a term that is odd; 0.0 if it has none."""
    if term is leaf or not isinstance(term, Term) or term.is_input:
        return term if term is leaf else 0.0
    if term.op in ("total", "where"):
        condition = term.args[: int(term.op == "where")]
        parts = [_share(arg, leaf, ways) for arg in term.args[len(condition) :]]
        return Term(term.op, *condition, *parts) if any(isinstance(part, Term) for part in parts) else 0.0
    a, b = term.args
    if term.op in ("+", "-"):
        first, second = _share(a, leaf, ways), _share(b, leaf, ways)
        return first + second if term.op == "+" else first - second
    if term.op == "/":
        share = _share(a, leaf, ways)
        return share / b if isinstance(share, Term) else 0.0
    return _share(a, leaf, ways) * b if ways.of(a) is _ODD else a * _share(b, leaf, ways)


def _moved(term: Any, x: Term, ways: _Ways) -> Any:
    """The share of x in its new value, less x itself: without taking a number from nearly the same one."""
    if term is x:
        return 0.0
    if isinstance(term, Term) and term.op in ("+", "-"):
        left, right = _moved(term.args[0], x, ways), _share(term.args[1], x, ways)
        return left + right if term.op == "+" else left - right
    return _share(term, x, ways) - x
