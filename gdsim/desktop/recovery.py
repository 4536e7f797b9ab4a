"""What a program that was ended by force left behind is offered again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from gdsim.desktop.document import DocumentFile
from gdsim.desktop.files_menu import FilesMenu
from gdsim.desktop.words import error_text
from gdsim.errors import GdsimError


def offer_recovery(document: DocumentFile, files: FilesMenu, say: Callable[[str], object], parent: QWidget) -> None:
    """Ask whether to go on with it, if there is anything."""
    from gdsim.storage.sources import table_error

    left, lost = None, False
    try:
        left = document.recovered()
    except GdsimError as error:
        # it is there, but the table that it names is not what it was, or cannot be read
        lost = table_error(error) is not None
        if not lost:
            aside = document.put_left_aside()
            told = _tr("What was left of unsaved work cannot be read, and is kept as {path}: {reason}")
            say(told.format(path=aside, reason=error_text(error)))
    if left is None and not lost:
        return
    question = _tr("gdsim was ended with unsaved changes. Restore them?")
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, _tr("Restore"), question, buttons.Yes | buttons.No)
    if answer != buttons.Yes:
        document.forget_left()
        return
    if lost:
        left, _ = files.with_table(document.recovered)
    if left is None:
        say(_tr("What was left is kept, and offered again when gdsim is started the next time."))
        return
    files.when_ready(left, partial(document.recover, left))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recovery", text)
