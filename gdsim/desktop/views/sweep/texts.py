"""Sentences about sweeps and range tests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.plotting.loss_heights import Scale
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.views.sweep.asked import MOST_STARTS, Found, SweepRange
from gdsim.desktop.views.sweep.shown import Quantity, Row, at_rate
from gdsim.desktop.views.sweep.table import FIGURES
from gdsim.simulation.experiment import Experiment


def sweep_title(quantity: Quantity, scale: Scale, experiment: Experiment) -> str:
    """Name what is drawn."""
    if quantity is Quantity.STEPS:
        return _tr("Steps until a run converges, against η")
    if scale is Scale.GAP:
        return _tr("Final loss f* − f against η") if experiment.ascent else _tr("Final loss f − f* against η")
    return _tr("Final loss f against η")


def signs_text(experiment: Experiment) -> str:
    """From how many starts, and what the marks are."""
    runs = experiment.restarts + 1
    signs = _tr("● in use, ★ best: a click on a curve takes it.")
    if runs == 1:
        return signs
    if runs > MOST_STARTS:
        text = _tr("Median and 10–90 % of the first {most} of {runs} starts; {signs}")
        return text.format(most=MOST_STARTS, runs=runs, signs=signs)
    return _tr("Median and 10–90 % of {runs} starts; {signs}").format(runs=runs, signs=signs)


def hint_text(rows: Sequence[Row], within: SweepRange, experiment: Experiment) -> str:
    """Say what to do where no η of anybody works; "" where some does, or not all is known."""
    if not rows or within.target is not None or any(row.width > 0 or not row.is_whole for row in rows):
        return ""
    if not experiment.tolerance:
        return _tr("The tolerance is 0, so that no run converges: a target loss says which η work.")
    text = _tr(
        "With no η do half of the runs converge to the tolerance {tolerance} within {steps} steps: "
        "a target loss or more steps would tell them apart."
    )
    return text.format(tolerance=show_typed(experiment.tolerance), steps=experiment.steps)


def advice_text(name: str, found: Found | None) -> str:
    """Say whether the advice of the range test agrees with the sweep, for one optimizer."""
    if found is None or found.test is None:
        return ""
    test, best = found.test, found.best
    tenth, steepest = test.a_tenth, test.steepest
    if tenth is None:
        return _tr("{name}: the range test has no loss to read an η off.").format(name=name)
    if steepest is None:
        text = _tr(
            "{name}: the range test advises {tenth} (minimum ÷ 10), its loss never falls; best in the sweep {best}."
        )
    else:
        text = _tr(
            "{name}: the range test advises {tenth} (minimum ÷ 10) or {steepest} (steepest slope); "
            "best in the sweep {best}."
        )
    said = text.format(name=name, tenth=_rate(tenth), steepest=_rate(steepest), best=_rate(best))
    return f"{said} {_verdict(at_rate(found, tenth), at_rate(found, steepest))}".rstrip()


def _verdict(tenth: bool | None, steepest: bool | None) -> str:
    if tenth is None and steepest is None:
        return ""
    if tenth and steepest:
        return _tr("Both work.")
    if tenth:
        return _tr("The first works.") if steepest is None else _tr("Only the first works.")
    if steepest:
        return _tr("Only the second works.")
    return _tr("Neither works.") if tenth is not None and steepest is not None else _tr("It does not work.")


def _rate(rate: float | None) -> str:
    return "–" if rate is None else show_typed(rate, FIGURES)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sweep", text)
