"""The controls and the chart of a page, as models of Bokeh that call the page's script."""

from collections.abc import Mapping, Sequence
from typing import Any

from bokeh.layouts import column
from bokeh.models import (
    Button,
    ColumnDataSource,
    CustomJS,
    CustomJSTickFormatter,
    HoverTool,
    InlineStyleSheet,
    Model,
    MultiSelect,
    Range1d,
    Select,
    Slider,
    TextInput,
)
from bokeh.plotting import figure

from estimator.ask.parameter import spelled
from estimator.explorer.controls import Control
from estimator.report.plain import line

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#8a6d00",
)  # fmt: skip
"""Of curves, Okabe and Ito's palette with two more."""

TICKS = """
const from = kind === "2" ? "2**" : kind === "10" ? "" : null;
if (from === null) return String(Number(tick.toPrecision(6)));
if (from === "2**") return Number.isInteger(tick) ? "2**" + tick : "";
return Number.isInteger(tick) ? "1e" + tick : String(Number((10 ** tick).toPrecision(2)));
"""
"""How a place on the axis below is called."""

POWERS = 'return Number.isInteger(tick) ? "1e" + tick : String((10 ** tick).toPrecision(2));'
"""How a place on the axis beside is called."""

WRAPPED = ":host label, .bk-slider-title { white-space: normal; overflow-wrap: anywhere; }"
"""Long titles take several lines."""

LABEL = "return typeof quledgerPage === 'object' ? quledgerPage.label(number, name) : '';"
"""The value of a slider, in words."""

UNNAMED = "not named"
"""What a choice is called that is left to the answer."""


def _calls(script: str, **args: Any) -> CustomJS:
    return CustomJS(args=args, code=script)


def control_models(number: int, controls: Sequence[Control]) -> list[Model]:
    """What moves the parameters of one question.

    Args:
        number: of the question on its page.
        controls: in order.
    """
    found: list[Model] = []
    for each in controls:
        if each.kind == "choice":
            found.append(_choice(number, each))
            continue
        if len(each.stops) > 1:
            found.append(_slider(number, each))
        if each.is_free:
            found.append(_field(number, each))
    return found


def _titled() -> list[Any]:
    return [InlineStyleSheet(css=WRAPPED)]


def _choice(number: int, control: Control) -> Model:
    made = Select(
        title=f"{spelled(control.name)}, {control.meaning}",
        options=[(stop, stop or UNNAMED) for stop in control.stops],
        value=control.stops[control.start],
        name=f"field/{number}/{control.name}",
        stylesheets=_titled(),
        sizing_mode="stretch_width",
    )
    name = line(control.name)
    made.js_on_change("value", _calls(f"quledgerPage.moved({number}, {name}, cb_obj.value);"))
    return made


def _slider(number: int, control: Control) -> Model:
    made = Slider(
        title=f"{spelled(control.name)}, {control.meaning}",
        start=0,
        end=len(control.stops) - 1,
        step=1,
        value=control.start,
        format=CustomJSTickFormatter(code=LABEL, args={"number": number, "name": control.name}),
        tooltips=False,
        name=f"slider/{number}/{control.name}",
        stylesheets=_titled(),
        sizing_mode="stretch_width",
    )
    name = line(control.name)
    made.js_on_change("value", _calls(f"quledgerPage.moved({number}, {name}, cb_obj.value);"))
    return made


def _field(number: int, control: Control) -> Model:
    made = TextInput(
        title=f"{spelled(control.name)}, any value",
        value=control.stops[control.start],
        name=f"field/{number}/{control.name}",
        stylesheets=_titled(),
        sizing_mode="stretch_width",
    )
    name = line(control.name)
    made.js_on_change("value", _calls(f"quledgerPage.moved({number}, {name}, cb_obj.value);"))
    return made


def page_models(questions: Mapping[str, Sequence[Control]]) -> dict[str, Model]:
    """All models of a page, by the place where they stand.

    Args:
        questions: the controls of each question, by its name.
    """
    columns = [
        column(
            *control_models(number, controls),
            name=f"controls/{number}",
            visible=number == 0,
            sizing_mode="stretch_width",
        )
        for number, controls in enumerate(questions.values())
    ]
    inside: list[Model] = list(columns)
    if len(questions) > 1:
        names = list(questions)
        chooser = Select(title="question", options=names, value=names[0], name="question",
                         sizing_mode="stretch_width")  # fmt: skip
        chooser.js_on_change("value", _calls("quledgerPage.chosen(cb_obj.value);"))
        inside.insert(0, chooser)
    return {
        "controls": column(*inside, sizing_mode="stretch_width"),
        "chart": column(*_chart(), sizing_mode="stretch_width"),
    }


def _chart() -> list[Model]:
    along = Select(title="along", options=[], name="along", sizing_mode="stretch_width")
    curves = MultiSelect(
        title="curves, several at once", options=[], size=6, name="curves", stylesheets=_titled(),
        sizing_mode="stretch_width",
    )  # fmt: skip
    for each in (along, curves):
        each.js_on_change("value", _calls("quledgerPage.drawn();"))
    keep = Button(label="Keep this setting to compare", name="keep", sizing_mode="stretch_width")
    keep.js_on_click(_calls("quledgerPage.keep();"))
    return [along, curves, keep, _plot()]


def _plot() -> Model:
    plot = figure(
        height=420,
        name="plot",
        sizing_mode="stretch_width",
        toolbar_location=None,
        tools="",
        output_backend="svg",
        x_range=Range1d(0, 1, name="x range"),
        y_range=Range1d(0, 1, name="y range"),
    )
    dots = []
    for number, colour in enumerate(COLOURS):
        source = ColumnDataSource(
            {"x": [], "y": [], "stop": [], "value": [], "name": []}, name=f"source/{number}"
        )
        plot.line("x", "y", source=source, line_color=colour, line_width=2, name=f"line/{number}")
        dots.append(plot.scatter(
            "x", "y", source=source, fill_color=colour, line_color=None, size=4
        ))  # fmt: skip
    plot.scatter(
        "x", "y", source=ColumnDataSource({"x": [], "y": []}, name="here"), size=11,
        fill_color=None, line_color="#222222", line_width=2,
    )  # fmt: skip
    plot.add_tools(HoverTool(
        renderers=dots, tooltips=[("", "@name"), ("at", "@stop"), ("value", "@value")]
    ))  # fmt: skip
    plot.xaxis.name = "x axis"
    plot.xaxis.formatter = CustomJSTickFormatter(code=TICKS, args={"kind": ""}, name="x ticks")
    plot.yaxis.formatter = CustomJSTickFormatter(code=POWERS)
    return plot
