"""A parser of the words of one command, and the options that the fields of an Experiment are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import NoReturn

from gdsim.cli.terminal import legible
from gdsim.errors import GdsimError
from gdsim.simulation.field import Field, FieldKind
from gdsim.simulation.fields import FIELDS

#: The kinds of which an option is given once for each of several values.
_SEVERAL = (FieldKind.PARAMETERS, FieldKind.OPTIONS, FieldKind.OPTIMIZERS)


class CommandParser(argparse.ArgumentParser):
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

    def field(self, field: Field, refused: bool = False) -> None:
        """Add the option of a field, or its flags, of which one may be given; the help is silent on one refused."""
        if refused:
            self.add_argument(field.flag, help=argparse.SUPPRESS, dest=field.name)
        elif field.flags:
            group = self.add_mutually_exclusive_group()
            for flag, value, text in field.flags:
                self.options.append(f"--{flag}")
                group.add_argument(f"--{flag}", action="store_const", const=value, dest=field.name, help=text)
        elif field.kind in _SEVERAL:
            self.option(field.flag, field.metavar, field.help, action="append", dest=field.name)
        else:
            self.option(field.flag, field.metavar, field.help, dest=field.name)

    def experiment(self, column: str = "target", refused: Collection[str] = ()) -> None:
        """Add the function and the options of all other fields.

        Parameters
        ----------
        column
            The option that names what is learned.
        refused
            The fields that the command has no use for; it says so of itself.
        """
        self.set_defaults(column_option=column)
        self.add_argument(
            "function",
            nargs="?",
            metavar="FUNCTION | FORMULA | FILE",
            help="what to descend: a name (gdsim functions and gdsim models list them), a formula of x and y, of x "
            "alone, or of x1, x2 …, or a saved experiment, of which the options that are given change what they name",
        )
        self.field(FIELDS["optimizers"])  # which most lines have
        for field in FIELDS.values():
            if field.kind not in (FieldKind.FUNCTION, FieldKind.OPTIMIZERS, FieldKind.TUNING):
                self.field(field, field.name in refused)
            if field.kind is FieldKind.SOURCE:
                self._add_table_options(column)

    def _add_table_options(self, column: str) -> None:
        self.option(
            f"--{column}", "COLUMN", "the column of the file that is learned (default: the last)", dest="target"
        )
        self.option(
            "--table",
            "FILE",
            "a CSV file that is read, as it is now, in place of the one that a saved experiment names",
        )
        self.option("--features", "A,B,…", "the columns it is learned from (default: all others that hold numbers)")

    def error(self, message: str) -> NoReturn:
        """Raise `GdsimError` in place of ending the program."""
        raise GdsimError("{message}", message=message)

    def format_help(self) -> str:
        """Write the help as far as stdout can show it."""
        return legible(super().format_help(), sys.stdout)
