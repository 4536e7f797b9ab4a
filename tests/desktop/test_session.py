"""A session by itself: it races, samples and makes scenes without a window."""

import pytest
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.session import Session


class Viewport:
    """Stands for a landscape that is looked at."""

    def view(self):
        return (-2.0, 2.0, -1.0, 1.0)

    def arrow_spacing(self):
        return (0.5, 0.5)


@pytest.fixture
def session(app, small, qtbot):
    session = Session(small, LIGHT)
    session.visible_area.look_through(Viewport())
    session.start()
    qtbot.waitUntil(lambda: session.scene.race is not None and session.scene.surface is not None, timeout=10_000)
    session.player.pause()
    yield session
    session.stop()


def test_race_and_surface_come_into_the_scene(session):
    scene = session.scene
    assert scene.race.ids == ("gd", "momentum")
    assert (scene.surface.x[0], scene.surface.x[-1]) == (-2.0, 2.0)
    assert scene.selection == ("gd", 0)
    assert not session.findChildren(QWidget)


def test_every_part_that_changes_makes_another_scene(session, qtbot):
    scenes = []
    session.shown.connect(lambda: scenes.append(session.scene))
    session.player.seek(3)
    session.selection.choose("momentum")
    session.show_optimizer("gd", False)
    assert scenes[0].step == 3
    assert scenes[-1].selection[0] == "momentum"
    assert scenes[-1].hidden == {"gd"}
    session.overlays.mark(arrows=True)
    qtbot.waitUntil(lambda: session.scene.arrows is not None, timeout=10_000)
    session.overlays.mark(arrows=False)
    assert session.scene.arrows is None


def test_nothing_new_is_no_scene(session):
    scenes = []
    session.shown.connect(lambda: scenes.append(session.scene))
    session.show(step=session.scene.step, hidden=frozenset())
    assert scenes == []


def test_a_scene_out_of_a_scene_is_shown_after_it(session):
    seen = []

    def show():
        seen.append(session.scene.step)
        if session.scene.step == 2:
            session.show(step=5)
            seen.append("shown")

    session.shown.connect(show)
    session.show(step=2)
    assert seen == [2, "shown", 5]


def test_whole_paths_while_something_is_dragged(session):
    widget = QWidget()
    session.player.seek(4)
    session.store.drag.begin(widget)
    assert session.scene.step == session.scene.race.steps
    assert session.scene.marks.held == 4
    session.move_start((0.5, 0.25))
    session.move_start((0.75, 0.25))
    session.store.drag.end()
    assert session.scene.step == 4
    assert session.scene.marks.held is None
    assert len(session.store.history) == 2
