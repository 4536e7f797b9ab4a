"""Words in a row of the list of optimizers about its η, and about all else that is its own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show_typed
from gdsim.optimizers import OPTIMIZERS, Hyper, Method
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.shared_values import CLIP
from gdsim.simulation.suited_rates import suited_rate


@dataclass(frozen=True)
class RateWords:
    """The words about an optimizer.

    Attributes
    ----------
    texts
        The same, ever shorter: the first that there is room for is shown.
    tip
        Where its η comes from, and what else is its own.
    followed
        Whether nothing of it is its own.
    rate, whose
        Its η, and whose it is in a word.
    """

    texts: tuple[str, ...]
    tip: str
    followed: bool
    rate: str
    whose: str

    def beside(self, name: str) -> tuple[str, ...]:
        """The words beside a name, ever shorter: where the name tells the η, at last nothing."""
        return (self.texts[0], self.whose, "") if self.rate in name else self.texts


def rate_words(entry: Entry, experiment: Experiment) -> RateWords:
    """Say which η an optimizer has and whose it is: "η 0.005, shared"; then what else was set on it."""
    own, rule = _own_facts(entry), OPTIMIZERS[entry.key]
    if issubclass(rule, Method):
        return _without_rate(own)
    hyper = rule.hyper("learning_rate")
    value, word, tip = _rate(entry, hyper, experiment)
    rate = f"{hyper.symbol} {show_typed(value, 3)}"
    whole = "  ".join([f"{rate}, {word}", *own])
    short = "  ".join([rate, *own]) if len(own) <= 1 else f"{rate}  {own[0]}  …"
    shortest = f"{rate}  …" if own else rate
    if own:
        tip = f"{tip}\n{_tr('Its own, too: {values}.').format(values=', '.join(own))}"
    return RateWords((whole, short, shortest), tip, not own and word == _tr("shared"), rate, word)


def _without_rate(own: list[str]) -> RateWords:
    """Say what was set on a method, which has no η."""
    tip = _tr("It finds out by itself how far to go: it has no η.")
    if not own:
        return RateWords(("", "", ""), tip, True, "", "")
    tip = f"{tip}\n{_tr('Its own: {values}.').format(values=', '.join(own))}"
    return RateWords(("  ".join(own), f"{own[0]}  …" if len(own) > 1 else own[0], "…"), tip, False, "", "…")


def _rate(entry: Entry, hyper: Hyper, experiment: Experiment) -> tuple[float, str, str]:
    """The η of an optimizer, whose it is in a word, and in a sentence."""
    shared = experiment.learning_rate
    if hyper.name in entry.values:
        value = float(entry.values[hyper.name])
        tip = _tr("Its own η, which does not follow the shared one.")
        if value == suited_rate(entry.key, experiment.objective):
            tip += " " + _tr("Its steps are about as long as η, whatever the slope: this one crosses what is seen.")
        return value, _tr("own"), tip
    if not hyper.follows:
        return float(hyper.default), _tr("default"), _tr("Its own default: it has no use for the shared η.")
    if shared is None:
        return float(hyper.default), _tr("default"), _tr("Its own default, as no η is shared.")
    return shared, _tr("shared"), _tr("It follows the shared η.")


def _own_facts(entry: Entry) -> list[str]:
    """The values that were set on an optimizer beside η, in symbols."""
    own = entry.values.keys() - {"learning_rate"}
    hypers = [hyper for hyper in OPTIMIZERS[entry.key].hypers() if hyper.name in own] if own else []
    facts = [f"{h.symbol} {show_typed(float(entry.values[h.name]), 3)}" for h in hypers]
    if entry.schedule is not None:
        facts.append("η(t)")
    if entry.clip is not None:
        facts.append(f"{CLIP.symbol} {show_typed(entry.clip, 3)}")
    return facts


def _tr(text: str) -> str:
    return QCoreApplication.translate("OptimizerRow", text)
