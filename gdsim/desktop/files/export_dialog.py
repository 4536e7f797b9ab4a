"""Dialog for a picture: its view and its size."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from gdsim.desktop.files.export import view_names

#: What the dialog ends with when the picture is to be copied.
COPY = 2


class ExportDialog(QDialog):
    """A view and a size in pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export picture"))
        self._view = QComboBox()
        self._view.setObjectName("export.view")
        for name, text in view_names().items():
            self._view.addItem(text, name)
        self._width = self._number("export.width", 1600)
        self._height = self._number("export.height", 1200)
        form = QFormLayout()
        form.addRow(self.tr("What"), self._view)
        form.addRow(self.tr("Width in pixels"), self._width)
        form.addRow(self.tr("Height in pixels"), self._height)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("export.copy")
        copy.setToolTip(self.tr("Put the picture on the clipboard instead."))
        copy.clicked.connect(lambda: self.done(COPY))
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)

    @property
    def view(self) -> str:
        """The name of the view."""
        return str(self._view.currentData())

    @property
    def size_in_pixels(self) -> QSize:
        """The size that the picture is to have."""
        return QSize(self._width.value(), self._height.value())

    def _number(self, name: str, now: int) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(name)
        box.setRange(320, 8000)
        box.setValue(now)
        return box
