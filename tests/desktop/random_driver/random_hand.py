"""A hand at the real window that does what its dice say: it finds what is there, and uses mouse and keys on it."""

import random
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QFileDialog, QStyle, QStyleOptionSlider, QWidget

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
#: Into a field for a number.
NUMBERS = (
    "0.01",
    "0.1",
    "0.5",
    "0.9",
    "1",
    "2",
    "3",
    "7",
    "12",
    "40",
    "150",
    "0",
    "-1",
    "−2.5",
    "1e-9",
    "1e3",
    "1e300",
    "",
    " ",
    "abc",
    "nan",
    "inf",
    "1 2",
    "0,5",
    "1,000",
    "½",
    "all",
    "8,8",
    "16",
    "64,64,64,64,64",
    "x",
    "1e999",
    "٣",
    "∞",
    "<b>1</b>",
    "9" * 40,
)
#: Into a field for a formula, or the list of functions.
FORMULAS = (
    "x^2 + y^2",
    "x^2 + 10*y^2",
    "sin(x)*cos(y) + 0.1*x^2",
    "(1 - x)^2 + 100*(y - x^2)^2",
    "x^4 - 3*x^2 + x",
    "abs(x) + abs(y)",
    "a*x^2 + b*y^2",
    "exp(-x^2 - y^2)",
    "log(x) + y^2",
    "sqrt(x^2 + y^2)",
    "1/(x*y)",
    "x",
    "3",
    "max(x, y)",
    "floor(x) + y",
    "x^2 - y^2",
    "sin(10*x)/x",
    "tan(x*y)",
    "x**y",
    "λ*x^2",
    "1/x",
    "x^0.5",
    "x^2 +",
    "((x",
    "foo(x)",
    "",
    "x y z",
    "0/0",
    "sin",
    "x^^2",
    "x;y",
    "“x”",
    "f(x",
    "2xy",
    "w^2",
    "1e400*x",
    "*".join(["(x + y)"] * 12),
    "+".join(["sin(x*y)"] * 60),
)
#: Into a field for a name.
NAMES = ("", "A", "mine", "θ & co", "<b>bold</b>", "a" * 300, "Adam", "Adam 2", " x ", "&&", "日本", "e\u0301")


