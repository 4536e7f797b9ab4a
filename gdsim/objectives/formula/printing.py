"""Prints SymPy as plain Python functions."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gdsim.objectives.formula.careful import needs_care
from gdsim.objectives.formula.functions import BY_SYMBOL
from gdsim.objectives.formula.nodes import MANGLED, Node, python_name
from gdsim.objectives.formula.slopes import read_expression
from gdsim.objectives.formula.symbolic import derivatives, hidden

if TYPE_CHECKING:
    import sympy

#: Above so many parts the shorter of two spellings is not looked for any more; above so many, common parts of sums and
#: products neither: only what is the same as a whole.
_LARGE, _HUGE = 250, 1000
#: Choices of floats, in Python's own words.
_INLINE = {
    **{name: f"({{0}} {name} {{1}})" for name in ("<", "<=", ">", ">=", "==", "!=", "and", "or")},
    "not": "(not {0})",
    "where": "({1} if {0} else {2})",
}
#: Of floats, these are floats already.
_OWN = frozenset(name for name, row in BY_SYMBOL.items() if row.own)
#: A longer part gets a name and a line of its own; so does one of more terms or factors than Python takes.
_LONGEST, _MOST_IN_A_ROW = 300, 100


def source(text: str, names: tuple[str, ...], what: str) -> str:
    """The Python text of a function ``f`` of d arrays, or of d floats if `what` begins with "float_"."""
    scalar, kind = what.startswith("float_"), what.removeprefix("float_")
    return _sources(text, names, kind)[scalar]


@lru_cache(maxsize=64)
def _sources(text: str, names: tuple[str, ...], what: str) -> tuple[str, str]:
    """For arrays and for floats: the same operations in the same order."""
    from sympy import core

    found = []
    # 2(x + y) or 2x + 2y: which leads to the shorter function is known only when both are printed
    for spread in (False, True):
        with core.parameters.distribute(spread):
            trees, known = hidden(derivatives(text, names, what, spread))
            size = _size(trees)
            parts, results = _common(trees, size > _HUGE)
            printers = [Printer(scalar, known) for scalar in (False, True)]
            care = needs_care(text, what)
            alone = size > _LARGE and not spread
            if alone and what == "hessian":
                printers = printers[:1]  # of floats, nobody asks for it
            found.append(tuple(printer.function(parts, results, names, what, care) for printer in printers))
        if alone:
            return found[0][0], found[0][-1]
    one, other = min(found, key=lambda pair: operations(pair[1]))
    return one, other


def _size(trees: Sequence[sympy.Expr]) -> int:
    """The number of arguments in the trees; parts that are the same count once."""
    stack, seen, count = list(trees), set(), 0
    while stack:
        tree = stack.pop()
        if tree not in seen:
            seen.add(tree)
            stack.extend(tree.args)
            count += len(tree.args)
    return count


def _common(trees: Sequence[sympy.Expr], huge: bool) -> tuple[list[tuple[Any, Any]], list[Any]]:
    """Common parts under names of their own, and what is left of the trees."""
    import sympy
    from sympy.simplify.cse_main import tree_cse

    names = sympy.numbered_symbols("_c")
    # cse itself compares sums with sums and products with products, each with each
    parts, results = tree_cse(trees, names, order="none") if huge else sympy.cse(trees, names, order="none")
    return parts, results


class Printer:
    """Prints SymPy as straight-line Python: common parts once, integer powers as products.

    On the scalar path numpy's results become Python floats at once: arithmetic on those is several times faster. On
    the array path constants are arrays of no dimension: ufuncs take those faster than floats.
    """

    def __init__(self, scalar: bool, known: Mapping[sympy.Symbol, sympy.Expr] | None = None) -> None:
        import sympy

        self.sympy = sympy
        self.scalar = scalar
        #: Symbols that stand for constants.
        self.known = dict(known or {})
        self.lines: list[str] = []
        self.powers: dict[tuple[str, int], str] = {}
        self.constants: dict[str, float] = {}
        self.constant_names: dict[float, str] = {}
        self.constant_trees: dict[sympy.Expr, bool] = {}

    def function(
        self,
        parts: list[tuple[Any, Any]],
        results: list[Any],
        names: tuple[str, ...],
        what: str = "",
        care: bool = False,
    ) -> str:
        """The Python text of a function ``f`` of `names`: first each of the common parts, then the results."""
        for symbol, part in parts:
            self.lines.append(f"{symbol} = {self.text(part)}")
        texts = [self.text(result) for result in results]
        arguments = ", ".join(map(python_name, names))
        otherwise = ""
        if care and self.scalar and what != "hessian":
            # where one is no number, they are worked out with care; see `careful`
            self.lines += [f"_r{i} = {text}" for i, text in enumerate(texts)]
            texts = [f"_r{i}" for i in range(len(texts))]
            otherwise = f" if isfinite({' + '.join(texts)}) else careful({arguments})"
        constants = "".join(f"{name} = array({value!r})\n" for name, value in self.constants.items())
        # a value on floats is that float, and all else a tuple
        one = self.scalar and what == "value"
        returned = texts[0] if one else f"({' '.join(f'{text},' for text in texts)})"
        body = "".join(f"    {line}\n" for line in [*self.lines, f"return {returned}{otherwise}"])
        return f"{constants}def f({arguments}):\n{body}"

    def text(self, tree: sympy.Expr) -> str:
        """The tree as Python; whatever is not a name or a call stands in brackets."""
        text = self._text(tree)
        # Python reads no more than 200 brackets in each other
        return text if len(text) <= _LONGEST else self._named(text)

    def _text(self, tree: sympy.Expr) -> str:
        if tree.is_Symbol and tree not in self.known:
            return python_name(tree.name.removeprefix(MANGLED)) if tree.name.startswith(MANGLED) else tree.name
        if self._is_constant(tree):
            return self._constant(self._number(tree))
        if tree.is_Add:
            return self._sum(tree)
        if tree.is_Mul:
            return self._product(tree)
        if tree.is_Pow:
            base, exponent = tree.args
            if exponent.is_negative:
                return f"({self._constant(1.0)}/{self._power(base, -exponent)})"
            return self._power(base, exponent)
        return self._call(type(tree).__name__, tree.args)

    def _is_constant(self, tree: sympy.Expr) -> bool:
        if tree not in self.constant_trees:
            named = tree.is_Symbol and tree not in self.known
            self.constant_trees[tree] = not named and all(self._is_constant(a) for a in tree.args)
        return self.constant_trees[tree]

    def _number(self, tree: sympy.Expr) -> float:
        return number(tree.xreplace(self.known) if self.known else tree)

    def _constant(self, value: float) -> str:
        if self.scalar:
            return repr(value)
        name = self.constant_names.setdefault(value, f"_k{len(self.constants)}")
        self.constants[name] = value
        return name

    def _sum(self, tree: sympy.Expr) -> str:
        # those with a minus last, so that none is turned round by itself; else the constant last
        terms = sorted(tree.args, key=lambda a: (a.could_extract_minus_sign(), self._is_constant(a)))
        text = self.text(terms[0])
        for i, term in enumerate(terms[1:], 1):
            if i % _MOST_IN_A_ROW == 0:
                text = self._named(f"({text})")
            if term.could_extract_minus_sign():
                text += f" - {self.text(-term)}"
            else:
                text += f" + {self.text(term)}"
        return f"({text})"

    def _product(self, tree: sympy.Expr) -> str:
        if len(tree.args) == 2 and tree.args[0] == -1 and tree.args[1].is_Add:
            # which may have cancelled now
            turned = self.sympy.Add(*(-term for term in tree.args[1].args))
            return self._sum(turned) if turned.is_Add else self.text(turned)
        constant, above, below = self.sympy.Integer(1), [], []
        for factor in tree.args:
            base, exponent = factor.as_base_exp()
            if self._is_constant(factor):
                constant *= factor
            elif exponent.is_negative:
                below.append(self._power(base, -exponent))
            else:
                above.append(self.text(factor))
        value = self._number(constant)
        if value == -1.0 and above:
            above[0] = f"-{above[0]}"
        elif value != 1.0 or not above:
            above.insert(0, self._constant(value))
        text = above[0]
        for i, part in enumerate([*("*" + a for a in above[1:]), *("/" + b for b in below)], 1):
            text = self._named(f"({text})") + part if i % _MOST_IN_A_ROW == 0 else text + part
        return f"({text})"

    def _power(self, base: sympy.Expr, exponent: sympy.Expr) -> str:
        text = self.text(base)
        if exponent.is_Integer and 0 < exponent <= 64:
            return self._integer_power(self._named(text), int(exponent))
        return self._printed_call("power", [text, self._constant(self._number(exponent))])

    def _named(self, text: str) -> str:
        if text.isidentifier():
            return text
        return self._keep((text, 1), text)

    def _integer_power(self, name: str, n: int) -> str:
        """x^n by repeated squaring, each square computed once."""
        if n == 1:
            return name
        half = self._integer_power(name, n // 2)
        text = f"{half}*{half}" + (f"*{name}" if n % 2 else "")
        return self._keep((name, n), text)

    def _keep(self, key: tuple[str, int], text: str) -> str:
        if key not in self.powers:
            self.powers[key] = f"_p{len(self.powers)}"
            self.lines.append(f"{self.powers[key]} = {text}")
        return self.powers[key]

    def _call(self, name: str, arguments: tuple[sympy.Expr, ...]) -> str:
        row = BY_SYMBOL[name]
        if row.code:
            return self._coded(read_expression(row.code), arguments[0])
        texts = [self.text(a) for a in arguments]
        if self.scalar and (inline := _INLINE.get(row.name)):
            return inline.format(*texts)
        if self.scalar and name == "within":
            # nan alone differs from itself
            return f"({texts[0]} if {' and '.join(f'{text} == {text}' for text in texts[1:])} else nan)"
        return self._printed_call(name, texts)

    def _coded(self, code: Node, argument: sympy.Expr) -> str:
        """Print a function by the spelling in its row, with an argument in the place of u."""
        if code.op == "number":
            return self._constant(code.value or 0.0)
        if code.op == "name":
            return self.text(argument)
        if code.op == "neg":
            # SymPy turns a sum round, where Python would negate what it comes to
            return self.text(-argument)
        parts = [self._coded(part, argument) for part in code.args]
        if code.op == "+":
            return f"({' + '.join(parts)})"
        return f"({'/'.join(parts)})" if code.op == "/" else self._printed_call(code.op, parts)

    def _printed_call(self, name: str, arguments: list[str]) -> str:
        call = f"{name}({', '.join(arguments)})"
        return f"float({call})" if self.scalar and name not in _OWN else call


@lru_cache(maxsize=4096)
def number(tree: sympy.Expr) -> float:
    """The value of a tree without symbols, rounded once; nan where it is none."""
    from mpmath import mp

    try:
        # so many digits that what they lose is nothing beside the rounding to a float
        with mp.workdps(30):
            value = _exact(tree)
            return float(value) if isinstance(value, mp.mpf) else math.nan
    except (ArithmeticError, ValueError):
        return math.nan


def _exact(tree: sympy.Expr) -> Any:
    import sympy
    from mpmath import mp

    if tree.is_Rational:
        return mp.mpf(tree.p) / tree.q
    if tree is sympy.pi:
        # the plus rounds it to the digits of now: mpmath's constants have none of their own
        return +mp.pi
    if tree is sympy.E:
        return +mp.e
    args = [_exact(a) for a in tree.args]
    if tree.is_Add:
        return mp.fsum(args)
    if tree.is_Mul:
        return mp.fprod(args)
    if tree.is_Pow:
        return mp.power(*args)
    if not args or not all(isinstance(a, mp.mpf) for a in args):
        return mp.nan  # an infinity without a sign
    return BY_SYMBOL[type(tree).__name__].worked_out(mp, *args)


def operations(source: str) -> int:
    """The number of operations in a printed function; the same for the scalar and the array printing of a tree."""
    nodes = list(ast.walk(ast.parse(source)))
    signs = [n for n in nodes if isinstance(n, ast.UnaryOp) and not isinstance(n.operand, ast.Constant)]
    calls = [n for n in nodes if isinstance(n, ast.Call) and ast.unparse(n.func) not in ("float", "array")]
    return len(signs) + len(calls) + sum(isinstance(n, ast.BinOp) for n in nodes)
