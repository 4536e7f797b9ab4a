"""The controls of the walk: which example goes through the model, and how far it has come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QToolButton, QWidget

from gdsim.desktop.widgets.labels import plain_label

translate = QCoreApplication.translate

#: A place in the walk that is as long as most.
_LONGEST = "00 / 00"


class WalkBar(QWidget):
    """The number of the example and the buttons of the walk, in one row where there is room, else in two."""

    #: Another example is to go through the model, by its row in the data.
    example_wanted = Signal(int)
    #: The next stop is wanted, or with -1 the one before.
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # one row where there is room, which is not what it asks for
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.spin = self._spin()
        next_example = _button(
            "next_example",
            translate("ForwardBackView", "Next example"),
            translate("ForwardBackView", "Let the next example go through the model."),
        )
        next_example.clicked.connect(self._go_to_next_example)
        self.back = _button(
            "walk_back",
            translate("ForwardBackView", "Back"),
            translate("ForwardBackView", "Go one stop of the walk back."),
        )
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.next = _button(
            "walk_next",
            translate("ForwardBackView", "Next"),
            translate(
                "ForwardBackView",
                "Go on: up through the model, to the cost, back through its derivatives, and to the next step.",
            ),
        )
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.place = faint_label("walk_place")
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        for parts in ((self.spin, next_example), (self.back, self.next, self.place)):
            row = QHBoxLayout()
            row.setSpacing(4)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
            self._rows.addLayout(row)

    def _spin(self) -> QSpinBox:
        spin = QSpinBox()
        spin.setObjectName("pass_example")
        spin.setAccessibleName(translate("ForwardBackView", "Example"))
        spin.setToolTip(
            translate(
                "ForwardBackView",
                "Which example goes through the model, by its row in the data. A click on a "
                "point under Data chooses it, too.",
            )
        )
        spin.setMinimum(1)
        spin.valueChanged.connect(lambda value: self.example_wanted.emit(value - 1))
        return spin

    @property
    def example(self) -> int:
        """The row in the data of the example that is shown."""
        return self.spin.value() - 1

    def set_count(self, count: int) -> None:
        """Set how many examples there are."""
        self.spin.blockSignals(True)
        self.spin.setMaximum(count)
        self.spin.setSuffix(f" / {count}")
        self.spin.blockSignals(False)

    def show_example(self, row: int) -> bool:
        """Show the number of an example; whether it is another, and there is one of that number."""
        if row >= self.spin.maximum() or row == self.example:
            return False
        self.spin.blockSignals(True)
        self.spin.setValue(row + 1)
        self.spin.blockSignals(False)
        return True

    def show_place(self, at: int, count: int) -> None:
        """Show at which of so many stops one is."""
        self.back.setEnabled(at > 0)
        self.next.setEnabled(at < count - 1)
        self.place.setText(f"{at + 1} / {count}")

    def fit(self, width: int) -> None:
        """Stand in one row, or in two, by the width that the view has."""
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(_LONGEST))
        rows = [self._rows.itemAt(k) for k in range(2)]
        widths = [row.sizeHint().width() for row in rows if row is not None]
        self.setMinimumWidth(max(widths))
        wide = width > 24 + sum(widths)
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _go_to_next_example(self) -> None:
        last = self.spin.value() == self.spin.maximum()
        self.spin.setValue(1 if last else self.spin.value() + 1)


def faint_label(name: str) -> QLabel:
    """A label that does not ask to be read."""
    label = plain_label()
    label.setObjectName(name)
    label.setProperty("role", "faint")
    return label


def _button(name: str, text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "chip")
    button.setText(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return button
