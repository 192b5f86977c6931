"""The reference has every module, documented or listed."""

import re

import pytest
from api_pages import FLOORS, folders_of, write_api_pages
from parsed_tree import ROOT, is_package, sources


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """All pages by name, with text as it comes."""
    out = tmp_path_factory.mktemp("reference")
    (out / "old.rst").write_text("of the last time")
    write_api_pages(ROOT, out, list)
    return {page.stem: page.read_text() for page in out.iterdir()}


def test_every_module_is_there_once(pages):
    """Under its folder: in full, or by its name and first line."""
    named = []
    for name, page in pages.items():
        named += re.findall(r"^\.\. automodule:: (\S+)$", page, re.MULTILINE)
        named += [f"{name}.{each}" for each in re.findall(r"^``(\w+)``$", page, re.MULTILINE)]
    wanted = [name for name, module in sources().items()
              if module.parts[0] in FLOORS and not module.parts[-1].startswith("_")]  # fmt: skip
    assert sorted(named) == sorted(wanted)
    assert len(wanted) > 1000
    assert "old" not in pages


def test_every_folder_is_in_the_list_of_its_floor(pages):
    for floor in FLOORS:
        entries = re.findall(r"^   ([\w.]+)$", pages[f"{floor}_floor"], re.MULTILINE)
        assert entries == sorted(
            name for name, module in sources().items()
            if module.parts[0] == floor and is_package(module)
        )  # fmt: skip
        assert len(folders_of(ROOT, floor)) == len(entries)


@pytest.mark.parametrize(
    ("page", "is_listed"),
    [
        ("estimator.growth", False),
        ("bloqs.encodings", False),
        ("bloqs.resnet.circuits", False),
        ("bloqs.resnet", False),
        ("bloqs.resnet.answers", True),
        ("bloqs.training", False),
        ("proofs", False),
        ("proofs.resnet", True),
    ],
)
def test_engines_and_circuits_are_documented_in_full(pages, page, is_listed):
    """Answers and claims are asked for, so that their modules are listed."""
    assert ("Each with what it says that it is" in pages[page]) is is_listed


def test_a_listed_module_says_what_it_is(pages):
    said = "``product_error``\n   The error of a product of encodings"
    assert "``cost``\n" in pages["bloqs.resnet.answers"]
    assert re.search(r"``\w+``\n   \S", pages["proofs.encodings"]), said
