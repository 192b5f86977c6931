"""What a page shows beside a run is what `compare ntk` prints."""

import pytest

import quledger
from bloqs.ntk.answers.explored import rivals
from bloqs.ntk.system import SYSTEM
from estimator.ask.question import asked_of


def test_a_prediction_and_its_rivals():
    given = {"n": 4096, "solver": "qsvt-relative", "loader": "ideal"}
    asked = asked_of(SYSTEM.questions[0], given, None, SYSTEM.home)
    found = {each.key.removeprefix("rival."): each.value for each in rivals(asked)}
    compared = quledger.compare(
        "ntk", solver="qsvt-relative", loaders="ideal", start=4096, stop=8192
    )
    rows = [row for part in compared.parts for row in getattr(part, "rows", ())
            if isinstance(row, dict) and row.get("n") == 4096]  # fmt: skip
    assert rows
    seen = set()
    for row in rows:
        name = {"weighted": "t"}.get(row.get("variant"), row.get("way", row.get("classical")))
        if name in found and row.get("t") is not None:
            assert found[name] == pytest.approx(row["t"] + (row.get("lookups") or 0))
            seen.add(name)
    assert "t" in seen
