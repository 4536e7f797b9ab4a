"""A race that is out of date is veiled while the next one takes its time, and what is overtaken is dropped."""

import dataclasses
import importlib
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Signal

import gdsim
from gdsim.desktop.compute.preload import Preload, fetch_slowly
from gdsim.desktop.compute.race_results import Fruitless, RaceResult
from gdsim.desktop.compute.races import Races
from gdsim.desktop.compute.request import Request
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.state.staleness import Staleness
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.runs.facts import Facts
from gdsim.desktop.views.runs.row import GRADIENT
from gdsim.objectives import Source
from gdsim.objectives.interruption import InterruptedWorkError, give_up_if_unwanted
from gdsim.optimizers import ReduceOnPlateau
from gdsim.simulation.sampling import fits

BOWL = gdsim.Experiment("bowl", steps=5)
NEXT = dataclasses.replace(BOWL, seed=1)


class Asked(QObject):
    """Stands for the worker."""

    raced, fruitless, progressed = Signal(object), Signal(object), Signal(float)

    def race(self, experiment):
        pass

    def answer(self, experiment):
        self.raced.emit(RaceResult(experiment, BOWL.run()))


@pytest.fixture
def worker(app):
    return Asked()


@pytest.fixture
def races(worker):
    return Races(worker, lambda: False)


@pytest.fixture
def waiting(races, worker):
    return Staleness(races, worker)


def begun(waiting):
    """As if it had lasted."""
    assert waiting._timer.isActive()
    waiting._timer.stop()
    waiting._timer.timeout.emit()


def test_what_is_soon_there_is_not_spoken_of(races, worker, waiting):
    told = []
    waiting.changed.connect(lambda: told.append(waiting.stale))
    races.ask(BOWL)
    worker.progressed.emit(0.5)
    worker.answer(BOWL)
    assert not waiting._timer.isActive()
    assert told == []


def test_it_is_stale_until_the_next_one_comes(races, worker, waiting):
    races.ask(BOWL)
    begun(waiting)
    assert (waiting.stale, waiting.busy, waiting.share) == (True, True, 0.0)
    worker.progressed.emit(0.5)
    assert waiting.share == 0.5
    worker.answer(BOWL)
    assert (waiting.stale, waiting.busy) == (False, False)


def test_what_comes_of_a_hand_that_is_never_still_is_nearly_new(races, worker, waiting):
    races.ask(BOWL)
    begun(waiting)
    races.ask(NEXT)
    worker.answer(BOWL)
    assert not waiting.stale
    begun(waiting)
    assert waiting.stale
    worker.answer(NEXT)
    assert not waiting.stale
    assert not waiting._timer.isActive()


def test_a_race_that_is_stopped_before_its_first_step_leaves_the_old_one_stale(races, worker, waiting):
    races.ask(BOWL)
    begun(waiting)
    worker.fruitless.emit(Fruitless(BOWL, stopped=True))
    assert (waiting.stale, waiting.busy) == (True, False)
    races.ask(NEXT)
    begun(waiting)
    worker.fruitless.emit(Fruitless(BOWL, stopped=True))  # that of another
    assert (waiting.stale, waiting.busy) == (True, True)
    worker.answer(NEXT)
    assert not waiting.stale


def test_when_it_is_over_no_race_is_waited_for(races, worker, waiting):
    races.ask(BOWL)
    races.ask(NEXT)
    waiting.stop()
    worker.answer(BOWL)  # was on its way; another one is wanted still
    assert races.waits
    races.ask(BOWL)
    assert not waiting._timer.isActive()


def test_the_window_is_veiled_and_stops(open_window):
    driver = open_window(gdsim.Experiment("bowl", steps=5))
    driver.wait_for_race()
    window = driver.window
    veils = window.findChildren(Veil)
    assert len(veils) == 4
    assert not any(veil.isVisible() for veil in veils)
    window.session.staleness._timer.setInterval(0)
    window.store.change(restarts=100_000)
    driver.until(lambda: window.session.staleness.busy)
    shown = [veil for veil in veils if veil.isVisible()]
    assert [veil.parent() for veil in shown] == [window.landscape.picture, window.loss, window.runs]
    assert all(veil.geometry() == veil.parent().rect() for veil in shown)
    assert driver.widget("progress").isVisible()
    driver.click("stop_computing")
    driver.until(lambda: not window.session.staleness.busy)
    assert not driver.widget("progress").isVisible()
    assert shown[0].isVisible()
    assert driver.race.runs == 1
    assert "first step" in driver.message
    # and what is overtaken is given up in the middle of its starts
    window.store.change(restarts=99_999)
    driver.until(lambda: window.session.staleness.busy)
    driver.change(restarts=3)
    assert driver.race.runs == 4
    assert [result.trajectories.runs for result in driver.results.races if result.trajectories.runs > 4] == []
    assert not any(veil.isVisible() for veil in veils)


