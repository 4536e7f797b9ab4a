"""A rule's step as lines on tensors, printed from its record."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any, NamedTuple

from gdsim.optimizers import Rule
from gdsim.optimizers.compiled.record import LOOK, RATE, Record, general_record
from gdsim.optimizers.compiled.terms import Level, Term, in_order

#: A part that is longer than this has a name and a line of its own.
_LONGEST = 60
#: How tightly an operation holds together; what is not here is a call, or a name.
_HOLDS = {"where": 0, ">": 1, ">=": 1, "<": 1, "<=": 1, "==": 1, "+": 2, "-": 2, "*": 3, "/": 3, "**": 4}
_NAME = 5


class _Part(NamedTuple):
    text: str
    holds: int = _NAME

    def within(self, least: int) -> str:
        return self.text if self.holds >= least else f"({self.text})"


class TorchStep:
    """A rule's step on tensors: the same operations in the same order as gdsim takes them.

    Attributes
    ----------
    hypers
        The hyperparameters that the lines find as variables, as torch spells them.
    lines
        They change the tensor ``x`` and what is in ``memory``, and find ``t``, ``g`` and the state as variables; those
        of a look set ``look``.
    """

    def __init__(self, rule: Rule, look: Record | None = None) -> None:
        recorded = look or general_record(rule)
        self._names = {
            "x": "x",
            "g": "g",
            "t": "t",
            LOOK: LOOK,
            **dict(zip(recorded.names[2:], rule.state, strict=True)),
        }
        # a hyperparameter may have the name of a state in its paper
        taken = set(self._names.values())
        variables = {name: spelled(name) for name in (*recorded.hypers, RATE.removeprefix("h_"))}
        variables = {name: f"{variable}_" if variable in taken else variable for name, variable in variables.items()}
        self._names |= {f"h_{name}": variable for name, variable in variables.items()}
        self.hypers = {spelled(name): variable for name, variable in variables.items()}
        self.lines: list[str] = []
        self._parts: dict[Term, _Part] = {}
        self._print(recorded)

    def _print(self, recorded: Record) -> None:
        order, number = in_order(recorded.results), count(1)
        uses = Counter(arg for term in order for arg in term.args if isinstance(arg, Term))
        new = {result: self._names[old] for old, result in zip(recorded.kept, recorded.results, strict=True)}
        for term in order:
            part = self._operation(term)
            # what is used once stands where it is used, as in the paper, while the line is not too long
            if term in new or uses[term] > 1 or len(part.text) > _LONGEST:
                name = f"new_{new[term]}" if term in new else f"part{next(number)}"
                self.lines.append(f"{name} = {part.text}")
                part = _Part(name)
            self._parts[term] = part
        # the new x last: a new state may be the old one
        for old, result in [*zip(recorded.kept, recorded.results, strict=True)][::-1]:
            self._keep(old, result)

    def _keep(self, old: str, result: Any) -> None:
        """Put a result where the next step finds it."""
        if isinstance(result, Term) and result.op == old:
            return
        text, name = self._part(result).text, self._names[old]
        if old == LOOK:
            self.lines.append(f"{name} = {text}")
        elif old == "x":
            self.lines.append(f"x.copy_({text})" if _is_tensor(result) else f"x.fill_({text})")
        elif not _is_tensor(result):
            self.lines.append(f'memory["{name}"] = torch.full_like(x, {text})')
        else:
            self.lines.append(f'memory["{name}"] = {text}' + ".clone()" * result.is_input)

    def _operation(self, term: Term) -> _Part:
        args = [self._part(arg) for arg in term.args]
        match term.op:
            case "sqrt":
                return _Part(f"{'torch' if _is_tensor(term) else 'math'}.sqrt({args[0].text})")
            case "total":
                return _Part(f"torch.sum({args[0].text}, dim=0).expand_as(x)")
            case "absolute":
                return _Part(f"abs({args[0].text})")
            case "maximum":
                return self._maximum(term)
            case "where" if _is_tensor(term.args[0]):
                return _Part(f"torch.where({', '.join(arg.text for arg in args)})")
            case "where":
                return _Part(f"{args[1].within(1)} if {args[0].within(1)} else {args[2].within(1)}", _HOLDS["where"])
        holds = _HOLDS[term.op]
        # from the left, as Python does; a power from the right, and no comparison in another
        left = holds + (term.op == "**" or holds == 1)
        return _Part(f"{args[0].within(left)} {term.op} {args[1].within(holds + 1)}", holds)

    def _maximum(self, term: Term) -> _Part:
        """The larger of two; torch.maximum takes tensors alone."""
        args = [self._part(arg).text for arg in term.args]
        if all(map(_is_tensor, term.args)):
            return _Part(f"torch.maximum({args[0]}, {args[1]})")
        if not _is_tensor(term):
            return _Part(f"max({args[0]}, {args[1]})")
        tensor, number = args if _is_tensor(term.args[0]) else args[::-1]
        return _Part(f"torch.clamp({tensor}, min={number})")

    def _part(self, term: Any) -> _Part:
        """A term, or a plain number, as a part of a line."""
        if not isinstance(term, Term):
            return _Part(repr(term), _NAME if term >= 0 else _HOLDS["-"])
        return _Part(self._names[term.op]) if term.is_input else self._parts[term]


def spelled(hyper: str) -> str:
    """A hyperparameter as the classes that are written out call it: schedules of torch look for ``lr``."""
    return "lr" if hyper == "learning_rate" else hyper


def _is_tensor(term: Any) -> bool:
    return isinstance(term, Term) and term.level is Level.ELEMENT
