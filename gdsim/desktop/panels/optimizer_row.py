"""One optimizer in the list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.drawing.legend import swatch
from gdsim.desktop.keys import put_in_tab_order, settle_keys
from gdsim.desktop.numbers import show_short
from gdsim.desktop.panels.hyper_form import HyperForm
from gdsim.desktop.store import Store
from gdsim.desktop.style import Theme
from gdsim.desktop.words import error_text, known_text, optimizer_text
from gdsim.errors import GdsimError
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import CLIP, Entry, Experiment


class OptimizerRow(QWidget):
    """A check box, a colour, what it holds of its own, and its hyperparameters folded under it."""

    def __init__(self, key: str, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._store = store
        self._rule = OPTIMIZERS[key]
        self._form: HyperForm | None = None
        self._shown: tuple[Entry | None, Experiment] | None = None
        title = known_text("Optimizer", self._rule.title)
        self.check = QCheckBox(title)
        self.check.setObjectName(key)
        self.check.setToolTip(known_text("Optimizer", self._rule.summary))
        self.check.setIconSize(QSize(12, 12))
        self.check.toggled.connect(self._enable)
        self._own = QLabel()
        self._own.setObjectName(f"{key}.own")
        self._fold = QToolButton()
        self._fold.setObjectName(f"{key}.fold")
        self._fold.setCheckable(True)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.setAccessibleName(self.tr("Hyperparameters of {name}").format(name=title))
        self._fold.setToolTip(self.tr("Show or hide the hyperparameters of {name}.").format(name=title))
        self._fold.toggled.connect(self._unfold)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._fold)
        row.addWidget(self.check)
        row.addStretch(1)
        row.addWidget(self._own)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(row)
        self._error = QLabel()
        self._error.setObjectName(f"{key}.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._column.addWidget(self._error)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.check.setIcon(swatch(self.key, theme, theme.pixels(12)))
        self.check.setIconSize(QSize(theme.pixels(12), theme.pixels(12)))

    def show_entry(self, entry: Entry | None, experiment: Experiment) -> None:
        """Show whether it takes part and what it holds of its own."""
        self._shown = (entry, experiment)
        self._error.hide()
        self.check.blockSignals(True)
        self.check.setChecked(entry is not None and entry.enabled)
        self.check.blockSignals(False)
        self.check.setText(optimizer_text(self.key, experiment.ascent))
        own = [] if entry is None else self._own_facts(entry)
        self._own.setText("  ".join(own) if len(own) <= 2 else f"{own[0]}  …")
        tip = self.tr("Values of its own: these do not follow the shared ones.")
        self._own.setToolTip(f"{tip} {', '.join(own)}")
        if self._form is not None:
            self._form.show_entry(entry, experiment)

    def _own_facts(self, entry: Entry) -> list[str]:
        values = entry.values
        facts = [f"{p.symbol} {show_short(float(values[p.name]), 3)}" for p in self._rule.hypers() if p.name in values]
        if entry.schedule is not None:
            facts.append("η(t)")
        if entry.clip is not None:
            facts.append(f"{CLIP.symbol} {show_short(entry.clip, 3)}")
        return facts

    def _enable(self, enabled: bool) -> None:
        try:
            self._store.enable(self.key, enabled)
        except GdsimError as error:
            if self._shown is not None:
                self.show_entry(*self._shown)
            self._error.setText(error_text(error))
            self._error.show()

    def _unfold(self, unfolded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        if unfolded and self._form is None:
            self._form = HyperForm(self._rule, self._store)
            self._column.addWidget(self._form)
            settle_keys(self._form)
            put_in_tab_order(self.check, self._form)
            if self._shown is not None:
                self._form.show_entry(*self._shown)
        if self._form is not None:
            self._form.setVisible(unfolded)
