"""Numbers as a person reads them, and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdsim.desktop.text.numbers import read, show, show_short

SHOWN = {
    0.0: "0",
    1.0: "1.000",
    -2.5: "−2.500",
    0.001: "0.001000",
    1234.5: "1234",
    99999.0: "99999",
    1e5: "1.000e5",
    1.23456e-7: "1.235e-7".replace("-", "−"),
    -1e300: "−1.000e300",
    math.inf: "∞",
    -math.inf: "−∞",
    math.nan: "–",
}
SHORT = {
    0.01: "0.01",
    1e-5: "1e-5",
    1e-10: "1e-10",
    1e10: "1e10",
    250.0: "250",
    -0.5: "-0.5",
    0.9: "0.9",
    60: "60",
    4294967295: "4294967295",
    1e5: "100000",
    1e6: "1e6",
    0.0: "0",
}


@pytest.mark.parametrize(("number", "text"), SHOWN.items())
def test_shown(number, text):
    assert show(number) == text


@pytest.mark.parametrize(("number", "text"), SHORT.items())
def test_short(number, text):
    assert show_short(number) == text


@given(st.floats(-1e300, 1e300))
def test_what_is_shown_can_be_read_back(x):
    for text, digits in ((show(x), 4), (show_short(x), 6)):
        assert read(text) == pytest.approx(x, rel=0.51 * 10.0 ** (1 - digits), abs=1e-323)


@given(st.floats(1e-3, 9e4))
def test_figures_of_four_digits(x):
    assert len(show(x).replace(".", "").lstrip("0")) in (4, 5)
    assert "e" not in show(x)


@pytest.mark.parametrize(("text", "number"), [(" 1.5 ", 1.5), ("1,5", 1.5), ("−2", -2.0), ("1e-3", 1e-3), (".5", 0.5)])
def test_typed(text, number):
    assert read(text) == number


@pytest.mark.parametrize("text", ["", " ", "x", "1 2", "1.2.3", "--1", "0x10"])
def test_not_a_number(text):
    with pytest.raises(ValueError, match=r"."):
        read(text)


@pytest.mark.parametrize("text", ["1,000", "12,345", "-1,000,000", "1,000.5"])
def test_a_comma_that_could_mean_thousands_is_refused(text):
    with pytest.raises(ValueError, match="1"):
        read(text)


@pytest.mark.parametrize(
    ("text", "number"), [("0,001", 0.001), ("1,5", 1.5), ("1000,25", 1000.25), ("12,3456", 12.3456)]
)
def test_a_comma_that_can_only_be_a_fraction_is_one(text, number):
    assert read(text) == number
