"""A model on many examples is built by the worker, and the window shows it when it is there."""

import dataclasses
import threading
import traceback

import numpy as np
import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton

import gdsim
from gdsim.desktop.compute import request_queue as turns
from gdsim.desktop.compute.model_requests import MOST_AT_ONCE, size_of
from gdsim.desktop.compute.request import Request
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.edits.model_edits import own_rate
from gdsim.desktop.views.landscape.overlays import gradient_marks
from gdsim.desktop.views.runs import facts as run_facts
from gdsim.objectives import Source
from gdsim.objectives.data.models import model_kinds as kinds
from gdsim.objectives.data.models.model import Model
from gdsim.objectives.interruption import InterruptedWorkError, give_up_if_unwanted, interruptible
from gdsim.objectives.rows import as_rows

ROWS, FEATURES = 400, 100


def table(seed=0, rows=ROWS):
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(rows, FEATURES))
    said = features[:, 0] + rng.normal(size=rows) > 0
    names = tuple(f"x{k}" for k in range(FEATURES))
    return Source(rows=as_rows(np.column_stack([features, said])), features=names)


def on(source):
    options = {"standardise": True}
    return gdsim.Experiment("logistic", data=source, options=options, steps=5, learning_rate=0.1)


@pytest.fixture(scope="module")
def source():
    return table()


@pytest.fixture
def large(open_window, source):
    return open_window(on(source))


@pytest.fixture
def threads(monkeypatch):
    """In which threads models are built."""
    found = set()
    plain = Model.__init__

    def seen(self, *args, **options):
        found.add(threading.current_thread() is threading.main_thread())
        plain(self, *args, **options)

    kinds.model_for.cache_clear()
    monkeypatch.setattr(Model, "__init__", seen)
    return found


def settle(driver):
    driver.until(lambda: not driver.window.session.staleness.waits)


def test_the_size_of_examples():
    assert size_of(None) == size_of(Source("iris")) == 0
    assert size_of(table(rows=300)) == 300 * 101 > MOST_AT_ONCE
    assert size_of(Source("moons", count=1000)) == 3000


def test_another_model_is_built_by_the_worker(large, threads):
    store = large.window.store
    large.window.parameters.function.choice.chosen.emit("perceptron")
    assert store.experiment.function == "logistic"
    settle(large)
    assert threads == {False}
    after = store.experiment
    assert (after.function, after.options) == ("perceptron", {"standardise": True})
    assert after.learning_rate == own_rate(after, store.base) or after.learning_rate == 0.1
    large.widget("option.standardise", QCheckBox).click()
    large.type("option.l2", "0.1")  # while the other change is on its way
    large.type("data_seed", "3")
    settle(large)
    assert threads == {False}
    assert store.experiment.options == {"l2": 0.1}
    assert store.experiment.data.seed == 3
    store.undo()
    assert store.experiment.data.seed == 0
    settle(large)
    assert threads == {False}


def test_what_comes_of_it_is_what_the_same_words_say(large, source):
    large.widget("option.standardise", QCheckBox).click()
    settle(large)
    shown = large.window.store.experiment
    kinds.model_for.cache_clear()
    began = (0.0,) * (FEATURES + 1)
    afresh = gdsim.Experiment("logistic", data=source, steps=5, learning_rate=shown.learning_rate, start=began)
    assert shown == afresh
    assert shown.objective.start == afresh.objective.start
    assert np.array_equal(shown.objective.bounds, afresh.objective.bounds)
    assert np.array_equal(large.window.session.scene.race.positions, afresh.run().positions)


def test_it_is_veiled_and_can_be_stopped(large):
    window, box = large.window, large.widget("option.standardise", QCheckBox)
    begun, wait = threading.Event(), threading.Event()

    def slow(now):
        begun.set()
        while not wait.is_set():
            give_up_if_unwanted()
        return now

    ended = []
    window.session.changes.make(slow, window.store.experiment.data, ended.append, lambda: ended.append(True))
    assert begun.wait(10)
    box.blockSignals(True)
    box.setChecked(False)
    box.blockSignals(False)
    large.until(lambda: window.session.staleness.stale)
    large.widget("stop_computing", QPushButton).click()
    assert not window.session.staleness.stale
    assert not window.session.changes.waits
    assert box.isChecked()  # as it is
    large.until(lambda: not window.session.worker.waiting)
    assert ended == []


