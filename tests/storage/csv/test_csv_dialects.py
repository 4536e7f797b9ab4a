"""Tables as other programs write them read back to the same numbers, whichever way they are read."""

import csv
import io
import math
from fractions import Fraction

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import example, given
from hypothesis import strategies as st

from gdsim.storage.csv import parts as csv_parts
from gdsim.storage.csv.cells import Spelling
from gdsim.storage.csv.columns import columns_in
from gdsim.storage.csv.data import read_csv
from gdsim.storage.csv.dialect import Dialect
from gdsim.storage.csv.digits import cells_in
from gdsim.storage.csv.growable import WordCache
from gdsim.storage.csv.rounding import rounded

#: A separator, a decimal sign, the ends of lines, an encoding, and whether rows have names and texts quotation marks.
DIALECTS = [
    (",", ".", "\n", "utf-8", False, False),
    (",", ".", "\r\n", "utf-8-sig", True, True),
    (";", ",", "\r\n", "cp1252", False, True),
    ("\t", ",", "\n", "utf-8", True, False),
    ("\t", ".", "\r\n", "utf-16", False, False),
    ("|", ".", "\n", "latin-1", False, True),
    (" ", ".", "\n", "utf-8", False, True),
    (",", ".", "\r", "utf-8", False, False),
    (", ", ".", "\n", "utf-8", False, True),
]
NUMBERS = st.one_of(
    st.floats(-1e99, 1e99, allow_nan=False),
    st.floats(-100, 100).map(lambda number: round(number, 3)),
    st.integers(-(10**17), 10**17).map(float),
)


def written(rows, names, dialect):
    separator, decimal, end, encoding, counted, quoted = dialect

    def told(value):
        if isinstance(value, str):
            return f'"{value}"' if quoted else value
        return "NA" if value is None else repr(value).replace(".", decimal)

    lines = [separator.join(map(told, [*([""] if counted else []), *names]))]
    for i, row in enumerate(rows, 1):
        lines.append(separator.join([*([told(str(i)) if quoted else str(i)] if counted else []), *map(told, row)]))
    return (end.join(lines) + end).encode(encoding)


@many_examples(60)
@given(
    rows=st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, st.sampled_from(["ja", "nein"]), NUMBERS), min_size=5),
    dialect=st.sampled_from(DIALECTS),
)
def test_what_is_written_reads_back_to_the_same_bits(tmp_path_factory, rows, dialect):
    # for each column to be one that is taken, and for the numbers to tell how they are written
    rows = [(0.25, 0.5, "ja", 0.75), (1.5, 2.5, "nein", 3.5), (2.5, -0.125, "ja", 5.5), *rows]
    rows += [(0.5, 1.5, "nein", 2.5)] * len(rows)
    path = tmp_path_factory.mktemp("written") / "table.csv"
    path.write_bytes(written(rows, ["größe", "b", "c", "d"], dialect))
    source, dropped = read_csv(path)
    expected = [(a, b, float(c == "nein"), d) for a, b, c, d in rows if b is not None]
    assert (source.features, source.target) == (("größe", "b", "c"), "d")
    assert source.rows.table.tobytes() == (np.array(expected) + 0.0).tobytes() or source.rows == tuple(expected)
    assert dropped == len(rows) - len(expected)


CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**18), 10**18).map(str),
    st.floats(-1e3, 1e3).map("{:.7f}".format),
    st.sampled_from(
        [
            "",
            ".5",
            "5.",
            "-.25",
            "+3",
            "-0",
            "-0.0",
            "00012",
            "NA",
            "-",
            ".",
            "1-2",
            "1.2.3",
            "+-3",
            "3-",
            "yes",
            " 1.5 ",
            "1_000",
            "inf",
            "1e400",
            "é",
            "١",
            "1e5",
            "0x1",
            "123456789012345678901",
        ]
    ),
    st.sampled_from(['"1.5"', '"a,b"', '"q""q"', '""', '"-3"', ' "7"', '"x\ny"', '"no"']),
)


@many_examples(150)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=30), separator=st.sampled_from(",;\t|"))
def test_what_is_told_at_once_is_what_is_told_one_by_one(rows, separator):
    text = separator.join("abc") + "\n" + "".join(separator.join(row) + "\n" for row in rows)
    dialect = Dialect("utf-8-sig", Spelling(None, separator), ("a", "b", "c"), True, 1)
    found = []
    for at_once in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(csv_parts, "_FIRST", 6)
            patch.setattr(csv_parts, "_AT_ONCE", 100)
            if not at_once:
                patch.setattr(csv_parts, "cells_in", lambda *_: None)
            try:
                columns = columns_in(text.encode(), dialect)
            except ValueError as error:
                found.append(str(error))
            else:
                found.append(
                    [
                        (c.kind, c.values.tobytes(), None if c.codes is None else c.codes.tolist(), c.texts)
                        for c in columns.columns
                    ]
                )
    assert found[0] == found[1]


