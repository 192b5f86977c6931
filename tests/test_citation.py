"""The citation is one by the Citation File Format 1.2.0, and says what the distribution says."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TEXTS = {
    "abstract", "cff-version", "commit", "date-released", "doi", "license-url", "message",
    "repository", "repository-artifact", "repository-code", "title", "type", "url", "version",
}  # fmt: skip
"""Keys that have a text."""

LISTS = {"authors", "contact", "identifiers", "keywords", "references"}
"""Keys that have a list; `license` has a text or a list, `preferred-citation` neither."""

NEEDED = {"authors", "cff-version", "message", "title"}
OF_ENTITIES = {
    "address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location",
    "name", "orcid", "post-code", "region", "tel", "website",
}  # fmt: skip
"""Keys of an author who is no person; `name` is needed."""


@pytest.fixture(scope="module")
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text())


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_it_is_a_citation_by_the_format(citation):
    """Only known keys, those that are needed, and values of the kinds that they must have."""
    assert NEEDED <= citation.keys() <= TEXTS | LISTS | {"license", "preferred-citation"}
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    for key in TEXTS & citation.keys():
        assert isinstance(citation[key], str), key
        assert citation[key].strip(), key
    for key in LISTS & citation.keys():
        assert isinstance(citation[key], list), key
        assert len({str(each) for each in citation[key]}) == len(citation[key]) >= 1, key
    assert all(isinstance(each, str) and each for each in citation["keywords"])
    for author in citation["authors"]:
        assert {"name"} <= author.keys() <= OF_ENTITIES
        assert all(isinstance(value, str) and value for value in author.values())


def test_it_agrees_with_the_distribution(citation, project):
    """Name, version, licence and the sentence that says what it is."""
    assert citation["title"].lower() == project["name"]
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert citation["abstract"] == project["description"]


def test_it_is_in_what_is_given_away():
    """The source distribution has it."""
    text = (ROOT / "pyproject.toml").read_text()
    (line,) = re.findall(r"\[tool\.hatch\.build\.targets\.sdist\]\n(.*)", text)
    assert '"CITATION.cff"' in line
