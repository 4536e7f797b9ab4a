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

KEPT_SURPRISE = QT_TRANSLATE_NOOP("Term", "The average surprise is decayed: this share of what it was is kept.")
SURPRISE = QT_TRANSLATE_NOOP("Term", "How far the gradient is from its average, squared, is added: the surprise.")
NEAR_SQUARE = QT_TRANSLATE_NOOP("Term", "The average of squares moves towards the new square, by no more than that.")
CHANGE = QT_TRANSLATE_NOOP("Term", "How the gradient has changed since the last step.")
MEAN_CHANGE = QT_TRANSLATE_NOOP("Term", "The average change of the gradient.")
PREDICTED = QT_TRANSLATE_NOOP("Term", "What the gradient will be if it goes on changing as it did.")
MIXED = QT_TRANSLATE_NOOP("Term", "A share of the average, the rest of this gradient alone.")
MIXED_SQUARE = QT_TRANSLATE_NOOP("Term", "A share of the average of squares, the rest of this square alone.")
SIGNED = QT_TRANSLATE_NOOP("Term", "What the sign is taken of: every coordinate moves by η, whichever way this points.")
TURNED = QT_TRANSLATE_NOOP("Term", "This gradient times the one before: below 0, the slope has turned.")
LENGTH_OF_STEP = QT_TRANSLATE_NOOP("Term", "The length of the step, which grows until the slope turns.")
PATH_OF_STEPS = QT_TRANSLATE_NOOP("Term", "The place that the plain steps have come to.")
WEIGHT = QT_TRANSLATE_NOOP("Term", "The sum of all weights so far, by which each new place counts in the average.")
LARGEST_RATE = QT_TRANSLATE_NOOP("Term", "The largest η so far.")
WEIGHTED = QT_TRANSLATE_NOOP("Term", "The weighted sum of all gradients so far.")
PROGRESS = QT_TRANSLATE_NOOP("Term", "How far from the start the gradients say it has come, weighted as they are.")
DISTANCE = QT_TRANSLATE_NOOP("Term", "The estimate of the distance to go, which only grows.")
