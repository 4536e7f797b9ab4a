"""Tests of how the columns of the table of runs share the width."""

import dataclasses

import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.views.runs.column_widths import shared_widths
from gdsim.desktop.views.runs.row import ADVICE, LOSS, NAME, NUMBERS, ORDER, OUTCOME, POSITION, STEP, RunRow
from gdsim.desktop.views.runs.shown_columns import NAMES
from gdsim.desktop.views.runs.titles import first_titles
from gdsim.desktop.views.runs.tree import RunsTree
from gdsim.desktop.views.runs.widths import RunWidths

COLUMNS = st.dictionaries(st.integers(0, 12), st.tuples(st.integers(1, 900), st.integers(1, 900)), min_size=1)


@many_examples(300, derandomize=True)
@given(columns=COLUMNS, room=st.integers(0, 3000), data=st.data())
def test_no_column_is_cut_while_another_has_blank_space(columns, room, data):
    wanted = {column: max(pair) for column, pair in columns.items()}
    least = {column: min(pair) for column, pair in columns.items()}
    rest = data.draw(st.sampled_from(sorted(wanted)))
    whole = data.draw(st.sets(st.sampled_from(sorted(wanted)), max_size=2))
    widths = shared_widths(wanted, least, room, rest, whole)
    assert list(widths) == list(wanted)
    assert sum(widths.values()) <= room
    cut = [column for column in wanted if widths[column] < wanted[column]]
    blank = [column for column in wanted if widths[column] > wanted[column]]
    assert not (cut and blank)
    assert blank in ([], [rest])
    if sum(least.values()) <= room:
        assert sum(widths.values()) == room
        assert all(widths[column] >= least[column] for column in wanted)
        # the first give first
        given_up = [column for column in wanted if widths[column] < wanted[column]]
        assert all(widths[column] == least[column] for column in given_up[:-1])
        assert given_up == list(wanted)[: len(given_up)] or all(
            wanted[column] == least[column]
            for column in list(wanted)[: list(wanted).index(given_up[-1])]
            if column not in given_up
        )
    # what says nothing where it is cut is cut only where little would be left for the others
    elif 3 * sum(least[column] for column in whole) <= 2 * room:
        assert all(widths[column] >= least[column] for column in whole)


@pytest.fixture
def table(app):
    tree = RunsTree(LIGHT)
    titles = first_titles()
    tree.setColumnCount(len(titles))
    for column, (title, _) in titles.items():
        tree.headerItem().setText(column, title)
    for place, column in enumerate(ORDER):
        tree.header().moveSection(tree.header().visualIndex(column), place)
    tree.setIconSize(QSize(14, 14))
    yield tree
    tree.deleteLater()


