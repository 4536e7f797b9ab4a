"""Tips with the full position of a run."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeWidget

from gdsim.desktop.views.runs.row import RunRow


class PositionTips(QStyledItemDelegate):
    """Delegate of positions that writes a tip when it is asked for: not for hundreds of rows, at every step."""

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell where the run of a row is."""
        row = view.itemFromIndex(index) if isinstance(view, QTreeWidget) else None
        if event.type() != QEvent.Type.ToolTip or not isinstance(row, RunRow):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), row.position_tip(), view)
        return True
