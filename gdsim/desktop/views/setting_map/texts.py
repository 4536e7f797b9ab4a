"""Phrases on setting maps, in the language of the window."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.text.phrases import known_text
from gdsim.objectives.base import Array
from gdsim.optimizers import Hyper
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.runs.found_ends import KINDS
from gdsim.simulation.maps.scales import Scale
from gdsim.simulation.maps.settings import SettingMap

#: So many coordinates of a minimum are told.
_MOST = 4
#: A rate that is nothing but rounding.
_NOTHING = 1e-12
#: What is as small a share of the bounds' width is 0 but for rounding.
_ZERO = 1e-9


def measure_text(measure: str) -> str:
    """Return what a map shows, as a box names it."""
    return {
        "steps": _tr("Steps to convergence"),
        "loss": _tr("Final loss"),
        "rate": _tr("Rate of convergence"),
    }[measure]


def measure_tip(measure: str) -> str:
    """Say what a measure is."""
    return {
        "steps": _tr("After how many steps gradient and step are within the tolerance."),
        "loss": _tr("f where the run ends."),
        "rate": _tr("The factor by which the gradient shrinks a step, measured over the second half of the run."),
    }[measure]


def empty_text(measure: str) -> str:
    """Say that no cell has a colour, and what is seen instead."""
    return {
        "steps": _tr("No setting converges: the final loss tells more."),
        "loss": _tr("Every setting is lost."),
        "rate": _tr("With no setting the gradient shrinks."),
    }[measure]


def kind_text(kind: Kind, measure: str = "steps") -> str:
    """Return how a run ended, in two or three words."""
    if kind == Kind.OUT_OF_STEPS and measure == "rate":
        return _tr("does not shrink")
    return {
        Kind.CONVERGED: _tr("converged"),
        Kind.OUT_OF_STEPS: _tr("out of steps"),
        Kind.DIVERGED: _tr("diverged"),
        Kind.LEFT_DOMAIN: _tr("left the domain"),
        Kind.NO_GRADIENT: _tr("no gradient"),
        Kind.CANCELLED: _tr("not worked out"),
    }[kind]


def pair_text(axes: tuple[Axis, Axis], x: float, y: float, digits: int = 4) -> str:
    """Return values of both hyperparameters."""
    values = [
        f"{known_text('Hyperparameter', axis.hyper.symbol)} = {_value_text(axis, value, digits)}"
        for axis, value in zip(axes, (x, y), strict=True)
    ]
    return ", ".join(values)


def _value_text(axis: Axis, value: float, digits: int) -> str:
    """Return a value in so many digits, or in so many that its distance from 1 has them."""
    nines = -math.floor(math.log10(1 - value)) if axis.scale is Scale.LOG1M and 0 < value < 1 else 1
    return show_typed(value, digits + nines - 1)


def scale_text(scale: Scale, hyper: Hyper) -> str:
    """Return what lies evenly along an axis, in a word."""
    from_one = f"log 1−{known_text('Hyperparameter', hyper.symbol)}"
    return {Scale.LINEAR: _tr("linear"), Scale.LOG: _tr("log"), Scale.LOG1M: from_one}[scale]


def scale_tip(scale: Scale) -> str:
    """Say what lies evenly along an axis."""
    return {
        Scale.LINEAR: _tr("Equal differences lie evenly along the axis."),
        Scale.LOG: _tr("Equal factors lie evenly along the axis."),
        Scale.LOG1M: _tr("Factors of the distance from 1 lie evenly along the axis: 0, 0.9, 0.99, 0.999."),
    }[scale]


def axes_text(axes: tuple[Axis, Axis]) -> str:
    """Say of which axes the distance from 1 is logarithmic; "" of none."""
    symbols = [known_text("Hyperparameter", axis.hyper.symbol) for axis in axes if axis.scale is Scale.LOG1M]
    return " ".join([_tr("{symbol} is drawn by the logarithm of 1 − {symbol}.").format(symbol=s) for s in symbols])


def cell_text(found: SettingMap, row: int, column: int) -> str:
    """Return both values of a cell, how its run ends, after how many steps, and f there."""
    values = pair_text((found.x, found.y), float(found.x_values[column]), float(found.y_values[row]))
    kind = KINDS[found.kind[row, column]]
    steps, loss = float(found.median_steps[row, column]), float(found.median_loss[row, column])
    facts = [_ended(kind, steps, found, row, column)]
    if math.isfinite(loss):
        facts.append(f"f = {show(loss)}")
    if found.is_rate_known and math.isfinite(found.median_rate[row, column]):
        facts.append(_tr("rate {value}").format(value=show(float(found.median_rate[row, column]))))
    text = f"{values}: {', '.join(facts)}"
    runs = found.steps.shape[0]
    return f"{text} ({_tr('median of {count} runs').format(count=runs)})" if runs > 1 else text


def _ended(kind: Kind, steps: float, found: SettingMap, row: int, column: int) -> str:
    if not math.isfinite(steps):
        steps = float(sorted(found.steps[:, row, column])[found.steps.shape[0] // 2])
    text = _tr("{what} after 1 step") if steps == 1 else _tr("{what} after {steps} steps")
    return text.format(what=kind_text(kind), steps=show_typed(steps))


def best_text(done: DoneMap | None) -> str:
    """Return the two lines on the button that takes the best cell over."""
    if done is None or done.best is None:
        return _tr("No best")
    row, column = done.best
    x, y = (pair.strip() for pair in pair_text(done.axes, *_values(done, row, column), 3).split(","))
    return f"★ {x}\n{y}"


def _values(done: DoneMap, row: int, column: int) -> tuple[float, float]:
    return float(done.map.x_values[column]), float(done.map.y_values[row])


def take_text(done: DoneMap | None) -> str:
    """Return the words of the menu for taking the best cell over."""
    if done is None or done.best is None:
        return _tr("Take over the best")
    return _tr("Take over the best: {values}").format(values=pair_text(done.axes, *_values(done, *done.best), 3))


def best_tip(done: DoneMap | None) -> str:
    """Say how good the best cell is."""
    if done is None or done.best is None:
        return _tr("No cell of the map converges.")
    return _tr("Take over the best: {cell}. Press to race with these values.").format(
        cell=cell_text(done.map, *done.best)
    )


def theory_text(done: DoneMap | None) -> str:
    """Say what theory is drawn, and of which place; "" if none is."""
    theory = None if done is None else done.theory
    if done is None or theory is None or (theory.edge is None and theory.best is None):
        return ""
    facts = []
    if theory.edge is not None and not math.isnan(float(theory.edge[0])):
        facts.append(_tr("line, edge of stability"))
    if theory.best is not None and (rate := theory.best_rate) is not None:
        facts.append(_best_pair(done, theory.best, rate))
    return f"{_heading(done, theory.place, theory.is_exact)}: {'; '.join(facts)}" if facts else ""


def _best_pair(done: DoneMap, best: tuple[float, float], rate: float) -> str:
    values = f"η = {show_typed(best[0], 3)}"
    if done.map.lane.rule.key != "gd":
        values += f", β = {show_typed(best[1], 3)}"
    return _tr("◇ fastest, {values}, rate {rate}").format(values=values, rate=show(rate if rate > _NOTHING else 0.0, 3))


def _heading(done: DoneMap, place: Array, is_exact: bool) -> str:
    if is_exact:
        return _tr("Theory")
    objective = done.asked.course.objective
    widths = objective.bounds[:, 1] - objective.bounds[:, 0]
    rounded = [0.0 if abs(x) <= _ZERO * width else float(x) for x, width in zip(place, widths, strict=True)]
    told = ", ".join(show_typed(x, 4) for x in rounded[:_MOST]) + ", …" * (len(rounded) > _MOST)
    names = ", ".join(objective.shown_names[:_MOST]) + ", …" * (len(rounded) > _MOST)
    where = f"{names} = {told}" if len(rounded) == 1 else f"({names}) = ({told})"
    text = _tr("Local theory (at the minimum {place})")
    if done.asked.course.ascent:
        text = _tr("Local theory (at the maximum {place})")
    return text.format(place=where)


def stop_text(share: float, seconds: float) -> str:
    """Return the words on a button that stops: how much of a map is done, and how long the rest will take."""
    return _tr("Stop: {percent} %\n{seconds} s left").format(percent=round(100 * share), seconds=max(1, round(seconds)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingMap", text)
