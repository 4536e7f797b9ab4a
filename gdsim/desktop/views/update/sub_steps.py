"""The sub-steps of a step, one sentence each: no Qt but for the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.views.update.math_lines import MathLine
from gdsim.optimizers.compiled.named_terms import NamedStep, NamedTerm, Role
from gdsim.optimizers.compiled.record import RATE
from gdsim.optimizers.compiled.term_formula import Leaf, formula_of, text_of
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.terms.update_terms import TakenStep

#: Roles of the terms that are worked out one after the other; the rest says something of the whole.
_PLAYED = (Role.GRADIENT, Role.NOTE, Role.MEMORY, Role.POINT)


def sub_steps(named: NamedStep) -> list[int]:
    """The terms that a step works out one after the other, by their places."""
    return [k for k, each in enumerate(named.terms) if each.role in _PLAYED]


def sentence(taken: TakenStep, term: NamedTerm) -> str:
    """Say what is worked out, and what it comes to in this step."""
    values = taken.value(term)
    numbers = [show(float(value)) for value in (values[:1] if term.is_scalar else values)]
    number = numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})" if len(numbers) <= 2 else ""
    meaning = known_text("Term", term.meaning)
    return f"{meaning} {term.symbol} = {number}" if number else meaning


def rule_line(named: NamedStep, term: NamedTerm, rule: type, name: str = "") -> MathLine:
    """The formula of a term with the names of others in it."""
    formula = formula_of(named, term, rule)
    head = f"{name or term.symbol} {_sign(term)}"
    return MathLine(head, formula, _spelled_name, "", f"{head} {text_of(formula, _spelled_name)}")


def says_itself(line: MathLine, term: NamedTerm) -> bool:
    """Tell whether the formula of a term is its symbol again: β₁m = β₁m."""
    return line.text.partition(f" {_sign(term)} ")[2].replace("·", "") == term.symbol


def number_lines(taken: TakenStep, term: NamedTerm, names: tuple[str, ...]) -> list[MathLine]:
    """The same with the numbers of a step, for each of the first two coordinates; nothing where that says no more."""
    found = []
    several = not term.is_scalar and len(names) > 1
    for i in range(min(len(names), 2) if several else 1):
        formula = taken.formula(term, i)
        if isinstance(formula, Leaf) and formula.term is term.term:
            return []
        spelled = partial(_spelled_number, partial(taken.value_of, coordinate=i))
        symbol = names[i] if term.role is Role.POINT else f"{names[i]}:  {term.symbol}" if several else term.symbol
        head, tail = f"{symbol} {_sign(term)}", f"= {show(float(taken.value(term)[i]))}"
        found.append(MathLine(head, formula, spelled, tail, f"{head} {text_of(formula, spelled)} {tail}"))
    return found


def _sign(term: NamedTerm) -> str:
    """Sign of a sub-step: a memory takes the place of its old value, the rest is new."""
    return "←" if term.role in (Role.MEMORY, Role.POINT) else "="


def _spelled_name(leaf: Leaf) -> str:
    return leaf.symbol or show_plain(float(leaf.term))


def _spelled_number(number: Callable[[Leaf], float], leaf: Leaf) -> str:
    # a setting, or the number of the step
    if not leaf.symbol or (leaf.term.is_input and leaf.term.level is not Level.ELEMENT and leaf.term.op != RATE):
        return show_plain(number(leaf))
    return show(number(leaf))


def show_plain(number: float) -> str:
    """A number of the rule itself, as short as it can be written."""
    return f"{number:.6g}".replace("-", "−")
