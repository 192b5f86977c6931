"""Typed expressions and regimes: read without being run, refused with the position."""

from fractions import Fraction

import pytest
import sympy

from estimator.expressions.parse import GrowthSyntaxError, parse_expression
from estimator.expressions.regime import parse_regime
from estimator.expressions.text import text_of
from estimator.expressions.tree import from_sympy, to_sympy
from estimator.symbols import asked

N, k = asked("N"), asked("k")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*N**2 - N/3", 2 * N**2 - N / 3),
        ("log(N, 2) - log2(N)", 0),
        ("ln(exp(1)*N)", 1 + sympy.log(N)),
        ("sqrt(N)*0.5", sympy.sqrt(N) / 2),
        ("-N**2", -(N**2)),
        ("ceil(N) + max(1, N) + E + pi", sympy.ceiling(N) + sympy.Max(1, N) + sympy.E + sympy.pi),
        ("log(sqrt(N))**(2*k + 1)", sympy.log(sympy.sqrt(N)) ** (2 * k + 1)),
        ("1e-3*N", N / 1000),
        ("N - (N - (N - 1))", N - 1),
    ],
)
def test_expressions(text, expected):
    """The meaning is the one of Python and SymPy; decimals are exact."""
    assert sympy.simplify(to_sympy(parse_expression(text)) - expected) == 0


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("N*(M", 3),
        ("N + 1 # sum", 7),
        ("N*10**5000", 3),
        ("N*1e4999", 3),
        ("N + lgo(N)", 5),
        ("N +", 4),
        ("N^2", 3),
        ("9**9**9**9", 4),
        ("2**(10**9)", 1),
        ("__import__('os').system('true')", 1),
        ("N.real", 1),
        ("N[0]", 1),
        ("lambda: N", 1),
        ("'N'", 1),
        ("3 + True", 5),
        ("N if N else N", 1),
        ("f(x=1)", 1),
        ("f(*N)", 1),
        ("log()", 1),
        ("binomial(N)", 1),
        ("1/0", 3),
        ("N + 0**0", 5),
        ("N + oo", 5),
        ("factorial(10**4)", 1),
        ("", 1),
        ("(" * 300 + "N" + ")" * 300, 201),
        ("-" * 500 + "N", 152),
    ],
)
def test_refusals_name_the_position(text, position):
    """Nothing but arithmetic and calls by name gets through, and nothing that explodes."""
    with pytest.raises(GrowthSyntaxError, match="at position") as problem:
        parse_expression(text)
    assert f"at position {position}" in str(problem.value)


def test_long_sums_are_read():
    """Two thousand terms are no deep nesting."""
    assert len(parse_expression(" + ".join(f"{j}*N" for j in range(1, 2000)))) == 2000


def test_text_reads_back():
    """What is printed is the same expression."""
    for text in ("-N*(M + 1)**(-2)/log(N)", "N**(-k)*2**(k*N)", "(N - M)/(N*M)", "exp(-N)**k"):
        tree = parse_expression(text)
        assert sympy.expand(to_sympy(parse_expression(text_of(tree))) - to_sympy(tree)) == 0


def test_sympy_passes_both_ways():
    """SymPy to tree and back is the identity, for positive symbols."""
    expression = sympy.log(N / k) ** (2 * k) * sympy.Max(N, 3) + sympy.binomial(N, 3) / sympy.pi
    assert to_sympy(from_sympy(expression)) == expression
    with pytest.raises(ValueError, match=r"letters, digits and _, got '#n'"):
        from_sympy(asked("#n"))


def test_regimes():
    """Limits, constants with their intervals, couplings."""
    regime = parse_regime("N->oo, eps -> 0, k const, 1<=j<3, d=ceiling(4*log(N))")
    assert (regime.growing, regime.vanishing) == (("N",), ("eps",))
    assert regime.constants == {"k": (Fraction(0), None), "j": (Fraction(1), Fraction(3))}
    assert regime.ends == (("j", Fraction(1)),)
    assert text_of(regime.resolve(parse_expression("d*eps"))) == "ceiling(4*log(N))/eps"
    assert text_of(regime.restore(regime.resolve(parse_expression("log(1/eps)")))) == "log(1/eps)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("N->oo, N const", "every symbol once, got N again"),
        ("N->5", "got 'N->5' at position 1"),
        ("N->oo, k>N", "got 'k>N' at position 8"),
        ("d=e, e=d", "round in a circle, got d"),
        ("N->oo, N>3", "only a constant can be limited, got a limit for N"),
        ("2<k<1", "a constant needs room, got 2 < k < 1"),
        ("d=log(", "in the regime, after character 2"),
    ],
)
def test_regimes_are_refused(text, message):
    """The message quotes the part."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        parse_regime(text)
