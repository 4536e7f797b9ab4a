"""The session: what is worked on and what is shown of it, without a widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.race_results import RaceResult
from gdsim.desktop.compute.races import Races, same_racers, surface_of
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.basin_maps import BasinMaps
from gdsim.desktop.state.long_works import LongWorks
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.state.player import Player
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.state.staleness import Staleness
from gdsim.desktop.state.stopped_race import StoppedRace
from gdsim.desktop.state.store import Store
from gdsim.desktop.state.surface_choice import SurfaceChoice
from gdsim.desktop.state.visible_area import VisibleArea
from gdsim.desktop.text.phrases import error_text
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice


class Session(QObject):
    """An experiment that is raced and looked at: its parts, and the scene that comes of them.

    The store says what is to be raced; races, surfaces and planes come from the worker; player, selection and overlays
    say what is looked at. All of it is put together into one `Scene`, and `shown` tells whenever that is another one.

    Attributes
    ----------
    scene
        What is on screen now.
    store
        The experiment with its history, and what is dragged.
    worker, requests, changes, races
        The thread that computes, and what is asked of it.
    player, selection, overlays, plane, surface_choice, visible_area, basin_maps
        What is looked at.
    staleness, stopped_race, long_works
        Whether what is shown is out of date, how far a race came that was stopped, and what else takes long.
    is_over
        Whether nothing is shown any more: what is on its way may still come.
    """

    #: There is another scene.
    shown = Signal()
    #: A sentence for a person, and whether it is of something good.
    said = Signal(str, bool)

    def __init__(self, experiment: Experiment, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene(experiment, theme)
        # nobody waits at a window that is not open yet
        self._objective = experiment.objective.prepare()
        self.is_over = self._showing = False
        self.store = Store(experiment, self)
        # first of all who listens: what takes long is worked on while panels and views show what they can
        self.store.changed.connect(self._experiment_changed)
        self._make_looking()
        self._make_computing()
        drag = self.store.drag
        self.plane = PlaneState(self.requests, self.selection, drag, self)
        self.plane.set_experiment(experiment)
        self.surface_choice = SurfaceChoice(self.requests, self)
        self.surface_choice.set_experiment(experiment)
        self.visible_area, self.basin_maps = VisibleArea(self), BasinMaps(self)
        self.races.came.connect(self._raced)
        drag.begun.connect(self._drag_begun)
        drag.ended.connect(self._drag_ended)

    def _make_looking(self) -> None:
        self.selection, self.overlays, self.player = Selection(self), Overlays(self), Player(self)
        self.player.moved.connect(self._moved)
        self.player.playing_changed.connect(self._playing_changed)
        self.selection.changed.connect(self._selection_changed)

    def _make_computing(self) -> None:
        drag = self.store.drag
        self.worker = Worker(self)
        self.requests = Requests(self.worker, self)
        self.races = Races(self.worker, lambda: drag.is_active, self)
        self.changes = ModelChanges(self.store, self.requests, self)
        self.staleness = Staleness(self.races, self.worker, self)
        self.staleness.wait_for(self.changes)
        self.staleness.changed.connect(self._staleness_changed)
        self.stopped_race = StoppedRace(self.races, self.worker, lambda: self.store.experiment, self)
        self.long_works = LongWorks(self)

    def start(self) -> None:
        """Have the first race run, and what is seen of the function worked out."""
        self.worker.start()
        # a window that is shown now begins by itself, once it is laid out
        QTimer.singleShot(0, self, self.visible_area.begin)
        self.races.ask(self.store.experiment)

    def stop(self, patience: int | None = None) -> None:
        """End all that goes on, and the thread: at once, or within so many milliseconds if it can."""
        self.is_over = True
        self.player.pause()
        self.staleness.stop()
        self.changes.stop()
        self.basin_maps.stop()
        self.worker.stop(patience)

    def show(self, **parts: object) -> None:
        """Exchange some parts of the scene."""
        before, self.scene = self.scene, self.scene.with_(**parts)
        if self._showing:
            return  # a view that is being shown a scene has brought about another: it is shown to all after that one
        self._showing = True
        try:
            while before is not self.scene:
                before = self.scene
                self.shown.emit()
        finally:
            self._showing = False

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that need no widget."""
        store, player, mark = self.store, self.player, self.overlays.mark
        return {
            "undo": store.undo,
            "redo": store.redo,
            "reset_all": lambda: store.reset(),
            "new_seed": store.draw_seed,
            "arrows": lambda on: mark(arrows=on),
            "arrows_alike": lambda on: mark(alike=on),
            "components": lambda on: mark(components=on),
            "batch_surface": self.surface_choice.set_on,
            "basins": self.basin_maps.set_on,
            "first": player.first,
            "back": player.back,
            "play": self.play,
            "forward": player.forward,
            "last": player.to_end,
        }

    def take_advice(self, advice: Advice) -> None:
        """Change the experiment as advised."""
        self._try(lambda: self.store.take_advice(advice))

    def stop_computing(self) -> None:
        """End what is computed where it is, and keep what there is of it."""
        self.worker.cancel()
        self.changes.stop()
        self.long_works.stop()

    def say(self, sentence: str, good: bool = False) -> None:
        """Tell what went wrong, or what is done; "" to tell nothing more."""
        self.said.emit(sentence, good)

    def say_error(self, error: GdsimError) -> None:
        """Tell what is wrong, or would not be there at the next start; nothing once all is over."""
        if not self.is_over:
            self.say(error_text(error))

    def set_theme(self, theme: Theme) -> None:
        """Show everything in the colours of a theme."""
        self.show(theme=theme)
        self.visible_area.ask_arrows()

    def show_optimizer(self, key: str, shown: bool) -> None:
        """Show an optimizer, or leave it out."""
        self._hide(self.scene.hidden - {key} if shown else self.scene.hidden | {key})

    def move_start(self, start: tuple[float, ...]) -> None:
        """Take a start that was chosen in the landscape, of more than two parameters on the plane that is seen."""
        experiment, seen = self.store.experiment, self.plane.seen
        if experiment.objective.dimension > 2:
            if seen is None:
                return
            start = seen.moved(experiment.start or experiment.objective.start, start)
        self._try(lambda: self.store.change(start=start))

    def put_start(self, place: tuple[float, ...]) -> None:
        """Take the start of a pixel of a map, of more than two parameters the one on the plane that is seen."""
        seen = self.plane.seen
        if seen is not None and self.store.experiment.objective.dimension > 2:
            place = tuple(seen.plane.points(*np.array(place)).tolist())
        self._try(lambda: self.store.change(start=place))

    def play(self) -> None:
        """Play or pause; where there is nothing of the race yet because it was stopped, have it run."""
        if self.stopped_race.is_nothing:
            self.stopped_race.run_again()
        else:
            self.player.toggle()

    def _try(self, change: Callable[[], None]) -> None:
        """Make a change, or say why it cannot be made."""
        try:
            change()
        except GdsimError as error:
            self.say_error(error)

    def _hide(self, hidden: frozenset[str]) -> None:
        self.show(hidden=hidden)
        self.selection.set_hidden(hidden)

    def _experiment_changed(self, experiment: Experiment) -> None:
        self.say("")
        before = self.scene.experiment
        hidden = self.scene.hidden & experiment.names.keys()  # who comes later by the same name is not hidden
        if hidden != self.scene.hidden:
            self._hide(hidden)
        self.plane.set_experiment(experiment)
        self.surface_choice.set_experiment(experiment)
        self.show(experiment=experiment, plane=self.scene.plane if self.plane.seen is not None else None)
        if experiment.objective is not self._objective:
            self._objective = experiment.objective
            self.visible_area.sample()  # asked for first: the race takes longer
        self.races.ask(experiment)
        if surface_of(experiment) != surface_of(before):
            # another surface is another story: it is told from its beginning
            self.player.rewind()
            self.player.play()

    def _raced(self, result: RaceResult) -> None:
        # a result may be on its way at the end; one that was overtaken in a drag is still the newest seen
        if self.is_over or not same_racers(result.experiment, self.store.experiment):
            return
        first, race = self.scene.race is None, result.trajectories
        self.show(race=race)
        self.selection.set_race(race)
        self.plane.set_race(race)
        self.player.set_length(race.steps)
        if first:
            self.player.play()

    def _moved(self, step: int) -> None:
        # while something is dragged whole paths are shown: the batch is still that of the step one stands at
        self.surface_choice.set_step(self.player.step)
        self.show(step=step)

    def _playing_changed(self, playing: bool) -> None:
        self.surface_choice.set_quick(playing)

    def _selection_changed(self) -> None:
        self.show(selection=(self.selection.key, self.selection.run))

    def _staleness_changed(self) -> None:
        self.show(stale=self.staleness.stale and self.scene.race is not None)

    def _drag_begun(self) -> None:
        # at the end there is no next step to be seen: then it is the first
        self.overlays.mark(held=self.player.step if self.player.step < self.player.last else 0)
        self.player.set_whole(True)
        self.surface_choice.set_quick(True)

    def _drag_ended(self) -> None:
        self.overlays.mark(held=None)
        self.player.set_whole(False)
        self.surface_choice.set_quick(self.player.playing)
        self.visible_area.refine()
