"""Tests of the table of views: docks, menu and the list of pictures go by it."""

from PySide6.QtWidgets import QDockWidget

from gdsim.desktop.files.export import view_names
from gdsim.desktop.views.table import all_views


def test_each_view_has_what_the_table_says(driver):
    window = driver.window
    menu = {action.text() for action in driver.action("reset_layout").associatedObjects()[0].actions()}
    for spec in all_views():
        dock = window.findChild(QDockWidget, f"{spec.name}_dock")
        assert (dock is not None) == bool(spec.title)
        if dock is not None:
            assert dock.windowTitle() == spec.title
            assert spec.title in menu
            assert window.dockWidgetArea(dock) == spec.area
            assert dock.isHidden() == (spec.hidden or spec.make is not None)
        if spec.picture is not None:
            assert view_names()[spec.name] == (spec.picture or spec.title)
            assert window.view_named(spec.name) is not window


def test_no_two_views_have_one_name():
    names = [spec.name for spec in all_views()]
    assert len(set(names)) == len(names)
