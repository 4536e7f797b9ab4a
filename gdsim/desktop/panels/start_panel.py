"""Form of the start of the runs, their number and their length."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gdsim.desktop.edits.model_edits import own_start
from gdsim.desktop.look.icons import icon
from gdsim.desktop.panels.start_field import StartField
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.function_phrases import is_of_weights
from gdsim.desktop.text.numbers import show
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.simulation.experiment import Experiment

#: Of many coordinates so many are shown.
_FIRST = 3
#: As many can be typed.
_MOST_TYPED = 100


class StartPanel(QWidget):
    """Start x and y, random restarts, seed, steps."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._fields: dict[str, NumberField] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        start = QHBoxLayout()
        self._coordinates: list[list[QWidget]] = []
        self._names: list[QLabel] = []
        for i, name in enumerate(("x", "y")):
            field = self._field(
                f"start_{name}",
                self.tr("start {name}").format(name=name),
                self._starter(i),
                self.tr("Where the first run of every optimizer starts; dragged in the landscape, too."),
            )
            if i:
                start.addSpacing(6)
            label = plain_label(name)
            start.addWidget(label)
            start.addWidget(field, 1)
            self._coordinates.append([label, field])
            self._names.append(label)
        self._many = plain_label()
        self._many.setObjectName("start_many")
        self._many.setWordWrap(True)
        self._many.setToolTip(self.tr("Where the first run of every optimizer starts; dragged in the landscape, too."))
        self._many.hide()
        start.addWidget(self._many, 1)
        self._all = StartField("start_all", self.tr("start"), lambda value: store.change(start=value))
        self._all.line.setToolTip(
            self.tr(
                "Where the first run of every optimizer starts: every coordinate, with commas between them, or one "
                "number for all."
            )
        )
        self._all.hide()
        start.addWidget(self._all, 1)
        self._back = self._make_back()
        start.addWidget(self._back)
        form.addRow(self._label(self.tr("Start"), self._many.toolTip()), start)
        restarts = self._field(
            "restarts",
            self.tr("random restarts"),
            self._changer("restarts"),
            self.tr("How many more runs each optimizer makes, from random places in the bounds: the same for all."),
        )
        form.addRow(self._label(self.tr("Restarts"), restarts.toolTip()), restarts)
        seed = QHBoxLayout()
        drawn = self._field(
            "seed",
            self.tr("seed"),
            self._changer("seed"),
            self.tr("What the random places are drawn from: the same seed gives the same places."),
        )
        seed.addWidget(drawn, 1)
        fresh = QPushButton()
        fresh.setObjectName("new_seed")
        fresh.setText(self.tr("New seed"))
        fresh.setToolTip(self.tr("Draw other random places."))
        fresh.clicked.connect(store.draw_seed)
        seed.addWidget(fresh)
        form.addRow(self._label(self.tr("Seed"), drawn.toolTip()), seed)
        steps = self._field("steps", self.tr("steps"), self._changer("steps"), self.tr("How long every run goes on."))
        form.addRow(self._label(self.tr("Steps"), steps.toolTip()), steps)
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its values."""
        base = self._store.base
        start = experiment.start or experiment.objective.start
        begun = own_start(experiment, base) or experiment.objective.start
        for i, widgets in enumerate(self._coordinates):
            for widget in widgets:
                widget.setVisible(i < len(start) <= 2)
            if i < len(start) <= 2:
                name = experiment.objective.shown_names[i]
                self._names[i].setText(name)
                self._fields[("start_x", "start_y")[i]].line.setAccessibleName(
                    self.tr("start {name}").format(name=name)
                )
        typed = 2 < len(start) <= _MOST_TYPED and not is_of_weights(experiment.objective)
        self._all.setVisible(typed)
        if typed:
            self._all.show_value(tuple(start))
        self._many.setVisible(len(start) > 2 and not typed)
        if len(start) > 2:
            shown = ", ".join(show(x, 3) for x in start[:_FIRST])
            text = "{first}"
            if len(start) > _FIRST:
                weights = is_of_weights(experiment.objective)
                text = self.tr("{count} weights: {first}, …") if weights else self.tr("{count} coordinates: {first}, …")
            self._many.setText(text.format(count=len(start), first=shown))
        self._back.setVisible(len(start) > 2 and tuple(start) != tuple(begun))
        for name, value, first in zip(("start_x", "start_y"), start, begun, strict=False):
            self._fields[name].show_value(value, value == first)
        for name in ("restarts", "seed", "steps"):
            value = getattr(experiment, name)
            self._fields[name].show_value(value, value == getattr(base, name))

    def _field(self, name: str, label: str, take: Callable[[float], None], tip: str) -> NumberField:
        field = NumberField(name, label, take)
        what = "start" if name.startswith("start") else name
        field.set_reset(self.tr("Back to the value as it was opened."), lambda: self._store.reset(what))
        field.set_tip(tip)
        self._fields[name] = field
        return field

    def _make_back(self) -> QToolButton:
        """The way back of many coordinates, for which there is one field, or none."""
        back = QToolButton()
        back.setObjectName("start_many.reset")
        back.setAutoRaise(True)
        back.setIcon(icon("reset", "#8a939c"))
        back.setToolTip(self.tr("Back to the start as it was opened."))
        back.setAccessibleName(back.toolTip())
        back.clicked.connect(lambda: self._store.reset("start"))
        back.hide()
        return back

    def _label(self, text: str, tip: str) -> QLabel:
        label = _Label(text)
        label.setToolTip(tip)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _changer(self, name: str) -> Callable[[float], None]:
        return lambda value: self._store.change(**{name: value})

    def _starter(self, coordinate: int) -> Callable[[float], None]:
        def take(value: float) -> None:
            start = list(self._store.experiment.start or self._store.experiment.objective.start)
            start[coordinate] = value
            self._store.change(start=tuple(start))

        return take


class _Label(QLabel):
    """As wide as the labels of the other forms, or as its text where that is wider."""

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the text: the form reckons with this."""
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        """A width for all."""
        return super().sizeHint().expandedTo(QSize(56, 0))
