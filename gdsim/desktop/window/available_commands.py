"""Commands that can be given, or not, for the function that is there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.session import Session
from gdsim.desktop.window.centre import Centre
from gdsim.simulation.experiment import Experiment


class AvailableCommands(QObject):
    """Allows what a function of so many variables has a use for."""

    def __init__(self, session: Session, actions: Actions, centre: Centre) -> None:
        super().__init__(session)
        self._session, self._actions, self._centre = session, actions, centre
        self._experiment: Experiment | None = None
        self._maps: bool | None = None
        session.shown.connect(self.show)

    def show(self) -> None:
        """Allow what suits the experiment of the scene."""
        experiment, maps = self._session.scene.experiment, self._session.basin_maps.seen is not None
        if maps != self._maps:
            self._maps = maps
            self._actions.allow("export_basins", maps, self.tr("There is no map: View > Basins draws one."))
        if experiment is self._experiment:
            return
        self._experiment = experiment
        dimension, actions = experiment.objective.dimension, self._actions
        for name in ("equal_aspect", "arrows", "arrows_alike"):
            actions.by_name[name].setEnabled(dimension > 1)
        # the gradient at a run does not lie in the plane that is seen of more
        actions.by_name["components"].setEnabled(dimension == 2)
        why = self.tr("It is for models whose steps go by batches: choose a size for them first.")
        actions.allow("batch_surface", self._session.surface_choice.possible, why)
        self._centre.show_batch_switch(actions.by_name["batch_surface"])
