"""Tests that one thing is called by one word in the window and on the command line."""

import ast
import re
from pathlib import Path

import pytest

import gdsim

ROOMS = Path(gdsim.__file__).parent
#: What was said for a thing beside the word that was chosen for it: a pattern, and that word.
REJECTED = {
    r"[Ll]oss (above|below) (the )?(minimum|maximum)": "loss f − f*",
    r"^f (− f\* )?(against|at) step": "loss f",
    r"\b[Cc]ost (over|of) (a|the|all) ": "loss",
    r"^(Right|right)$|: right \{": "accuracy",
    r"^[Ee]rror( held out| by step)?$": "MSE, or mean squared error; of derivatives: error",
    r"held-out \{": "held out",
    r"\b[Ii]terations?\b": "step",
    r"\b[Ll]earning[- ]rates\b": "learning rate η",
}
#: Where a word is for another thing: errors of numerical derivatives; the cost of one example, of which a loss is made.
OTHER_THINGS = {
    (f"desktop/views/numerical_gradient/{name}.py", r"^[Ee]rror( held out| by step)?$")
    for name in ("view", "number_table")
}


#: What makes the rows of the table of fields.
OF_FIELDS = ("Field", "_whole", "_shared")


def sentences():
    """Every text in the code that a person may read: no docstring, no key and no name."""
    for path in sorted(ROOMS.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for call in ast.walk(tree):
            told = isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", ""))
            if told in ("tr", "_tr", "translate", "option", "QT_TRANSLATE_NOOP", *OF_FIELDS):
                has_context = told in ("translate", "QT_TRANSLATE_NOOP")  # which is no text
                said = call.args[1:] if has_context else call.args
                # texts of a row that have a context are calls of their own
                said = [argument for argument in said if told not in OF_FIELDS or not isinstance(argument, ast.Call)]
                said = [*said, *(keyword.value for keyword in call.keywords if keyword.arg == "help")]
                for node in (node for argument in said for node in ast.walk(argument)):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                        yield path.relative_to(ROOMS).as_posix(), node.value


@pytest.fixture(scope="module")
def said():
    return sorted(set(sentences()))


@pytest.mark.parametrize("pattern", REJECTED)
def test_words_that_were_not_chosen_are_not_used(said, pattern):
    found = [(name, text) for name, text in said if re.search(pattern, text) and (name, pattern) not in OTHER_THINGS]
    assert found == [], f"say {REJECTED[pattern]}"


def test_there_are_sentences_to_be_looked_at(said):
    assert len(said) > 600
    assert any("Mean squared error" in text or "mean squared error" in text for _, text in said)


def test_the_command_line_has_the_words_of_the_table_in_the_window(capsys):
    from gdsim.cli.main import main

    assert main(["run", "linear", "--steps", "3"]) == 0
    printed = capsys.readouterr().out
    assert "MSE" in printed
    assert " error" not in printed
    assert main(["run", "logistic", "--steps", "3"]) == 0
    assert "accuracy" in capsys.readouterr().out
