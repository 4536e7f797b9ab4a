"""η on every row of the list of optimizers, whose it is, and what an optimizer that is switched on gets."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox

import gdsim
from gdsim.desktop.edits.first_experiments import new_experiment, opening_experiment
from gdsim.desktop.panels.hyper_form import HyperForm
from gdsim.desktop.panels.optimizer_row import OptimizerRow
from gdsim.desktop.panels.rate_words import rate_words
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.changes import change_between
from gdsim.desktop.text.numbers import read
from gdsim.optimizers import USUAL
from gdsim.simulation.suited_rates import _NEAR, suited_rate, switched_on

OFF = tuple(gdsim.Entry(key, enabled=False) for key in gdsim.OPTIMIZERS)


def said(entry, experiment):
    return rate_words(entry, experiment).texts[0]


@pytest.mark.parametrize(
    ("entry", "shared", "text"),
    [
        (gdsim.Entry("gd"), 0.005, "η 0.005, shared"),
        (gdsim.Entry("adam"), 0.02, "η 0.02, shared"),
        (gdsim.Entry("adam", {"learning_rate": 0.1}), 0.02, "η 0.1, own"),
        (gdsim.Entry("adadelta"), 0.02, "η 1, default"),
        (gdsim.Entry("adadelta", {"learning_rate": 0.5}), 0.02, "η 0.5, own"),
        (gdsim.Entry("adam"), None, "η 0.001, default"),
        (gdsim.Entry("rmsprop"), None, "η 0.01, default"),
        (gdsim.Entry("adam", {"beta1": 0.5}), 0.02, "η 0.02, shared  β₁ 0.5"),
        (gdsim.Entry("gd", {"learning_rate": 1e-5}, schedule=gdsim.Cosine(), clip=2.0), 0.02, "η 1e−5, own  η(t)  c 2"),
    ],
)
def test_whose_it_is(app, entry, shared, text):
    experiment = gdsim.Experiment(optimizers=(entry,), learning_rate=shared)
    words = rate_words(entry, experiment)
    assert words.texts[0] == text
    assert [len(text) for text in words.texts] == sorted((len(text) for text in words.texts), reverse=True)
    assert all(text.startswith(words.texts[0].split(",")[0]) for text in words.texts)  # the number is never left out
    rule = entry.rule({"learning_rate": shared, "momentum": None})
    assert read(text.split()[1].rstrip(",")) == rule.learning_rate


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_every_row_of_the_opening_says_it_and_nothing_is_cut(open_window, size):
    driver = open_window(size=size)
    QApplication.processEvents()  # what has another text asks for other room
    for row in driver.window.parameters.optimizers.rows.values():
        label, check = row.own, row.check
        assert label.isVisible()
        assert label.text().startswith("η ")
        assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
        assert check.text() == row.name  # not cut
        assert check.width() >= check.sizeHint().width()
        if row.key != "gd":  # the longest name leaves no room for the word, only for its colour
            assert label.text().endswith((", shared", ", own", ", default"))
        faint = label.foregroundRole() == QPalette.ColorRole.PlaceholderText
        assert faint == label.text().endswith("shared") or row.key == "gd"
    assert driver.text("adam.own") == "η 0.1, own"
    assert driver.text("adadelta.own") == "η 1, default"
    driver.type("learning_rate", "0.004")
    assert driver.text("momentum.own") == "η 0.004, shared"
    assert driver.text("adam.own") == "η 0.1, own"
    area = driver.window.parameters
    assert area.widget().width() <= area.viewport().width()


def test_a_long_name_is_cut_and_the_number_is_not(open_window, small):
    entries = (gdsim.Entry("gd", name="A name of very many letters, forty of th"), *small.optimizers[1:])
    driver = open_window(replace(small, optimizers=entries), size=(1024, 700))
    check = driver.widget("gd")
    assert check.text().endswith("…")
    assert check.accessibleName() == entries[0].name
    assert entries[0].name in check.toolTip()
    assert driver.text("gd.own") == "η 0.05"


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
@pytest.mark.parametrize(("key", "rates"), [("gd", (0.005, 0.1)), ("adam", (0.01, 0.1)), ("rmsprop", (0.00125, 0.03))])
def test_what_tells_two_of_a_rule_apart_is_never_cut(open_window, small, size, key, rates):
    first, second = (gdsim.Entry(key, {"learning_rate": rate}) for rate in rates)
    driver = open_window(replace(small, optimizers=(first, replace(second, number=2))), size=size)
    QApplication.processEvents()
    title = gdsim.OPTIMIZERS[key].title
    for name, rate in zip((key, f"{key}#2"), rates, strict=True):
        check = driver.widget(name, QCheckBox)
        assert check.text() == f"{title} η {rate:g}"
        assert check.width() >= check.sizeHint().width()
        assert driver.text(f"{name}.own") in ("", "own", f"η {rate:.3g}, own")


def test_of_a_long_name_the_rule_is_cut_first(open_window, small):
    values = {"learning_rate": 0.005, "beta1": 0.75, "beta2": 0.125, "epsilon": 1e-5}
    other = {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.25, "epsilon": 1e-4}
    entries = (gdsim.Entry("amsgrad", values), gdsim.Entry("amsgrad", other, number=2))
    driver = open_window(replace(small, optimizers=entries), size=(1024, 700))
    row = driver.window.parameters.optimizers.rows["amsgrad"]
    assert row.name.startswith("AMSGrad η 0.005")
    end = row.name.removeprefix("AMSGrad")
    assert row.cut_name(row.check.fontMetrics().horizontalAdvance("AM…" + end) + 1) == "AM…" + end
    assert row.cut_name(40).endswith("…")


def test_the_opening_is_as_it_was():
    values = {entry.key: dict(entry.values) for entry in opening_experiment().optimizers if entry.values}
    assert values == {
        "adagrad": {"learning_rate": 0.5},
        "rmsprop": {"learning_rate": 0.03},
        "adam": {"learning_rate": 0.1},
    }


@pytest.mark.parametrize("key", gdsim.optimizers.RULES)
def test_who_is_switched_on_has_an_eta_that_tells_or_follows(open_window, key):
    """A new experiment whose shared η is 0.01: on a bowl of which ten units are looked at."""
    driver = open_window(replace(new_experiment(200), learning_rate=0.01, optimizers=OFF))
    check = driver.widget(key, QCheckBox)
    driver.click(check)
    assert check.isChecked()
    (entry,) = driver.experiment.racing
    tenth = ("adam", "adamw", "amsgrad", "adamax", "nadam", "normalised_gd", "adabelief", "yogi", "adan", "qhadam")
    own = ({"adagrad": 0.5} | dict.fromkeys((*tenth, "schedule_free_adamw"), 0.1)).get(key)
    alone = key in ("adadelta", "prodigy")
    rate = own or (1.0 if alone else 0.01)
    assert entry.rule({"learning_rate": 0.01, "momentum": 0.9}).learning_rate == rate
    label = driver.widget(f"{key}.own")
    word = "own" if own else "default" if alone else "shared"
    assert label.text() in (f"η {rate:g}, {word}", f"η {rate:g}")
    reason = {"own": "whatever the slope", "shared": "follows the shared", "default": "no use for the shared"}[word]
    assert reason in label.toolTip()
    name = driver.window.parameters.optimizers.rows[key].name
    assert driver.window.store.undo_text == (f"{name} on, η {rate:g}" if own else f"{name} on")
    driver.action("undo").trigger()
    assert driver.experiment == driver.first
    driver.wait_for_race()


def test_a_value_of_its_own_stays_and_a_shared_one_near_by_is_followed():
    experiment = gdsim.Experiment("bowl", learning_rate=0.05, optimizers=OFF)
    adam = gdsim.Entry("adam", enabled=False)
    telling = suited_rate("adam", experiment.objective)
    assert telling == 0.1
    assert switched_on(adam, experiment) == replace(adam, enabled=True)
    for shared in (telling * _NEAR * 1.01, telling / _NEAR / 1.01, None):
        on = switched_on(adam, replace(experiment, learning_rate=shared))
        assert dict(on.values) == {"learning_rate": telling}
    own = replace(adam, values={"learning_rate": 3.0, "beta1": 0.5})
    assert switched_on(own, replace(experiment, learning_rate=1e-6)) == replace(own, enabled=True)
    other = replace(adam, values={"beta1": 0.5})
    on = switched_on(other, replace(experiment, learning_rate=1e-6))
    assert dict(on.values) == {"beta1": 0.5, "learning_rate": telling}


@pytest.mark.parametrize("function", gdsim.FUNCTIONS)
def test_the_eta_tells_on_every_function(function):
    """In 400 steps each rule goes down by it, and stays on ground where f is not beyond all bounds."""
    objective = gdsim.FUNCTIONS[function]
    rules = {key: suited_rate(key, objective) for key, rule in gdsim.OPTIMIZERS.items() if rule.telling_share}
    race = gdsim.descend(
        function, [gdsim.Entry(key, {"learning_rate": rate}) for key, rate in rules.items()], steps=400, tolerance=0
    )
    first, last = race.losses[0, :, 0], race.losses[-1, :, 0]
    assert (last < first).all()
    # it goes somewhere: a tenth of the way that the best of them goes, or to rest at a minimum
    gone = np.linalg.norm(race.positions - race.positions[:1], axis=2).max(axis=0)[:, 0]
    low, high = objective.bounds.T
    stuck = gone <= 0.02 * (high - low).min()
    # beale's start is on a slanting floor, where steps of η in both coordinates bounce, however long they are
    assert [key for key, is_so in zip(rules, stuck, strict=True) if is_so] == ["signsgd"] * (function == "beale")


def test_it_is_said_once_what_both_are():
    before = gdsim.Experiment(optimizers=OFF)
    adam = [entry.key for entry in OFF].index("adam")

    def with_adam(**fields):
        entries = list(OFF)
        entries[adam] = replace(entries[adam], **fields)
        return replace(before, optimizers=tuple(entries))

    assert change_between(before, with_adam(enabled=True)).text == "Adam on"
    assert change_between(before, with_adam(enabled=True, values={"learning_rate": 0.1})).text == "Adam on, η 0.1"
    assert change_between(before, with_adam(values={"learning_rate": 0.1})).text == "Adam η followed → 0.1"
    both = {"learning_rate": 0.1, "beta1": 0.5}
    assert change_between(before, with_adam(enabled=True, values=both)).text == "several values"
    assert change_between(with_adam(values={"learning_rate": 1.0}), with_adam(enabled=True)).text == "several values"


@pytest.fixture
def shown(monkeypatch):
    """Rows and forms that showed themselves anew."""
    found = []
    row, form = OptimizerRow._show, HyperForm._show

    def show_row(self):
        found.append(self.key)
        row(self)

    def show_form(self, *args):
        found.append(f"{self._key} form")
        form(self, *args)

    monkeypatch.setattr(OptimizerRow, "_show", show_row)
    monkeypatch.setattr(HyperForm, "_show", show_form)
    return found


def test_rows_that_do_not_change_are_left_alone(driver, shown):
    driver.window.store.set_value("adam", "learning_rate", 0.3)
    driver.click("gd.fold")
    driver.click("adam.fold")
    shown.clear()
    at = driver.handle
    driver.press(at)
    for _ in range(3):
        at.setX(at.x() + 5)
        driver.move(at)
    driver.release(at)
    driver.change(steps=50)
    driver.change(restarts=3)
    assert driver.experiment.start is not None
    assert shown == []
    driver.change(learning_rate=0.02)
    assert set(shown) == {*USUAL, "gd form"} - {"adam", "adadelta"}
    assert len(shown) == len(set(shown))
    shown.clear()
    driver.change(momentum=0.5)
    assert shown == []
    driver.change(clip=2.0)  # forms show it
    assert set(shown) == {"gd form", "adam form"}
    shown.clear()
    driver.window.store.set_value("rmsprop", "decay", 0.5)
    assert shown == ["rmsprop"]
    shown.clear()
    driver.change(direction="ascent")
    assert set(shown) == {"gd", "gd form"}


def test_a_wrong_number_stays_while_something_else_changes(driver):
    driver.click("gd.fold")
    line = driver.type("gd.learning_rate", "abc")
    assert line.property("wrong")
    driver.unfocus()
    driver.change(steps=50)
    assert line.text() == "abc"
    driver.window.store.set_value("gd", "learning_rate", 0.3)
    assert line.text() == "0.3"
    assert not line.property("wrong")


def test_a_store_without_the_window_does_the_same(app):
    store = Store(replace(opening_experiment(), optimizers=OFF))
    store.enable("adam", True)
    store.enable("adam", False)
    store.enable("gd", True)
    values = {entry.key: dict(entry.values) for entry in store.experiment.optimizers if entry.values}
    assert values == {"adam": {"learning_rate": 0.1}}
    assert [entry.key for entry in store.experiment.racing] == ["gd"]
