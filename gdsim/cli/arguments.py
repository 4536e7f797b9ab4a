"""What the command line says: its parsers, and the experiment that the words describe."""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import gdsim
from gdsim.checks import as_count
from gdsim.cli.terminal_tables import DIGITS, counted, legible
from gdsim.cli.values import as_entry, as_gradient, as_number, as_parameters, as_schedule
from gdsim.errors import GdsimError, UnknownNameError, listed, shown
from gdsim.objectives import FUNCTIONS, MODEL_KEYS, objective_for
from gdsim.objectives.source import is_table
from gdsim.objectives.surfaces.high_dimensional import FEWEST, MANY, MOST
from gdsim.simulation.experiment import DEFAULT_STEPS, DEFAULT_TOLERANCE, Experiment

EXAMPLE = """\
example:
  gdsim run rosenbrock --optimizer adam:learning_rate=0.05 --optimizer momentum \\
      --start=-1.5,2 --restarts 15 --seed 0 --steps 500 --csv paths.csv --png picture.png
"""
TYPED_EXAMPLE = """
  gdsim run 'a*x^2 + y^2 + sin(3x)' --parameter a=3 --gradient central:h=1e-4 --noise 0.1 \\
      --optimizer adam:learning_rate=0.1,schedule=cosine,schedule.steps=300,clip=1
"""
MODEL_EXAMPLE = """
  gdsim run network --data moons:count=400,noise=0.2 --option hidden=16,16 --batch 32 \\
      --optimizer adam:learning_rate=0.01
  gdsim run logistic --data points.csv --target label
  gdsim run rosenbrock --option dimension=10 --optimizer adam:learning_rate=0.05
"""
_FLAGS = ("--ascent", "--descent", "--help", "--version")
_COMMANDS = {
    "run": "Race optimizers on a function and print how they end",
    "functions": "List the functions",
    "optimizers": "List the optimizers and their hyperparameters",
    "schedules": "List the schedules of the learning rate and their settings",
    "models": "List the models on data and their options",
    "data": "List the sets of examples",
}
_MINUS = re.compile(r"-(\d|\.|inf|nan)")
#: What begins like an option and can only be a formula.
_MINUS_FORMULA = re.compile(r"-(\d|[xy]$|[^-].*[-+*/^(|√²])")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, and whose help any terminal can show."""

    def __init__(self, **settings: object) -> None:
        super().__init__(
            **settings,  # type: ignore[arg-type]
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self.options: list[str] = []

    def option(self, name: str, metavar: str, text: str, **settings: object) -> None:
        """Add an option with a value, which is read later, where its field is known."""
        self.options.append(name)
        self.add_argument(name, metavar=metavar, help=text, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        raise GdsimError("{message}", message=message)

    def format_help(self) -> str:
        return legible(super().format_help(), sys.stdout)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what is asked for is in `command`: None or one of the names above.

    With None comes the `file` to open, or None.

    Raises
    ------
    GdsimError
        If it cannot be understood.
    SystemExit
        If it asked for help or the version, which are printed by then.
    """
    parser, commands = _parsers()
    if argv and not argv[0].startswith("-") and argv[0] not in commands:
        if not _names_file(argv[0]):
            raise UnknownNameError("command", argv[0], commands)
        if len(argv) > 1:
            raise GdsimError("unexpected argument '{word}' after the file to open", word=argv[1])
        return argparse.Namespace(command=None, file=argv[0])
    try:
        chosen, unknown = parser.parse_known_args(_joined(argv))
    except argparse.ArgumentError as error:
        message = str(error.message).replace("expected one argument", "a value is missing after it")
        raise GdsimError("{option}: {message}", option=error.argument_name, message=message) from error
    for word in unknown:
        if word.startswith("-"):
            known = ["--help", *commands.get(chosen.command, parser).options]
            raise UnknownNameError("option", word.partition("=")[0], known)
        raise GdsimError("unexpected argument '{word}'", word=word.strip())
    chosen.file = None
    if chosen.command == "run" and chosen.function is not None:
        chosen.function = chosen.function.strip()
    return chosen


def _names_file(word: str) -> bool:
    """Whether a word is a file rather than a misspelled name."""
    return word.lower().endswith(".json") or is_table(word) or os.path.exists(word)


