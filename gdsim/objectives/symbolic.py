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

from gdsim.objectives.formula import read
from gdsim.objectives.nodes import COORDINATES, MANGLED, Node, fold

if TYPE_CHECKING:
    import sympy

#: Constants longer than this are taken as the double next to them.
_MOST_BITS = 1100


@lru_cache(maxsize=64)
def derivatives(text: str, names: tuple[str, ...], what: str, spread: bool) -> tuple[sympy.Expr, ...]:
    """The results of one of the functions of a formula: its value, gradient or Hessian (upper triangle, by rows).

    `spread` says whether SymPy may multiply numbers into sums: 2·(x + y) or 2x + 2y.
    """
    from sympy.core.parameters import distribute

    symbols = [symbol(name) for name in names]
    with distribute(spread):
        if what == "value":
            return (_tree(text, spread),)
        if what == "gradient":
            (tree,) = derivatives(text, names, "value", spread)
            return _slopes((tree,), symbols)[0]
        first = derivatives(text, names, "gradient", spread)
        rows = _slopes(first, symbols)
        return tuple(slope for i, row in enumerate(rows) for slope in row[i:])


def _slopes(trees: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol]) -> list[tuple[sympy.Expr, ...]]:
    """The derivatives of each of the trees by each of the symbols."""
    columns = []
    for s in symbols:
        # what is the same in several places is worked out once
        known: dict[sympy.Expr, sympy.Expr] = {}
        columns.append([_slope(tree, s, known) for tree in trees])
    return list(zip(*columns, strict=True))


def _slope(tree: sympy.Expr, by: sympy.Symbol, known: dict[sympy.Expr, sympy.Expr]) -> sympy.Expr:
    """The derivative of a tree; SymPy's own asks itself on the way whether this or that is real, even or positive."""
    from sympy import Add, Integer, Mul

    if tree in known:
        return known[tree]
    args = tree.args
    if not args:
        return Integer(1 if tree == by else 0)
    slopes = [_slope(a, by, known) for a in args]
    if tree.is_Add:
        result = Add(*slopes)
    elif tree.is_Mul:
        result = Add(*(Mul(*args[:i], s, *args[i + 1 :]) for i, s in enumerate(slopes) if s != 0))
    elif tree.is_Pow:
        result = Mul(args[1], args[0] ** (args[1] - 1), slopes[0]) if slopes[0] != 0 else slopes[0]
    else:
        # those that are constant but for their jumps have none
        outer = functions().slopes.get(type(tree).__name__, ())
        result = Add(*(Mul(of(*args), s) for of, s in zip(outer, slopes, strict=False) if s != 0))
    known[tree] = result
    return result


@lru_cache(maxsize=64)
def _tree(text: str, spread: bool) -> sympy.Expr:
    del spread  # the tree is another one, though its formula is the same
    return _whole(fold(read(text).plain, _part))


@lru_cache(maxsize=256)
def symbol(name: str) -> sympy.Symbol:
    """What stands for a coordinate or a parameter."""
    import sympy

    return sympy.Symbol(name if name in COORDINATES else MANGLED + name)


def _part(node: Node, parts: list[sympy.Expr | list[sympy.Expr]]) -> sympy.Expr | list[sympy.Expr]:
    """A node as SymPy has it; of a sum its terms, so that a long one is put together once and not term by term."""
    import sympy

    if node.op in ("+", "-"):
        terms = parts[0] if isinstance(parts[0], list) else [parts[0]]
        last = _whole(parts[1])
        return [*terms, last if node.op == "+" else -last]
    args = [_whole(part) for part in parts]
    # 1/(x - x) is undefined everywhere
    if (node.op == "/" and args[1] == 0) or (node.op == "^" and args[0] == 0 and args[1].is_negative):
        return sympy.Symbol("nan")
    return _BUILD.get(node.op, _call)(node, args)


def _whole(part: sympy.Expr | list[sympy.Expr]) -> sympy.Expr:
    import sympy

    return sympy.Add(*part) if isinstance(part, list) else part


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


_RENAMED = {"abs": "absolute"}


def _call(node: Node, args: list[sympy.Expr]) -> sympy.Expr:
    ours = functions()
    if node.op == "sqrt":
        return _root(args[0])
    if node.op in ("min", "max"):
        of_two = ours.minimum if node.op == "min" else ours.maximum
        while len(args) > 1:  # in pairs of pairs: a chain of hundreds would be too deep a tree
            args = [of_two(*args[i : i + 2]) if args[i + 1 :] else args[i] for i in range(0, len(args), 2)]
        return args[0]
    return getattr(ours, _RENAMED.get(node.op, node.op))(*args)


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

    found = {call for tree in trees for call in tree.atoms(sympy.Function) if not call.free_symbols}
    names = {call: sympy.Symbol(f"_h{i}") for i, call in enumerate(sorted(found, key=str))}
    return [tree.xreplace(names) for tree in trees], {name: call for call, name in names.items()}


@lru_cache(maxsize=1)
def functions() -> SimpleNamespace:
    """Our functions, by the names under which they are printed; made at the first use of SymPy."""
    import sympy
    from sympy import Integer, Rational

    f = SimpleNamespace()
    half = Rational(1, 2)
    #: The derivative of each by each of its arguments.
    slopes: dict[str, tuple[Callable[..., Any], ...]] = {
        "exp": (lambda u: f.exp(u),),
        "log": (lambda u: 1 / u,),
        "log10": (lambda u: 1 / (u * f.log(Integer(10))),),
        "sqrt": (lambda u: half / f.sqrt(u),),
        "sin": (lambda u: f.cos(u),),
        "cos": (lambda u: -f.sin(u),),
        "tan": (lambda u: 1 + f.tan(u) ** 2,),
        "asin": (lambda u: 1 / f.sqrt(1 - u**2),),
        "acos": (lambda u: -1 / f.sqrt(1 - u**2),),
        "atan": (lambda u: 1 / (1 + u**2),),
        "sinh": (lambda u: f.cosh(u),),
        "cosh": (lambda u: f.sinh(u),),
        # 1 - tanh² would lose its digits far out
        "tanh": (lambda u: f.sech(u) ** 2,),
        "sech": (lambda u: -f.sech(u) * f.tanh(u),),
        "sigmoid": (lambda u: f.sigmoid(u) * f.sigmoid(-u),),
        "softplus": (lambda u: f.sigmoid(u),),
        "relu": (lambda u: f.heaviside(u, Integer(0)),),
        "absolute": (lambda u: f.sign(u),),
        "minimum": (lambda a, b: f.heaviside(b - a, half), lambda a, b: f.heaviside(a - b, half)),
        "maximum": (lambda a, b: f.heaviside(a - b, half), lambda a, b: f.heaviside(b - a, half)),
        "power": (lambda a, b: b * f.power(a, b - 1), lambda a, b: f.log(a) * f.power(a, b)),
        "ratio": (lambda a, b: f.ratio(Integer(1), b), lambda a, b: -f.ratio(a, b * b)),
        "hypot": (lambda a, b: f.ratio(a, f.hypot(a, b)), lambda a, b: f.ratio(b, f.hypot(a, b))),
        "atan2": (lambda a, b: f.ratio(b, a**2 + b**2), lambda a, b: -f.ratio(a, a**2 + b**2)),
    }

    for name in (*slopes, "sign", "floor", "heaviside"):
        setattr(
            f, name, type(name, (sympy.Function,), {"nargs": 2 if name == "heaviside" else len(slopes.get(name, "1"))})
        )
    f.slopes = slopes
    return f
