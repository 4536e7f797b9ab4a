"""What views share: what the window lends to them, and how they are shown a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.overlays import Overlays
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.state.store import Store
from gdsim.simulation.trajectories import Trajectories


class Desk(Protocol):
    """What a session lends to its views.

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
    overlays
        The part of the plane that is seen, and what is drawn there of the gradient.
    """

    store: Store
    worker: Worker
    requests: Requests
    changes: ModelChanges
    selection: Selection
    overlays: Overlays

    def say(self, sentence: str, good: bool = False) -> None:
        """Tell a sentence under the landscape."""


class ShowsScenes(Protocol):
    """A view that is shown every scene."""

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""


class PartByPart:
    """Hands the parts of a scene that have changed to methods of their own, for views that have these still."""

    _shown: Scene | None = None

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""
        before, self._shown = self._shown, scene
        if before is not None and scene.changed(before, "theme"):
            self.set_theme(scene.theme)
        if scene.changed(before, "hidden"):
            self.set_hidden(scene.hidden)
        if scene.race is not None and scene.changed(before, "race"):
            self.set_race(scene.race)
        if scene.changed(before, "step", "digits"):
            self.set_step(scene.step)
        if scene.changed(before, "selection"):
            self.set_chosen(*scene.selection)

    def forget_scene(self) -> None:
        """Have the next scene shown as a whole."""
        self._shown = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""

    def set_step(self, step: int) -> None:
        """Show a step."""

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""


class LazyView(PartByPart, QWidget):
    """Widget of a dock that is made late; it is shown scenes while it is seen."""

    def stop(self) -> None:
        """Do nothing more: nobody looks any longer, or the window is closed; the next scene starts it again."""


@dataclass(frozen=True)
class ViewSpec:
    """A line of the table of late views.

    Attributes
    ----------
    name
        The objectName of the view; its dock is called `name` + "_dock".
    title, tip
        What it is called, and what it shows in one sentence.
    area
        Where its dock lies at first.
    make
        Makes the view; it imports it, too.
    wide
        Whether it needs width more than height: in a narrow window its dock lies below the landscape.
    above
        Whether it belongs beside the landscape, above what lies there at first, in a window that has room for both.
    tall
        Whether it is a drawing that is read from top to bottom, and nothing in it smaller than it is drawn.
    few
        Whether it is for functions of one or two variables only; for others its dock says so.
    """

    name: str
    title: str
    tip: str
    area: Qt.DockWidgetArea
    make: Callable[[Desk, Theme], LazyView]
    wide: bool = False
    above: bool = False
    tall: bool = False
    few: bool = False
