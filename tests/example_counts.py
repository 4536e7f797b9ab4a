"""Numbers of examples in tests that try many: a share of them day by day, all of them with ``pytest -m thorough``."""

import os

import pytest
from hypothesis import settings

#: Of so many examples one is tried day by day.
SHARE = 4


def example_count(count):
    """Return how many examples are tried now, of `count`."""
    return count if os.environ.get("GDSIM_THOROUGH") else -(-count // SHARE)


def many_examples(count, **more):
    """Mark a property test that tries `count` examples where one is thorough; `more` as of hypothesis."""

    def marked(test):
        return pytest.mark.thorough(settings(max_examples=example_count(count), deadline=None, **more)(test))

    return marked
