"""Progress of the computation, at the foot of the window: how far it is, that it was stopped, advice that is tried."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.compute.race_results import AdviceResult, Trying
from gdsim.desktop.session import Session
from gdsim.desktop.views.message import Message
from gdsim.desktop.views.player_bar import PlayerBar
from gdsim.desktop.views.runs.view import RunsView
from gdsim.desktop.views.status import StatusStrip


class Progress(QObject):
    """Shows how far the worker is, and lets a person stop it and go on."""

    def __init__(
        self, session: Session, status: StatusStrip, message: Message, bar: PlayerBar, runs: RunsView, actions: Actions
    ) -> None:
        super().__init__(session)
        self._session, self._status, self._message = session, status, message
        self._bar, self._runs, self._actions = bar, runs, actions
        self._trying = False
        session.staleness.changed.connect(self._show_waiting)
        session.basin_maps.changed.connect(self._show_waiting)
        session.long_works.changed.connect(self._show_waiting)
        session.stopped_race.changed.connect(self.show_stopped)
        session.worker.advised.connect(self._show_advice)
        session.worker.trying.connect(self._show_trying)
        session.worker.failed.connect(self.tell_failed)
        status.again_wanted.connect(session.stopped_race.run_again)
        status.stopped.connect(session.stop_computing)
        self.show_stopped()
        self._allow_stop()

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that end a computation and begin it anew."""
        return {"stop": self._session.stop_computing, "run_again": self._session.stopped_race.run_again}

    def tell_failed(self, sentence: str) -> None:
        """Tell that the worker failed."""
        self._status.done()
        self._session.say(self.tr("The computation failed: {reason}").format(reason=sentence))

    def _show_waiting(self) -> None:
        staleness, maps, work = self._session.staleness, self._session.basin_maps, self._session.long_works.longest
        if staleness.busy:
            self._status.show_progress(staleness.share)
        elif maps.busy:
            self._status.show_progress(maps.share, maps.remaining)
        elif work is not None:
            self._status.show_progress(work.share, work.seconds)
        else:
            self._status.done()
        self._allow_stop()

    def show_stopped(self) -> None:
        """Say that a race was stopped and how to go on, or that none was."""
        if self._session.is_over:
            return
        race, actions = self._session.stopped_race, self._actions
        stopped = race.stopped
        actions.allow("run_again", stopped is not None, self.tr("No race was stopped."))
        self._status.show_stopped(stopped is not None)
        self._bar.set_wanted(0 if stopped is None or stopped.step is None else stopped.of)
        keys = actions.by_name["play"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        sentence = race.sentence(actions.by_name["run_again"].text().replace("&", ""), keys)
        self._message.say(sentence, good=True, stays=True)

    def _allow_stop(self) -> None:
        session = self._session
        works = session.basin_maps.busy or session.long_works.longest is not None
        busy = session.staleness.busy or works or self._trying
        self._actions.allow("stop", busy, self.tr("Nothing is computed now."))

    def _show_advice(self, result: AdviceResult) -> None:
        is_current = result.experiment == self._session.store.experiment
        self._runs.set_advice(result.advice if is_current else {})

    def _show_trying(self, trying: Trying) -> None:
        is_current = trying.experiment == self._session.store.experiment
        self._runs.set_trying(trying.places if is_current else frozenset())
        self._trying = bool(trying.places)
        self._allow_stop()
