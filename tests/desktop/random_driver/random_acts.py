"""Acts of a hand, by kind: each takes the hand, and yields where the window has its turn."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QToolBar,
    QTreeWidget,
)
from random_hand import FORMULAS, LEFT, NAMES, NONE, Hand, mouse_over
from random_rest import examples

Act = Callable[[Hand], Iterator[None]]

_AREAS = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
    Qt.DockWidgetArea.TopDockWidgetArea,
)
_SIZES = ((1440, 900), (1024, 700), (800, 600), (1920, 1080), (640, 480), (1200, 1000))
#: Into a field of a dialog.
_ANSWERS = ("1", "5", "10", "300", "2000", "x", "-1", "open", "theme", "new", "larger")
#: Leaving is what the driver does at its end.
_NOT = {"quit"}


def command(hand: Hand) -> Iterator[None]:
    """Choose any command of the menus."""
    table = hand.window.actions_table.by_name
    action = hand.choose([a for name, a in table.items() if name not in _NOT and a.isEnabled()])
    hand.tell(action.objectName())
    action.trigger()
    yield


def look(hand: Hand) -> Iterator[None]:
    """Another theme, another size of the text."""
    names = ("theme_light", "theme_dark", "theme_system", "larger", "smaller", "normal_size")
    name = hand.rng.choice(names)
    hand.tell(name)
    hand.window.actions_table.by_name[name].trigger()
    yield


def dock(hand: Hand) -> Iterator[None]:
    """Show or hide a dock or the toolbar."""
    part = hand.rng.choice([*hand.docks, hand.window.findChild(QToolBar, "toolbar")])
    hand.tell(part.objectName())
    part.toggleViewAction().trigger()
    yield


def place(hand: Hand) -> Iterator[None]:
    """Float a dock, put it elsewhere, behind another one, or larger."""
    window, one, other = hand.window, hand.choose(hand.docks), hand.choose(hand.docks)
    what = hand.rng.choice(("float", "move", "tab", "raise", "resize"))
    hand.tell(f"{what} {one.objectName()} {other.objectName()}")
    if what == "float":
        one.setFloating(not one.isFloating())
    elif what == "move":
        window.addDockWidget(hand.rng.choice(_AREAS), one)
    elif what == "tab" and one is not other:
        window.tabifyDockWidget(one, other)
    elif what == "raise":
        one.raise_()
    elif what == "resize":
        way = hand.rng.choice((Qt.Orientation.Horizontal, Qt.Orientation.Vertical))
        window.resizeDocks([one], [hand.rng.randint(50, 700)], way)
    yield


def resize(hand: Hand) -> Iterator[None]:
    """Another size of the window."""
    size = hand.rng.choice(_SIZES)
    hand.tell(size)
    hand.window.resize(QSize(*size))
    yield


def field(hand: Hand) -> Iterator[None]:
    """Type into a field, sense or nonsense."""
    line = hand.choose([w for w in hand.seen(QLineEdit) if not isinstance(w.parentWidget(), QAbstractSpinBox)])
    if line is not None:
        text = hand.text_for(line)
        hand.tell(f"{hand.name_of(line)} {text!r}")
        yield from hand.write(line, text)


def formula(hand: Hand) -> Iterator[None]:
    """Type a function, in its field or in the list."""
    line = hand.choose(hand.seen(QPlainTextEdit)) if hand.likely(0.8) else None
    combo = hand.called("function", QComboBox)
    line = line or (combo.lineEdit() if combo is not None else None)
    if line is not None:
        text = hand.rng.choice(FORMULAS)
        hand.tell(repr(text))
        yield from hand.write(line, text)


def function(hand: Hand) -> Iterator[None]:
    """Choose a function or a model."""
    combo = hand.called("function", QComboBox)
    if combo is not None:
        yield from _choose(hand, combo)


def choice(hand: Hand) -> Iterator[None]:
    """Choose from a list."""
    combo = hand.choose([c for c in hand.seen(QComboBox) if c.count()])
    if combo is not None:
        yield from _choose(hand, combo)


def _choose(hand: Hand, combo: QComboBox) -> Iterator[None]:
    model = combo.model()
    lines = [i for i in range(combo.count()) if model.flags(model.index(i, 0)) & Qt.ItemFlag.ItemIsEnabled]
    if lines:
        i = hand.rng.choice(lines)
        hand.tell(f"{hand.name_of(combo)} {combo.itemText(i)!r}")
        combo.setCurrentIndex(i)
        combo.activated.emit(i)
    yield


def slider(hand: Hand) -> Iterator[None]:
    """Drag a slider."""
    one = hand.choose([s for s in hand.seen(QSlider) if s.width() > 30])
    if one is not None:
        hand.tell(hand.name_of(one))
        yield from hand.slide(one)


def button(hand: Hand) -> Iterator[None]:
    """Press a button, tick a box."""
    one = hand.choose(hand.seen(QAbstractButton))
    if one is not None:
        hand.tell(f"{hand.name_of(one)} {one.text()!r}")
        hand.click(one, QPoint(min(8, one.width() // 2), one.height() // 2))
    yield


def optimizer(hand: Hand) -> Iterator[None]:
    """Tick, unfold, duplicate, remove or rename an optimizer."""
    panel = hand.window.parameters.optimizers
    row = hand.choose(panel.rows.values())
    if row is None:
        return
    what = hand.rng.choice(("tick", "tick", "fold", "duplicate", "remove", "name", "menu"))
    hand.tell(f"{what} {row.key}")
    if what == "tick":
        row.check.setChecked(not row.check.isChecked())
    elif what == "fold":
        row.fold.setChecked(not row.fold.isChecked())
    elif what == "name":
        row.begin_naming()
        yield
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit):
            yield from hand.write(focus, hand.rng.choice(NAMES))
    elif what == "menu":
        hand.click(row.more)
    elif what == "duplicate" and len(panel.rows) < 24:
        panel.duplicate(row.key)
    elif what == "remove" and row.several:
        row.remove_wanted.emit()
    yield


def drag_start(hand: Hand) -> Iterator[None]:
    """Drag the start over a landscape."""
    chart = hand.map
    if chart is None:
        return
    at = chart.mapFromScene(chart.box.mapViewToScene(chart.handle.pos()))
    hand.tell(f"from {at.x()},{at.y()}")
    yield from hand.drag(chart.viewport(), at, hand.wander(at, chart))


def plot(hand: Hand) -> Iterator[None]:
    """Wheel, pan, hover, click or double-click somewhere on a picture; a context menu."""
    import pyqtgraph as pg

    pictures = hand.seen(pg.GraphicsView)
    chart = hand.choose(pictures)
    if chart is None:
        return
    view, at = chart.viewport(), hand.spot(chart.viewport())
    what = hand.rng.choice(("wheel", "wheel", "pan", "pan", "hover", "click", "double", "menu", "key"))
    hand.tell(f"{what} {hand.name_of(chart)} {at.x()},{at.y()}")
    if what == "wheel":
        for _ in range(hand.rng.randint(1, 4)):
            hand.wheel(view, at, hand.rng.choice((-2, -1, 1, 2)))
            yield
    elif what == "pan":
        yield from hand.drag(view, at, hand.wander(at, view))
    elif what == "hover":
        for _ in range(3):
            mouse_over(view, hand.spot(view))
            yield
    elif what == "click":
        hand.click(view, at)
    elif what == "double":
        hand.click(view, at)
        QTest.mouseDClick(view, LEFT, NONE, at)
        QTest.mouseRelease(view, LEFT, NONE, at)
    elif what == "menu":
        QTest.mouseClick(view, Qt.MouseButton.RightButton, NONE, at)
    else:
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        chart.setFocus()
        hand.key(hand.rng.choice((*keys, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Tab)), chart)
    yield


def points(hand: Hand) -> Iterator[None]:
    """Drag an example, add one, or take one away."""
    chart = hand.called("data_plot")
    if chart is None:
        found = [d for d in hand.docks if d.objectName() == "data_view_dock" and not d.isVisible()]
        if found:
            found[0].toggleViewAction().trigger()
            yield
            chart = hand.called("data_plot")
    if chart is None:
        return
    view = chart.viewport()
    places = getattr(chart, "_places", None)
    at = hand.spot(view)
    if places is not None and len(places):
        x, y = places[hand.rng.randrange(len(places))]
        if abs(x) < 1e9 and abs(y) < 1e9:
            at = chart.mapFromScene(chart.box.mapViewToScene(QPointF(float(x), float(y))))
    what = hand.rng.choice(("drag", "drag", "drag", "add", "delete"))
    hand.tell(f"{what} {at.x()},{at.y()}")
    if what == "drag":
        yield from hand.drag(view, at, hand.wander(at, view))
    elif what == "add":
        QTest.mouseClick(view, LEFT, NONE, at)
        QTest.mouseDClick(view, LEFT, hand.rng.choice((NONE, Qt.KeyboardModifier.ShiftModifier)), at)
        QTest.mouseRelease(view, LEFT, NONE, at)
    else:
        hand.click(view, at)
        hand.key(Qt.Key.Key_Delete, chart)
    yield


def run(hand: Hand) -> Iterator[None]:
    """Choose, unfold or sort runs; choose columns; take advice."""
    tree = hand.called("runs_table", QTreeWidget)
    if tree is None:
        return
    advice = hand.seen(QPushButton, tree)
    what = hand.rng.choice(("click", "click", "unfold", "head", "columns", "advice", "advice"))
    item = tree.topLevelItem(hand.rng.randrange(tree.topLevelItemCount())) if tree.topLevelItemCount() else None
    hand.tell(what)
    if what == "advice" and advice:
        hand.click(hand.rng.choice(advice))
    elif what == "head":
        head = tree.header().viewport()
        hand.click(head, hand.spot(head))
    elif what == "columns":
        head = tree.header()
        at = hand.spot(head)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, head.mapToGlobal(at))
        QApplication.sendEvent(head.viewport(), event)
    elif item is not None and what == "unfold":
        item.setExpanded(not item.isExpanded())
    elif item is not None:
        hand.click(tree.viewport(), tree.visualItemRect(item).center())
    yield


def history(hand: Hand) -> Iterator[None]:
    """Go somewhere in the history."""
    there = hand.called("history_list", QListWidget)
    if there is not None and there.count():
        there.setCurrentRow(hand.rng.randrange(there.count()))
    else:
        hand.window.store.go_to(hand.rng.randrange(len(hand.window.store.history)))
    yield


def undo(hand: Hand) -> Iterator[None]:
    """Back and forward a few times."""
    name = hand.rng.choice(("undo", "undo", "redo"))
    hand.tell(name)
    for _ in range(hand.rng.randint(1, 4)):
        hand.window.actions_table.by_name[name].trigger()
        yield


def play(hand: Hand) -> Iterator[None]:
    """Play, or go to a step."""
    name = hand.rng.choice(("play", "play", "first", "back", "forward", "last"))
    hand.tell(name)
    hand.window.actions_table.by_name[name].trigger()
    yield


def side(hand: Hand) -> Iterator[None]:
    """Switch to one landscape an optimizer, or to all on one; to one alone."""
    panel = hand.choose([b for b in hand.seen(QPushButton) if b.objectName().startswith("panel.")])
    if panel is not None and hand.likely(0.3):
        hand.tell(panel.objectName())
        hand.click(panel)
    else:
        hand.window.actions_table.by_name["side_by_side"].trigger()
    yield


def example(hand: Hand) -> Iterator[None]:
    """Open an example."""
    menu = hand.window.files.examples
    hand.window.files.fill_examples()
    action = hand.choose([a for a in examples(menu) if a.isEnabled()])
    if action is not None:
        hand.tell(action.text())
        action.trigger()
    yield


def files(hand: Hand) -> Iterator[None]:
    """Save, open, export, copy."""
    name = hand.rng.choice(
        (
            "save",
            "save_as",
            "open",
            "open_data",
            "export_picture",
            "copy_picture",
            "export_table",
            "export_iterates",
            "copy_python",
            "copy_torch",
            "new",
        )
    )
    hand.tell(name)
    if hand.window.actions_table.by_name[name].isEnabled():
        hand.window.actions_table.by_name[name].trigger()
    yield


def drop(hand: Hand) -> Iterator[None]:
    """Drop a file onto the window."""
    path = hand.rng.choice(sorted(hand.folder.iterdir()))
    hand.tell(path.name)
    hand.window.files.open_path(path)
    yield


def keys(hand: Hand) -> Iterator[None]:
    """Keys for whatever has the focus."""
    names = (
        "Tab",
        "Backtab",
        "Space",
        "Return",
        "Escape",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "F1",
        "Delete",
        "Menu",
        "A",
        "1",
    )
    some = [getattr(Qt.Key, f"Key_{name}") for name in names]
    for _ in range(hand.rng.randint(1, 4)):
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return
        key = hand.rng.choice(some)
        hand.tell(key.name)
        hand.key(key)
        yield


def settle(hand: Hand) -> Iterator[None]:
    """Wait a while for the race of the current experiment."""
    for _ in range(40):
        if hand.watch.is_shown or QApplication.activeModalWidget():
            return
        yield


def in_popup(hand: Hand) -> Iterator[None]:
    """A menu or a list that is open: take something of it, or close it."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu) and hand.likely(0.7):
        action = hand.choose(
            [
                a
                for a in popup.actions()
                if a.isEnabled() and not a.isSeparator() and a.menu() is None and a.objectName() not in _NOT
            ]
        )
        if action is not None:
            hand.tell(action.text())
            popup.setActiveAction(action)
            QTest.keyClick(popup, Qt.Key.Key_Return)
            yield
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    yield


