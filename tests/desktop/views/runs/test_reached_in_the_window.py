"""The table of runs: how many reached the minimum, what is of now and what of the end, which runs have ended."""

import csv
import dataclasses
import io
import threading
from itertools import product

import numpy as np
import pytest
from driving import LEFT, NONE, count_in, pixels
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidget

import gdsim
from gdsim.cli import outcome_table as terminal
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.runs.row import (
    BEST,
    DISTANCE,
    END,
    LOSS,
    MEDIAN,
    MORE,
    NAME,
    NOW,
    OUTCOME,
    REACHED,
    STEP,
    end_texts,
)
from gdsim.simulation.endings.chance import Chance
from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.limits import CurvaturePlace, Limit
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcomes import Kind, Outcome
from gdsim.simulation.endings.tally import tally
from gdsim.simulation.trajectories import Trajectories
from gdsim.storage.tables import write_outcomes


def entries(**rates):
    return tuple(gdsim.Entry(key, {"learning_rate": rate}) for key, rate in rates.items())


def rastrigin(**more):
    rules = entries(gd=0.002, momentum=0.002, adam=0.1, rmsprop=0.05)
    fields = {"restarts": 50, "tolerance": 1e-8, "bounds": ((-1.5, 1.5), (-1.5, 1.5)), "optimizers": rules}
    return gdsim.Experiment("rastrigin", **(fields | more))


def rows_of(driver):
    tree = driver.widget("runs_table", QTreeWidget)
    return [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]


def shown_at(driver, step, known=True):
    """The rows at a step, once it is known how all runs end."""
    driver.window.player.seek(step)
    race = driver.race

    def ends(place):
        return [str(race.outcome(place, 0))] if race.runs == 1 else [str(g) for g in tally(race, place)]

    def filled():
        return all(
            row.text(STEP) == str(min(step, race.ended[row.place, row.shown]))
            and (not known or row.toolTip(OUTCOME).split("\n") == ends(row.place))
            for row in rows_of(driver)
        )

    driver.until(filled)
    return sorted(rows_of(driver), key=lambda row: row.place)


def heading(driver, column):
    return driver.window.runs.tree.headerItem().text(column)


def test_how_many_of_fifty_restarts(open_window):
    driver = open_window(rastrigin())
    rows = shown_at(driver, 500)
    race = driver.race
    counts = [int(((race.losses[-1, o] < 1e-3) & (np.hypot(*race.positions[-1, o]) < 4e-3)).sum()) for o in range(4)]
    assert [row.text(REACHED) for row in rows] == [f"{count}/51" for count in counts]
    assert counts[0] == 5
    assert heading(driver, REACHED) == "Global minimum"
    assert not driver.window.runs.tree.isColumnHidden(REACHED)
    assert "global minimum, f = 0" in driver.window.runs.tree.headerItem().toolTip(REACHED)
    lines = rows[0].toolTip(REACHED).split("\n")
    *lines, chance = lines
    assert lines == [f"global minimum: {counts[0]}/51", f"(0, 0), f = 0: {counts[0]}", f"elsewhere: {51 - counts[0]}"]
    assert chance.startswith("Estimated chance that a random restart gets there: ")


def test_each_minimum_with_its_count(open_window):
    driver = open_window(gdsim.Experiment("himmelblau", restarts=20, optimizers=entries(adam=0.1, gd=0.03)))
    rows = shown_at(driver, 500)
    reached = driver.race.reached
    for o, row in enumerate(rows):
        told = [int(line.rsplit(": ", 1)[1]) for line in row.toolTip(REACHED).split("\n") if line.startswith("(")]
        assert told == reached.counts_at[o].tolist()
        assert "(3.000, 2.000), f = 0" in row.toolTip(REACHED)
    lost = int((driver.race.kinds[1] == Kind.DIVERGED).sum())
    assert lost > 0
    assert f"lost: {lost}" in rows[1].toolTip(REACHED)
    # the estimate for a random restart comes last, without the run from the chosen start
    hits = int(reached.best[1, 1:].sum())
    share, low, high = Chance(hits, 20).percents
    assert rows[1].toolTip(REACHED).endswith(f"gets there: {share} % ({low} to {high} %), 95 % interval from 20")


