"""Parts that all tests share: a screen, settings of their own, and no skipping under CI."""

import contextlib
import os
import shutil
import sys
import tempfile

import pytest
from hypothesis import settings

# how long an example takes depends on what else the machine does
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

#: What takes longest by itself comes first: a process that began it last would be waited for alone.
_LONGEST = ("test_random_driver.py",)

# before anything imports Qt
if sys.platform.startswith("linux") and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
    if shutil.which("Xvfb"):
        # pytest-xvfb starts a screen of its own; on Wayland, Qt would not look at it
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    elif not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

_HOME = tempfile.mkdtemp(prefix="gdsim-tests-")
for _name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR"):
    os.environ[f"XDG_{_name}"] = os.path.join(_HOME, _name.lower())
    os.mkdir(os.environ[f"XDG_{_name}"], 0o700)

_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


def pytest_configure(config):
    # `example_counts` reads it when the tests are collected
    if config.option.markexpr == "thorough":
        os.environ["GDSIM_THOROUGH"] = "1"


def pytest_unconfigure():
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def _no_skipping(report):
    """Under CI nothing is skipped unseen: what would be skipped fails."""
    if _CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, which fails under CI: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _no_skipping((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _no_skipping((yield))


@pytest.fixture
def full_disk():
    """A context in which no file can have more than some bytes, as on a disk that is full.

    The system itself refuses, with EFBIG in place of ENOSPC, whoever writes and however: Python, numpy or Qt.
    """
    import resource

    @contextlib.contextmanager
    def full_disk(room=0):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full_disk
