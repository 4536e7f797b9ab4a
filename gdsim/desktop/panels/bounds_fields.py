"""The box that is looked at and that the random starts are drawn in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.state.store import Store
from gdsim.desktop.text.function_phrases import is_of_weights
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.experiment import Experiment

_ENDS = ("low", "high")
#: What any of many coordinates is called.
_ANY = "xᵢ"


def _rows(objective: Objective) -> range:
    """The coordinates whose bounds are shown: both, or the first of many that are all alike."""
    if objective.dimension <= 2:
        return range(objective.dimension)
    alike = not is_of_weights(objective) and (objective.bounds == objective.bounds[0]).all()
    return range(int(alike))


class BoundsFields(QWidget):
    """Folded at first: a line that says the bounds; unfolded, a row of two fields a coordinate, or one for all."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._form: QWidget | None = None
        self._fields: dict[tuple[int, str], NumberField] = {}
        self._labels: dict[int, list[QLabel]] = {}
        self._refused: dict[int, tuple[int, float]] = {}
        self._called: tuple[tuple[str, ...], int] = ((), -1)
        self._fold = QToolButton()
        self._fold.setObjectName("bounds")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.toggled.connect(self._unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._fold)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its bounds."""
        objective = experiment.objective
        self._refused.clear()
        # of many coordinates one row stands for all; weights have each their own, and none is looked at by itself
        rows = _rows(objective)
        self.setVisible(bool(rows))
        if not rows:
            return
        self._call((_ANY,) if objective.dimension > 2 else objective.shown_names)
        self._fold.setText(self.tr("Bounds") if self._fold.isChecked() else self._summary(objective))
        if self._form is None:
            return
        for i in range(2):
            there = i < len(rows)
            for widget in (*self._labels[i], *(self._fields[i, end] for end in _ENDS)):
                widget.setVisible(there)
            for k, end in enumerate(_ENDS):
                field = self._fields[i, end]
                field.error.setVisible(there and bool(field.error.text()))
                if there:
                    field.show_value(float(objective.bounds[i, k]))
        self._back.setVisible(experiment.bounds is not None)

    def _call(self, names: tuple[str, ...]) -> None:
        """Say what the bounds are of: of many coordinates they say where random restarts begin, a plane is shown."""
        called, many = (names, len(self._fields)), names == (_ANY,)
        if called == self._called:
            return
        self._called = called
        self._fold.setToolTip(
            self.tr("Where random restarts begin, the same for every coordinate: press to change it.")
            if many
            else self.tr("The part that is shown, and where random restarts begin: press to change it.")
        )
        tips = (
            (
                self.tr("Where the random restarts have their least coordinates."),
                self.tr("Where the random restarts have their greatest coordinates."),
            )
            if many
            else (self.tr("Where the part that is shown begins."), self.tr("Where the part that is shown ends."))
        )
        for (i, end), field in self._fields.items():
            if i >= len(names):
                continue
            name = names[i]
            spoken = (self.tr("{name} from"), self.tr("{name} to"))[_ENDS.index(end)].format(name=name)
            field.line.setAccessibleName(spoken)
            field.set_tip(tips[_ENDS.index(end)])
            if end == _ENDS[0]:
                self._labels[i][0].setText(spoken)

    def _summary(self, objective: Objective) -> str:
        names = objective.shown_names if objective.dimension <= 2 else (_ANY,)
        parts = [
            f"{name} {show_typed(float(low), 4)} … {show_typed(float(high), 4)}"
            for name, (low, high) in zip(names, objective.bounds, strict=False)
        ]
        return ",  ".join(parts)

    def _unfold(self, unfolded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        if unfolded and self._form is None:
            self._form = self._make_form()
            self._column.addWidget(self._form)
            keep_own_keys(self._form)
            put_in_tab_order(self._fold, self._form)
        if self._form is not None:
            self._form.setVisible(unfolded)
        self.show_experiment(self._store.experiment)

    def _make_form(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for i, name in enumerate(("x", "y")):
            self._labels[i] = [plain_label(self.tr("{name} from").format(name=name)), QLabel(self.tr("to"))]
            for k, end in enumerate(_ENDS):
                spoken = (self.tr("{name} from"), self.tr("{name} to"))[k].format(name=name)
                field = NumberField(f"bounds_{name}_{end}", spoken, self._changer(i, k))
                grid.addWidget(self._labels[i][k], 3 * i, 2 * k)
                grid.addWidget(field, 3 * i, 2 * k + 1)
                grid.addWidget(field.error, 3 * i + 1 + k, 0, 1, 4)
                self._fields[i, end] = field
        self._back = QToolButton()
        self._back.setObjectName("bounds.reset")
        self._back.setProperty("role", "chip")
        self._back.setText(self.tr("The function's own bounds"))
        self._back.setToolTip(self.tr("Show the part again that the function shows by itself."))
        self._back.clicked.connect(lambda: self._store.change(bounds=None))
        grid.addWidget(self._back, 6, 0, 1, 4)
        return form

    def _changer(self, coordinate: int, end: int) -> Callable[[float], None]:
        def take(value: float) -> None:
            bounds = [[float(low), float(high)] for low, high in self._store.experiment.objective.bounds]
            rows = range(len(bounds)) if len(bounds) > 2 else (coordinate,)
            for row in rows:
                bounds[row][end] = value
            # one end at a time may be wrong and both together right, as from −5 … 5 to 6 … 10
            which, other = self._refused.get(coordinate, (end, value))
            other = value if which == end else other
            both = [list(ends) for ends in bounds]
            for row in rows:
                both[row][which] = other
            try:
                self._take(both)
            except GdsimError:
                self._refused[coordinate] = (end, value)
                if both == bounds:
                    raise
                self._take(bounds)

        return take

    def _take(self, bounds: list[list[float]]) -> None:
        self._store.change(bounds=tuple((low, high) for low, high in bounds))
