"""Every command there is: text, icon, keys, what it does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, eq=False)
class Command:
    """Something a person can do.

    Attributes
    ----------
    name
        The action's objectName.
    menu
        Which menu it stands in; a rule is drawn where `menu` begins with "-".
    text, tip
        What it is called, and what it does in one sentence.
    shortcut
        Keys that do it, in Qt's notation, unless a person chose others.
    picture
        The name of its icon; "" for none.
    switch
        Whether it is a switch, and if so how it stands at first.
    group
        Switches of one group exclude each other.
    """

    name: str
    menu: str
    text: str
    tip: str
    shortcut: str = ""
    picture: str = ""
    switch: bool | None = None
    group: str = ""


#: What stands in the toolbar.
TOOLBAR = ("new", "open", "save", "undo", "redo", "reset_all", "side_by_side", "reset_view", "palette")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Command", text)


def menus() -> dict[str, str]:
    """The titles of the menus, in order."""
    return {
        "file": _tr("&File"),
        "edit": _tr("&Edit"),
        "view": _tr("&View"),
        "run": _tr("&Run"),
        "tools": _tr("&Tools"),
        "help": _tr("&Help"),
    }


def commands() -> tuple[Command, ...]:
    """Every command, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_run(), *_tools())


def _file() -> tuple[Command, ...]:
    tr = _tr
    return (
        Command("new", "file", tr("&New"), tr("Begin a new experiment."), "Ctrl+N"),
        Command("open", "file", tr("&Open…"), tr("Open an experiment from a file."), "Ctrl+O"),
        Command("open_data", "file", tr("Open &data…"), tr("Train a model on a table of your own, from a CSV file.")),
        Command("save", "-file", tr("&Save"), tr("Save the experiment to its file."), "Ctrl+S"),
        Command("save_as", "file", tr("Save &as…"), tr("Save the experiment to another file."), "Ctrl+Shift+S"),
        Command("export_picture", "-file", tr("Export &picture…"), tr("Save a view as PNG or SVG."), "Ctrl+E"),
        Command("copy_picture", "file", tr("Cop&y picture"), tr("Copy the landscape as a picture."), "Ctrl+Shift+C"),
        Command("export_table", "file", tr("Export &table…"), tr("Save how every run ended as CSV.")),
        Command("export_iterates", "file", tr("Export &iterates…"), tr("Save every step of every run as CSV or NPZ.")),
        Command(
            "export_basins",
            "file",
            tr("Export &basins…"),
            tr("Save the basin map as arrays, as NPZ."),
        ),
        Command(
            "export_setting_map", "file", tr("Export setting &map…"), tr("Save the setting map as arrays, as NPZ.")
        ),
        Command("copy_python", "-file", tr("Copy as P&ython"), tr("Copy a Python program that runs this experiment.")),
        Command("copy_torch", "file", tr("Copy as Py&Torch"), tr("Copy a PyTorch program that takes the same paths.")),
        Command(
            "save_python", "file", tr("Sa&ve Python program…"), tr("Save a Python program that runs this experiment.")
        ),
        Command(
            "save_torch", "file", tr("Sav&e PyTorch program…"), tr("Save a PyTorch program that takes the same paths.")
        ),
        Command("settings", "-file", tr("Se&ttings…"), tr("Colours, sizes, language and defaults."), "Ctrl+,"),
        Command("quit", "-file", tr("&Quit"), tr("Leave the program."), "Ctrl+Q"),
    )


def _edit() -> tuple[Command, ...]:
    tr = _tr
    return (
        Command("undo", "edit", tr("&Undo"), tr("Take the last change back."), "Ctrl+Z"),
        Command("redo", "edit", tr("&Redo"), tr("Make the change again."), "Ctrl+Shift+Z"),
        Command("reset_all", "-edit", tr("Reset &all"), tr("Every value as it was when the experiment was opened.")),
    )