def experiment(chosen: argparse.Namespace) -> Experiment:
    """The experiment that the options of `gdsim run` describe.

    What was not said is as in the file that is run, or is left to its default.
    """
    if chosen.function is None:
        raise GdsimError(
            "gdsim run needs a function, such as rosenbrock, or a file; gdsim functions lists them", "function"
        )
    opened = None
    # a name stays a name, whatever lies about in the folder
    if chosen.function not in (*FUNCTIONS, *MODEL_KEYS) and _names_file(chosen.function):
        from gdsim.storage.files import open_file
        from gdsim.storage.sources import table_error

        if is_table(chosen.function):
            raise GdsimError(
                "{path} is a table: gdsim run linear --data {path}, or another model, is trained on it",
                "function",
                path=shown(chosen.function),
            )
        try:
            opened = open_file(chosen.function, chosen.table, pipes=True).experiment
        except GdsimError as error:
            if chosen.table is None and (lost := table_error(error)):
                ways = {
                    "changed": "{reason}; --table {path} takes the table as it is now",
                    "outside": "{reason}; --table {path} reads it all the same",
                    "unreadable": "{reason}; --table FILE reads another in its place",
                }
                raise GdsimError(ways[lost.why], "table", reason=error, path=lost.path) from error
            raise
    elif chosen.table is not None:
        raise GdsimError("--table is for a saved experiment: name the file of a table with --data", "table")
    given = _given(chosen)
    if opened and "parameters" in given:
        given["parameters"] = {**opened.parameters, **given["parameters"]}
    function = str(opened.function) if opened else chosen.function
    _read_model(chosen, function, given)
    if opened and "options" in given:
        given["options"] = {**opened.options, **given["options"]}
    names = _names(opened, function, given)
    if chosen.start is not None:
        given["start"] = _numbers("start", chosen.start, names, ("-1.5", "2"))
    if chosen.bounds is not None:
        ends = [f"{name} {end}" for name in names for end in ("low", "high")]
        words = chosen.bounds
        if len(names) > 2 and words.count(",") == 1:  # the same for all
            words = ",".join([words] * len(names))
        flat = _numbers("bounds", words, ends, ("-2", "2", "-1", "3"))
        given["bounds"] = tuple(zip(flat[::2], flat[1::2], strict=True))
    # the words are still words where they were no numbers: the experiment refuses them, each by its name
    return dataclasses.replace(opened, **given) if opened else Experiment(chosen.function, **given)


def _read_model(chosen: argparse.Namespace, function: str, given: dict[str, Any]) -> None:
    """Put into `given` the examples and options."""
    asked = {name: words for name in ("data", "options") if (words := getattr(chosen, name)) is not None}
    for name in ("target", "features"):
        if getattr(chosen, name) is not None and chosen.data is None:
            raise GdsimError("--{name} is for a table of your own: name its file with --data", name, name=name)
    if "data" in asked and function not in MODEL_KEYS:
        raise GdsimError(
            "--data is for a model on data ({models}), not for '{given}'",
            "data",
            models=", ".join(MODEL_KEYS),
            given=shown(function),
        )
    if asked:
        from gdsim.cli.model_values import as_options, as_source

        if "data" in asked:
            given["data"] = as_source(chosen.data, chosen.target, chosen.features)
        if "options" in asked:
            given["options"] = as_options(function, chosen.options)


def _names(opened: Experiment | None, function: str, given: dict[str, Any]) -> tuple[str, ...]:
    """The names of the coordinates."""
    if function not in MODEL_KEYS and "options" not in given:
        return (opened.objective if opened else objective_for(function, given.get("parameters"))).names
    described = {name: given[name] for name in ("data", "options") if name in given}
    # where it starts and what is looked at may not fit another model
    plain = Experiment(function) if opened is None else dataclasses.replace(opened, start=None, bounds=None)
    return dataclasses.replace(plain, **described).objective.names


def digits(chosen: argparse.Namespace) -> int:
    """How many significant digits the table shall show."""
    return DIGITS if chosen.digits is None else as_count(as_number(chosen.digits), "digits", 1, 17)


#: By option that is not asked about the function: what its words say.
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("restarts", "seed", "steps", "tolerance", "learning_rate", "momentum", "noise", "clip", "batch"), as_number
    ),
    "gradient": as_gradient,
    "schedule": as_schedule,
    "parameters": as_parameters,
    "optimizers": lambda texts: tuple(map(as_entry, texts)),
    "direction": str,
}


def _given(chosen: argparse.Namespace) -> dict[str, Any]:
    """The fields of an experiment that options name, but for start and bounds."""
    return {name: read(words) for name, read in _READ.items() if (words := getattr(chosen, name)) is not None}


