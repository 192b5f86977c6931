"""What `growth` prints is read back, as text and as JSON, and nothing else is."""

import json

import pytest
from typer.testing import CliRunner

from estimator import cli
from estimator.growth_audit.answer_file import answers_in

ASKED = [
    ("N*log(N)", "O", "N**2", "N->oo"),
    ("N*log(N)", "o", "N**2", "N->oo"),
    ("N**2", "O", "N*log(N)", "N->oo"),
    ("(N+1/eps)*log(N+1/eps)", "Theta", "N*log(N)+log(1/eps)/eps", "N->oo, eps->0"),
    ("N**(2*k-1)", "O", "N**(k**2)", "N->oo, k const"),
    ("N**k*log(N)", "O", "N**(k+1)", "N->oo, 1<k<=3"),
    ("log(1/eps)", "O", "log(N)", "N->oo, eps->0"),
    ("exp(d)", "Theta", "n**4", "n->oo, d=ceiling(4*log(n))"),
    ("sin(N)", "Omega", "1", "N->oo"),
    ("1/(1-eps) - 1", "O", "eps", "eps->0"),
    ("f(N)", "O", "1", "N->oo"),
    ("N*M", "omega", "N + M", "N->oo, M->oo"),
    ("N + 1", "~", "N", "N->oo"),
    ("N*log(M)", "~O[N]", "N", "N->oo, M->oo"),
    ("N**k", "O", "N", "N->oo, k const"),
    ("exp(ceiling(N)**2)", "O", "exp(N**2)", "N->oo"),
    ("N**2", "O", "N", "N->oo, b->oo, b <= N"),
    ("log(1/eps)", "O", "t", "t->oo, eps->0, t >= log(1/eps)"),
]


def printed(f, relation, g, regime, *more):
    words = ["growth", f, g, "--relation", relation, "--regime", regime, *more]
    return CliRunner().invoke(cli.app, words).stdout


@pytest.mark.parametrize(("f", "relation", "g", "regime"), ASKED)
def test_text_and_json_say_the_same(tmp_path, f, relation, g, regime):
    """But for the side, which the text of a relation that holds leaves out."""
    text, data = tmp_path / "text", tmp_path / "json"
    text.write_text(printed(f, relation, g, regime))
    data.write_text(printed(f, relation, g, regime, "--json"))
    (one,), (two,) = (answers_in(each).answers for each in (text, data))
    for key in ("verdict", "condition", "relation", "f", "g", "regime"):
        assert getattr(one, key) == getattr(two, key), key
    assert len(one.claims) == len(two.claims)
    for ours, theirs in zip(one.claims, two.claims, strict=True):
        for key in ("claim", "case", "where", "path", "at", "thresholds", "steps"):
            assert ours.get(key) == theirs.get(key), key
        assert ours["C"] in (theirs["C"], f"({theirs['C']})")


def test_several_answers_in_one_file(tmp_path):
    """Texts one after the other; lines of JSON, of which a refused question is counted."""
    text, lines = tmp_path / "text", tmp_path / "lines"
    text.write_text("".join(printed(*each) for each in ASKED[:3]))
    assert [each.verdict for each in answers_in(text).answers] == ["HOLDS", "HOLDS", "FAILS"]
    asked = [dict(zip(("f", "relation", "g", "regime"), each, strict=True)) for each in ASKED[:2]]
    asked.append({"f": "N*M", "relation": "O", "g": "1", "regime": "N->oo"})
    lines.write_text("\n".join(map(json.dumps, asked)))
    done = CliRunner().invoke(cli.app, ["growth", "--file", str(lines)])
    lines.write_text(done.stdout)
    found = answers_in(lines)
    assert [each.regime for each in found.answers] == ["N->oo", "N->oo"]
    assert found.refused == 1


GOOD = {
    "verdict": "HOLDS",
    "relation": "O",
    "f": "N",
    "g": "N",
    "regime": "N->oo",
    "witness": [{"side": "O", "claim": "|N| <= C*|N|", "C": "1", "thresholds": [], "steps": []}],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "TRUE"}, "the verdict of the answer is 'TRUE', it must be one of HOLDS"),
        ({"relation": "<="}, "the relation of the answer is '<='"),
        ({"f": 3}, "the answer says no f"),
        ({"regime": None}, "the answer says no regime"),
        ({"witness": {}}, "a witness or path that is no list"),
        ({"witness": [3]}, "is no JSON object"),
        ({"witness": [{"claim": "|N| <= C*|N|"}]}, "has no C"),
        ({"witness": [{**GOOD["witness"][0], "steps": [1]}]}, "steps that are no texts"),
        ({"witness": [{**GOOD["witness"][0], "path": ["t"]}]}, "a path that is no mapping"),
        ({"witness": [{**GOOD["witness"][0], "where": 1}]}, "a where that is no text"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path, change, message):
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({**GOOD, **change}))
    with pytest.raises(ValueError, match=message):
        answers_in(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "got nothing in"),
        ("# Growth\n", "line 1 is '# Growth'"),
        ("{'verdict'}", "line 1 is no JSON"),
        ('{"a": 1, "a": 2}', "names the key 'a' twice"),
        ("[" * 100000, "nested too deeply|no JSON"),
        ("HOLDS  N = O(N)   [N->oo]\n  |N| < |N|\n", "line 2 is"),
        ("FAILS  N = O(1)   [N->oo]\n  not O: along N\n", "the path in line 2 is 'N'"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(tmp_path, content, message):
    file = tmp_path / "answers"
    file.write_text(content)
    with pytest.raises(ValueError, match=message):
        answers_in(file)