def test_without_restarts_there_is_no_column(open_window):
    driver = open_window(rastrigin(restarts=0))
    tree = driver.window.runs.tree
    assert tree.isColumnHidden(REACHED)
    driver.change(restarts=3)
    assert not tree.isColumnHidden(REACHED)
    driver.change(restarts=0)
    assert tree.isColumnHidden(REACHED)
    (row, *_) = shown_at(driver, 500)
    assert row.text(OUTCOME) == str(driver.race.outcome(0, 0))


def test_where_no_minimum_is_known(open_window):
    driver = open_window(
        gdsim.Experiment("sin(3x) + x^2/4 + y^2", restarts=30, steps=900, optimizers=entries(gd=0.05, adam=0.05))
    )
    rows = shown_at(driver, 900)
    losses = driver.race.losses[-1]
    assert heading(driver, REACHED) == "Lowest found"
    assert [row.text(REACHED) for row in rows] == [f"{(row < losses.min() + 1e-6).sum()}/31" for row in losses]
    tip = driver.window.runs.tree.headerItem().toolTip(REACHED)
    assert tip.startswith("No global minimum is known here")
    assert rows[0].toolTip(REACHED).startswith("lowest found, f = ")


def test_uphill(open_window):
    experiment = gdsim.Experiment("cosine", restarts=10, direction="ascent", optimizers=entries(gd=0.1, adam=0.1))
    driver = open_window(experiment)
    rows = shown_at(driver, 500)
    assert heading(driver, REACHED) == "Global maximum"
    assert [row.text(REACHED) for row in rows] == [f"{count}/11" for count in driver.race.reached.counts]
    driver.change(function="himmelblau", start=None)
    driver.until(lambda: heading(driver, REACHED) == "Highest found")


