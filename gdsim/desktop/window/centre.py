"""The middle of the window: all optimizers on one landscape, or one landscape each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import RequestQueue
from gdsim.desktop.look.style import Theme
from gdsim.desktop.session import Session
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.side_by_side import SideBySideView
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.landscape.view import LandscapeView
from gdsim.desktop.views.message import Message
from gdsim.desktop.views.note import NoteStrip
from gdsim.desktop.views.status import StatusStrip
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.simulation.sampling.landscape import Surface, View, sample, survey

if TYPE_CHECKING:
    from gdsim.desktop.views.landscape.batch_switch import BatchSwitch
    from gdsim.desktop.views.landscape.derivative.view import DerivativeView
    from gdsim.desktop.views.landscape.plane_bar import PlaneBar


class Centre(QWidget):
    """Shows all optimizers on one landscape, one landscape each, or one optimizer alone.

    Only the view that is seen is shown the scenes; the other one catches up when its turn comes.

    Parameters
    ----------
    bar
        The player's bar, under the landscape.
    session
        Says what is dragged and which plane is seen, and has worked out what takes long.
    """

    start_dragged = Signal(object)
    #: The start of a pixel of a map that was clicked.
    start_picked = Signal(object)
    view_changed = Signal(object)
    #: An optimizer and one of its runs, to be looked at closely.
    run_chosen = Signal(str, int)
    #: Whether the landscapes stand side by side now.
    side_by_side_shown = Signal(bool)

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, theme: Theme, bar: QWidget, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        #: Made when the first function of one variable is shown.
        self.derivative: DerivativeView | None = None
        #: Made when the first function of more than two parameters is shown.
        self.plane_bar: PlaneBar | None = None
        self._batch_switch: BatchSwitch | None = None
        self._plane = session.plane
        #: The optimizer that is shown alone; "" where all are.
        self._alone = ""
        drag = self._drag = session.store.drag
        self.landscape = LandscapeView(theme, drag)
        self.side_by_side = SideBySideView(drag)
        self.landscape.queue = RequestQueue(session.requests, "reading")
        self.landscape.plot.gradient.queue = RequestQueue(session.requests, "marks")
        self.note = NoteStrip()
        self.status = StatusStrip()
        self._back = QPushButton(self.tr("← All optimizers"))
        self._back.setObjectName("all_optimizers")
        self._back.setToolTip(self.tr("Show all optimizers on one landscape again."))
        self._back.hide()
        self._veils = (Veil(self.landscape.picture), Veil(self.side_by_side))
        self._stack = QStackedWidget()
        self._bar = bar
        self._lay_out()
        self._connect()
        self.message = Message(self, self._corner, self.status, self._room)

    def _lay_out(self) -> None:
        for view in (self.landscape, self.side_by_side):
            self._stack.addWidget(view)
        self.landscape.footer.addWidget(self.status, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self._back)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bar)

    def _connect(self) -> None:
        for view in (self.landscape, self.side_by_side):
            view.start_dragged.connect(self.start_dragged)
            view.start_picked.connect(self.start_picked)
            view.view_changed.connect(lambda part, view=view: self._tell_view(view, part))
            view.run_chosen.connect(self.run_chosen)
        self.side_by_side.chosen.connect(self.show_alone)
        self._back.clicked.connect(self.show_overlay)

    @property
    def current(self) -> LandscapeView | SideBySideView:
        """The view that is seen; the other one waits."""
        return self.side_by_side if self._stack.currentWidget() is self.side_by_side else self.landscape

    def _tell_view(self, view: QWidget, part: View) -> None:
        # one that waits may be laid out for a picture: that is nothing to be worked out for
        if view is self.current:
            self.view_changed.emit(part)

    def _corner(self) -> QPoint:
        """Return the upper left corner of what is drawn."""
        if self.current is self.side_by_side:
            return self._stack.geometry().topLeft()
        plot = self.landscape.plot
        found: QPoint = plot.mapTo(self, plot.mapFromScene(plot.box.sceneBoundingRect().topLeft()))
        return found

    def _foot(self) -> int:
        """Return where the line under the landscape begins."""
        return self.current.mapTo(self, self.current.footer.geometry().topLeft()).y()

    def _room(self) -> tuple[int, int, int]:
        """Return the room from under the numbers of the axis to the player's bar, left of what goes on."""
        return self._foot() - 6, self._bar.geometry().top(), self.width() - self.status.taken - 16

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before, on the view that is seen."""
        before = self.shown
        self.shown = scene
        if scene.objective is None and before is not None:
            # the plane of many parameters is known with their race: until then what was seen stays
            self.shown = scene.with_(experiment=before.experiment, plane=before.plane, race=before.race)
        if scene.changed(before, "experiment"):
            self._prepare_for(scene)
        stale, was_stale = is_veiled(scene), is_veiled(before)
        if stale != was_stale:
            self._draw_veils(stale)
        # who is shown alone may take part no longer
        if self._alone and scene.race is not None and self._alone not in scene.race.ids:
            self.show_overlay()
        else:
            self._show(self.current)

    def _show(self, view: LandscapeView | SideBySideView, **parts: Any) -> None:
        """Show a view its part of the scene, with some parts exchanged."""
        if self.shown is None:
            return
        scene = self.shown.with_(**parts)
        if view is self.side_by_side:
            view.show_scene(scene)
            return
        # of another function there are no paths yet, but it is known who races
        race = scene.paths or scene.race
        others = race.others(self._alone) if self._alone and race is not None else frozenset()
        view.show_scene(scene.with_(hidden=scene.hidden | others))
        if self.derivative is not None:
            # whole paths are shown while the start is dragged, but what is held in the hand is the point of step 0
            marks = replace(scene.marks, held=0) if self._drag.of_start else scene.marks
            self.derivative.show_scene(scene.with_(marks=marks))

    def _prepare_for(self, scene: Scene) -> None:
        """Make what functions of one variable, or of many, have besides the landscape."""
        dimension = scene.experiment.objective.dimension
        if dimension == 1 and self.derivative is None:
            self._add_derivative(scene.theme)
        if dimension > 2:
            self._show_plane_bar()
        if self.plane_bar is not None:
            self.plane_bar.setVisible(dimension > 2)

    def _draw_veils(self, stale: bool) -> None:
        for veil in self._veils:
            veil.draw(stale)
        self.status.raise_()

    def show_batch_switch(self, action: QAction) -> None:
        """Offer a switch over the landscape where steps go by batches: for the surface of one, or of all examples."""
        if action.isEnabled() and self._batch_switch is None:
            from gdsim.desktop.views.landscape.batch_switch import BatchSwitch

            self._batch_switch = BatchSwitch(action)
            keep_own_keys(self._batch_switch)
        if self._batch_switch is None:
            return
        if self.plane_bar is not None and not self.plane_bar.isHidden():
            self.plane_bar.row.addWidget(self._batch_switch)
            self._batch_switch.setContentsMargins(0, 0, 0, 0)
        else:
            self._batch_switch.setContentsMargins(12, 4, 8, 0)
            self._column.insertWidget(self._column.indexOf(self._stack), self._batch_switch)
        self._batch_switch.setVisible(action.isEnabled())

    def _show_plane_bar(self) -> None:
        if self.plane_bar is None:
            from gdsim.desktop.views.landscape.plane_bar import PlaneBar

            self.plane_bar = PlaneBar(self._plane)
            self._column.insertWidget(self._column.indexOf(self._stack), self.plane_bar)
            keep_own_keys(self.plane_bar)
        self.plane_bar.show_plane()

    def arrow_spacing(self) -> tuple[float, float]:
        """Return the way from one arrow to the next, along x and along y."""
        return self.current.arrow_spacing()

    def pixels(self) -> int:
        """Return how many pixels the longer side of a landscape has."""
        return self.current.pixels()

    def set_equal_aspect(self, equal: bool) -> None:
        """Make one unit of x as long as one of y, or fill each axis."""
        self.landscape.set_equal_aspect(equal)
        self.side_by_side.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Go back to the function's bounds."""
        self.landscape.reset_view()
        self.side_by_side.reset_view()

    def view(self) -> View | None:
        """Return what is in view; None if nothing is."""
        return self.current.view()

    def show_side_by_side(self, on: bool = True) -> None:
        """Show one landscape an optimizer, or all on one."""
        self._turn_to("", self.side_by_side if on else self.landscape)

    def show_alone(self, key: str) -> None:
        """Show one optimizer's landscape, big."""
        self._turn_to(key, self.landscape)
        self.run_chosen.emit(key, 0)

    def show_overlay(self) -> None:
        """Show all optimizers on one landscape."""
        self._turn_to("", self.landscape)

    def keys_shown(self, view: QWidget) -> tuple[str, ...]:
        """List the optimizers that a view shows."""
        if self.shown is None or (race := self.shown.paths or self.shown.race) is None:
            return ()
        keys = dict.fromkeys(race.ids)
        alone = {self._alone} if self._alone and view is not self.side_by_side else set(keys)
        return tuple(key for key in keys if key in alone and key not in self.shown.hidden)

    def shows_basins(self, view: QWidget) -> bool:
        """Return whether a view shows basin maps, on all of its landscapes."""
        basins = None if self.shown is None else self.shown.basins
        if basins is None:
            return False
        keys = self.keys_shown(view) if view is self.side_by_side else (basins.key,)
        return all(key in basins.maps for key in keys)

    def prepare(self, view: LandscapeView | SideBySideView) -> None:
        """Bring a view up to date that is not seen, so that a picture of it is true."""
        if view is self.current or self.shown is None or self.shown.paths is None:
            return
        view.resize(self._stack.size())
        self._show(view)
        view.grab()  # lays it out, so that it knows what is in view
        part = view.view()
        if part is not None:
            sampled = self._sampled(self.shown, part, view.arrow_spacing())
            # some landscapes with their maps, and others without, could not be compared
            self._show(view, **sampled, **({} if self.shows_basins(view) else {"basins": None}))

    def _sampled(self, scene: Scene, part: View, spacing: tuple[float, float]) -> dict[str, Any]:
        """Work out surface and arrows in a part of the plane."""
        if scene.objective is None:
            return {}
        surface = survey(scene.objective, part)
        if scene.batch is not None and isinstance(surface, Surface):
            surface = sample(scene.batch.objective, part, len(surface.x), surface.scale)
        if not scene.marks.arrows or scene.objective.dimension != 2:
            return {"surface": surface}
        from gdsim.simulation.sampling.gradient_field import sample_arrows

        objective = scene.objective if scene.batch is None else scene.batch.objective
        return {"surface": surface, "arrows": sample_arrows(objective, part, spacing)}

    def _add_derivative(self, theme: Theme) -> None:
        from gdsim.desktop.views.landscape.derivative.view import DerivativeView

        view = self.derivative = DerivativeView(theme, self.landscape.plot)
        self.landscape.add_below(view.slopes, view)
        keep_own_keys(view)
        keep_own_keys(view.slopes)
        put_in_tab_order(self.landscape.plot, view)

    def _turn_to(self, alone: str, view: LandscapeView | SideBySideView) -> None:
        self._alone = alone
        self._stack.setCurrentWidget(view)
        view.footer.addWidget(self.status, 1)
        self._back.setVisible(bool(alone) or view is self.side_by_side)
        self._show(view)
        self.side_by_side_shown.emit(view is self.side_by_side)
        seen = self.view()
        if seen is not None:
            self.view_changed.emit(seen)


def is_veiled(scene: Scene | None) -> bool:
    """Return whether what is seen is out of date: the race, or a basin map."""
    return scene is not None and (scene.stale or (scene.basins is not None and scene.basins.stale))