def _parsers() -> tuple[_Parser, dict[str, _Parser]]:
    parser = _Parser(
        prog="gdsim",
        usage="gdsim [-h] [--version] [FILE | COMMAND …]",
        description="A laboratory for gradient descent. Without a command it opens the window, with a saved experiment "
        "if a file is given.",
        epilog="commands:\n"
        + "".join(f"  {name:12}{text}\n" for name, text in _COMMANDS.items())
        + "  gdsim COMMAND --help says more\n\n"
        + EXAMPLE
        + TYPED_EXAMPLE
        + MODEL_EXAMPLE
        + "\nEnds with 0 when done, 2 on bad input, 1 when the program failed, 130 when interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"gdsim {gdsim.__version__}")
    parser.options.append("--version")
    # argparse would set them ragged
    listed = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
    commands = {
        name: listed.add_parser(name, prog=f"gdsim {name}", description=f"{text}.") for name, text in _COMMANDS.items()
    }
    _add_options(commands["run"])
    return parser, commands


def _add_options(run: _Parser) -> None:
    run.epilog = EXAMPLE + TYPED_EXAMPLE + MODEL_EXAMPLE
    run.add_argument(
        "function",
        nargs="?",
        metavar="FUNCTION | FORMULA | FILE",
        help="what to descend: a name (gdsim functions and gdsim models list them), a formula of x and y, of x "
        "alone, or of x1, x2 …, or a saved experiment, of which the options that are given change what they name",
    )
    run.option(
        "--optimizer",
        "KEY[:NAME=VALUE,…]",
        "an optimizer and what to set on it, such as adam:learning_rate=0.05; schedule=KEY, schedule.NAME=VALUE, "
        "clip=X and name=TEXT are for this one alone; once for each that races (default: gd)",
        action="append",
        dest="optimizers",
    )
    run.option(
        "--parameter",
        "NAME=VALUE",
        "value of a parameter of the formula, once for each (default: 1; a name of several letters needs one)",
        action="append",
        dest="parameters",
    )
    run.option(
        "--data",
        "KEY[:NAME=VALUE,…] | FILE",
        "examples of a model: a set (gdsim data lists them) such as blobs:count=200,noise=0.4,seed=1,held_out=0.25, or "
        "a CSV file, such as points.csv:held_out=0.3,gaps=reject,header=true (default: the model's own)",
    )
    run.option("--target", "COLUMN", "the column of the file that is learned (default: the last)")
    run.option(
        "--table", "FILE", "a CSV file that is read, as it is now, in place of the one that a saved experiment names"
    )
    run.option("--features", "A,B,…", "the columns it is learned from (default: all others that hold numbers)")
    run.option(
        "--option",
        "NAME=VALUE",
        "what is chosen about a model, such as hidden=16,16, once for each (gdsim models lists them); or, for "
        f"{', '.join(MANY)}, dimension=D, from {FEWEST} to {MOST}",
        action="append",
        dest="options",
    )
    run.option("--batch", "N", "number of examples that a step of a model goes by (default: 0, all)")
    run.option("--start", "X,Y", "where run 0 starts (default: the function's own start)")
    run.option("--restarts", "N", "number of further runs from random places (default: 0)")
    run.option("--seed", "N", "what the random places, noise, batches and first weights are drawn from (default: 0)")
    run.option(
        "--bounds",
        "LOW,HIGH,LOW,HIGH",
        "the box of the random places, x then y; of more variables one pair may stand for all (default: the function's "
        "own)",
    )
    run.option("--steps", "N", f"number of steps (default: {DEFAULT_STEPS})")
    run.option(
        "--tolerance", "X", f"gradient and step at which a run has converged; 0: never (default: {DEFAULT_TOLERANCE:g})"
    )
    run.option("--learning-rate", "X", "η of all optimizers on which it is not set (default: each one's own)")
    run.option("--momentum", "X", "β of Momentum and Nesterov where it is not set (default: each one's own)")
    run.option(
        "--schedule",
        "KEY[:NAME=VALUE,…]",
        "how η goes on, such as cosine:steps=300 (gdsim schedules lists them; default: constant)",
    )
    run.option("--gradient", "KEY[:h=H]", "exact, central or forward difference, such as central:h=1e-4")
    run.option("--noise", "X", "standard deviation of the noise added to every component of the gradient (default: 0)")
    run.option("--clip", "X", "length to which a longer gradient is cut (default: 0, none)")
    way = run.add_mutually_exclusive_group()
    for flag, text in (("ascent", "go uphill, to a maximum"), ("descent", "go downhill, whatever the file says")):
        run.options.append(f"--{flag}")
        way.add_argument(f"--{flag}", action="store_const", const=flag, dest="direction", help=text)
    run.option("--digits", "N", f"significant digits in the table that is printed (default: {DIGITS})")
    run.option("--csv", "PATH", "write every iterate: optimizer, run, step, coordinates, loss")
    run.option("--npz", "PATH", "write every iterate and how each run ended as arrays for numpy.load")
    run.option("--png", "PATH", "write a picture of the landscape with the paths")


def _joined(argv: Sequence[str]) -> list[str]:
    """Write ``--start -1,2`` as ``--start=-1,2``, ``-x^2`` with a blank before it: argparse takes both for options."""
    words: list[str] = []
    for word in argv:
        waits = words and words[-1].startswith("--") and "=" not in words[-1] and words[-1] not in _FLAGS
        if waits and _MINUS.match(word):
            words[-1] += f"={word}"
        else:
            is_formula = not waits and argv[0] == "run" and _MINUS_FORMULA.match(word)
            words.append(f" {word}" if is_formula else word)
    return words


def _numbers(option: str, text: str, names: Sequence[str], example: Sequence[str]) -> tuple[int | float | str, ...]:
    values = text.split(",")
    if len(values) != len(names):
        raise GdsimError(
            "--{field} must be {count} ({names}), such as --{field}={example}, not '{given}'",
            option,
            count=counted(len(names), "number"),
            names=listed(names),
            example=",".join((*example, *["0"] * len(names))[: min(len(names), 6)]) + ",…" * (len(names) > 6),
            given=text,
        )
    return tuple(map(as_number, values))