@many_examples(150)
@given(st.lists(st.floats(-1e15, 1e15), min_size=1), st.integers(0, 16))
@example([16.0], 15)
def test_numbers_are_pythons_to_the_last_bit(numbers, digits):
    texts = [*map(repr, numbers), *(f"{number:.{digits}f}" for number in numbers)]
    cells = cells_in(("\n".join(texts) + "\n").encode(), ",", 1)
    for text, value, missing in zip(texts, cells.values[:, 0].tolist(), cells.missing[:, 0].tolist(), strict=True):
        if missing:  # those are read by Python; of many digits, powers of two are left to it
            many = sum(map(str.isdigit, text)) > (15 if math.frexp(float(text))[0] in (0.5, -0.5) else 18)
            assert many or "e" in text
        else:
            assert (value, math.copysign(1, value)) == (float(text), math.copysign(1, float(text)))


@many_examples(100)
@given(st.lists(st.tuples(st.integers(2**53, 2**64 - 1), st.integers(0, 22)), min_size=1))
@example([(2**53 + 1, 0), (2**54 + 2, 0), (90071992547409935, 1), (90071992547409925, 1), (2**62 + 1, 0)])
def test_long_numbers_are_rounded_once(given):
    numbers, powers = zip(*given, strict=True)
    whole = np.array(numbers, dtype=np.uint64)
    values, sure = rounded(whole / 10.0 ** np.array(powers), whole, np.array(powers))
    for number, power, value, known in zip(numbers, powers, values.tolist(), sure.tolist(), strict=True):
        if known:
            assert value == float(f"{number}e-{power}")
        elif math.frexp(value)[0] != 0.5:  # halfway between two floats, or almost
            off = abs(Fraction(number, 10**power) - Fraction(value)) / Fraction(math.ulp(value))
            assert min(abs(off - Fraction(1, 2)), abs(off - Fraction(3, 2))) < 1e-8


def test_a_number_with_the_end_of_a_line_in_it_is_none_beside_decimal_commas():
    dialect = Dialect("utf-8-sig", Spelling(True, ";"), ("a", "b"), True, 1)
    column = columns_in(b'a;b\n1,5;2\n"1\n2";3\n2,5;4\n', dialect)["a"]
    assert (column.values[[0, 2]].tolist(), column.codes.tolist(), column.texts) == ([1.5, 2.5], [0, 1, 0], ("1\n2",))


def test_words_with_one_key_are_told_apart():
    known, words = WordCache(), np.array([[1, 2, 3], [0, 5, 6]], dtype=np.uint64)
    known.learn(words[:, :2], np.array([1.5, math.nan]), np.array([0, 1], dtype=np.int32))
    known.learn(words[:, 2:], np.array([2.5]), np.array([0], dtype=np.int32))
    values, codes, there = known.look_up(words)
    assert (values[0], values[2], codes.tolist(), there.tolist()) == (1.5, 2.5, [0, 1, 0], [True] * 3)
    # the key of the first of these is that of (2, 5), whose first part it has not
    factor = 0x9E3779B97F4A7C15
    fake = np.array([[(2 + 5 * factor) % 2**64, 1, 2], [0, 0, 4]], dtype=np.uint64)
    assert known.look_up(fake)[2].tolist() == [False, True, False]
    # a longer word that begins as a known one is another
    assert not known.look_up(np.array([[1], [0], [7]], dtype=np.uint64))[2][0]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_of_numbers_texts_and_gaps_are_told_as_one_by_one(end, monkeypatch):
    rng = np.random.default_rng(0)
    words = ["red", "green", "a word of many letters", "NA", "a text that is too long to be known by its words", ""]
    rows = [
        ";".join(
            [
                rng.choice(words),
                rng.choice(["yes", "no"]),
                rng.choice(["", "1.5", "-2e-5", "?", "17"]),
                repr(rng.normal()),
                rng.choice(["", f"{rng.normal():.3e}"]),
            ]
        )
        for _ in range(400)
    ]
    content = (end.join(["a;b;c;d;e", *rows]) + end).encode()
    dialect = Dialect("utf-8-sig", Spelling(None, ";"), tuple("abcde"), True, 1)
    monkeypatch.setattr(csv_parts, "_FIRST", 6)
    monkeypatch.setattr(csv_parts, "_AT_ONCE", 5_000)
    found = []
    for told in (cells_in, lambda *_: None):
        monkeypatch.setattr(csv_parts, "cells_in", told)
        found.append(
            [
                (c.kind, c.values.tobytes(), None if c.codes is None else c.codes.tolist(), c.texts)
                for c in columns_in(content, dialect).columns
            ]
        )
    assert found[0] == found[1]
    assert [kind for kind, *_ in found[0]] == ["text", "two", "numbers", "numbers", "numbers"]


def test_what_csv_writes_is_read(tmp_path):
    file = io.StringIO(newline="")
    rows = [("x", 'a text, with\nall of "it"', "y"), (1.5, "one", 2), (2.5, 'two "2"', 3), (4, "th,ree\n3", 5)]
    csv.writer(file).writerows(rows)
    (tmp_path / "a.csv").write_text(file.getvalue(), newline="")
    assert read_csv(tmp_path / "a.csv")[0].rows == ((1.5, 2), (2.5, 3), (4, 5))
