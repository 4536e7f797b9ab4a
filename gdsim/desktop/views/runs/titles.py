"""Titles of the columns of the table of runs, and a sentence on each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.views.runs.row import (
    ADVICE,
    BEST,
    DISTANCE,
    GRADIENT,
    HELD_OUT,
    LOSS,
    MEDIAN,
    NAME,
    OUTCOME,
    POSITION,
    REACHED,
    STEP,
    TRAIN,
)
from gdsim.simulation.trajectories import Trajectories

#: A title, and a sentence of what stands below it.
Titles = dict[int, tuple[str, str]]


def first_titles() -> Titles:
    """Return the titles of all columns, before there is a race."""
    return {
        NAME: (
            _tr("Optimizer"),
            _tr("The update rule; unfold it to see every restart. A right click here shows or hides columns."),
        ),
        STEP: (_tr("Step"), _tr("The step that is shown; a run that has ended stays at its last.")),
        POSITION: (_tr("Position"), _tr("Where the run from the start point is.")),
        LOSS: (_tr("Loss f"), _tr("The value of the function there.")),
        GRADIENT: ("|∇f|", _tr("The length of the gradient there: 0 on flat ground.")),
        MEDIAN: (_tr("Median"), _tr("The median loss f over all restarts.")),
        REACHED: (_tr("Global minimum"), ""),
        ADVICE: ("", _tr("What was tried out and helps: press to take it.")),
        **_distance(ascent=False),
        **_best(ascent=False),
        **_outcome(several=False),
        **_scores(classes=False),
    }


def titles_of(race: Trajectories) -> Titles:
    """Return the titles that go by the race."""
    return {
        **_distance(race.ascent),
        **_best(race.ascent),
        **_outcome(race.runs > 1),
        **_scores(getattr(race.objective, "is_classes", False)),
        GRADIENT: ("|f′|" if race.objective.dimension == 1 else "|∇f|", first_titles()[GRADIENT][1]),
    }


def kind_of(race: Trajectories) -> tuple[str, int, int]:
    """Return what the widths of columns go by."""
    return race.objective.title, race.objective.dimension, len(str(race.planned))


def headed_by(race: Trajectories) -> tuple[object, ...]:
    """Return what the columns and the names of rows go by."""
    objective = race.objective
    model = getattr(objective, "is_classes", None), getattr(objective, "held_out", None) is None
    known = bool(objective.maxima if race.ascent else objective.minima)
    return race.ids, race.runs, race.ascent, kind_of(race), model, known


def _distance(ascent: bool) -> Titles:
    if ascent:
        return {DISTANCE: (_tr("To maximum"), _tr("Distance to the nearest known maximum."))}
    return {DISTANCE: (_tr("To minimum"), _tr("Distance to the nearest known minimum."))}


def _outcome(several: bool) -> Titles:
    if several:
        return {OUTCOME: (_tr("Outcomes"), _tr("How many of all runs end in which way; unfold a row to see each."))}
    return {OUTCOME: (_tr("Outcome"), _tr("How the run ends."))}


def _best(ascent: bool) -> Titles:
    highest, lowest = _tr("The highest f over all restarts."), _tr("The lowest loss f over all restarts.")
    return {BEST: (_tr("Best"), highest if ascent else lowest)}


def _scores(classes: bool) -> Titles:
    """Titles of the column for what is trained on, and of that for what is held out."""
    if classes:
        return {
            TRAIN: (_tr("Accuracy"), _tr("The share of the examples it is trained on that it tells right.")),
            HELD_OUT: (_tr("Held out"), _tr("Accuracy: the share of the held-out examples that it tells right.")),
        }
    return {
        TRAIN: (_tr("MSE"), _tr("The mean squared error on the examples it is trained on.")),
        HELD_OUT: (_tr("Held out"), _tr("MSE: the mean squared error on the held-out examples.")),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunsView", text)
