"""The parsers of the command line; the options of `gdsim run` are those of an Experiment's fields."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

import gdsim
from gdsim.cli.terminal import DIGITS, legible
from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.source import is_table
from gdsim.simulation.field import Field, FieldKind
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
    "functions": "List the functions",
    "optimizers": "List the optimizers and their hyperparameters",
    "schedules": "List the schedules of the learning rate and their settings",
    "models": "List the models on data and their options",
    "data": "List the sets of examples",
}
#: The options without a value.
_FLAGS = ("--help", "--version", *(f"--{flag}" for field in FIELDS.values() for flag, _, _ in field.flags))
#: The kinds of which an option is given once for each of several values.
_SEVERAL = (FieldKind.PARAMETERS, FieldKind.OPTIONS, FieldKind.OPTIMIZERS)
_MINUS = re.compile(r"-(\d|\.|inf|nan)")
#: The beginning of what looks like an option and can only be a formula.
_MINUS_FORMULA = re.compile(r"-(\d|[xy]$|[^-].*[-+*/^(|√²])")


class _CommandParser(argparse.ArgumentParser):
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

    def field(self, field: Field) -> None:
        """Add the option of a field, or its flags, of which one may be given."""
        if field.flags:
            group = self.add_mutually_exclusive_group()
            for flag, value, text in field.flags:
                self.options.append(f"--{flag}")
                group.add_argument(f"--{flag}", action="store_const", const=value, dest=field.name, help=text)
        elif field.kind in _SEVERAL:
            self.option(field.flag, field.metavar, field.help, action="append", dest=field.name)
        else:
            self.option(field.flag, field.metavar, field.help, dest=field.name)

    def error(self, message: str) -> NoReturn:
        raise GdsimError("{message}", message=message)

    def format_help(self) -> str:
        return legible(super().format_help(), sys.stdout)


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
    if argv and not argv[0].startswith("-") and argv[0] not in commands:
        if not names_file(argv[0]):
            raise UnknownNameError("command", argv[0], commands)
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
    if words.command == "run" and words.function is not None:
        words.function = words.function.strip()
    return words


def _refuse(unknown: Sequence[str], options: Sequence[str]) -> None:
    for word in unknown:
        if word.startswith("-"):
            raise UnknownNameError("option", word.partition("=")[0], options)
        raise GdsimError("unexpected argument '{word}'", word=word.strip())


def names_file(word: str) -> bool:
    """Return whether a word is a file rather than a misspelled name."""
    return word.lower().endswith(".json") or is_table(word) or os.path.exists(word)


def _parsers() -> tuple[_CommandParser, dict[str, _CommandParser]]:
    parser = _CommandParser(
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


def _add_options(run: _CommandParser) -> None:
    run.epilog = EXAMPLE + TYPED_EXAMPLE + MODEL_EXAMPLE
    run.add_argument(
        "function",
        nargs="?",
        metavar="FUNCTION | FORMULA | FILE",
        help="what to descend: a name (gdsim functions and gdsim models list them), a formula of x and y, of x "
        "alone, or of x1, x2 …, or a saved experiment, of which the options that are given change what they name",
    )
    run.field(FIELDS["optimizers"])  # which most lines have
    for field in FIELDS.values():
        if field.kind not in (FieldKind.FUNCTION, FieldKind.OPTIMIZERS, FieldKind.TUNING):
            run.field(field)
        if field.kind is FieldKind.SOURCE:
            _add_table_options(run)
    run.option("--digits", "N", f"significant digits in the table that is printed (default: {DIGITS})")
    run.option("--csv", "PATH", "write every iterate: optimizer, run, step, coordinates, loss")
    run.option("--npz", "PATH", "write every iterate and how each run ended as arrays for numpy.load")
    run.option("--png", "PATH", "write a picture of the landscape with the paths")


def _add_table_options(run: _CommandParser) -> None:
    run.option("--target", "COLUMN", "the column of the file that is learned (default: the last)")
    run.option(
        "--table", "FILE", "a CSV file that is read, as it is now, in place of the one that a saved experiment names"
    )
    run.option("--features", "A,B,…", "the columns it is learned from (default: all others that hold numbers)")


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
