"""Base of the views: the session that is lent to them, and how they are shown a scene."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.long_works import LongWorks
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.player import Player
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.state.store import Store
from gdsim.simulation.trajectories import Trajectories


class Desk(Protocol):
    """The part of a session that is lent to its views.

    Attributes
    ----------
    store
        The experiment, read and changed.
    worker
        The thread that computes.
    requests
        Has small things computed there.
    changes
        Changes of a model's examples.
    selection
        The run that is looked at closely; a view connects its `changed` to a method of its own.
    long_works
        Is told how far long work is, and stops it.
    overlays
        The part of the plane that is seen, and what is drawn there of the gradient.
    player
        Shows the steps one by one.
    """

    store: Store
    worker: Worker
    requests: Requests
    changes: ModelChanges
    selection: Selection
    overlays: Overlays
    player: Player
    long_works: LongWorks

    def say(self, sentence: str, good: bool = False) -> None:
        """Tell a sentence under the landscape: of what went wrong, or with `good` of what is done."""


class ShowsScenes(Protocol):
    """A view that is shown every scene."""

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""


class SceneView(QWidget):
    """A view that keeps the last scene it was shown, and of what is on screen nothing else.

    Parameters
    ----------
    theme
        The colours and sizes that its parts are made with; from the first scene on, those of the scene count.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first_theme = theme
        self._is_behind = False
        #: The last scene that was shown; None before the first.
        self.scene: Scene | None = None

    @property
    def theme(self) -> Theme:
        """Colours and sizes that are shown."""
        return self._first_theme if self.scene is None else self.scene.theme

    @property
    def race(self) -> Trajectories | None:
        """The race that is shown; None before the first."""
        return None if self.scene is None else self.scene.race

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""
        dressed, before = self.theme, None if self._is_behind else self.scene
        if scene.changed(before, "digits"):
            before = None  # every number is another
        self.scene, self._is_behind = scene, False
        if scene.theme is not dressed:
            self._apply_theme(scene.theme)
        self._show_changes(scene, before)

    def forget_scene(self) -> None:
        """Have the next scene shown as a whole: what was shown may not be seen any more."""
        self._is_behind = True

    def _apply_theme(self, theme: Theme) -> None:
        """Give the parts the colours and sizes of a theme; what is drawn anew besides is up to `_show_changes`."""

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        """Show the parts of a scene that have changed since the one before; all of them if there is none."""
        raise NotImplementedError


class LazyView(SceneView):
    """Widget of a dock that is made when it is first seen; it is shown scenes while it is seen."""

    @property
    def picture(self) -> QWidget:
        """The part of it that goes out as a picture."""
        return self

    @property
    def is_ready(self) -> bool:
        """Return whether all that it shows is there: a picture of a view that nobody sees waits for that."""
        return True

    def work_out(self) -> None:
        """Have worked out what it shows, though nobody sees it."""

    def stop(self) -> None:
        """Do nothing more: nobody looks any longer, or the window is closed; the next scene starts it again."""
