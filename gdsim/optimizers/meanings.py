"""Sentences on what the terms of a step are: for several rules the same."""

from __future__ import annotations

from gdsim.translatable import QT_TRANSLATE_NOOP

KEPT_VELOCITY = QT_TRANSLATE_NOOP("Term", "The velocity is decayed: this share of the last movement carries on.")
VELOCITY = QT_TRANSLATE_NOOP("Term", "The gradient is added: the velocity.")
AHEAD = QT_TRANSLATE_NOOP("Term", "The velocity looks ahead: what it will be if the gradient stays as it is.")

KEPT_MEAN = QT_TRANSLATE_NOOP("Term", "The average gradient is decayed: this share of what it was is kept.")
MEAN = QT_TRANSLATE_NOOP("Term", "A share of the gradient is added: the average gradient, or first moment.")
KEPT_SQUARE = QT_TRANSLATE_NOOP("Term", "The average of squares is decayed: this share of what it was is kept.")
SQUARE = QT_TRANSLATE_NOOP("Term", "A share of the gradient's square is added: the average square, or second moment.")
MEAN_CORRECTED = QT_TRANSLATE_NOOP("Term", "The average gradient is corrected for its start at 0.")
SQUARE_CORRECTED = QT_TRANSLATE_NOOP("Term", "The average of squares is corrected for its start at 0.")

RATE_CORRECTED = QT_TRANSLATE_NOOP("Term", "η with the corrections for the start of the averages at 0 in it.")
SMALL_CORRECTED = QT_TRANSLATE_NOOP("Term", "ε with the correction of the average of squares in it.")
DIVISOR = QT_TRANSLATE_NOOP("Term", "The step is divided by this: the usual size of the gradient in this coordinate.")
OWN_RATE = QT_TRANSLATE_NOOP("Term", "The effective learning rate, which every coordinate has for itself.")
LARGEST_SQUARE = QT_TRANSLATE_NOOP("Term", "The largest average of squares so far.")
KEPT_LARGEST = QT_TRANSLATE_NOOP("Term", "The largest recent gradient is decayed: this share of what it was is kept.")
LARGEST = QT_TRANSLATE_NOOP("Term", "The larger of that and the size of this gradient.")

SUM_OF_SQUARES = QT_TRANSLATE_NOOP("Term", "The square of the gradient is added: the sum of all squares so far.")
DECAYED_RATE = QT_TRANSLATE_NOOP("Term", "η, which decays with the number of steps.")
SCALED = QT_TRANSLATE_NOOP("Term", "The gradient is scaled: the step, but for η.")
KEPT_MOVES = QT_TRANSLATE_NOOP("Term", "The average square of movements is decayed: this share of what it was is kept.")
MOVES = QT_TRANSLATE_NOOP("Term", "A share of the movement's square is added: the average square of movements.")
KEPT_SCALED = QT_TRANSLATE_NOOP("Term", "What moved the last step is decayed: this share of it carries on.")
MOVED = QT_TRANSLATE_NOOP("Term", "The scaled gradient is added: what moves the step, but for η.")

WARMED = QT_TRANSLATE_NOOP("Term", "The momentum of this step, which rises to β₁.")
WARMED_AHEAD = QT_TRANSLATE_NOOP("Term", "The momentum of the next step.")
PRODUCT = QT_TRANSLATE_NOOP("Term", "The product of the momenta of all steps so far.")
LENGTH = QT_TRANSLATE_NOOP("Term", "How many gradients the average of squares goes by; above 5 it is trusted.")
RECTIFIED = QT_TRANSLATE_NOOP("Term", "The scale of the step: 1 as long as the average of squares is not trusted.")
