"""The formula of a term, made of what was recorded: with the names of other terms in it, or with numbers."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.elementwise import larger
from gdsim.optimizers.compiled.named_terms import NamedStep, NamedTerm, Role
from gdsim.optimizers.compiled.record import read_by
from gdsim.optimizers.compiled.terms import Level, Term

_LETTER = re.compile(r"[^\W\d_][̀-ͯ]*[₀-₉ₜ₊₋ᵗ′]*")
#: Terms that are names of the results, or shares of them: no formula is made of those.
_NEVER_WITHIN = (Role.STEP, Role.POINT, Role.CARRIED, Role.ADDED, Role.DECAY, Role.GRADIENT, Role.RATE)


class Leaf(NamedTuple):
    """A name or a number in a formula, and the term that it stands for."""

    symbol: str
    term: Any


@dataclass(frozen=True)
class Operation:
    """An operation on formulas: those of a `Term`, and "neg"."""

    op: str
    args: tuple[Formula, ...]


Formula = Leaf | Operation
#: How a leaf is written: by its name, or by its number.
Spelled = Callable[[Leaf], str]


def is_letter(symbol: str) -> bool:
    """Tell whether a symbol is one letter with its marks: such a name stands in the formulas of others."""
    return _LETTER.fullmatch(symbol) is not None


def formula_of(named: NamedStep, of: NamedTerm, rule: type[Rule]) -> Formula:
    """The formula of a term with the names of other terms in it; what was before the step has a sign where it must."""
    return _formula_of(named, of, rule)  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=512)
def _formula_of(named: NamedStep, of: NamedTerm, rule: type[Rule]) -> Formula:
    names = _names(named, rule)
    if isinstance(of.term, Term) and not of.term.is_input:
        names.pop(of.term, None)
    found = _formula(of.term, names)
    inputs = set(named.record.inputs)
    seen = {leaf.symbol for leaf in leaves(found) if isinstance(leaf.term, Term) and leaf.term not in inputs}
    clashing = {each.term for each in named.before if each.symbol in seen}
    if not clashing:
        return found
    return _formula(of.term, {term: name + "ₜ₋₁" if term in clashing else name for term, name in names.items()})


def leaves(formula: Formula) -> Iterator[Leaf]:
    """The names and numbers in a formula, from left to right."""
    if isinstance(formula, Leaf):
        yield formula
    else:
        for arg in formula.args:
            yield from leaves(arg)


def taken(formula: Formula, holds: Callable[[Formula], bool]) -> Formula:
    """The same with the branches that are taken alone; `holds` is asked for conditions."""
    if isinstance(formula, Leaf):
        return formula
    if formula.op == "where":
        condition, yes, no = formula.args
        return taken(yes if holds(condition) else no, holds)
    return Operation(formula.op, tuple([taken(arg, holds) for arg in formula.args]))


def _names(named: NamedStep, rule: type[Rule]) -> dict[Term, str]:
    """The names that may stand in a formula."""
    names = {named.record.inputs[1]: "g", **{each.term: each.symbol for each in named.before}}
    inside = [each for each in named.terms if each.role not in _NEVER_WITHIN and is_letter(each.symbol)]
    names |= {each.term: each.symbol for each in reversed(inside) if not _is_input(each.term)}
    symbols = {f"h_{hyper.name}": hyper.symbol for hyper in rule.hypers()}
    every = read_by([each.term for each in named.terms])
    return {term: symbols.get(term.op, term.op) for term in every} | names


def _is_input(term: Any) -> bool:
    return isinstance(term, Term) and term.is_input


def _formula(term: Any, names: Mapping[Term, str]) -> Formula:
    if not isinstance(term, Term):
        return Leaf("", term)
    if term in names:
        return Leaf(names[term], term)
    if term.op == "total":
        inside = text_of(_formula(term.args[0], names), lambda leaf: leaf.symbol or f"{leaf.term:g}")
        return Leaf(f"Σ({inside})", term)
    if (known := _known_function(term)) is not None:
        name, *of = known
        return Operation(name, tuple([_formula(arg, names) for arg in of]))
    if term.op == "-" and not isinstance(term.args[0], Term) and term.args[0] == 0:
        return Operation("neg", (_formula(term.args[1], names),))
    args = list(term.args)
    if term.op == "*" and _is_element(args[0]) and not _is_element(args[1]):
        args.reverse()  # β·v, where a rule says v *= β: the product is the same to the last bit
    return Operation(term.op, tuple([_formula(arg, names) for arg in args]))


def _known_function(term: Term) -> tuple[Any, ...] | None:
    """The function that a condition stands for, and what it is of: a sign, the smaller of two."""
    if term.op != "where" or not isinstance(term.args[0], Term) or term.args[0].op != ">":
        return None
    (a, b), yes, no = term.args[0].args, *term.args[1:]
    if yes is b and no is a:
        return "minimum", a, b
    if isinstance(no, Term) and no.op == "where" and not isinstance(yes, Term) and not isinstance(b, Term):
        test, other = no.args[0], no.args[1]
        if (yes, b, other) == (1.0, 0, -1.0) and isinstance(test, Term) and test.op == "<" and test.args[0] is a:
            return "sign", a
    return None


def _is_element(term: Any) -> bool:
    return isinstance(term, Term) and term.level is Level.ELEMENT


def evaluated(formula: Formula, number: Callable[[Leaf], float]) -> float:
    """The number that a formula comes to; not a number where Python has none."""
    if isinstance(formula, Leaf):
        return number(formula)
    args = [evaluated(arg, number) for arg in formula.args]
    try:
        return float(_WORKED_OUT[formula.op](*args))
    except (ArithmeticError, ValueError, TypeError):
        return math.nan


_WORKED_OUT: dict[str, Callable[..., Any]] = {
    "neg": operator.neg,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "sqrt": math.sqrt,
    "absolute": abs,
    "maximum": larger,
    "minimum": lambda a, b: b if a > b else a,
    "sign": lambda x: (x > 0) - (x < 0),
    "where": lambda condition, yes, no: yes if condition else no,
}


#: How strongly a text holds together: a part that holds less than its place asks for stands in brackets.
_RELATION, _SUM, _PRODUCT, _POWER, _ATOM = range(5)
#: Functions as they are called in a formula.
SPELLED = {"maximum": "max", "minimum": "min", "sign": "sgn"}
_BETWEEN = {"+": " + ", "-": " − ", "*": "·", "/": "/", "==": " = ", ">=": " ≥ ", "<=": " ≤ ", ">": " > ", "<": " < "}


def text_of(formula: Formula, spelled: Spelled) -> str:
    """A formula on one line; read from left to right it is worked out as the step is, operation by operation."""
    return _text(formula, spelled)[0]


def _text(formula: Formula, spelled: Spelled) -> tuple[str, int]:
    """A text, and how strongly it holds together."""
    if isinstance(formula, Leaf):
        text = spelled(formula)
        return text, _SUM if text.startswith("−") else _ATOM
    op, args = formula.op, formula.args

    def part(k: int, least: int) -> str:
        text, holds = _text(args[k], spelled)
        return text if holds >= least else f"({text})"

    match op:
        case "neg":
            return f"−{part(0, _PRODUCT)}", _SUM
        case "+" | "-":
            return f"{part(0, _SUM)}{_BETWEEN[op]}{part(1, _PRODUCT)}", _SUM
        case "*" | "/":
            return f"{part(0, _PRODUCT)}{_BETWEEN[op]}{part(1, _POWER)}", _PRODUCT
        case "**":
            return f"{part(0, _ATOM)}^{part(1, _ATOM)}", _POWER
        case "sqrt":
            return f"√{part(0, _ATOM)}", _ATOM
        case "absolute":
            return f"|{part(0, _SUM)}|", _ATOM
        case "where":
            return f"({part(1, _SUM)} if {part(0, _RELATION)} else {part(2, _SUM)})", _ATOM
    if op in _BETWEEN:
        return f"{part(0, _SUM)}{_BETWEEN[op]}{part(1, _SUM)}", _RELATION
    name = SPELLED.get(op, op)
    return f"{name}({', '.join(_text(arg, spelled)[0] for arg in args)})", _ATOM
