"""Texts made elsewhere, in the language of the window.

The rooms without Qt write English with the values left out; here the text is translated and the values put in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show_typed
from gdsim.errors import GdsimError, shown
from gdsim.objectives import Exact, Function, GradientMode, Objective
from gdsim.objectives.formula.formula import FormulaError
from gdsim.objectives.formula.pretty import pretty
from gdsim.objectives.surfaces.high_dimensional import Many
from gdsim.objectives.table_reading import Reading, told
from gdsim.optimizers import OPTIMIZERS, Schedule
from gdsim.simulation.fields import FIELDS
from gdsim.simulation.names import Fact, Name, parts_of
from gdsim.simulation.shared_values import CLIP

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice
    from gdsim.simulation.endings.outcomes import Outcome
    from gdsim.simulation.sampling.projection import Sliced


def error_text(error: GdsimError) -> str:
    """What is wrong, as a sentence."""
    text = _told(error, _field_names().get(error.field, error.field))
    return text[:1].upper() + text[1:] if _begins_with_words(error) else text


def _begins_with_words(error: GdsimError) -> bool:
    """Return whether a sentence begins with words of the program, and not with what was typed."""
    template = QCoreApplication.translate("Error", error.template)
    value = template[1:].partition("}")[0] if template.startswith("{") else ""
    reason = error.values.get(value)
    if isinstance(reason, GdsimError):
        return _begins_with_words(reason)
    return not value or not (isinstance(error, FormulaError) or value in _TYPED)


def _told(error: GdsimError, field: str) -> str:
    # the reason within a sentence may be an error with a sentence of its own
    values = {name: _told(v, v.field) if isinstance(v, GdsimError) else v for name, v in error.values.items()}
    for name in _WORDS:
        word = values.get(name)
        if isinstance(word, str):
            values[name] = QCoreApplication.translate("Error", word)
    template = QCoreApplication.translate("Error", error.template)
    return template.format(field=field, **values)


#: Values of errors that are words of the program, not of a person.
_WORDS = ("what", "allowed", "reason", "kind")


#: Values of errors that were typed, or are names of files: they begin a sentence as they are.
_TYPED = ("path", "where", "function", "key", "option", "given")


def _field_names() -> dict[str, str]:
    """Fields as the window calls them."""
    return {name: QCoreApplication.translate("Error", field.title) for name, field in FIELDS.items() if field.title}


class Named(Protocol):
    """A race or an experiment, whose optimizers have names."""

    @property
    def names(self) -> Mapping[str, Name]:
        """What they are called, by `Entry.id`."""

    @property
    def ascent(self) -> bool:
        """Return whether they go uphill."""


def optimizer_text(key: str, of: Named) -> str:
    """What an optimizer of a race or of an experiment is called, by its `Entry.id`; one not there, after its rule.

    "" where none is chosen, and so there is no id.
    """
    if not key:
        return ""
    return name_text(of.names.get(key) or Name(parts_of(key)[0]), of.ascent)


def name_text(name: Name, ascent: bool = False) -> str:
    """The name of an optimizer: "Adam η 0.1", or what a person typed."""
    if name.typed:
        return name.typed
    title = rule_text(name.key, ascent)
    numbered = f"{title} {name.number}" if name.number else title
    return " ".join([numbered, ", ".join(map(_fact_text, name.facts))]).rstrip()


def _fact_text(fact: Fact) -> str:
    if isinstance(fact.value, str):
        return known_text("Schedule", fact.value)
    symbol = CLIP.symbol if fact.what == "clip" else known_text("Hyperparameter", fact.symbol)
    if isinstance(fact.value, bool) or (fact.what == "clip" and not fact.value):
        on, off = QCoreApplication.translate("Optimizer", "on"), QCoreApplication.translate("Optimizer", "off")
        return f"{symbol} {on if fact.value else off}"
    return f"{symbol} {show_typed(fact.value)}"


def button_text(text: str) -> str:
    """A text as a button, a box or a menu shows it: what a person typed marks no key."""
    return text.replace("&", "&&")


#: A formula without a name is called by so many letters.
_NAME_LETTERS = 40


def tip_text(text: str) -> str:
    """A text as a tip shows it: what a person typed is no markup."""
    if "<" not in text or not _may_be_rich(text):
        return text
    from html import escape

    return f'<p style="white-space: pre-wrap">{escape(text, quote=False)}</p>'


def _may_be_rich(text: str) -> bool:
    """Return whether Qt would take a text for HTML."""
    from PySide6.QtGui import Qt

    return Qt.mightBeRichText(text)


def rule_text(key: str, ascent: bool = False) -> str:
    """What a rule is called: gradient descent that goes uphill is gradient ascent."""
    if key == "gd" and ascent:
        return QCoreApplication.translate("Optimizer", "Gradient ascent")
    return known_text("Optimizer", OPTIMIZERS[key].title)


def outcome_text(outcome: Outcome) -> str:
    """How a run ended and, where it is known, why: as a sentence."""
    parts = [QCoreApplication.translate("Outcome", part) for part in (outcome.template, outcome.cause) if part]
    return QCoreApplication.translate("Outcome", ", as ").join(parts).format(**outcome.values)


def advice_text(advice: Advice) -> str:
    """What to try, for a button; that nothing helps, where nothing does."""
    from gdsim.simulation.advice.advice import Found

    if advice.found is Found.RUNAWAY:
        return QCoreApplication.translate("Advice", "no η helps")
    if not advice.changes:
        return QCoreApplication.translate("Advice", "nothing tried helps")
    return QCoreApplication.translate("Advice", "try {changes}").format(changes=changes_text(advice))


def changes_text(advice: Advice) -> str:
    """All that is changed where an advice is taken."""
    return _changes_text(advice.parts)


def _changes_text(parts: Sequence[tuple[str, object]]) -> str:
    translated = (QCoreApplication.translate("Advice", template).format(value=_advised(v)) for template, v in parts)
    return ", ".join(translated)


def reason_text(advice: Advice) -> str:
    """What came of it when it was tried, and what of it is for all optimizers: as sentences."""
    parts = (QCoreApplication.translate("Advice", template).format(**advice.values) for template in advice.templates)
    text = "; ".join(parts)
    sentences = [text[:1].upper() + text[1:] + "."]
    if advice.shared:
        for_all = QCoreApplication.translate("Advice", "For all optimizers: {changes}.")
        sentences.append(for_all.format(changes=_changes_text(advice.shared)))
    return " ".join(sentences)


def _advised(value: object) -> str:
    from gdsim.simulation.advice.advice import settings_of

    if isinstance(value, Schedule):
        symbols = {hyper.name: hyper.symbol for hyper in value.hypers()}
        settings = (f"{symbols[name]} = {show_typed(number)}" for name, number in settings_of(value))
        return " ".join([known_text("Schedule", value.title), *settings])
    if isinstance(value, tuple):
        return f"({', '.join(map(show_typed, value))})"
    return show_typed(value) if isinstance(value, int | float) else str(value)


def function_text(objective: Objective) -> str:
    """The name, if it has one, and the formula of an objective."""
    if isinstance(objective, Many):
        return f"{known_text('Function', objective.title)}:  f({dimension_text(objective)}) = {objective.text}"
    if not isinstance(objective, Function):
        return known_text("Function", objective.title)
    title = known_text("Function", objective.title) if objective.key else objective.title
    formula = f"f({dimension_text(objective)}) = {pretty(objective.text)}"
    return f"{title}:  {formula}" if title else formula


def dimension_text(objective: Objective) -> str:
    """Its variables, as they stand after f."""
    names = objective.shown_names
    if len(names) <= 2 or (len(names) == 3 and isinstance(objective, Function)):
        return ", ".join(names)
    if isinstance(objective, Function):
        return f"{names[0]}, …, {names[-1]}"
    return "θ" if is_of_weights(objective) else f"x₁, …, x{str(len(names)).translate(_LOWERED)}"


def is_of_weights(objective: Objective) -> bool:
    """Return whether its variables are the weights of a model."""
    return hasattr(objective, "is_classes")


_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def function_name(objective: Objective) -> str:
    """What an objective is called in a list: by its name, or else by the beginning of its formula."""
    if not isinstance(objective, Function):
        return known_text("Function", objective.title)
    if objective.key:
        return known_text("Function", objective.title)
    return objective.title or _begun(pretty(objective.text))


def _begun(formula: str) -> str:
    """As many whole terms of a formula as have room, or as many letters where that is less than half of it."""
    if len(formula) <= _NAME_LETTERS:
        return shown(formula, _NAME_LETTERS)
    depth, end = 0, 0
    for i, letter in enumerate(formula[: _NAME_LETTERS - 3]):
        depth += (letter in "([{") - (letter in ")]}")
        if not depth and formula[i : i + 3] in (" + ", " − "):
            end = i + 3
    return shown(f"{formula[:end]}…" if 2 * end > _NAME_LETTERS else formula, _NAME_LETTERS)


def gradient_text(mode: GradientMode) -> str:
    """How the gradient is worked out, with its h."""
    title = known_text("Gradient", mode.title)
    return title if isinstance(mode, Exact) else f"{title} h = {show_typed(mode.h)}"


def reading_text(reading: Reading) -> str:
    """What was done when a table was read, as sentences."""
    sentences = told(reading, lambda text: QCoreApplication.translate("Reading", text))
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def option_title(name: str) -> str:
    """What an option of a model is called in a form."""
    titles = {
        "l2": "L2 penalty",
        "standardise": "Standardise features",
        "init": "First weights",
        "hidden": "Hidden layers",
    }
    return known_text("Model", titles.get(name, name.capitalize()))


def choice_text(choice: str) -> str:
    """A choice in words: leaky_relu is Leaky ReLU."""
    titles = {"mse": "Mean squared error", "relu": "ReLU", "leaky_relu": "Leaky ReLU"}
    plain = choice.replace("_", " ")
    return known_text("Model", titles.get(choice, plain[:1].upper() + plain[1:]))


def schedule_text(schedule: Schedule) -> str:
    """A schedule with all its values."""
    values = [f"{hyper.symbol} = {show_typed(getattr(schedule, hyper.name))}" for hyper in schedule.hypers()]
    title = known_text("Schedule", schedule.title)
    return f"{title} ({', '.join(values)})" if values else title


def slice_text(seen: Sliced) -> str:
    """What is seen on a plane, and how it lies."""
    percent = 100 * seen.explained
    values = {
        "share": f"{percent:.0f}" if not percent < 1 else "<1",
        "name": optimizer_text(seen.key, seen.race),
    }
    if math.isnan(percent):
        ends, starts = _of_slice("A slice through the end of {name}."), _of_slice("A slice through the start.")
        text = ends if seen.key else starts
    elif seen.key:
        text = _of_slice("A slice through the end of {name}; {share} % of the movement lies in it.")
    else:
        text = _of_slice("A slice through the start; {share} % of the movement lies in it.")
    parts = [text.format(**values)]
    if seen.objective.maxima_beside if seen.race.ascent else seen.objective.minima_beside:
        parts.append(
            _of_slice("Faint mark: a maximum off it.")
            if seen.race.ascent
            else _of_slice("Faint star: a minimum off it.")
        )
    return " ".join(parts)


def slice_tip(kind: str) -> str:
    """What the axes of a plane are, and what becomes of the paths."""
    axes = {
        "principal": _of_slice(
            "p₁ is the direction in which all paths together move most, p₂ the one across it in "
            "which they move most of what is left."
        ),
        "weights": _of_slice("The two axes are parameters; the others keep the values they have at that point."),
        "random": _of_slice("r₁ and r₂ are directions drawn at random."),
    }
    paths = _of_slice("Paths are projected onto the plane: they pass in front of it and behind it.")
    return f"{axes[kind]} {paths}"


def _of_slice(text: str) -> str:
    return QCoreApplication.translate("Slice", text)


def file_stem(objective: Objective) -> str:
    """A name for files about a function."""
    key = getattr(objective, "key", "")
    return key or re.sub(r"\W+", "-", objective.title.lower()).strip("-")[:40] or "typed-function"


def known_text(context: str, text: str) -> str:
    """A title, summary or meaning from a table."""
    return QCoreApplication.translate(context, text) if text else ""
