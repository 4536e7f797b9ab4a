"""Widgets end in the window's thread, whoever makes objects when garbage is due."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QCheckBox, QWidget

from gdsim.desktop.widgets.disposal import due, take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys


class Knot:
    """An object that holds itself, and maybe a widget."""

    def __init__(self, widget=None):
        self.itself, self.widget = self, widget


def knot():
    """Garbage with a widget that nobody but Python owns."""
    one = Knot(QWidget())
    return weakref.ref(one)


def busy():
    """Work of the worker that makes more garbage than Python lets lie."""
    for _ in range(20 * gc.get_threshold()[0]):
        Knot()
    return "done"


def test_garbage_with_widgets_is_collected_in_the_windows_thread_only(driver):
    window, threads, answers = driver.window, set(), []

    def note(phase, info):
        threads.add(threading.get_ident())

    gc.callbacks.append(note)
    try:
        one = knot()
        window.session.requests.send("busy", busy, lambda value, error: answers.append(value))
        driver.until(lambda: answers)
        assert one() is not None
        driver.until(lambda: one() is None)
    finally:
        gc.callbacks.remove(note)
    assert threads == {threading.get_ident()}


def test_whoever_makes_objects_collects_once_no_window_is_open(open_window, small):
    one, other = open_window(small), open_window(small)
    assert not gc.isenabled()
    one.window.close()
    assert not gc.isenabled()
    other.window.close()
    assert gc.isenabled()


def test_generations_are_due_as_in_python():
    limits = (700, 10, 10)
    assert due((700, 50, 50), limits) is None
    assert due((701, 10, 50), limits) == 0
    assert due((701, 11, 10), limits) == 1
    assert due((701, 11, 11), limits) == 2


def test_what_is_taken_away_keeps_its_parent_until_qt_destroys_it(app, qtbot):
    parent = QWidget()
    child, gone = QWidget(parent), []
    child.destroyed.connect(lambda: gone.append(True))
    take_away(child)
    assert child.isHidden()
    assert child.parentWidget() is parent
    qtbot.waitUntil(lambda: bool(gone))


def test_controls_that_are_settled_again_have_one_guard(app):
    form = QWidget()
    box = QCheckBox(form)
    for _ in range(3):
        keep_own_keys(form)
    assert len([child for child in form.children() if child is not box]) == 1
