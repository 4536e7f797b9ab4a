"""The choice of what a setting map shows: optimizer, measure, axes with their ranges, start or restarts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.setting_map.axis_row import AxisRow
from gdsim.desktop.views.setting_map.choice import Choice, is_mappable
from gdsim.desktop.views.setting_map.texts import measure_text, measure_tip
from gdsim.optimizers import Rule, rule_named
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.scales import Scale
from gdsim.simulation.maps.settings import MEASURES


class MapHead(QWidget):
    """The boxes and fields over a setting map; shows a choice, and tells of another.

    What is chosen once in a while, the axes and the starts, is folded away: the map is to have the room.
    """

    #: Another choice was made.
    chosen = Signal(object)
    #: Another optimizer, by its `Entry.id`.
    optimizer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice, self._rule = Choice(), rule_named("gd")
        self._names: list[tuple[str, str]] = []
        self.optimizer, self.measure = QComboBox(), QComboBox()
        self._name_box(self.optimizer, "map_optimizer", self.tr("Optimizer"))
        self.optimizer.setToolTip(self.tr("The optimizer whose settings are mapped: the chosen one."))
        self.optimizer.activated.connect(lambda k: self.optimizer_chosen.emit(self.optimizer.itemData(k)))
        self._name_box(self.measure, "map_measure", self.tr("Coloured by"))
        for measure in MEASURES:
            self.measure.addItem(measure_text(measure), measure)
            self.measure.setItemData(self.measure.count() - 1, measure_tip(measure), Qt.ItemDataRole.ToolTipRole)
        self.measure.activated.connect(lambda k: self._change(measure=self.measure.itemData(k)))
        titles = self.tr("Across"), self.tr("Up")
        names = "map_x", "map_y"
        self.rows = [AxisRow(names[k], titles[k], partial(self._take_range, k)) for k in range(2)]
        for k, row in enumerate(self.rows):
            row.chosen.connect(partial(self._take_name, k))
            row.scale_chosen.connect(partial(self._take_scale, k))
        self.fold, self._folded = QToolButton(), QWidget()
        self._make_fold()
        self.median = QCheckBox(self.tr("Median over the restarts"))
        self.median.setObjectName("map_median")
        self.median.toggled.connect(lambda on: self._change(median=on))
        self._lay_out()

    def _name_box(self, box: QComboBox, name: str, title: str) -> None:
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setToolTip(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)

    def _make_fold(self) -> None:
        self.fold.setObjectName("map_axes")
        self.fold.setText(self.tr("Axes"))
        self.fold.setToolTip(self.tr("What is on the axes, from where to where, and from which starts it is run."))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self._unfold(False)

    def _unfold(self, on: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self._folded.setVisible(on)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.optimizer, 4)
        line.addWidget(self.measure, 5)
        line.addWidget(self.fold)
        column, folded = QVBoxLayout(self), QVBoxLayout(self._folded)
        for layout in (column, folded):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._folded)
        for row in self.rows:
            folded.addWidget(row)
        folded.addWidget(self.median)

    def show_choice(self, choice: Choice, experiment: Experiment, key: str) -> None:
        """Show a choice for an optimizer; says nothing to anyone."""
        self._choice, self._rule = choice, _rule_of(experiment, key)
        self._list_optimizers(experiment, key)
        for row, axis in zip(self.rows, choice.axes(self._rule), strict=True):
            row.show_axis(self._rule, axis)
        blockers = [QSignalBlocker(self.measure), QSignalBlocker(self.median)]
        self.measure.setCurrentIndex(self.measure.findData(choice.measure))
        self.measure.setToolTip(measure_tip(choice.measure))
        self.median.setChecked(choice.median and experiment.restarts > 0)
        self.median.setEnabled(experiment.restarts > 0)
        tip = self.tr("Run every setting from all random restarts, too, and judge it by the median.")
        none = self.tr("There are no random restarts: ask for some under Start.")
        self.median.setToolTip(tip if experiment.restarts else none)
        for blocker in blockers:
            blocker.unblock()

    def _list_optimizers(self, experiment: Experiment, key: str) -> None:
        mapped = [entry.id for entry in experiment.racing if is_mappable(rule_named(entry.key))]
        names = [(entry_id, optimizer_text(entry_id, experiment)) for entry_id in mapped]
        if names != self._names:
            self._names = names
            self.optimizer.clear()
            for entry_id, name in names:
                self.optimizer.addItem(name, entry_id)
        self.optimizer.setCurrentIndex(self.optimizer.findData(key))

    def _change(self, **parts: object) -> None:
        self.chosen.emit(replace(self._choice, **parts))  # type: ignore[arg-type]  # each is of its field's type

    def _take_name(self, place: int, name: str) -> None:
        self.chosen.emit(self._choice.with_name(self._rule, place, name))

    def _take_scale(self, place: int, scale: Scale) -> None:
        name = self._choice.axis_names(self._rule)[place]
        self.chosen.emit(self._choice.with_scale(self._rule, name, scale))

    def _take_range(self, place: int, low: float, high: float) -> None:
        name = self._choice.axis_names(self._rule)[place]
        self.chosen.emit(self._choice.with_range(self._rule, name, low, high))


def _rule_of(experiment: Experiment, key: str) -> type[Rule]:
    return rule_named(next(entry for entry in experiment.optimizers if entry.id == key).key)