class Hand:
    """Pair of hands at the window.

    Parameters
    ----------
    folder
        Where files are opened from, and saved to.
    watch
        Knows what the window has shown.
    """

    def __init__(self, window, folder: Path, watch):
        self.window, self.folder, self.watch = window, folder, watch
        self.rng = random.Random()
        #: Says what it is about to do.
        self.tell = print

    def choose(self, things):
        """Choose one of them, or None where there is none."""
        things = list(things)
        return self.rng.choice(things) if things else None

    def likely(self, share: float) -> bool:
        return self.rng.random() < share

    def seen(self, kind, inside=None):
        """The widgets of a kind that can be seen and used."""
        root = self.window if inside is None else inside
        found = (w for w in root.findChildren(kind) if w.isVisible() and w.isEnabled())
        return [w for w in found if not w.visibleRegion().isEmpty()]

    def called(self, name, kind=QWidget):
        """Return what is seen of a name, or None."""
        return next((w for w in self.seen(kind) if w.objectName() == name), None)

    @property
    def docks(self):
        return self.window.findChildren(QDockWidget)

    @property
    def map(self):
        """A landscape that is seen, or None."""
        from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot

        return self.choose(self.seen(LandscapePlot))

    @staticmethod
    def name_of(widget) -> str:
        return widget.objectName() or type(widget).__name__

    def spot(self, widget) -> QPoint:
        """Anywhere on a widget."""
        return QPoint(self.rng.randrange(max(widget.width(), 1)), self.rng.randrange(max(widget.height(), 1)))

    def click(self, widget, at=None) -> None:
        QTest.mouseClick(widget, LEFT, NONE, widget.rect().center() if at is None else at)

    def key(self, key, widget=None, modifiers=NONE) -> None:
        QTest.keyClick(widget or QApplication.focusWidget() or self.window, key, modifiers)

    def drag(self, widget, at, moves, modifiers=NONE):
        """Press, move, let go: the window does its work between the moves."""
        QTest.mouseMove(widget, at)
        QTest.mousePress(widget, LEFT, modifiers, at)
        for to in moves:
            yield
            if not _lives(widget):
                return
            QTest.mouseMove(widget, to)
        yield
        if _lives(widget):
            QTest.mouseRelease(widget, LEFT, modifiers, moves[-1] if moves else at)

    def wander(self, at, widget):
        """Places where a dragged mouse goes, now and then far out of the widget."""
        reach = 400 if self.likely(0.1) else 60
        moves = [at]
        for _ in range(self.rng.randint(1, 6)):
            moves.append(moves[-1] + QPoint(self.rng.randint(-reach, reach), self.rng.randint(-reach, reach)))
        return moves[1:]

    def wheel(self, widget, at, notches) -> None:
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def slide(self, slider):
        """Drag the handle of a slider."""
        option = QStyleOptionSlider()
        slider.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        at = slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()
        across = [QPoint(self.rng.randint(-20, slider.width() + 20), at.y()) for _ in range(self.rng.randint(1, 5))]
        yield from self.drag(slider, at, across)

    def write(self, line, text, end=None):
        """Replace what stands in a field, key by key, and end with a key: Enter, Tab, Escape or none."""
        line.setFocus(Qt.FocusReason.MouseFocusReason)
        line.selectAll()
        if not text:
            self.key(Qt.Key.Key_Delete, line)
        pieces = [text] if len(text) > 40 or self.likely(0.5) else list(text)
        for piece in pieces:
            if not (_lives(line) and line.isVisible() and line.isEnabled()):
                return
            if hasattr(line, "insertPlainText"):
                line.insertPlainText(piece)
            else:
                line.insert(piece)
            yield
        end = end or self.choose((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, None))
        if end is not None and _lives(line) and line.isVisible():
            self.key(end, line)

    def text_for(self, line) -> str:
        """Text that a person might write into a field, or might not."""
        name = line.objectName()
        if name == "formula" or (name == "" and line.parentWidget().objectName() == "function"):
            return self.rng.choice(FORMULAS)
        if name.endswith((".name", "name")):
            return self.rng.choice(NAMES)
        return self.rng.choice(NUMBERS if self.likely(0.95) else FORMULAS)

    def path(self, kinds: str, saving: bool) -> str:
        """A path that a person chooses, or "" if not."""
        if self.likely(0.15):
            return ""
        if saving:
            ending = self.rng.choice([end for end in (".json", ".png", ".svg", ".csv", ".npz", "") if end in kinds])
            folder = self.folder / "gone" if self.likely(0.05) else self.folder
            return str(folder / f"out-{self.rng.randrange(4)}{ending}")
        files = sorted(self.folder.iterdir())
        fitting = [p for p in files if p.suffix in kinds and p.suffix]
        return str(self.rng.choice((fitting or files) if self.likely(0.8) else [*files, self.folder / "nothing.json"]))

    def answer_file_dialogs(self) -> None:
        """Qt's own dialogs for files would show this machine's: what is chosen in them comes from the dice."""

        def opened(parent=None, title="", folder="", kinds="", *_, **__):
            return self.path(kinds, saving=False), kinds.split(";;")[0]

        def saved(parent=None, title="", folder="", kinds="", *_, **__):
            return self.path(kinds, saving=True), self.rng.choice(kinds.split(";;"))

        QFileDialog.getOpenFileName = opened
        QFileDialog.getSaveFileName = saved


def _lives(widget) -> bool:
    import shiboken6

    return shiboken6.isValid(widget)


def mouse_over(widget, at) -> None:
    """Move the mouse over a widget, no button down."""
    from PySide6.QtGui import QMouseEvent

    none, place = Qt.MouseButton.NoButton, QPointF(at)
    event = QMouseEvent(QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(at)), none, none, NONE)
    QApplication.sendEvent(widget, event)
