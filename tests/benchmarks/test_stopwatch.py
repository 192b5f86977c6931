"""What a repetition may remember of those before it."""

import pytest

from benchmarks.stopwatch import timed


@pytest.mark.parametrize(("afresh", "trouble"), [(True, ""), (False, "ValueError: asked before")])
def test_afresh_means_that_nothing_is_remembered(afresh, trouble):
    asked = []

    def once(_):
        if asked:
            raise ValueError("asked before")
        asked.append(True)
        return len(asked)

    found = timed(once, lambda: None, 5.0, afresh)
    assert (found.trouble, found.answer) == (trouble, None if trouble else 1)