def test_it_sorts_by_the_count(open_window):
    driver = open_window(rastrigin(optimizers=entries(rmsprop=0.05, gd=0.002, momentum=0.01, adam=0.8)))
    shown_at(driver, 500)
    counts = driver.race.reached.counts
    assert len(set(counts)) > 2
    tree = driver.window.runs.tree
    header = tree.header()
    at = QPoint(header.sectionViewportPosition(REACHED) + header.sectionSize(REACHED) // 2, header.height() - 8)
    orders = []
    for _ in range(2):
        QTest.mouseClick(header.viewport(), LEFT, NONE, at)
        orders.append([int(counts[row.place]) for row in rows_of(driver)])
    assert sorted(orders) == sorted([sorted(counts), sorted(counts, reverse=True)])


def test_a_restart_says_whether_it_did_and_how_it_ended(open_window):
    driver = open_window(rastrigin())
    row, *_ = shown_at(driver, 500)
    row.setExpanded(True)
    race = driver.race
    driver.until(lambda: all(row.child(i).text(OUTCOME) for i in range(50)))
    for r in range(1, 51):
        child = row.child(r - 1)
        assert child.text(REACHED) == ("✓" if race.reached.best[0, r] else "")
        assert child.text(OUTCOME) == str(race.outcome(0, r))
        assert child.toolTip(OUTCOME) == str(race.outcome(0, r))


def test_five_thousand_restarts(open_window):
    experiment = gdsim.Experiment("himmelblau", restarts=5000, steps=60, optimizers=entries(adam=0.1, gd=0.03))
    driver = open_window(experiment, wait=False)
    driver.wait_for_race(60_000)
    rows = shown_at(driver, 60)
    counts = driver.race.reached.counts
    assert [row.text(REACHED) for row in rows] == [f"{count}/5001" for count in counts]
    assert f"{counts[0]} at a global minimum" in rows[0].toolTip(OUTCOME)
    lost = int((driver.race.kinds[1] == Kind.DIVERGED).sum())
    assert f"{lost} diverged" in rows[1].toolTip(OUTCOME)


def test_what_is_dragged_past_is_not_worked_out(open_window, monkeypatch):
    driver = open_window(rastrigin())
    shown_at(driver, 500)
    driver.window.store.change(start=(0.3, 0.4))
    driver.wait_for_race()
    driver.window.store.change(start=(0.2, 0.1))
    driver.wait_for_race()
    rows = shown_at(driver, 500)
    assert all(row.end == ", ".join(map(str, tally(driver.race, row.place))) for row in rows)


def every_outcome():
    for kind, ground, motion, ascent in product(Kind, Ground, Motion, (False, True)):
        outcome = Outcome(kind, 417, ground, ascent, motion, restless="its steps stay about as long as η")
        try:
            _ = outcome.template
        except KeyError:  # what does not happen has no words
            continue
        yield outcome


def test_before_its_end_every_outcome_tells_its_step(app):
    outcomes = list(every_outcome())
    assert len({outcome.template for outcome in outcomes}) > 30
    for outcome in outcomes:
        for text in end_texts(outcome, ended=False, last=500):
            assert "step 417" in text, outcome
        # the last step of the race stands above the column
        at_the_last = end_texts(outcome, ended=False, last=417)
        assert at_the_last == end_texts(outcome, ended=True, last=417)
        full, *fewer = at_the_last
        bare = outcome.template.format(step=417)
        assert full == str(outcome)
        # the cause is the last thing to be left out
        told = ["its steps stay about as long as η" in text for text in at_the_last]
        assert told == sorted(told, reverse=True)
        assert sum(told) >= 2
        assert bare in fewer
        for text, with_cause in zip(at_the_last, told, strict=True):
            assert with_cause or bare.startswith(text.removesuffix(" …"))


@pytest.mark.parametrize(
    ("outcome", "texts"),
    [
        (
            Outcome(Kind.DIVERGED, 22, limit=Limit(0.1, 0.0201, "2/λmax", CurvaturePlace.MINIMUM)),
            ["diverged at step 22: η > 2/λmax = 0.0201", "step 22: η > 2/λmax = 0.0201", "diverged at step 22"],
        ),
        (
            Outcome(
                Kind.OUT_OF_STEPS, 500, motion=Motion.GROWING, limit=Limit(1.2, 1.0, "2/λmax", CurvaturePlace.ALIKE)
            ),
            ["diverges: η > 2/λmax = 1", "diverges"],
        ),
        (
            Outcome(
                Kind.OUT_OF_STEPS, 500, motion=Motion.CYCLING, limit=Limit(1.0, 1.0, "2/λmax", CurvaturePlace.ALIKE)
            ),
            ["bounces and does not settle: η = 2/λmax", "bounces: η = 2/λmax", "bounces and does not settle"],
        ),
    ],
)
def test_in_few_words_the_cause_comes_first(app, outcome, texts):
    assert end_texts(outcome, ended=False, last=500)[: 1 + len(texts)] == [str(outcome), *texts]


def test_every_outcome_has_room_in_a_small_window(open_window):
    driver = open_window(rastrigin(restarts=0), size=(1024, 700))
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    tree, row = driver.window.runs.tree, shown_at(driver, 500)[0]
    # many are told in the same words
    told = {tuple(end_texts(o, ended, 500)): (o, ended) for o in every_outcome() for ended in (False, True)}
    assert len(told) > 60
    for outcome, ended in told.values():
        row.show_end(outcome, ended, 500, LIGHT)
        driver.window.runs.columns.share_width()
        assert tree.fontMetrics().horizontalAdvance(row.text(OUTCOME)) < tree.columnWidth(OUTCOME), outcome


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("restarts", [0, 5])
def test_at_step_ten_nothing_is_out_of_steps(open_window, restarts, theme):
    rules = entries(gd=0.0001, momentum=0.3, adam=0.3)
    driver = open_window(
        gdsim.Experiment("bowl", restarts=restarts, tolerance=1e-6, optimizers=rules, steps=500), theme=theme
    )
    race, tree = driver.race, driver.window.runs.tree
    for step in (10, 499):
        for row in shown_at(driver, step):
            last = int(race.ended[row.place].max())
            text, color = row.text(OUTCOME), row.foreground(OUTCOME).color()
            if step < last:  # that it is of step 500 stands above
                assert last == 500 or f"step {last}" in text
                assert color == QColor(theme.faint)
            else:
                assert color == QColor(theme.text)
            assert "500" not in text
        bands = {text: (left, right) for left, right, text in tree.bands.spans()}
        assert set(bands) == {f"At step {step}", "At the end, step 500"}
    for row in shown_at(driver, 500):
        assert not row.text(OUTCOME).startswith("by step")
        assert row.foreground(OUTCOME).color() == QColor(theme.text)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("restarts", [0, 5])
def test_the_chosen_row_is_faint_too_as_long_as_it_has_not_ended(open_window, restarts, theme):
    experiment = gdsim.Experiment("bowl", restarts=restarts, optimizers=entries(gd=1.2, adam=0.1), steps=50)
    driver = open_window(experiment, theme=theme)
    tree = driver.window.runs.tree
    for step, color, other in ((10, theme.faint, theme.text), (50, theme.text, theme.faint)):
        row = shown_at(driver, step)[0]
        assert row in tree.selectedItems()
        assert row.font(OUTCOME).weight() > QFont.Weight.Normal
        cell = tree.visualItemRect(row)
        cell.setLeft(tree.header().sectionViewportPosition(OUTCOME))
        cell.setWidth(tree.columnWidth(OUTCOME))
        picture = tree.viewport().grab(cell).toImage()
        seen, unseen = (count_in(picture, QColor(each), 3) for each in (color, other))
        assert seen > 5
        if step < 50:
            assert unseen == 0


def test_the_bands_lie_over_their_columns(open_window):
    driver = open_window(rastrigin())
    shown_at(driver, 10)
    tree = driver.window.runs.tree
    spans = tree.bands.spans()
    assert [text for _, _, text in spans] == ["At step 10", "At the end, step 500", "At step 10"]
    for (left, right, _), columns in zip(spans, (NOW, END, MORE), strict=True):
        for column in columns:
            if not tree.isColumnHidden(column):
                at = tree.header().sectionViewportPosition(column)
                assert left <= at < at + tree.header().sectionSize(column) <= right
    assert [right for _, right, _ in spans[:-1]] == [left for left, _, _ in spans[1:]]


def test_headings_of_numbers_stand_over_them(open_window):
    driver = open_window(rastrigin())
    item = driver.window.runs.tree.headerItem()
    for column in (STEP, LOSS, REACHED, DISTANCE):
        assert item.textAlignment(column) == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        assert rows_of(driver)[0].textAlignment(column) == item.textAlignment(column)


def test_runs_that_have_ended_show_it(open_window):
    driver = open_window(
        gdsim.Experiment("himmelblau", tolerance=1e-6, optimizers=entries(gd=0.01, momentum=9, adam=0.1))
    )
    race = driver.race
    converged, lost, last = (int(race.ended[o, 0]) for o in range(3))
    assert race.kinds[:2, 0].tolist() == [Kind.CONVERGED, Kind.DIVERGED]
    assert lost < converged - 1 < last
    for step in (0, lost - 1, lost, converged - 1, converged, last):
        rows = shown_at(driver, step, known=False)
        assert [not row.icon(STEP).isNull() for row in rows] == [step >= e for e in (converged, lost, last)]
        assert [bool(row.toolTip(STEP)) for row in rows] == [step >= e for e in (converged, lost, last)]
    assert rows[0].icon(STEP).cacheKey() != rows[1].icon(STEP).cacheKey()


def test_the_head_of_a_run_that_came_to_rest_is_hollow(open_window):
    driver = open_window(gdsim.Experiment("bowl", tolerance=1e-6, optimizers=entries(gd=0.1)))
    ended = int(driver.race.ended[0, 0])
    middles = []
    for step in (ended - 1, ended):
        driver.window.player.seek(step)
        at = driver.pixel(*driver.race.positions[step, 0, :, 0])
        middles.append(pixels(driver.viewport.grab().toImage())[at.y(), at.x()].tolist())
    ring = QColor(LIGHT.ring)
    assert middles[1] == [ring.red(), ring.green(), ring.blue()] != middles[0]


def test_the_chosen_restart_is_seen_in_the_table(open_window):
    driver = open_window(rastrigin())
    shown_at(driver, 20)
    tree = driver.window.runs.tree
    driver.window.session.selection.choose("adam", 37)
    row = tree.topLevelItem(2)
    (chosen,) = tree.selectedItems()
    assert (chosen.key, chosen.run, chosen.parent()) == ("adam", 37, row)
    assert tree.viewport().rect().intersects(tree.visualItemRect(chosen))
    driver.until(lambda: chosen.text(LOSS))
    driver.window.session.selection.choose("gd", 0)
    assert tree.selectedItems() == [tree.topLevelItem(0)]
    # another race, of as many runs or of others: it is still the one
    driver.window.session.selection.choose("adam", 7)
    driver.change(start=(0.2, 0.1))
    assert [row.run for row in tree.selectedItems()] == [7]
    driver.change(restarts=20)
    assert [(row.key, row.run) for row in tree.selectedItems()] == [("adam", 7)]


def test_a_chosen_restart_that_is_not_listed_stands_in_its_optimizers_row(open_window):
    driver = open_window(gdsim.Experiment("himmelblau", restarts=300, steps=30, optimizers=entries(adam=0.1, gd=0.01)))
    driver.window.session.selection.choose("gd", 250)
    rows = shown_at(driver, 12, known=False)
    assert rows[1].text(NAME) == "Gradient descent, restart 250"
    loss = driver.race.losses[12, 1, 250]
    driver.until(lambda: rows[1].text(LOSS).startswith(f"{loss:.1f}"[:3]))
    tree = driver.window.runs.tree
    assert tree.fontMetrics().horizontalAdvance(rows[1].text(NAME)) + tree.indentation() < tree.columnWidth(NAME)
    driver.window.session.selection.choose("gd", 0)
    assert rows[1].text(NAME) == "Gradient descent"


def test_larger_text_is_larger_in_every_row(open_window):
    driver = open_window(rastrigin(restarts=3))
    driver.window.session.selection.choose("adam", 0)
    driver.window.session.selection.choose("gd", 0)
    rows, before = shown_at(driver, 20), driver.window.runs.tree.font().pointSizeF()
    driver.action("larger").trigger()
    try:
        size = driver.window.runs.tree.font().pointSizeF()
        assert size > before
        assert rows[0].font(LOSS).pointSizeF() == size
        assert rows[0].font(LOSS).weight() > QFont.Weight.Normal
        # the others go by the table
        assert rows[2].data(LOSS, Qt.ItemDataRole.FontRole) is None
    finally:  # the size is that of the process
        driver.action("normal_size").trigger()


@pytest.mark.parametrize("restarts", [0, 50])
def test_what_one_cannot_do_without_needs_no_scrolling(open_window, restarts):
    driver = open_window(rastrigin(restarts=restarts), size=(1024, 700))
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    shown_at(driver, 500)
    tree = driver.window.runs.tree
    header = tree.header()
    for column in (NAME, *NOW, *END):
        if not tree.isColumnHidden(column):
            right = header.sectionViewportPosition(column) + header.sectionSize(column)
            assert right <= tree.viewport().width(), column
    for step in (30, 500):
        for row in shown_at(driver, step):
            last = max(driver.race.ended[row.place])
            # nothing is cut within a word: what is left out is what stands in the column beside it, or the last ones
            said = row.text(OUTCOME).removeprefix(f"by step {last}: ").removesuffix(", …")
            *whole, begun = said.split(", ")
            groups = row.end.removeprefix(f"by step {last}: ").split(", ")
            assert set(whole) <= set(groups)
            assert any(f"{group} ".startswith(f"{begun.removesuffix(' …')} ") for group in groups)
            assert tree.fontMetrics().horizontalAdvance(row.text(OUTCOME)) < header.sectionSize(OUTCOME)


def test_best_and_median_stand_beside_what_is_said_of_many_runs(open_window):
    driver = open_window(rastrigin(optimizers=entries(adam=1.0, rmsprop=0.05)))
    rows = shown_at(driver, 500)
    tree = driver.window.runs.tree
    driver.until(lambda: tree.columnWidth(OUTCOME) >= 320)
    for column in (BEST, MEDIAN):
        assert tree.header().sectionViewportPosition(column) + tree.columnWidth(column) <= tree.viewport().width()
    for row in rows:
        assert tree.fontMetrics().horizontalAdvance(row.text(OUTCOME)) < tree.columnWidth(OUTCOME)


EXPERIMENTS = {
    "rastrigin": rastrigin(),
    "himmelblau": gdsim.Experiment("himmelblau", restarts=20, optimizers=entries(adam=0.1, gd=0.03)),
    "typed": gdsim.Experiment("sin(3x) + x^2/4 + y^2", restarts=9, optimizers=entries(adam=0.1, gd=0.05)),
    "uphill": gdsim.Experiment("cosine", restarts=9, direction="ascent", optimizers=entries(adam=0.1)),
    "regression": gdsim.Experiment("linear", restarts=9, optimizers=entries(adam=0.1, gd=0.05)),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_window_command_line_csv_and_python_say_the_same(open_window, name):
    experiment = EXPERIMENTS[name]
    driver = open_window(experiment)
    rows = shown_at(driver, 500)
    race = experiment.run()
    printed = terminal.outcomes(experiment, race, None).split("\n\n")
    # what a model says comes between
    table, told = printed[1].splitlines(), printed[-1].splitlines()
    file = io.StringIO()
    write_outcomes(race, file)
    written = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert heading(driver, REACHED).lower() == race.reached.aim
    assert f"  {race.reached.aim}  outcome" in table[0]
    for o, row in enumerate(rows):
        count = f"{race.reached.counts[o]}/{race.runs}"
        assert row.text(REACHED) == count
        assert f" {count}  " in table[1 + o]
        words = ", ".join(map(str, tally(race, o)))
        assert row.end == words
        assert f"  {words}  " in f"{told[1 + o]}  "
        mine = written[o * race.runs : (o + 1) * race.runs]
        assert sum(one["reached"] == race.reached.aim for one in mine) == race.reached.counts[o]
        assert [one["sentence"] for one in mine] == [str(race.outcome(o, r)) for r in range(race.runs)]


def test_how_runs_end_is_found_out_when_a_race_has_stayed(open_window, monkeypatch):
    driver = open_window(rastrigin(restarts=0))
    shown_at(driver, 500)
    runs, outcome, threads = driver.window.runs, Trajectories.outcome, []

    def watched(race, optimizer, run):
        threads.append(threading.current_thread())
        return outcome(race, optimizer, run)

    monkeypatch.setattr(Trajectories, "outcome", watched)
    for x in (1.0, 1.1, 1.2):  # as while the start is dragged
        race = dataclasses.replace(rastrigin(restarts=0), start=(x, 2.0)).run()
        runs.show_scene(driver.window.session.scene.with_(race=race))
        runs.fill()
        rows = sorted(rows_of(driver), key=lambda row: row.place)
        assert [row.text(LOSS) for row in rows] == [show(float(loss)) for loss in race.losses[500, :, 0]]
        assert {row.text(OUTCOME) for row in rows} == {""}
    driver.until(lambda: all(row.text(OUTCOME) for row in rows))
    assert threads
    assert threading.main_thread() not in threads
    assert [row.toolTip(OUTCOME) for row in rows] == [str(outcome(race, o, 0)) for o in range(4)]
