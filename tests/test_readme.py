"""Tests that what the README says is what there is."""

import re
import shlex
from pathlib import Path

import pytest

from gdsim.cli import main as cli
from gdsim.cli.system import DEBIAN_PACKAGES
from gdsim.objectives.formula.nodes import FUNCTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_packages_are_those_the_program_asks_for():
    [line] = [block.split() for block in blocks("sh") if block.startswith("sudo apt install python3-venv")]
    assert line[3:] == ["python3-venv", *DEBIAN_PACKAGES]
    [listed] = re.findall(r"packages=\((.*?)\)", CI, re.DOTALL)
    assert set(listed.split()) == {*DEBIAN_PACKAGES, "python3-venv", "xvfb"}


def test_one_command_is_marked_as_that_of_the_tests():
    [marked] = re.findall(r"^<!-- test -->\n```sh\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)
    assert marked.endswith("&& .venv/bin/pytest")
    assert "\n" not in marked


def test_the_python_runs(capsys):
    first, second, *models = blocks("python")
    names = {}
    exec(first, names)
    assert names["race"].positions.shape == (501, 2, 2, 16)
    race = names["race"]
    told = ", ".join(map(str, race.tally(0)))
    assert capsys.readouterr().out == f"{race.outcomes[0][3]}\n{told}\n"
    assert race.reached.counts.tolist() == [(losses < 1e-5).sum() for losses in race.losses[-1]]
    exec(second, names)
    assert names["f"].value([[0, 1], [0, 2]]).tolist() == pytest.approx([0, 7.14112])
    assert names["race"].learning_rates(1)[[0, 150, 300]] == pytest.approx([0.1, 0.05, 0])
    for block in models:
        exec(block, names)
    assert [round(share, 3) for share in names["basins"].shares] == [0.227, 0.273, 0.24, 0.259]
    assert round(names["basins"].other_shares["diverged"], 4) == 0.0014
    assert names["settings"].setting(*names["settings"].best())["momentum"] == pytest.approx(0.281, abs=5e-4)
    assert names["sweep"].widths == pytest.approx([1.05, 0.4])
    assert names["model"].accuracy(names["theta"]) > 0.85
    assert names["race"].objective.accuracy(names["race"].positions[-1, 1, :, 0], "held_out") > 0.9


def test_the_command_line_runs(tmp_path, monkeypatch, capsys):
    commands = "".join(block for block in blocks("sh") if block.startswith("gdsim run")).replace("\\\n", "")
    monkeypatch.chdir(tmp_path)
    Path("points.csv").write_text(
        "age,dose,label\n" + "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(40)), "utf-8"
    )
    for command in commands.splitlines():
        words = shlex.split(command)
        # a picture takes a screen
        at = words.index("--png") if "--png" in words else len(words)
        assert cli.main([*words[1:at], *words[at + 2 :]]) == 0
    assert len((tmp_path / "paths.csv").read_text().splitlines()) == 1 + 2 * 16 * 501
    assert "-2.58983747e+13  -1.29524862e+12" in capsys.readouterr().out


def test_the_maps_of_the_command_line_run(tmp_path, monkeypatch, capsys):
    [commands] = [block for block in blocks("sh") if block.startswith("gdsim map")]
    monkeypatch.chdir(tmp_path)
    for command in commands.splitlines():
        # a picture takes a screen
        assert cli.main([word for word in shlex.split(command)[1:] if word not in ("--png", "basins.png")]) == 0
    assert all((tmp_path / name).exists() for name in ("basins.npz", "sweep.csv", "tuned.json"))
    told = capsys.readouterr().out
    # all blocks, or the end of one would begin another
    every = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    [shown] = [block for language, block in every if not language and "theory" in block]
    assert shown in told


def test_the_file_opens(tmp_path, monkeypatch, capsys):
    titles = ["Ravine from (-7, 2), 100 steps", "My valley from (", "Logistic regression from ("]
    monkeypatch.chdir(tmp_path)
    for text, title in zip(blocks("json"), titles, strict=True):
        Path("race.json").write_text(text, "utf-8")
        assert cli.main(["run", "race.json", "--steps", "100"]) == 0
        assert capsys.readouterr().out.startswith(title)


@pytest.mark.parametrize("path", re.findall(r"\]\((resources/[^)]*)\)|`(resources/[^`]*)`", README))
def test_what_it_points_at_exists(path):
    assert (ROOT / "".join(path)).exists()


def test_every_function_of_formulas_is_named():
    [row] = re.findall(r"^\| functions \| (.*) \|$", README, re.MULTILINE)
    named = set(re.findall(r"[a-z]+\d*", row))
    assert {name for name in FUNCTIONS if name != "where"} <= named


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_places_in_the_code_are_there(page):
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:gdsim|tests)/[\w/.]*)`", text))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
