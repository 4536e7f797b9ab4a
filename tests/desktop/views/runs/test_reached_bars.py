"""The bar under the number of runs that reached the minimum: one piece a minimum."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QTreeWidget

import gdsim
from gdsim.desktop.look.basin_colours import basin_color
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.views.runs.reached_bars import bar
from gdsim.desktop.views.runs.row import REACHED
from gdsim.simulation.endings.outcome_kinds import ELSEWHERE_PART, LOST_PART


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pieces_are_as_long_as_runs_are_many(theme):
    parts = ((0, 3), (2, 1), (ELSEWHERE_PART, 2), (LOST_PART, 4))
    pieces = bar(parts, QRectF(10, 0, 108, 20), theme)
    assert [round(rect.width()) for rect, _ in pieces] == [30, 10, 20, 40]
    assert pieces[0][0].left() == 14
    assert pieces[-1][0].right() == pytest.approx(114)
    assert [color for _, color in pieces[:2]] == [basin_color(0, theme), basin_color(2, theme)]
    assert len({color.name() for _, color in pieces}) == 4


def test_parts_of_a_race_are_its_runs():
    race = gdsim.descend("himmelblau", ["gd", "momentum"], restarts=40, steps=800, learning_rate=0.02)
    for o in range(2):
        parts = dict(race.reached.parts(o))
        assert sum(parts.values()) == 41
        assert [parts.get(k, 0) for k in range(4)] == race.reached.counts_at[o].tolist()
        assert parts.get(LOST_PART, 0) == race.reached.lost[o].sum()


def test_where_no_minimum_is_known_the_best_runs_are_one_part():
    race = gdsim.descend("x^4 + y^4 + x*y", "gd", restarts=20, steps=800, learning_rate=0.05)
    parts = dict(race.reached.parts(0))
    assert parts[0] == race.reached.counts[0]
    assert sum(parts.values()) == 21


def test_the_table_paints_it(open_window):
    restarts = gdsim.Experiment(
        "himmelblau", restarts=30, steps=400, optimizers=(gdsim.Entry("gd", {"learning_rate": 0.01}),)
    )
    driver = open_window(restarts)
    tree = driver.widget("runs_table", QTreeWidget)
    driver.until(lambda: tree.topLevelItem(0).text(REACHED) != "")
    row = tree.topLevelItem(0)
    cell = tree.visualItemRect(row)
    left, width = tree.columnViewportPosition(REACHED), tree.columnWidth(REACHED)
    pieces = bar(row.parts, QRectF(left, cell.top(), width, cell.height()), LIGHT)
    assert len(pieces) == 4
    picture = tree.viewport().grab().toImage()
    for rect, color in pieces:
        at = rect.center().toPoint()
        assert picture.pixelColor(at).name() == color.name()
