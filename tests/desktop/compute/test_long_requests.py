"""Long requests: they let others have their turn, and are not begun in the midst of each other."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.work_pulse import WorkPulse
from gdsim.desktop.compute.worker import Worker


@pytest.fixture
def requests(qtbot):
    worker = Worker()
    worker.start()
    yield Requests(worker)
    worker.stop()
    QCoreApplication.processEvents()


def until(condition):
    """Work that goes on until something is so."""

    def work(pulse):
        while not condition() and not pulse(0.5):
            pass

    return work


def test_small_things_are_done_in_the_midst_and_long_ones_after(requests, qtbot):
    order, small, begun = [], threading.Event(), threading.Event()
    pulse = WorkPulse(requests._worker)

    def first():
        begun.set()
        until(small.is_set)(pulse)
        order.append("first")

    def tiny():
        order.append("small")
        small.set()

    requests.send("one", first, lambda *_: None, background=True, long=True)
    qtbot.waitUntil(begun.is_set)
    requests.send("two", lambda: order.append("second"), lambda *_: None, background=True, long=True)
    requests.send("three", tiny, lambda *_: None, background=True)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["small", "first", "second"]


def test_it_is_stopped_at_once(requests, qtbot):
    pulse, done = WorkPulse(requests._worker), []
    requests.send("one", lambda: until(lambda: False)(pulse), lambda *_: done.append(True), background=True, long=True)
    qtbot.waitUntil(lambda: pulse.share > 0)
    pulse.stopped = True
    qtbot.waitUntil(lambda: bool(done))
