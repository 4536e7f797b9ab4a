"""Choice of the features that are the axes of the picture of examples."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gdsim.desktop.views.data.shown_examples import ShownExamples

translate = QCoreApplication.translate


class FeatureChoice(QWidget):
    """A list for the feature across and one for the feature up, as far as there is a choice."""

    #: Other features are to be shown: across and up.
    wanted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: ShownExamples | None = None
        across, up = translate("DataView", "feature across"), translate("DataView", "feature up")
        self.combos = (self._combo("data_feature_x", across), self._combo("data_feature_y", up))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for combo in self.combos:
            row.addWidget(combo)

    def _combo(self, name: str, title: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setAccessibleName(title)
        combo.setToolTip(translate("DataView", "Which feature is shown; those not shown are taken at their mean."))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        # in a narrow pane its end is cut, not that of all below
        combo.setMinimumWidth(combo.fontMetrics().horizontalAdvance("0000") + 32)
        combo.activated.connect(self.take)
        return combo

    def show_features(self, shown: ShownExamples | None) -> None:
        """List the features of the examples that are shown."""
        before, self._shown = self._shown, shown
        if shown is not None and (before is None or before.data.features != shown.data.features):
            for combo in self.combos:
                combo.clear()
                combo.addItems(list(shown.data.features))
        for i, combo in enumerate(self.combos):
            if shown is not None:
                combo.setCurrentIndex(shown.axes[i])
            combo.setVisible(shown is not None and i < shown.across < shown.data.X.shape[1])

    def take(self) -> None:
        """Ask for the features that are chosen in the lists."""
        across, up = (combo.currentIndex() for combo in self.combos)
        if across == up and self._shown is not None and self._shown.across == 2:
            # the other takes the place that is free now
            across, up = self._shown.axes[::-1]
        self.wanted.emit(across, up)
