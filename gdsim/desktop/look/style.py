"""Colours, fonts and pens, for light and for dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from gdsim.assets import asset
from gdsim.desktop.look.oklab import srgb
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.names import parts_of

#: Okabe & Ito (2008): told apart by colour-blind eyes, too. The eighth is black or white, by theme.
_OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "")
#: By round the strokes and gaps of lines, in widths of the pen; none for a line that is drawn through.
DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5.0, 4.0),
    (1.5, 2.5),
    (9.0, 3.0, 1.5, 3.0),
    (12.0, 6.0),
    (5.0, 3.0, 1.5, 3.0, 1.5, 3.0),
    (12.0, 3.0, 4.0, 3.0),
    (3.0, 3.0),
    (15.0, 3.0, 1.5, 3.0, 1.5, 3.0),
)
#: By round so many colours further: else every other entry of a rule would have the same one. As it is, a second and a
#: third Adam have those of rules that the window does not begin with.
_SHIFTS = (0, 0, 2, 1, 3)
#: So many rules there were when these looks were chosen, and three entries of each look different. The first entries
#: of rules that were added since have the places after those, and their further ones what follows: no usual optimizer
#: looks otherwise because there is one more.
_RULES, _ENTRIES = 12, 3
#: So many places after its first entry a rule that was added has its second: for as many such rules nobody looks alike
#: for that, and three of a kind have three colours.
_ADDED = 37
#: Classes 0 and 1 of examples, in a light and in a dark theme.
_CLASSES = {False: ("#4b3f8f", "#8a4b16"), True: ("#b9aef2", "#f0b884")}


#: A colour that is as bright is hard to see on a light ground, within a ring that is light, too.
_PALE = 0.75
#: The fonts that come with the program; what the first two, a family, do not have is in the last or in the system's.
FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "DejaVuSans.ttf")
#: Size of the text at scale 1.
POINTS = 9.5


@dataclass(frozen=True)
class Theme:
    """Look of the window and of the landscape.

    Attributes
    ----------
    window, base, text, faint, line, accent, error
        Background, background of fields and plots, text, less important text, separators, selection, complaints.
    ring
        Round every head, so that it stands out from the surface.
    surface
        Stops of the landscape's colour map from the lowest value to the highest, as (lightness, chroma, hue)
        of OKLCH; lightness is evenly spaced.
    scale
        Presentation size: text and pens are so many times larger.
    colors
        Colours that a person chose for optimizers: pairs of key and "#rrggbb". They are those of the first entry of a
        rule: a further one keeps its own, or the two could not be told apart.
    """

    dark: bool
    window: str
    base: str
    text: str
    faint: str
    line: str
    accent: str
    error: str
    ring: str
    surface: tuple[tuple[float, float, float], ...]
    scale: float = 1.0
    colors: tuple[tuple[str, str], ...] = ()

    def pixels(self, size: float) -> int:
        """Return a length in the presentation size, in pixels."""
        return round(size * self.scale)


LIGHT = Theme(
    dark=False,
    window="#f4f5f6",
    base="#ffffff",
    text="#1d2126",
    faint="#66707a",
    line="#d5d9dd",
    accent="#2f6f9f",
    error="#b3261e",
    ring="#ffffff",
    surface=((0.70, 0.055, 235.0), (0.83, 0.032, 215.0), (0.96, 0.012, 95.0)),
)
DARK = Theme(
    dark=True,
    window="#1e2124",
    base="#2b3035",
    text="#e6e8ea",
    faint="#98a1aa",
    line="#464d54",
    accent="#5b9bc8",
    error="#ff8a80",
    ring="#f2f4f5",
    surface=((0.20, 0.030, 255.0), (0.31, 0.030, 235.0), (0.42, 0.022, 205.0)),
)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the application a theme's palette and size of text, on Fusion."""
    if app.style().objectName() != "fusion":  # another style is given to every widget anew
        app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(POINTS * theme.scale)
    app.setFont(font)
    app.setPalette(_palette(theme))


def dress(window: QWidget, theme: Theme) -> None:
    """Give a window, and all that is or will be in it, what a palette cannot say.

    It is not the application's: Qt would go through that for every widget as many times as there are others round it,
    and without end through those of pyqtgraph that nobody ever sees.
    """
    window.setStyleSheet(_sheet(theme))


