"""Outcomes of runs and advice after them, in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import known_text
from gdsim.optimizers import Schedule

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice
    from gdsim.simulation.endings.outcomes import Outcome


def outcome_text(outcome: Outcome) -> str:
    """Say how a run ended and, where it is known, why: as a sentence."""
    parts = [QCoreApplication.translate("Outcome", part) for part in (outcome.template, outcome.cause) if part]
    return QCoreApplication.translate("Outcome", ", as ").join(parts).format(**outcome.values)


def advice_text(advice: Advice) -> str:
    """Say what to try, for a button; that nothing helps, where nothing does."""
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
    """Say what came of it when it was tried, and what of it is for all optimizers: as sentences."""
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
