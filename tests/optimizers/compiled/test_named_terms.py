"""A step has its terms by the names its rule gives, in order, with the formulas of what was recorded."""

import threading
from dataclasses import dataclass

import pytest
from rule_cases import CASES

import gdsim
from gdsim.optimizers import RULES
from gdsim.optimizers.base import Rule
from gdsim.optimizers.base import learning_rate as eta
from gdsim.optimizers.compiled.elementwise import where
from gdsim.optimizers.compiled.named_terms import Role, named_step
from gdsim.optimizers.compiled.noting import note, noting
from gdsim.optimizers.compiled.term_formula import formula_of, text_of
from gdsim.optimizers.compiled.term_latex import latex_of, symbol_latex
from gdsim.optimizers.compiled.terms import Level, Term

#: The new x of each rule as its paper has it, by hand, where nothing is switched on that is off by default.
STEPS = {
    "gd": "x − η·g",
    "momentum": "x − η·v",
    "nesterov": "x − η·(g + β·v)",
    "adagrad": "x − η·g/(√s + ε)",
    "adadelta": "x − η·d",
    "rmsprop": "x − η·b",
    "adam": "x − ηₜ·m/(√v + ε̂)",
    "adamw": "(1 − η·λ)·x − ηₜ·m/(√v + ε̂)",
    "amsgrad": "x − ηₜ·m/(√w + ε̂)",
    "adamax": "x − ηₜ·m/u",
    "radam": "x − η/(1 − β₁^t)·m·r",
}


@dataclass(frozen=True)
class Unnamed(Rule):
    """A rule that names nothing, as a person's own may."""

    key = "unnamed"
    title = "Unnamed"
    state = ("h",)
    learning_rate: float = eta(0.1)

    def step(self, t, x, g, h):
        h = 0.5 * h + g
        x -= self.learning_rate * h
        return x, h


@dataclass(frozen=True)
class BySign(Unnamed):
    key = "by_sign"

    def step(self, t, x, g, h):
        h = 0.5 * h + g
        x -= self.learning_rate * where(h > 0, 1.0, -1.0)
        return x, h


def written(rule, symbol):
    named = named_step(rule)
    (term,) = [each for each in named.terms if each.symbol == symbol]
    return text_of(formula_of(named, term, type(rule)), lambda leaf: leaf.symbol or f"{leaf.term:g}")


@pytest.mark.parametrize("key", STEPS)
def test_the_new_position_is_written_as_in_the_paper(key):
    assert written(RULES[key](learning_rate=0.3), "x") == STEPS[key]


def test_the_terms_of_adam_come_in_the_order_of_its_step():
    adam = gdsim.Adam()
    symbols = [each.symbol for each in named_step(adam).terms]
    assert symbols[:9] == ["g", "β₁m", "m", "β₂v", "v", "m̂", "v̂", "ηₜ", "ε̂"]
    assert symbols[-2:] == ["Δx", "x"]
    assert written(adam, "m") == "β₁·m + (1 − β₁)·g"
    assert written(adam, "v̂") == "v/(1 − β₂^t)"


@pytest.mark.parametrize("name", CASES)
def test_every_term_has_a_meaning_and_a_symbol_of_its_own(name):
    terms = named_step(CASES[name]).terms
    assert all(each.meaning.endswith(".") for each in terms)
    assert len({each.symbol for each in terms}) == len(terms)
    assert next(each.role for each in terms if each.symbol != "x̃") is Role.GRADIENT
    assert terms[-1].role is Role.POINT


def test_what_a_setting_switches_off_is_no_term():
    plain = [each.symbol for each in named_step(gdsim.RMSProp()).terms]
    centred = [each.symbol for each in named_step(gdsim.RMSProp(centered=True, momentum=0.5)).terms]
    assert "a" not in plain
    assert "βb" not in plain
    assert {"a", "βb", "Δx(t−1)"} <= set(centred)
    assert "g + λx" not in plain
    assert "g + λx" in [each.symbol for each in named_step(gdsim.RMSProp(weight_decay=0.1)).terms]


def test_a_rule_that_names_nothing_has_its_state_its_shares_and_its_step():
    terms = named_step(Unnamed()).terms
    assert [each.symbol for each in terms] == ["g", "h", "Δx(g)", "Δx(t−1)", "Δx", "x"]
    assert written(Unnamed(), "h") == "0.5·h + g"
    assert written(Unnamed(), "Δx(t−1)") == "−η·(0.5·h)"


def test_terms_point_the_way_of_the_step_or_the_other_way():
    def directions(rule):
        return {each.symbol: each.direction for each in named_step(rule).terms}

    adam = directions(gdsim.Adam())
    assert (adam["g"], adam["m"], adam["β₁m"], adam["m̂"]) == (-1, -1, -1, -1)
    assert (adam["v"], adam["ηₜ"], adam["x"], adam["Δx"]) == (0, 0, 0, 1)
    ahead = directions(gdsim.LookAhead())
    assert (ahead["g"], ahead["v"], ahead["βv"], ahead["x̃"]) == (-1, 1, 1, 0)
    assert directions(gdsim.ScheduleFreeSGD())["z"] == 0
    assert directions(gdsim.Lion())["c"] == -1


def test_a_step_that_goes_by_a_sign_has_no_shares():
    assert [each.symbol for each in named_step(BySign()).terms] == ["g", "h", "Δx", "x"]


def test_the_rate_of_a_step_is_a_term_where_it_changes():
    terms = named_step(gdsim.Adam(), Level.STEP).terms
    assert [each.symbol for each in terms if each.role is Role.RATE] == ["η"]
    assert all(each.role is not Role.RATE for each in named_step(gdsim.Adam()).terms)


def test_latex_has_fractions_roots_and_squares():
    def latex(rule, symbol):
        named = named_step(rule)
        (term,) = [each for each in named.terms if each.symbol == symbol]
        return latex_of(formula_of(named, term, type(rule)), lambda leaf: symbol_latex(leaf.symbol or str(leaf.term)))

    assert latex(gdsim.Adam(), "x") == r"x - \frac{\eta_{t} \, m}{\sqrt{v} + \hat{\varepsilon}}"
    assert latex(gdsim.Adam(), "v") == r"\beta_{2} \, v + \left(1 - \beta_{2}\right) \, g^{2}"
    assert latex(gdsim.RAdam(), "r").startswith(r"\begin{cases}")
    assert latex(gdsim.AdaMax(), "u") == r"\max\left(\beta_{2} \, u, \left|g\right| + \varepsilon\right)"


def test_a_note_gives_its_value_back_and_listens_in_its_own_thread_alone():
    value = object()
    assert note("q", value, "") is value
    term = Term("+", Term("x", level=Level.ELEMENT), 1)
    with noting() as notes:
        other = threading.Thread(target=lambda: note("other", term, ""))
        other.start()
        other.join()
        assert note("q", term, "") is term
        assert note("x", term.args[0], "") is term.args[0]
        assert note("n", 1.0, "") == 1.0
    assert [each.symbol for each in notes] == ["q"]
