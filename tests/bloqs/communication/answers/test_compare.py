"""Who sends less, and from where: windows, crossovers, bounds without constants, pictures."""

import pytest

import quledger
from bloqs.communication.answers import compare
from bloqs.communication.answers.compare import axes
from bloqs.communication.answers.compare_ways import Sizes, leakage
from bloqs.communication.rivals.window import classical_bits, sampled_qubits


@pytest.fixture(scope="module")
def report():
    return quledger.compare("communication", L=1, epsilon=0.1, delta=0.05)


def first(report, **wanted):
    (row,) = [x for x in report["windows"] if wanted.items() <= x.items()]
    return row["first"]


@pytest.mark.parametrize(
    ("epsilon", "shipping", "cheaper"), [(0.1, 9, 13), (0.03, 13, 18), (0.01, 16, 22)]
)
def test_windows_at_equal_confidence(report, epsilon, shipping, cheaper):
    given = {"L": 1, "epsilon": epsilon, "convention": "equal confidence"}
    assert first(report, against="shipping", **given) == shipping
    assert first(report, against="shipping or sketch", **given) == cheaper


def test_windows_of_the_gradient(report):
    found = {row["variant"]: row["first"] for row in report["gradient_windows"]}
    assert (found["grouped"], found["shift"]) == (12, 29)
    assert 66 <= found["tomography"] <= 68


def test_bounds_without_constants_have_no_number(report):
    bounds = {row["problem"]: row for row in report["bounds"]}
    assert bounds["hidden matching"]["at_least"] == "constant unknown"
    assert bounds["inner product, exactly"]["at_least"] == 5
    assert "Raz's problem" not in bounds
    text = report.text()
    assert "constant unknown" in " ".join(text.split())
    assert "equal confidence: two standard deviations" in " ".join(text.split())
    assert "[GKKRW07]" in text
    assert "pairs of entangled qubits from before" in " ".join(text.split())
    assert report["linear"]["bound"] == "Omega(Min(N, 1/gamma)), constant unknown"
    assert len(report["optima"]) == 7


def test_sweeps_cross_where_windows_begin(report):
    """The same sizes by the sweep's own search."""
    rows = [x for x in report["N_crossovers"] if x["group"] == "loss, equal confidence"]
    found = {row["against"]: row for row in rows if row["way"] == "sampled"}
    assert "2^9" in str(found["shipping"])
    assert "2^13" in str(found["sketch"])
    sent = {x["1/epsilon"]: x["sent"] for x in report["epsilon_costs"] if x["way"] == "sampled"
            and x["group"] == "loss, guaranteed"}  # fmt: skip
    assert [sent[2], sent[4]] == [300, 1190]  # ten qubits for each of 2 ln(40)/epsilon^2
    assert {"N", "L", "P", "epsilon"} == {
        part.key.split("_")[0] for part in report.parts if part.key.endswith("_costs")
    }


def test_more_layers_have_chains_and_a_picture(tmp_path):
    report = quledger.compare("communication", L=2, n=12, P=10, g=2)
    assert any("chain" in row["against"] for row in report["windows"])
    assert "Raz's problem" in {row["problem"] for row in report["bounds"]}
    report.picture(tmp_path / "it.svg")
    assert (tmp_path / "it.svg").stat().st_size > 1000
    with pytest.raises(ValueError, match="got g=20 and P=10"):
        quledger.compare("communication", P=10, g=20)


def test_what_is_held_while_one_size_is_swept(report):
    """All but the size that is swept, and what no sweep has."""
    heads = {part.key: part.heading for part in report.parts if "shown costs" in part.key}
    for axis, own in (("N", "n"), ("L", "L"), ("P", "P"), ("epsilon", "epsilon")):
        _, fixed = heads[f"{axis}_shown costs 0"].split(" grows, ")
        given = {"n": "10", "L": "1", "P": "1000", "g": "1", "epsilon": "0.1", "delta": "0.05"}
        del given[own]
        assert dict(each.split(" = ") for each in fixed.split(", ")) == given


