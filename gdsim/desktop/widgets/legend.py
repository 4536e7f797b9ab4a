"""Legend of the optimizers' colours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from gdsim.desktop.look.style import Theme, optimizer_color, round_of
from gdsim.desktop.plotting.head_shapes import draw_head
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import button_text, optimizer_text, tip_text
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.flow_layout import FlowLayout
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.simulation.trajectories import Trajectories


def swatch(key: str, theme: Theme, size: int = 12, hollow_off: bool = False) -> QIcon:
    """The head of an optimizer as an icon; hollow when switched off if asked for."""
    icon, on = QIcon(), _picture(key, theme, size, hollow=False)
    off = _picture(key, theme, size, hollow=True) if hollow_off else on
    for state, picture in ((QIcon.State.On, on), (QIcon.State.Off, off)):
        # the same in a row that is selected: Qt would tint it
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(picture, mode, state)
    return icon


def _picture(key: str, theme: Theme, size: int, hollow: bool) -> QPixmap:
    picture = QPixmap(QSize(size, size) * 2)
    picture.fill(Qt.GlobalColor.transparent)
    # after filling: on a screen of 16 bits a pixel, filling forgets it
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_swatch(painter, key, theme, QRectF(0, 0, size, size), hollow)
    painter.end()
    return picture


def draw_swatch(painter: QPainter, key: str, theme: Theme, where: QRectF, hollow: bool = False) -> None:
    """Draw the head of an optimizer."""
    painter.save()
    color = optimizer_color(key, theme)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(QColor(0, 0, 0, 0) if hollow else color)
    r = where.width() / 2 - 1.5
    # what has corners reaches further than a disc
    draw_head(painter, key, where.center(), r if round_of(key) == 0 else 0.8 * r)
    painter.restore()


class Legend(QWidget):
    """A button an optimizer; clicking one hides its optimizer everywhere, or shows it again."""

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAccessibleName(self.tr("Legend"))
        self._first_theme = theme
        self._scene: Scene | None = None
        self._buttons: dict[str, QToolButton] = {}
        self._layout = FlowLayout(self)

    def hasHeightForWidth(self) -> bool:
        """Lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._layout.heightForWidth(width)

    @property
    def keys(self) -> list[str]:
        """The optimizers that are listed."""
        return list(self._buttons)

    @property
    def _theme(self) -> Theme:
        return self._first_theme if self._scene is None else self._scene.theme

    def show_scene(self, scene: Scene) -> None:
        """List the optimizers of the race, and show which of them are hidden."""
        dressed, before = self._theme, self._scene
        self._scene = scene
        if scene.race is not None and scene.changed(before, "race"):
            self.list_optimizers(scene.race)
        if scene.theme is not dressed:
            for key, button in self._buttons.items():
                self._dress(button, key)
        if scene.changed(before, "hidden"):
            for key, button in self._buttons.items():
                button.blockSignals(True)
                button.setChecked(key not in scene.hidden)
                button.blockSignals(False)

    def list_optimizers(self, race: Trajectories) -> None:
        """List those of a race."""
        if list(race.ids) == self.keys:
            for key, button in self._buttons.items():
                self._name(button, key, race)
            return
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            take_away(button)
        self._buttons = {key: self._button(key, race) for key in race.ids}

    def _dress(self, button: QToolButton, key: str) -> None:
        size = self._theme.pixels(12)
        button.setIcon(swatch(key, self._theme, size, hollow_off=True))
        button.setIconSize(QSize(size, size))

    def _name(self, button: QToolButton, key: str, race: Trajectories) -> None:
        title = optimizer_text(key, race)
        if button_text(title) == button.text():
            return
        button.setText(button_text(title))
        button.setToolTip(tip_text(self.tr("Hide or show {name} in every view.").format(name=title)))

    def _button(self, key: str, race: Trajectories) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"legend.{key}")
        self._name(button, key, race)
        self._dress(button, key)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setChecked(self._scene is None or key not in self._scene.hidden)
        keep_own_keys(button)
        button.toggled.connect(lambda shown, key=key: self.toggled.emit(key, shown))
        self._layout.addWidget(button)
        return button
