"""Predictions of models drawn over their examples: curves, residuals, a field of probability, boundaries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.data.examples_plot import DataPlot
from gdsim.desktop.views.data.shown_examples import ShownExamples
from gdsim.desktop.views.run_point import shown_point
from gdsim.objectives.base import Array
from gdsim.objectives.data import Model
from gdsim.simulation.sampling.contours import Contours
from gdsim.simulation.sampling.fits import along, over, told

_CURVE = 160
#: Points of the field to a side, and of that for the lines of the other runs, for models of up to so many weights:
#: it is worked out with every step that is played.
_FIELDS = ((64, 33, 100.0), (44, 25, 1500.0), (33, 17, np.inf))
#: Of more examples the residuals would hide the curve.
_MOST_RESIDUALS = 2000
#: No double is nearer to 1 than the probability of this logit.
_SURE = 36.0


@dataclass(frozen=True)
class Fits:
    """A fit an optimizer, at one step.

    Attributes
    ----------
    model, shown
        What was raced, and its examples.
    thetas
        The parameters ``(d, k)`` of the fits that are shown.
    names
        Their optimizers, k keys.
    chosen, key
        The parameters ``(d,)`` of the run that is looked at closely, if there is one, and its optimizer.
    """

    model: Model
    shown: ShownExamples
    thetas: Array
    names: list[str]
    chosen: Array | None
    key: str

    def draw(self, plot: DataPlot) -> None:
        """Draw curves over one feature, or boundaries over two."""
        if self.shown.across == 2:
            self.draw_boundaries(plot, self.shown.axes)
        else:
            self.draw_curves(plot, self.shown.axes[0])

    @property
    def _middle(self) -> Array:
        """Values of the features that the picture does not show: their means."""
        middle: Array = self.shown.data.X[self.shown.data.train].mean(axis=0)
        return middle

    def draw_curves(self, plot: DataPlot, axis: int) -> None:
        """Curves over one feature, and the residuals of the chosen one."""
        left, right, _, _ = plot.view_range()
        plot.show_field(None)
        x = np.linspace(left, right, _CURVE)
        heights = told(self.model, self.thetas, along(self._middle, axis, x))
        plot.show_lines({name: (x, heights[:, k]) for k, name in enumerate(self.names)}, self.key)
        plot.show_residuals(self._residuals(plot))

    def _residuals(self, plot: DataPlot) -> Array | None:
        """Lines ``(2, 2n)`` by pairs from every example to what the chosen run says of it."""
        data = self.shown.data
        if self.chosen is None or self.model.is_classes or data.X.shape[1] > 1 or len(data) > _MOST_RESIDUALS:
            return None
        _, _, bottom, top = plot.view_range()
        said = np.clip(told(self.model, self.chosen, data.X), bottom - 3 * (top - bottom), top + 3 * (top - bottom))
        pairs = np.stack([np.repeat(data.X[:, 0], 2), np.column_stack([data.y, said]).ravel()])
        shown: Array = pairs[:, np.repeat(np.isfinite(said), 2)]
        return shown

    def draw_boundaries(self, plot: DataPlot, axes: tuple[int, int]) -> None:
        """The boundaries over two features, and the field of probability of the chosen one."""
        left, right, bottom, top = plot.view_range()
        fine, coarse = next((fine, coarse) for fine, coarse, most in _FIELDS if self.model.dimension <= most)
        x, y = np.linspace(left, right, fine), np.linspace(bottom, top, fine)
        middle = self._middle
        lines: dict[str, tuple[Array, Array]] = {}
        if self.chosen is not None and self.key in self.names:
            field = told(self.model, self.chosen, over(middle, axes, x, y)).reshape(fine, fine)
            plot.show_field(field)
            lines[self.key] = boundary(x, y, field)
        else:
            plot.show_field(None)
        others = [k for k, name in enumerate(self.names) if name not in lines]
        if others:
            x, y = np.linspace(left, right, coarse), np.linspace(bottom, top, coarse)
            fields = told(self.model, self.thetas[:, others], over(middle, axes, x, y))
            for k, other in enumerate(others):
                lines[self.names[other]] = boundary(x, y, fields[:, k].reshape(coarse, coarse))
        plot.show_residuals(None)
        plot.show_lines(lines, self.key)


def fits_of(scene: Scene, shown: ShownExamples) -> Fits | None:
    """Return the fits of a scene; None where the race is not of these examples, or nothing of it is seen."""
    race = scene.race
    model = race.objective if race is not None else None
    if race is None or not isinstance(model, Model) or model.X.shape[1] != shown.data.X.shape[1]:
        return None
    seen = [o for o, key in enumerate(race.ids) if key not in scene.hidden]
    if not seen:
        return None
    here = shown_point(scene)
    # of every optimizer it is the fit of its run from the start, but of the selected one that of the selected run
    thetas = race.positions[min(scene.step, race.steps), seen, :, 0].T.copy()
    if here is not None and here.optimizer in seen:
        thetas[:, seen.index(here.optimizer)] = here.point
    names = [race.ids[o] for o in seen]
    return Fits(model, shown, thetas, names, None if here is None else here.point, scene.selection[0])


def boundary(x: Array, y: Array, field: Array) -> tuple[Array, Array]:
    """Find where a probability ``(len(y), len(x))`` is a half: lines with nan between them."""
    parts = Contours(x, y, _unbent(field)).at(0.0)
    if not parts:
        return np.empty(0), np.empty(0)
    line = np.concatenate(parts)
    return line[:, 0], line[:, 1]


def _unbent(field: Array) -> Array:
    """Logit of a probability, which is 0 where that is a half, as between two points the line is taken to be straight.

    The probability itself is 0 here and 1 there where a model is sure, and its line would go in stairs.
    """
    with np.errstate(all="ignore"):
        if (field < 0).any() or (field > 1).any():  # not a probability, as of a neuron without a sigmoid
            return field - 0.5
        logit: Array = np.clip(np.log(field) - np.log1p(-field), -_SURE, _SURE)
        return logit
