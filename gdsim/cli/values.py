"""Words of the command line as values: numbers, and what is written as ``key:name=value,name=value``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import GradientMode, gradient_named
from gdsim.objectives.formula.reading.words import canonical
from gdsim.optimizers import Method, Schedule, rule_named, schedule_named
from gdsim.optimizers.described import Described
from gdsim.simulation.experiment import Entry

#: What can be set on an optimizer beside its hyperparameters; settings of the schedule follow a dot.
_OWN = ("schedule", "clip", "name")


def as_number(text: str) -> int | float | str:
    """A word as a number; what is none stays a word, which the field it is for refuses by its name."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def as_entry(text: str) -> Entry:
    """An optimizer as it is written after --optimizer: ``adam:beta1=0.8,schedule=cosine,schedule.steps=300,name=A``."""
    key = text.partition(":")[0]
    rule = rule_named(key)
    first = [f"{hyper.name}={hyper.default}" for hyper in rule.hypers()]
    settings = settings_in("optimizer", text, (*first, "name=TEXT")[0])
    own = {name: settings.pop(name) for name in list(settings) if name in _OWN or name.startswith("schedule.")}
    values: dict[str, object] = {}
    for name, value in settings.items():
        known = [hyper.name for hyper in rule.hypers()]
        if name not in known:
            own_names = ("name",) if issubclass(rule, Method) else _OWN
            raise UnknownNameError(f"hyperparameter of {key}", name, [*known, *own_names], field=f"{key}.{name}")
        values[name] = _as_setting(rule, name, value)
    clip = as_number(own.pop("clip")) if "clip" in own else None
    name = own.pop("name", "")
    schedule = _own_schedule(text, own)
    return Entry(key, values, schedule=schedule, clip=clip, name=name)  # type: ignore[arg-type]  # checked there


def _own_schedule(text: str, own: dict[str, str]) -> Schedule | None:
    """The schedule that the words schedule and schedule.NAME of an optimizer describe."""
    if not own:
        return None
    if "schedule" not in own:
        raise GdsimError(
            "--optimizer {given}: {name} is set, but no schedule: write schedule=cosine, or another, too",
            "optimizers",
            given=text,
            name=next(iter(own)),
        )
    key = own.pop("schedule")
    return _schedule(key, {name.partition(".")[2]: value for name, value in own.items()})


def as_schedule(text: str) -> Schedule:
    """A schedule as it is written after --schedule, such as ``cosine:steps=300``."""
    return _schedule(text.partition(":")[0], settings_in("schedule", text, "NAME=VALUE"))


def _schedule(key: str, settings: dict[str, str]) -> Schedule:
    kind = schedule_named(key)
    _refuse_unknown(key, settings, [hyper.name for hyper in kind.hypers()])
    return kind(**{name: _as_setting(kind, name, value) for name, value in settings.items()})  # type: ignore[arg-type]


def _as_setting(kind: type[Described], name: str, value: str) -> object:
    """A word as a number, or as a switch; what is neither stays a word, which is refused by the name of its field."""
    is_switch = isinstance(kind.hyper(name).default, bool)
    return {"true": True, "false": False}.get(value.lower(), value) if is_switch else as_number(value)


def as_gradient(text: str) -> GradientMode:
    """A gradient mode as it is written after --gradient, such as ``central:h=1e-4``."""
    key = text.partition(":")[0]
    kind = gradient_named(key)
    settings = settings_in("gradient", text, "h=0.0001")
    _refuse_unknown(key, settings, [field.name for field in dataclasses.fields(kind)])
    return kind(**{name: as_number(value) for name, value in settings.items()})  # type: ignore[arg-type]


def as_parameters(texts: Iterable[str]) -> dict[str, int | float | str]:
    """Values of parameters, each written as ``name=value``."""
    found: dict[str, int | float | str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = canonical(name.strip())
        if not equals or not name:
            raise GdsimError(
                "--parameter must be a name and a value, such as --parameter a=3, not '{given}'",
                "parameters",
                given=text,
            )
        if name in found:
            raise GdsimError("--parameter {given}: {name} is set twice", "parameters", given=text, name=name)
        found[name] = as_number(value)
    return found


def settings_in(option: str, text: str, example: str) -> dict[str, str]:
    """Read what stands after the colon of an option's value, by name; `example` shows how it is written."""
    key, colon, rest = text.partition(":")
    found: dict[str, str] = {}
    for setting in rest.split(",") if colon else ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise GdsimError(
                "--{option} {given}: after the colon come settings such as {key}:{example}, not '{setting}'",
                option,
                option=option,
                given=text,
                key=key,
                example=example,
                setting=setting,
            )
        if name in found:
            raise GdsimError("--{option} {given}: {name} is set twice", option, option=option, given=text, name=name)
        found[name] = value
    return found


def _refuse_unknown(key: str, settings: Iterable[str], known: list[str]) -> None:
    for name in settings:
        if not known:
            raise GdsimError("{key} has no settings, and so no '{name}'", key, key=key, name=name)
        if name not in known:
            raise UnknownNameError(f"setting of {key}", name, known, field=f"{key}.{name}")


def option_words(value: object) -> str:
    """Write the value of an option as the command line takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
