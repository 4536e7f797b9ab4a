"""Meaning of every sign and abbreviation in the window: a table, by the part of the window it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Sign:
    """A sign.

    Attributes
    ----------
    picture
        The name of its specimen; "" for one that is written.
    text
        How it is written, or called.
    meaning
        What it stands for, and what can be done with it.
    """

    picture: str
    text: str
    meaning: str


@dataclass(frozen=True)
class Section:
    """The signs of a part of the window.

    Attributes
    ----------
    parts
        The objectNames of the widgets and docks that it is about.
    title, intro
        What it is called, and what the part is for.
    """

    title: str
    intro: str
    parts: tuple[str, ...]
    signs: tuple[Sign, ...] = ()


def sections() -> tuple[Section, ...]:
    """Every section, in order; the first is for whatever has none of its own."""
    from gdsim.desktop.help.formula_signs import formula_section

    first = (_landscape(), _loss(), _runs(), _parameters(), formula_section())
    return (*first, _gradient(), _update(), _data(), _passes(), _setting_map(), _sweep(), *_small(), _letters())


def _landscape() -> Section:
    return Section(
        _tr("Landscape"),
        _tr(
            "The function seen from above, with the way of every optimizer. The wheel zooms, dragging the ground moves "
            "it, and the line below reads what is under the mouse."
        ),
        ("landscape", "side_by_side_view", "stage", "slice_bar", "derivative"),
        (
            Sign(
                "start",
                _tr("Start"),
                _tr(
                    "Where run 0 of every optimizer starts. Drag it, double-click elsewhere, or "
                    "move it with the arrow keys."
                ),
            ),
            Sign(
                "path",
                _tr("Path and head"),
                _tr(
                    "The way of an optimizer in its colour, and where it is at the step "
                    "that is shown. Click a head to choose its run."
                ),
            ),
            Sign(
                "restarts",
                _tr("Restarts"),
                _tr("Thin: runs from other, random starts, each of which is a small circle."),
            ),
            Sign(
                "chosen",
                _tr("Chosen run"),
                _tr(
                    "A ring in the colour of the text: the run that is looked at closely, in bold in the table of runs."
                ),
            ),
            Sign("rest", _tr("At rest"), _tr("A head with a hole: the run has converged, or there is no slope.")),
            Sign("lost", _tr("Lost"), _tr("A cross: the run has diverged, or left where the function is defined.")),
            Sign(
                "heads",
                _tr("Shapes of heads"),
                _tr("Optimizers that have the same colour differ in the shape of their heads …"),
            ),
            Sign("dashes", _tr("Dashes"), _tr("… and in how their paths and curves are dashed.")),
            Sign("minimum", _tr("Minimum"), _tr("A star: a known minimum.")),
            Sign("maximum", _tr("Maximum"), _tr("A triangle: a known maximum, in ascent.")),
            Sign(
                "aside",
                _tr("Faint star"),
                _tr(
                    "A known minimum that lies off the plane that is seen, or is that of "
                    "all examples while the surface is that of a batch."
                ),
            ),
            Sign(
                "ground",
                _tr("Colours and lines"),
                _tr("Darker is lower; along a level line f is the same. The bar on the right tells the values."),
            ),
            Sign("undefined", _tr("Hatched"), _tr("The function is not defined there.")),
            Sign(
                "basins",
                _tr("Basins"),
                _tr(
                    "View > Basins: each place has the colour of the minimum that the chosen optimizer ends in from "
                    "there, and is darker where that takes more steps. The numbers are those of the legend, which "
                    "tells the share of all starts in view. A click puts the start there."
                ),
            ),
            Sign(
                "no_basin",
                _tr("Grey with a pattern"),
                _tr(
                    "Starts that lead to no minimum: level lines, stopped elsewhere; dots, out of steps; falling "
                    "lines, diverged; rising lines, left where the function is defined; upright lines, no gradient."
                ),
            ),
            Sign(
                "plane",
                "p₁, p₂",
                _tr(
                    "Axes of a slice through many parameters: the direction in which all paths move "
                    "most, and the one across it in which they move most of what is left. r₁ and "
                    "r₂: directions drawn at random; w: a weight, b: a bias."
                ),
            ),
            Sign(
                "arrows",
                _tr("Arrows"),
                _tr("View > Gradient arrows: the way downhill, −∇f (uphill in ascent); longer is steeper."),
            ),
            Sign(
                "components",
                _tr("Components"),
                _tr("View > Components: −∇f at the chosen run, with its parts along the axes."),
            ),
        ),
    )


def _loss() -> Section:
    return Section(
        _tr("Loss"),
        _tr(
            "The value of f against the step. What is under the mouse is read out; a click goes to that step, or "
            "chooses a run."
        ),
        ("loss", "loss_dock"),
        (
            Sign(
                "curves",
                _tr("Curves"),
                _tr(
                    "Bold: the chosen run, and of other optimizers those from the start. Thin: "
                    "restarts. What lies ahead of the step that is shown is faint."
                ),
            ),
            Sign("end", _tr("Dot"), _tr("The run has converged here; it goes on level.")),
            Sign("end_lost", _tr("Cross"), _tr("The run is lost here: it has diverged, or left the domain.")),
            Sign("ring", _tr("Ring"), _tr("Where the best restart of an optimizer ends, if another run is bold.")),
            Sign(
                "cut", _tr("Arrow with a number"), _tr("The curve goes on beyond the frame, up or down to this value.")
            ),
            Sign(
                "",
                "f*",
                _tr(
                    "The lowest known minimum, or the highest known maximum: on a logarithmic axis f − f* is "
                    "shown, where it is known."
                ),
            ),
        ),
    )


def _runs() -> Section:
    return Section(
        _tr("Runs"),
        _tr(
            "A row an optimizer; unfold it to see its restarts. Click a row to look closely at its run, a title to "
            "sort by it; a right click on the titles shows and hides columns."
        ),
        ("runs", "runs_dock"),
        (
            Sign("ended", _tr("Square"), _tr("The run has ended at this step.")),
            Sign("ended_lost", _tr("Cross"), _tr("The run is lost: it has diverged, or left the domain.")),
            Sign("", _tr("Faint words"), _tr("What has not happened yet at the step that is shown.")),
            Sign("", "5/5", _tr("So many of all runs end at the global minimum, or at the best place that is known.")),
            Sign("", "|∇f|, |f′|", _tr("The length of the gradient, or of the derivative: 0 on flat ground.")),
            Sign("", "|θ|", _tr("The length of the vector of all parameters, where there are more than two.")),
            Sign("", _tr("MSE"), _tr("The mean squared error: the mean of (prediction − target)².")),
            Sign("", _tr("Accuracy"), _tr("The share of examples whose class is told right.")),
        ),
    )


def _parameters() -> Section:
    return Section(
        _tr("Parameters"),
        _tr("All that makes the experiment. Whatever is changed here is seen at once; Edit > Undo takes it back."),
        ("parameters", "parameters_dock", "history_dock"),
        (
            Sign(
                "",
                "η",
                _tr(
                    "Eta, the learning rate: how far a step goes along the gradient. Shared, unless an "
                    "optimizer has its own."
                ),
            ),
            Sign("", "β", _tr("Beta, the momentum: which share of the last step is kept.")),
            Sign(
                "",
                "β₁, β₂",
                _tr("Which share of the running means of the gradient, and of its square, Adam and its kin keep."),
            ),
            Sign("", "ε", _tr("Epsilon: a small number that keeps a division from being one by 0.")),
            Sign("", "λ", _tr("Lambda: how strongly weights are drawn to 0.")),
            Sign("", "σ", _tr("Sigma: the standard deviation of the noise on the gradient.")),
            Sign(
                "",
                "γ, n, δ",
                _tr("Gamma, the factor of a schedule; n, after how many steps it acts; δ, what counts as lower."),
            ),
            Sign("", "∇f, ∂f/∂x, f′", _tr("The gradient, a partial derivative, the derivative.")),
        ),
    )


def _gradient() -> Section:
    return Section(
        _tr("Gradient"),
        _tr("Cuts through the surface at the chosen run, and the slope in any direction."),
        ("gradient_view", "gradient_view_dock"),
        (
            Sign("components", "−∇f", _tr("The way downhill, with its parts along the axes.")),
            Sign("", "u", _tr("A direction that is turned with the dial; ∇f·u is how steep it is that way.")),
            Sign("", "∂f/∂x", _tr("The slope along x alone, as the tangent of the cut shows it.")),
        ),
    )


def _update() -> Section:
    return Section(
        _tr("Update"),
        _tr(
            "The step of the chosen run taken apart. Above, how its rule gets to the new position, with the numbers of "
            "this step; below, every term. Next goes through them in slow motion, as does a click on a row."
        ),
        ("update", "update_dock"),
        (
            Sign(
                "step_arrows",
                "Δx, −g",
                _tr(
                    "Arrows on the landscape: the step (thick) to the dashed circle where it leads, what of it was "
                    "carried over from before (dashed), and the way downhill. A tick in the table draws a term."
                ),
            ),
            Sign("", "Δx(t−1), Δx(g)", _tr("What of the step was carried over, and what comes of this gradient.")),
            Sign("", "×10", _tr("A short step is magnified, all its parts alike.")),
            Sign("", "m, v, m̂, v̂ …", _tr("Names as in the paper of the rule; each says in its tip what it is.")),
        ),
    )


def _data() -> Section:
    return Section(
        _tr("Data"),
        _tr(
            "The examples that a model learns from, and what every optimizer makes of them. Drag a point, double-click "
            "to add one."
        ),
        ("data_view", "data_view_dock"),
        (
            Sign(
                "trained",
                _tr("Filled"),
                _tr("Examples that are trained on; a disc and a triangle are the two classes."),
            ),
            Sign("held_out", _tr("Hollow"), _tr("Examples that are held out: no step goes by them.")),
            Sign(
                "dashes",
                _tr("Lines"),
                _tr(
                    "What each optimizer has learned: a fitted line, or where it parts the "
                    "classes; the shade is that of the chosen one."
                ),
            ),
        ),
    )


def _passes() -> Section:
    return Section(
        _tr("Forward and back"),
        _tr(
            "How a model answers one example, step by step, and how the derivatives of its cost come back to the "
            "weights."
        ),
        ("forward_back", "forward_back_dock"),
        (
            Sign("", "z, a", _tr("What comes into a neuron, summed up, and what goes out of it.")),
            Sign("", "w, b", _tr("Weights, and biases: what is learned.")),
            Sign("", "C", _tr("The cost of this one example; the loss is the mean of the costs of all.")),
        ),
    )


def _setting_map() -> Section:
    return Section(
        _tr("Setting map"),
        _tr(
            "How one optimizer does with every pair of two of its settings: each cell is a run from the start, or the "
            "median over the restarts."
        ),
        ("setting_map", "setting_map_dock"),
        (
            Sign("", "⊕", _tr("The setting in use: drag it, or move it with the arrow keys.")),
            Sign("", "★", _tr("The best cell, which the button takes over.")),
            Sign(
                "",
                _tr("Line"),
                _tr(
                    "The edge of stability by theory: beyond it runs diverge. Unless f is quadratic, near the minimum."
                ),
            ),
            Sign("", "◇", _tr("The fastest pair by theory.")),
        ),
    )


def _sweep() -> Section:
    return Section(
        _tr("Sweep"),
        _tr(
            "How every optimizer does with every η: one race an η, and under it, on the same axis, the range test, one "
            "run whose η grows with every step."
        ),
        ("sweep", "sweep_dock"),
        (
            Sign("", "●", _tr("The η in use.")),
            Sign(
                "", "★", _tr("The best η: with the fewest steps until half of the runs converge, or the lowest loss.")
            ),
            Sign("", "▼", _tr("A tenth of the η at which the loss of the range test is least.")),
            Sign("", "◆", _tr("The η at which the loss of the range test falls fastest.")),
            Sign("", _tr("Band"), _tr("From the tenth to the ninetieth of a hundred starts; the line is the median.")),
        ),
    )


def _small() -> tuple[Section, ...]:
    """Sections of views whose signs are all written in them."""
    return (
        Section(
            _tr("Formulas"),
            _tr(
                "The function and its derivatives typeset, with the numbers of the current step. The right button "
                "copies a formula."
            ),
            ("formulas", "formulas_dock"),
        ),
        Section(
            _tr("Numerical gradient"),
            _tr(
                "The gradient by differences of values beside the exact one. h is the distance of the values: too "
                "large, and the curve bends; too small, and rounding is all that is left."
            ),
            ("numerical_gradient", "numerical_gradient_dock"),
        ),
        Section(
            _tr("Chain rule"),
            _tr(
                "How f is worked out step by step. Each box is one operation with its value, each edge has its "
                "derivative; the product along a path is one term of ∂f/∂x."
            ),
            ("chain_rule", "chain_rule_dock"),
        ),
    )


def _letters() -> Section:
    return Section(
        _tr("Letters"),
        _tr("Signs that stand in more than one place."),
        (),
        (
            Sign("", "f", _tr("The function that is descended; of a model its loss over the examples.")),
            Sign("", "x, y", _tr("Coordinates of a function; of many x₁, x₂, …")),
            Sign("", "θ", _tr("Theta: all parameters of a model together.")),
            Sign("", "∇", _tr("Nabla: ∇f is the vector of the partial derivatives; it points uphill.")),
            Sign("", "d", _tr("The dimension: how many variables there are.")),
            Sign("", "1.2e−05", _tr("1.2 times ten to the power of −5.")),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Signs", text)
