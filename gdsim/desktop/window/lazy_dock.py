"""Views that few people need at once: each is made when it is first looked at, and told only while it is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.table import ViewSpec
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.shrinking_scroll_area import ScrollRoom
from gdsim.desktop.window.dock_places import PlacedDock
from gdsim.desktop.window.waiting import wait_for

#: A picture waits no longer for what it is to show, in seconds.
_LONGEST = 20.0


class LazyDock(PlacedDock):
    """A dock whose view is made when it is first seen."""

    def __init__(self, spec: ViewSpec, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(spec, theme.scale, parent)
        self._desk, self._theme = desk, theme
        self._scene: Scene | None = None
        self._seen = False
        self._sentence: QLabel | None = None
        #: What the view lies in, made with it.
        self._area: ScrollRoom | None = None
        #: The view, once it has been seen.
        self.view: LazyView | None = None
        action = self.toggleViewAction()
        action.setToolTip(spec.tip)
        action.setStatusTip(spec.tip)
        self.visibilityChanged.connect(self._look)

    @property
    def name(self) -> str:
        """The objectName of its view."""
        return self._spec.name

    @property
    def title(self) -> str:
        """The title of the dock."""
        return self._spec.title

    @property
    def wished_height(self) -> int:
        """The height its view would like to have."""
        return self.prepared().sizeHint().height()

    def show_scene(self, scene: Scene) -> None:
        """Show a scene, once there is a view that is seen."""
        self._scene, self._theme, self._scale = scene, scene.theme, scene.theme.scale
        if self._seen and self.view is not None and self._show_or_explain(self.view):
            self.view.show_scene(scene)

    def stop(self) -> None:
        """Do nothing more."""
        if self.view is not None:
            self.view.stop()
            self.view.forget_scene()

    def prepared(self) -> LazyView:
        """The view as it would be seen now, for a picture of it."""
        if self.view is None:
            assert self._spec.make is not None
            self.view = self._spec.make(self._desk, self._theme)
            self.view.setObjectName(self.name)
            self._room().show_widget(self.view)
            keep_own_keys(self.view)
        if self._show_or_explain(self.view) and self._scene is not None:
            self.view.show_scene(self._scene)
        return self.view

    def _room(self) -> ScrollRoom:
        if self._area is None:
            self._area = ScrollRoom()
            self._area.setObjectName(f"{self.name}_area")
            self.setWidget(self._area)
            self._area.show()
        return self._area

    @property
    def _is_beyond(self) -> bool:
        """Return whether the function has more variables than its view is for."""
        race = None if self._scene is None else self._scene.race
        return self._spec.few and race is not None and race.objective.dimension > 2

    def _show_or_explain(self, view: LazyView) -> bool:
        """The view, or a sentence in its place; whether it is the view."""
        area = self._room()
        if self._is_beyond == (area.widget() is not view):
            return not self._is_beyond
        if self._is_beyond:
            view.stop()
            self._sentence = self._sentence or _sentence(
                self.tr("This view is for functions of one or two variables; this one has more.")
            )
            area.show_widget(self._sentence)
        else:
            area.show_widget(view)
        return not self._is_beyond

    def pictured(self) -> LazyView:
        """The view for a picture: one that is not seen is laid out as large as it would like to be, and worked out."""
        view = self.prepared()
        if not self._seen:
            view.resize(view.sizeHint())
            view.grab()
            view.work_out()
            if not wait_for(lambda: view.is_ready, _LONGEST):
                self.stop()
        return view

    def _look(self, seen: bool) -> None:
        self._seen = seen
        if seen:
            first = self.view is None
            self.prepared()
            if first:
                QTimer.singleShot(0, self, self._make_room)
        else:
            self.stop()


def _sentence(text: str) -> QLabel:
    label = plain_label(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setContentsMargins(12, 12, 12, 12)
    return label
