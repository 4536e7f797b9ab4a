import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SKIPS = {
    "mark": "@pytest.mark.skip(reason='for once')\ndef test_it(): pass",
    "call": "def test_it(): pytest.skip('for once')",
    "module": "pytest.importorskip('no_such_module')\ndef test_it(): pass",
}


@pytest.mark.parametrize("skip", SKIPS.values(), ids=SKIPS)
@pytest.mark.parametrize(("ci", "status"), [("true", "failed"), ("", "passed")])
def test_a_skipped_test_fails_under_ci_only(tmp_path, skip, ci, status):
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text())
    (tmp_path / "test_skips.py").write_text(f"import pytest\n{skip}\n")
    (tmp_path / "test_passes.py").write_text("def test_it(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors"]
    result = subprocess.run(
        [*command, "-p", "no:xvfb", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        env=os.environ | {"CI": ci},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert result.returncode == (status == "failed"), result.stdout
    assert ("fails under CI" in result.stdout) == (status == "failed")


def test_settings_are_not_those_of_the_user():
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        assert "gdsim-tests-" in os.environ[name]
        assert os.path.isdir(os.environ[name])
