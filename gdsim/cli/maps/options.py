"""The options of `gdsim map basin`, `gdsim map setting`, `gdsim sweep` and `gdsim tune`."""

from __future__ import annotations

from gdsim.cli.command_parser import CommandParser
from gdsim.cli.terminal import DIGITS

#: The kinds of maps, each a command of two words.
MAPS = {
    "map basin": "Show where one optimizer ends from every start of a box",
    "map setting": "Show how one optimizer does with every pair of values of two of its hyperparameters",
}
SWEEP = "Show how optimizers do with every learning rate"
BASIN_EXAMPLE = """\
example:
  gdsim map basin himmelblau --optimizer momentum:learning_rate=0.01,momentum=0.9 --size 512 \\
      --png basins.png --npz basins.npz
"""
SETTING_EXAMPLE = """\
example:
  gdsim map setting rosenbrock --optimizer momentum --x learning_rate=1e-4,1 --y momentum=0,0.99 \\
      --steps 2000 --png settings.png
"""
SWEEP_EXAMPLE = """\
example:
  gdsim sweep rosenbrock --optimizer adam --optimizer momentum --rates 1e-5,10 --restarts 20 --target 0.01 \\
      --csv sweep.csv
"""
TUNE = "Give every optimizer the same budget to find its best setting"
TUNE_EXAMPLE = """\
example:
  gdsim tune rosenbrock --optimizer adam --optimizer momentum --restarts 20 --tries 64 --starts 8 \\
      --range momentum:learning_rate=1e-4,0.01 --save tuned.json
"""
_STOPPED = "\nCtrl+C stops: what is worked out by then is printed and written, and the status is 130."


def add_map_options(commands: dict[str, CommandParser]) -> None:
    """Fill the parsers of maps and sweeps."""
    _add_basin(commands["map basin"])
    _add_setting(commands["map setting"])
    _add_sweep(commands["sweep"])
    _add_tune(commands["tune"])


def _add_basin(parser: CommandParser) -> None:
    parser.epilog = BASIN_EXAMPLE + _STOPPED
    parser.experiment(refused=("restarts",))
    parser.option("--size", "N", "number of pixels a side (default: 512)")
    parser.option(
        "--plane", "A,B", "the two variables that are varied, where there are more than two (default: the first two)"
    )
    _add_common(parser, "the map with its legend")


def _add_setting(parser: CommandParser) -> None:
    parser.epilog = SETTING_EXAMPLE + _STOPPED
    parser.experiment()
    axis = "NAME=LOW,HIGH[,SCALE]"
    parser.option("--x", axis, "the hyperparameter along the columns, such as learning_rate=1e-4,1", dest="x_axis")
    parser.option(
        "--y",
        axis,
        "the hyperparameter up the rows, such as momentum=0,0.99 or, evenly in the logarithm of 1 − β, "
        "momentum=0,0.999,log1m; SCALE is log, linear or log1m",
        dest="y_axis",
    )
    parser.option("--size", "N | WxH", "number of values of each, or of columns and of rows (default: 128)")
    parser.option(
        "--measure",
        "steps|loss|rate",
        "what a setting is judged by: steps until convergence, f at the end, or the factor by which the gradient "
        "shrinks a step (default: steps)",
    )
    _add_common(parser, "the map with its colour bar")


def _add_sweep(parser: CommandParser) -> None:
    parser.epilog = SWEEP_EXAMPLE + _STOPPED
    parser.experiment(column="column")
    parser.option("--rates", "LOW,HIGH", "the least and the largest η (default: 1e-05,10)")
    parser.option("--count", "N", "number of values of η, at equal factors (default: 121)")
    parser.option(
        "--target",
        "F",
        "the value of f that makes an η workable (default: none, half of the runs have to converge)",
        dest="goal",
    )
    parser.option("--csv", "PATH", "write every run: optimizer, learning_rate, run, outcome, steps, loss")
    _add_common(parser, "loss against learning rate, and the range test")


def _add_tune(parser: CommandParser) -> None:
    parser.epilog = TUNE_EXAMPLE + _STOPPED
    parser.experiment()
    parser.option(
        "--tries", "N", "number of settings tried for each optimizer, the present one among them (default: 64)"
    )
    parser.option(
        "--starts", "N", "number of random starts that each is tried from; none of them is reported (default: 8)"
    )
    parser.option(
        "--criterion",
        "loss|steps|reached",
        "what makes a setting better: the median of f at the end, the median of steps until a run converges, or the "
        "share of runs at a global minimum (default: loss)",
    )
    parser.option("--search-seed", "N", "what settings and starts are drawn from (default: 0)")
    parser.option(
        "--range",
        "OPTIMIZER:NAME=LOW,HIGH[,SCALE]",
        "a hyperparameter that is searched, once for each (default: η, and how long the optimizer remembers); SCALE is "
        "log, linear or log1m",
        action="append",
        dest="ranges",
    )
    parser.option("--save", "PATH", "write the race with the best settings as a file that gdsim opens")
    parser.option("--csv", "PATH", "write every try: optimizer, try, setting, score")
    _add_common(parser, "before and after, and the expected best of k tries")


def _add_threads(parser: CommandParser) -> None:
    parser.option("--threads", "N", "number of threads; the numbers are the same (default: one a processor, at most 8)")
    parser.option("--digits", "N", f"significant digits in what is printed (default: {DIGITS})")


def _add_common(parser: CommandParser, picture: str) -> None:
    _add_threads(parser)
    parser.option("--npz", "PATH", "write arrays for numpy.load, with axes, units and the experiment")
    parser.option("--png", "PATH", f"write a picture: {picture}")
