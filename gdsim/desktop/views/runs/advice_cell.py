"""Advice in a cell of the table of runs: a button that takes it, or the words that nothing helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QTreeWidgetItem

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.advice_phrases import advice_text, reason_text
from gdsim.desktop.widgets.eliding_label import ElidedButton
from gdsim.desktop.widgets.focus_keys import keep_own_keys

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice

#: Room beside a button, and beside words.
_BESIDE_BUTTON, _BESIDE_WORDS = 4, 10


def show_advice(
    item: QTreeWidgetItem, column: int, key: str, advice: Advice | None, take: Callable[[Advice], object]
) -> None:
    """Offer what helps an optimizer in its row; `take` is called where the button is pressed."""
    tree = item.treeWidget()
    tree.setItemWidget(item, column, None)
    item.setData(column, Qt.ItemDataRole.ForegroundRole, None)
    item.setText(column, advice_text(advice) if advice and not advice.changes else "")
    item.setToolTip(column, reason_text(advice) if advice else "")
    if advice is None or not advice.changes:
        return
    button = ElidedButton(advice_text(advice))
    button.setObjectName(f"advice.{key}")
    button.setProperty("role", "inline")  # no taller than the row
    keep_own_keys(button)
    press = QCoreApplication.translate("Advice", "Press to take it.")
    button.setToolTip(f"{reason_text(advice)} {press}")
    button.clicked.connect(lambda: take(advice))
    tree.setItemWidget(item, column, button)


def show_trying(item: QTreeWidgetItem, column: int, theme: Theme) -> None:
    """Say, faintly, that something is being tried for an optimizer: that is not yet to have nothing to say."""
    item.treeWidget().setItemWidget(item, column, None)
    item.setText(column, QCoreApplication.translate("Advice", "trying…"))
    item.setToolTip(column, QCoreApplication.translate("Advice", "Changes are being tried out that may help."))
    item.setForeground(column, QBrush(QColor(theme.faint)))


def advice_width(items: Sequence[QTreeWidgetItem], column: int) -> int:
    """Width of the widest of what is offered; 0 if nothing is."""
    width = 0
    for item in items:
        tree = item.treeWidget()
        if (button := tree.itemWidget(item, column)) is not None:
            width = max(width, button.sizeHint().width() + _BESIDE_BUTTON)
        if text := item.text(column):
            width = max(width, tree.fontMetrics().horizontalAdvance(text) + _BESIDE_WORDS)
    return width
