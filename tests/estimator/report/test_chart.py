"""Charts by their artists: titles, names of curves, crossings, and nothing on top of another."""

import itertools

import numpy as np
import pytest
from matplotlib.text import Annotation

from estimator.report.chart import figure
from estimator.report.chart_labels import extent
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Line, Mark

SIZES = tuple(2**k for k in range(10, 31, 4))
NAMES = ("1 tight ideal", "1 tight bucket-brigade", "2 tight ideal", "2 tight qroam-clean")


def curve(label, factor, power, is_classical=False):
    return Line(
        label=label,
        x=SIZES,
        y=[factor * size**power for size in SIZES],
        is_classical=is_classical,
    )


def chart(key, lines, marks=(), title="gates"):
    axes = (Axis(label=name, is_logarithmic=True) for name in ("N", "gates"))
    x, y = axes
    return Chart(key=key, title=title, x=x, y=y, lines=lines, marks=marks, note="circle: a mark")


CROWDED = [
    *(curve(name, 1000 + k, 1) for k, name in enumerate(NAMES)),
    curve("classical: exact", 1, 2, is_classical=True),
    curve("classical: sampler", 10**9, 0, is_classical=True),
]
"""Four curves that end within a percent of each other, and two that do not."""

MARKS = [Mark(x=1000 + 60 * k, y=(1000 + 60 * k) ** 2, label=f"from 2^{10 + k}") for k in range(4)]
"""So near each other that their words would lie on each other."""

LONG = "gates: " + "with the output matrix, then pooled; " * 4


@pytest.fixture(scope="module")
def drawn():
    """A figure of four panels, and their charts."""
    charts = [
        chart("a", CROWDED, MARKS, LONG),
        chart("b", CROWDED[::-1], title=LONG),
        chart("c", [curve(f"way {k}", 1000 + k, 1) for k in range(6)]),
        chart("d", CROWDED[1:], MARKS[:2]),
    ]
    made = figure(Report(title="test", parts=charts, settings={"k": 2}))
    made.draw_without_rendering()
    return made, charts


def named(axes):
    """The names of curves, by label."""
    return {text.get_text(): text for text in axes.texts if text.arrow_patch is not None}


def words(axes):
    """What is said beside marks."""
    return [text for text in axes.texts if text.arrow_patch is None]


def curves(axes):
    """The curves, by label."""
    return {line.get_gid(): line for line in axes.lines if line.get_gid() is not None}


def apart(one, other):
    return one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 or other.y1 <= one.y0


def test_every_panel_has_a_title_of_its_own(drawn):
    """Broken into lines where it is long, and clear of the other panels' titles."""
    made, charts = drawn
    titles = [axes.title for axes in made.axes]
    assert [" ".join(each.get_text().split()) for each in titles] == [
        each.title.strip() for each in charts
    ]
    boxes = [each.get_window_extent() for each in titles]
    assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))
    assert all(made.bbox.x0 <= box.x0 and box.x1 <= made.bbox.x1 for box in boxes)


def test_every_curve_is_named_where_it_ends(drawn):
    """In its colour, with a line to its last point."""
    made, charts = drawn
    for axes, each in zip(made.axes, charts, strict=True):
        assert set(named(axes)) == set(curves(axes)) == {line.label for line in each.lines}
        for label, line in curves(axes).items():
            name = named(axes)[label]
            assert isinstance(name, Annotation)
            assert name.xy == tuple(line.get_xydata()[-1])
            assert name.get_color() == line.get_color()


def test_names_keep_clear_of_each_other_and_of_the_panels(drawn):
    """Also where curves end at almost the same point; in the order in which they end."""
    made, _ = drawn
    for axes in made.axes:
        boxes = [extent(name) for name in named(axes).values()]
        assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))
        assert all(axes.bbox.x1 < box.x0 and box.x1 <= made.bbox.x1 for box in boxes)
        others = [other.get_tightbbox() for other in made.axes if other is not axes]
        assert all(apart(box, other) for box in boxes for other in others)
        ends = {label: line.get_ydata()[-1] for label, line in curves(axes).items()}
        heights = {label: extent(name).y0 for label, name in named(axes).items()}
        assert sorted(ends, key=ends.get) == sorted(heights, key=heights.get)


def test_curves_that_end_apart_are_named_at_their_height(drawn):
    made, _ = drawn
    axes = made.axes[0]
    for label in ("classical: exact", "classical: sampler"):
        box, end = extent(named(axes)[label]), curves(axes)[label].get_xydata()[-1]
        assert (box.y0 + box.y1) / 2 == pytest.approx(axes.transData.transform(end)[1], abs=3)


def test_a_curve_looks_the_same_in_every_panel_and_like_no_other_in_one(drawn):
    made, _ = drawn
    looks = {}
    for axes in made.axes:
        here = {
            label: (line.get_color(), line.get_linestyle(), line.get_linewidth())
            for label, line in curves(axes).items()
        }
        assert len(set(here.values())) == len(here)
        for label, look in here.items():
            assert looks.setdefault(label, look) == look


def test_crossings_are_marked_and_said_in_clear_words(drawn):
    """A circle at each; words that lie on no circle, curve's name or other words; what they are."""
    made, charts = drawn
    for axes, each in zip(made.axes, charts, strict=True):
        circles = [line.get_xydata()[0] for line in axes.lines if line.get_gid() is None]
        assert np.allclose(circles, [(mark.x, mark.y) for mark in each.marks]) or not each.marks
        assert [word.get_text() for word in words(axes)] == [mark.label for mark in each.marks]
        boxes = [extent(text) for text in (*words(axes), *named(axes).values())]
        assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))
        for x, y in (axes.transData.transform(at) for at in circles):
            assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for box in boxes)
        assert all(axes.bbox.x0 <= extent(word).x0 for word in words(axes))
    below = made.get_supxlabel()
    assert below.splitlines() == ["fixed: k = 2", "circle: a mark"]


def test_the_same_words_beside_each_other_are_said_once():
    marks = [Mark(x=1000 + k, y=1000**2, label="from 2^10") for k in range(3)]
    (axes,) = figure(Report(title="test", parts=[chart("a", CROWDED, marks)])).axes
    assert [word.get_text() for word in words(axes)] == ["from 2^10"]
    assert sum(line.get_gid() is None for line in axes.lines) == 3


def test_a_single_panel_keeps_its_page():
    """Whole numbers at an axis of numbers of things, and no line longer than the page."""
    lines = [Line(label="gates", x=(0, 1, 2), y=(1.0, 3.0, 2.0))]
    plain = Chart(key="a", title="gates", x=Axis(label="part"), y=Axis(label="gates"), lines=lines)
    made = figure(Report(title="test", parts=[plain], settings={"images": "a digit " * 30}))
    made.draw_without_rendering()
    (axes,) = made.axes
    assert all(float(tick).is_integer() for tick in axes.get_xticks())
    (below,) = (text for text in made.texts if text.get_text().startswith("fixed"))
    box = extent(below)
    assert made.bbox.x0 <= box.x0
    assert box.x1 <= made.bbox.x1