class Long:
    """Background work that goes on until it is given up."""

    def __init__(self):
        self.begun, self.times = threading.Event(), 0

    def work(self):
        self.times += 1
        if self.times > 1:
            return "done"
        self.begun.set()
        while True:
            give_up_if_unwanted()


def test_what_is_done_in_the_background_waits_for_a_race(app, qtbot):
    worker, long = Worker(), Long()
    order = []
    worker.raced.connect(lambda _: order.append("race"))
    worker.returned.connect(lambda returned: order.append(returned.value))
    worker.start()
    worker.send(Request("long", long.work, background=True))
    assert long.begun.wait(10)
    worker.race(BOWL)
    qtbot.waitUntil(lambda: len(order) == 2, timeout=10_000)
    worker.stop()
    assert order == ["race", "done"]


class Unfinished:
    """An request, or a surface, that Stop interrupts while a race is under way."""

    dimension, effort, text = 2, 1, ""

    def __init__(self, worker):
        self.worker, self.given_up = worker, 0

    def value(self, points=None):
        if self.given_up == 0:
            self.worker.cancel()
        try:
            give_up_if_unwanted()
        except InterruptedWorkError:
            self.given_up += 1
            raise
        return gdsim.FUNCTIONS["bowl"].value(points) if points is not None else "done"

    sketch = value


class Aside:
    """A race that something is asked for in the middle of."""

    objective = BOWL.objective

    def __init__(self, ask):
        self.ask = ask

    def run(self, pulse):
        self.ask()
        self.stopped = pulse(0.5)
        return BOWL.run()


@pytest.mark.parametrize("what", ["request", "surface"])
def test_what_is_done_aside_gives_way_to_stop_and_is_done_after(app, qtbot, what):
    worker = Worker()
    aside, done = Unfinished(worker), []
    worker.returned.connect(lambda returned: done.append(returned.value))
    worker.sampled.connect(done.append)
    asks = {
        "request": lambda: worker.send(Request("aside", aside.value)),
        "surface": lambda: worker.sample(aside, (-1.0, 1.0, -1.0, 1.0), True),
    }
    race = Aside(asks[what])
    worker.start()
    worker.race(race)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    worker.stop()
    assert race.stopped
    assert aside.given_up == 1


def filled(tree, step):
    """Tell whether the table says all of a step."""
    bands = tree.bands.bands
    return bands and bands[0][1].endswith(f" {step}") and tree.topLevelItem(0).text(GRADIENT) != ""


def test_a_large_model_is_not_scored_where_one_draws(open_window, monkeypatch):
    # a small one, taken for large
    for module in ("runs.facts", "data.fit_facts", "landscape.view"):
        monkeypatch.setattr(f"gdsim.desktop.views.{module}.MOST_WORK", 0)
    threads = set()

    def noted(work):
        def done(*args):
            threads.add(QThread.currentThread())
            return work(*args)

        return done

    monkeypatch.setattr(fits, "score", noted(fits.score))
    monkeypatch.setattr(gdsim.Trajectories, "gradient_norms", noted(gdsim.Trajectories.gradient_norms))
    moons = Source("moons", count=60, held_out=0.2)
    driver = open_window(gdsim.Experiment("logistic", data=moons, restarts=2, steps=20))
    driver.wait_for_race()
    tree = driver.window.runs.tree
    for step in (5, 20):
        driver.window.player.seek(step)
        driver.until(lambda step=step: filled(tree, step))
    assert threads == {driver.window.session.worker}


def test_facts_are_asked_for_one_after_the_other(app):
    class Requests:
        def __init__(self):
            self.sent = []

        def send(self, channel, work, answer, background=False):
            self.sent.append((work, answer))

        def forget(self, channel):
            pass

    requests = Requests()
    facts = Facts(requests)
    race = gdsim.Experiment("bowl", restarts=9, steps=8).run()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gdsim.desktop.views.runs.facts.MOST_WORK", 0)
        assert facts.at(race, 2, 1).of_all == {}
        facts.at(race, 3, 1)
        facts.at(race, 4, 1)
        assert len(requests.sent) == 1  # one who plays would see none if each were given up for the next
        work, answer = requests.sent[0]
        answer(work(), None)
        assert len(requests.sent) == 2
        known = facts.at(race, 4, 1)
        assert known.step == 2
        assert known.of_all["best"].tolist() == [race.losses[2].min()]
        work, answer = requests.sent[1]
        answer(work(), None)
        assert facts.at(race, 4, 1).step == 4
        assert len(requests.sent) == 2


