"""The formula of the current function, to be typed over at any time."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.desktop.compute.preload import fetch
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.edits.formula_edit import check_typed, is_short, settled, shown_text, typed_experiment
from gdsim.desktop.edits.formula_offers import Offer, offers, question_text
from gdsim.desktop.look.style import Theme
from gdsim.desktop.panels.formula_question import FormulaQuestion
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.widgets.formula_field import FormulaField
from gdsim.desktop.widgets.wrapping_label import WrappedLabel
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.experiment import Experiment

#: What is typed is worked out at once; a long formula, which takes its time and cannot be given up, is when no key has
#: been pressed for so long, in milliseconds.
_PAUSE = 150


class FormulaEditor(QWidget):
    """Reads at every key; what can be read is worked out by the worker and then becomes the function.

    While the text is wrong, a sentence says so, or a question is asked, and all else stays as it is.
    """

    #: Whether a sentence or a question stands under the field.
    went_wrong = Signal(bool)

    def __init__(self, store: Store, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._requests = store, requests
        self._wanted = ""
        #: Longer names of which a person has said that they are parameters.
        self._answered: set[str] = set()
        self._replacing = self._ending = False
        self._shown: Objective | None = None
        self._begin()
        self.field = FormulaField("formula")
        self.field.setAccessibleName(self.tr("Formula of the function"))
        # lines of its own: Qt breaks none
        self.field.setToolTip(
            self.tr(
                "A function of x, of x and y, or of x1, x2 …, w1, w2 …\n"
                "Any other letter is a parameter with a slider.\n"
                "\n"
                "3x^2 + sin(2x) y\n"
                "where(x > 0, x^2, -x)\n"
                "sum(x_i^2, i, 1, 10)\n"
                "f(w, b) = (w - 3)^2 + a b^2\n"
                "\n"
                "LaTeX can be pasted. F1 tells more."
            )
        )
        self.error = WrappedLabel()
        self.error.setObjectName("formula_error")
        self.error.setProperty("role", "error")
        self.error.hide()
        self.question = FormulaQuestion()
        self.question.answered.connect(self._take_answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.error)
        column.addWidget(self.question)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._work_out)
        self.field.typed.connect(self.take)
        self.field.settled.connect(self._settle)
        # whoever comes to type right at the start waits for SymPy only
        self.field.entered.connect(self._warm_up)

    @property
    def is_wrong(self) -> bool:
        """Tell whether a sentence or a question stands under the field."""
        return not (self.error.isHidden() and self.question.isHidden())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.field.set_theme(theme)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the formula of the current function, unless it is just this that is being typed."""
        if self._replacing:
            self._shown = experiment.objective
            return
        changed = self._shown is None or self._shown.text != experiment.objective.text
        self._shown = experiment.objective
        self._begin()
        if changed:
            self.restore()

    def restore(self) -> None:
        """Show the last formula that was right."""
        self._forget()
        self._tell(None)
        if self._shown is not None:
            self.field.show_text(shown_text(self._shown))

    def take(self, text: str) -> None:
        """A text was typed."""
        self._forget()
        self._ending = False
        try:
            check_typed(text, self._before, self._answered)
        except GdsimError as error:
            self._tell(error)
            self._go_back(text, error)
            return
        self._tell(None)
        if self._shown is None or text.strip() not in (self._shown.text, shown_text(self._shown)):
            self._wanted = text
            if is_short(text):
                self._work_out()
            else:
                self._timer.start()

    def propose(self, text: str, error: GdsimError) -> bool:
        """Put a text into the field, as if it had been typed there, if its error is a question; else return False."""
        if not (offers(error, text) and self.isVisible()):
            return False
        self.field.setFocus()
        self.field.retype(text)
        return True

    def stop(self) -> None:
        """Work nothing out any more."""
        self._forget()

    def _begin(self) -> None:
        """Begin a change: all that is typed from now on belongs to it."""
        self._burst = object()
        self._before = self._store.experiment
        #: What has become the function since, and of which text.
        self._taken: list[tuple[str, Experiment]] = []

    def _forget(self) -> None:
        self._wanted = ""
        self._timer.stop()
        self._requests.forget("formula")

    def _settle(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._work_out()
        self._ending = bool(self._wanted)
        if not self._ending:
            self._begin()

    def _work_out(self) -> None:
        try:
            objective = self._typed().objective
        except GdsimError as error:
            self._tell(error)
            return
        self._requests.send("formula", objective.prepare_look, self._take_over)

    def _typed(self) -> Experiment:
        return typed_experiment(self._store.experiment, self._before, self._wanted, self._answered)

    def _take_answer(self, offer: Offer) -> None:
        self.field.setFocus()
        if offer.name:
            self._answered.add(offer.name)
            self.take(self.field.text())
        else:
            self.field.retype(offer.text)

    def _take_over(self, _: object, error: GdsimError | None) -> None:
        try:
            if error is not None:
                raise error
            experiment = settled(self._typed(), self._before)
            self._replace(experiment)
            self._taken.append((self._wanted, experiment))
        except GdsimError as wrong:
            self._tell(wrong)
        self._wanted = ""
        if self._ending:
            self._begin()

    def _replace(self, experiment: Experiment) -> None:
        self._replacing = True
        try:
            self._store.replace(experiment, burst=self._burst)
        finally:
            self._replacing = False

    def _go_back(self, text: str, error: GdsimError) -> None:
        """Have the function from before the word that is wrong: what its first letters meant was never meant."""
        column, taken = getattr(error, "column", None), len(self._taken)
        while column and self._taken:
            last = self._taken[-1][0].rstrip()
            if not (text.startswith(last) and len(last) >= column):
                break
            self._taken.pop()
        if len(self._taken) < taken:
            self._replace(self._taken[-1][1] if self._taken else self._before)

    def _warm_up(self) -> None:
        self._requests.send("warm", fetch, _nothing)

    def _tell(self, error: GdsimError | None) -> None:
        was = self.is_wrong
        choices = offers(error, self.field.text()) if error is not None else ()
        self.question.ask(question_text(error) if error is not None else "", choices, self.field)
        self.error.setText(error_text(error) if error is not None else "")
        self.error.setVisible(error is not None and not choices)
        self.field.mark(getattr(error, "column", None) if error is not None else None)
        if was != self.is_wrong:
            self.went_wrong.emit(self.is_wrong)


def _nothing(*_: object) -> None:
    pass
