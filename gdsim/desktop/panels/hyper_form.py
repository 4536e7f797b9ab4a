"""The hyperparameters of one optimizer, made from their descriptions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.panels.name_field import NameField
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import known_text, name_text, rule_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.desktop.widgets.schedule_field import ScheduleField
from gdsim.optimizers import OPTIMIZERS, Hyper, Method, Rule
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import Name, parts_of
from gdsim.simulation.shared_values import CLIP


class HyperForm(QWidget):
    """A row a hyperparameter: symbol, field, and a way back to what it would follow.

    Parameters
    ----------
    key
        The optimizer, by its `Entry.id`.
    """

    def __init__(self, key: str, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        rule_key, number = parts_of(key)
        rule = self._rule = OPTIMIZERS[rule_key]
        self._title = f"{rule_text(rule_key)} {number}" if number > 1 else rule_text(rule_key)
        self._store = store
        self._shown: tuple[object, ...] = ()
        self._fields: dict[str, NumberField | QCheckBox] = {}
        self._back: dict[str, QToolButton] = {}
        summary = plain_label(known_text("Optimizer", rule.summary))
        summary.setWordWrap(True)
        summary.setProperty("role", "faint")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        first = self._add_name(grid)
        for row, hyper in enumerate(rule.hypers()):
            self._add(grid, first + 2 * row, hyper)
        last = first + 2 * len(rule.hypers())
        #: Those of its η and its gradient; a method has neither.
        self._schedule: ScheduleField | None = None
        self._clip: NumberField | None = None
        if not issubclass(rule, Method):
            self._add_schedule(grid, last)
            self._add_clip(grid, last + 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 0, 10)
        column.addWidget(summary)
        column.addLayout(grid)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        """The buttons that act on the whole optimizer."""
        self.duplicate = QPushButton(self.tr("Duplicate"))
        self.duplicate.setObjectName(f"{self._key}.form.duplicate")
        self.duplicate.setToolTip(self.tr("Race it once more beside this one, with another η, say."))
        self._reset = QPushButton(self.tr("Reset all"))
        self._reset.setAccessibleName(self.tr("Reset all of {name}").format(name=self._title))
        self._reset.setObjectName(f"{self._key}.reset")
        self._reset.setToolTip(self.tr("Let it follow the shared values and its defaults in everything."))
        self._reset.clicked.connect(lambda: self._store.unset_all(self._key))
        row = QHBoxLayout()
        row.addWidget(self.duplicate)
        row.addWidget(self._reset)
        row.addStretch(1)
        return row

    @property
    def first(self) -> QLineEdit:
        """The field that is turned first: that of its η; of a method that of what stands first, or of its name."""
        fields = [field for field in self._fields.values() if isinstance(field, NumberField)]
        rate = self._fields.get("learning_rate")
        if isinstance(rate, NumberField):
            return rate.line
        return fields[0].line if fields else self.name

    def _add_name(self, grid: QGridLayout) -> int:
        """The field for its name; the row after it."""
        label = QLabel(self.tr("Name"))
        label.setToolTip(self.tr("What it is called everywhere; empty, after its rule and what tells it apart."))
        self.name = NameField(
            f"{self._key}.name",
            self.tr("{name} name").format(name=self._title),
            lambda name: self._store.rename(self._key, name),
        )
        self.name.setToolTip(label.toolTip())
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.name, 0, 1, 1, 2)
        grid.addWidget(self.name.error, 1, 0, 1, 3)
        return 2

    def _add(self, grid: QGridLayout, row: int, hyper: Hyper) -> None:
        name = f"{self._key}.{hyper.name}"
        meaning = known_text("Hyperparameter", hyper.meaning)
        title = self._title
        label = plain_label(known_text("Hyperparameter", hyper.symbol))
        label.setToolTip(f"{hyper.name}: {meaning}")
        grid.addWidget(label, row, 0)
        field: NumberField | QCheckBox
        if isinstance(hyper.default, bool):
            field = QCheckBox()
            field.setObjectName(name)
            field.setAccessibleName(f"{title} {hyper.name}")
            field.setToolTip(f"{hyper.name}: {meaning}")
            field.toggled.connect(self._setter(hyper.name))
        else:
            field = NumberField(name, f"{title} {hyper.name}", self._setter(hyper.name))
            field.set_tip(f"{hyper.name}: {meaning}")
            field.fix_width("0.000000")
            grid.addWidget(field.error, row + 1, 0, 1, 3)
        grid.addWidget(field, row, 1)
        self._fields[hyper.name] = field
        default = self.tr("Press to go back to the default, {value}.").format(value=show_typed(float(hyper.default)))
        back = self._way_back(
            name,
            self.tr("follow {symbol}").format(symbol=hyper.symbol) if hyper.follows else self.tr("default"),
            self._follow_tip(hyper.symbol) if hyper.follows else default,
            lambda: self._store.unset_value(self._key, hyper.name),
        )
        grid.addWidget(back, row, 2)
        self._back[hyper.name] = back

    def _add_schedule(self, grid: QGridLayout, row: int) -> None:
        title, key = self._title, self._key
        label = QLabel(self.tr("Schedule"))
        label.setToolTip(self.tr("How η goes on from where it starts."))
        label.setContentsMargins(0, 4, 0, 0)  # it stands beside the first line of the field
        name = self.tr("{name} schedule").format(name=title)
        field = self._schedule = ScheduleField(
            f"{key}.schedule", name, lambda schedule: self._store.set_own(key, schedule=schedule), own=True
        )
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, row, 1, 1, 2)

    def _add_clip(self, grid: QGridLayout, row: int) -> None:
        title, key = self._title, self._key
        meaning = known_text("Hyperparameter", CLIP.meaning)
        label = QLabel(self.tr("Clip at"))
        label.setToolTip(meaning)
        field = self._clip = NumberField(
            f"{key}.clip",
            self.tr("{name} clipping").format(name=title),
            lambda value: self._store.set_own(key, clip=value),
        )
        field.set_tip(meaning)
        field.fix_width("0.000000")
        self._clip_back = self._way_back(
            f"{key}.clip",
            self.tr("follow {symbol}").format(symbol=CLIP.symbol),
            self._follow_tip(CLIP.symbol),
            lambda: self._store.set_own(key, clip=None),
        )
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(self._clip_back, row, 2)
        grid.addWidget(field.error, row + 1, 0, 1, 3)

    def _way_back(self, name: str, text: str, tip: str, go: Callable[[], None]) -> QToolButton:
        back = QToolButton()
        back.setObjectName(f"{name}.follow")
        back.setProperty("role", "chip")
        back.setText(text)
        back.setToolTip(tip)
        back.clicked.connect(lambda: go())
        return back

    def _follow_tip(self, symbol: str) -> str:
        tip = self.tr("Holds its own value: press to let it follow the shared {symbol} again.")
        return tip.format(symbol=symbol)

    def show_entry(self, entry: Entry | None, experiment: Experiment) -> None:
        """Show all values, those that are followed faintly; what is shown already is left alone."""
        entry = entry or Entry.of_id(self._key)
        rule = entry.rule({"learning_rate": experiment.learning_rate, "momentum": experiment.momentum})
        name = Name(entry.key) if entry.name else experiment.names.get(self._key, Name(entry.key))
        made = name_text(name, experiment.ascent)
        shown = entry, rule, experiment.schedule, experiment.clip, made
        if shown == self._shown:
            return
        self._shown = shown
        self.name.show_name(entry.name, made)
        self._show(entry, rule, experiment)

    def _show(self, entry: Entry, rule: Rule, experiment: Experiment) -> None:
        own_fields = [entry.schedule is not None, entry.clip is not None]
        self._reset.setVisible(len(entry.values) + sum(own_fields) > 1)
        if self._schedule is not None:
            self._schedule.show_schedule(entry.schedule, experiment.schedule)
        if self._clip is not None:
            self._clip.show_value(experiment.clip if entry.clip is None else entry.clip)
            self._clip.set_faint(entry.clip is None)
            self._clip_back.setVisible(entry.clip is not None)
        for hyper in self._rule.hypers():
            own = hyper.name in entry.values
            field, value = self._fields[hyper.name], getattr(rule, hyper.name)
            if isinstance(field, NumberField):
                field.show_value(value)
                field.set_faint(not own)
            else:
                field.blockSignals(True)
                field.setChecked(bool(value))
                field.blockSignals(False)
            self._back[hyper.name].setVisible(own)

    def _setter(self, name: str) -> Callable[[float], None]:
        return lambda value: self._store.set_value(self._key, name, value)
