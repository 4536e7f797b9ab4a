"""The parsers of the command line; the options of `gdsim run` are those of an Experiment's fields."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence

import gdsim
from gdsim.cli.command_parser import CommandParser
from gdsim.cli.maps.options import MAPS, SWEEP, TUNE, add_map_options
from gdsim.cli.terminal import DIGITS
from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.source import is_table
from gdsim.simulation.fields import FIELDS

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
_COMMANDS = {
    "run": "Race optimizers on a function and print how they end",
    **MAPS,
    "sweep": SWEEP,
    "tune": TUNE,
    "functions": "List the functions",
    "optimizers": "List the optimizers and their hyperparameters",
    "schedules": "List the schedules of the learning rate and their settings",
    "models": "List the models on data and their options",
    "data": "List the sets of examples",
}
#: The commands whose first word is a function.
_DESCENDING = ("run", *MAPS, "sweep", "tune")
#: The options without a value.
_FLAGS = ("--help", "--version", *(f"--{flag}" for field in FIELDS.values() for flag, _, _ in field.flags))
_MINUS = re.compile(r"-(\d|\.|inf|nan)")
#: The beginning of what looks like an option and can only be a formula.
_MINUS_FORMULA = re.compile(r"-(\d|[xy]$|[^-].*[-+*/^(|√²])")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; `command` is None or one of the names above.

    With None comes the `file` to open, or None.

    Raises
    ------
    GdsimError
        If it cannot be understood.
    SystemExit
        If it asked for help or the version, which are printed by then.
    """
    parser, commands = _parsers()
    argv = _one_word(argv)
    if argv and not argv[0].startswith("-") and argv[0] not in commands:
        if not names_file(argv[0]):
            raise UnknownNameError("command", argv[0], dict.fromkeys(name.partition(" ")[0] for name in commands))
        if len(argv) > 1:
            raise GdsimError("unexpected argument '{word}' after the file to open", word=argv[1])
        return argparse.Namespace(command=None, file=argv[0])
    try:
        words, unknown = parser.parse_known_args(_joined(argv))
    except argparse.ArgumentError as error:
        message = str(error.message).replace("expected one argument", "a value is missing after it")
        raise GdsimError("{option}: {message}", option=error.argument_name, message=message) from error
    _refuse(unknown, ["--help", *commands.get(words.command, parser).options])
    words.file = None
    if getattr(words, "function", None) is not None:
        words.function = words.function.strip()
    return words


def _one_word(argv: Sequence[str]) -> list[str]:
    """Put the two words of a kind of map together: "map basin"."""
    if list(argv[:1]) != ["map"]:
        return list(argv)
    kinds = [name.partition(" ")[2] for name in MAPS]
    if len(argv) < 2:
        raise GdsimError(
            "gdsim map needs a kind: {kinds}, such as gdsim map basin himmelblau", kinds=" or ".join(kinds)
        )
    if argv[1] in ("-h", "--help"):
        return ["--help"]
    if argv[1] not in kinds:
        raise UnknownNameError("kind of map", argv[1], kinds)
    return [f"map {argv[1]}", *argv[2:]]


def _refuse(unknown: Sequence[str], options: Sequence[str]) -> None:
    for word in unknown:
        if word.startswith("-"):
            raise UnknownNameError("option", word.partition("=")[0], options)
        raise GdsimError("unexpected argument '{word}'", word=word.strip())


def names_file(word: str) -> bool:
    """Return whether a word is a file rather than a misspelled name."""
    return word.lower().endswith(".json") or is_table(word) or os.path.exists(word)


def _parsers() -> tuple[CommandParser, dict[str, CommandParser]]:
    parser = CommandParser(
        prog="gdsim",
        usage="gdsim [-h] [--version] [FILE | COMMAND …]",
        description="A laboratory for gradient descent. Without a command it opens the window, with a saved experiment "
        "if a file is given.",
        epilog="commands:\n"
        + "".join(f"  {name:13}{text}\n" for name, text in _COMMANDS.items())
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
    add_map_options(commands)
    return parser, commands


def _add_options(run: CommandParser) -> None:
    run.epilog = EXAMPLE + TYPED_EXAMPLE + MODEL_EXAMPLE
    run.experiment()
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
            is_formula = not waits and argv[0] in _DESCENDING and _MINUS_FORMULA.match(word)
            words.append(f" {word}" if is_formula else word)
    return words
