"""Views that few people need at once: each is made when it is first looked at, and told only while it is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.base import Desk, LazyView, ViewSpec
from gdsim.desktop.widgets.focus_keys import settle_keys
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.shrinking_scroll_area import ScrollRoom
from gdsim.desktop.window.window_size import ROOMY, is_broad, is_low, room_of

#: The most of the height of a side that a dock takes by itself, and the least of that of the window.
_MOST, _LEAST = 0.66, 0.34
#: What a dock that lies beside the landscape takes of the width of the window.
_WIDE = 0.3
#: The same of one that is read from top to bottom: most of the height of its side, and more of the width.
_TALL, _BROAD = 0.8, 0.36


class LazyDock(QDockWidget):
    """A dock whose view is made when it is first seen."""

    def __init__(self, late: ViewSpec, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(late.title, parent)
        self.setObjectName(f"{late.name}_dock")
        self._late, self._desk, self._theme = late, desk, theme
        self._scene: Scene | None = None
        self._seen = self._placed = False
        self._sentence: QLabel | None = None
        #: What the view lies in, made with it.
        self._area: ScrollRoom | None = None
        #: The view, once it has been seen.
        self.view: LazyView | None = None
        action = self.toggleViewAction()
        action.setToolTip(late.tip)
        action.setStatusTip(late.tip)
        # one that lies behind another comes to the front when it is asked for
        action.triggered.connect(self._come_forward)
        self.visibilityChanged.connect(self._look)

    @property
    def name(self) -> str:
        """The objectName of its view."""
        return self._late.name

    @property
    def title(self) -> str:
        """What it is called."""
        return self._late.title

    def show_scene(self, scene: Scene) -> None:
        """Show a scene, once there is a view that is seen."""
        self._scene, self._theme = scene, scene.theme
        if self._seen and self.view is not None and self._show_or_explain(self.view):
            self.view.show_scene(scene)

    def stop(self) -> None:
        """Do nothing more."""
        if self.view is not None:
            self.view.stop()
            self.view.forget_scene()

    def forget_place(self) -> None:
        """The next time it is asked for it goes where it belongs."""
        self._placed = False

    def place_anew(self) -> None:
        """Go where it belongs in a window that has other room, seen or not: when it is shown it is there already."""
        window, shown = self.parentWidget(), not self.isHidden()
        if not isinstance(window, QMainWindow) or self.isFloating():
            return
        window.addDockWidget(self._late.area, self)
        self.setVisible(shown)
        if not self._tuck_away(window) and shown:
            self._place(window)
            self.raise_()
        self._placed = shown

    def _tuck_away(self, window: QMainWindow) -> bool:
        """Where there is little room beside the landscape it lies behind the parameters; whether that is so."""
        left = [
            dock for dock in _seen_docks(window) if window.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
        ]
        if not left or room_of(window.size(), self._theme.scale) == ROOMY:
            return False
        if self not in left and self not in window.tabifiedDockWidgets(left[0]):
            window.tabifyDockWidget(left[0], self)
        return True

    def prepared(self) -> LazyView:
        """The view as it would be seen now, for a picture of it."""
        if self.view is None:
            self.view = self._late.make(self._desk, self._theme)
            self.view.setObjectName(self.name)
            self._room().show_widget(self.view)
            settle_keys(self.view)
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
        """Whether the function has more variables than its view is for."""
        race = None if self._scene is None else self._scene.race
        return self._late.few and race is not None and race.objective.dimension > 2

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
        """The view for a picture: one that is not seen is laid out as large as it would like to be."""
        view = self.prepared()
        if not self._seen:
            view.resize(view.sizeHint())
            view.grab()
        return view

    def _come_forward(self, shown: bool) -> None:
        if not shown:
            return
        window = self.window()
        # the first time it takes the room it asks for; later it is as a person left it
        if isinstance(window, QMainWindow) and not self.isFloating() and (not self._placed or self._is_crammed(window)):
            self._placed = True
            self._place(window)
            self._widen(window)
        self.raise_()

    def _is_crammed(self, window: QMainWindow) -> bool:
        """Whether other late views lie over or under it that had not been open when it was last."""
        area, behind = window.dockWidgetArea(self), window.tabifiedDockWidgets(self)
        late = [dock for dock in window.findChildren(LazyDock) if dock.isVisible() and not dock.isFloating()]
        late = [dock for dock in late if window.dockWidgetArea(dock) == area and dock not in behind]
        high = sum(dock.view.sizeHint().height() for dock in late if dock.view is not None)
        return len(late) > 1 and high > _MOST * window.height()

    def _place(self, window: QMainWindow) -> None:
        area, below = window.dockWidgetArea(self), Qt.DockWidgetArea.BottomDockWidgetArea
        docks = _seen_docks(window)
        low = [dock for dock in docks if window.dockWidgetArea(dock) == below]
        if self._late.wide and low and area != below and not is_broad(window.size(), self._theme.scale):
            window.addDockWidget(below, self)
            window.tabifyDockWidget(low[0], self)
            room = max(low[0].height(), round(_LEAST * window.height()))
            window.resizeDocks([low[0], self], [room, room], Qt.Orientation.Vertical)
            return
        if self._tuck_away(window):
            return
        beside = [dock for dock in docks if window.dockWidgetArea(dock) == area and dock is not self]
        like = [dock for dock in beside if isinstance(dock, LazyDock)]
        if like or (area != below and beside and is_low(window.size(), self._theme.scale)):
            window.tabifyDockWidget((like or beside)[0], self)
        elif area != below and beside:
            room = self.height() + sum(dock.height() for dock in beside)
            mine = min(self.prepared().sizeHint().height(), round(_MOST * room))
            rest = [(room - mine) // len(beside)] * len(beside)
            if self._late.above:
                window.splitDockWidget(self, beside[0], Qt.Orientation.Vertical)
            window.resizeDocks([self, *beside], [mine, *rest], Qt.Orientation.Vertical)

    def _widen(self, window: QMainWindow) -> None:
        """Beside the landscape it needs width as much as height."""
        wide = round((_BROAD if self._late.tall else _WIDE) * window.width())
        beside = room_of(window.size(), self._theme.scale) == ROOMY
        if (self._late.above or self._late.tall) and beside and self.width() < wide:
            window.resizeDocks([self], [wide], Qt.Orientation.Horizontal)

    def _look(self, seen: bool) -> None:
        self._seen = seen
        if seen:
            first = self.view is None
            self.prepared()
            if first:
                QTimer.singleShot(0, self, self._make_room)
        else:
            self.stop()

    def _make_room(self) -> None:
        """As high as its view would like to be, if two thirds of the column are enough for that."""
        window = self.parentWidget()
        if self.view is None or not isinstance(window, QMainWindow) or self.isFloating():
            return
        layout = window.layout()
        if layout is not None:
            layout.activate()  # else the heights are those of before
        self._widen(window)
        most = _TALL if self._late.tall else 2 / 3
        area, behind = window.dockWidgetArea(self), window.tabifiedDockWidgets(self)
        docks = _seen_docks(window)
        others = [d for d in docks if window.dockWidgetArea(d) == area and d is not self and d not in behind]
        others = [d for d in others if d.x() < self.geometry().right() and self.x() < d.geometry().right()]
        column = self.height() + sum(dock.height() for dock in others)
        height = min(self.view.sizeHint().height(), int(most * column))
        if others and self.height() < height:
            shares = [(column - height) // len(others) for _ in others]
            window.resizeDocks([self, *others], [height, *shares], Qt.Orientation.Vertical)


def _seen_docks(window: QMainWindow) -> list[QDockWidget]:
    return [dock for dock in window.findChildren(QDockWidget) if dock.isVisible() and not dock.isFloating()]


def _sentence(text: str) -> QLabel:
    label = plain_label(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setContentsMargins(12, 12, 12, 12)
    return label
