"""The table of an Experiment's fields: each is described once, and here.

Checking, files, the command line, exported programs, the history, captions and the terminal's heading read it; see
`Field`. One more field is a row here and a line in `Experiment`, where it acts; what people turn it with is a panel's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

from gdsim.checks import as_count
from gdsim.objectives import Exact, GradientMode, Source
from gdsim.objectives.surfaces.high_dimensional import FEWEST, MANY, MOST
from gdsim.objectives.surfaces.lookup import checked_name
from gdsim.optimizers import Schedule
from gdsim.simulation.entry import Entry, checked_entries, checked_schedule
from gdsim.simulation.field import Field, FieldKind, always, elsewhere, if_drawn, if_drawn_or_of_model
from gdsim.simulation.field_checks import (
    checked_direction,
    checked_gradient,
    checked_names,
    checked_parameters,
    checked_source,
    checked_tolerance,
)
from gdsim.simulation.frozen_dict import FrozenDict
from gdsim.simulation.maps.tuning_rule import checked_tuning
from gdsim.simulation.shared_values import CLIP, NOISE, SHARED
from gdsim.translatable import QT_TRANSLATE_NOOP

MOST_STEPS = 10_000_000
MOST_RESTARTS = 100_000
MOST_BATCH = 10_000_000
HIGHEST_SEED = 2**32 - 1


def _whole(name: str, default: int, low: int, high: int, **description: Any) -> Field:
    """A whole number in a closed range."""
    check = partial(as_count, field=name, low=low, high=high)
    return Field(name, FieldKind.NUMBER, default, check, metavar="N", **description)


def _shared(name: str, symbol: str, title: str, help: str) -> Field:
    """A value that optimizers follow where none is set on them; a program writes it with them."""
    hyper = SHARED[name]
    return Field(
        name,
        FieldKind.SHARED,
        None,
        lambda value: None if value is None else hyper.check(value),
        label=symbol,
        said=f"{symbol} = {{value}}",
        title=title,
        help=help,
        in_file=always,
        in_program=elsewhere,
    )


_ROWS = (
    Field(
        "function",
        FieldKind.FUNCTION,
        "himmelblau",
        lambda value: value,  # what it is, is found out when it is read
        label=QT_TRANSLATE_NOOP("Change", "function"),
        in_file=always,
        in_program=elsewhere,
        in_caption=elsewhere,
        in_heading=elsewhere,
    ),
    Field(
        "name",
        FieldKind.NAME,
        "",
        checked_name,
        label=QT_TRANSLATE_NOOP("Change", "name"),
        metavar="TEXT",
        help="what a formula is called (default: after its text)",
        in_program=elsewhere,  # which has nobody to tell it
        in_caption=elsewhere,
        in_heading=elsewhere,
    ),
    Field(
        "parameters",
        FieldKind.PARAMETERS,
        FrozenDict(),
        checked_parameters,
        label=QT_TRANSLATE_NOOP("Change", "parameter {name}"),
        option="parameter",
        metavar="NAME=VALUE",
        help="value of a parameter of the formula, once for each (default: 1; a name of several letters needs one)",
        in_caption=always,
    ),
    Field(
        "data",
        FieldKind.SOURCE,
        None,
        checked_source,
        label=QT_TRANSLATE_NOOP("Change", "data"),
        metavar="KEY[:NAME=VALUE,…] | FILE",
        help="examples of a model: a set (gdsim data lists them) such as blobs:count=200,noise=0.4,seed=1,"
        "held_out=0.25, or a CSV file, such as points.csv:held_out=0.3,gaps=reject,header=true (default: the model's "
        "own)",
        in_caption=always,
        in_heading=always,
    ),
    Field(
        "options",
        FieldKind.OPTIONS,
        FrozenDict(),
        checked_names,
        option="option",
        metavar="NAME=VALUE",
        help="what is chosen about a model, such as hidden=16,16, once for each (gdsim models lists them); or, for "
        f"{', '.join(MANY)}, dimension=D, from {FEWEST} to {MOST}",
    ),
    _whole(
        "batch",
        0,
        0,
        MOST_BATCH,
        label=QT_TRANSLATE_NOOP("Change", "batch"),
        said=QT_TRANSLATE_NOOP("Caption", "batches of {value}"),
        help="number of examples that a step of a model goes by (default: 0, all)",
    ),
    Field(
        "start",
        FieldKind.POINT,
        None,
        lambda value: value,  # its coordinates are those of the function
        label=QT_TRANSLATE_NOOP("Change", "start"),
        said=QT_TRANSLATE_NOOP("Caption", "start ({value})"),
        metavar="X,Y",
        help="where run 0 starts (default: the function's own start)",
        in_file=always,
        in_caption=always,
        in_heading=elsewhere,
    ),
    _whole(
        "restarts",
        0,
        0,
        MOST_RESTARTS,
        label=QT_TRANSLATE_NOOP("Change", "restarts"),
        said=QT_TRANSLATE_NOOP("Caption", "random restarts: {value}"),
        title=QT_TRANSLATE_NOOP("Error", "random restarts"),
        help="number of further runs from random places (default: 0)",
        in_file=always,
    ),
    _whole(
        "seed",
        0,
        0,
        HIGHEST_SEED,
        label=QT_TRANSLATE_NOOP("Change", "seed"),
        said=QT_TRANSLATE_NOOP("Caption", "seed {value}"),
        help="what the random places, noise, batches and first weights are drawn from (default: 0)",
        in_file=always,
        in_program=if_drawn_or_of_model,
        in_caption=if_drawn,
        in_heading=if_drawn,
    ),
    _whole(
        "steps",
        500,
        1,
        MOST_STEPS,
        label=QT_TRANSLATE_NOOP("Change", "steps"),
        said=QT_TRANSLATE_NOOP("Caption", "{value} steps"),
        said_of_one=QT_TRANSLATE_NOOP("Caption", "1 step"),
        help="number of steps (default: 500)",
        in_file=always,
        in_caption=always,
        in_heading=always,
    ),
    Field(
        "tolerance",
        FieldKind.NUMBER,
        1e-8,
        checked_tolerance,
        label=QT_TRANSLATE_NOOP("Change", "tolerance"),
        said=QT_TRANSLATE_NOOP("Caption", "tolerance {value}"),
        help="gradient and step at which a run has converged; 0: never (default: 1e-08)",
        in_file=always,
        in_caption=always,
    ),
    _shared(
        "learning_rate",
        "η",
        QT_TRANSLATE_NOOP("Error", "learning rate η"),
        "η of all optimizers on which it is not set (default: each one's own)",
    ),
    _shared(
        "momentum",
        "β",
        QT_TRANSLATE_NOOP("Error", "momentum β"),
        "β of Momentum and Nesterov where it is not set (default: each one's own)",
    ),
    Field(
        "bounds",
        FieldKind.BOX,
        None,
        lambda value: value,  # its pairs are for the coordinates of the function
        label=QT_TRANSLATE_NOOP("Change", "bounds"),
        said=QT_TRANSLATE_NOOP("Caption", "bounds {value}"),
        metavar="LOW,HIGH,LOW,HIGH",
        help="the box of the random places, x then y; of more variables one pair may stand for all (default: the "
        "function's own)",
        in_file=always,
        in_program=always,
    ),
    Field(
        "direction",
        FieldKind.CHOICE,
        "descent",
        checked_direction,
        label=QT_TRANSLATE_NOOP("Change", "direction"),
        words={
            "descent": QT_TRANSLATE_NOOP("Change", "descent"),
            "ascent": QT_TRANSLATE_NOOP("Change", "ascent"),
        },
        flags=(
            ("ascent", "ascent", "go uphill, to a maximum"),
            ("descent", "descent", "go downhill, whatever the file says"),
        ),
        in_heading=elsewhere,
    ),
    Field(
        "gradient",
        FieldKind.GRADIENT,
        Exact(),
        checked_gradient,
        label=QT_TRANSLATE_NOOP("Change", "gradient"),
        metavar="KEY[:h=H]",
        help="exact, central or forward difference, such as central:h=1e-4",
    ),
    Field(
        "noise",
        FieldKind.NUMBER,
        NOISE.default,
        NOISE.check,
        label=QT_TRANSLATE_NOOP("Change", "noise"),
        said=QT_TRANSLATE_NOOP("Caption", "noise σ = {value}"),
        title=QT_TRANSLATE_NOOP("Error", "noise σ"),
        help="standard deviation of the noise added to every component of the gradient (default: 0)",
    ),
    Field(
        "schedule",
        FieldKind.SCHEDULE,
        None,
        partial(checked_schedule, field="schedule"),
        label=QT_TRANSLATE_NOOP("Change", "schedule"),
        said=QT_TRANSLATE_NOOP("Caption", "schedule {value}"),
        metavar="KEY[:NAME=VALUE,…]",
        help="how η goes on, such as cosine:steps=300 (gdsim schedules lists them; default: constant)",
    ),
    Field(
        "clip",
        FieldKind.NUMBER,
        CLIP.default,
        CLIP.check,
        label=QT_TRANSLATE_NOOP("Change", "clipping"),
        said=QT_TRANSLATE_NOOP("Caption", "gradient cut to {value}"),
        title=QT_TRANSLATE_NOOP("Error", "clipping"),
        words={0.0: QT_TRANSLATE_NOOP("Change", "off")},
        help="length to which a longer gradient is cut (default: 0, none)",
        in_program=elsewhere,
    ),
    Field(
        "optimizers",
        FieldKind.OPTIMIZERS,
        (Entry("gd"),),
        checked_entries,
        option="optimizer",
        metavar="KEY[:NAME=VALUE,…]",
        help="an optimizer and what to set on it, such as adam:learning_rate=0.05; schedule=KEY, schedule.NAME=VALUE, "
        "clip=X and name=TEXT are for this one alone; once for each that races (default: gd)",
        in_file=always,
        in_program=elsewhere,
        in_caption=always,
        in_heading=elsewhere,
    ),
    Field(
        "tuning",
        FieldKind.TUNING,
        None,
        checked_tuning,
        label=QT_TRANSLATE_NOOP("Change", "budget and ranges of the tuning"),
        in_program=elsewhere,
        in_caption=elsewhere,
        in_heading=elsewhere,
    ),
)
#: All of them by name, in the order in which a file has them.
FIELDS: dict[str, Field] = {field.name: field for field in _ROWS}


def described(name: str) -> Any:
    """Declare a field of the dataclass `Experiment`, with the default that its row says."""
    return dataclasses.field(default=FIELDS[name].default)


class FieldValues(TypedDict, total=False):
    """The fields that have names only in a call of `descend`, with the types that it takes."""

    restarts: int
    seed: int
    steps: int
    tolerance: float
    learning_rate: float | None
    momentum: float | None
    bounds: Sequence[Sequence[float]] | None
    direction: str
    gradient: GradientMode | None
    noise: float
    schedule: Schedule | None
    clip: float
    name: str
    parameters: Mapping[str, float] | None
    data: Source | str | None
    options: Mapping[str, Any] | None
    batch: int
