"""Forward and back in the window: the graph of one example, and the walk through it."""

from types import SimpleNamespace

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QSpinBox

from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.data.examples_plot import DataPlot
from gdsim.desktop.views.graphs.forward_back import ForwardBackView
from gdsim.desktop.views.graphs.pass_graph import PassGraph
from gdsim.objectives import Source
from gdsim.objectives.data import Network
from gdsim.objectives.data.lookup import dataset_of
from gdsim.objectives.data.models.layers import Examples
from gdsim.objectives.data.walkthrough.passes import passes_of
from gdsim.simulation.experiment import Entry, Experiment


@pytest.fixture
def shown(driver):
    """The window with the view, and a line through examples."""
    dock = driver.widget("forward_back_dock", QDockWidget)
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.view = dock.view
    return driver


@pytest.fixture
def alone(app, qtbot):
    """Shows a view on the race of an experiment."""

    def alone(step=2, **fields):
        experiment, chosen = Experiment(steps=6, **fields), Selection()
        race = experiment.run()
        chosen.set_race(race)
        desk = SimpleNamespace(
            selection=chosen,
            store=SimpleNamespace(experiment=experiment),
            say=None,
            requests=SimpleNamespace(send=lambda _, work, answer: answer(work(), None)),
        )
        view = ForwardBackView(desk, LIGHT)
        qtbot.addWidget(view)
        view.show_scene(Scene(experiment, LIGHT, race, step, (chosen.key, chosen.run)))
        view.resize(400, 600)
        view.show()
        return view, race

    return alone


def test_a_walk_in_the_window(shown):
    view = shown.view
    assert "choose a model" in shown.text("pass_sentence")
    assert view.graph is None
    shown.change(
        function="linear", start=None, optimizers=(Entry("gd", {"learning_rate": 0.01}), Entry("adam")), restarts=1
    )
    # the examples came to the front with the model
    shown.widget("forward_back_dock", QDockWidget).raise_()
    shown.until(lambda: view.isVisible() and view.graph is not None)
    shown.window.player.seek(3)
    model, data = shown.race.objective, dataset_of(Source("line"))
    example = int(data.train[4])
    shown.widget("pass_example", QSpinBox).setValue(example)
    shown.click("next_example")
    w, b = shown.race.positions[3, 0, :, 0]
    x, y = data.X[example, 0], data.y[example]
    z = w * x + b
    heard = []
    for _ in range(7):
        heard.append(shown.text("pass_formula").replace("\u2060", "").split("\n"))
        shown.click("walk_next")
    by_z = 2 * (z - y)
    expected = [show(value) for value in (x, z, z, (z - y) ** 2, by_z, by_z, by_z * x)]
    assert [lines[0].split(" = ")[-1] for lines in heard] == expected
    # the update: by this example, and as the race goes on
    assert f"= {show(w - 0.01 * 2 * (z - y) * x)}" in shown.text("pass_formula")
    assert f" = {show(shown.race.positions[4, 0, 0, 0])}\n" in shown.text("pass_product")
    assert f"{len(model.y)} examples" in shown.text("pass_product")
    assert not shown.widget("walk_next").isEnabled()
    shown.window.session.selection.choose("adam", 1)
    assert "Adam" in shown.text("pass_words")
    assert show(shown.race.positions[4, 1, 0, 1]) in shown.text("pass_product")
    shown.window.player.to_end()
    shown.until(lambda: "has ended" in shown.text("pass_words"))
    shown.click("walk_back")
    # that of the bias, too, by a click on what it weighs; it is typeset once, and its numbers go on
    assert view.chain.line.text == "∂C/∂w = ∂C/∂a · ∂a/∂z · ∂z/∂w = 2(a − y) · 1 · x"
    one = next(i for i, node in enumerate(view.shown.passes.nodes) if node.kind == "one")
    view.graph.picked.emit(one)
    assert view.chain.line.text == "∂C/∂b = ∂C/∂a · ∂a/∂z · ∂z/∂b = 2(a − y) · 1 · 1"
    shown.until(lambda: view.chain.picture.picture is not None)
    picture = view.chain.picture.picture
    shown.window.player.seek(3)
    worked = view.graph.drawing.worked
    assert shown.text("pass_product").endswith(f"· 1.000 · 1.000 = {show(float(worked.by_parameter[1]))}")
    assert view.chain.picture.picture is picture
    view.chain.copies.latex([view.chain])
    assert QApplication.clipboard().text() == view.chain.line.latex
    shown.window.player.to_end()
    # a change of the examples keeps the place
    shown.change(options={"standardise": True}, batch=1)
    assert shown.text("walk_place") == "7 / 8"
    shown.window.player.seek(0)
    shown.click("walk_next")
    assert "goes by one other example, number" in shown.text("pass_product")
    shown.window.appearance.set_theme(DARK)
    view.grab()
    shown.change(optimizers=())
    assert "No optimizer" in shown.text("pass_words")
    view.grab()
    shown.change(function="himmelblau", options={}, batch=0, start=None)
    assert "choose a model" in shown.text("pass_sentence")
    assert not view.graph.isVisible()


