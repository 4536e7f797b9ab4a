"""A hand that does random things to the real window, for a while: nothing crashes, hangs or raises."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("random_driver.py")


def test_three_hundred_actions():
    # in a process of its own, which may crash; on failure it tells the last actions
    done = subprocess.run([sys.executable, SCRIPT, "--actions", "300", "--seed", "1"], capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "passed" in done.stdout
