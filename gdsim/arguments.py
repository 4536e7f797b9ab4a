"""What the command line says: its parsers, and the experiment that the words describe."""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

import gdsim
from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives import FUNCTIONS, function_named
from gdsim.optimizers import rule_named
from gdsim.simulation.experiment import DEFAULT_STEPS, DEFAULT_TOLERANCE, Entry, Experiment
from gdsim.terminal import legible

EXAMPLE = """\
example:
  gdsim run rosenbrock --optimizer adam:learning_rate=0.05 --optimizer momentum \\
      --start=-1.5,2 --restarts 15 --seed 0 --steps 500 --csv paths.csv --png picture.png
"""
_COMMANDS = {
    "run": "Race optimizers on a function and print how they end",
    "functions": "List the functions",
    "optimizers": "List the optimizers and their hyperparameters",
}
_MINUS = re.compile(r"-(\d|\.|inf|nan)")


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
    """Read the command line; what is asked for is in `command`: None, run, functions or optimizers.

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
        raise GdsimError("unexpected argument '{word}'", word=word)
    chosen.file = None
    return chosen


def _names_file(word: str) -> bool:
    """Whether a word is a file rather than a misspelled name."""
    return word.lower().endswith(".json") or os.path.exists(word)


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
    if chosen.function not in FUNCTIONS and _names_file(chosen.function):
        from gdsim.storage.files import open_file

        opened = open_file(chosen.function).experiment
    names = (opened.objective if opened else function_named(chosen.function)).names
    given: dict[str, object] = {
        name: _number(value)
        for name in ("restarts", "seed", "steps", "tolerance", "learning_rate", "momentum")
        if (value := getattr(chosen, name)) is not None
    }
    if chosen.start is not None:
        given["start"] = _numbers("start", chosen.start, names, "-1.5,2")
    if chosen.bounds is not None:
        ends = [f"{name} {end}" for name in names for end in ("low", "high")]
        flat = _numbers("bounds", chosen.bounds, ends, "-2,2,-1,3")
        given["bounds"] = tuple(zip(flat[::2], flat[1::2], strict=True))
    if chosen.optimizer is not None:
        given["optimizers"] = tuple(_entry(text) for text in chosen.optimizer)
    # the words are still words where they were no numbers: the experiment refuses them, each by its name
    if opened:
        return dataclasses.replace(opened, **given)  # type: ignore[arg-type]
    return Experiment(chosen.function, **given)  # type: ignore[arg-type]


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
        + "\nEnds with 0 when done, 2 on bad input, 1 when the program failed, 130 when interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"gdsim {gdsim.__version__}")
    parser.options.append("--version")
    # argparse would set them ragged
    listed = parser.add_subparsers(dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
    commands = {
        name: listed.add_parser(name, prog=f"gdsim {name}", description=f"{text}.") for name, text in _COMMANDS.items()
    }
    run = commands["run"]
    run.epilog = EXAMPLE
    run.add_argument(
        "function",
        nargs="?",
        metavar="FUNCTION | FILE",
        help="what to descend (gdsim functions lists them), or a saved experiment, of which the options that are given "
        "change what they name",
    )
    run.option(
        "--optimizer",
        "KEY[:NAME=VALUE,…]",
        "an optimizer and what to set on it, such as adam:learning_rate=0.05; once for each that races (default: gd)",
        action="append",
    )
    run.option("--start", "X,Y", "where run 0 starts (default: the function's own start)")
    run.option("--restarts", "N", "number of further runs from random places (default: 0)")
    run.option("--seed", "N", "what the random places are drawn from (default: 0)")
    run.option("--bounds", "LOW,HIGH,LOW,HIGH", "the box of the random places, x then y (default: the function's own)")
    run.option("--steps", "N", f"number of steps (default: {DEFAULT_STEPS})")
    run.option(
        "--tolerance", "X", f"gradient and step at which a run has converged; 0: never (default: {DEFAULT_TOLERANCE:g})"
    )
    run.option("--learning-rate", "X", "η of all optimizers on which it is not set (default: each one's own)")
    run.option("--momentum", "X", "β of Momentum and Nesterov where it is not set (default: each one's own)")
    run.option("--csv", "PATH", "write every iterate: optimizer, run, step, x, y, loss")
    run.option("--npz", "PATH", "write every iterate and how each run ended as arrays for numpy.load")
    run.option("--png", "PATH", "write a picture of the landscape with the paths")
    return parser, commands


def _joined(argv: Sequence[str]) -> list[str]:
    """Write ``--start -1,2`` as ``--start=-1,2``: argparse takes the former for two options."""
    words: list[str] = []
    for word in argv:
        if _MINUS.match(word) and words and words[-1].startswith("--") and "=" not in words[-1]:
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def _numbers(option: str, text: str, names: Sequence[str], example: str) -> tuple[int | float | str, ...]:
    values = text.split(",")
    if len(values) != len(names):
        raise GdsimError(
            "--{field} must be {count} numbers ({names}), such as --{field}={example}, not '{given}'",
            option,
            count=len(names),
            names=", ".join(names),
            example=example,
            given=text,
        )
    return tuple(map(_number, values))


def _entry(text: str) -> Entry:
    """An optimizer as it is written after --optimizer: ``key`` or ``key:name=value,name=value``."""
    key, colon, rest = text.partition(":")
    rule = rule_named(key)
    values: dict[str, object] = {}
    for setting in rest.split(",") if colon else ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise GdsimError(
                "--optimizer {given}: after the colon come settings such as {key}:{example}, not '{setting}'",
                "optimizers",
                given=text,
                key=key,
                example="=".join([rule.hypers()[0].name, str(rule.hypers()[0].default)]),
                setting=setting,
            )
        if name in values:
            raise GdsimError("--optimizer {given}: {name} is set twice", "optimizers", given=text, name=name)
        is_switch = isinstance(rule.hyper(name).default, bool)
        values[name] = {"true": True, "false": False}.get(value.lower(), value) if is_switch else _number(value)
    return Entry(key, values)  # type: ignore[arg-type]
