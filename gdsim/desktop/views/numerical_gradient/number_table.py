"""The exact and the numerical gradient in numbers, coordinate by coordinate."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.objectives import CentralDifference, ForwardDifference
from gdsim.objectives.base import Array

translate = QCoreApplication.translate

Mode = CentralDifference | ForwardDifference


class NumberTable(QWidget):
    """Table of the point, both gradients and their difference there, its length, and the end of the run."""

    def __init__(self) -> None:
        super().__init__()
        self.where = wrapped_label("numerical.where")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self._sizes = wrapped_label("numerical.sizes")
        self._end = wrapped_label("numerical.end")
        self._end.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._end.setToolTip(
            translate("NumericalGradientView", "Where the run ends, with as many digits as numpy prints.")
        )
        #: Every number, by the name of its row and its coordinate.
        self.cells: dict[tuple[str, int], QLabel] = {}
        self._heads = {
            "exact": QLabel(translate("NumericalGradientView", "exact")),
            "numerical": plain_label(),
            "error": QLabel(translate("NumericalGradientView", "error")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.where)
        column.addLayout(self._grid())
        column.addWidget(self._sizes)
        column.addWidget(self._end)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for row, (name, head) in enumerate(self._heads.items()):
            head.setProperty("role", "faint")
            grid.addWidget(head, row + 1, 0)
            for i in range(2):
                cell = self.cells[name, i] = plain_label()
                cell.setObjectName(f"numerical.{name}.{i}")
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, row + 1, i + 1, Qt.AlignmentFlag.AlignRight)
        for i in range(2):
            over = self.cells["head", i] = plain_label()
            over.setProperty("role", "faint")
            grid.addWidget(over, 0, i + 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(3, 1)
        return grid

    def clear(self) -> None:
        """Show no numbers, as no optimizer takes part."""
        self.where.setText(translate("NumericalGradientView", "No optimizer takes part."))
        for label in (*self.cells.values(), self._sizes, self._end):
            label.setText("")

    def show_end(self, point: Array) -> None:
        """Show where the run ends, ``(d,)``."""
        end = np.array2string(point, separator=", ")
        for padded, plain in (("[ ", "["), (",  ", ", "), (" ]", "]")):
            end = end.replace(padded, plain)
        self._end.setText(translate("NumericalGradientView", "end: {point}").format(point=end))

    def show_place(self, name: str, step: int, point: Array) -> None:
        """Show whose numbers these are, and where."""
        where = ", ".join(show(float(x)) for x in point)
        first = translate("NumericalGradientView", "{name}, step {step}").format(name=name, step=step)
        second = translate("NumericalGradientView", "at ({point})").format(point=where)
        self.where.setText(f"{first}\n{second}")

    def show_gradients(self, names: tuple[str, ...], exact: Array, numerical: Array, mode: Mode) -> None:
        """Show both gradients ``(d,)`` in coordinates of these names, and how they differ."""
        for i in range(2):
            there = i < len(exact)
            self.cells["head", i].setText(f"∂f/∂{names[i]}" if there else "")
            for name, vector in (("exact", exact), ("numerical", numerical)):
                self.cells[name, i].setText(show(float(vector[i]), 8) if there else "")
            self.cells["error", i].setText(show(float(numerical[i] - exact[i]), 3) if there else "")
        self._heads["numerical"].setText(short_name(mode.key))
        title = known_text("Gradient", mode.title)
        self._heads["numerical"].setToolTip(f"{title}, h = {show_typed(mode.h)}")
        self._sizes.setText(_sizes_text(exact, numerical))


def short_name(key: str) -> str:
    """Name a kind of differences in one word."""
    return {
        "central": translate("NumericalGradientView", "central"),
        "forward": translate("NumericalGradientView", "forward"),
    }[key]


def wrapped_label(name: str) -> QLabel:
    """A label of some lines."""
    label = plain_label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _sizes_text(exact: Array, numerical: Array) -> str:
    with np.errstate(all="ignore"):
        error, length = float(np.linalg.norm(numerical - exact)), float(np.linalg.norm(exact))
    if not length:
        return translate("NumericalGradientView", "|error| {error}; the gradient is 0").format(error=show(error, 3))
    relative = show(error / length, 3)
    return translate("NumericalGradientView", "|error| {error}, relative {relative}").format(
        error=show(error, 3), relative=relative
    )
