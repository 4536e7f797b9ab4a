"""A question about the text of a formula, and its answers as buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.edits.formula_offers import Offer
from gdsim.desktop.text.phrases import button_text, tip_text
from gdsim.desktop.widgets.flow_layout import FlowLayout
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.wrapping_label import WrappedLabel


class FormulaQuestion(QWidget):
    """The question, and under it a button an answer, in as many lines as they need."""

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula_question")
        self._offers: tuple[Offer, ...] = ()
        self._label = WrappedLabel()
        self._label.setObjectName("formula_question_text")
        self._buttons: list[QToolButton] = []
        answers = QWidget()
        self._answers = FlowLayout(answers, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(answers)
        self.hide()

    def ask(self, question: str, offers: tuple[Offer, ...], before: QWidget) -> None:
        """Show a question, or none; Tab goes from the control `before` to its answers."""
        self.setVisible(bool(offers))
        self._label.setText(question)
        if offers == self._offers:
            return
        self._offers = offers
        while len(self._buttons) < len(offers):
            self._add_button()
        for i, button in enumerate(self._buttons):
            button.setVisible(i < len(offers))
            if i < len(offers):
                button.setText(button_text(offers[i].label))
                button.setToolTip(tip_text(offers[i].meaning))
                button.setAccessibleName(offers[i].meaning)
                QWidget.setTabOrder(before, button)
                before = button

    def _add_button(self) -> None:
        number = len(self._buttons)
        button = QToolButton()
        button.setObjectName(f"formula_answer.{number}")
        button.setProperty("role", "chip")
        button.clicked.connect(self._answer)
        self._buttons.append(button)
        self._answers.addWidget(button)
        keep_own_keys(button)

    def _answer(self) -> None:
        # the button is found by what is shown: what is answered may change it all
        for button, offer in zip(self._buttons, self._offers, strict=False):
            if button is self.sender():
                self.answered.emit(offer)
                return
