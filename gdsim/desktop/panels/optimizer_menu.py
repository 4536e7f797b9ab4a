"""The menu of all optimizers, by family."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from gdsim.desktop.text.phrases import known_text
from gdsim.optimizers import FAMILIES, OPTIMIZERS, Family


class OptimizerMenu(QMenu):
    """A menu a family, with a sentence on it, and one on each of its optimizers as a tip.

    Parameters
    ----------
    choose
        Told the key of the one that is chosen.
    """

    def __init__(self, choose: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._choose = choose
        for family in FAMILIES:
            self._add(family)

    def _add(self, family: Family) -> None:
        menu = self.addMenu(known_text("OptimizerFamily", family.title))
        menu.setToolTipsVisible(True)
        summary = menu.addAction(known_text("OptimizerFamily", family.summary))
        summary.setEnabled(False)
        menu.addSeparator()
        for key, rule in OPTIMIZERS.items():
            if rule.family is family:
                action = menu.addAction(known_text("Optimizer", rule.title))
                action.setObjectName(f"add.{key}")
                action.setToolTip(known_text("Optimizer", rule.summary))
                action.triggered.connect(lambda _=False, key=key: self._choose(key))
