"""Examples about maps open with the map."""

import pytest

from gdsim.storage.examples import examples

SHOWN = {example.document.title: example.shown_with for example in examples() if example.shown_with}


def test_there_is_one_for_each_kind_of_map():
    assert sorted(SHOWN.values()) == ["basins", "setting_map", "sweep"]


@pytest.mark.parametrize("title", SHOWN)
def test_the_map_is_open_when_the_example_is(title, driver):
    window = driver.window
    for action in window.files.example_actions():
        if action.text() == title:
            action.trigger()
    name = SHOWN[title]
    if name == "basins":
        driver.until(lambda: window.session.scene.basins is not None, 30_000)
        return
    dock = next(dock for dock in window.lazy_docks if dock.name == name)
    driver.until(lambda: dock.view is not None and dock.isVisible(), 30_000)
