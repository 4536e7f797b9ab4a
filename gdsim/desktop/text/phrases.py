"""Texts made elsewhere, in the language of the window.

The rooms without Qt write English with the values left out; here the text is translated and the values put in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show_typed
from gdsim.errors import GdsimError
from gdsim.objectives import Exact, GradientMode
from gdsim.objectives.formula.formula import FormulaError
from gdsim.optimizers import OPTIMIZERS, Schedule
from gdsim.simulation.fields import FIELDS
from gdsim.simulation.names import Fact, Name, parts_of
from gdsim.simulation.shared_values import CLIP

if TYPE_CHECKING:
    from gdsim.objectives.table_reading import Reading


def error_text(error: GdsimError) -> str:
    """Say what is wrong, as a sentence."""
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


class HasNames(Protocol):
    """A race or an experiment, whose optimizers have names."""

    @property
    def names(self) -> Mapping[str, Name]:
        """Their names, by `Entry.id`."""

    @property
    def ascent(self) -> bool:
        """Return whether they go uphill."""


def optimizer_text(key: str, of: HasNames) -> str:
    """The name of an optimizer of a race or of an experiment, by its `Entry.id`; one not there, after its rule.

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
    """The name of a rule: gradient descent that goes uphill is gradient ascent."""
    if key == "gd" and ascent:
        return QCoreApplication.translate("Optimizer", "Gradient ascent")
    return known_text("Optimizer", OPTIMIZERS[key].title)


def gradient_text(mode: GradientMode) -> str:
    """The way in which the gradient is worked out, with its h."""
    title = known_text("Gradient", mode.title)
    return title if isinstance(mode, Exact) else f"{title} h = {show_typed(mode.h)}"


def reading_text(reading: Reading) -> str:
    """Say what was done when a table was read, as sentences."""
    from gdsim.objectives.table_reading import told

    sentences = told(reading, lambda text: QCoreApplication.translate("Reading", text))
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def schedule_text(schedule: Schedule) -> str:
    """A schedule with all its values."""
    values = [f"{hyper.symbol} = {show_typed(getattr(schedule, hyper.name))}" for hyper in schedule.hypers()]
    title = known_text("Schedule", schedule.title)
    return f"{title} ({', '.join(values)})" if values else title


def known_text(context: str, text: str) -> str:
    """A title, summary or meaning from a table."""
    return QCoreApplication.translate(context, text) if text else ""
