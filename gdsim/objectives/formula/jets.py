"""Numbers with their derivatives: an operation on them is one on the values, with the chain rule beside it.

Derivatives here are derivatives with care: a branch that is not taken, however steep, says nothing (0·∞ is 0 there); a
root is flat where all below it is (√((x - 1)²) at 1 is a corner, as |x - 1| is); and log(exp(a) + exp(b)) goes on where
exp overflows. They are slow, and asked where the printed derivatives come to no number; see `careful`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.formula.functions import BY_SYMBOL, CONDITIONS
from gdsim.objectives.formula.functions.row import Row
from gdsim.objectives.formula.slopes import slopes_of

Values = Any
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Jet:
    """A value and its derivatives.

    Attributes
    ----------
    value
        A number for each point, or one for all.
    slopes
        The derivative by each coordinate it depends on: jets of one order less; none of order 0.
    order
        How many times it can be differentiated.
    logarithmic
        There is a logarithm in it, which grows more slowly than any pole.
    exponents
        If it is a sum of exponentials: their arguments.
    """

    value: Values
    slopes: Mapping[str, Jet] = field(default_factory=dict)
    order: int = 0
    logarithmic: bool = False
    exponents: tuple[Jet, ...] = ()

    def __add__(self, other: Operand) -> Jet:
        other = as_jet(other)
        slopes = dict(self.slopes)
        for name, slope in other.slopes.items():
            slopes[name] = slopes[name] + slope if name in slopes else slope
        exponents = self.exponents + other.exponents if self.exponents and other.exponents else ()
        return self._of(other, self.value + other.value, slopes, exponents)

    def __mul__(self, other: Operand) -> Jet:
        other = as_jet(other)
        # a slope can be differentiated once less, and so must be all that it is multiplied by
        mine, others = lower(self), lower(other)
        slopes = {name: slope * others for name, slope in self.slopes.items()}
        for name, slope in other.slopes.items():
            slopes[name] = slopes[name] + mine * slope if name in slopes else mine * slope
        exponents = ()
        for one, scale in ((self, other), (other, self)):
            # c·exp(e) is exp(e + log c), and stays a sum of exponentials
            if one.exponents and not scale.slopes and np.all(scale.value > 0):
                exponents = tuple(e + np.log(scale.value) for e in one.exponents)
        return self._of(other, self.value * other.value, slopes, exponents)

    def __truediv__(self, other: Operand) -> Jet:
        other = as_jet(other)
        if not other.slopes:
            slopes = {name: slope / lower(other) for name, slope in self.slopes.items()}
            exponents = (self * Jet(1.0 / other.value)).exponents
            return self._of(other, self.value / other.value, slopes, exponents)
        below = lower(other)
        slopes = {name: slope / below for name, slope in self.slopes.items()}
        by_below = -lower(self) / (below * below)
        for name, slope in other.slopes.items():
            slopes[name] = slopes[name] + by_below * slope if name in slopes else by_below * slope
        return self._of(other, self.value / other.value, slopes, ())

    def __neg__(self) -> Jet:
        return Jet(-self.value, {name: -slope for name, slope in self.slopes.items()}, self.order, self.logarithmic)

    def __pow__(self, n: Operand) -> Jet:
        return power(self, as_jet(n))

    def __sub__(self, other: Operand) -> Jet:
        return self + -as_jet(other)

    def __radd__(self, other: Operand) -> Jet:
        return as_jet(other) + self

    def __rsub__(self, other: Operand) -> Jet:
        return as_jet(other) - self

    def __rmul__(self, other: Operand) -> Jet:
        return as_jet(other) * self

    def __rtruediv__(self, other: Operand) -> Jet:
        return as_jet(other) / self

    def _of(self, other: Jet, value: Values, slopes: Mapping[str, Jet], exponents: tuple[Jet, ...]) -> Jet:
        logarithmic = self.logarithmic or other.logarithmic
        return Jet(value, slopes, max(self.order, other.order), logarithmic, exponents)


Operand = Jet | float | Values


def as_jet(value: Operand) -> Jet:
    """A number as a jet; a positive one is an exponential, of its logarithm."""
    if isinstance(value, Jet):
        return value
    if np.ndim(value):
        return Jet(value)
    number = np.float64(value)
    return Jet(number, exponents=(Jet(np.log(number)),) if number > 0 else ())


def coordinate(name: str, values: Values, order: int) -> Jet:
    """A coordinate: its derivative by itself is 1."""
    return Jet(values, {name: Jet(np.float64(1.0), {}, order - 1)} if order else {}, order)


def lower(jet: Jet) -> Jet:
    """The same with one derivative less."""
    if jet.order <= 1:
        return Jet(jet.value, {}, 0, jet.logarithmic)
    slopes = {name: lower(slope) for name, slope in jet.slopes.items()}
    return Jet(jet.value, slopes, jet.order - 1, jet.logarithmic)


def select(where: Mask, one: Jet, other: Jet) -> Jet:
    """Take one jet where a condition holds and the other elsewhere, with all their derivatives."""
    names = {**one.slopes, **other.slopes}
    nothing = Jet(np.float64(0.0))
    slopes = {n: select(where, one.slopes.get(n, nothing), other.slopes.get(n, nothing)) for n in names}
    order = max(one.order, other.order)
    return Jet(np.where(where, one.value, other.value), slopes, order, one.logarithmic or other.logarithmic)


def _forgotten(jet: Jet, where: Mask) -> Jet:
    """0 with all its derivatives where it holds."""
    return select(where, Jet(np.float64(0.0)), jet) if np.any(where) else jet


def applied(row: Row, args: list[Jet]) -> Jet:
    """A function of jets."""
    chosen = _CHOICES.get(row.name)
    if chosen is not None:
        return chosen(*args)
    if row.logarithmic and len(args) == 1 and any(np.ndim(e.value) for e in args[0].exponents):
        return _log_of_sum(row, args[0].exponents)
    if row.name == "log" and len(args) == 2:
        return applied(row, args[:1]) / applied(row, args[1:])
    if row.name == "power":
        return power(*args)
    value = row.of_arrays(*(arg.value for arg in args))
    low = [lower(arg) for arg in args]
    slopes: dict[str, Jet] = {}
    # those that are constant but for their jumps have none
    for slope, arg in zip(slopes_of(row), args, strict=False):
        if arg.slopes:
            outer = as_jet(slope.of(JETS, *low))
            # exp(-1/x²) falls faster than any pole grows; exp(log(x)) does not
            _add_slopes(slopes, _flat_where_all_is(outer, arg), arg, row.fading and not arg.logarithmic)
    logarithmic = row.logarithmic or any(arg.logarithmic for arg in args)
    order = max(arg.order for arg in args)
    return Jet(value, slopes, order, logarithmic, tuple(args) if row.name == "exp" else ())


def _add_slopes(slopes: dict[str, Jet], outer: Jet, arg: Jet, fading: bool) -> None:
    """The chain rule: outer times each of the slopes of an argument."""
    for name, inner in arg.slopes.items():
        if fading:
            inner = _forgotten(inner, np.equal(outer.value, 0.0) & ~np.isfinite(inner.value))
        term = outer * inner
        slopes[name] = slopes[name] + term if name in slopes else term


def _flat_where_all_is(outer: Jet, arg: Jet) -> Jet:
    """The slope of a function of an argument; 0 where it is infinite and the argument has no slope in any direction."""
    still: Any = ~np.isfinite(outer.value)
    for slope in arg.slopes.values():
        still = still & np.equal(slope.value, 0.0)
    return _forgotten(outer, still)


def power(a: Jet, b: Jet) -> Jet:
    """a to the b."""
    slopes: dict[str, Jet] = {}
    if a.slopes and np.any(b.value != 0):
        low, exponent = lower(a), lower(b)
        # not a^b/a, which at 0 is 0/0
        rest = _flat_where_all_is(power(low, exponent - 1.0), a)
        # 0·x⁻¹ is 0 at 0 too
        outer = exponent * rest if exponent.slopes else exponent * _forgotten(rest, _vanishing(exponent, rest))
        _add_slopes(slopes, outer, a, fading=False)
    if b.slopes:
        # 0 to a positive b is 0 all along
        low = lower(a)
        base = select(np.equal(low.value, 0.0) & np.greater(b.value, 0.0), Jet(np.float64(1.0)), low)
        _add_slopes(slopes, JETS.log(base) * power(low, lower(b)), b, fading=False)
    value = np.power(a.value, b.value)
    exponents = (b,) if not a.slopes and np.all(a.value == np.e) else ()
    return Jet(value, slopes, max(a.order, b.order), a.logarithmic or b.logarithmic, exponents)


def _vanishing(factor: Jet, other: Jet) -> Mask:
    found: Mask = np.equal(factor.value, 0.0) & ~np.isfinite(other.value)
    return found


def _log_of_sum(row: Row, exponents: tuple[Jet, ...]) -> Jet:
    """The logarithm of a sum of exponentials, by the largest of them."""
    value = exponents[0].value
    for other in exponents[1:]:
        value = np.logaddexp(value, other.value)
    order = max(e.order for e in exponents)
    slopes: dict[str, Jet] = {}
    if order:
        total = _log_of_sum(BY_SYMBOL["log"], tuple(lower(e) for e in exponents))
        for e in exponents:
            if e.slopes:
                # its share of the sum: at most 1, where exp(e) itself may be infinite
                _add_slopes(slopes, JETS.exp(lower(e) - total), e, fading=True)
    found = Jet(value, slopes, order, True)
    return found if row.name == "log" else found / float(np.log(2.0 if row.name == "log2" else 10.0))


def _of_two(least: bool, a: Jet, b: Jet) -> Jet:
    one, other = (a, b) if least else (b, a)
    below, above = np.less(one.value, other.value), np.less(other.value, one.value)
    middle = a * 0.5 + b * 0.5
    chosen = select(below, a, select(above, b, middle))
    value = np.minimum(a.value, b.value) if least else np.maximum(a.value, b.value)
    return Jet(value, chosen.slopes, chosen.order, chosen.logarithmic)


def _of_many(least: bool) -> Callable[..., Jet]:
    def chosen(*args: Jet) -> Jet:
        found = list(args)
        while len(found) > 1:  # in pairs of pairs, as they are printed
            pairs = [found[i : i + 2] for i in range(0, len(found), 2)]
            found = [_of_two(least, *pair) if len(pair) == 2 else pair[0] for pair in pairs]
        return found[0]

    return chosen


def _absolute(u: Jet) -> Jet:
    turned = select(np.less(u.value, 0.0), -u, u)
    flat = _forgotten(turned, np.equal(u.value, 0.0))
    return Jet(np.absolute(u.value), flat.slopes, flat.order, flat.logarithmic)


def _relu(u: Jet) -> Jet:
    return select(np.greater(u.value, 0.0), u, Jet(np.maximum(u.value, 0.0)))


_CHOICES: dict[str, Callable[..., Jet]] = {
    "min": _of_many(least=True),
    "max": _of_many(least=False),
    "abs": _absolute,
    "relu": _relu,
    "where": lambda condition, a, b: select(condition.value, a, b),
    # `row=row`, or all of them would see the last row
    **{name: (lambda *args, row=row: Jet(row.of_arrays(*(a.value for a in args)))) for name, row in CONDITIONS.items()},
}


class _Jets:
    """The functions by name, for the derivatives of their rows (see `functions`)."""

    pi = Jet(np.float64(np.pi))
    number = staticmethod(as_jet)

    def __getattr__(self, name: str) -> Callable[..., Jet]:
        row = BY_SYMBOL[name]
        return lambda *args: applied(row, [as_jet(arg) for arg in args])


JETS = _Jets()