def cell_width(tree, row, column):
    font = QFont(tree.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(row.text(column)) + 6


NUMBER = st.from_regex(r"−?[0-9]\.[0-9]{3}(e[−+][0-9]{2,3})?", fullmatch=True)
WORDS = st.lists(st.sampled_from(["converged", "at", "step", "400", "(−0.5, 3)", "wwwwwwwwww", "…"]), max_size=40)
TEXTS = st.fixed_dictionaries(
    {
        NAME: st.text("mW il.", min_size=1, max_size=40),
        OUTCOME: WORDS.map(" ".join),
        POSITION: st.tuples(NUMBER, NUMBER).map(lambda pair: f"({pair[0]}, {pair[1]})"),
        **{column: NUMBER for column in NUMBERS if column not in (STEP, POSITION)},
        STEP: st.integers(0, 10**6).map(str),
    }
)


@many_examples(60, derandomize=True)
@given(
    rows=st.lists(TEXTS, min_size=1, max_size=4),
    width=st.integers(120, 2000),
    absent=st.sets(st.sampled_from(list(NAMES))),
)
def test_whatever_stands_there_columns_are_no_broader_than_the_table(app, rows, width, absent):
    tree = RunsTree(LIGHT)
    tree.setColumnCount(len(ORDER))
    for column, (title, _) in first_titles().items():
        tree.headerItem().setText(column, title)
    widths = RunWidths(tree, LIGHT)
    widths.begin("(−0.0000, −0.00000)", 400)
    widths.absent = absent
    for place, texts in enumerate(rows):
        row = RunRow(place, 0, "gd")
        tree.addTopLevelItem(row)
        for column, text in texts.items():
            row.setText(column, text)
        row.end = texts[OUTCOME]
    tree.setColumnHidden(ADVICE, True)
    tree.resize(width, 200)
    items = [tree.topLevelItem(place) for place in range(len(rows))]
    widths.share(items)
    header = tree.header()
    shown = [column for column in ORDER if not tree.isColumnHidden(column)]
    sizes = {column: header.sectionSize(column) for column in shown}
    assert sum(sizes.values()) <= tree.viewport().width()
    assert not set(shown) & absent
    needs = {column: max(cell_width(tree, row, column) for row in items) for column in shown}
    cut = [column for column in shown if sizes[column] < needs[column] and column != OUTCOME]
    if cut:  # then no other column has room to spare, and those that are less needed are away
        assert sizes[OUTCOME] <= 120
        assert not [column for column in shown if column in NAMES]
    assert POSITION not in cut
    tree.deleteLater()


def test_titles_stand_on_one_line_whatever_signs_they_have(table):
    """∇ comes from another font, which is higher: the style alone would put the title that holds it elsewhere."""
    table.headerItem().setText(LOSS, "E")
    table.headerItem().setText(POSITION, "∇E")
    for column in range(table.columnCount()):
        table.setColumnHidden(column, column not in (LOSS, POSITION))
        table.header().resizeSection(column, 100)
    table.resize(400, 200)
    table.show()
    QApplication.processEvents()
    header = table.header()
    image = header.viewport().grab().toImage()
    lowest = []
    for column in (LOSS, POSITION):
        left = header.sectionViewportPosition(column)
        at = [left + 4 + (header.fontMetrics().horizontalAdvance("∇") if column == POSITION else 0), left + 98]
        ink = [
            y
            for y in range(header.height() // 2, header.height() - 2)
            if any(image.pixelColor(x, y).lightness() < 180 for x in range(*at))
        ]
        lowest.append((min(ink), max(ink)))
    assert lowest[0] == lowest[1]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_positions_are_whole_in_the_window(open_window, size):
    """Of long positions, too, and with all else that asks for room; without sideways scrolling."""
    experiment = dataclasses.replace(
        opening_experiment(), restarts=0, start=(-1.23456e-05, 3.0), optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam"))
    )
    driver = open_window(experiment, size=size)
    tree = driver.window.runs.tree
    driver.window.player.to_end()
    driver.until(lambda: tree.topLevelItem(0).text(STEP) not in ("", "0"))
    for step in (0, 1, 400):
        driver.window.player.seek(step)
        driver.until(lambda step=step: tree.topLevelItem(1).text(STEP) == str(min(step, driver.race.ended[1, 0])))
        for row in (tree.topLevelItem(i) for i in range(2)):
            for column in (NAME, *NUMBERS):
                if not tree.isColumnHidden(column):
                    assert tree.columnWidth(column) >= cell_width(tree, row, column), column
        assert tree.horizontalScrollBar().maximum() == 0
        assert tree.header().length() <= tree.viewport().width()


def test_a_column_that_is_dragged_keeps_its_width(driver):
    tree = driver.window.runs.tree
    header = tree.header()
    before = tree.columnWidth(STEP)
    edge = QPoint(header.sectionViewportPosition(STEP) + before - 1, header.height() - 6)
    from PySide6.QtTest import QTest

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(header.viewport(), edge)
    QTest.mousePress(header.viewport(), left, none, edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(30, 0))
    QTest.mouseMove(header.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(header.viewport(), left, none, edge + QPoint(40, 0))
    wide = tree.columnWidth(STEP)
    assert wide > before + 20
    driver.change(steps=70)
    driver.window.player.to_end()
    driver.until(lambda: tree.topLevelItem(0).text(STEP) == "70")
    assert tree.columnWidth(STEP) == wide
    assert header.length() <= tree.viewport().width()
