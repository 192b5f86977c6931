"""One browser for all tests of a process, and each page written once."""

import fcntl
import os

import pytest
from chromium import launched, opened
from page_list import PAGES, REPORTS, ROOT


@pytest.fixture(scope="session")
def browser():
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """The file of a page, written by the first process that asks for it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def file_of(made):
        folder = base / f"made-{made.group}"
        folder.mkdir(exist_ok=True)
        file = folder / made.path
        with (folder / "lock").open("w") as lock, pytest.MonkeyPatch.context() as here:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
            if not file.exists():
                here.chdir(ROOT)
                made.make(folder)
        return file

    return file_of


@pytest.fixture
def show(browser):
    """Opens a file: `with show(file, width) as page`."""
    return lambda file, *rest, **named: opened(browser, file, *rest, **named)


@pytest.fixture
def file(request, written):
    """A page of the list."""
    return written(request.param)


def pytest_generate_tests(metafunc):
    """A test of `file` is about every page, one that asks for its `words` about every report."""
    if "file" in metafunc.fixturenames:
        chosen = REPORTS if "words" in metafunc.fixturenames else PAGES
        metafunc.parametrize("file", chosen, ids=[each.name for each in chosen], indirect=True)
