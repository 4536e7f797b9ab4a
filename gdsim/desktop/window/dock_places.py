"""Places of docks round the landscape and their sizes, by the room that the window has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QWidget

from gdsim.desktop.views.table import ViewSpec
from gdsim.desktop.window.window_size import CRAMPED, CROWDED, ROOMY, is_broad, is_low, room_of

_UNKNOWN = -1
#: Room, and whether the window is broad, and low.
_Kind = tuple[int, bool, bool]
#: The most of the height of a side that a dock takes by itself, and the least of that of the window.
_MOST, _LEAST = 0.66, 0.34
#: What a dock that lies beside the landscape takes of the width of the window.
_WIDE = 0.3
#: The same of one that is read from top to bottom: most of the height of its side, and more of the width.
_TALL, _BROAD = 0.8, 0.36


class PlacedDock(QDockWidget):
    """A dock that is opened as it is needed, and finds its place then by its row in the table of views."""

    def __init__(self, spec: ViewSpec, scale: float, parent: QWidget | None = None) -> None:
        super().__init__(spec.title, parent)
        self.setObjectName(f"{spec.name}_dock")
        self._spec, self._scale = spec, scale
        self._placed = False
        # one that lies behind another comes to the front when it is asked for
        self.toggleViewAction().triggered.connect(self._come_forward)

    @property
    def wished_height(self) -> int:
        """The height it would like to have."""
        return self.sizeHint().height()

    def forget_place(self) -> None:
        """Go where it belongs the next time it is asked for."""
        self._placed = False

    def place_anew(self) -> None:
        """Go where it belongs in a window that has other room, seen or not: when it is shown it is there already."""
        window, shown = self.parentWidget(), not self.isHidden()
        if not isinstance(window, QMainWindow) or self.isFloating():
            return
        window.addDockWidget(self._spec.area, self)
        self.setVisible(shown)
        if not self._tuck_away(window) and shown:
            self._place(window)
            self.raise_()
        self._placed = shown

    def _tuck_away(self, window: QMainWindow) -> bool:
        """Lie behind the parameters where there is little room beside the landscape; whether that is so."""
        left = [
            dock for dock in _seen_docks(window) if window.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
        ]
        if not left or room_of(window.size(), self._scale) == ROOMY:
            return False
        if self not in left and self not in window.tabifiedDockWidgets(left[0]):
            window.tabifyDockWidget(left[0], self)
        return True

    def _come_forward(self, shown: bool) -> None:
        if not shown:
            return
        window = self.window()
        # the first time it takes the room it asks for; later it is as a person left it
        if isinstance(window, QMainWindow) and not self.isFloating() and (not self._placed or self._is_crammed(window)):
            self._placed = True
            self._place(window)
            self.widen(window)
        self.raise_()

    def _is_crammed(self, window: QMainWindow) -> bool:
        """Tell whether docks lie over or under it that had not been open when it was last."""
        area, behind = window.dockWidgetArea(self), window.tabifiedDockWidgets(self)
        placed = [dock for dock in window.findChildren(PlacedDock) if dock.isVisible() and not dock.isFloating()]
        placed = [dock for dock in placed if window.dockWidgetArea(dock) == area and dock not in behind]
        high = sum(dock.wished_height for dock in placed)
        return len(placed) > 1 and high > _MOST * window.height()

    def _place(self, window: QMainWindow) -> None:
        area, below = window.dockWidgetArea(self), Qt.DockWidgetArea.BottomDockWidgetArea
        docks = _seen_docks(window)
        low = [dock for dock in docks if window.dockWidgetArea(dock) == below]
        if self._spec.wide and low and area != below and not is_broad(window.size(), self._scale):
            window.addDockWidget(below, self)
            window.tabifyDockWidget(low[0], self)
            room = max(low[0].height(), round(_LEAST * window.height()))
            window.resizeDocks([low[0], self], [room, room], Qt.Orientation.Vertical)
            return
        if self._tuck_away(window):
            return
        beside = [dock for dock in docks if window.dockWidgetArea(dock) == area and dock is not self]
        like = [dock for dock in beside if isinstance(dock, PlacedDock)]
        if like or (area != below and beside and is_low(window.size(), self._scale)):
            window.tabifyDockWidget((like or beside)[0], self)
        elif area != below and beside:
            room = self.height() + sum(dock.height() for dock in beside)
            mine = min(self.wished_height, round(_MOST * room))
            rest = [(room - mine) // len(beside)] * len(beside)
            if self._spec.above:
                window.splitDockWidget(self, beside[0], Qt.Orientation.Vertical)
            window.resizeDocks([self, *beside], [mine, *rest], Qt.Orientation.Vertical)

    def widen(self, window: QMainWindow) -> None:
        """Take the width that it needs beside the landscape, as much as height."""
        wide = round((_BROAD if self._spec.tall else _WIDE) * window.width())
        beside = room_of(window.size(), self._scale) == ROOMY
        if (self._spec.above or self._spec.tall) and beside and self.width() < wide:
            window.resizeDocks([self], [wide], Qt.Orientation.Horizontal)

    def _make_room(self) -> None:
        """Take the height that it would like to have, if two thirds of the column are enough for that."""
        window = self.parentWidget()
        if not isinstance(window, QMainWindow) or self.isFloating():
            return
        layout = window.layout()
        if layout is not None:
            layout.activate()  # else the heights are those of before
        self.widen(window)
        most = _TALL if self._spec.tall else 2 / 3
        area, behind = window.dockWidgetArea(self), window.tabifiedDockWidgets(self)
        docks = _seen_docks(window)
        others = [d for d in docks if window.dockWidgetArea(d) == area and d is not self and d not in behind]
        others = [d for d in others if d.x() < self.geometry().right() and self.x() < d.geometry().right()]
        column = self.height() + sum(dock.height() for dock in others)
        height = min(self.wished_height, int(most * column))
        if others and self.height() < height:
            shares = [(column - height) // len(others) for _ in others]
            window.resizeDocks([self, *others], [height, *shares], Qt.Orientation.Vertical)


class DockPlaces:
    """The places and sizes of all docks of a window: the landscape is the biggest.

    Parameters
    ----------
    docks
        First of all those of parameters, curves and table.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        self._window, self._docks = window, docks
        self._room, self._low = ROOMY, False
        #: What kind of window the sizes of the docks are for.
        self._sized_for: _Kind | None = None

    def reset(self, scale: float) -> None:
        """Give all docks their places anew: they may lie as in a window of another size."""
        self._room = _UNKNOWN
        self.fit(scale)
        for dock in self._docks:
            if isinstance(dock, PlacedDock):
                dock.forget_place()

    def fit(self, scale: float, size: QSize | None = None) -> None:
        """Give the docks places and sizes that fit the window.

        Parameters
        ----------
        size
            What the window keeps, though larger text may have made it grow before everything is in its place.
        """
        size = size or self._window.size()
        room, low = room_of(size, scale), is_low(size, scale)
        if room != self._room:
            self._place_docks(room)
        if (room, low) != (self._room, self._low):
            self._place_rest(room)
        self._room, self._low = room, low
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # else the least sizes are those of before
        if size != self._window.size() and not self._window.isMaximized() and not self._window.isFullScreen():
            self._window.resize(size)
        self._size_docks(size, scale)

    def take_restored(self, scale: float, before: QSize | None) -> None:
        """Leave the docks the sizes that were restored, unless they were made `before` for another kind of window."""
        self._sized_for = None if before is None else _kind(before, scale)
        self.refit(scale)
        self._sized_for = _kind(self._window.size(), scale)

    def refit(self, scale: float) -> None:
        """Give the docks sizes that fit the window, if those they have were made for one of another kind."""
        size = self._window.size()
        if self._sized_for in (None, _kind(size, scale)):
            return
        self._size_docks(size, scale)
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # else the widths are those of before
        for dock in self._docks:
            if isinstance(dock, PlacedDock) and dock.isVisible() and not dock.isFloating():
                dock.widen(self._window)

    def _size_docks(self, size: QSize, scale: float) -> None:
        self._sized_for = _kind(size, scale)
        parameters, loss, runs = self._docks[:3]
        area = parameters.widget()
        form = area.widget() if isinstance(area, QScrollArea) else None
        inside = form.minimumSizeHint().width() + 24 if form is not None else 0
        left = min(max(round(296 * scale), inside), round(0.46 * size.width()))
        right = 400 if is_broad(size, scale) else round(236 * scale)
        high = 230 if size.height() >= 800 else 190
        high = min(round(high * scale), round((0.4 if self._room == ROOMY else 0.3) * size.height()))
        self._window.resizeDocks([parameters, loss], [left, right], Qt.Orientation.Horizontal)
        self._window.resizeDocks([runs], [high], Qt.Orientation.Vertical)

    def _place_docks(self, room: int) -> None:
        """Place those that are there from the start round the landscape; where there is no room, behind each other."""
        parameters, loss, runs = self._docks[:3]
        visible = [dock.isVisible() for dock in self._docks[:3]]
        if room == CRAMPED:
            self._window.tabifyDockWidget(parameters, runs)
            self._window.tabifyDockWidget(parameters, loss)
        else:
            self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, runs)
            if room == CROWDED:
                self._window.tabifyDockWidget(runs, loss)
            else:
                self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, loss)
        for dock, was in zip((parameters, loss, runs), visible, strict=True):
            dock.setVisible(was)

    def _place_rest(self, room: int) -> None:
        """Place what is opened as it is needed where there is room for it; nothing covers the parameters."""
        parameters, _, runs = self._docks[:3]
        for dock in self._docks:
            if isinstance(dock, PlacedDock):
                dock.place_anew()
        parameters.raise_()
        if room != CRAMPED:
            runs.raise_()


def _kind(size: QSize, scale: float) -> _Kind:
    return room_of(size, scale), is_broad(size, scale), is_low(size, scale)


def _seen_docks(window: QMainWindow) -> list[QDockWidget]:
    return [dock for dock in window.findChildren(QDockWidget) if dock.isVisible() and not dock.isFloating()]
