"""The optimizers of an experiment, each an entry with what was set on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from operator import is_not

from gdsim.checks import as_count
from gdsim.errors import GdsimError
from gdsim.optimizers import Method, Rule, Schedule, rule_named
from gdsim.simulation.frozen_dict import FrozenDict
from gdsim.simulation.names import checked_name, id_of, parts_of
from gdsim.simulation.shared_values import CLIP

MOST_ENTRIES = 1_000_000


@dataclass(frozen=True)
class Entry:
    """An optimizer of an experiment: its key and what was set on it.

    What was not set follows the shared η and β where the rule says so, or else its own default.

    Attributes
    ----------
    key, values
        The rule, and the hyperparameters that were set on it.
    enabled
        Whether it takes part.
    schedule, clip
        Its own schedule of η and its own bound of the gradient's length (0: none); None to follow the shared ones.
    number
        Which of the entries of its rule it is, from 1: an experiment gives the next free one to whoever's is taken.
    name
        What a person calls it; "" to be called after its rule and what tells it apart: see `Experiment.names`.
    """

    key: str
    values: Mapping[str, float | bool] = field(default_factory=dict)
    enabled: bool = True
    schedule: Schedule | None = None
    clip: float | None = None
    number: int = 1
    name: str = ""

    def __post_init__(self) -> None:
        rule = rule_named(self.key)
        object.__setattr__(self, "name", checked_name(self.name, f"{self.key}.name"))
        object.__setattr__(self, "number", as_count(self.number, f"{self.key}.number", 1, MOST_ENTRIES))
        if self.schedule is not None:
            checked_schedule(self.schedule, f"{self.key}.schedule")
        if self.clip is not None:
            object.__setattr__(self, "clip", CLIP.check(self.clip, self.key))
        if issubclass(rule, Method):
            _check_method(rule, self.schedule, self.clip)
        checked = {name: rule.hyper(name).check(value, self.key) for name, value in self.values.items()}
        object.__setattr__(self, "values", FrozenDict(checked))

    @cached_property
    def id(self) -> str:
        """The key of its rule and, of a further entry of that, its number: no other entry has the same."""
        return id_of(self.key, self.number)

    @property
    def is_idle(self) -> bool:
        """Return whether it says no more than if it were not there: it is off, and nothing is set on it."""
        return not self.enabled and self == Entry(self.key, enabled=False)

    @classmethod
    def of_id(cls, entry_id: str, enabled: bool = True) -> Entry:
        """An entry of an id, with nothing set on it."""
        key, number = parts_of(entry_id)
        return cls(key, enabled=enabled, number=number)

    def rule(self, shared: Mapping[str, float | None]) -> Rule:
        """The update rule, with the shared values for what follows them."""
        # while a start is dragged it is asked for with every move, and nothing that it depends on is another object
        known, values = self.__dict__.get("_rule"), tuple(shared.values())
        if known is None or any(map(is_not, known[0], values)):
            known = values, self._made_rule(shared)
            object.__setattr__(self, "_rule", known)
        made: Rule = known[1]
        return made

    def _made_rule(self, shared: Mapping[str, float | None]) -> Rule:
        rule = rule_named(self.key)
        followed = {p.name: shared[p.follows] for p in rule.hypers() if p.follows}
        given = {name: value for name, value in followed.items() if value is not None}
        return rule(**{**given, **self.values})


def _check_method(rule: type[Method], schedule: Schedule | None, clip: float | None) -> None:
    """Raise `GdsimError` if a method is given what it has no use for; the shared ones pass it by."""
    if schedule is not None:
        template = "{name} finds out by itself how far to go: it has no η, and no schedule"
        raise GdsimError(template, f"{rule.key}.schedule", name=rule.title)
    if clip:
        template = "{name} takes gradients as they are: it has no clipping"
        raise GdsimError(template, f"{rule.key}.clip", name=rule.title)


def checked_schedule(schedule: Schedule | None, field: str) -> Schedule | None:
    """Give a schedule back, or raise `GdsimError` if it is none or has an η of its own."""
    if schedule is None:
        return None
    if not isinstance(schedule, Schedule):
        raise GdsimError("{field} must be a schedule such as Cosine(), not {given}", field, given=repr(schedule)[:60])
    if schedule.learning_rate is not None:
        raise GdsimError("{field} must leave η to the optimizer: give learning_rate there", field)
    return schedule


def checked_entries(optimizers: Sequence[Entry]) -> tuple[Entry, ...]:
    """Give entries back with ids of their own, or raise `GdsimError` if they are none or two are called the same."""
    if isinstance(optimizers, str | bytes) or not isinstance(optimizers, Sequence):
        raise GdsimError("optimizers must be a list of Entry, not {given}", "optimizers", given=repr(optimizers)[:60])
    typed: set[str] = set()
    for entry in optimizers:
        if not isinstance(entry, Entry):
            raise GdsimError("optimizers must hold Entry only, not {given}", "optimizers", given=repr(entry)[:60])
        if entry.name and entry.name in typed:
            raise GdsimError(
                "optimizers must have names of their own; two are called {name}", "optimizers", name=entry.name
            )
        typed.add(entry.name)
    return _numbered_apart(optimizers)


def without_idle(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out idle entries, which a file need not name; but not where their rule has others, numbered by them."""
    of_rule = Counter(entry.key for entry in entries)
    return tuple(entry for entry in entries if of_rule[entry.key] > 1 or not entry.is_idle)


def free_numbers(taken: Collection[int]) -> Iterator[int]:
    """The numbers from 1 that are not taken, the least first."""
    return (n for n in count(1) if n not in taken)


def _numbered_apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The same entries with numbers of their own: the first of each number keeps it, whoever comes before."""
    keepers: dict[str, Entry] = {}
    taken: dict[str, set[int]] = {}
    free: dict[str, Iterator[int]] = {}
    for entry in entries:
        keepers.setdefault(entry.id, entry)
        taken.setdefault(entry.key, set()).add(entry.number)
    found = []
    for entry in entries:
        if keepers.pop(entry.id, None) is None:
            number = next(free.setdefault(entry.key, free_numbers(taken[entry.key])))
            entry = replace(entry, number=number)
        found.append(entry)
    return tuple(found)
