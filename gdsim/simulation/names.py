"""Names of the optimizers of an experiment: no two of them are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gdsim.errors import GdsimError, shown
from gdsim.optimizers import Constant, Schedule

if TYPE_CHECKING:
    from gdsim.simulation.course import Lane
    from gdsim.simulation.experiment import Entry

#: The most letters that a typed name may have.
LONGEST_NAME = 40
#: Of what differs so much is told: a name is no list.
_MOST = 2


@dataclass(frozen=True)
class Fact:
    """A value that tells an optimizer from its namesakes.

    Attributes
    ----------
    what
        A hyperparameter by its name, "clip", "schedule", or "schedule." with a setting of it.
    symbol
        As it is written before the value; "" where the value alone says it.
    value
        A number, a switch, or the title of a schedule.
    """

    what: str
    symbol: str
    value: float | bool | str

    @property
    def spelled(self) -> tuple[str, str]:
        """Its name and value as they can be read: numbers to six digits."""
        return self.what, self.value if isinstance(self.value, str) else f"{self.value:.6g}"


@dataclass(frozen=True)
class Name:
    """Name of an optimizer.

    Attributes
    ----------
    key
        Its rule, after which it is called unless a person typed another name.
    typed
        The name that a person typed; "" for one that is made.
    facts
        Of a name that is made, what tells it from others of the same rule.
    number
        Told as well where nothing that is told differs; 0 where it is not.
    """

    key: str
    typed: str = ""
    facts: tuple[Fact, ...] = ()
    number: int = 0

    def without(self, what: str) -> Name:
        """The same name without one of its facts."""
        return replace(self, facts=tuple(fact for fact in self.facts if fact.what != what))


def id_of(key: str, number: int) -> str:
    """Make the id of an entry: the key of its rule and, of a further entry of that, its number."""
    return key if number == 1 else f"{key}#{number}"


def parts_of(entry_id: str) -> tuple[str, int]:
    """The key of the rule and the number in an `Entry.id`."""
    key, _, number = entry_id.partition("#")
    return key, int(number or 1)


def checked_name(name: str, field: str) -> str:
    """A name that a person typed, without blanks around it, or `GdsimError`."""
    if not isinstance(name, str) or len(name.strip()) > LONGEST_NAME or not all(map(str.isprintable, name)):
        raise GdsimError(
            "{field} must be a text of one line, of at most {most} letters, not {given}",
            field,
            most=LONGEST_NAME,
            given=shown(repr(name)),
        )
    return name.strip()


def names_of(entries: Sequence[Entry], lane: Callable[[Entry], Lane]) -> dict[str, Name]:
    """The name of every entry by its id, whether it takes part or not; `lane` gives what an entry races with."""
    plain: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.name:
            plain.setdefault(entry.key, []).append(entry)
    made = {id_: name for namesakes in plain.values() for id_, name in _made(namesakes, lane)}
    return {entry.id: Name(entry.key, entry.name) if entry.name else made[entry.id] for entry in entries}


def _made(namesakes: Sequence[Entry], lane: Callable[[Entry], Lane]) -> Iterator[tuple[str, Name]]:
    if len(namesakes) == 1:  # nearly always: there is nothing to compare
        yield namesakes[0].id, Name(namesakes[0].key)
        return
    facts = [{fact.what: fact for fact in _facts(lane(entry))} for entry in namesakes]
    taken: set[tuple[tuple[str, str], ...]] = set()
    for entry, own in zip(namesakes, facts, strict=True):
        differ = [f for what, f in own.items() if any(what in o and o[what].spelled != f.spelled for o in facts)]
        shown_facts = tuple(differ[:_MOST])
        text = tuple(fact.spelled for fact in shown_facts)
        yield entry.id, Name(entry.key, facts=shown_facts, number=entry.number if text in taken else 0)
        taken.add(text)


def _facts(lane: Lane) -> Iterator[Fact]:
    """All that an optimizer may differ in, η first."""
    for hyper in lane.rule.hypers():
        yield Fact(hyper.name, hyper.symbol, getattr(lane.rule, hyper.name))
    schedule: Schedule = lane.schedule or Constant()
    yield Fact("schedule", "", schedule.title)
    for hyper in schedule.hypers():
        yield Fact(f"schedule.{hyper.name}", hyper.symbol, getattr(schedule, hyper.name))
    yield Fact("clip", "", lane.clip)
