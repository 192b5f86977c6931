"""One browser for all tests of a process, and each page written once."""

import pytest
from chromium import launched, opened
from page_list import PAGES, REPORTS, ROOT


@pytest.fixture(scope="session")
def browser():
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """The file of a page; pages of a group lie in one folder."""
    folders, files = {}, {}

    def file_of(made):
        if made not in files:
            if made.group not in folders:
                folders[made.group] = tmp_path_factory.mktemp("made")
            with pytest.MonkeyPatch.context() as here:
                here.chdir(ROOT)
                files[made] = made.make(folders[made.group])
        return files[made]

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
    """A test of `file` is about every page, one of `report_file` about every report."""
    if "file" in metafunc.fixturenames:
        only = REPORTS if "words" in metafunc.fixturenames else PAGES
        metafunc.parametrize("file", [
            pytest.param(each, id=each.name, marks=pytest.mark.xdist_group(each.group))
            for each in only
        ], indirect=True)  # fmt: skip
