"""The row of an optimizer in the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QIcon, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.panels.rate_words import RateWords, rate_words
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.phrases import button_text, error_text, known_text, name_text, rule_text, tip_text
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.legend import swatch
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import parts_of

if TYPE_CHECKING:
    from gdsim.desktop.panels.hyper_form import HyperForm

#: Widths of texts are rounded, here and where they are laid out: so many pixels are left free.
_ROUNDING = 3


class OptimizerRow(QWidget):
    """A check box, a colour, its η, a menu, and its hyperparameters folded under it.

    Parameters
    ----------
    key
        What tells it from all others: see `Entry.id`.
    """

    duplicate_wanted = Signal()
    remove_wanted = Signal()
    #: A person has unfolded it, and wants to see what comes out.
    unfolded = Signal()

    def __init__(self, key: str, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._store = store
        self._rule = OPTIMIZERS[parts_of(key)[0]]
        self._form: HyperForm | None = None
        self._menu: QMenu | None = None
        self._told: tuple[object, ...] = ()
        self._objective: Objective | None = None
        self._room = 0
        self._shown: tuple[Entry, str, RateWords] | None = None
        #: Whether there is another one of its rule, so that it can be removed.
        self.several = False
        self.name = ""
        self.check = QCheckBox()
        self.check.setObjectName(key)
        self.check.toggled.connect(self._enable)
        #: Its η, and whose that is.
        self.own = plain_label()
        self.own.setObjectName(f"{key}.own")
        self.fold = self._button("fold", Qt.ArrowType.RightArrow)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.fold.clicked.connect(self._tell_unfolded)
        self.more = self._button("menu")
        self.more.clicked.connect(lambda: self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        self._error = plain_label()
        self._error.setObjectName(f"{key}.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._lay_out()

    def _button(self, name: str, arrow: Qt.ArrowType = Qt.ArrowType.NoArrow) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"{self.key}.{name}")
        button.setArrowType(arrow)
        button.setProperty("role", "narrow")
        return button

    def _lay_out(self) -> None:
        row = self._line = QHBoxLayout()
        row.setSpacing(4)
        # names and numbers are cut to the room there is, and ask for none
        self.check.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.check.setMinimumWidth(60)
        self.own.setMinimumWidth(1)
        for part in (self.fold, self.check, self.own, self.more):
            row.addWidget(part, int(part is self.check))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(row)
        self._column.addWidget(self._error)

    def set_theme(self, theme: Theme, dots: QIcon) -> None:
        """Take the colours of a theme, and the icon of its menu."""
        self.check.setIcon(swatch(self.key, theme, theme.pixels(12)))
        self.check.setIconSize(QSize(theme.pixels(12), theme.pixels(12)))
        self.more.setIcon(dots)
        self.more.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        if self.isVisible():
            self._measure()

    def show_entry(self, entry: Entry | None, experiment: Experiment, several: bool = False) -> None:
        """Show whether it takes part, with which η and what else of its own; what is shown already is left alone.

        It can be removed where there are `several` of its rule.
        """
        self.several = several
        self._error.hide()
        if self._form is not None:
            self._form.show_entry(entry, experiment)
        name, ascent = experiment.names.get(self.key), experiment.ascent
        told = entry, name, ascent, experiment.learning_rate
        if told == self._told and experiment.objective is self._objective:
            return
        self._told, self._objective = told, experiment.objective
        entry = entry or Entry.of_id(self.key, enabled=False)
        called = rule_text(entry.key, ascent) if name is None else name_text(name, ascent)
        shown = entry, called, rate_words(entry, experiment)
        if shown != self._shown:
            self._shown = shown
            self._show()

    def _show(self) -> None:
        assert self._shown is not None
        entry, name, words = self._shown
        self._check(entry.enabled)
        if name != self.name:
            self._call(name)
        self.own.setForegroundRole(
            QPalette.ColorRole.PlaceholderText if words.followed else QPalette.ColorRole.WindowText
        )
        if words.tip != self.own.toolTip():
            self.own.setToolTip(tip_text(words.tip))
        self._fit()

    def _check(self, enabled: bool) -> None:
        self.check.blockSignals(True)
        self.check.setChecked(enabled)
        self.check.blockSignals(False)

    def _call(self, name: str) -> None:
        """Say its name wherever it stands."""
        self.name = name
        self.check.setAccessibleName(name)
        summary = known_text("Optimizer", self._rule.summary)
        told = summary if name.startswith(rule_text(self._rule.key)) else f"{name}: {summary}"
        self.check.setToolTip(tip_text(told))
        self.fold.setAccessibleName(self.tr("Hyperparameters of {name}").format(name=name))
        self.fold.setToolTip(tip_text(self.tr("Show or hide the hyperparameters of {name}.").format(name=name)))
        self.more.setAccessibleName(self.tr("Menu of {name}").format(name=name))
        self.more.setToolTip(tip_text(self.tr("Duplicate, rename or remove {name}.").format(name=name)))

    def _fit(self) -> None:
        """Say as much as there is room for: the number first, then the name, then whose the number is.

        What tells a name from others of its rule stands at its end, and is the last thing to be cut.
        """
        if self._shown is None:
            return
        if not self.isVisible():  # it will be measured when it is seen
            self.own.setText(self._shown[2].texts[0])
            self.check.setText(button_text(self.name))
            return
        measure = partial(text_width, self.check.font())
        texts = self._shown[2].beside(self.name)
        wanted = measure(self.name)
        text = next((text for text in texts if wanted + measure(text) <= self._room), texts[-1])
        self.own.setText(text)
        left = max(self._room - measure(text), 0)
        self.check.setText(button_text(self.name if wanted <= left else self.cut_name(left)))

    def cut_name(self, room: int) -> str:
        """The name in so many pixels; of one that its rule gave it the end is kept, where that leaves room for more."""
        metrics, cut = self.check.fontMetrics(), Qt.TextElideMode.ElideRight
        title = rule_text(self._rule.key, self._store.experiment.ascent)
        end = self.name.removeprefix(title) if self.name.startswith(title) else ""
        begin = self.name.removesuffix(end)
        left = room - metrics.horizontalAdvance(end)
        if left < metrics.horizontalAdvance(begin[:1] + "…"):
            return metrics.elidedText(self.name, cut, room)
        return metrics.elidedText(begin, cut, left) + end

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is other room."""
        super().resizeEvent(event)
        if self.isVisible():
            self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the row, now that it is seen."""
        super().showEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Find out how much room there is for the name and the number together."""
        written = self.check.text().replace("&&", "&")
        box = self.check.sizeHint().width() - text_width(self.check.font(), written)
        buttons = self.fold.sizeHint().width() + self.more.sizeHint().width()
        self._room = self.width() - box - buttons - 3 * self._line.spacing() - _ROUNDING
        self._fit()

    def complain(self, error: GdsimError) -> None:
        """Say under it what was wrong."""
        if self._shown is not None:
            self._check(self._shown[0].enabled)
        self._error.setText(error_text(error))
        self._error.show()

    def menu(self) -> QMenu:
        """The menu of what can be done with it as a whole, made when it is first asked for."""
        if self._menu is None:
            self._menu = QMenu(self)
            for name, text, do in (
                ("duplicate", self.tr("Duplicate"), self.duplicate_wanted.emit),
                ("rename", self.tr("Rename"), self.begin_naming),
                ("remove", self.tr("Remove"), self.remove_wanted.emit),
            ):
                action = self._menu.addAction(text)
                action.setObjectName(f"{self.key}.{name}")
                action.triggered.connect(lambda _=False, do=do: do())
        self._menu.actions()[-1].setEnabled(self.several)
        return self._menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu where the mouse is."""
        self.menu().popup(event.globalPos())

    def begin_naming(self) -> None:
        """Go to the field for its name."""
        self.fold.setChecked(True)
        if self._form is not None:
            self._form.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._form.name.selectAll()

    def begin_tuning(self) -> None:
        """Go to its η, or to what else of it is turned first."""
        self.fold.setChecked(True)
        if self._form is not None:
            line = self._form.first
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()

    def _enable(self, enabled: bool) -> None:
        try:
            self._store.enable(self.key, enabled)
        except GdsimError as error:
            self.complain(error)

    def _tell_unfolded(self, unfolded: bool) -> None:
        if unfolded:
            self.unfolded.emit()

    def _unfold(self, unfolded: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        if unfolded and self._form is None:
            from gdsim.desktop.panels.hyper_form import HyperForm

            self._form = HyperForm(self.key, self._store)
            self._form.duplicate.clicked.connect(self.duplicate_wanted)
            self._column.addWidget(self._form)
            keep_own_keys(self._form)
            put_in_tab_order(self.check, self._form)
            if self._shown is not None:
                self._form.show_entry(self._shown[0], self._store.experiment)
        if self._form is not None:
            self._form.setVisible(unfolded)
