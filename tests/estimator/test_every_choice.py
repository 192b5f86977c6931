"""Every variant, memory and rotation of an algorithm: formulas, numbers and text agree."""

from itertools import cycle, product
from pathlib import Path

import pytest
import sympy
from command import answer, costs, params, run

from estimator.ask.question import COST
from estimator.ask.registry import questions
from estimator.symbols import GLOSSARY

ROOT = Path(__file__).parents[2]
DIGITS = str(ROOT / "examples" / "digits_resnet.onnx")
NAMES = {symbol.name: symbol for symbol in GLOSSARY}
ALGORITHMS = {
    found.question.name: found.question
    for found in questions(COST)
    if found.system.name
    not in (
        "resnet",
        "linear_systems",
        "communication",
        "contrastive",
        "feedforward",
        "hypergraph",
        "ntk",
        "any-bloq",
        "circuit-file",
    )
    # those are in tests of their own
}
CHOICES = [
    (name, variant, loader)
    for name, question in ALGORITHMS.items()
    for variant, loader in product(
        question.parameter("variant").of, question.parameter("loader").of
    )
]
SMALL = {
    "convolution": {"C_in": 4, "C_out": 3, "D": 4, "M": 8, "b": 6},
    "vector-loading": {"N": 16, "b": 6},
    "qsvt": {"N": 16, "b": 6, "degree": 4},
    "qsvt-convolution": {"C_in": 4, "C_out": 3, "D": 4, "M": 8, "b": 6, "degree": 4},
    "normalise": {"N": 16, "b": 6, "alpha": 2, "delta": 0.01},
}
SIZES = {
    "convolution": {"c": 2, "d": 2, "m": 3, "b": 6},
    "vector-loading": {"n": 4, "b": 6},
    "qsvt": {"n": 4, "b": 6, "degree": 4},
    "qsvt-convolution": {"c": 2, "d": 2, "m": 3, "b": 6, "degree": 4},
    "normalise": {"n": 4, "b": 6, "degree": 15},
}
WHOLE = ("convolution", "vector-loading")
"""Algorithms that every memory is tried with; of those made of them, some."""
QUICK = ("qroam-clean", "bucket-brigade", "ideal")
FULL = {"published": {"C_out": 4}}
"""Sizes of variants whose cost depends on the channels themselves, not on their index alone."""


@pytest.mark.parametrize(
    ("name", "variant", "loader", "rotation"),
    [
        *(
            pytest.param(
                *choice,
                "phase-gradient",
                marks=[] if choice[0] in WHOLE or choice[2] in QUICK[1:] else pytest.mark.slow,
            )
            for choice in CHOICES
        ),
        *(
            pytest.param(*choice, "bitwise", marks=[] if choice[2] == "qrom" else pytest.mark.slow)
            for choice in CHOICES
        ),
    ],
)
def test_formulas_give_the_numbers(name, variant, loader, rotation):
    """The symbolic answer, parsed back, gives the numeric answer; both are proper JSON."""
    sizes = SIZES[name] | ({"degree": 5} if variant == "fixed-point" else {})
    numbers = SMALL[name] | FULL.get(variant, {})
    block = {"beta": 1} if loader in ("qroam-clean", "select-swap") else {}
    words = ("cost", name, "--variant", variant, "--loader", loader, "--rotation", rotation)
    symbolic = answer(*words, *params(**block))
    numeric = answer(*words, *params(**numbers, **block))
    assert symbolic["settings"]["loader"] == numeric["settings"]["loader"] == loader
    at = {NAMES[symbol]: value for symbol, value in sizes.items()}
    for key, value in costs(numeric).items():
        formula = sympy.sympify(costs(symbolic)[key], locals=NAMES)
        assert isinstance(value, int)
        assert {symbol.name for symbol in formula.free_symbols} <= symbolic["symbols"].keys()
        if key in ("depth", "qubits"):  # numbers have circuits, in which steps may overlap
            assert 0 <= value <= formula.subs(at)
        else:
            assert formula.subs(at) == value, key
    calls = {k: sympy.sympify(n, locals=NAMES).subs(at) for k, n in symbolic["queries"].items()}
    assert calls == numeric["queries"]


@pytest.mark.parametrize(
    ("name", "variant", "loader"),
    [
        pytest.param(*each, marks=[] if each[2] in QUICK[1:] else pytest.mark.slow)
        for each in CHOICES
    ],
)
def test_every_choice_is_told_in_text(name, variant, loader):
    """Text shows the same numbers as JSON."""
    words = ["cost", name, "--variant", variant, "--loader", loader, *params(**SMALL[name])]
    report, text = answer(*words), run(*words).stdout
    assert f"{report['gates']['toffoli']:,}" in text
    assert f"{report['qubits']:,}" in text
    assert f"loader = {loader}" in text
    assert "gates" in text
    assert "logical qubits" in text


def test_a_vector_is_costed_by_hand():
    """16 entries: lookups of 2, 4 and 8 angles, loaded and unloaded; 4 additions of b - 1 ANDs."""
    gates = answer("cost", "vector-loading", *params(N=16, b=6), "--rotation", "bitwise")["gates"]
    lookups = 2 * sum(entries - 2 for entries in (2, 4, 8))
    assert gates["toffoli"] == lookups
    gates = answer("cost", "vector-loading", *params(N=16, b=6))["gates"]
    assert gates["toffoli"] == lookups + 4 * (6 - 1)
    assert (gates["t"], gates["rotations"]) == (2, 2 * (6 - 3))


