from pathlib import Path

import pytest

from gdsim import assets

CHECKOUT = Path(__file__).parents[1] / "resources"
FILES = sorted(path.relative_to(CHECKOUT) for path in CHECKOUT.rglob("*") if path.is_file())


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_asset_is_found(file):
    assert assets.asset(*file.parts).read_bytes() == (CHECKOUT / file).read_bytes()


@pytest.mark.parametrize(
    ("font", "licence", "says"),
    [
        ("Inter-Regular.otf", "Inter-LICENSE.txt", ["SIL OPEN FONT LICENSE", "PERMISSION & CONDITIONS", "DISCLAIMER"]),
        ("Inter-SemiBold.otf", "Inter-LICENSE.txt", ["The Inter Project Authors"]),
        ("DejaVuSans.ttf", "DejaVu-LICENSE.txt", ["Bitstream Vera Fonts Copyright", "Arev Fonts Copyright"]),
    ],
)
def test_every_font_has_its_licence(font, licence, says):
    assert assets.asset("fonts", font).exists()
    text = assets.asset("fonts", licence).read_text("utf-8")
    for words in ["Permission is hereby granted, free of charge", *says]:
        assert words in text


def test_no_font_lacks_a_licence():
    families = {path.stem.split("-")[0].removesuffix("Sans") for path in (CHECKOUT / "fonts").glob("*.[ot]tf")}
    assert families == {path.name.split("-")[0] for path in (CHECKOUT / "fonts").glob("*-LICENSE.txt")}


def test_the_package_wins_over_the_checkout(tmp_path, monkeypatch):
    inside, beside = tmp_path / "gdsim" / "resources", tmp_path / "resources"
    for folder in (inside, beside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(str(folder))
    (beside / "b.txt").touch()
    monkeypatch.setattr(assets, "_FOLDERS", (inside, beside))
    assert assets.asset("a.txt") == inside / "a.txt"
    assert assets.asset("b.txt") == beside / "b.txt"


def test_a_missing_asset_is_named():
    with pytest.raises(FileNotFoundError, match=r"fonts/Comic\.ttf is missing"):
        assets.asset("fonts", "Comic.ttf")
