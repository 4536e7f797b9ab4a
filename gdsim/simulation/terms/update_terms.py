"""The steps of a run taken apart: the named terms of each, and the formulas that give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.checks import as_count
from gdsim.errors import GdsimError, named
from gdsim.objectives.base import Array
from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.named_terms import NamedStep, NamedTerm
from gdsim.optimizers.compiled.term_formula import Formula, Leaf, evaluated, formula_of, taken, text_of
from gdsim.optimizers.compiled.term_latex import latex_of, symbol_latex
from gdsim.optimizers.compiled.terms import Term
from gdsim.optimizers.methods.base import Method
from gdsim.simulation.terms.replay import Replay

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: The most that the terms of a run may take, in bytes.
_LIMIT = 2**31


@dataclass(frozen=True, eq=False)
class TakenStep:
    """Step of a run, by its terms.

    Attributes
    ----------
    named, rule
        The names of the terms, and the rule that took the step.
    number
        Number of the step, from 1.
    values
        The terms, then what was before the step, ``(columns, d)``.
    """

    named: NamedStep
    rule: Rule
    number: int
    values: Array

    def formula(self, term: NamedTerm, coordinate: int = 0) -> Formula:
        """The formula of a term, as far as this step goes by it: of two branches the one that is taken."""
        spelled = partial(self.value_of, coordinate=coordinate)
        return taken(formula_of(self.named, term, type(self.rule)), lambda test: bool(evaluated(test, spelled)))

    def value_of(self, leaf: Leaf, coordinate: int = 0) -> float:
        """The number that a name in a formula stands for."""
        term: Any = leaf.term
        if not isinstance(term, Term):
            return float(term)
        column = self.named.columns.get(term)
        if column is not None:
            return float(self.values[column, coordinate])
        return float(self.number if term.op == "t" else getattr(self.rule, term.op.removeprefix("h_")))

    def value(self, term: NamedTerm) -> Array:
        """A term, ``(d,)``."""
        return _read_only(self.values[self.named.columns[term.term]])


@dataclass(frozen=True, eq=False)
class UpdateTerms:
    """Terms of some steps of a run; `Trajectories.terms` makes them.

    Attributes
    ----------
    named, rule
        The names of the terms, and the rule that took the steps.
    first
        Number of the first of these steps; a run counts them from 1.
    columns
        The terms, then what was before each step, ``(steps, columns, d)``.
    """

    named: NamedStep
    rule: Rule
    first: int
    columns: Array

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the terms, in the order in which a step works them out."""
        return tuple([each.symbol for each in self.named.terms])

    @property
    def meanings(self) -> dict[str, str]:
        """By name, what a term is, in a sentence."""
        return {each.symbol: each.meaning for each in self.named.terms}

    @cached_property
    def values(self) -> Array:
        """The terms, read-only, ``(steps, terms, d)``."""
        return _read_only(self.columns[:, : len(self.named.terms)])

    def __len__(self) -> int:
        return len(self.columns)

    def __getitem__(self, symbol: str) -> Array:
        """A term at each step, ``(steps, d)``."""
        return _read_only(self.columns[:, self.named.columns[self._term(symbol).term]])

    def step(self, number: int) -> TakenStep:
        """Give a step by its number."""
        number = as_count(number, "step", self.first, self.first + len(self) - 1)
        return TakenStep(self.named, self.rule, number, self.columns[number - self.first])

    def formula(self, symbol: str = "x") -> str:
        """The formula of a term, with the names of others in it."""
        return text_of(formula_of(self.named, self._term(symbol), type(self.rule)), _name)

    def latex(self, symbol: str = "x") -> str:
        """The formula of a term as LaTeX."""
        formula = formula_of(self.named, self._term(symbol), type(self.rule))
        return latex_of(formula, lambda leaf: symbol_latex(_name(leaf)))

    def line(self, number: int, symbol: str = "x", coordinate: int = 0) -> str:
        """The formula of a term with the numbers of a step, each with all its digits."""
        step, term = self.step(number), self._term(symbol)
        coordinate = as_count(coordinate, "coordinate", 0, self.columns.shape[-1] - 1)
        numbers = partial(step.value_of, coordinate=coordinate)
        return text_of(step.formula(term, coordinate), lambda leaf: repr(numbers(leaf)).replace("-", "−"))

    def _term(self, symbol: str) -> NamedTerm:
        return named({each.symbol: each for each in self.named.terms}, symbol, "term", "symbol")


def update_terms(
    race: Trajectories, optimizer: int | str = 0, run: int = 0, first: int = 1, last: int | None = None
) -> UpdateTerms:
    """Take the steps of a run apart; see `Trajectories.terms`."""
    ids = list(race.ids)
    place = (
        ids.index(named(dict.fromkeys(ids, optimizer), optimizer, "optimizer", "optimizer"))
        if isinstance(optimizer, str)
        else as_count(optimizer, "optimizer", 0, len(ids) - 1)
    )
    if isinstance(race.rules[place], Method):
        raise GdsimError("{given} is a method: its steps have no terms of a rule", "optimizer", given=ids[place])
    replay = Replay(race, place, as_count(run, "run", 0, race.runs - 1))
    last = replay.count if last is None else min(as_count(last, "last", 0, race.steps), replay.count)
    first = as_count(first, "first", 1, race.steps or 1)
    shape = max(0, last - first + 1), len(replay.named.worked_out), race.positions.shape[2]
    _check_memory(shape)
    columns = np.empty(shape)
    for portion in range((first - 1) // replay.portion, -(-last // replay.portion)):
        begin = portion * replay.portion  # steps before it
        found = replay.terms(portion)[max(0, first - 1 - begin) : last - begin]
        at = max(0, begin - first + 1)
        columns[at : at + len(found)] = found
    return UpdateTerms(replay.named, race.rules[place], first, columns)


def _check_memory(shape: tuple[int, ...]) -> None:
    needed = 8 * float(np.prod(shape, dtype=float))
    if needed > _LIMIT:
        raise GdsimError(
            "the terms of {steps:,} steps would take {needed:,.1f} GB; the limit is {limit:.1f} GB: ask for fewer "
            "steps at a time",
            "last",
            steps=shape[0],
            needed=needed / 1e9,
            limit=_LIMIT / 1e9,
        )


def _name(leaf: Leaf) -> str:
    return leaf.symbol or f"{float(leaf.term):.15g}"


def _read_only(array: Array) -> Array:
    view = array.view()
    view.flags.writeable = False
    return view
