"""Base of the views of a graph: they show the numbers of the selected run, step by step."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.run_point import RunPoint, held_point
from gdsim.desktop.widgets.labels import plain_label
from gdsim.simulation.trajectories import Trajectories

#: Parts of a scene that the numbers go by.
_NUMBERS = ("race", "step", "selection", "marks", "theme", "digits")


class PointView(LazyView):
    """Shows itself anew with every race, step and selection; those that are of it say how."""

    #: Its size where there is room, before it is scaled.
    _size = (380, 560)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self._desk = desk

    def sizeHint(self) -> QSize:
        """Room for the graph and the texts below it."""
        return QSize(*map(self.theme.pixels, self._size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts keep their height while their numbers change."""
        super().resizeEvent(event)
        self._give_room()

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if scene.changed(before, "theme"):
            self._give_room()
        if scene.race is not None and scene.changed(before, "race"):
            self._take(scene.race)
        if scene.changed(before, *_NUMBERS):
            self._show_numbers()

    def _point(self) -> RunPoint | None:
        """The point whose numbers are shown; None where no optimizer takes part."""
        return held_point(self.scene)

    def _take(self, race: Trajectories) -> None:
        """Take what another race is of."""
        raise NotImplementedError

    def _give_room(self) -> None:
        """Share out the height."""
        raise NotImplementedError

    def _show_numbers(self) -> None:
        """Show the numbers of the point."""
        raise NotImplementedError


def wrapped_label(name: str) -> QLabel:
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
