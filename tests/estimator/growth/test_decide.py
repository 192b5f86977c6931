"""Growth: verdicts that can be derived on one line, leading terms, orders, and Qualtran's costs."""

import subprocess
import sys
from pathlib import Path

import pytest
import sympy
from qualtran.bloqs.data_loading.qroam_clean import QROAMClean
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.data_loading.select_swap_qrom import SelectSwapQROM

from estimator.costs.cost import cost_by_annotation
from estimator.growth.decide import decide, leading_term, order
from estimator.symbols import GLOSSARY, L, M, N, b, epsilon
from estimator.verdict import Verdict

HOLDS, FAILS, UNDECIDED = Verdict.HOLDS, Verdict.FAILS, Verdict.UNDECIDED
TWO = "N->oo, M->oo"
ROOT = Path(__file__).parents[3]


def verdict(f, relation, g, regime):
    return decide(f, relation, g, regime).verdict


@pytest.mark.parametrize(
    ("f", "relation", "g", "regime", "expected"),
    [
        ("N*M*log(N*M)", "O", "N**2*log(N) + M**2*log(M)", TWO, HOLDS),  # N <= M or M <= N
        ("N*M", "O", "N**2/log(N) + M**2*log(M)", TWO, HOLDS),
        ("N*M", "O", "N**3 + M**(7/5)", TWO, FAILS),  # 1/3 + 5/7 > 1
        ("N*M", "O", "N**3 + M**(3/2)", TWO, HOLDS),  # 1/3 + 2/3 = 1
        ("log(N + M)", "O", "log(N)*log(M)", TWO, HOLDS),
        ("sin(eps) - eps", "Theta", "eps**3", "eps->0", HOLDS),
        ("binomial(2*n, n)", "Theta", "4**n/sqrt(n)", "n->oo", HOLDS),
        ("2**ceiling(log2(N)/2)", "Theta", "sqrt(N)", "N->oo", HOLDS),
        ("2**ceiling(log2(N))", "o", "N*log(log(N))", "N->oo", HOLDS),
        ("log(log(N))**1000", "o", "log(N)**(1/1000)", "N->oo", HOLDS),
        ("N**(1/1000)", "O", "exp(sqrt(log(N)))", "N->oo", FAILS),
        ("N**k*exp(-eps*N)", "O", "eps**(-k)", "N->oo, eps->0, k const", HOLDS),
        ("Max(0, N - M)", "O", "M", TWO, FAILS),
        ("sin(N)", "o", "1", "N->oo", FAILS),
        ("N", "O", "N*(1 + sin(N))", "N->oo", FAILS),  # the bound vanishes again and again
        ("0", "Theta", "0", "N->oo", HOLDS),
        ("1/N", "O", "0", "N->oo", FAILS),
        ("f(N)", "O", "N", "N->oo", UNDECIDED),
    ],
)
def test_verdicts(f, relation, g, regime, expected):
    """What a reader can derive by hand, including two orders of growth in one region."""
    assert verdict(f, relation, g, regime) is expected


def test_a_constant_must_not_matter():
    """HOLDS for all k or FAILS for all k; otherwise the condition says for which it does."""
    assert verdict("N**k", "O", "N**(k**2 - k + 1)", "N->oo, k const") is HOLDS  # (k-1)**2 >= 0
    assert verdict("N**k", "O", "N**3", "N->oo, k<=3") is HOLDS
    assert verdict("N**k", "O", "N**3", "N->oo, k>3") is FAILS
    assert verdict("N**k", "o", "N**3", "N->oo, k<=3") is UNDECIDED
    answer = decide("N**k", "O", "N**3", "N->oo, k const")
    assert answer.verdict is UNDECIDED
    assert answer.reason == answer.condition.text == "HOLDS iff k <= 3"


def test_thresholds_hold_for_all_variables_at_once():
    """N <= M N**2/M is no reason for N = O(M): the variables go their ways independently."""
    assert verdict("N", "O", "M", TWO) is FAILS
    assert verdict("N", "O", "M", "N->oo, M=N**2") is HOLDS
    assert verdict("log(1/eps)", "O", "log(N)", "N->oo, eps->0") is FAILS
    assert verdict("log(1/eps)", "Theta", "log(N)", "N->oo, eps=1/N") is HOLDS


def test_symbols_without_a_regime_are_refused():
    """The message names the symbol."""
    with pytest.raises(ValueError, match=r"got nothing for M$"):
        decide("N*M", "O", "N", "N->oo")
    with pytest.raises(
        ValueError, match="a relation must be one of O, o, Omega, Theta, omega, ~, ~O, got '<'"
    ):
        decide("N", "<", "N", "N->oo")


def test_sympy_expressions_are_understood():
    """Symbols count by name, whatever their assumptions."""
    bound = sympy.log(N / epsilon) ** 3
    regime = "N->oo, epsilon->0"
    assert verdict(sympy.log(sympy.sqrt(N) / epsilon) ** 3, "Theta", bound, regime) is HOLDS
    assert verdict(M * sympy.Max(N, M), "O", M**2, TWO) is FAILS


@pytest.mark.parametrize(
    ("loader", "grows"),
    [(QROM, "L"), (SelectSwapQROM, "sqrt(L)"), (QROAMClean, "sqrt(L)")],
)
def test_qualtran_lookups(loader, grows):
    """Qualtran's own symbolic counts: linear for QROM, square roots for the swapping ones."""
    cost = cost_by_annotation(loader.build_from_bitsize((L,), (b,)))
    total = cost.toffolis + cost.t
    assert verdict(total, "Theta", grows, "L->oo, b const") is HOLDS
    assert verdict(total, "o", grows, "L->oo, b const") is FAILS


def test_leading_terms():
    """The quotient goes to one, or the expression lies between multiples."""
    t = GLOSSARY and {s.name: s for s in leading_term("N", "N->oo").expression.free_symbols}["N"]
    exact = leading_term("3*N**2 - N*log(N) + 7", "N->oo")
    assert (exact.expression, exact.is_exact) == (3 * t**2, True)
    assert leading_term("sqrt(N + 1) - sqrt(N)", "N->oo").expression == 1 / (2 * sympy.sqrt(t))
    rounded = leading_term("2**ceiling(log2(N))", "N->oo")
    assert (rounded.expression, rounded.is_exact) == (t, False)
    assert {str(term) for term in leading_term("N*M + N**2 + M", TWO).expression.args} == {
        "M*N",
        "N**2",
    }
    assert str(leading_term("2/eps - log(1/eps)", "eps->0").expression) == "2/eps"
    assert leading_term("f(N)", "N->oo").expression is None


def test_order():
    """Slowest first; equal growth shares a group; the incomparable are named."""
    costs = ["N**2", "N*log(N)", "3*N**2 + N", "2**N", "N"]
    assert order(costs, "N->oo") == [[4], [1], [0, 2], [3]]
    with pytest.raises(ValueError, match=r"comparable in the regime, got (N and M|M and N)"):
        order(["N", "M"], TWO)


def test_growth_is_light():
    """No quantum package is loaded."""
    code = "import estimator.growth, sys; sys.exit(bool({'qualtran', 'cirq'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    "f", ["binomial(N, 10**9)", "N**(10**6)", "(N + 1)**(10**5)", "exp(exp(exp(exp(N))))"]
)
def test_nothing_hangs(f):
    """Whatever the answer, it comes within a second of the patience."""
    assert decide(f, "O", "2**N", "N->oo", patience=1.0).seconds < 2.0