def test_where_there_is_another_model_meanwhile_a_change_is_dropped(large):
    window, refused = large.window, []
    large.widget("option.standardise", QCheckBox).click()
    assert window.session.changes.waits
    window.store.change(function="bowl", data=None, options={}, start=None)
    assert not window.session.changes.waits
    window.session.changes.make(lambda now: on(table(seed=1)), table(), refused.append)
    settle(large)
    assert window.store.experiment.function == "logistic"
    assert refused == []


def test_a_hand_makes_one_change(large):
    window = large.window
    count = len(window.store.history)
    panel = large.window.parameters.function.model
    window.store.drag.begin(panel)
    for held_out in (0.1, 0.2, 0.3, 0.4):
        panel._changer("held_out")(held_out)
    window.store.drag.end()
    settle(large)
    assert window.store.experiment.data.held_out == 0.4
    assert len(window.store.history) == count + 1


def test_an_eta_that_was_chosen_meanwhile_stays(large):
    store = large.window.store
    store.reset("learning_rate")
    large.widget("option.standardise", QCheckBox).click()
    store.change(learning_rate=0.0123)
    settle(large)
    assert store.experiment.options == {}
    assert store.experiment.learning_rate == 0.0123


def test_optimizers_that_were_changed_meanwhile_stay(large):
    store = large.window.store

    def told(now):
        return dataclasses.replace(now, options={}, optimizers=(gdsim.Entry("adam", {"learning_rate": 0.7}),))

    large.window.session.changes.make(told, store.experiment.data, pytest.fail)
    store.enable("momentum", True)
    mine = store.experiment.optimizers
    settle(large)
    assert store.experiment.options == {}
    assert store.experiment.optimizers == mine


def test_what_is_refused_is_told(large):
    refused = []
    source = table()
    large.window.session.changes.make(lambda now: gdsim.Experiment("nothing"), source, refused.append)
    settle(large)
    assert len(refused) == 1
    assert large.window.store.experiment.function == "logistic"


def test_what_gives_itself_up_is_done_with(app, qtbot):
    worker, begun = Worker(), []

    def work():
        begun.append(True)
        raise InterruptedWorkError

    worker.start()
    try:
        worker.send(Request("one", work))
        with qtbot.waitSignal(worker.returned, timeout=10_000):
            worker.send(Request("other", lambda: None))
    finally:
        worker.stop()
    assert len(begun) == 1


def test_both_are_asked_whether_work_is_wanted():
    def given_up(before, now, besides):
        try:
            with interruptible(lambda: before), interruptible(lambda: now, besides):
                give_up_if_unwanted()
        except InterruptedWorkError:
            return True
        return False

    assert given_up(True, False, besides=True)
    assert given_up(False, True, besides=True)
    assert not given_up(True, False, besides=False)


VIEWS = ("gradient_view", "numerical_gradient", "formulas")


def test_views_read_a_large_model_in_the_thread_of_the_worker(open_window, monkeypatch):
    for module in (turns, gradient_marks, run_facts):
        monkeypatch.setattr(module, "MOST_WORK", 0)
    rows = ((-1.0, 0.0), (0.5, 1.0), (1.0, 0.0), (2.0, 1.0))
    driver = open_window(gdsim.Experiment("logistic", data=Source(rows=rows), steps=2))
    window, model = driver.window, type(driver.window.store.experiment.objective)
    found, places = set(), []
    for name in ("value", "gradient", "hessian"):
        plain = getattr(model, name)

        def seen(self, *args, plain=plain, name=name, **options):
            here = threading.current_thread() is threading.main_thread()
            found.add((name, here))
            if here:
                places.append("".join(traceback.format_stack(limit=8)))
            return plain(self, *args, **options)

        monkeypatch.setattr(model, name, seen)
    for dock in window.lazy_docks:
        if dock.name in VIEWS:
            dock.show()
    window.session.overlays.mark(components=True)
    driver.until(lambda: not window.session.requests.waiting)
    window.player.seek(1)
    window.repaint()
    driver.until(lambda: not (window.session.requests.waiting or window.session.worker.waiting))
    assert {name for name, _ in found} >= {"value", "gradient"}
    assert places == []
    views = {dock.name: dock.pictured() for dock in window.lazy_docks if dock.name in VIEWS}
    assert views["gradient_view"].gradient is not None
    assert views["numerical_gradient"].table.cells["exact", 1].text()
    assert window.landscape.plot.gradient.marks.figure() is not None
