"""Memory that models are worked on in is given up by a worker that rests."""

import pytest

import gdsim
from gdsim.desktop.compute import asked_thread
from gdsim.desktop.compute.request import Request
from gdsim.desktop.compute.worker import Worker
from gdsim.objectives.workspace import workspace


@pytest.fixture
def worker(app):
    worker = Worker()
    worker.start()
    yield worker
    worker.stop()


def test_what_models_work_in_is_given_up_once_there_is_nothing_to_do(worker, qtbot, monkeypatch):
    def kept():
        with qtbot.waitSignal(worker.returned, timeout=10_000) as returned:
            worker.send(Request("kept", lambda: len(workspace.known)))
        return returned.args[0].value

    monkeypatch.setattr(asked_thread, "_RESTING", 60.0)
    with qtbot.waitSignal(worker.advised, timeout=60_000):
        worker.race(gdsim.Experiment("network", steps=5))
    assert kept() > 0
    monkeypatch.setattr(asked_thread, "_RESTING", 0.01)
    kept()
    qtbot.waitUntil(lambda: kept() == 0 or qtbot.wait(100), timeout=10_000)
    with qtbot.waitSignal(worker.raced, timeout=60_000):  # and it works on
        worker.race(gdsim.Experiment("network", steps=5))
