"""Tree → SymPy, with functions of our own where SymPy would think too much.

SymPy is used to differentiate and for nothing else. Its own functions work things out when they are made (√x² becomes
|x|, exp(log x) becomes x, |x|″ a delta), which changes where a formula is defined and may take any time. Those here
stay as they were typed, and their derivatives are those almost everywhere. All constants are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from gdsim.objectives.formula.domains import Domains
from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.functions import BY_SYMBOL, row_of
from gdsim.objectives.formula.nodes import COORDINATES, MANGLED, Node, fold
from gdsim.objectives.formula.slopes import slopes_of

if TYPE_CHECKING:
    import sympy

#: Constants longer than this are taken as the double next to them.
_MOST_BITS = 1100


@lru_cache(maxsize=64)
def derivatives(text: str, names: tuple[str, ...], what: str, spread: bool) -> tuple[sympy.Expr, ...]:
    """The results of one of the functions of a formula: its value, gradient or Hessian (upper triangle, by rows).

    `spread` says whether SymPy may multiply numbers into sums: 2·(x + y) or 2x + 2y.
    """
    from sympy import core

    symbols = [symbol(name) for name in names]
    with core.parameters.distribute(spread):
        if what == "value":
            return (_tree(text, spread),)
        if what == "gradient":
            (tree,) = derivatives(text, names, "value", spread)
            return _slopes((tree,), symbols)[0]
        first = derivatives(text, names, "gradient", spread)
        return tuple(slope for row in _slopes(first, symbols, upper=True) for slope in row)


def _slopes(
    trees: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol], upper: bool = False
) -> list[tuple[sympy.Expr, ...]]:
    """The derivatives of each of the trees by each of the symbols; if `upper`, by those from its own place on."""
    held = any(type(part).__name__ == "within" for part in _parts(trees))
    uses = Uses()
    derivers = [_Deriver(s, held, uses) for s in symbols]
    return [tuple(by.slope(tree) for by in derivers[i if upper else 0 :]) for i, tree in enumerate(trees)]


class Uses:
    """The symbols in trees; SymPy looks through the whole of a tree each time that it is asked."""

    def __init__(self) -> None:
        self.known: dict[sympy.Expr, frozenset[sympy.Symbol]] = {}

    def of(self, tree: sympy.Expr) -> frozenset[sympy.Symbol]:
        """The symbols in a tree."""
        if tree not in self.known:
            own = frozenset((tree,)) if tree.is_Symbol else frozenset()
            self.known[tree] = own.union(*map(self.of, tree.args))
        return self.known[tree]


def _parts(trees: Sequence[sympy.Expr]) -> set[sympy.Expr]:
    """All parts of trees, each once."""
    found: set[sympy.Expr] = set()
    stack = list(trees)
    while stack:
        tree = stack.pop()
        if tree not in found:
            found.add(tree)
            stack.extend(tree.args)
    return found


class _Deriver:
    """Derivatives by one symbol; SymPy's own asks itself on the way whether this or that is real, even or positive.

    Parameters
    ----------
    by
        The symbol.
    held
        Something is held to its domain: it is undefined there in all directions.
    uses
        What is known of the symbols in trees.
    """

    def __init__(self, by: sympy.Symbol, held: bool, uses: Uses) -> None:
        self.by = by
        self.held = held
        self.uses = uses
        #: A part that stands in several places is worked out once.
        self.known: dict[sympy.Expr, sympy.Expr] = {}

    def slope(self, tree: sympy.Expr) -> sympy.Expr:
        """The derivative of a tree."""
        from sympy import Integer

        if not self.held and self.by not in self.uses.of(tree):
            return Integer(0)
        if not tree.args:
            return Integer(1 if tree == self.by else 0)
        if tree not in self.known:
            self.known[tree] = self._slope(tree, tree.args, [self.slope(a) for a in tree.args])
        return self.known[tree]

    def _slope(self, tree: sympy.Expr, args: Sequence[sympy.Expr], slopes: Sequence[sympy.Expr]) -> sympy.Expr:
        from sympy import Add, Mul

        ours, name = functions(), type(tree).__name__
        if name == "within":
            return ours.within(slopes[0], *args[1:])
        if name == "where":
            return slopes[1] if slopes[1] == slopes[2] else ours.where(args[0], *slopes[1:])
        if tree.is_Add:
            return Add(*slopes)
        if tree.is_Mul:
            return Add(*(Mul(*args[:i], s, *args[i + 1 :]) for i, s in enumerate(slopes) if s != 0))
        if tree.is_Pow:
            return Mul(args[1], args[0] ** (args[1] - 1), slopes[0]) if slopes[0] != 0 else slopes[0]
        # those that are constant but for their jumps have none
        outer = slopes_of(BY_SYMBOL[name])
        return Add(*(Mul(slope.of(ours, *args), s) for slope, s in zip(outer, slopes, strict=False) if s != 0))


@lru_cache(maxsize=64)
def _tree(text: str, spread: bool) -> sympy.Expr:
    del spread  # the tree is another one, though its formula is the same
    builder = _Builder()
    return builder.whole(fold(read(text).plain, builder.part))


@lru_cache(maxsize=256)
def symbol(name: str) -> sympy.Symbol:
    """The symbol of a coordinate or a parameter."""
    import sympy

    return sympy.Symbol(name if name in COORDINATES else MANGLED + name)


class _Builder:
    """Makes SymPy's trees; of a sum its terms, so that a long one is put together once and not term by term."""

    def __init__(self) -> None:
        self.domains = Domains(functions(), Uses())

    def part(self, node: Node, parts: list[sympy.Expr | list[sympy.Expr]]) -> sympy.Expr | list[sympy.Expr]:
        """A node as SymPy has it."""
        import sympy

        if node.op in ("+", "-"):
            terms = parts[0] if isinstance(parts[0], list) else [parts[0]]
            last = self.whole(parts[1])
            return [*terms, last if node.op == "+" else -last]
        args = [self.whole(part) for part in parts]
        # 1/(x - x) is undefined everywhere
        if (node.op == "/" and args[1] == 0) or (node.op == "^" and args[0] == 0 and args[1].is_negative):
            return sympy.Symbol("nan")
        result = _BUILD.get(node.op, _call)(node, args)
        if node.op == "*":
            return self.domains.product(args[0], args[1], result)
        return self.domains.quotient(args[0], args[1], result) if node.op == "/" else result

    def whole(self, part: sympy.Expr | list[sympy.Expr]) -> sympy.Expr:
        """A part as one tree."""
        import sympy

        return self.domains.sum(part, sympy.Add(*part)) if isinstance(part, list) else part