def _view() -> tuple[Command, ...]:
    tr = _tr
    return (
        Command(
            "side_by_side",
            "view",
            tr("&Side by side"),
            tr("A grid with one landscape an optimizer."),
            "Ctrl+G",
            switch=False,
        ),
        Command("reset_view", "view", tr("&Reset view"), tr("Show the function's bounds again."), "Ctrl+0"),
        Command(
            "equal_aspect",
            "view",
            tr("&Equal aspect"),
            tr("One unit of x as long as one of y."),
            "Ctrl+Shift+E",
            switch=True,
        ),
        Command(
            "arrows",
            "-view",
            tr("Gradient &arrows"),
            tr("Arrows all over the landscape: the way downhill, −∇f (uphill in ascent), and how steep it is."),
            "Ctrl+Shift+G",
            switch=False,
        ),
        Command(
            "arrows_alike", "view", tr("Arrows of one len&gth"), tr("The arrows show the direction only."), switch=False
        ),
        Command(
            "components",
            "view",
            tr("&Components at the chosen run"),
            tr("The gradient where the chosen run is, with the partial derivatives as its components."),
            switch=False,
        ),
        Command(
            "take_apart",
            "view",
            tr("Take the &update apart"),
            tr("Why the chosen run takes this step: its formula with numbers, every term, and in slow motion."),
            "Ctrl+U",
        ),
        Command(
            "batch_surface",
            "view",
            tr("Surface of the current &batch"),
            tr("The landscape is the loss over the batch of the current step, in the colours of all examples."),
            "Ctrl+B",
            switch=False,
        ),
        Command(
            "basins",
            "view",
            tr("Bas&ins"),
            tr("Colour every start by the minimum that the chosen optimizer ends in; darker after more steps."),
            "Ctrl+Shift+B",
            switch=False,
        ),
        Command(
            "log_loss",
            "-view",
            tr("&Logarithmic loss"),
            tr("Show the loss on a logarithmic axis."),
            "Ctrl+L",
            switch=True,
        ),
        Command(
            "theme_system",
            "-view",
            tr("Colours of the s&ystem"),
            tr("Light or dark as the system is."),
            switch=True,
            group="theme",
        ),
        Command("theme_light", "view", tr("L&ight"), tr("A light window."), switch=False, group="theme"),
        Command("theme_dark", "view", tr("&Dark"), tr("A dark window."), "Ctrl+D", switch=False, group="theme"),
        Command("larger", "-view", tr("Lar&ger"), tr("Larger text and pens, for a projector."), "Ctrl++"),
        Command("smaller", "view", tr("S&maller"), tr("Smaller text and pens."), "Ctrl+-"),
        Command("normal_size", "view", tr("&Normal size"), tr("Text and pens for a desk."), "Ctrl+="),
        Command("full_screen", "view", tr("&Full screen"), tr("Use the whole screen."), "F11", switch=False),
        Command("reset_layout", "-view", tr("Reset la&yout"), tr("Every part of the window in its place.")),
    )


def _run() -> tuple[Command, ...]:
    tr = _tr
    return (
        Command("play", "run", tr("&Play"), tr("Play or pause."), "Space", "play"),
        Command("first", "run", tr("To the &start"), tr("Show the start."), "Home", "first"),
        Command("back", "run", tr("Step &back"), tr("Show the step before."), "Left", "back"),
        Command("forward", "run", tr("Step &forward"), tr("Show the next step."), "Right", "forward"),
        Command("last", "run", tr("To the &end"), tr("Show the last step."), "End", "last"),
        Command("new_seed", "-run", tr("&New seed"), tr("Draw other random restarts."), "Ctrl+R"),
        Command("stop", "run", tr("S&top computing"), tr("End a long computation where it is."), "Ctrl+."),
        Command("run_again", "run", tr("R&un again"), tr("Compute a race that was stopped, from its start."), "F5"),
    )


def _tools() -> tuple[Command, ...]:
    tr = _tr
    return (
        Command(
            "tune",
            "tools",
            tr("&Tune fairly…"),
            tr("Give every optimizer the same budget to find its best setting, and compare the results."),
            "Ctrl+T",
        ),
        Command("palette", "-tools", tr("&Find a command…"), tr("Search everything the program can do."), "Ctrl+K"),
        Command("shortcuts", "tools", tr("&Keyboard shortcuts…"), tr("See and change which keys do what.")),
        Command(
            "what_is_what",
            "help",
            tr("&What is what"),
            tr("Every sign in the window, and what it stands for: that of the part one is at."),
            "F1",
        ),
        Command("about", "help", tr("&About gdsim"), tr("Version and licence.")),
    )
