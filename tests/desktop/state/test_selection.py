"""Tests of the run that is looked at closely: by a row of the table, by a head on the landscape."""

import dataclasses

from driving import LEFT, NONE
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest


def test_a_run_is_chosen_by_a_head_or_a_row_and_stays_one_that_is_seen(driver):
    window, chosen = driver.window, driver.window.session.selection
    assert (chosen.key, chosen.run) == ("gd", 0)
    window.player.seek(20)
    head = driver.pixel(*driver.race.positions[20, 1, :, 1])
    QTest.mouseClick(driver.viewport, LEFT, NONE, head)
    driver.until(lambda: (chosen.key, chosen.run) == ("momentum", 1))
    assert chosen.place_in(driver.race) == (1, 1)
    assert driver.experiment.start is None
    # its row is marked, and bold: for that its optimizer is unfolded
    tree = window.runs.tree
    assert tree.selectedItems() == [tree.topLevelItem(1).child(0)]
    assert tree.topLevelItem(1).child(0).text(0) == "restart 1"
    rows = [tree.topLevelItem(0), tree.topLevelItem(1), tree.topLevelItem(1).child(0)]
    assert [row.font(0).weight() > QFont.Weight.Normal for row in rows] == [False, False, True]

    at = tree.visualItemRect(tree.topLevelItem(0)).center()
    QTest.mouseClick(tree.viewport(), LEFT, NONE, at)
    assert (chosen.key, chosen.run) == ("gd", 0)
    driver.key(Qt.Key.Key_Down)
    assert (chosen.key, chosen.run) == ("momentum", 0)
    assert [row.font(0).weight() > QFont.Weight.Normal for row in rows] == [False, True, False]
    driver.key(Qt.Key.Key_Down)
    assert (chosen.key, chosen.run) == ("momentum", 1)
    # folded up, its optimizer's own run stands for it
    driver.key(Qt.Key.Key_Minus)
    assert (chosen.key, chosen.run) == ("momentum", 0)
    assert not tree.topLevelItem(1).isExpanded()

    # hidden, or switched off, it is another's turn; back again, it is chosen again
    window.loss.legend.toggled.emit("momentum", False)
    assert chosen.key == "gd"
    window.loss.legend.toggled.emit("momentum", True)
    assert chosen.key == "momentum"
    off = tuple(dataclasses.replace(e, enabled=e.key == "gd") for e in driver.experiment.optimizers)
    before = driver.experiment.optimizers
    driver.change(optimizers=off)
    assert (chosen.key, chosen.place_in(driver.race)) == ("gd", (0, 0))
    driver.change(optimizers=before)
    assert chosen.key == "momentum"
    driver.change(optimizers=tuple(dataclasses.replace(e, enabled=False) for e in before))
    assert chosen.place_in(driver.race) is None
    driver.viewport.grab()
