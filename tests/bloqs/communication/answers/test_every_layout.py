"""How answers look in a terminal: notes stand apart, and no word of a table is broken."""

from pathlib import Path

import pytest

import quledger
from estimator.report.parts import Table

EXAMPLES = Path(__file__).parents[4] / "examples"
MODEL, KARATE = EXAMPLES / "two_party_model.json", EXAMPLES / "karate_club.json"
REPORTS = {
    "inference": lambda: quledger.cost("communication-inference", n=4, L=2),
    "gradient": lambda: quledger.cost("communication-gradient"),
    "training": lambda: quledger.cost("communication-training"),
    "graph": lambda: quledger.cost("graph-network"),
    "protocols": lambda: quledger.cost("communication-protocol"),
    "cost of a model": lambda: quledger.cost(MODEL, epsilon=0.1, delta=0.05),
    "cost of a graph": lambda: quledger.cost(KARATE, delta=0.05, node=0),
    "run of a model": lambda: quledger.simulate(MODEL, run="exact"),
    "run of a graph": lambda: quledger.simulate(KARATE, delta=0.05, node=0),
    "runs of protocols": lambda: quledger.simulate("communication-protocol", n=2),
    "comparison": lambda: quledger.compare("communication", n=5),
}


APART = ("protocol_notes", "detail", "assumptions", "notes")
"""Keys of what is said of a whole answer; a cost has notes of its own under that last name."""

WHOLE = ("variants", "answers", "exact", "optima", "runs")
"""Keys of tables with texts in them."""


@pytest.mark.parametrize("name", REPORTS)
def test_layout(name):
    """At the usual width, an empty line before the notes and every word in one piece."""
    report = REPORTS[name]()
    text = report.text(width=80)
    lines, words = text.splitlines(), {*text.split()}
    parts = {part.key: part for part in report.parts if part.place in ("everywhere", "shown")}
    apart = [key for key in APART if key in parts and not (key == "notes" and "layers" in parts)]
    assert apart
    for key in apart:
        start = parts[key].lines[0][:40].rsplit(" ", 1)[0]
        (begin,) = [k for k, line in enumerate(lines) if line.startswith(start)]
        assert not lines[begin - 1].strip(), key
    for key in [key for key in WHOLE if isinstance(parts.get(key), Table)]:
        texts = [column.heading for column in parts[key].columns]
        texts += [column.style.text(row.get(column.key))
                  for row in parts[key].rows for column in parts[key].columns]  # fmt: skip
        assert {word for each in texts for word in each.split()} <= words, key
