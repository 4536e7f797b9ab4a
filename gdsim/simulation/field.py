"""A field of an Experiment, as `Hyper` describes a hyperparameter."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from gdsim.objectives import MODEL_KEYS

if TYPE_CHECKING:
    from gdsim.simulation.experiment import Experiment


class FieldKind(Enum):
    """The kinds of values: those of one kind are read, written and told in one way."""

    FUNCTION = auto()
    #: The name of a function.
    NAME = auto()
    #: Names with numbers, and names with anything.
    PARAMETERS = auto()
    OPTIONS = auto()
    #: The examples of a model.
    SOURCE = auto()
    NUMBER = auto()
    #: A number, or None for each optimizer's own.
    SHARED = auto()
    #: A text of a few, and true or false: each value has words and, on the command line, a flag.
    CHOICE = auto()
    SWITCH = auto()
    #: Numbers and pairs of numbers, one a coordinate, or None for the function's own.
    POINT = auto()
    BOX = auto()
    GRADIENT = auto()
    SCHEDULE = auto()
    OPTIMIZERS = auto()
    #: The rule by which the optimizers are tuned: no race goes by it.
    TUNING = auto()


Where = Callable[["Field", "Experiment"], bool]


def always(field: Field, experiment: Experiment) -> bool:
    """Mention a field whatever its value."""
    return True


def elsewhere(field: Field, experiment: Experiment) -> bool:
    """Leave a field out: a title, a table or the optimizers say it."""
    return False


def if_set(field: Field, experiment: Experiment) -> bool:
    """Mention a field unless it has its default."""
    return bool(getattr(experiment, field.name) != field.default)


def if_drawn(field: Field, experiment: Experiment) -> bool:
    """Mention the seed where something is drawn from it."""
    drawn = experiment.restarts or experiment.noise or experiment.batch or experiment.function == "network"
    return bool(drawn) or _of_model(field, experiment)


def if_drawn_or_of_model(field: Field, experiment: Experiment) -> bool:
    """Write the seed as programs have it: one that is 0 stands for itself where only a model would draw from it."""
    return bool(experiment.restarts or experiment.noise) or _of_model(field, experiment)


def _of_model(field: Field, experiment: Experiment) -> bool:
    return if_set(field, experiment) and experiment.function in MODEL_KEYS


@dataclass(frozen=True, eq=False)
class Field:
    """The description of one field of an Experiment, as `Hyper` is that of a hyperparameter.

    Attributes
    ----------
    name
        As the Python API, a file and its errors spell it.
    kind
        The kind of value that it has.
    default
        The value where none is given.
    check
        Gives a value as its type, or raises `GdsimError`; what depends on the function is checked by `Experiment`.
    label
        As the history calls it: "noise" in "noise 0 → 0.1".
    said, said_of_one
        A fact in a caption or a heading: "noise σ = {value}"; the second for the number 1, if it is another.
    title
        As a sentence of an error calls it; "" for its name.
    words
        Words for some of its values.
    option, metavar, help
        Its option on the command line, without dashes ("" for its name); what stands for a value; what it does.
    flags
        In place of an option with a value, options without one: the flag, the value that it stands for, what it does.
    in_file, in_program, in_caption, in_heading
        When it is written or told.
    """

    name: str
    kind: FieldKind
    default: Any
    check: Callable[[Any], Any]
    label: str = ""
    said: str = "{value}"
    said_of_one: str = ""
    title: str = ""
    words: Mapping[Any, str] = dataclasses.field(default_factory=dict)
    option: str = ""
    metavar: str = "X"
    help: str = ""
    flags: tuple[tuple[str, Any, str], ...] = ()
    in_file: Where = if_set
    in_program: Where = if_set
    in_caption: Where = if_set
    in_heading: Where = if_set

    @property
    def flag(self) -> str:
        """Its option on the command line: "--learning-rate"."""
        return "--" + (self.option or self.name).replace("_", "-")