def _number(node: Node, _: list[sympy.Expr]) -> sympy.Expr:
    from fractions import Fraction

    import sympy

    # the decimal text, exactly: 0.26 is 13/50
    exact = Fraction(node.name)
    if exact.numerator.bit_length() + exact.denominator.bit_length() > _MOST_BITS:
        exact = Fraction(node.value or 0.0)
    return sympy.Rational(exact.numerator, exact.denominator)


def _name(node: Node, _: list[sympy.Expr]) -> sympy.Expr:
    import sympy

    known = {"pi": sympy.pi, "e": sympy.E}
    return known[node.name] if node.name in known else symbol(node.name)


def _power(_: Node, args: list[sympy.Expr]) -> sympy.Expr:
    import sympy

    base, exponent = args
    if exponent.is_Integer:
        return base**exponent
    if base is sympy.E:
        return functions().exp(exponent)
    # SymPy would join x^0.5·x^0.5 to x, which is defined elsewhere too
    if exponent.is_Rational and exponent.q == 2:
        return _root(base) ** exponent.p
    return functions().power(base, exponent)


def _root(inside: sympy.Expr) -> sympy.Expr:
    import sympy

    if inside.is_Rational and 0 <= inside.p < 2**31 and inside.q < 2**31:
        return sympy.sqrt(inside)
    return functions().sqrt(inside)


def _call(node: Node, args: list[sympy.Expr]) -> sympy.Expr:
    ours = functions()
    if node.op == "sqrt":
        return _root(args[0])
    if node.op in ("min", "max"):
        of_two = ours.minimum if node.op == "min" else ours.maximum
        while len(args) > 1:  # in pairs of pairs: a chain of hundreds would be too deep a tree
            args = [of_two(*args[i : i + 2]) if args[i + 1 :] else args[i] for i in range(0, len(args), 2)]
        return args[0]
    if node.op == "log" and len(args) == 2:
        named = {2: ours.log2, 10: ours.log10}.get(args[1])
        return named(args[0]) if named else ours.log(args[0]) / ours.log(args[1])
    if node.op == "root" and args[1] in (2, 3):
        return _root(args[0]) if args[1] == 2 else ours.cbrt(args[0])
    return getattr(ours, row_of(node.op).printed)(*args)


_BUILD: dict[str, Callable[[Node, list[Any]], Any]] = {
    "number": _number,
    "name": _name,
    "*": lambda _, args: args[0] * args[1],
    "/": lambda _, args: args[0] / args[1],
    "neg": lambda _, args: -args[0],
    "^": _power,
}


def hidden(trees: Sequence[sympy.Expr]) -> tuple[list[sympy.Expr], dict[sympy.Symbol, sympy.Expr]]:
    """The trees with a symbol for every function of constants, and what each of them stands for.

    SymPy would work tanh(3) out to find the order of two terms, again and again.
    """
    import sympy

    uses = Uses()
    found = [part for part in _parts(trees) if isinstance(part, sympy.Function) and not uses.of(part)]
    # sorted, as a set has another order each time, and the printed text would follow it
    names = {call: sympy.Symbol(f"_h{i}") for i, call in enumerate(sorted(found, key=str))}
    if not names:
        return list(trees), {}
    return [tree.xreplace(names) for tree in trees], {name: call for call, name in names.items()}


@lru_cache(maxsize=1)
def functions() -> SimpleNamespace:
    """Our functions, by the names under which they are printed; made at the first use of SymPy."""
    import sympy

    f = SimpleNamespace(pi=sympy.pi, number=sympy.Integer)
    for name, row in BY_SYMBOL.items():
        count = None if name == "within" else 2 if row.most == 0 else 1 if name == "log" else row.least
        setattr(f, name, type(name, (sympy.Function,), {"nargs": count}))
    return f
