"""The list of the optimizers that race, and their hyperparameters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.icons import icon
from gdsim.desktop.look.style import Theme
from gdsim.desktop.panels.optimizer_menu import OptimizerMenu
from gdsim.desktop.panels.optimizer_row import OptimizerRow
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.changes import apart_from_start
from gdsim.desktop.text.phrases import button_text, known_text, rule_text
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.errors import GdsimError
from gdsim.optimizers import OPTIMIZERS, USUAL
from gdsim.simulation.experiment import Experiment


class OptimizersPanel(QWidget):
    """A row for each optimizer, those of a rule under each other, one for every usual rule, and a menu of all rules."""

    #: A row is to be seen.
    sought = Signal(QWidget)

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._theme = store, theme
        self._dots = icon("menu", theme.faint)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        #: The rows from top to bottom, by `Entry.id`.
        self.rows: dict[str, OptimizerRow] = {}
        self._commands: list[QAction] = []
        self._said: tuple[object, ...] = ()
        #: Rules that had a row since the window was opened: one that is switched off keeps it.
        self._met = set(USUAL)
        self._menu: OptimizerMenu | None = None
        self.add = self._add_button()
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def _add_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("add_optimizer")
        button.setText(self.tr("More optimizers…"))
        button.setToolTip(self.tr("All optimizers by family, with a sentence on each."))
        button.clicked.connect(lambda: self.menu().popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def menu(self) -> OptimizerMenu:
        """The menu of all optimizers, made when it is first asked for."""
        if self._menu is None:
            self._menu = OptimizerMenu(self.race, self)
        return self._menu

    def race(self, key: str) -> None:
        """Let an optimizer race, and go to its row."""
        self._met.add(key)
        self._said = ()
        if not any(entry.id == key and entry.enabled for entry in self._store.experiment.optimizers):
            try:
                self._store.enable(key, True)
            except GdsimError as error:
                self.show_experiment(self._store.experiment)
                self.rows[key].complain(error)
        self.show_experiment(self._store.experiment)
        self.rows[key].check.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sought.emit(self.rows[key])

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._dots = icon("menu", theme.faint)
        for row in self.rows.values():
            row.set_theme(theme, self._dots)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show who takes part and with what; while the start is dragged that stays."""
        said = apart_from_start(experiment)
        if said == self._said:
            return
        self._said = said
        entries = {entry.id: entry for entry in experiment.optimizers}
        counts = dict.fromkeys(OPTIMIZERS, 0)
        for racer in experiment.optimizers:
            counts[racer.key] += 1
        self._met |= {entry.key for entry in experiment.optimizers}
        self._arrange(_listed(experiment, self._met))
        for key, row in self.rows.items():
            entry = entries.get(key)
            row.show_entry(entry, experiment, entry is not None and counts[entry.key] > 1)

    def _arrange(self, keys: list[str]) -> None:
        """Make the rows that are missing and take away those that are not needed; all others stay as they are."""
        if keys == list(self.rows):
            return
        for key in [key for key in self.rows if key not in keys]:
            self._take_away(self.rows.pop(key))
        before = self.rows
        rows: dict[str, OptimizerRow] = {}
        for i, key in enumerate(keys):
            rows[key] = before.get(key) or self._make(key, list(rows.values())[-1:])
            if self._column.indexOf(rows[key]) != i:
                self._column.insertWidget(i, rows[key])
        self.rows = rows

    def _make(self, key: str, above: list[OptimizerRow]) -> OptimizerRow:
        row = OptimizerRow(key, self._store, self)
        row.set_theme(self._theme, self._dots)
        row.duplicate_wanted.connect(lambda: self.duplicate(key))
        row.remove_wanted.connect(lambda: self._remove(key))
        row.unfolded.connect(lambda: self.sought.emit(row))
        if self.rows:  # the window settles those that it begins with
            keep_own_keys(row)
            row.show()
            for other in above:
                put_in_tab_order(other.more, row)
        return row

    def _take_away(self, row: OptimizerRow) -> None:
        self._column.removeWidget(row)
        take_away(row)

    def commands(self) -> list[QAction]:
        """The commands on each optimizer, with its name in their text."""
        for action in self._commands:
            action.deleteLater()
        self._commands = []
        for key, row in self.rows.items():
            action = QAction(self.tr("Duplicate {name}").format(name=button_text(row.name)), self)
            action.setStatusTip(self.tr("Race it once more beside itself, with another η, say."))
            action.triggered.connect(lambda _=False, key=key: self.duplicate(key))
            self._commands.append(action)
        self._commands += [self._command_to_add(key) for key in OPTIMIZERS if key not in self._met]
        return self._commands

    def _command_to_add(self, key: str) -> QAction:
        action = QAction(self.tr("Add {name}").format(name=button_text(rule_text(key))), self)
        action.setStatusTip(known_text("Optimizer", OPTIMIZERS[key].summary))
        action.triggered.connect(lambda: self.race(key))
        return action

    def duplicate(self, key: str) -> None:
        """Race an optimizer once more, and go to the η of the new one."""
        writing = self.focusWidget()
        if writing is not None:  # what was typed and not yet entered counts for both
            writing.clearFocus()
        try:
            added = self._store.duplicate(key)
        except GdsimError as error:
            self.rows[key].complain(error)
            return
        row = self.rows[added]
        row.begin_tuning()
        self.sought.emit(row)

    def _remove(self, key: str) -> None:
        keys = list(self.rows)
        place = keys.index(key)
        self._store.remove(key)
        neighbour = self.rows.get(keys[place - 1] if place else keys[1])
        if neighbour is not None:  # the keyboard goes on from where it was
            neighbour.check.setFocus(Qt.FocusReason.OtherFocusReason)


def _listed(experiment: Experiment, met: set[str]) -> list[str]:
    """The rows there are, by `Entry.id`, of rules that were met."""
    ids: dict[str, list[str]] = {key: [] for key in OPTIMIZERS if key in met}
    for entry in experiment.optimizers:
        ids[entry.key].append(entry.id)
    return [id_ for key, own in ids.items() for id_ in own or [key]]
