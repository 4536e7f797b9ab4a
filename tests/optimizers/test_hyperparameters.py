"""Hyperparameters: what is allowed, and what is said about the rest."""

import dataclasses
import math

import numpy as np
import pytest
from rule_cases import CLASSES, DEFAULTS

import gdsim
from gdsim.optimizers import RULES, rule_named

EVERY = [
    pytest.param(kind, parameter, id=f"{key}.{parameter.name}")
    for key, kind in gdsim.OPTIMIZERS.items()
    for parameter in kind.hypers()
]
NUMBERS = [case for case in EVERY if not isinstance(case.values[1].default, bool)]
WHOLE = [case for case in NUMBERS if isinstance(case.values[1].default, int)]
SWITCHES = [case for case in EVERY if isinstance(case.values[1].default, bool)]


def message(error):
    return str(error.value)


def test_keys_and_classes():
    assert {key: kind.__name__ for key, kind in RULES.items()} == CLASSES
    assert list(RULES) == list(CLASSES) == list(DEFAULTS)
    for key, kind in gdsim.OPTIMIZERS.items():
        assert getattr(gdsim, kind.__name__) is kind
        assert kind.key == key
        assert kind.title
        assert kind.summary.endswith(".")


@pytest.mark.parametrize("key", RULES)
def test_defaults(key):
    assert dataclasses.asdict(gdsim.OPTIMIZERS[key]()) == DEFAULTS[key]


def test_what_follows_the_shared_values():
    follows = {(k, p.name): p.follows for k, kind in gdsim.OPTIMIZERS.items() for p in kind.hypers() if p.follows}
    expected = {(key, "learning_rate"): "learning_rate" for key in DEFAULTS if key not in ("adadelta", "prodigy")}
    expected |= {(key, "momentum"): "momentum" for key in ("momentum", "nesterov", "nag")}
    assert follows == expected


@pytest.mark.parametrize(("kind", "parameter"), EVERY)
def test_a_description_is_whole(kind, parameter):
    assert parameter.symbol
    assert parameter.meaning.endswith(".")
    low, high = parameter.slider
    assert parameter.low <= low < high <= parameter.high
    assert not parameter.log or low > 0
    assert parameter.check(parameter.default) == parameter.default


@pytest.mark.parametrize(("kind", "parameter"), NUMBERS)
@pytest.mark.parametrize("bad", [math.nan, math.inf, "fast", "", None, [0.1], True, 1j])
def test_not_a_number(kind, parameter, bad):
    with pytest.raises(gdsim.GdsimError) as error:
        kind(**{parameter.name: bad})
    assert message(error) == f"{kind.key}.{parameter.name} must be a finite number, not {bad!r}"
    assert error.value.field == f"{kind.key}.{parameter.name}"


@pytest.mark.parametrize(("kind", "parameter"), [case for case in NUMBERS if case not in WHOLE])
def test_out_of_range_names_the_range(kind, parameter):
    for bad in (parameter.low - 0.5, parameter.high * 1.5):
        with pytest.raises(gdsim.GdsimError) as error:
            kind(**{parameter.name: bad})
        start = f"{kind.key}.{parameter.name} must be from {parameter.low:.9g} to {parameter.high:.9g}, not "
        assert message(error) == f"{start}{bad:.9g}"
    for good in (parameter.low, parameter.high):
        assert getattr(kind(**{parameter.name: good}), parameter.name) == good


@pytest.mark.parametrize(("kind", "parameter"), SWITCHES)
@pytest.mark.parametrize("bad", [1, 0.0, "yes", None])
def test_not_a_switch(kind, parameter, bad):
    with pytest.raises(gdsim.GdsimError) as error:
        kind(**{parameter.name: bad})
    assert message(error) == f"{kind.key}.{parameter.name} must be true or false, not {bad!r}"


def test_a_range_is_not_rounded_in_words():
    with pytest.raises(gdsim.GdsimError, match=r"^adam\.beta1 must be from 0 to 0\.9999999, not 1$"):
        gdsim.Adam(beta1=1)


def test_unknown_hyperparameter():
    with pytest.raises(gdsim.GdsimError) as error:
        gdsim.Entry("adam", {"beta_1": 0.5})
    assert message(error) == "unknown hyperparameter of adam 'beta_1'; did you mean beta1, beta2?"
    with pytest.raises(gdsim.GdsimError) as error:
        gdsim.Entry("gd", {"zzz": 0.5})
    assert message(error) == "unknown hyperparameter of gd 'zzz'; there are: learning_rate, weight_decay"
    with pytest.raises(TypeError):
        gdsim.Adam(beta_1=0.5)


def test_unknown_optimizer():
    with pytest.raises(gdsim.GdsimError, match="unknown optimizer 'adma'; did you mean adam"):
        rule_named("adma")
    with pytest.raises(gdsim.GdsimError, match="unknown optimizer"):
        rule_named(["adam"])


def test_numbers_of_other_kinds_become_floats():
    rule = gdsim.Momentum(learning_rate=np.float64(0.25), momentum=0)
    assert type(rule.learning_rate) is float
    assert type(rule.momentum) is float


def test_a_rule_is_frozen_and_compares_by_its_values():
    rule = gdsim.Adam(learning_rate=0.1)
    assert rule == gdsim.Adam(learning_rate=0.1)
    assert hash(rule) == hash(gdsim.Adam(learning_rate=0.1))
    assert rule != gdsim.Adam()
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.beta1 = 0.5
