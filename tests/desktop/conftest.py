"""The real window, opened and closed: after every test no thread and no timer of it may go on."""

import gc
import os

import pyqtgraph as pg
import pytest
from driving import Driver
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer

import gdsim
from gdsim.desktop.app import make_application
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.files.file_menu import DISCARD, FileMenu
from gdsim.desktop.look.style import LIGHT, apply_theme
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.window.main_window import MainWindow


@pytest.fixture(scope="session")
def app(qapp):
    application = make_application()
    # every move of the mouse counts, however fast they follow each other
    pg.setConfigOption("mouseRateLimit", 0)
    apply_theme(application, LIGHT)
    return application


@pytest.fixture(scope="module", autouse=True)
def _settled():
    """Leave what was there before the tests of a file out of the search for garbage after each of their windows."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def open_window(app, qtbot):
    """Opens windows, waits for their first race, and sees to it that nothing of them is left."""
    apply_theme(app, LIGHT)  # another test's window may have left it darker, or larger
    drivers = []

    def open_window(experiment=None, size=(1440, 900), wait=True, theme=LIGHT, settings=None, before=None):
        window = MainWindow(experiment or opening_experiment(), theme, settings)
        driver = Driver(window, qtbot)
        drivers.append(driver)
        if before is not None:
            before(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        if wait:
            driver.wait_for_race()
        return driver

    yield open_window
    for driver in drivers:
        close(driver.window)


def close(window):
    """Close a window and find nothing of it going on."""
    window.close()
    assert window.session.worker.isFinished()
    # what was under way when it closed must not start anything again
    QCoreApplication.processEvents()
    assert not [thread for thread in window.findChildren(QThread) if not thread.isFinished()]
    assert not [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def small():
    """Two optimizers and a restart on a bowl: raced at once."""
    return gdsim.Experiment(
        function="bowl",
        restarts=1,
        steps=60,
        tolerance=0,
        learning_rate=0.05,
        momentum=0.9,
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("momentum")),
    )


@pytest.fixture
def driver(open_window, small):
    """The window with the small race, standing still."""
    driver = open_window(small)
    driver.window.player.seek(0)
    return driver


@pytest.fixture
def homes(app, tmp_path, monkeypatch):
    """Settings and unsaved work lie in folders of this test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(ini, user, str(tmp_path / "config"))
    yield tmp_path
    monkeypatch.undo()
    QSettings.setPath(ini, user, os.environ["XDG_CONFIG_HOME"])


class Asked:
    """Stands in for the questions of the File menu."""

    def __init__(self):
        self.answer, self.overwrite, self.count, self.sentences = DISCARD, True, 0, []

    def ask(self):
        self.count += 1
        return self.answer() if callable(self.answer) else self.answer

    def ask_overwrite(self, sentence):
        self.sentences.append(sentence)
        return self.overwrite


@pytest.fixture
def asked(monkeypatch):
    """Questions that were asked, and the answer that is given."""
    asked = Asked()
    monkeypatch.setattr(FileMenu, "ask", lambda menu: asked.ask())
    monkeypatch.setattr(FileMenu, "ask_overwrite", lambda menu, sentence: asked.ask_overwrite(sentence))
    return asked


@pytest.fixture
def open_lasting(homes, asked, open_window):
    """Opens windows that remember and ask."""
    yield lambda *args, **more: open_window(*args, settings=Settings(), **more)
    asked.answer = DISCARD


@pytest.fixture
def lasting(open_lasting, small):
    """The window with the small race, standing still, that remembers and asks."""
    driver = open_lasting(small)
    driver.window.player.seek(0)
    return driver
