"""Texts at each stop of the walk through a model: a sentence, and the formulas with their numbers."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.phrases import known_text, optimizer_text
from gdsim.desktop.views.run_point import RunPoint
from gdsim.objectives import Exact
from gdsim.objectives.base import Array
from gdsim.objectives.data import Batched
from gdsim.objectives.data.dataset import Indices
from gdsim.objectives.data.walkthrough.passes import Passes, Stage, Worked
from gdsim.objectives.data.walkthrough.walk import Walk
from gdsim.optimizers.descent import GradientDescent

#: Numbers of all examples times numbers of all weights: of more, no mean is worked out between two frames.
_MOST = 4_000_000


class StopTexts(NamedTuple):
    """A sentence, formulas line by line, and what follows from them."""

    words: str
    formula: str = ""
    outcome: str = ""


def stop_texts(
    walk: Walk, point: RunPoint, worked: Worked, stage: Stage, node: int, example: int, order: Indices | None = None
) -> StopTexts:
    """Write the texts of a node at a stop; `order` has the row of each example, if that is not its place."""
    if stage.what == "update":
        return _update(walk, point, worked, node, example, order)
    words = _sentence(walk, stage)
    if stage.what == "inputs" and example >= walk.passes.trained:
        words += " " + _tr("It is held out: no step goes by it.")
    return StopTexts(words, _beneath(walk.formula(worked, stage, node)))


def _sentence(walk: Walk, stage: Stage) -> str:
    passes = walk.passes
    node = passes.nodes[passes.rows[stage.row][0]]
    activation = known_text("Activation", node.activation.title) if node.activation is not None else ""
    cost = known_text("Cost", passes.model.layers.cost.title)
    match stage.what:
        case "inputs" if passes.model.standardise:
            return _tr(
                "Forward: the inputs are the features of the example, standardised; y is the answer to be given."
            )
        case "inputs":
            return _tr("Forward: the inputs are the features of the example; y is the answer to be given.")
        case "sum":
            return _tr("Forward: each neuron weighs its inputs, adds them up, and adds its bias.")
        case "activation":
            return _tr("Forward: the activation ({activation}) of each weighted sum.").format(activation=activation)
        case "probability":
            text = _tr("Forward: the sigmoid makes the probability of class {name} of it.")
            return text.replace("{name}", walk.class_text(1))
        case "cost":
            return _tr("Cost: how far the answer is from y ({cost}).").format(cost=cost)
        case "weights":
            return _tr("Backward: the derivative by a weight is that by its sum, times what it weighs.")
    if stage.row == len(passes.rows) - 2:
        return _tr("Backward: the derivative of the cost by the answer.")
    if node.kind == "sum":
        return _tr("Backward: times the local derivative of the activation.")
    if stage.row == len(passes.rows) - 3:
        return _tr("Backward: times the local derivative of the sigmoid.")
    return _tr("Backward: along each edge times its weight, and the sum over all edges.")


def _update(walk: Walk, point: RunPoint, worked: Worked, node: int, example: int, order: Indices | None) -> StopTexts:
    race, o, r, step = point
    rule, name = race.rules[o], optimizer_text(race.ids[o], race)
    if step >= min(int(race.ended[o, r]), race.steps):
        return StopTexts(
            _tr("Update: {name} has ended here; at an earlier step of the race it goes on.").format(name=name)
        )
    by = _goes_by(walk.passes, point, example, order).format(name=name)
    moved = walk.moved(worked, node, race.positions[step + 1, o, :, r])
    is_held = example >= walk.passes.trained
    held = _tr("Update: this example is held out, and no step goes by it.") if is_held else ""
    if not isinstance(rule, GradientDescent) or rule.weight_decay != 0:
        return StopTexts(
            held or _tr("Update: {name} makes its step of such derivatives.").format(name=name),
            "",
            f"{by}\n{_beneath(moved)}",
        )
    rate, plain = float(race.learning_rates(o, r)[step]), _plain_mean(point)
    if plain is not None:
        moved = walk.update(worked, node, rate, race.ascent, plain)
    outcome = f"{by}\n{_beneath(moved)}"
    if held:
        return StopTexts(held, "", outcome)
    words = (
        _tr("Update: η times along the derivative. By this example alone:")
        if race.ascent
        else _tr("Update: η times against the derivative. By this example alone:")
    )
    return StopTexts(words, _beneath(walk.update(worked, node, rate, race.ascent)), outcome)


def _goes_by(passes: Passes, point: RunPoint, example: int, order: Indices | None) -> str:
    """Write a sentence on the examples the step goes by; the name of the optimizer is left out."""
    stepwise = point.race.course.stepwise
    if not isinstance(stepwise, Batched) or stepwise.batch == passes.trained:
        return _tr("{name} goes by the mean over all {count} examples:").replace("{count}", f"{passes.trained:,}")
    members = stepwise.members(point.step + 1)
    if len(members) == 1:
        if members[0] == example:
            return _tr("{name} goes by this example alone:")
        other = int(members[0] if order is None else order[members[0]])
        return _tr("{name} goes by one other example, number {number}:").replace("{number}", str(other + 1))
    text = (
        _tr("{name} goes by the mean over a batch of {count}, this example among them:")
        if example in members
        else _tr("{name} goes by the mean over a batch of {count} other examples:")
    )
    return text.replace("{count}", f"{len(members):,}")


def _plain_mean(point: RunPoint) -> Array | None:
    """The gradient ``(d,)`` that plain descent goes by; None where more is done to it, or it takes too long."""
    race, (o, step) = point.race, (point.optimizer, point.step)
    batch = race.course.stepwise.at(step + 1)
    examples = batch.examples if hasattr(batch, "examples") else None
    if race.course.noise or race.lanes[o].clip or not isinstance(race.course.mode, Exact) or examples is None:
        return None
    if len(examples.targets) * race.objective.dimension > _MOST:
        return None
    found: Array = batch.gradient(point.point)
    return found


def _beneath(formulas: str) -> str:
    """A formula a line."""
    return formulas.replace(";   …", "  …").replace(";   ", "\n")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ForwardBack", text)
