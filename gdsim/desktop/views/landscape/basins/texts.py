"""Phrases on basin maps, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.basins.rows import Row
from gdsim.objectives.base import Minimum
from gdsim.simulation.endings.outcome_kinds import Kind

#: With so many digits a position is told in a legend; so many coordinates are told at all.
_DIGITS, _MOST = 3, 3
#: What is as small a share of the widths of the bounds is 0 but for rounding.
_ZERO = 1e-6


def other_text(name: str) -> str:
    """Return what a run that ends at no minimum did, in two or three words."""
    return {
        "elsewhere": _tr("stopped elsewhere"),
        Kind.OUT_OF_STEPS: _tr("out of steps"),
        Kind.DIVERGED: _tr("diverged"),
        Kind.LEFT_DOMAIN: _tr("left the domain"),
        Kind.NO_GRADIENT: _tr("no gradient"),
        Kind.CANCELLED: _tr("not worked out"),
    }[name]


def place_text(place: Minimum, widths: tuple[float, ...], digits: int | None = _DIGITS) -> str:
    """Return where a minimum lies, of many variables how low it is."""
    if len(place.position) > _MOST:
        return f"f = {show(place.value, digits)}"
    rounded = [0.0 if abs(x) <= _ZERO * width else x for x, width in zip(place.position, widths, strict=True)]
    told = ", ".join(show(x, digits) for x in rounded)
    return f"({told})" if len(rounded) > 1 else told


def percent(share: float, digits: int = 1) -> str:
    """Return a share in per cent: what is there is never told as 0, and what is not all never as 100."""
    least = 10.0 ** -(digits + 2)
    if 0 < share < least:
        return f"< {100 * least:.{digits}f} %"
    if 1 - least < share < 1:
        return f"> {100 * (1 - least):.{digits}f} %"
    return f"{100 * share:.{digits}f} %"


def pixel_text(seen: SeenMap, x: float, y: float) -> str:
    """Return how the run from a place on the landscape ends, and after how many steps; "" outside the map."""
    pixel = seen.pixel_at(x, y)
    if pixel is None:
        return ""
    steps, shown = int(seen.map.steps[pixel]), int(seen.map.shown[pixel])
    if shown >= 0:
        what = _tr("maximum {number}") if seen.map.course.ascent else _tr("minimum {number}")
        what = what.format(number=seen.numbers[shown])
    else:
        from gdsim.simulation.maps.pixel_kinds import OTHERS

        what = other_text(OTHERS[-1 - shown])
    return _tr("{what} after 1 step").format(what=what) if steps == 1 else _after(what, steps)


def _after(what: str, steps: int) -> str:
    return _tr("{what} after {steps} steps").format(what=what, steps=steps)


def pixel_tip(seen: SeenMap, x: float, y: float, name: str) -> str:
    """Say in a sentence how the run from a place on the landscape ends, and that a click puts the start there."""
    text = pixel_text(seen, x, y)
    pixel = seen.pixel_at(x, y)
    if not text or pixel is None:
        return ""
    shown = int(seen.map.shown[pixel])
    if shown >= 0:
        where = place_text(seen.map.minima[shown], widths_of(seen), None)
        text = f"{text}: {where}"
    return _tr("{name} from here: {end}. Click to put the start here.").format(name=name, end=text)


def row_tip(seen: SeenMap, row: Row) -> str:
    """Say of a row of the legend what it stands for, with all digits."""
    if row.other >= 0:
        from gdsim.simulation.maps.pixel_kinds import OTHERS

        return _tr("{outcome}: {share} of the starts in view").format(
            outcome=other_text(OTHERS[row.other]), share=percent(row.share)
        )
    place = seen.map.minima[row.minimum]
    text = _tr("{number}, at {place} where f = {value}: {share} of the starts in view").format(
        number=row.number,
        place=place_text(place, widths_of(seen), None),
        value=show(place.value),
        share=percent(row.share),
    )
    return text if row.minimum < seen.map.known else _tr("{text}; found by these runs").format(text=text)


def widths_of(seen: SeenMap) -> tuple[float, ...]:
    """The widths of the bounds of each coordinate."""
    bounds = seen.map.course.objective.bounds
    return tuple((bounds[:, 1] - bounds[:, 0]).tolist())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Basins", text)