def test_the_example_is_chosen_in_the_picture_and_kept(shown):
    shown.change(function="logistic", start=None, optimizers=(Entry("gd"),), restarts=0)
    # the picture of the examples lies in front of the walk, and beside it for a person who looks at both
    shown.window.lazy_docks[0].setFloating(True)
    shown.widget("forward_back_dock", QDockWidget).raise_()
    spin, view, chosen = shown.widget("pass_example", QSpinBox), shown.view, shown.window.session.selection
    shown.until(lambda: view.isVisible() and view.graph is not None)
    data, plot = dataset_of(Source("overlapping_blobs")), shown.widget("data_plot", DataPlot)
    assert spin.maximum() == len(data)
    # where none was chosen, what is shown is the chosen one
    assert (spin.value(), chosen.example, plot.selected) == (1, 0, 0)
    # it is called by its row, held out or not, and the next one is that of the next row
    held = int(data.held_out[3])
    plot.picked.emit(held)
    for row in (held, held + 1):
        assert spin.value() == row + 1
        assert chosen.example == plot.selected == row
        assert shown.text("pass_part") == ("held out" if row in data.held_out else "")
        assert ("It is held out" in shown.text("pass_words")) == (row in data.held_out)
        assert view.graph.drawing.worked.values[:2] == tuple(data.X[row])
        c = int(data.y[row])
        assert shown.text("pass_formula").endswith(f"y = {c} ({data.classes[c]})")
        shown.click("next_example")
    spin.setValue(7)
    assert chosen.example == plot.selected == 6
    # one before it is taken away, where the last one then stands; then itself
    place = chosen.example
    plot.remove(place - 1)
    assert chosen.example == place
    shown.wait_for_race()
    assert view.graph.drawing.worked.values[:2] == tuple(data.X[place])
    chosen.choose_example(len(data) - 2)
    plot.remove(place - 2)
    assert chosen.example == place - 2
    chosen.choose_example(place)
    plot.remove(place)
    shown.wait_for_race()
    # the row that is shown is one of the data again
    shown.until(lambda: chosen.example == spin.value() - 1 == plot.selected)
    # another model in the middle of the walk
    shown.click("walk_next")
    shown.click("walk_next")
    shown.change(function="perceptron", options={"activation": "relu", "cost": "cross_entropy"}, start=None)
    assert shown.text("walk_place") == "1 / 10"
    view.grab()


