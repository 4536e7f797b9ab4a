"""The middle of the window: all optimizers on one landscape, or one landscape each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.state.plane import PlaneState
from gdsim.desktop.views.base import PartByPart
from gdsim.desktop.views.landscape.side_by_side import SideBySideView
from gdsim.desktop.views.landscape.veil import Veil
from gdsim.desktop.views.landscape.view import LandscapeView
from gdsim.desktop.views.message import Message
from gdsim.desktop.views.note import NoteStrip
from gdsim.desktop.views.status import StatusStrip
from gdsim.desktop.widgets.focus_keys import put_in_tab_order, settle_keys
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View, sample, survey
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.landscape.batch_switch import BatchSwitch
    from gdsim.desktop.views.landscape.derivative.view import DerivativeView
    from gdsim.desktop.views.landscape.plane_bar import SliceBar
    from gdsim.simulation.sampling.batch_surface import BatchSurface
    from gdsim.simulation.sampling.gradient_field import Arrows
    from gdsim.simulation.sampling.projection import Sliced


class Stage(PartByPart, QWidget):
    """Shows the overlay, the grid or one optimizer alone; only what is seen is kept up to date.

    Parameters
    ----------
    bar
        The player's bar, under the landscape.
    slicing
        Which plane is seen of a function of more than two parameters.
    """

    start_dragged = Signal(object)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)
    #: An optimizer and one of its runs, to be looked at closely.
    run_chosen = Signal(str, int)
    #: Whether the landscapes stand side by side now.
    side_by_side_shown = Signal(bool)

    def __init__(self, theme: Theme, bar: QWidget, slicing: PlaneState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._race: Trajectories | None = None
        self._step = 0
        self._held: int | None = None
        self._chosen = ("", 0)
        self._theme = theme
        #: Made when the first function of one variable is shown.
        self.derivative: DerivativeView | None = None
        #: Made when the first function of more than two parameters is shown.
        self.slice_bar: SliceBar | None = None
        self._batch_switch: BatchSwitch | None = None
        #: The batch whose surface is seen; None if it is that of all examples.
        self.batch: BatchSurface | None = None
        self._slicing = slicing
        #: What is on show of a function of more than two parameters.
        self._planar: Sliced | None = None
        self._start: tuple[float, ...] = ()
        self._ascent = False
        self._alone = ""
        self._hidden: frozenset[str] = frozenset()
        self._marks = Marks()
        self.landscape = LandscapeView(theme)
        self.side_by_side = SideBySideView(theme)
        self.note = NoteStrip()
        self.status = StatusStrip()
        self._back = QPushButton(self.tr("← All optimizers"))
        self._back.setObjectName("all_optimizers")
        self._back.setToolTip(self.tr("Show all optimizers on one landscape again."))
        self._back.hide()
        self._veils = (Veil(self.landscape.picture), Veil(self.side_by_side))
        self._stack = QStackedWidget()
        for view in (self.landscape, self.side_by_side):
            self._stack.addWidget(view)
            view.start_dragged.connect(self.start_dragged)
            view.view_changed.connect(self.view_changed)
            view.grabbed.connect(self._grab)
            view.released.connect(self.released)
            view.run_chosen.connect(self.run_chosen)
        self.landscape.footer.addWidget(self.status, 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self._back)
        column.addWidget(self._stack, 1)
        column.addWidget(bar)
        self._bar = bar
        self.message = Message(self, self._foot, self.status, self._room)
        self.side_by_side.chosen.connect(self.show_alone)
        self._back.clicked.connect(self.show_overlay)

    @property
    def shown(self) -> LandscapeView | SideBySideView:
        """The view that is seen; the other one waits."""
        return self.side_by_side if self._stack.currentWidget() is self.side_by_side else self.landscape

    def _foot(self) -> int:
        """Where the line under the landscape begins."""
        return self.shown.mapTo(self, self.shown.footer.geometry().topLeft()).y()

    def _room(self) -> tuple[int, int, int]:
        """From under the numbers of the axis to the player's bar, and left of what goes on."""
        return self._foot() - 6, self._bar.geometry().top(), self.width() - self.status.taken - 16

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.landscape.set_theme(theme)
        self.side_by_side.set_theme(theme)
        self._theme = theme
        if self.derivative is not None:
            self.derivative.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show another function and another start."""
        if experiment.objective.dimension == 1 and self.derivative is None:
            self._add_derivative()
        self._ascent, self._start = experiment.ascent, experiment.start or experiment.objective.start
        many = experiment.objective.dimension > 2
        if many:
            self._show_slice_bar()
            self._place_start()
            if self._slicing.seen is None:
                self._planar = None  # other parameters
        else:
            for view in (self.landscape, self.side_by_side):
                view.set_function(experiment.objective, experiment.ascent)
                view.set_start(self._start)
            self._show_derivative()
            self._planar = None
        if self.slice_bar is not None:
            self.slice_bar.setVisible(many)

    def show_batch_switch(self, action: QAction) -> None:
        """A switch over the landscape where steps go by batches: whether it is the surface of one that is seen."""
        if action.isEnabled() and self._batch_switch is None:
            from gdsim.desktop.views.landscape.batch_switch import BatchSwitch

            self._batch_switch = BatchSwitch(action)
            settle_keys(self._batch_switch)
        if self._batch_switch is None:
            return
        if self.slice_bar is not None and not self.slice_bar.isHidden():
            self.slice_bar.row.addWidget(self._batch_switch)
            self._batch_switch.setContentsMargins(0, 0, 0, 0)
        else:
            self._batch_switch.setContentsMargins(12, 4, 8, 0)
            self._column.insertWidget(self._column.indexOf(self._stack), self._batch_switch)
        self._batch_switch.setVisible(action.isEnabled())

    @property
    def seen_slice(self) -> Sliced | None:
        """What is seen of a function of more than two parameters; None for others."""
        return self._slicing.seen

    def show_slice(self) -> bool:
        """Show the plane that is seen now, with the paths projected onto it; whether it is quite another one."""
        seen, before = self._slicing.seen, self._planar
        if seen is None:
            return False
        from gdsim.simulation.sampling.projection import is_elsewhere

        self._planar = seen
        other = before is None or is_elsewhere(before, seen)
        if other:
            self.batch = None
        for view in (self.landscape, self.side_by_side):
            if other:
                # the surface that is there belongs to another plane: paths on it would lie
                view.clear_surface()
            view.set_function(seen.objective, self._ascent)
        self._show_derivative()
        self._place_start()
        self._take_race(seen.race)
        self.shown.set_step(self._step)
        return other

    def _take_race(self, race: Trajectories) -> None:
        self._race = race
        if self._alone:
            self._leave_out_others()
        self.shown.set_race(race)

    def _place_start(self) -> None:
        seen = self._slicing.seen
        if seen is not None:
            for view in (self.landscape, self.side_by_side):
                view.set_start(seen.place(self._start))

    def _show_slice_bar(self) -> None:
        if self.slice_bar is None:
            from gdsim.desktop.views.landscape.plane_bar import SliceBar

            self.slice_bar = SliceBar(self._slicing)
            self._column.insertWidget(self._column.indexOf(self._stack), self.slice_bar)
            settle_keys(self.slice_bar)
        self.slice_bar.show_cut()

    def set_stale(self, stale: bool) -> None:
        """Whether what is shown is out of date."""
        for veil in self._veils:
            veil.draw(stale)
        self.status.raise_()

    def set_surface(self, surface: Surface | Curve, batch: BatchSurface | None = None) -> None:
        """Show the surface or the curve that was asked for; maybe that of a batch."""
        self.batch = batch
        self.shown.set_surface(surface)
        for view in (self.landscape, self.side_by_side):
            view.read_from(None if batch is None else batch.objective)
        if self.derivative is not None and isinstance(surface, Curve):
            self.derivative.set_curve(surface)

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        if race.objective.dimension <= 2:
            self._take_race(race)
        if self.derivative is not None:
            self.derivative.set_race(race)
        if self._alone and self._alone not in race.ids:
            self.show_overlay()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self.shown.set_step(step)
        if self.derivative is not None and self._held is None:
            self.derivative.set_step(step)

    def hold(self, step: int) -> None:
        """While something is dragged whole paths are shown, but the derivative at a step."""
        if self._held is None:
            self._held = step
            if self.derivative is not None:
                self.derivative.set_step(step)

    def let_go(self) -> None:
        """The derivative is that at the step that is shown, again."""
        self._held = None
        if self.derivative is not None:
            self.derivative.set_step(self._step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.side_by_side.set_hidden(hidden)
        self._leave_out_others()

    def _leave_out_others(self) -> None:
        """Where one optimizer is shown alone, all others of the race that is there now are left out."""
        others = self._race.others(self._alone) if self._alone and self._race is not None else frozenset()
        self.landscape.set_hidden(self._hidden | others)

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self.landscape.set_chosen(key, run)
        self.side_by_side.set_chosen(key, run)
        self._chosen = (key, run)
        if self.derivative is not None:
            self.derivative.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """What is drawn of the gradient."""
        self._marks = marks
        for view in (self.landscape, self.side_by_side):
            view.set_marks(marks)

    def set_arrows(self, arrows: Arrows) -> None:
        """Show the arrows that were asked for."""
        self.shown.set_arrows(arrows if self._marks.arrows else None)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y."""
        return self.shown.arrow_spacing()

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled."""
        self.landscape.set_equal_aspect(equal)
        self.side_by_side.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        self.landscape.reset_view()
        self.side_by_side.reset_view()

    def view(self) -> View | None:
        """What is in view; None if nothing is."""
        return self.shown.view()

    def show_side_by_side(self, on: bool = True) -> None:
        """One landscape an optimizer, or all on one."""
        self._show("", self.side_by_side if on else self.landscape)

    def show_alone(self, key: str) -> None:
        """One optimizer's landscape, big."""
        self._show(key, self.landscape)
        self.run_chosen.emit(key, 0)

    def show_overlay(self) -> None:
        """All optimizers on one landscape."""
        self._show("", self.landscape)

    def keys_shown(self, view: QWidget) -> tuple[str, ...]:
        """The optimizers that a view shows."""
        keys = dict.fromkeys(self._race.ids) if self._race is not None else {}
        alone = {self._alone} if self._alone and view is not self.side_by_side else set(keys)
        return tuple(key for key in keys if key in alone and key not in self._hidden)

    def prepare(self, view: LandscapeView | SideBySideView) -> None:
        """Bring a view up to date that is not seen, so that a picture of it is true."""
        if view is self.shown or self._race is None:
            return
        view.resize(self._stack.size())
        view.set_race(self._race)
        view.set_step(self._step)
        view.grab()  # lays it out, so that it knows what is in view
        part = view.view()
        if part is not None:
            surface = survey(self._race.objective, part)
            if self.batch is not None and isinstance(surface, Surface):
                surface = sample(self.batch.objective, part, len(surface.x), surface.scale)
            view.set_surface(surface)
            if self._marks.arrows and self._race.objective.dimension == 2:
                from gdsim.simulation.sampling.gradient_field import sample_arrows

                ground = self._race.objective if self.batch is None else self.batch.objective
                view.set_arrows(sample_arrows(ground, part, view.arrow_spacing()))

    def _grab(self) -> None:
        # what is held in the hand is the point of step 0
        self.hold(0)
        self.grabbed.emit()

    def _add_derivative(self) -> None:
        from gdsim.desktop.views.landscape.derivative.view import DerivativeView

        view = self.derivative = DerivativeView(self._theme, self.landscape.plot)
        self.landscape.add_below(view.slopes, view)
        settle_keys(view)
        settle_keys(view.slopes)
        put_in_tab_order(self.landscape.plot, view)
        if self._race is not None:
            view.set_race(self._race)
        view.set_chosen(*self._chosen)
        view.set_step(self._step)

    def _show_derivative(self) -> None:
        if self.derivative is not None:
            self.derivative.set_shown(self.landscape.plot.is_curve)

    def _show(self, alone: str, view: LandscapeView | SideBySideView) -> None:
        self._alone = alone
        self._stack.setCurrentWidget(view)
        view.footer.addWidget(self.status, 1)
        self._back.setVisible(bool(alone) or view is self.side_by_side)
        self.set_hidden(self._hidden)
        if self._race is not None:
            view.set_race(self._race)
        view.set_step(self._step)
        self.side_by_side_shown.emit(view is self.side_by_side)
        shown = self.view()
        if shown is not None:
            self.view_changed.emit(shown)
