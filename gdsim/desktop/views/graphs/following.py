"""What the views of a graph share: they follow the chosen run, step by step."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.widgets.labels import plain_label
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories


class Place(NamedTuple):
    """The chosen run of a race, at a step."""

    race: Trajectories
    optimizer: int
    run: int
    step: int

    @property
    def point(self) -> Array:
        """Where it is, ``(d,)``."""
        point: Array = self.race.positions[self.step, self.optimizer, :, self.run]
        return point


class FollowingView(LazyView):
    """Shows itself anew with every race, step and choice of a run; those that are of it say how."""

    #: Its size where there is room, before it is scaled.
    _size = (380, 560)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._theme = desk, theme
        self._race: Trajectories | None = None
        self._step = 0
        desk.selection.changed.connect(self._show_if_seen)
        desk.overlays.marks_changed.connect(self._show_if_seen)

    def sizeHint(self) -> QSize:
        """Room for the graph and what is told of it."""
        return QSize(*map(self._theme.pixels, self._size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told keeps its height while its numbers change."""
        super().resizeEvent(event)
        self._give_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._dress(theme)
        self._give_room()
        self._show()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        self._take(race)
        self._show()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self._show()

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self._show()

    def _place(self) -> Place | None:
        """What is followed; None where no optimizer takes part."""
        race = self._race
        place = self._desk.selection.place_in(race) if race is not None else None
        if race is None or place is None:
            return None
        return Place(race, *place, min(self._desk.overlays.marks.step(self._step), race.steps))

    def _dress(self, theme: Theme) -> None:
        """Take the colours of a theme, where that is not done by itself."""
        raise NotImplementedError

    def _take(self, race: Trajectories) -> None:
        """Take what another race is of."""
        raise NotImplementedError

    def _give_room(self) -> None:
        """Share out the height."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show the numbers of the place."""
        raise NotImplementedError


def told(name: str) -> QLabel:
    """A label of some lines."""
    label = plain_label()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label


def scrolled(name: str, inside: QWidget) -> QScrollArea:
    """An area that what is inside can be scrolled in, up and down."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