def test_a_network_is_followed_by_the_mouse(alone):
    view, race = alone(function="network", options={"hidden": (16, 16)}, optimizers=(Entry("gd"),))
    graph, drawing = view.graph, view.graph.drawing
    passes = view.shown.passes
    for _ in passes.stages:
        view.grab()
        view.bar.next.click()
    assert view.bar.place.text() == f"{len(passes.stages)} / {len(passes.stages)}"
    theta, model = race.positions[2, 0, :, 0], race.objective
    one = Examples(model.examples.inputs[:1], model.y[:1])
    np.testing.assert_allclose(drawing.worked.gradient, model.gradient_on(one, theta), rtol=1e-12, atol=1e-12)
    # the third neuron of the second layer, and the weights that lead to it
    place = next(i for i, node in enumerate(passes.nodes) if node.name == "z2[3]")
    graph.ensureVisible(drawing.box(place))
    QApplication.processEvents()
    QTest.mouseClick(graph.viewport(), LEFT, NONE, graph.mapFromScene(drawing.box(place).center()))
    assert view.formula.text().replace("\u2060", "").startswith("W2[3,1] − η·∂C/∂W2[3,1] = ")
    name = "∂C/∂z2[3] = " + show(drawing.worked.totals[place])
    assert name in drawing.tip(place)
    edge = next(e for e in passes.edges if e.to == place)
    assert "W2[3,1] = " in drawing.tip((edge.source, edge.to))
    view.bar.back.click()
    view.bar.back.click()
    assert passes.nodes[drawing.node].name == "z1[3]"
    for key, name in ((Qt.Key.Key_PageDown, "z1[4]"), (Qt.Key.Key_PageUp, "z1[3]")):
        QTest.keyClick(graph, key)
        assert passes.nodes[drawing.node].name == name


@pytest.mark.parametrize("size", [(415, 400), (295, 440)])
@pytest.mark.parametrize("hidden", [(), (4,), (8,), (16, 16)])
def test_all_of_a_model_is_seen(alone, hidden, size):
    options = {"function": "network", "options": {"hidden": hidden}} if hidden else {"function": "perceptron"}
    view, _ = alone(optimizers=(Entry("gd"),), **options)
    graph, drawing = view.graph, view.graph.drawing

    def is_whole():
        QApplication.processEvents()  # scroll bars come and go
        seen = graph.viewport().rect().adjusted(-1, -1, 1, 1)
        bars = graph.horizontalScrollBar(), graph.verticalScrollBar()
        return seen.contains(graph.mapFromScene(drawing.boundingRect()).boundingRect()) and bars[0].maximum() == 0

    assert is_whole()
    view.resize(*size)
    assert is_whole()
    # numbers have their room, or there are none: then they are told of under the mouse
    first = view.shown.passes.rows[0][0]
    assert bool(drawing.texts(first)) == (hidden != (16, 16))
    assert drawing.text_width(first) < drawing.box(first).width()
    assert drawing.tip(first).startswith("x1 = ")
    # what a person has zoomed stays so; a key, a double click or another model fits it again
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 1200),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    for fit in (
        lambda: QTest.keyClick(graph, Qt.Key.Key_0),
        lambda: QTest.mouseDClick(graph.viewport(), LEFT, NONE, graph.viewport().rect().center()),
    ):
        QApplication.sendEvent(graph.viewport(), event)
        view.resize(view.width() + 3, view.height())
        assert not is_whole()
        assert drawing.texts(first)
        assert graph.horizontalScrollBar().isVisible()
        fit()
        assert is_whole()


def test_what_cannot_be_drawn_and_what_is_lost(alone):
    view, _ = alone(function="network", options={"hidden": (40,)})
    assert "too large" in view.sentence.text()
    assert not view.bar.next.isVisible()
    view.grab()
    view, race = alone(
        function="perceptron",
        options={"cost": "cross_entropy", "activation": "relu", "l2": 0.1},
        start=(1e200, -1e200, 1e308),
        step=0,
        direction="ascent",
    )
    assert len(race.objective.layers.layers) == 1
    for _ in range(12):
        view.grab()
        view.bar.next.click()


def test_nothing_of_another_model_stays_in_the_picture(app, qtbot):
    def drawn(*hidden):
        graph = PassGraph(LIGHT)
        qtbot.addWidget(graph)
        graph.resize(400, 500)
        for wide in hidden:
            passes = passes_of(Network(np.eye(3), [0.0, 1.0, 2.0], hidden=wide))
            graph.set_passes(passes)
            graph.set_worked(passes.work(np.ones(passes.model.dimension), 0), passes.stages[1], passes.rows[1][0])
            image = graph.grab().toImage()
        return image

    assert drawn((5, 5), (3,)) == drawn((3,))
    assert drawn((3,)) != drawn((4,))
