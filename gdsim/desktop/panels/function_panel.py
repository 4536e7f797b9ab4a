"""The part of the forms that chooses the function to descend."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMenu, QMessageBox, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.edits.model_edits import is_model
from gdsim.desktop.look.style import Theme
from gdsim.desktop.panels.bounds_fields import BoundsFields
from gdsim.desktop.panels.dimension_field import DimensionField
from gdsim.desktop.panels.formula_editor import FormulaEditor
from gdsim.desktop.panels.function_choice import OWN, FunctionChoice
from gdsim.desktop.panels.function_switch import FunctionSwitch
from gdsim.desktop.panels.parameter_fields import ParameterFields
from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.function_phrases import dimension_text, function_name
from gdsim.desktop.text.phrases import error_text, known_text, tip_text
from gdsim.desktop.widgets.focus_keys import put_in_tab_order
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError, shown
from gdsim.objectives import Function, objective_for
from gdsim.objectives.formula.formula import read
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.desktop.panels.model_panel import ModelPanel


class FunctionPanel(QWidget):
    """A list, the formula, what there is to say about it, its parameters and its bounds."""

    #: The formulas are to be shown typeset, or not any more.
    formulas_wanted = Signal()
    #: A table of a person's own is to be opened.
    table_wanted = Signal()

    def __init__(
        self,
        store: Store,
        requests: Requests,
        changes: ModelChanges,
        own: OwnFunctions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._changes, self._own = store, changes, own
        self._switch = FunctionSwitch(store, requests, changes, self)
        self.choice = FunctionChoice()
        self._error = self._text("function_error", "error")
        self._names = plain_label()
        self.editor = FormulaEditor(store, requests)
        self._dimension = DimensionField(store)
        self._summary = self._text("summary", "faint")
        self._corners = self._text("corners", "faint")
        self._parameters = ParameterFields(store, self.editor.field)
        self._bounds = BoundsFields(store)
        #: Made when the first model is chosen.
        self.model: ModelPanel | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        column.addWidget(self._error)
        column.addLayout(self._make_head())
        for widget in (self.editor, self._dimension, self._summary, self._corners, self._parameters, self._bounds):
            column.addWidget(widget)
        self._error.hide()
        self.choice.chosen.connect(self._choose)
        self.choice.typed.connect(self._take_text)
        self.choice.restored.connect(self._error.hide)
        self._dimension.refused.connect(self._complain)
        self._switch.begun.connect(self.editor.stop)
        self._switch.refused.connect(self._complain)
        self.editor.went_wrong.connect(self._summarise)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.editor)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.editor.restore)
        changes.given_up.connect(self._show_again)
        own.changed.connect(self._show_own)
        store.changed.connect(self.show_experiment)
        self._show_own()
        self.show_experiment(store.experiment)

    def _text(self, name: str, role: str) -> QLabel:
        label = plain_label()
        label.setObjectName(name)
        label.setProperty("role", role)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _make_head(self) -> QHBoxLayout:
        self._names.setObjectName("formula_names")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._names)
        row.addStretch(1)
        self._keep = self._button("keep_function", self.tr("Keep…"), self.tr("Keep it in your own list, under a name."))
        self._keep.clicked.connect(self._keep_it)
        self._more = self._button("own_function", "⋯", self.tr("Rename this function, or take it off your list."))
        self._more.setAccessibleName(self.tr("This function in your list"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self._more)
        for name, text, slot in (
            ("rename_function", self.tr("Rename…"), self._rename_it),
            ("delete_function", self.tr("Take off the list"), self._delete_it),
        ):
            action = QAction(text, menu)
            action.setObjectName(name)
            action.triggered.connect(slot)
            menu.addAction(action)
        self._more.setMenu(menu)
        tip = self.tr("Show the formula and its derivatives typeset, with the numbers of the current step.")
        formulas = self._formulas = self._button("show_formulas", self.tr("∂ Formulas"), tip)
        formulas.clicked.connect(self.formulas_wanted)
        for button in (self._keep, self._more, formulas):
            row.addWidget(button)
        return row

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("role", "chip")
        button.setText(text)
        button.setToolTip(tip)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.editor.set_theme(theme)

    def stop(self) -> None:
        """Work nothing out any more."""
        self.editor.stop()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its function."""
        objective = experiment.objective
        self._error.hide()
        key = getattr(objective, "key", "")
        model = is_model(experiment)
        kept = self._own.named(experiment.name) if experiment.name and not key else None
        listed = kept is not None and kept.text == experiment.function
        self.choice.show_function(key or (OWN + experiment.name if listed else ""), function_name(objective))
        self.choice.tell(objective.text if isinstance(objective, Function) else "")
        # those of the catalogue have no formula that could be typed over
        many = objective.dimension > 2 and not isinstance(objective, Function)
        self._names.setText(f"f({dimension_text(objective)}) =")
        self._names.setVisible(not model)
        for widget in (self.editor, self._formulas):
            widget.setVisible(not (model or many))
        self._dimension.show_experiment(experiment)
        self._show_model(experiment if model else None)
        self._keep.setVisible(not key and (kept is None or kept != OwnFunction.of(experiment, experiment.name)))
        self._more.setVisible(listed)
        if not (model or many):
            self.editor.show_experiment(experiment)
        self._parameters.show_experiment(experiment)
        self._bounds.show_experiment(experiment)
        self._summarise()

    def _show_model(self, experiment: Experiment | None) -> None:
        if experiment is not None and self.model is None:
            from gdsim.desktop.panels.model_panel import ModelPanel

            self.model = ModelPanel(self._store, self._changes)
            self.model.table_wanted.connect(self.table_wanted)
            self._column.insertWidget(self._column.indexOf(self._bounds), self.model)
            put_in_tab_order(self.choice, self.model)
        if self.model is not None:
            self.model.setVisible(experiment is not None)
            if experiment is not None:
                self.model.show_experiment(experiment)

    def _summarise(self) -> None:
        objective = self._store.experiment.objective
        summary = known_text("Function", objective.summary)
        self._summary.setText(summary)
        # the sentence about what is wrong stands in its place
        self._summary.setVisible(bool(summary) and not self.editor.is_wrong)
        corners = objective.corners if isinstance(objective, Function) else ()
        notes = []
        if corners:
            sentence = self.tr("{functions}: corners or jumps; the derivatives are those almost everywhere.")
            notes.append(sentence.format(functions=", ".join(corners)))
        for name in objective.parameters if isinstance(objective, Function) else ():
            if name in ("X", "Y"):
                sentence = self.tr("{name} is a parameter, not the coordinate {coordinate}.")
                notes.append(sentence.format(name=name, coordinate=name.lower()))
        if isinstance(objective, Function) and (head := read(objective.text).likely_head):
            notes.append(self.tr("z is a parameter ({head} … makes it a coordinate).").format(head=head))
        self._corners.setText(" ".join(notes))
        self._corners.setVisible(bool(notes) and not self.editor.is_wrong)

    def _show_again(self) -> None:
        self.show_experiment(self._store.experiment)

    def _show_own(self) -> None:
        self.choice.show_own(function.name for function in self._own.functions)
        self.show_experiment(self._store.experiment)

    def _choose(self, key: str) -> None:
        own = self._own.named(key.removeprefix(OWN)) if key.startswith(OWN) else None
        if own is not None:
            self._switch.to_own(own)
        else:
            self._switch.to_key(key)

    def _take_text(self, text: str) -> None:
        """A formula may be typed into the list, too."""
        try:
            objective_for(text)
        except GdsimError as error:
            if not self.editor.propose(text, error):
                self._complain(error)
            return
        self._switch.to_formula(text)

    def _complain(self, error: GdsimError) -> None:
        self._error.setText(error_text(error))
        self._error.show()

    def _keep_it(self) -> None:
        experiment = self._store.experiment
        name = self.ask_name(self.tr("Keep the function"), experiment.name)
        known = self._own.named(name)
        if not name or (known is not None and known.text != experiment.function and not self.ask_replace(name)):
            return
        if self._try(lambda: self._own.keep(OwnFunction.of(experiment, name))):
            self._call(name)

    def _rename_it(self) -> None:
        old = self._store.experiment.name
        name = self.ask_name(self.tr("Rename the function"), old)
        if name and name != old and self._try(lambda: self._own.rename(old, name)):
            self._call(name)

    def _delete_it(self) -> None:
        name = self._store.experiment.name
        self._try(lambda: self._own.delete(name))

    def ask_name(self, title: str, name: str) -> str:
        """Ask for a name; "" if none is given."""
        asked = self.tr("Name in your own list of {formula}").format(
            formula=shown(str(self._store.experiment.function))
        )
        dialog = QInputDialog(self)
        dialog.setWindowTitle(title)
        dialog.setLabelText(asked)
        dialog.setTextValue(name)
        # as wide as the title, too, is long
        dialog.resize(max(dialog.sizeHint().width(), 28 * self.fontMetrics().height()), dialog.sizeHint().height())
        done = dialog.exec()
        given = dialog.textValue()
        dialog.deleteLater()
        return " ".join(given.split()) if done else ""

    def ask_replace(self, name: str) -> bool:
        """Ask whether another function of that name may go."""
        buttons = QMessageBox.StandardButton
        sentence = self.tr("Your list has another function called {name}. Replace it?").format(name=name)
        text, choices = tip_text(sentence), buttons.Yes | buttons.Cancel
        return QMessageBox.question(self, self.tr("Replace"), text, choices, buttons.Cancel) == buttons.Yes

    def _call(self, name: str) -> None:
        if self._own.named(name) is not None:
            experiment = dataclasses.replace(self._store.experiment, name=name)
            self._store.replace(experiment, self.tr("called {name}").format(name=name))
        self.show_experiment(self._store.experiment)

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except GdsimError as error:
            self._complain(error)
            return False
        return True
