"""What a user may set: every value allowed is taken as it is, every other one refused."""

import pytest
from attrs import evolve

from estimator.ask.parameter import (
    Choice,
    Choices,
    File,
    Flag,
    Number,
    Size,
    Text,
    did_you_mean,
    spelled,
)

SIZE = Number(name="L", meaning="entries", unit="entries", least=2, most=2**20)
POWER = evolve(SIZE, name="N", most=None, power_of_two=True)
ERROR = Number(name="epsilon", meaning="error", least=0, most=1, whole=False)
NORM = evolve(ERROR, name="K_1", most=None)
OPEN = Number(name="delta", meaning="margin", least=0, below=1, whole=False)
ANY = Number(name="digit", meaning="which")
VARIANT = Choice(name="variant", meaning="construction", of=("tight", "fixed_point"))
NAMES = Choices(name="memories", meaning="loaders", of=("ideal", "qroam-clean", "qrom"))
LENGTH = Size(name="start", aliases=("from",), meaning="smallest length", least=4)


@pytest.mark.parametrize(
    ("parameter", "given", "value"),
    [
        (SIZE, "2", 2),
        (SIZE, "1048576", 2**20),
        (SIZE, "7", 7),
        (SIZE, "2**10", 1024),
        (SIZE, "2^10", 1024),
        (SIZE, "1e3", 1000),
        (SIZE, "1.5e3", 1500),
        (SIZE, 7, 7),
        (SIZE, 7.0, 7),
        (POWER, "2", 2),
        (POWER, str(2**400), 2**400),
        (POWER, "2**400", 2**400),
        (ERROR, "1", 1.0),
        (ERROR, "1e-300", 1e-300),
        (ERROR, ".5", 0.5),
        (ERROR, 0.5, 0.5),
        (NORM, "2**3", 8.0),
        (OPEN, "0.999", 0.999),
        (ANY, "-1", -1),
        (LENGTH, "1024", 1024),
        (LENGTH, "2**64", 2**64),
        (LENGTH, 2**14, 2**14),
        (VARIANT, "tight", "tight"),
        (VARIANT, "fixed-point", "fixed_point"),
        (NAMES, "qrom, ideal", ("ideal", "qrom")),
        (NAMES, ["qroam_clean"], ("qroam-clean",)),
        (Flag(name="output", meaning="run it"), True, True),
        (Flag(name="output", meaning="run it"), "no", False),
        (Text(name="names", meaning="parts", many=True), ["a", "b"], ("a", "b")),
        (Text(name="paper", meaning="which"), "x", "x"),
        (evolve(OPEN, many=True), ["0.5", "0.25"], (0.5, 0.25)),
        (evolve(OPEN, many=True), 0.5, (0.5,)),
    ],
)
def test_what_is_allowed_is_taken(parameter, given, value):
    """A value in range comes out exactly, with the type that its kind has."""
    found = parameter.parse(given)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("parameter", "texts"),
    [
        (
            SIZE,
            ["1", "0", "-2", "1048577", "2.5", "1.5e0", "nan", "inf", "two", "", "0x8", "2**-1"],
        ),
        (
            SIZE,
            ["2**-1", "2**10**9", "9**999999999", "1e999999999", "1e-3", "2**", "**2", "1e", True],
        ),
        (POWER, ["1", "0", "-4", "3", "6", str(2**400 + 1), "4.1", "nan", "-inf", "9" * 5000]),
        (NORM, ["0", "-1", "nan", "inf", "-inf", "1e400", "2**5000"]),
        (ERROR, ["0", "-0.0", "-1", "1.0001", "nan", "inf", "-inf", "1e400", "1e-400", "x", "1j"]),
        (OPEN, ["0", "1", "nan", None]),
    ],
)
def test_numbers_that_are_not_allowed_are_refused(parameter, texts):
    """The refusal is one short sentence: name, range, and what was given."""
    for text in texts:
        with pytest.raises(ValueError, match=f"{parameter.name} must be a ") as caught:
            parameter.parse(text)
        assert parameter.allowed in str(caught.value)
        assert str(text)[:20] in str(caught.value)
        assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("parameter", "text", "problem"),
    [
        (
            VARIANT,
            "tigth",
            "must be one of tight, fixed_point, got 'tigth'; did you mean",
        ),
        (VARIANT, "x" * 500, "got 'xxxxx"),
        (NAMES, "ideal,disk", "--memories takes some of ideal,qroam-clean,qrom, got 'disk'"),
        (
            LENGTH,
            "1000",
            "--from must be a power of two from 4 to 2**64, such as 2**20, got",
        ),
        (LENGTH, "2", "--from must be a power of two"),
        (Flag(name="output", meaning="run it"), "maybe", "--output must be yes or no"),
    ],
)
def test_names_that_are_not_allowed_are_refused(parameter, text, problem):
    with pytest.raises(ValueError) as caught:
        parameter.parse(text)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 150


def test_ranges_are_said_as_a_person_would():
    """Kind, lower bound with the relation that applies, and upper bound if there is one."""
    assert SIZE.allowed == "whole number >= 2 and <= 2**20"
    assert POWER.allowed == "power of two >= 2"
    assert ERROR.allowed == "number > 0 and <= 1"
    assert OPEN.allowed == "number > 0 and < 1"
    assert ANY.allowed == "whole number"
    assert evolve(SIZE, most=100).allowed == "whole number >= 2 and <= 100"


@pytest.mark.parametrize("parameter", [SIZE, POWER, ERROR, NORM, OPEN, VARIANT, NAMES, LENGTH])
def test_the_least_value_is_allowed(parameter):
    assert parameter.parse(parameter.least_value) is not None


def test_spelling():
    assert spelled("rotation_error") == "--rotation-error"
    assert did_you_mean("convoltion", ["convolution", "qsvt"]) == "; did you mean convolution?"
    assert did_you_mean("K-1", ["K_1"]) == "; did you mean K_1?"
    assert did_you_mean("zebra", ["convolution"]) == ""
    assert File(name="image", meaning="array", suffixes=(".npy",)).metavar == "FILE.npy"
