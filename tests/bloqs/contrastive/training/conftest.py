"""These tests need PyTorch; without it they are not collected, and `make training` brings it."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["test_*.py"]


def pytest_collection_modifyitems(items):
    """Mark what lies here, so that `make test` leaves it out with PyTorch as without."""
    for item in items:
        if "training" in item.path.parent.name:
            item.add_marker("training")
