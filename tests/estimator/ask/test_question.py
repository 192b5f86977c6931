"""Questions with the values of their parameters."""

import pytest

from estimator.ask.parameter import Choice, Number
from estimator.ask.question import COST, Question, asked_of

QUESTION = Question(
    verb=COST,
    name="task",
    says="Does something.",
    source="ours",
    answer="answers:cost",
    parameters=(
        Number(name="L", meaning="entries", least=2),
        Choice(name="variant", meaning="construction", of=("first", "second"), default="first"),
        Number(name="epsilon", meaning="error", least=0, is_required=True, whole=False),
        Number(name="seed", meaning="of chance", default=0),
        Number(name="start", aliases=("from",), meaning="smallest"),
    ),
)


def asked(**given):
    return asked_of(QUESTION, given)


def test_values_are_read_by_name():
    """Every value goes to the parameter of its name; defaults are put in and not called named."""
    found = asked(epsilon="0.5", L="3")
    assert found.values == {"variant": "first", "seed": 0, "epsilon": 0.5, "L": 3}
    assert found.named == {"epsilon", "L"}
    assert found.get("start", 7) == 7


def test_choices_come_first_then_what_was_named_as_it_was():
    """So that an answer shows its settings in the order in which they were typed."""
    assert list(asked(epsilon=1, L=3).values) == ["variant", "seed", "epsilon", "L"]
    assert next(iter(asked(L=3, epsilon=1, variant="second").values)) == "variant"


def test_names_may_be_spelt_with_either_stroke_and_by_a_second_name():
    assert QUESTION.parameter("from").name == "start"
    assert asked_of(QUESTION, {"epsilon": 1, "from": 8}).values["start"] == 8


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"epsilon": 1, "l": 3}, "task has no parameter 'l'; it has L, variant, epsilon, seed"),
        ({"epsilon": 1, "variont": "x"}, "did you mean variant"),
        ({"L": 3}, "Missing option '--epsilon': error"),
        ({"epsilon": 1, "L": 1}, "L must be a whole number >= 2, got '1'"),
        ({"epsilon": 1, "start": 1, "from": 2}, "start is given twice"),
    ],
)
def test_what_does_not_fit_is_refused(given, problem):
    with pytest.raises(ValueError, match=problem):
        asked_of(QUESTION, given)


def test_progress_goes_to_whoever_asked():
    told = []

    def tracker(steps, label):
        for step in steps:
            told.append((label, step))
            yield step

    found = asked_of(QUESTION, {"epsilon": 1}, tracker=tracker)
    assert list(found.track([1, 2], "counting")) == [1, 2]
    assert told == [("counting", 1), ("counting", 2)]
    assert list(asked(epsilon=1).track([1, 2], "counting")) == [1, 2]


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("json", "N", "json is an option of every command"),
        ("N", "N", "need names of their own, got N twice"),
    ],
)
def test_a_name_that_is_taken_is_refused(first, second, problem):
    """A system that declares one is told at once, not when somebody asks."""
    parameters = tuple(Number(name=name, meaning="length") for name in (first, second))
    with pytest.raises(ValueError, match=problem):
        Question(
            verb=COST, name="load", says="", source="", answer="answers:load", parameters=parameters
        )
