"""Do thousands of random things to the real window, and tell what came of it.

    python tests/desktop/random_driver/random_driver.py --actions 20000 --seed 1

Every action comes from the seed and its own number, inside the running event loop. It fails with the last actions if
the program crashes, hangs, raises, or shows something else than it holds.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]


def main() -> int:
    """Run the driver in a process of its own, which may crash; the exit status."""
    wanted = arguments()
    if wanted.child:
        return drive(wanted)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the child ends with it
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [env.get("PYTHONPATH")])])
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        journal = Path(home, "journal")
        command = [sys.executable, "-X", "faulthandler", __file__, *sys.argv[1:], "--child", str(journal)]
        status = subprocess.run(command, env=env).returncode
        lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    if status:
        print(f"FAILED with status {status}, seed {wanted.seed}; the last actions:", *lines[-30:], sep="\n  ")
    return status


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="kinds of actions, with commas between them; all without")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def drive(wanted: argparse.Namespace) -> int:
    """Open the window and be its hand."""
    from gdsim.desktop.plain_imports import use_plain_imports

    use_plain_imports()  # as the program does, before all else
    from gdsim.desktop.lean_pyqtgraph import import_lean

    import_lean()
    from PySide6.QtCore import QCoreApplication, QEvent
    from random_session import Session

    from gdsim.desktop.app import make_application
    from gdsim.desktop.edits.first_experiments import opening_experiment
    from gdsim.desktop.look.style import LIGHT, apply_theme
    from gdsim.desktop.state.settings import Settings
    from gdsim.desktop.window.main_window import MainWindow

    random.seed(wanted.seed)  # the window draws from it, too
    app = make_application()
    settings = Settings()
    apply_theme(app, LIGHT)
    window = MainWindow(opening_experiment(), LIGHT, settings)
    window.resize(1440, 900)
    window.show()
    with tempfile.TemporaryDirectory() as folder, open(wanted.child, "w", encoding="utf-8", buffering=1) as journal:
        put_files(Path(folder))
        session = Session(window, Path(folder), journal, wanted)
        session.begin()
        app.exec()
        good = session.report()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return 0 if good else 1


def put_files(folder: Path) -> None:
    """Tables and experiments to be opened, good and bad."""
    dice = random.Random(0)
    rows = [(dice.gauss(0, 1), dice.gauss(0, 1), dice.randrange(2)) for _ in range(60)]
    folder.joinpath("numbers.csv").write_text("a,b,c\n" + "".join(f"{a:.3f},{b:.3f},{a - b:.3f}\n" for a, b, _ in rows))
    folder.joinpath("classes.csv").write_text("p,q,kind\n" + "".join(f"{a:.3f},{b:.3f},{c}\n" for a, b, c in rows))
    folder.joinpath("gaps.csv").write_text("a;b\n" + "".join(f"{a:.1f};{'' if c else b:.4}\n" for a, b, c in rows))
    folder.joinpath("empty.csv").write_text("")
    folder.joinpath("words.csv").write_text("name,place\nAnn,here\nBen,there\n")
    folder.joinpath("broken.json").write_text('{"gdsim": 1, "experiment": {')
    folder.joinpath("noise.json").write_bytes(bytes(dice.randrange(256) for _ in range(500)))


if __name__ == "__main__":
    sys.exit(main())