def in_dialog(hand: Hand) -> Iterator[None]:
    """A dialog that waits for an answer: change something in it, or give the answer."""
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return
    hand.tell(hand.name_of(dialog))
    lines, combos = hand.seen(QLineEdit, dialog), hand.seen(QComboBox, dialog)
    what = hand.rng.choice(("type", "type", "choose", "press", "press", "press", "escape"))
    if what == "type" and lines:
        line = hand.rng.choice(lines)
        end = hand.rng.choice((Qt.Key.Key_Tab, Qt.Key.Key_Return))
        yield from hand.write(line, hand.rng.choice((*NAMES, *_ANSWERS)), end)
    elif what == "choose" and combos:
        yield from _choose(hand, hand.rng.choice(combos))
    elif what == "press":
        buttons = hand.seen(QPushButton, dialog)
        if buttons:
            one = hand.rng.choice(buttons)
            hand.tell(repr(one.text()))
            hand.click(one)
    elif isinstance(dialog, QDialog):
        dialog.reject()
    yield


#: How often each is done.
ACTS: dict[Act, float] = {
    command: 8,
    look: 6,
    dock: 10,
    place: 4,
    resize: 2,
    field: 12,
    formula: 4,
    function: 4,
    choice: 5,
    slider: 7,
    button: 8,
    optimizer: 8,
    drag_start: 6,
    plot: 9,
    points: 3,
    run: 5,
    history: 2,
    undo: 6,
    play: 4,
    side: 4,
    example: 1.5,
    files: 3,
    drop: 0.7,
    keys: 4,
    settle: 3,
}