def test_leakage():
    """738 copies of 1024 amplitudes tell 1,722 bits at most; several layers only Holevo's bound."""
    one = Sizes(n=10, layers=1, parameters=1, groups=1, epsilon=0.1, delta=0.05)
    assert round(leakage(one, 738)) == 1722
    assert leakage(one.moved(layers=2), 738) == 738 * 30


def test_what_is_swept_and_which_size_it_is():
    """N from 4 to 2**60, six powers of two of layers, parameters from two groups on."""
    base = Sizes(n=10, layers=1, parameters=1000, groups=2, epsilon=0.1, delta=0.05)
    found = {axis.name: (axis, change) for axis, change in axes(base)}
    ends = {name: (axis.shown[0], axis.shown[-1]) for name, (axis, _) in found.items()}
    assert ends == {
        "N": (4, 2**60), "L": (1, 32), "P": (4, 2**30), "1/epsilon": (2, 2**13),
    }  # fmt: skip
    for name, moved in (("N", {"n": 5}), ("L", {"layers": 32}), ("P", {"parameters": 32}),
                        ("1/epsilon", {"epsilon": 1 / 32})):  # fmt: skip
        axis, change = found[name]
        assert change(32) == moved
        assert axis.shown == axis.searched == tuple(2**k for k in range(
            axis.shown[0].bit_length() - 1, axis.shown[-1].bit_length()))  # fmt: skip


def test_as_many_groups_as_parameters_are_allowed(monkeypatch):
    monkeypatch.setattr(compare, "axes", lambda _: [])
    report = quledger.compare("communication", P=10, g=10)
    assert report.settings["g"] == report.settings["P"] == 10
    with pytest.raises(ValueError, match="got g=11 and P=10"):
        quledger.compare("communication", P=10, g=11)


def test_parts_in_order(report):
    """A table for readers, one for JSON; sections begin with windows and with what is assumed."""
    parts = {part.key: part for part in report.parts}
    assert [*parts][:7] == [
        "windows", "gradient_windows", "exact", "shown bounds", "bounds", "linear", "optima",
    ]  # fmt: skip
    assert {key for key, part in parts.items() if getattr(part, "is_section", False)} >= {
        "windows", "assumptions",
    }  # fmt: skip
    assert not parts["gradient_windows"].is_section
    assert {key for key, part in parts.items() if getattr(part, "keeps_words", False)} >= {
        "exact", "optima",
    }  # fmt: skip
    assert not parts["windows"].keeps_words
    assert (parts["shown bounds"].place, parts["bounds"].place) == ("shown", "data")
    assert [column.key for column in parts["bounds"].columns][-3:] == ["promise", "error", "source"]
    assert report.assumed == ("n", "P", "g", "gamma")


def test_windows_that_there_are_none_of():
    """For a small error a sketch is shorter than samples up to the largest size."""
    error = 1e-12
    table = compare.windows_table(
        Sizes(n=10, layers=1, parameters=1, groups=1, epsilon=error, delta=0.05)
    )
    for row in [x for x in table.rows if x["epsilon"] == error]:
        bits = classical_bits(90, 1, error, 0.05, row["convention"])
        least = min(bits[name] for name in row["against"].split(" or "))
        is_less = sampled_qubits(90, 1, error, 0.05, row["convention"]) < least
        assert (row["first"] == "nowhere up to 90") == (not is_less) == ("sketch" in row["against"])
    assert [row["epsilon"] for row in table.rows[::4]] == [error, 0.1, 0.03, 0.01]
    twice = compare.windows_table(
        Sizes(n=10, layers=2, parameters=1, groups=1, epsilon=0.1, delta=0.05)
    )
    assert [row["L"] for row in twice.rows[::12]] == [2, 1]
