"""Bar over the landscape in which the plane through parameter space is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gdsim.checks import as_count
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.text.slice_phrases import slice_text, slice_tip
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.simulation.fields import HIGHEST_SEED
from gdsim.simulation.sampling.projection import KINDS


class PlaneBar(QWidget):
    """Fields for the kind of plane and what belongs to it, and a sentence on what is seen."""

    def __init__(self, plane: PlaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slice_bar")
        self._plane = plane
        self._names: tuple[str, ...] = ()
        self._weights: bool | None = None
        self._kind = self._box("slice.kind", self.tr("Plane"))
        for kind in KINDS:
            self._kind.addItem("", kind)
        self._first = self._box("slice.first", "")
        self._second = self._box("slice.second", "")
        for box in (self._first, self._second):
            box.setMaxVisibleItems(20)
        self._and = plain_label("×")
        self._seed = NumberField("slice.seed", self.tr("seed of the directions"), self._take_seed)
        self._seed.set_tip(self.tr("What the two directions are drawn from: the same seed gives the same plane."))
        self._seed.fix_width("000000")
        self._seed_label = QLabel(self.tr("seed"))
        self._make_text()
        self._lay_out()
        self._kind.activated.connect(lambda i: plane.choose(kind=self._kind.itemData(i)))
        self._first.activated.connect(lambda i: plane.choose(first=self._names[i]))
        self._second.activated.connect(lambda i: plane.choose(second=self._names[i]))
        plane.changed.connect(self.show_plane)

    def _make_text(self) -> None:
        self.text = plain_label()
        self.text.setObjectName("slice.text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setProperty("role", "faint")
        self.text.setWordWrap(True)
        # it takes the room there is: a long sentence must not widen the window
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _box(self, name: str, spoken: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _call(self, weights: bool) -> None:
        """Speak of weights of a model, or of coordinates of a function."""
        if weights == self._weights:
            return
        self._weights = weights
        titles = {
            "principal": self.tr("where the paths move most"),
            "weights": self.tr("two weights") if weights else self.tr("two coordinates"),
            "random": self.tr("two random directions"),
        }
        for kind, title in titles.items():
            self._kind.setItemText(KINDS.index(kind), title)
        # where there is little room its longest text is cut before anything else gives way
        self._kind.setMinimumWidth(self.fontMetrics().horizontalAdvance(titles["weights"]) + 40)
        if weights:
            self._describe_weights()
        else:
            self._describe_coordinates()

    def _describe_weights(self) -> None:
        self._first.setAccessibleName(self.tr("First weight"))
        self._second.setAccessibleName(self.tr("Second weight"))
        self._kind.setToolTip(self.tr("Which plane through the space of all weights the landscape shows."))
        self._first.setToolTip(self.tr("The weight that grows to the right."))
        self._second.setToolTip(self.tr("The weight that grows upwards."))

    def _describe_coordinates(self) -> None:
        self._first.setAccessibleName(self.tr("First coordinate"))
        self._second.setAccessibleName(self.tr("Second coordinate"))
        self._kind.setToolTip(
            self.tr(
                "Which plane through the space of all coordinates the landscape shows; "
                "random directions are as long as half the bounds are wide."
            )
        )
        self._first.setToolTip(self.tr("The coordinate that grows to the right."))
        self._second.setToolTip(self.tr("The coordinate that grows upwards."))

    def _lay_out(self) -> None:
        #: What else is chosen about what is seen goes to its end.
        self.row = row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(QLabel(self.tr("Plane")))
        for part in (self._kind, self._first, self._and, self._second, self._seed_label, self._seed):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.text)

    def show_plane(self) -> None:
        """Show how the plane is chosen, and what is seen on it."""
        names, cut = self._plane.names, self._plane.cut
        if not names:
            return
        self._call(self._plane.weights)
        if names != self._names:
            self._names = names
            self._fill(self._plane.shown_names)
        for box, text in ((self._first, cut.first), (self._second, cut.second)):
            box.setCurrentIndex(names.index(text) if text in names else -1)
        self._kind.setCurrentIndex(KINDS.index(cut.kind))
        self._seed.show_value(cut.seed)
        for part in (self._first, self._and, self._second):
            part.setVisible(cut.kind == "weights")
        for other in (self._seed_label, self._seed):
            other.setVisible(cut.kind == "random")
        self.text.setText(slice_text(self._plane.seen) if self._plane.seen is not None else "")
        self.text.setToolTip(slice_tip(cut.kind))

    def _fill(self, shown_names: tuple[str, ...]) -> None:
        for box in (self._first, self._second):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(list(shown_names))

    def _take_seed(self, value: float) -> None:
        self._plane.choose(seed=as_count(value, "seed", 0, HIGHEST_SEED))
