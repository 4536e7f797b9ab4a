import pytest

from gdsim.storage.csv.units import split_unit


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("3.5 kg", ("3.5", "kg")),
        ("12%", ("12", "%")),
        ("1e5kg", ("1e5", "kg")),
        ("5 eV", ("5", "eV")),
        # too large for a float, and of another base: neither is one, zero or the like with a unit
        ("1e400", None),
        ("-2E-500", None),
        ("0x1F", None),
        ("-0b1", None),
        ("1e5", None),
    ],
)
def test_a_number_and_its_unit_are_told_apart(cell, parts):
    assert split_unit(cell) == parts
