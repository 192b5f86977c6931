"""Values of an axis as they are typed."""

import math
from fractions import Fraction

import pytest

from estimator.ask.parameter import Choice, Choices, Flag, Number, Size
from estimator.ask.question import COST, Question
from estimator.grid.axis import axes_of

QUESTION = Question(
    verb=COST,
    name="q",
    says="",
    source="",
    answer="",
    parameters=(
        Number(name="n", meaning="whole", least=1, most=10**12),
        Number(name="x", meaning="broken", least=0, most=10, whole=False),
        Number(name="N", meaning="power", least=2, power_of_two=True),
        Size(name="length", meaning="size", least=4),
        Choice(name="loader", meaning="one", of=("a", "b-c")),
        Choices(name="some", meaning="several", of=("a", "b")),
        Flag(name="is_on", meaning="yes or no"),
    ),
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("n=1..9:5", (1, 3, 5, 7, 9)),
        ("n=9..1:5", (9, 7, 5, 3, 1)),
        ("n=1..2**10:2", (1, 1024)),
        ("n=1..10:4", (1, 4, 7, 10)),
        ("n=1..4:3", (1, 3, 4)),
        ("n=1e0..1e6:4", (1, 100, 10_000, 10**6)),
        ("n=2**1..2**4:3", (2, 6, 16)),
        ("n=7..7:1", (7,)),
        ("n=5,3,2**5", (5, 3, 32)),
        ("x=1e-1..1e-4:4", (0.1, 0.01, 0.001, 0.0001)),
        ("x=3e-2..3e-5:4", (0.03, 0.003, 0.0003, 0.00003)),
        ("x=0.1..0.9:9", tuple(i / 10 for i in range(1, 10))),
        ("x=2**1..2**2:3", (2.0, math.sqrt(2) * 2, 4.0)),
        ("N=2**10..2**40:16", tuple(2**i for i in range(10, 41, 2))),
        ("N=2**4..2**8:4", (16, 2**5, 2**7, 256)),
        ("length=2**2..2**6:5", (4, 8, 16, 32, 64)),
        ("loader", ("a", "b-c")),
        ("loader=b_c", ("b-c",)),
        ("is_on", (False, True)),
        ("is-on=no", (False,)),
    ],
)
def test_values(text, values):
    """Points of ranges, both ends among them, and lists."""
    (axis,) = axes_of(QUESTION, [text])
    assert axis.values == values
    assert len(axis) == len(values)


@pytest.mark.parametrize("count", [2, 7, 64])
def test_equal_ratios_are_correctly_rounded(count):
    """Each point is the floating-point number nearest to its exact value, by exact powers."""
    (axis,) = axes_of(QUESTION, [f"x=1e-9..1e-1:{count}"])
    for i, value in enumerate(axis.values):
        # x = 10**(-9 + 8 i/(count - 1)), so x**(count - 1) is a power of ten
        power = -9 * (count - 1) + 8 * i
        target = Fraction(10) ** power
        below, above = (Fraction(math.nextafter(value, to)) for to in (0, 1))
        assert ((below + Fraction(value)) / 2) ** (count - 1) <= target
        assert target <= ((above + Fraction(value)) / 2) ** (count - 1)


def test_values_given_in_python():
    """Sequences and texts by name; names in any spelling."""
    axes = axes_of(QUESTION, {"n": [4, "2**3"], "is-on": "yes,no", "x": 0.5})
    assert [(axis.name, axis.values) for axis in axes] == [
        ("n", (4, 8)),
        ("is_on", (True, False)),
        ("x", (0.5,)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n=1..9", "n=1..9:POINTS needs a whole number of points"),
        ("n=1..9:0", "needs a whole number of points from 1"),
        ("n=1..9:x", "needs a whole number of points"),
        ("n=1..9:99999999", "to 1000000"),
        ("n=1..9:1", "both ends among its points"),
        ("n=3..3:4", "both ends among its points"),
        ("n=0..9:4", "n must be a whole number >= 1"),
        ("n=1..3:9", "takes 1 twice"),
        ("n=4,4", "takes 4 twice"),
        ("n", "needs values"),
        ("n=", "needs values"),
        ("loader=a..b:2", "only numbers have ranges"),
        ("loader=c", "one of a, b-c"),
        ("some=a", "takes several values at once"),
        ("y=1..2:2", "has no parameter 'y'"),
        ("x=0.5..nan:2", "x must be a number"),
    ],
)
def test_refusals(text, said):
    """One sentence that says what is wrong."""
    with pytest.raises(ValueError, match=r".") as problem:
        axes_of(QUESTION, [text])
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_names_are_given_once():
    """No axis, or the same one twice."""
    with pytest.raises(ValueError, match="needs a parameter that varies"):
        axes_of(QUESTION, [])
    with pytest.raises(ValueError, match="names n twice"):
        axes_of(QUESTION, ["n=1,2", "n=3"])