def test_rates_that_take_long_are_followed_aside(open_window, monkeypatch):
    from gdsim.simulation.sampling import rates

    threads, decide = [], rates._decide

    def noted(race):
        threads.append(QThread.currentThread())
        return decide(race)

    monkeypatch.setattr(rates, "_decide", noted)
    monkeypatch.setattr(rates, "_MOMENT", 0)
    driver = open_window(gdsim.Experiment("bowl", steps=30, schedule=ReduceOnPlateau(patience=3)))
    loss = driver.window.loss
    driver.until(lambda: loss.rates is not None and len(loss.rates.lines) == 1)
    assert threads == [driver.window.session.worker]
    assert len(loss.rates.lines[0].getData()[0]) == driver.race.steps
    assert loss.rates.box.viewRange()[0] == [0, driver.race.steps]


def test_of_many_restarts_some_starts_are_shown(open_window, monkeypatch):
    monkeypatch.setattr("gdsim.desktop.views.landscape.landscape_plot._MOST_STARTS", 3)
    driver = open_window(gdsim.Experiment("bowl", steps=3, restarts=9))
    driver.wait_for_race()
    assert len(driver.window.landscape.plot.starts.data) == 3


def test_sympy_is_fetched_once_a_race_is_seen(open_window, monkeypatch):
    driver = open_window(gdsim.Experiment("bowl", steps=3))
    driver.wait_for_race()
    ahead = driver.window.findChild(Preload)
    fetched = threading.Event()
    monkeypatch.setattr("gdsim.desktop.compute.preload.fetch_slowly", lambda hurried: fetched.set())
    monkeypatch.setitem(sys.modules, "sympy", sys.modules.get("sympy"))
    ahead._timer.stop()
    ahead.begin()
    assert not ahead._timer.isActive()  # it is there
    monkeypatch.delitem(sys.modules, "sympy")
    ahead.begin()
    assert ahead._timer.isActive()
    ahead._timer.stop()
    ahead._timer.timeout.emit()
    assert fetched.wait(10)


def test_fetching_pauses_before_each_module_until_somebody_is_in_a_hurry(monkeypatch, tmp_path):
    (tmp_path / "fetched_in_a_test.py").write_text("import then_fetched_in_a_test\nimport last_fetched_in_a_test\n")
    for name in ("then", "last"):
        (tmp_path / f"{name}_fetched_in_a_test.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    hurried, pauses, real = threading.Event(), [], importlib.import_module

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            hurried.set()

    monkeypatch.setattr("gdsim.desktop.compute.preload.time.sleep", pause)
    monkeypatch.setattr("gdsim.desktop.compute.preload.importlib.import_module", lambda _: real("fetched_in_a_test"))
    before = list(sys.meta_path)
    fetch_slowly(hurried)
    assert len(pauses) == 2
    assert "last_fetched_in_a_test" in sys.modules
    assert sys.meta_path == before


@pytest.mark.parametrize("way", ["run_stopped_again", "run_again", "play"])
def test_a_race_that_was_stopped_before_its_first_step_is_asked_for_again(open_window, way):
    driver = open_window(gdsim.Experiment("bowl", steps=5))
    driver.wait_for_race()
    window = driver.window
    asked, button = [], driver.widget("run_stopped_again")
    assert not driver.action("run_again").isEnabled()
    assert not button.isVisible()
    window.session.races.asked.connect(lambda: asked.append(window.store.experiment))
    window.session.worker.fruitless.emit(Fruitless(window.store.experiment, stopped=True))
    assert driver.message == "Stopped before the first step. Press Space, or Run > Run again, to compute it."
    assert driver.action("run_again").isEnabled()
    assert button.isVisible()
    driver.click(button) if way == button.objectName() else driver.action(way).trigger()
    assert asked == [window.store.experiment]
    driver.wait_for_race()
    assert driver.message == ""
    assert not button.isVisible()
    assert not driver.action("run_again").isEnabled()


def test_a_race_that_was_stopped_on_its_way_says_where(open_window):
    driver = open_window(gdsim.Experiment("bowl", steps=3000, tolerance=0))
    driver.wait_for_race()
    window = driver.window
    cut = window.store.experiment.run(lambda share: share > 0)
    assert 0 < cut.steps < 3000
    window.session.worker.raced.emit(RaceResult(window.store.experiment, cut))
    assert driver.message == f"Stopped at step {cut.steps} of 3000. Run > Run again computes all of it."
    assert driver.text("step_count").endswith("/ 3000 (stopped)")
    driver.action("play").trigger()  # what there is of it is played
    assert window.session.stopped_race.stopped is not None
    driver.action("run_again").trigger()
    driver.until(lambda: window.player.last == 3000)
    assert driver.message == ""
    assert driver.text("step_count").endswith("/ 3000")