def load_fonts(app: QApplication) -> None:
    """Use the fonts that come with the program, so that it looks the same everywhere, even where there are none.

    Each is read here and now: left to itself, Qt maps the file, and is at its end when somebody writes another one over
    it. All signs of the window's own texts are in the first: for any other Qt asks the system's font configuration
    while it measures a text, and programs have crashed there where a cache of that was out of date.
    """
    families: dict[str, None] = {}
    for name in FONTS:
        number = QFontDatabase.addApplicationFontFromData(QByteArray(asset("fonts", name).read_bytes()))
        # a further name is that of one weight, and would be looked through, too
        families |= dict.fromkeys(QFontDatabase.applicationFontFamilies(number)[:1])
    font = QFont()
    font.setFamilies([*families])
    font.setPointSizeF(POINTS)
    # figures of one width, so that numbers do not jitter as they change
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)


def optimizer_color(key: str, theme: Theme) -> QColor:
    """Return the colour of an optimizer, the same everywhere, by its `Entry.id`."""
    return QColor(_color_name(key, theme.colors, theme.dark))


@cache  # it is asked for with every frame
def _color_name(key: str, chosen: tuple[tuple[str, str], ...], dark: bool) -> str:
    name = dict(chosen).get(key) or _OKABE_ITO[(_place(key) + _shift(key)) % len(_OKABE_ITO)]
    return name or ("#ffffff" if dark else "#000000")


def ring_color(color: QColor, theme: Theme) -> QColor:
    """Return what goes round a head: the theme's ring, but a dark one round a pale head on a light ground."""
    luma = 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF()
    return color.darker(220) if not theme.dark and luma > _PALE else QColor(theme.ring)


def class_color(c: int, theme: Theme) -> QColor:
    """Return the colour of class 0 or 1 of the examples; no optimizer has it."""
    return QColor(_CLASSES[theme.dark][c])


@cache
def round_of(key: str) -> int:
    """Return which time round the colours it is: of the same colour, heads and dashes tell apart.

    All rules come first, then all second entries of them, and so on.
    """
    return _place(key) // len(_OKABE_ITO)


def set_dashes(pen: QPen, key: str) -> None:
    """Dash the pen of an optimizer as its round asks for; the first is drawn through."""
    if dashes := DASHES[round_of(key) % len(DASHES)]:
        pen.setDashPattern(list(dashes))


@cache  # it is asked for with every frame
def _place(key: str) -> int:
    rule, number = parts_of(key)
    rank = list(OPTIMIZERS).index(rule)
    if rank < _RULES:
        return rank + _RULES * (number - 1)
    return _RULES * _ENTRIES + rank - _RULES + _ADDED * (number - 1)


def _shift(key: str) -> int:
    return _SHIFTS[round_of(key)] if round_of(key) < len(_SHIFTS) else 0


def surface_colors(theme: Theme, count: int = 256) -> NDArray[np.uint8]:
    """Return the colour map of the surface, ``(count, 4)`` RGBA, even to the eye: straight lines in OKLab."""
    stops = np.array(
        [[lightness, c * np.cos(np.radians(h)), c * np.sin(np.radians(h))] for lightness, c, h in theme.surface]
    )
    place = np.linspace(0, len(stops) - 1, count)
    lab = np.stack([np.interp(place, np.arange(len(stops)), column) for column in stops.T])
    rgba = np.full((count, 4), 255, dtype=np.uint8)
    rgba[:, :3] = np.round(255 * srgb(lab)).T
    return rgba


def _palette(theme: Theme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for roles, color in (
        ((role.Window, role.Button, role.AlternateBase), theme.window),
        ((role.Base, role.ToolTipBase), theme.base),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), theme.text),
        ((role.PlaceholderText,), theme.faint),
        ((role.Mid, role.Midlight, role.Light), theme.line),
        ((role.Dark, role.Shadow), theme.line),
        ((role.Highlight, role.Link, role.Accent), theme.accent),
    ):
        for r in roles:
            palette.setColor(r, QColor(color))
    palette.setColor(role.HighlightedText, QColor("#ffffff"))
    for r in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, r, QColor(theme.faint))
    return palette