@pytest.mark.parametrize("loader", ["qroam-clean", "select-swap"])
@pytest.mark.parametrize("name", ["convolution", "vector-loading"])
def test_the_block_size_left_out_is_the_cheapest(name, loader):
    """No block size on offer beats the one chosen for the user."""
    sizes = SMALL[name] | ({"N": 1024} if name == "vector-loading" else {})

    def toffolis(**more):
        gates = answer("cost", name, "--loader", loader, *params(**sizes, **more))["gates"]
        return gates["toffoli"] + gates["cswap"]

    tried = [toffolis(beta=beta) for beta in range(1, 4)]
    assert toffolis() <= min(tried)
    assert min(tried) < max(tried)


@pytest.mark.parametrize("loader", ["qroam-clean", "select-swap"])
def test_sizes_without_bits_leave_the_block_open(loader):
    """Which block is cheapest depends on b, so without b the answer has a symbol for it."""
    report = answer("cost", "vector-loading", "--loader", loader, *params(N=1024))
    assert {"b", "beta"} <= report["symbols"].keys()


def test_published_variant_has_the_alpha_of_the_adder_and_says_what_is_printed():
    """The same kernels; 3 x 3 taps between c-bit channels: 2 + 8 D + 2 (c + 2) ancillas printed."""
    adder = answer("cost", DIGITS, *params(b=8))
    published = answer("cost", DIGITS, "--variant", "published", *params(b=8))
    for ours, theirs in zip(adder, published, strict=True):
        assert theirs["facts"]["alpha"] == pytest.approx(ours["facts"]["alpha"], rel=1e-12)
        half = theirs["facts"]["amplification to C / 2, if |C| <= 1"]
        assert half == pytest.approx(ours["facts"]["alpha"] / 2, rel=1e-12)
        assert theirs["gates"]["rotations"] >= ours["gates"]["rotations"]
        assert theirs["gates"]["toffoli"] > ours["gates"]["toffoli"]
    facts = answer("cost", "convolution", "--variant", "published", *params(D=3))["facts"]
    printed = sympy.sympify(facts["ancillas as printed"], locals=NAMES)
    assert sympy.expand(printed - (2 + 8 * 3 + 2 * (NAMES["c"] + 2))) == 0


@pytest.mark.parametrize("variant", ["adder", "multiplexed", "published"])
def test_epsilon_decides_the_bits(variant):
    """The error promised with the bits chosen is within epsilon, and with one bit less is not."""
    norms = {"K_1": 7.5, "s_r": 3.0, "s_c": 2.5}
    sizes = {"C_in": 4, "C_out": 4, "D": 3, "M": 8}
    words = ("cost", "convolution", "--variant", variant)
    facts = answer(*words, *params(**norms, **sizes, epsilon=0.01))["facts"]
    assert facts["epsilon"] <= 0.01
    coarser = answer(*words, *params(**norms, **sizes, b=facts["b"] - 1))["facts"]
    assert coarser["epsilon"] > 0.01


@pytest.mark.parametrize(
    ("variant", "loader"),
    [
        pytest.param(variant, loader, marks=[] if loader in QUICK else pytest.mark.slow)
        for variant, loader in zip(
            cycle(["adder", "multiplexed"]), ALGORITHMS["convolution"].parameter("loader").of
        )
    ],
)
def test_large_sizes_are_answered(variant, loader):
    """A billion channels and the largest angle have exact answers."""
    sizes = {"C_in": 10**9, "C_out": 1, "D": 3, "M": 2**32, "b": 256}
    report = answer(
        "cost", "convolution", "--variant", variant, "--loader", loader, *params(**sizes)
    )
    assert isinstance(report["gates"]["toffoli"], int)
    assert report["facts"]["classical FLOP"] == 2 * 10**9 * 9 * 2**64


@pytest.mark.parametrize("variant", ["adder", "multiplexed"])
def test_depth_is_one_number_for_symbols_and_for_numbers(variant):
    """The formula at the sizes is what the sizes give."""
    words = ("cost", "convolution", "--variant", variant)
    formula = sympy.sympify(answer(*words)["toffoli_depth"], locals=NAMES)
    for sizes, logs in (
        ({"C_in": 4, "C_out": 4, "D": 4, "M": 8, "b": 6}, {"c": 2, "d": 2, "m": 3, "b": 6}),
        ({"C_in": 2, "C_out": 2, "D": 2, "M": 64, "b": 9}, {"c": 1, "d": 1, "m": 6, "b": 9}),
    ):
        at = {NAMES[name]: value for name, value in logs.items()}
        assert answer(*words, *params(**sizes))["toffoli_depth"] == formula.subs(at)


def test_a_small_circuit_has_its_critical_path_as_well():
    """Counted gate by gate, below the bound from its parts; a larger one has the bound alone."""
    small, _ = answer("cost", DIGITS, *params(b=8))
    assert 0.9 * small["toffoli_depth"] < small["critical_path"] <= small["toffoli_depth"]
    large = answer("cost", "resnet", *params(k=1, N=1024, C=4, D=3, epsilon=0.1, alpha=2))
    assert "critical_path" not in large
