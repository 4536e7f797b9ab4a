"""Places where a formula is undefined, however its terms cancel.

SymPy cancels as it builds: x/x is 1 to it, and 0·log(x) is 0, where the text says that neither has a value. So what may
be undefined (a quotient, a logarithm, a root) is looked for again in what was built of it. If it is gone, the result is
held to the text: it is nan where the operation itself, worked out as it stands, is nan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from gdsim.objectives.formula.functions import PARTIAL

if TYPE_CHECKING:
    import sympy

#: By what may be undefined, a divisor or a call: how far down it stands, as an exponent; 0 for a call.
_Parts = Mapping[Any, int]


class Domains:
    """Keeper of those parts of the trees of a formula that may be undefined.

    Parameters
    ----------
    functions
        Those of `symbolic`.
    uses
        What is known of the symbols in trees.
    """

    def __init__(self, functions: Any, uses: Any) -> None:
        self.functions = functions
        self.uses = uses
        self.known: dict[sympy.Expr, _Parts] = {}

    def product(self, left: sympy.Expr, right: sympy.Expr, result: sympy.Expr) -> sympy.Expr:
        """A product, undefined where it is as it stands."""
        return self._within(result, "multiply", (left, right)) if self._lost((left, right), result) else result

    def quotient(self, above: sympy.Expr, below: sympy.Expr, result: sympy.Expr) -> sympy.Expr:
        """A quotient, undefined where it is as it stands; what a divisor is divided by comes up and can do no harm."""
        return self._within(result, "divide", (above, below)) if self._lost((above, 1 / below), result) else result

    def sum(self, terms: Sequence[sympy.Expr], result: sympy.Expr) -> sympy.Expr:
        """A sum, undefined where one of its terms is that has cancelled."""
        lost = self._lost(terms, result)
        gone = [term for term in terms if any(part in lost for part in self.parts(term))] if lost else []
        return self._within(result, "add", gone) if len(gone) > 1 else result

    def _within(self, result: sympy.Expr, op: str, args: Sequence[sympy.Expr]) -> sympy.Expr:
        """A result with one more witness beside those that there are: never one inside another, which would be deep."""
        within = self.functions.within
        witnesses: dict[sympy.Expr, None] = {}

        def bare(tree: sympy.Expr) -> sympy.Expr:
            return tree.replace(lambda part: isinstance(part, within), strip)

        def strip(*held: sympy.Expr) -> sympy.Expr:
            witnesses.update(dict.fromkeys(held[1:]))
            return held[0]

        if isinstance(result, within):
            result = strip(*result.args)
        witnesses[reduce(getattr(self.functions, op), map(bare, args))] = None
        return within(result, *witnesses)

    def _lost(self, trees: Sequence[sympy.Expr], result: sympy.Expr) -> set[Any]:
        """The parts that may be undefined in the trees, and are gone from what was made of them, or milder there."""
        here = self.parts(result)
        return {part for tree in trees for part, low in self.parts(tree).items() if here.get(part, 1) > low}

    def parts(self, tree: sympy.Expr) -> _Parts:
        """The parts of a tree that may be undefined, each with its lowest power; 0 for a function that is partial."""
        if tree in self.known:
            return self.known[tree]
        found: dict[Any, int] = {}
        for arg in tree.args:
            for part, low in self.parts(arg).items():
                found[part] = min(low, found.get(part, 0))
        if tree.args and self.uses.of(tree):
            if tree.is_Pow and tree.args[1].is_negative:
                found[tree.args[0]] = min(int(tree.args[1]), found.get(tree.args[0], 0))
            elif type(tree).__name__ in PARTIAL:
                found[tree] = 0
        self.known[tree] = found
        return found
