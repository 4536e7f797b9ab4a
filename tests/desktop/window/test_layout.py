"""Every control has its names, is reached by Tab, and is whole at both window sizes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollBar,
    QSlider,
    QTabBar,
    QTableWidget,
    QToolBar,
    QTreeWidget,
    QWidget,
)

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.widgets.wrapping_label import WrappedLabel

CONTROLS = (QAbstractButton, QLineEdit, QAbstractSlider, QComboBox, QAbstractItemView)


def is_part_of_another(widget):
    """Parts that Qt makes inside its own widgets."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QMenuBar | QMenu | QHeaderView | QTreeWidget | QTableWidget | QTabBar) or (
            isinstance(parent, QDockWidget) and isinstance(widget, QAbstractButton) and widget.parent() is parent
        ):
            return not widget.objectName().startswith("advice.")
        parent = parent.parentWidget()
    return isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")


def controls(window):
    return [
        widget
        for kind in CONTROLS
        for widget in window.findChildren(kind)
        if not is_part_of_another(widget) and widget.window() is window
    ]


@pytest.fixture
def unfolded(open_window):
    """The opening window with every hyperparameter to be seen and some advice."""
    opening = opening_experiment()
    racing = {entry.key for entry in opening.racing}
    entries = tuple(
        gdsim.Entry(
            key,
            {h.name: h.default for h in rule.hypers()},
            key in racing,
            *(() if issubclass(rule, gdsim.Method) else (gdsim.Cosine(), 1.0)),
        )
        for key, rule in gdsim.OPTIMIZERS.items()
    )
    driver = open_window(replace(opening, optimizers=entries))
    driver.window.player.seek(0)
    for key in gdsim.OPTIMIZERS:
        driver.click(f"{key}.fold")
    # the strip under a curve is made at its first sight
    for function in ("square", driver.experiment.function):
        driver.change(function=function)
    driver.change(schedule=gdsim.WarmupCosine(), gradient=gdsim.CentralDifference())
    for dock in driver.window.lazy_docks:
        dock.toggleViewAction().trigger()
        QApplication.processEvents()
    driver.wait_for_race()
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    return driver


def test_every_control_and_action_has_a_name_of_its_own_and_a_tip(unfolded):
    found = controls(unfolded.window)
    assert len(found) > 100
    bare = []
    for widget in found:
        spoken = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not widget.objectName() or not spoken or not (widget.toolTip() or isinstance(widget, QAbstractItemView)):
            bare.append((type(widget).__name__, widget.objectName(), spoken, widget.toolTip()))
    assert bare == []
    # names are unique
    names = [(type(widget).__name__, widget.objectName()) for widget in found]
    assert sorted(names) == sorted(set(names))
    # every action has a tip, and none the keys of another
    for name, action in unfolded.window.actions_table.by_name.items():
        assert action.text(), name
        assert action.toolTip(), name
    keys = [a.shortcut().toString() for a in unfolded.window.actions_table.by_name.values() if a.shortcut().toString()]
    assert len(keys) == len(set(keys))


