"""The command line: `gdsim` opens the window, `gdsim run` races without one."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gdsim.cli.system import qt_missing, why_no_window
from gdsim.errors import GdsimError
from gdsim.objectives.source import is_table

if TYPE_CHECKING:
    from gdsim.simulation.experiment import Experiment

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
#: What the system says where nothing more can be written.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; `argv` without its name, or that of the process.

    Returns
    -------
    int
        0 done, 1 the program failed, 2 bad input, 130 interrupted.
    """
    try:
        status = _main(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except GdsimError as error:
        # a disk that is full is nobody's bad input
        full = isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL
        return _complain(str(error), FAILED if full else BAD_INPUT)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # whoever reads, as `head`, has seen enough
        _drop_stdout()
        return DONE
    except ImportError as error:
        if sentence := qt_missing(error):
            return _complain(sentence, FAILED)
        return _fail(error)
    except OSError as error:
        _drop_stdout()
        if error.errno in _FULL:  # files are told of by their names
            return _complain(f"cannot write what is printed: {error.strerror}", FAILED)
        return _fail(error)
    except Exception as error:
        return _fail(error)


def _fail(error: Exception) -> int:
    if os.environ.get("GDSIM_DEBUG"):
        traceback.print_exc()
    return _complain(f"failed: {type(error).__name__}: {error} (GDSIM_DEBUG=1 shows where)", FAILED)


def _complain(message: str, status: int) -> int:
    from gdsim.cli.terminal import tell

    tell(message)
    return status


def _drop_stdout() -> None:
    """Drop what is still in the buffer: it would fail again, and loudly, when Python ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _main(argv: list[str]) -> int:
    if not argv:  # a window waits for nothing that words would need
        return _open(None)
    from gdsim.cli.command_line import parse

    try:
        words = parse(argv)
    except SystemExit as end:  # --help and --version have printed what they had to
        return int(end.code or 0)
    if words.command is None:
        return _open(words.file)
    if words.command == "run":
        from gdsim.cli.race_run import run_race

        run_race(words, _drawing)
        return DONE
    if words.command == "tune":
        from gdsim.cli.maps.tune_run import run_tune

        return DONE if run_tune(words, _drawing) else INTERRUPTED
    if words.command == "sweep" or words.command.startswith("map "):
        from gdsim.cli.maps.runs import run_map

        return DONE if run_map(words, _drawing) else INTERRUPTED
    from gdsim.cli.listings import data, functions, models, optimizers, schedules

    lists = {"functions": functions, "optimizers": optimizers, "schedules": schedules, "models": models, "data": data}
    print(lists[words.command](sys.stdout))
    return DONE


def _experiment_in(path: str) -> Experiment | None:
    """Open a file; None if the table that it names has to be asked for, which the window does."""
    from gdsim.storage.files import open_file
    from gdsim.storage.sources import table_error

    try:
        document = open_file(path)
    except GdsimError as error:
        if table_error(error) is None:
            raise
        return None
    return document.experiment


def _open(path: str | None) -> int:
    """Open the window, with what is in a file if there is one."""
    opened: dict[str, object] = {"experiment": None}
    if path is not None:
        from gdsim.storage.csv.file import content_of

        opened["path"] = Path(path)
        if is_table(path):  # the window asks for its columns
            content_of(path, most=1)
        else:
            opened["experiment"] = _experiment_in(path)
    if sentence := why_no_window():
        return _complain(sentence, FAILED)
    # nearly all that is made until the window is open stays: looking for rubbish in it would take a tenth of that time
    gc.disable()
    _import_qt()
    return int(_desktop("gdsim.desktop.app", "run_window")(**opened))


def _import_qt() -> None:
    """Import Qt and pyqtgraph without what only other programs want of them: this process is ours."""
    from gdsim.desktop.lean_pyqtgraph import import_lean
    from gdsim.desktop.plain_imports import use_plain_imports

    use_plain_imports()
    import_lean()


def _drawing(module: str, name: str) -> Callable[..., Any]:
    """A function that draws a picture."""
    _import_qt()
    return _desktop(module, name)


def _desktop(module: str, name: str) -> Callable[..., Any]:
    """A function of the room that imports Qt, which only what needs it may wait for."""
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
