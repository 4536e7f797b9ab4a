"""Lines of equal height."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Array

if TYPE_CHECKING:
    from contourpy import SerialContourGenerator


class Contours:
    """The lines through heights ``(len(y), len(x))``; where a height is not finite there are none.

    contourpy's generator is made here as its own `contour_generator` makes it, which would bring masked arrays along:
    their import takes as long as the lines of a whole surface.
    """

    def __init__(self, x: Array, y: Array, heights: Array) -> None:
        self._generator = _generator(x, y, heights)

    def at(self, level: float) -> list[Array]:
        """Return the lines ``(points, 2)`` of one level, where there are any."""
        return [line for line in self._generator.lines(level)[0] if line is not None and len(line)]


def _generator(x: Array, y: Array, heights: Array) -> SerialContourGenerator:
    from contourpy import FillType, LineType, SerialContourGenerator, ZInterp

    unknown = ~np.isfinite(heights)
    return SerialContourGenerator(
        *np.meshgrid(x, y),
        heights,
        unknown if unknown.any() else None,  # type: ignore[arg-type]  # as contourpy itself gives it
        corner_mask=True,
        line_type=LineType.ChunkCombinedNan,
        fill_type=FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