def test_unfolded_forms_fit_the_panel_and_tab_reaches_every_control(unfolded):
    area = unfolded.widget("parameters")
    unfolded.until(lambda: area.widget().width() <= area.viewport().width())
    unfolded.until(lambda: not cut_off(unfolded.window))
    window = unfolded.window
    wanted = {widget for widget in controls(window) if widget.isVisible() and widget.isEnabled()}
    unfolded.focus("start_x")
    reached = set()
    for _ in range(3 * len(wanted)):
        unfolded.key(Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    missed = {
        widget.objectName()
        for widget in wanted
        if not reached & {widget, widget.focusProxy(), *(widget.findChildren(QLineEdit))}
    }
    assert missed == set()


def test_tab_goes_through_an_unfolded_form_and_scrolls_to_it(open_window):
    driver = open_window(size=(1024, 700))
    driver.click("adamw.fold")
    driver.click("radam.fold")
    QApplication.processEvents()
    driver.focus(driver.widget("adamw", QCheckBox))
    names = []
    while driver.window.focusWidget().objectName() != "radam.decoupled_weight_decay":
        driver.key(Qt.Key.Key_Tab)
        here = driver.window.focusWidget()
        assert not here.visibleRegion().isEmpty(), here.objectName()
        names.append(here.objectName())
        assert len(names) < 40
    fields = [f"{key}.{hyper.name}" for key in ("adamw", "radam") for hyper in gdsim.OPTIMIZERS[key].hypers()]
    assert [name for name in names if name in fields] == fields
    assert names.index("adamw.weight_decay") < names.index("amsgrad") < names.index("radam.learning_rate")


SIZES = [(1440, 900), (1024, 700)]


@pytest.mark.parametrize("size", SIZES, ids=["1440x900", "1024x700"])
def test_nothing_is_cut_off(open_window, size):
    driver = open_window(size=size)
    window = driver.window
    driver.window.player.seek(0)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    assert cut_off(window) == []
    assert outside(window) == []
    landscape = window.landscape.plot
    assert landscape.width() * landscape.height() > 0.2 * size[0] * size[1]
    assert len([b for b in window.loss.legend.findChildren(QAbstractButton) if b.isVisible()]) == 6
    # a curve, with its derivative
    driver.change(function="double_well", start=None)
    driver.wait_for_surface()
    window.player.seek(3)
    QApplication.processEvents()
    assert cut_off(window) == []
    assert outside(window) == []
    assert driver.widget("delta_x.slider", QSlider).width() >= 60
    assert landscape.height() > 0.2 * size[1]


@pytest.mark.parametrize("size", SIZES, ids=["1440x900", "1024x700"])
def test_sentences_under_fields_are_not_cut_off(open_window, size):
    driver = open_window(size=size)
    driver.window.player.seek(0)
    for name, text in [("learning_rate", "-1"), ("start_x", "not a number"), ("steps", "10000000"), ("seed", "1e99")]:
        driver.type(name, text)
    driver.type(driver.widget("function", QComboBox).lineEdit(), "xyzzy")
    driver.click("adagrad.fold")
    for name in ("adagrad.learning_rate", "adagrad.initial_accumulator_value"):
        driver.type(name, "-1")
    driver.until(lambda: not cut_off(driver.window))
    area = driver.widget("parameters")
    assert area.widget().width() <= area.viewport().width()


def cut_off(window):
    """Labels and buttons that are smaller than their text."""
    found = []
    for widget in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]:
        if not widget.isVisible() or is_part_of_another(widget):
            continue
        hint = widget.sizeHint()
        if isinstance(widget, WrappedLabel):
            wide, high = 0, widget.heightForWidth(widget.width())
        elif isinstance(widget, QLabel) and widget.wordWrap():
            text = widget.text()
            longest = max((widget.fontMetrics().horizontalAdvance(word) for word in text.split()), default=0)
            wide, high = longest, widget.heightForWidth(widget.width())
        else:
            wide, high = hint.width(), hint.height()
        if widget.width() < wide or widget.height() < high:
            found.append((widget.objectName(), widget.text(), widget.size().toTuple(), (wide, high)))
    return found


def outside(window):
    """Widgets that stick out of the window, other than in what scrolls."""
    found = []
    for widget in window.findChildren(QWidget):
        parents = []
        parent = widget.parentWidget()
        while parent is not None:
            parents.append(parent)
            parent = parent.parentWidget()
        scrolls = any(isinstance(parent, QAbstractScrollArea) for parent in parents)
        # Qt keeps the tabs of docks far outside until some lie behind each other
        internal = widget.objectName().startswith("qt_") or isinstance(widget, QTabBar)
        if not widget.isVisible() or scrolls or internal or widget.isWindow() or widget.window() is not window:
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not window.rect().contains(place) and not place.isEmpty():
            found.append((type(widget).__name__, widget.objectName(), place.getRect()))
    return found


@pytest.mark.parametrize("size", SIZES, ids=["1440x900", "1024x700"])
def test_sliders_and_fields_have_room(open_window, size):
    driver = open_window(size=size)
    for name in ("learning_rate", "momentum"):
        assert driver.widget(f"{name}.slider", QSlider).width() >= 80
    for name in ("start_x", "start_y", "learning_rate", "momentum", "seed"):
        line = driver.widget(name, QLineEdit)
        assert line.width() >= line.fontMetrics().horizontalAdvance("-3.14159") + 12
    assert driver.widget("scrub").width() >= 100


def test_a_toolbar_can_be_shown(open_window, small):
    driver = open_window(small)
    bar = driver.widget("toolbar", QToolBar)
    assert not bar.isVisible()
    bar.toggleViewAction().trigger()
    assert bar.isVisible()
    driver.window.store.change(steps=70)
    bar.actions()[3].trigger()
    assert driver.experiment == small
