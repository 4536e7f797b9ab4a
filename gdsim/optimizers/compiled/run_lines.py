"""A rule's step on plain floats: the lines of all coordinates of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gdsim.optimizers.compiled.printing import Scalars, float_text
from gdsim.optimizers.compiled.record import Record
from gdsim.optimizers.compiled.terms import Level, Term


def run_lines(recorded: Record, order: Sequence[Term], scalars: Scalars, dimension: int) -> list[str]:
    """Print a step coordinate by coordinate; of a rule with sums over them, stage by stage: sums stand in between."""
    stages = _stages(order)
    uses = Counter(arg for term in order for arg in term.args if isinstance(arg, Term))
    kept = {result for result in recorded.results if isinstance(result, Term)}
    named = {term for term in stages if uses[term] > 1 or term in kept}
    coordinates = [_Coordinate(recorded, scalars, i, named) for i in range(dimension)]
    lines: list[str] = []
    last = max(stages.values(), default=0)
    for stage in range(last + 1):
        terms = [term for term in stages if stages[term] == stage]
        sums = [term for term in terms if term.op == "total"]
        for k, term in enumerate(sums):
            name = f"sum{stage}_{k}"
            lines.append(f"{name} = {' + '.join(each.text(term.args[0]) for each in coordinates)}")
            for each in coordinates:
                each.know(term, name)
        for each in coordinates:
            lines += each.lines([term for term in terms if term.op != "total"], stage == last)
    return lines


def _stages(order: Sequence[Term]) -> dict[Term, int]:
    """Of the terms of an element, in order, the number of sums over the coordinates that have to be there before."""
    stages: dict[Term, int] = {}
    for term in order:
        if term.level is Level.ELEMENT:
            before = max((stages.get(arg, 0) for arg in term.args if isinstance(arg, Term)), default=0)
            stages[term] = before + (term.op == "total")
    return stages


class _Coordinate:
    """The lines of coordinate i: what is used once stands where it is used, for a variable costs time."""

    def __init__(self, recorded: Record, scalars: Scalars, i: int, named: set[Term]) -> None:
        self._recorded, self._scalars, self._i, self._named = recorded, scalars, i, named
        self._texts: dict[Term, str] = {}
        self._count = 0

    def know(self, term: Term, name: str) -> None:
        """Tell the variable that holds a term."""
        self._texts[term] = name

    def lines(self, terms: Sequence[Term], is_last: bool) -> list[str]:
        """The lines of some terms, and if these are the last, of what is kept."""
        lines: list[str] = []
        for term in terms:
            self._texts[term] = float_text(term.op, [self.text(a) for a in term.args])
            if term in self._named:
                name = f"n{self._count}_{self._i}"
                self._count += 1
                lines.append(f"{name} = {self._texts[term]}")
                self._texts[term] = name
        if is_last:
            targets = ", ".join(f"{name}_{self._i}" for name in self._recorded.kept)
            lines.append(f"{targets}, = {', '.join(map(self.text, self._recorded.results))},")
        return lines

    def text(self, term: object) -> str:
        """A term, or a plain number, as it stands in a line."""
        if not isinstance(term, Term) or term.level is not Level.ELEMENT:
            return self._scalars.name(term)
        return f"{term.op}_{self._i}" if term.is_input else self._texts[term]
