"""Texts of the loss view: of its axis, and of what is read there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.loss.curves import Curves, Scale
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories


def axis_text(race: Trajectories, scale: Scale, logarithmic: bool) -> str:
    """Name the axis: the loss itself, or how far it is from the end, against the step."""
    translate = QCoreApplication.translate
    if scale is Scale.GAP and race.ascent:
        return translate("Loss", "Loss f* − f against step")
    if scale is Scale.GAP:
        return translate("Loss", "Loss f − f* against step")
    if logarithmic and scale is Scale.LINEAR:
        return translate("Loss", "Loss f against step, linear")
    return translate("Loss", "Loss f against step")


def axis_tip(race: Trajectories, curves: Curves, batches: bool) -> str:
    """Explain what a logarithmic axis shows, or why there is none."""
    scale = curves.logs
    if curves.is_empty:
        return QCoreApplication.translate("Loss", "There is nothing to show: every run starts where there is no value.")
    if scale is Scale.LINEAR:
        return QCoreApplication.translate(
            "Loss",
            "Linear axis: some values are not positive and have no logarithm, and no minimum or maximum is known to "
            "measure them from.",
        )
    if scale is Scale.GAP and race.ascent:
        return QCoreApplication.translate(
            "Loss", "Logarithmic axis: the depth below the highest known maximum f*; straight lines shrink by a factor."
        )
    if scale is Scale.GAP:
        return QCoreApplication.translate(
            "Loss", "Logarithmic axis: the height above the lowest known minimum f*; straight lines shrink by a factor."
        )
    if batches:
        return QCoreApplication.translate(
            "Loss",
            "Logarithmic axis: the loss itself. Nothing is subtracted, as the loss over a batch may be lower than that "
            "over all examples.",
        )
    return QCoreApplication.translate(
        "Loss", "Logarithmic axis: the value itself, as no minimum or maximum is known to measure it from."
    )


def loss_text(race: Trajectories, optimizer: int, run: int, step: int) -> str:
    """The loss of a run at a step, or how it was lost before."""
    kind, ended = Kind(race.kinds[optimizer, run]), int(race.ended[optimizer, run])
    if kind is Kind.DIVERGED and step >= ended:
        return QCoreApplication.translate("Loss", "diverged at step {step}").format(step=ended)
    if kind is Kind.LEFT_DOMAIN and step >= ended:
        return QCoreApplication.translate("Loss", "undefined at step {step}").format(step=ended)
    return show(float(race.losses[step, optimizer, run]))
