"""What a user may set: every value allowed is taken as it is, every other one refused."""

import math

import pytest
from attrs import evolve
from qualtran.bloqs.basic_gates import TGate

from estimator import symbols
from estimator.ask.question import Algorithm, Parameter

SIZE = Parameter(
    name="L", symbol=symbols.L, meaning="entries", unit="entries", minimum=2, maximum=2**20
)
POWER = evolve(SIZE, name="N", symbol=symbols.N, maximum=None, power_of_two=True)
ERROR = Parameter(
    name="epsilon",
    symbol=symbols.epsilon,
    meaning="error",
    unit="1",
    minimum=0,
    maximum=1,
    integer=False,
)
NORM = evolve(ERROR, name="K_1", symbol=symbols.norm_1, maximum=None)
TASK = Algorithm(
    name="task",
    says="Does something.",
    source="ours",
    parameters=(SIZE, POWER, ERROR),
    variants=("first", "second"),
    loaders=("tape", "disk"),
    build=lambda **_: TGate(),
    facts=lambda bloq, values: {},
)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (SIZE, "2", 2),
        (SIZE, "1048576", 2**20),
        (SIZE, "7", 7),
        (POWER, "2", 2),
        (POWER, str(2**400), 2**400),
        (ERROR, "1", 1.0),
        (ERROR, "1e-300", 1e-300),
        (ERROR, ".5", 0.5),
    ],
)
def test_what_is_allowed_is_taken(parameter, text, value):
    """A number in range comes out exactly, with the type that its kind has."""
    found = parameter.parse(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("parameter", "texts"),
    [
        (SIZE, ["1", "0", "-2", "1048577", "2.0", "2.5", "1e3", "nan", "inf", "two", "", "0x8"]),
        (POWER, ["1", "0", "-4", "3", "6", str(2**400 + 1), "4.0", "nan", "-inf", "9" * 5000]),
        (NORM, ["0", "-1", "nan", "inf", "-inf", "1e400"]),
        (ERROR, ["0", "-0.0", "-1", "1.0001", "nan", "inf", "-inf", "1e400", "1e-400", "x", "1j"]),
    ],
)
def test_what_is_not_allowed_is_refused(parameter, texts):
    """The refusal is one short sentence: name, range, and what was given."""
    for text in texts:
        with pytest.raises(ValueError, match=f"{parameter.name} must be a ") as caught:
            parameter.parse(text)
        assert parameter.allowed in str(caught.value)
        assert repr(text)[:20] in str(caught.value)
        assert len(str(caught.value)) < 120


def test_ranges_are_said_as_a_person_would():
    """Kind, lower bound with the relation that applies, and upper bound if there is one."""
    assert SIZE.allowed == "whole number >= 2 and <= 2**20"
    assert POWER.allowed == "power of two >= 2"
    assert ERROR.allowed == "number > 0 and <= 1"
    assert evolve(SIZE, maximum=100).allowed == "whole number >= 2 and <= 100"


def test_settings_are_read_by_name():
    """Every setting goes to the parameter of its name, whatever the order."""
    assert TASK.parse({"epsilon": "0.5", "L": "3"}) == {"epsilon": 0.5, "L": 3}
    assert TASK.parse({}) == {}
    with pytest.raises(ValueError, match="task has no parameter 'l'; it has L, N, epsilon"):
        TASK.parse({"l": "3"})


@pytest.mark.parametrize(
    ("kind", "names"), [("variant", ("first", "second")), ("loader", ("tape", "disk"))]
)
def test_the_first_choice_is_the_default(kind, names):
    """A name chooses itself, no name the first, and an unknown name nothing."""
    assert [TASK.choose(kind, name) for name in (None, *names)] == [names[0], *names]
    with pytest.raises(ValueError, match=f"task has no {kind} 'x'; choose one of {names[0]}, "):
        TASK.choose(kind, "x")


def test_plain_data_is_complete():
    """As plain data an algorithm keeps every name, unit and bound."""
    data = TASK.as_json()
    assert data["variants"] == ["first", "second"]
    assert data["loaders"] == ["tape", "disk"]
    assert [each["name"] for each in data["parameters"]] == ["L", "N", "epsilon"]
    assert [each["maximum"] for each in data["parameters"]] == [2**20, None, 1]
    assert all(math.isfinite(each["minimum"]) for each in data["parameters"])
    assert data["parameters"][2]["allowed"] == "number > 0 and <= 1"
