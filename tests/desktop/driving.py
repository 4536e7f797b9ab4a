"""Hands of a person at the window: mouse and keys."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QStyle, QStyleOptionSlider, QWidget

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Results(QObject):
    """Keeps the results that the window was given."""

    def __init__(self, parent):
        super().__init__(parent)
        self.races, self.surfaces, self.advice = [], [], []

    def take_race(self, result):
        self.races.append(result)

    def take_surface(self, surface):
        self.surfaces.append(surface)

    def take_advice(self, result):
        self.advice.append(result)


class Driver:
    """Drives one window."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot
        self.first = self.experiment
        # connected after the window's own methods: what arrives here has been shown
        self.results = Results(window)
        window.session.races.came.connect(self.results.take_race)
        window.session.visible_area.surfaces.came.connect(self.results.take_surface)
        window.session.worker.advised.connect(self.results.take_advice)

    @property
    def experiment(self):
        return self.window.store.experiment

    @property
    def race(self):
        """The race that the window shows."""
        return self.window.session.scene.race

    def widget(self, name, kind=QWidget):
        # buttons of an earlier race may be waiting for their end
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = [w for w in self.window.findChildren(kind, name) if kind is not QWidget or isinstance(w, QWidget)]
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    def action(self, name):
        return self.window.actions_table.by_name[name]

    def text(self, name):
        # an optimizer's box may be called as a field is
        is_field = self.window.findChild(QLineEdit, name) is not None
        return self.widget(name, QLineEdit if is_field else QWidget).text()

    @property
    def message(self):
        return self.text("message")

    def until(self, condition, timeout=10_000):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def wait_for_race(self, timeout=10_000):
        """Until what is shown is the race of the current experiment."""

        def shown():
            races = self.results.races
            latest = races[-1].experiment if races else self.first
            return self.race is not None and latest == self.experiment

        self.until(shown, timeout)

    def change(self, **fields):
        """Change the experiment and wait for its race."""
        self.window.store.change(**fields)
        self.wait_for_race()

    def wait_for_surface(self, view=None):
        """Until the surface is that of what is in view."""

        landscape = self.window.landscape
        if landscape.plot.is_curve:
            # asked for once only, perhaps before anyone listened
            layer = landscape.plot.curve_layer
            self.until(lambda: layer.curve and covers(layer.curve, *landscape.view()[:2]))
            return layer.curve

        def fits():
            surfaces = self.results.surfaces
            left, right, bottom, top = view or self.window.landscape.view()
            return bool(surfaces) and (
                surfaces[-1].x[0],
                surfaces[-1].x[-1],
                surfaces[-1].y[0],
                surfaces[-1].y[-1],
            ) == (left, right, bottom, top)

        self.until(fits)
        return self.results.surfaces[-1]

    def click(self, widget):
        widget = self.widget(widget) if isinstance(widget, str) else widget
        at = widget.rect().center()
        if isinstance(widget, QCheckBox):
            # what lies to the right of the text is not part of the box
            at.setX(8)
        QTest.mouseClick(widget, LEFT, NONE, at)

    def slide(self, slider, to, release=True):
        """Drag a slider's handle with the mouse."""

        def middle():
            option = QStyleOptionSlider()
            slider.initStyleOption(option)
            part = QStyle.SubControl.SC_SliderHandle
            return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()

        at = middle()
        span = slider.maximum() - slider.minimum()
        per_step = (slider.width() - 16) / span
        goal = QPoint(at.x() + round((to - slider.value()) * per_step), at.y())
        QTest.mousePress(slider, LEFT, NONE, at)
        QTest.mouseMove(slider, goal)
        QApplication.processEvents()
        if release:
            QTest.mouseRelease(slider, LEFT, NONE, goal)
        return goal

    def focus(self, widget):
        widget = self.widget(widget) if isinstance(widget, str) else widget
        self.window.activateWindow()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.until(lambda: QApplication.focusWidget() in (widget, widget.focusProxy()))
        return widget

    def unfocus(self):
        """Take the focus away from whatever has it."""
        if QApplication.focusWidget() is not None:
            QApplication.focusWidget().clearFocus()

    def key(self, key, modifiers=NONE):
        """Press a key wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, name, text, enter=True):
        """Replace what stands in a field."""
        line = self.focus(self.widget(name, QLineEdit) if isinstance(name, str) else name)
        line.selectAll()
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(line, letter)
            else:
                line.insert(letter)  # as an input method does
        if not text:
            QTest.keyClick(line, Qt.Key.Key_Delete)
        if enter:
            QTest.keyClick(line, Qt.Key.Key_Return)
        return line

    @property
    def viewport(self):
        return self.window.landscape.plot.viewport()

    def pixel(self, x, y):
        """Place of a point of the function on the landscape's viewport."""
        plot = self.window.landscape.plot
        return plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))

    def point(self, pixel):
        """The point of the function under a pixel."""
        plot = self.window.landscape.plot
        at = plot.box.mapSceneToView(plot.mapToScene(pixel))
        return at.x(), at.y()

    @property
    def handle(self):
        """The pixel in the middle of the start handle."""
        x, *y = self.experiment.start or self.experiment.objective.start
        return self.pixel(x, *(y or [float(self.experiment.objective.value(np.array([x])))]))

    def press(self, at):
        QTest.mouseMove(self.viewport, at)
        QTest.mousePress(self.viewport, LEFT, NONE, at)

    def move(self, to):
        QTest.mouseMove(self.viewport, to)
        QApplication.processEvents()

    def release(self, at):
        QTest.mouseRelease(self.viewport, LEFT, NONE, at)

    def double_click(self, at):
        QTest.mouseClick(self.viewport, LEFT, NONE, at)
        QTest.mouseDClick(self.viewport, LEFT, NONE, at)
        self.release(at)

    def hover(self, widget, at):
        """Move the mouse over a widget, no button down; the real pointer stays where it is."""
        none = Qt.MouseButton.NoButton
        place = QPointF(at)
        event = QMouseEvent(QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(at)), none, none, NONE)
        QApplication.sendEvent(widget, event)

    def wheel(self, at, notches):
        self.wheel_over(self.viewport, notches, at)

    def wheel_over(self, widget, notches, at=None):
        at = widget.rect().center() if at is None else at
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


def covers(curve, left, right):
    """Tell whether a curve is the one that is asked for in a view."""
    more = (right - left) / 2
    return (curve.x[0], curve.x[-1]) == (left - more, right + more)


def pixels(image):
    """A picture as an array ``(rows, columns, 3)``."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def colours_of(found):
    """Count the different colours of pixels ``(…, 3)``."""
    red, green, blue = np.moveaxis(found.astype(np.uint32), -1, 0)
    return len(np.unique(red << 16 | green << 8 | blue))


def count_in(image, color, tolerance=6):
    """Count the pixels of a picture that have a colour."""
    wanted = np.array([color.red(), color.green(), color.blue()])
    return int((np.abs(pixels(image).astype(int) - wanted).max(axis=-1) <= tolerance).sum())


def count(grabbed, color):
    """Count the pixels of what was grabbed from the screen that have a colour."""
    return count_in(grabbed.toImage(), color)