def _sheet(theme: Theme) -> str:
    """Write the little that a palette cannot say, as a style sheet.

    Separators of one pixel would leave a hidden widget behind for every dock that is shown again (Qt 6.11.3).
    """
    px = theme.pixels
    return f"""
    QToolTip {{ color: {theme.text}; background: {theme.base}; border: 1px solid {theme.line}; padding: {px(4)}px; }}
    QDockWidget {{ font-weight: 600; }}
    QDockWidget::title {{ padding: {px(6)}px {px(8)}px; background: {theme.window}; }}
    QMainWindow::separator {{ background: {theme.line}; width: 2px; height: 2px; }}
    QMainWindow::separator:hover {{ background: {theme.accent}; }}
    QLabel[role="heading"] {{ font-weight: 600; }}
    QLabel[role="faint"] {{ color: {theme.faint}; }}
    QLabel[role="error"] {{ color: {theme.error}; }}
    QFrame#message_box {{ background: {theme.base}; border: 1px solid {theme.line}; border-radius: 4px; }}
    QLineEdit {{ border: 1px solid {theme.line}; border-radius: 4px; padding: {px(2)}px {px(6)}px;
                 background: {theme.base}; selection-background-color: {theme.accent}; }}
    QPlainTextEdit {{ border: 1px solid {theme.line}; border-radius: 4px; background: {theme.base};
                      selection-background-color: {theme.accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border-color: {theme.error}; }}
    QToolButton {{ border: none; border-radius: 4px; padding: {px(3)}px; }}
    QToolButton[role="narrow"] {{ padding: {px(3)}px 0; }}
    QToolButton:hover {{ background: {theme.line}; }}
    QToolButton:focus {{ outline: none; border: 1px solid {theme.accent}; }}
    QToolButton[role="chip"]:checked {{ background: {theme.line}; border-color: {theme.faint}; }}
    QToolButton[role="chip"] {{ border: 1px solid {theme.line}; padding: {px(2)}px {px(6)}px; }}
    QToolButton[role="chip"]:focus {{ border-color: {theme.accent}; }}
    QPushButton[role="inline"] {{ border: 1px solid {theme.line}; border-radius: 4px; padding: 0 {px(6)}px;
                                  margin: 0 {px(2)}px; background: {theme.base}; color: {theme.accent}; }}
    QPushButton[role="inline"]:hover, QPushButton[role="inline"]:focus {{ border-color: {theme.accent}; }}
    QPushButton[role="inline"]:pressed {{ background: {theme.line}; }}
    QSlider:horizontal {{ min-height: {px(20)}px; }}
    QSlider::groove:horizontal {{ height: {px(4)}px; border-radius: {px(2)}px; background: {theme.line}; }}
    QSlider::sub-page:horizontal {{ height: {px(4)}px; border-radius: {px(2)}px; background: {theme.accent}; }}
    QListView::indicator, QCheckBox::indicator {{ width: {px(14)}px; height: {px(14)}px; }}
    QListView::indicator:unchecked, QCheckBox::indicator:unchecked {{
        width: {px(12)}px; height: {px(12)}px; border: 1px solid {theme.faint}; border-radius: 2px;
        background: {theme.base}; }}
    QListView::indicator:unchecked:disabled, QCheckBox::indicator:unchecked:disabled {{ border-color: {theme.line}; }}
    QSlider::handle:horizontal {{ width: {px(14)}px; margin: -{px(6)}px 0; border-radius: {px(14) // 2}px;
                                  background: {theme.base}; border: 1px solid {theme.faint}; }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{ border: 2px solid {theme.accent}; }}
    QTreeView, QListView {{ border: none; background: {theme.window}; }}
    QTreeView {{ selection-background-color: {theme.line}; selection-color: {theme.text}; }}
    QHeaderView::section {{ background: {theme.window}; color: {theme.faint}; border: none;
                            border-bottom: 1px solid {theme.line}; padding: {px(4)}px {px(8)}px; }}
    QScrollArea {{ border: none; }}
    """


def solid(color: str | QColor, alpha: float = 1.0) -> QColor:
    """Return a colour with some opacity."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


SCHEME = {Qt.ColorScheme.Dark: DARK, Qt.ColorScheme.Light: LIGHT, Qt.ColorScheme.Unknown: LIGHT}
