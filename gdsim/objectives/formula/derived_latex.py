"""The derivatives of a formula as LaTeX, printed from SymPy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gdsim.objectives.formula.formula import read
from gdsim.objectives.formula.functions import BY_SYMBOL
from gdsim.objectives.formula.latex import apart, call_latex, name_latex, squared_first
from gdsim.objectives.formula.nodes import MANGLED
from gdsim.objectives.formula.symbolic import derivatives, hidden

if TYPE_CHECKING:
    import sympy

#: Nobody reads more parts than these; printing them would take its time.
_MOST_PARTS = 1500
#: Beginning of the name of a symbol that is LaTeX already.
_LITERAL = "\0"


@lru_cache(maxsize=128)
def derived_latex(text: str, names: tuple[str, ...], what: str) -> tuple[str, ...]:
    """LaTeX of the gradient or of the Hessian (upper triangle, by rows); "" for what is too long to read."""
    if what == "hessian" and not read(text).twice:
        return ("",) * (len(names) * (len(names) + 1) // 2)
    printer = _printer()
    decimal = "." in text
    trees, known = hidden([_bare(tree) for tree in derivatives(text, names, what, False)])
    # a symbol can be called whatever is to be printed for it
    calls = {name: name.func(_LITERAL + printer.doprint(call)) for name, call in known.items()}
    trees = [tree.xreplace(calls) for tree in trees]
    shown = [_decimals(tree) if decimal else tree for tree in trees]
    return tuple(apart(printer.doprint(tree)) if _is_short(tree) else "" for tree in shown)


def _bare(tree: sympy.Expr) -> sympy.Expr:
    """Without what holds it to its domain: nobody writes that down."""
    return tree.replace(lambda part: type(part).__name__ == "within", lambda part: part.args[0])


def _is_short(tree: sympy.Expr) -> bool:
    count, stack = 0, [tree]
    while stack and count <= _MOST_PARTS:
        count += 1
        stack.extend(stack.pop().args)
    return count <= _MOST_PARTS


def _decimals(tree: sympy.Expr) -> sympy.Expr:
    """With 0.52 for 13/25, as the person who typed it writes decimals."""
    import sympy

    if any(power.is_number for power in tree.atoms(sympy.Pow)):
        return tree  # √2 would become a decimal too
    ends = [r for r in tree.atoms(sympy.Rational) if not r.is_Integer and 10**6 % r.q == 0]
    return tree.xreplace({r: sympy.Float(str(int(r.p * 10**6 // r.q) / 10**6)) for r in ends})


@lru_cache(maxsize=1)
def _printer() -> Any:
    import sympy  # noqa: F401 (as a whole: a part alone breaks what another thread is importing)
    from sympy.printing.latex import LatexPrinter

    class Printer(LatexPrinter):  # type: ignore[misc]
        def _print_Symbol(self, tree: sympy.Symbol, style: str = "") -> str:
            if tree.name.startswith(_LITERAL):
                return str(tree.name[len(_LITERAL) :])
            if tree.name == "nan":
                return r"\text{undefined}"
            return name_latex(tree.name.removeprefix(MANGLED))

        def _print_Add(self, tree: sympy.Expr, order: str | None = None) -> str:
            terms = list(self._as_ordered_terms(tree, order=order))
            # y - x², and not -x² + y
            first = next((i for i, term in enumerate(terms) if not _is_negative(term)), 0)
            terms.insert(0, terms.pop(first))
            text = ""
            for term in terms:
                negative = _is_negative(term)
                part = self._print(-term if negative else term)
                if self._needs_add_brackets(-term if negative else term):
                    part = rf"\left({part}\right)"
                text += f"{' - ' if negative else ' + '}{part}" if text else f"{'-' if negative else ''}{part}"
            return text

        def _print_Function(self, tree: sympy.Expr, exp: str | None = None) -> str:
            name = type(tree).__name__
            if name == "power":
                base, exponent = tree.args
                text = f"{self.parenthesize(base, _above_powers())}^{{{self._print(exponent)}}}"
            else:
                text = call_latex(name, [self._print(a) for a in tree.args])
            if exp is None:
                return text
            if squared_first(name):
                operator, _, inside = text.partition(r"\left(")
                return rf"{operator}^{{{exp}}}\left({inside}"
            # some have brackets of their own
            holds = BY_SYMBOL[name].latex.startswith(r"\left")
            return rf"{text}^{{{exp}}}" if holds else rf"\left({text}\right)^{{{exp}}}"

    # SymPy has printers for some of these names
    for name in BY_SYMBOL:
        setattr(Printer, f"_print_{name}", Printer._print_Function)
    return Printer()


def _is_negative(term: sympy.Expr) -> bool:
    return bool(term.as_coeff_Mul()[0].is_negative)


def _above_powers() -> int:
    from sympy import printing

    return int(printing.precedence.PRECEDENCE["Pow"]) + 1
