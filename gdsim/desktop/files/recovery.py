"""Recovery of the work that a program has left which was ended by force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.text.phrases import error_text
from gdsim.errors import GdsimError

if TYPE_CHECKING:
    from gdsim.storage.files import Document


def offer_recovery(document: DocumentFile, files: FileMenu, say: Callable[[str], object], parent: QWidget) -> None:
    """Ask whether to go on with it, if there is anything; a large table of it is read by the worker."""
    if not document.has_left:
        return
    from gdsim.storage.sources import size_of_table

    files.ahead(size_of_table(document.left), document.recovered, partial(_offer, document, files, say, parent))


def _offer(document: DocumentFile, files: FileMenu, say: Callable[[str], object], parent: QWidget) -> bool:
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
        return False
    question = _tr("gdsim was ended with unsaved changes. Restore them?")
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, _tr("Restore"), question, buttons.Yes | buttons.No)
    if answer != buttons.Yes:
        document.forget_left()
        return False
    if left is not None:
        return files.when_ready(left, partial(document.recover, left))

    def recover(found: Document | None, _: bool) -> bool:
        return found is not None and files.when_ready(found, partial(document.recover, found))

    if not files.with_table(document.recovered, recover):
        say(_tr("What was left is kept, and offered again when gdsim is started the next time."))
        return False
    return True


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recovery", text)
