"""Sentences for the tips on the signs of the landscape."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories


def start_tip() -> str:
    """Say what the handle is."""
    return _tr("The start: drag it, double-click elsewhere, or move it with the arrow keys.")


def restart_tip() -> str:
    """Say what a small circle is."""
    return _tr("Where a restart begins; its path is thin.")


def head_tip(race: Trajectories, key: str, run: int, step: int, chosen: bool) -> str:
    """Say of a head whose it is, and what its shape tells."""
    name = optimizer_text(key, race)
    if run:
        name = _tr("{name}, restart {run}").format(name=name, run=run)
    o, shown = list(race.ids).index(key), min(step, race.steps)
    text = [_tr("{name} at step {step}.").format(name=name, step=min(shown, int(race.ended[o, run])))]
    if shown >= race.ended[o, run]:
        if race.kinds[o, run] in (Kind.CONVERGED, Kind.NO_GRADIENT):
            text.append(_tr("The hole: it has come to rest."))
        elif race.is_lost(o, run):
            text.append(_tr("The cross: it is lost."))
    text.append(_tr("The ring: it is the chosen run.") if chosen else _tr("Click it to look closely at its run."))
    return " ".join(text)


def extremum_tip(ascent: bool, value: float | None, aside: bool) -> str:
    """Say what a star or a triangle is; `aside` are those that are faint."""
    if aside:
        return (
            _tr("Faint: a known maximum that is not one of what is seen.")
            if ascent
            else _tr("Faint: a known minimum that is not one of what is seen.")
        )
    what = _tr("A known maximum") if ascent else _tr("A known minimum")
    return f"{what}: f = {show(value)}" if value is not None else what


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapWords", text)
