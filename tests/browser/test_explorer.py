"""Pages with controls: what they say is what Python says, and every control moves it."""

import json
import os
import random
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
import sympy
from page_list import EXPLORED, EXPLORERS

import quledger
from estimator.ask.explorable import Target
from estimator.costs.budget import Synthesis
from estimator.costs.cost import T_PER_TOFFOLI
from estimator.explorer import payload
from estimator.explorer.controls import UNSET, controls_of
from estimator.explorer.forms import forms_of, sizes_of
from estimator.grid.array_formula import Evaluator, NoArrayError
from estimator.grid.columns import cells
from estimator.grid.sizes import sizes_at

POINTS = int(os.environ.get("POINTS", "250"))
"""Of each system; `make browser POINTS=1000` takes a thousand, which is some minutes."""

SINGLE = 4
"""Of each question, asked of the command too."""

CLOSE = 1e-9
"""Relative distance of two floating-point numbers that are the same, twelve digits being shown."""

pages = pytest.mark.parametrize("made", EXPLORERS, ids=[each.name for each in EXPLORERS])

ANSWERS = """([at, points]) => points.map(point => {
  const found = quledgerPage.answer(at, point);
  if (found.problem) return found.problem;
  return Object.fromEntries(Object.entries(found.columns).map(([key, x]) => [key, x.text]));
})"""


def asked_of(made):
    """What a page is about, and what is named on its command line."""
    name, *words = EXPLORED[made.name.removeprefix("explore-")].split()
    return Target.of(name), {x[2:]: y for x, y in zip(words[::2], words[1::2], strict=True)}


def drawn(control, draw):
    """A value of a control, at a stop or between them."""
    if not control["free"] or draw.random() < 0.6:
        return draw.choice(control["stops"])
    low, high = float(control["stops"][0]), float(control["stops"][-1])
    value = low * (high / low) ** draw.random() if low > 0 else low + (high - low) * draw.random()
    return str(int(value)) if control["kind"] == "whole" else f"{value:.6g}"


def question_of(page, at):
    texts = page.evaluate("document.getElementById('questions').textContent")
    return json.loads(texts)[at]


def value_of(control, text):
    if control["kind"] == "choice":
        return text
    return float(text) if control["kind"] == "real" else int(text)


def same(text, value):
    """Whether the page's text is this number: exactly if it is whole."""
    plain = text.replace(",", "")
    if isinstance(value, (int, np.integer)) and plain.lstrip("-").isdigit():
        wide = abs(int(value)) >= 1e15 and len(plain.rstrip("0")) <= 17
        return int(plain) == int(value) or (wide and abs(int(plain) / int(value) - 1) < CLOSE)
    return abs(Fraction(plain) - Fraction(str(value))) <= CLOSE * abs(Fraction(str(value)))


def by_arrays(found, controls, points):
    """The columns of each point, by NumPy from the formulas: (form, points, columns)."""
    sizes = sizes_of(found.question, controls)
    wholes = set(payload.whole_symbols(found.question, sizes))
    forms = {form.values: form for form in FORMS[found.question.name]}
    groups = defaultdict(list)
    for i, point in enumerate(points):
        groups[tuple(point[each.name] for each in controls.forms)].append(i)
    known = {}
    for key, places in groups.items():
        form = forms[key]
        values = defaultdict(list)
        for i in places:
            for name, array in points_sizes(points[i], controls, sizes, wholes).items():
                values[name].append(array)
        arrays = {name: np.array(x, dtype=object if isinstance(x[0], int) else float)
                  for name, x in values.items()}  # fmt: skip
        evaluator = Evaluator({k: sympy.sympify(x) for k, x in form.definitions.items()}, known)
        evaluator.start(arrays)
        yield form, places, evaluator


def points_sizes(point, controls, sizes, wholes):
    fixed = {x.name: value_of(x.plain(), point[x.name]) for x in controls.of if point[x.name]}
    found = sizes_at(sizes, wholes, (), fixed).values
    return {name: x.item() for name, x in found.items()}


FORMS = {}


