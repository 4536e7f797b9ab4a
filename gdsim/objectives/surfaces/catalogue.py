"""The built-in surfaces: each one expression with its bounds, known minima and a telling start.

Definitions and published minima: Surjanovic & Bingham, Virtual Library of Simulation Experiments
(sfu.ca/~ssurjano); Jamil & Yang, "A literature survey of benchmark functions for global optimisation problems"
(2013). Digits beyond the published ones, and the maxima, are those of Newton's method on the expression itself; of
maxima only those inside the bounds are listed, and none where there are dozens in rows.
"""

from __future__ import annotations

from math import pi

from gdsim.objectives.base import Minimum
from gdsim.objectives.formula.compiled import add_printed
from gdsim.objectives.surfaces.function import Function
from gdsim.objectives.surfaces.printed import printed_ahead


def _square(half: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return ((-half, half), (-half, half))


def _line(half: float) -> tuple[tuple[float, float]]:
    return ((-half, half),)


def _at(*position: float, value: float = 0.0, local: bool = False, corner: bool = False) -> Minimum:
    return Minimum(position, value, not local, corner)


_ALL = (
    Function(
        "bowl",
        "Bowl",
        "The simplest surface: round, with one minimum; −∇f points straight at it.",
        "x**2 + y**2",
        _square(5.0),
        (-3.0, 4.0),
        (_at(0.0, 0.0),),
    ),
    Function(
        "ravine",
        "Ravine",
        "Twenty times steeper across than along: plain descent zigzags, momentum runs down the valley.",
        "x**2/20 + y**2",
        ((-10.0, 10.0), (-5.0, 5.0)),
        (-7.0, 2.0),
        (_at(0.0, 0.0),),
    ),
    Function(
        "rosenbrock",
        "Rosenbrock",
        "A curved valley, easy to find and slow to follow to its end.",
        "(1 - x)**2 + 100*(y - x**2)**2",
        ((-2.0, 2.0), (-1.0, 3.0)),
        (-1.5, 2.0),
        (_at(1.0, 1.0),),
    ),
    Function(
        "himmelblau",
        "Himmelblau",
        "Four equal minima round a hill: where one ends depends on the start and on the rule.",
        "(x**2 + y - 11)**2 + (x + y**2 - 7)**2",
        _square(5.0),
        (0.0, -3.0),
        (
            _at(3.0, 2.0),
            _at(-2.805118086952745, 3.131312518250573),
            _at(-3.779310253377747, -3.283185991286170),
            _at(3.584428340330492, -1.848126526964404),
        ),
        maxima=(_at(-0.2708445906673476, -0.9230385564799816, value=181.6165215225827, local=True),),
    ),
    Function(
        "rastrigin",
        "Rastrigin",
        "A bowl full of dents, one at every whole number: a test of getting over local minima.",
        "20 + x**2 - 10*cos(2*pi*x) + y**2 - 10*cos(2*pi*y)",
        _square(5.12),
        (3.3, -2.6),
        (_at(0.0, 0.0),),
    ),
    Function(
        "ackley",
        "Ackley",
        "A rippled plain with a funnel in the middle; the minimum is a corner, not a smooth point.",
        "-20*exp(-0.2*hypot(x, y)/sqrt(2)) - exp((cos(2*pi*x) + cos(2*pi*y))/2) + 20 + e",
        _square(5.0),
        (-3.4, 2.4),
        (_at(0.0, 0.0, corner=True),),
    ),
    Function(
        "beale",
        "Beale",
        "Flat in the middle and steep at the corners, with a long thin valley.",
        "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
        _square(4.5),
        (-1.0, 1.5),
        (_at(3.0, 0.5),),
    ),
    Function(
        "booth",
        "Booth",
        "A tilted bowl nine times steeper one way than the other.",
        "(x + 2*y - 7)**2 + (2*x + y - 5)**2",
        _square(10.0),
        (-7.0, -5.0),
        (_at(1.0, 3.0),),
    ),
    Function(
        "matyas",
        "Matyas",
        "A long shallow valley along the diagonal: small gradients, short steps.",
        "0.26*(x**2 + y**2) - 0.48*x*y",
        _square(10.0),
        (-8.0, 3.0),
        (_at(0.0, 0.0),),
    ),
    Function(
        "three_hump_camel",
        "Three-hump camel",
        "One global and two local minima, side by side.",
        "2*x**2 - 1.05*x**4 + x**6/6 + x*y + y**2",
        _square(2.5),
        (-2.2, 1.5),
        (
            _at(0.0, 0.0),
            _at(1.747552345830289, -0.8737761729151445, value=0.2986384422368593, local=True),
            _at(-1.747552345830289, 0.8737761729151445, value=0.2986384422368593, local=True),
        ),
    ),
    Function(
        "six_hump_camel",
        "Six-hump camel",
        "Six minima, two of them global, and saddles between.",
        "(4 - 2.1*x**2 + x**4/3)*x**2 + x*y + (-4 + 4*y**2)*y**2",
        ((-2.0, 2.0), (-1.25, 1.25)),
        (-1.0, 1.1),
        (
            _at(0.0898420131003180, -0.712656403020740, value=-1.031628453489877),
            _at(-0.0898420131003180, 0.712656403020740, value=-1.031628453489877),
            _at(1.7036067149699807, -0.7960835686726252, value=-0.21546382438371725, local=True),
            _at(-1.7036067149699807, 0.7960835686726252, value=-0.21546382438371725, local=True),
            _at(1.6071047529201974, 0.5686514548841314, value=2.1042503103112575, local=True),
            _at(-1.6071047529201974, -0.5686514548841314, value=2.1042503103112575, local=True),
        ),
        maxima=(
            _at(-1.2302298765166526, -0.16233458445899496, value=2.4962953510235764, local=True),
            _at(1.2302298765166526, 0.16233458445899496, value=2.4962953510235764, local=True),
        ),
    ),
    Function(
        "goldstein_price",
        "Goldstein–Price",
        "Four minima on a surface that spans six powers of ten.",
        "(1 + (x + y + 1)**2*(19 - 14*x + 3*x**2 - 14*y + 6*x*y + 3*y**2))"
        "*(30 + (2*x - 3*y)**2*(18 - 32*x + 12*x**2 + 48*y - 36*x*y + 27*y**2))",
        _square(2.0),
        (-1.4, 0.6),
        (
            _at(0.0, -1.0, value=3.0),
            _at(-0.6, -0.4, value=30.0, local=True),
            _at(1.8, 0.2, value=84.0, local=True),
            _at(1.2, 0.8, value=840.0, local=True),
        ),
        maxima=(_at(0.8, 0.2, value=1155.0, local=True),),
    ),
    Function(
        "styblinski_tang",
        "Styblinski–Tang",
        "Four wells of three depths: which one catches the run depends on the start.",
        "(x**4 - 16*x**2 + 5*x + y**4 - 16*y**2 + 5*y)/2",
        _square(5.0),
        (0.4, 1.0),
        (
            _at(-2.903534027771177, -2.903534027771177, value=-78.33233140754282),
            _at(2.746802770990837, -2.903534027771177, value=-64.19561235905536, local=True),
            _at(-2.903534027771177, 2.746802770990837, value=-64.19561235905536, local=True),
            _at(2.746802770990837, 2.746802770990837, value=-50.05889331056789, local=True),
        ),
        maxima=(_at(0.1567312567803401, 0.1567312567803401, value=0.39122471811071613, local=True),),
    ),
    Function(
        "mccormick",
        "McCormick",
        "A gentle sheet folded by a sine, with a global and a local valley.",
        "sin(x + y) + (x - y)**2 - 1.5*x + 2.5*y + 1",
        ((-1.5, 4.0), (-3.0, 4.0)),
        (3.5, -2.0),
        (
            _at(-0.547197551196598, -1.547197551196598, value=-1.913222954981037),
            _at(2.594395102393195, 1.594395102393195, value=1.228369698608756, local=True),
        ),
    ),
    Function(
        "levy13",
        "Lévy N. 13",
        "Ripples both ways that grow with the distance from the minimum.",
        "sin(3*pi*x)**2 + (x - 1)**2*(1 + sin(3*pi*y)**2) + (y - 1)**2*(1 + sin(2*pi*y)**2)",
        _square(4.0),
        (-2.2, 3.3),
        (_at(1.0, 1.0),),
    ),
    Function(
        "griewank",
        "Griewank",
        "A wide shallow bowl under a regular egg-box; far out only the bowl is felt.",
        "(x**2 + y**2)/4000 - cos(x)*cos(y/sqrt(2)) + 1",
        _square(20.0),
        (-11.0, 8.0),
        (_at(0.0, 0.0),),
    ),
    Function(
        "easom",
        "Easom",
        "A needle's eye: flat everywhere but for one narrow well.",
        "-cos(x)*cos(y)*exp(-(x - pi)**2 - (y - pi)**2)",
        ((-2.0, 8.0), (-2.0, 8.0)),
        (1.6, 4.4),
        (_at(pi, pi, value=-1.0),),
        maxima=(
            _at(1.3049954504376675, pi, value=0.009005678148573861),
            _at(4.978189856741919, pi, value=0.009005678148573861),
            _at(pi, 1.3049954504376675, value=0.009005678148573861),
            _at(pi, 4.978189856741919, value=0.009005678148573861),
        ),
    ),
    Function(
        "branin",
        "Branin",
        "Three equal minima in one winding valley.",
        "(y - 5.1/(4*pi**2)*x**2 + 5/pi*x - 6)**2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
        ((-5.0, 10.0), (0.0, 15.0)),
        (6.0, 12.0),
        (
            _at(-pi, 12.275, value=0.39788735772973816),
            _at(pi, 2.275, value=0.39788735772973816),
            _at(3 * pi, 2.475, value=0.39788735772973816),
        ),
    ),
    Function(
        "bohachevsky",
        "Bohachevsky N. 1",
        "A bowl with fine ripples near the bottom that catch short steps.",
        "x**2 + 2*y**2 - 0.3*cos(3*pi*x) - 0.4*cos(4*pi*y) + 0.7",
        _square(2.0),
        (-1.6, 1.3),
        (_at(0.0, 0.0),),
    ),
    Function(
        "saddle",
        "Saddle",
        "Down one way, up the other, and no minimum: starts near the ridge linger before they fall.",
        "x**2 - y**2",
        _square(3.0),
        (-2.0, 0.01),
    ),
    Function(
        "monkey_saddle",
        "Monkey saddle",
        "Three ways down from a point that is flat to second order.",
        "x**3 - 3*x*y**2",
        _square(2.0),
        (1.6, 0.02),
    ),
    Function(
        "two_valleys",
        "Two valleys",
        "A shallow valley before a deep one: plain descent is caught, momentum gets over the ridge.",
        "3*x**4 - 9*x**2 - 4.5*x + 6*y**2",
        ((-2.25, 2.25), (-1.6, 1.6)),
        (-2.0, 1.0),
        (
            _at(1.3345395441411443, 0.0, value=-12.518552038420399),
            _at(-1.0725513456002111, 0.0, value=-1.556787958868994, local=True),
        ),
    ),
    Function(
        "plateau",
        "Plateau",
        "Nearly flat, with a well: plain descent hardly moves where adaptive rules keep their pace.",
        "1 - exp(-(x**2 + y**2)/2) + (x**2 + y**2)/10000",
        _square(5.0),
        (-3.2, 2.4),
        (_at(0.0, 0.0),),
    ),
    Function(
        "square",
        "Square",
        "The simplest curve: its slope 2x is proportional to the distance from the minimum.",
        "x**2",
        _line(4.0),
        (-3.0,),
        (_at(0.0),),
        names=("x",),
    ),
    Function(
        "line",
        "Line",
        "The slope is 3 everywhere: every step is as long as the last, and there is no minimum.",
        "3*x",
        _line(5.0),
        (4.0,),
        names=("x",),
    ),
    Function(
        "double_well",
        "Double well",
        "Two minima of different depth with a hill between: the start decides which is found.",
        "x**4 - 4*x**2 + x",
        _line(2.4),
        (0.3,),
        (
            _at(-1.4729976011140302, value=-5.444192066610897),
            _at(1.346997408527774, value=-2.6185559807652474, local=True),
        ),
        names=("x",),
        maxima=(_at(0.1260001925862561, value=0.06274804737614484, local=True),),
    ),
    Function(
        "sine_hill",
        "Sine on a parabola",
        "Hills and valleys on a parabola: small steps stay in the first valley.",
        "x**2 + 10*sin(x)",
        _line(10.0),
        (7.0,),
        (
            _at(-1.306440008369511, value=-7.945823375615283),
            _at(3.837467106499049, value=8.315585579477458, local=True),
        ),
        names=("x",),
        maxima=(_at(1.977383029328841, value=13.094804143530638, local=True),),
    ),
    Function(
        "quartic_flat",
        "Flat quartic",
        "So flat at the bottom that the slope dies away long before the minimum.",
        "x**4",
        _line(2.0),
        (-1.5,),
        (_at(0.0),),
        names=("x",),
    ),
    Function(
        "abs_value",
        "Absolute value",
        "The slope is −1 or 1 and never less: steps of one length jump to and fro across the corner.",
        "abs(x)",
        _line(5.0),
        (-3.3,),
        (_at(0.0, corner=True),),
        names=("x",),
    ),
    Function(
        "cosine",
        "Cosine",
        "Hills and valleys in turn, all alike.",
        "cos(x)",
        _line(10.0),
        (0.5,),
        (_at(-pi * 3, value=-1.0), _at(-pi, value=-1.0), _at(pi, value=-1.0), _at(3 * pi, value=-1.0)),
        names=("x",),
        maxima=(_at(-2 * pi, value=1.0), _at(0.0, value=1.0), _at(2 * pi, value=1.0)),
    ),
    Function(
        "logistic_loss",
        "Logistic loss",
        "What a right answer costs a classifier by its margin: ever flatter, never zero, and so without a minimum.",
        "log(1 + exp(-x))",
        _line(6.0),
        (-4.0,),
        names=("x",),
    ),
)

#: Every built-in surface, by key, in the order people meet them.
FUNCTIONS: dict[str, Function] = {function.key: function for function in _ALL}

add_printed(printed_ahead)
