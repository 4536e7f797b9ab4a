"""Questions about the table that an experiment names by its path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gdsim.desktop.text.phrases import error_text

if TYPE_CHECKING:
    from gdsim.storage.sources import TableError

_translate = QCoreApplication.translate


def ask_table(lost: TableError, parent: QWidget) -> Path | None:
    """Ask which table to read in place of one that is not what it was, or cannot be read; None for none."""
    path, changed = Path(lost.path), lost.why == "changed"
    box = _box("other_table", _sentence(lost, path), path, parent)
    roles = QMessageBox.ButtonRole
    now = box.addButton(_translate("TableQuestion", "Open with the table as it is now"), roles.AcceptRole)
    now.setVisible(changed)
    other = box.addButton(_translate("TableQuestion", "Choose the file…"), roles.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    if pressed is other:
        kinds = _translate("TableQuestion", "Tables (*.csv *.tsv *.txt);;All files (*)")
        found, _ = QFileDialog.getOpenFileName(
            parent, _translate("TableQuestion", "Open data"), str(path.parent), kinds
        )
        return Path(found) if found else None
    return path if pressed is now else None


def _sentence(lost: TableError, path: Path) -> str:
    if lost.why == "changed":
        text = _translate(
            "TableQuestion", "{name} has changed since the experiment was saved, which was made of it as it was then."
        )
    elif not path.exists():
        text = _translate("TableQuestion", "{name}, the table of the experiment, cannot be found.")
    else:
        text = _translate("TableQuestion", "The table of the experiment cannot be read. {reason}")
    return text.format(name=path.name, reason=error_text(lost))


def ask_outside(path: str, parent: QWidget) -> bool:
    """Ask whether a table may be read that lies elsewhere than the file that names it."""
    sentence = _translate("TableQuestion", "The experiment reads a table that lies outside of its own folder. Read it?")
    box = _box("table_outside", sentence, path, parent)
    read = box.addButton(_translate("TableQuestion", "Read the table"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return pressed is read


def _box(name: str, text: str, path: object, parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_translate("TableQuestion", "Open"))
    # told in one text: the second one of a box is taken for HTML where it looks like it
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{text}\n\n{path}")
    return box
