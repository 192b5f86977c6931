"""Every parameter of what can be explored moves or has a reason not to, within its own range."""

import pytest

from estimator.ask.parameter import Choice, Flag, Number
from estimator.ask.question import COST
from estimator.ask.registry import questions
from estimator.ask.synthesis import PRICING
from estimator.explorer.controls import controls_of, values_of
from estimator.explorer.forms import MOST

EXPLORED = {
    each.question.name: each for each in questions(COST) if each.question.explored is not None
}
MOVED = [(name, control) for name, each in EXPLORED.items()
         for control in controls_of(each.question, {}).of]  # fmt: skip


def parameter_of(name, control):
    return EXPLORED[name].question.parameter(control.name)


@pytest.mark.parametrize("name", EXPLORED)
def test_every_parameter_moves_or_has_a_reason(name):
    question = EXPLORED[name].question
    controls = controls_of(question, {})
    moved = {each.name for each in controls.of}
    priced = {each.name for each in PRICING}
    for parameter in question.parameters:
        if parameter.name in priced:
            continue
        assert (parameter.name in moved) != bool(controls.left_out.get(parameter.name))
    declared = {*question.explored.starts, *question.explored.stops, *question.explored.forms}
    assert (declared | question.explored.left_out.keys()) - priced <= {
        x.name for x in question.parameters
    }
    assert {*question.explored.kept, *question.explored.where} <= moved | priced


@pytest.mark.parametrize(("name", "control"), MOVED, ids=[f"{x}-{y.name}" for x, y in MOVED])
def test_a_control_stops_at_values_that_its_parameter_takes(name, control):
    assert 0 <= control.start < len(control.stops)
    assert len(set(control.stops)) == len(control.stops)
    if control.kind != "choice":
        assert list(control.values) == sorted(control.values)
    parameter = parameter_of(name, control)
    for stop in control.stops:
        if stop:
            parameter.parse(stop)
    if isinstance(parameter, (Choice, Flag)):
        assert control.kind == "choice"
        assert control.is_form or control.name == "synthesis"


@pytest.mark.parametrize("name", EXPLORED)
def test_a_page_has_not_too_many_sets_of_formulas(name):
    count = 1
    for control in controls_of(EXPLORED[name].question, {}).forms:
        count *= len(control.stops)
    assert count <= MOST


def test_what_is_named_stands_still_or_has_the_values_of_its_list():
    question = EXPLORED["vector-loading"].question
    controls = controls_of(question, {"loader": "qrom,ideal", "N": "2**12"})
    by_name = {each.name: each for each in controls.of}
    assert by_name["loader"].stops == ("qrom", "ideal")
    assert controls.pinned == {"N": "2**12"}
    assert "N" not in by_name


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"N": "3"}, "N must be a power of two"),
        ({"loader": "qrom,tape"}, "--loader must be one of"),
        ({"synthesis": "ancilla-free"}, "cannot be set on a page"),
        ({"epsilon": "0.1"}, "cannot be set on a page"),
    ],
)
def test_what_cannot_be_named_is_refused(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        controls_of(EXPLORED["vector-loading"].question, given)


def test_lists_may_be_text_or_python():
    assert values_of("2, 4") == ("2", "4")
    assert values_of([2, 4]) == (2, 4)
    assert values_of(7) == (7,)


def test_a_number_that_need_not_be_whole_leaves_out_ends_that_are_not_allowed():
    (error,) = [
        each
        for each in controls_of(EXPLORED["vector-loading"].question, {}).of
        if each.name == "rotation_error"
    ]
    assert isinstance(parameter_of("vector-loading", error), Number)
    assert error.is_open_below
    assert error.is_open_above
    assert (error.least, error.most) == (0, 1)