@pages
def test_random_points_are_those_of_python(made, written, show):
    """Every column at each, worked out from the formulas by NumPy, whole numbers exactly."""
    target, given = asked_of(made)
    draw = random.Random(made.name)
    compared = 0
    with show(written(made)) as page:
        for at, found in enumerate(target.found):
            controls = controls_of(found.question, target.settings(given)[found.question.name])
            FORMS[found.question.name] = forms_of(
                found.system, found.question, controls, lambda steps, _: steps
            )
            question = question_of(page, at)
            points = [{each["name"]: drawn(each, draw) for each in question["controls"]}
                      for _ in range(POINTS // len(target.found) + 1)]  # fmt: skip
            answers = page.evaluate(ANSWERS, [at, points])
            asked = [i for i, each in enumerate(answers) if not isinstance(each, str)]
            assert len(asked) > len(points) / 4, answers
            chosen = [points[i] for i in asked]
            for form, places, evaluator in by_arrays(found, controls, chosen):
                compared += compare(
                    form, evaluator, [(chosen[i], answers[asked[i]]) for i in places]
                )
    assert compared > POINTS


def compare(form, evaluator, points):
    """The number of values compared; what has no answer on the page has none there."""
    compared = 0
    total = {}
    for column in form.columns:
        if isinstance(column.value, (str, bool)):
            continue
        texts = [each[column.key] for _, each in points]
        if any(each.startswith("no answer") for each in texts):
            continue
        try:
            values = np.broadcast_to(
                evaluator.column(sympy.sympify(column.value)), len(points)
            ).tolist()
        except NoArrayError:
            continue
        total[column.key] = values
        if column.key == payload.TOTAL and set(payload.PRICED) <= total.keys():
            values = [priced(total, i, point) for i, (point, _) in enumerate(points)]
            here = {**evaluator.values, payload.TOTAL: np.array(values, dtype=object)}
            evaluator.start(here)  # rivals are made of this total
        for text, value, (point, _) in zip(texts, values, points, strict=True):
            assert same(text, value), (column.key, text, value, point, form.values)
            compared += 1
    return compared


def priced(total, i, point):
    """T gates of everything at the price that the point's synthesis has."""
    method = next(each for each in Synthesis if each.label == point["synthesis"])
    price = int(method.t_count(float(point["rotation_error"])))
    t, toffoli, cswap, rotations = (total[name][i] for name in payload.PRICED)
    return t + T_PER_TOFFOLI * (toffoli + cswap) + price * rotations


@pages
def test_some_points_are_those_of_the_command(made, written, show):
    """With a circuit, where the answer has one: the page's formulas are not what it is asked by."""
    target, _ = asked_of(made)
    draw = random.Random(made.name + "single")
    with show(written(made)) as page:
        for at, found in enumerate(target.found):
            question = question_of(page, at)
            pinned = {option[2:]: value for option, value in question["pinned"].items()}
            left = SINGLE
            for _ in range(200):
                point = {each["name"]: drawn(each, draw) for each in question["controls"]}
                (answer,) = page.evaluate(ANSWERS, [at, [point]])
                if isinstance(answer, str):
                    continue
                single = cells(
                    quledger.cost(found.question.name, **named(page, at, question, point), **pinned)
                )
                for key, text in answer.items():
                    if key in single and isinstance(single[key], (int, sympy.Integer)):
                        assert same(text, int(single[key])), (key, point)
                left -= 1
                if not left:
                    break
            assert left < SINGLE


def named(page, at, question, point):
    """What of a point is named in the command."""
    means = page.evaluate(
        "([at, point]) => quledgerPage.state.questions[at].controls"
        ".filter(x => quledgerQuestion.hasMeaning(quledgerPage.state.questions[at], x.name, point))"
        ".map(x => x.name)",
        [at, point],
    )
    return {name: point[name] for name in means if point[name] != UNSET}


@pages
def test_every_control_moves_the_answer_or_the_command(made, written, show):
    """By the keyboard, each of the first question, and the page never complains."""
    with show(written(made)) as page:
        page.wait_for_function("document.querySelector('#values tr')")
        before = page.inner_text("#command")
        sliders = [x for x in page.locator("[role=slider]").all() if x.is_visible()]
        for slider in sliders:
            slider.press("ArrowLeft" if at_end(slider) else "ArrowRight")
            after = page.inner_text("#command")
            assert after != before, slider.get_attribute("aria-label")
            before = after
        for choice in page.locator("#settings select").all():
            options = choice.locator("option").all()
            if choice.is_visible() and len(options) > 1:
                now = choice.input_value()
                others = [each.get_attribute("value") for each in options]
                choice.select_option(next(x for x in others if x != now))
        assert page.locator("#values tr").count() or page.locator("#problem").is_visible()


def at_end(slider):
    return slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")


def test_a_typed_value_is_taken_or_refused_in_one_sentence(written, show):
    made = next(each for each in EXPLORERS if each.name == "explore-vector-loading")
    with show(written(made)) as page:
        page.wait_for_function("document.querySelector('#values tr')")
        field = page.get_by_label("--b, any value")
        for text, wrong in (
            ("13", False),
            ("1000", True),
            ("x", True),
            ("1e2", False),
            ("-3", True),
        ):
            field.fill(text)
            field.press("Enter")
            assert page.locator("#problem").is_visible() == wrong, text
        assert "--b 100 " in page.inner_text("#command")


def test_whole_numbers_beyond_floating_point_are_exact(written, show):
    made = next(each for each in EXPLORERS if each.name == "explore-communication")
    with show(written(made)) as page:
        point = {**page.evaluate("quledgerPage.state.typed[0]"), "n": "64", "epsilon": "1",
                 "delta": "0.5", "L": "3"}  # fmt: skip
        (answer,) = page.evaluate(ANSWERS, [0, [point]])
    whole = [int(x.replace(",", "")) for x in answer.values() if x.replace(",", "").isdigit()]
    assert any(x > 2**60 and float(x) != x for x in whole)
