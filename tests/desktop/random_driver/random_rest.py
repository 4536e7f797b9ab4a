"""Everything in the window looked at once, and everything put back: what is more than before is kept for nothing."""

import time

from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QToolButton
from random_hand import Hand
from shiboken6 import isValid

from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.storage.files import Document

#: The race of an experiment has come within so many seconds.
_SOON = 60


def look_at_all(hand: Hand):
    """Open all that is made when it is first seen: docks, menus, lists, parts that are folded, every example."""
    window = hand.window
    yield from put_back(hand)
    for dock in hand.docks:
        dock.show()
    for name in ("theme_dark", "larger", "normal_size", "theme_light"):
        window.actions_table.by_name[name].trigger()
        yield from _turns(5)
    window.files.fill_examples()
    for action in list(examples(window.files.examples)):
        action.trigger()
        yield from _shown(hand)
        yield from _unfold(window)
        yield from _side_by_side(hand)
    yield from put_back(hand)


def put_back(hand: Hand):
    """All as at first, and all views, seen or not, on the race of that: none holds what it was shown before."""
    window = hand.window
    window.player.pause()
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible() and widget.isWindow():
            widget.close()
    window.appearance.set_scale(1.0)
    window.appearance.use_light()
    window.showNormal()
    window.appearance.reset()
    window.resize(1440, 900)
    window.document.start(Document(opening_experiment()))
    yield from _shown(hand)
    for dock in window.lazy_docks:
        dock.setFloating(False)
        dock.show()
        dock.raise_()
        yield from _turns(5)
    yield from _side_by_side(hand)
    for dock in window.lazy_docks:
        dock.hide()
    window.appearance.reset()
    window.resize(1440, 900)  # what was side by side may have made it grow
    yield from _pop_up(window)
    yield from _turns(50)
    yield from _rest()


def _side_by_side(hand: Hand):
    """Every optimizer on a landscape of its own, and all on one again."""
    hand.window.centre.show_overlay()
    hand.window.actions_table.by_name["side_by_side"].trigger()
    yield from _shown(hand)
    hand.window.centre.show_overlay()


def _shown(hand: Hand):
    """Until the race of the experiment has come."""
    until = time.perf_counter() + _SOON
    while not hand.watch.is_shown and time.perf_counter() < until:
        yield
    if not hand.watch.is_shown:
        hand.watch.faults.append(f"the race of {hand.window.document.title!r} did not come within a minute")
    yield from _turns(5)


def examples(menu):
    """The actions of a menu and of those in it."""
    for action in menu.actions():
        if action.menu() is not None:
            yield from examples(action.menu())
        elif not action.isSeparator():
            yield action


def _unfold(window):
    """Open what is folded, and close it again; make the lists and menus that are made when they are opened."""
    for fold in window.findChildren(QToolButton):
        if not isValid(fold):
            continue  # it went while another one was unfolded
        if fold.isCheckable() and fold.objectName().endswith(("fold", "bounds", "more")) and not fold.isChecked():
            fold.setChecked(True)
            yield
            if isValid(fold):
                fold.setChecked(False)
    for row in window.parameters.optimizers.rows.values():
        row.menu()
    for combo in window.findChildren(QComboBox):
        combo.view()
    yield from _turns(5)


def _pop_up(window):
    """Have every list and every menu seen: each keeps what it was painted on, which is as large as the text was."""
    for combo in window.findChildren(QComboBox):
        if combo.isVisible() and combo.isEnabled():
            combo.showPopup()
            yield from _turns(3)
            combo.hidePopup()
    for menu in window.menuBar().findChildren(QMenu):
        menu.popup(window.mapToGlobal(window.rect().center()))
        yield from _turns(3)
        menu.close()


def _rest():
    """Do nothing for a second, as whenever a person looks at something."""
    until = time.perf_counter() + 1.0
    while time.perf_counter() < until:
        yield


def _turns(count: int):
    for _ in range(count):
        yield
