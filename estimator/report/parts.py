"""What a report is made of: facts, tables, charts and notes, values beside how they are shown.

Values are numbers, SymPy expressions, text, `None`, or lists and mappings of these; they are never
formatted. A style says how a value is shown where a person reads it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any, Literal, Protocol, TypeAlias

from attrs import field, frozen

from estimator.report.breakdown import AnyBreakdown
from estimator.report.text import EXACT, TEXT, Style

Value: TypeAlias = Any
"""A number, a SymPy expression, text, `None`, or a list or mapping of these."""


@frozen
class Shown:
    """A value as it was shown once, in place of the value itself.

    Args:
        plain: as JSON has it.
        text: as a person reads it.
    """

    plain: Any
    text: str


Row: TypeAlias = Mapping[str, Value]

Place: TypeAlias = Literal["everywhere", "shown", "data"]
"""Where a part appears: everywhere; only where a person reads; only in JSON and data frames."""


def _values(given: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(given)


class Kind(StrEnum):
    """What a number is."""

    EXACT = "exact"
    UPPER_BOUND = "upper bound"
    MEASURED = "measured"
    ASSUMED = "assumed"
    PUBLISHED = "published"
    ESTIMATE = "estimate"


@frozen(kw_only=True)
class Fact:
    """One value with a name.

    Args:
        key: its name in JSON.
        value: of any kind; where it is `None`, nothing is shown.
        label: its name for a reader; the key if empty.
        unit: in words.
        style: how it is shown.
        kind: what it is.
        place: where it appears.
        beside: what else a person reads, after the unit.
    """

    key: str
    value: Value
    label: str = ""
    unit: str = ""
    style: Style = EXACT
    kind: Kind = Kind.EXACT
    place: Place = "everywhere"
    beside: str = ""

    @property
    def shown_label(self) -> str:
        """Its name for a reader."""
        return self.label or self.key

    @property
    def shown_unit(self) -> str:
        """Its unit, that it is an upper bound if it is one, and what else there is to say."""
        unit = self.unit
        if self.kind is Kind.UPPER_BOUND and unit:
            unit = f"{unit}, at most"
        return "; ".join(each for each in (unit, self.beside) if each)


@frozen(kw_only=True)
class Facts:
    """Facts under one name.

    Args:
        key: their name in JSON.
        rows: the facts.
        heading: printed above them.
        place: where it appears.
        grows: what stands before their labels where growth is asked about; `None` if they are no
            costs that grow.
    """

    key: str
    rows: tuple[Fact, ...] = field(converter=_values)
    heading: str = ""
    place: Place = "everywhere"
    grows: str | None = None


@frozen(kw_only=True)
class Column:
    """One column of a table.

    Args:
        key: its name in JSON.
        label: its heading; the key if `None`.
        unit: in words.
        style: how its values are shown.
        kind: what they are.
        align: of its cells.
        wraps: whether long cells may take several lines.
        least: characters that it has at least.
    """

    key: str
    label: str | None = None
    unit: str = ""
    style: Style = TEXT
    kind: Kind = Kind.EXACT
    align: Literal["left", "right"] = "left"
    wraps: bool = True
    least: int = 0

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.key if self.label is None else self.label


@frozen(kw_only=True)
class Table:
    """Rows of values.

    Args:
        key: its name in JSON.
        columns: what each row has.
        rows: the values by key of the column; what a row lacks is `None`.
        heading: printed above it.
        gap: blanks between two columns. Unit: characters.
        is_section: whether an empty line comes before the heading.
        keeps_words: whether no column is narrower than its longest word.
        place: where it appears.
        grows: the column that names rows, and those whose formulas growth is asked about; none if
            they are no costs that grow.
    """

    key: str
    columns: tuple[Column, ...] = field(converter=_values)
    rows: tuple[Row, ...] = field(converter=_values)
    heading: str = ""
    gap: int = 2
    is_section: bool = False
    keeps_words: bool = False
    place: Place = "everywhere"
    grows: tuple[str, ...] = ()


@frozen(kw_only=True)
class Line:
    """One curve.

    Args:
        label: what it is.
        x: where it is known.
        y: its values there.
        is_classical: whether it is an algorithm without a quantum computer.
    """

    label: str
    x: tuple[Value, ...] = field(converter=_values)
    y: tuple[Value, ...] = field(converter=_values)
    is_classical: bool = False


@frozen(kw_only=True)
class Axis:
    """What is measured along an axis.

    Args:
        label: in words, unit included.
        is_logarithmic: whether equal steps are equal factors.
    """

    label: str
    is_logarithmic: bool = False


@frozen(kw_only=True)
class Mark:
    """A point of a chart that has something to say.

    Args:
        x: where.
        y: where.
        label: what is there.
    """

    x: Value
    y: Value
    label: str


@frozen(kw_only=True)
class Chart:
    """Curves over one axis; a panel of the report's picture.

    Args:
        key: its name in JSON.
        title: printed above it.
        x: the horizontal axis.
        y: the vertical one.
        lines: the curves.
        marks: points on them with a label.
        note: what marks are, said once below the picture.
        place: where it appears.
    """

    key: str
    title: str
    x: Axis
    y: Axis
    lines: tuple[Line, ...] = field(converter=_values)
    marks: tuple[Mark, ...] = field(default=(), converter=_values)
    note: str = ""
    place: Place = "everywhere"


class Tone(StrEnum):
    """How a piece of text strikes the reader."""

    PLAIN = ""
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@frozen
class Span:
    """A piece of a line in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


@frozen
class NoteLine:
    """A line of pieces of different tone, all but its first line indented as far.

    Args:
        spans: the pieces.
        indent: blanks before it. Unit: characters.
    """

    spans: tuple[Span, ...] = field(converter=_values)
    indent: int = 0

    @property
    def text(self) -> str:
        """Without its tones."""
        return "".join(span.text for span in self.spans)


@frozen(kw_only=True)
class Notes:
    """Lines of text.

    Args:
        key: their name in JSON.
        lines: text, or lines in several tones.
        heading: printed above them.
        tone: of the lines that are text.
        indent: of the lines that are text. Unit: characters.
        is_section: whether an empty line comes before.
        wraps: whether a terminal breaks lines that are too long for it.
        place: where it appears.
    """

    key: str
    lines: tuple[str | NoteLine, ...] = field(converter=_values)
    heading: str = ""
    tone: Tone = Tone.PLAIN
    indent: int = 0
    is_section: bool = False
    wraps: bool = True
    place: Place = "everywhere"


Part: TypeAlias = Fact | Facts | Table | Chart | Notes


class AnyReport(Protocol):
    """What renderers ask of a report."""

    @property
    def title(self) -> str: ...
    @property
    def settings(self) -> Mapping[str, Value]: ...
    @property
    def settings_style(self) -> Style: ...
    @property
    def parts(self) -> Sequence[Part]: ...
    @property
    def glossary(self) -> Mapping[str, str]: ...
    @property
    def passed(self) -> bool | None: ...
    @property
    def verdict(self) -> Any: ...
    @property
    def units(self) -> Mapping[str, str]: ...
    @property
    def assumed(self) -> Collection[str]: ...
    @property
    def head(self) -> str: ...
    @property
    def widest_name(self) -> int: ...
    @property
    def breakdown(self) -> Callable[[], AnyBreakdown]: ...


def shown(report: AnyReport) -> list[Part]:
    """The parts that a person reads."""
    return [part for part in report.parts if part.place != "data"]


def data(report: AnyReport) -> list[Part]:
    """The parts that JSON has."""
    return [part for part in report.parts if part.place != "shown"]


def fact_groups(parts: Sequence[Part]) -> list[list[Fact]]:
    """The facts that a person reads, those of one grid together: up to a heading or another part.

    Args:
        parts: in order.
    """
    found: list[list[Fact]] = []
    for is_fact, group in groupby(parts, lambda part: isinstance(part, (Fact, Facts))):
        if is_fact:
            found.append([])
            for part in group:
                if isinstance(part, Facts) and part.heading:
                    found.append([])
                found[-1] += rows_of(part)
    return [facts for facts in found if facts]


def rows_of(part: Part) -> list[Fact]:
    """The facts of a part that a person reads."""
    rows = part.rows if isinstance(part, Facts) else [part]
    return [
        row
        for row in rows
        if isinstance(row, Fact) and row.value is not None and row.place != "data"
    ]


def definitions(answer: AnyReport | Sequence[AnyReport]) -> dict[str, Any]:
    """What symbols in an answer's formulas stand for, by name: any fact may be such a name."""
    reports = answer if isinstance(answer, Sequence) else (answer,)
    return {
        row.key: row.value
        for report in reports
        for part in report.parts
        if isinstance(part, Facts)
        for row in part.rows
        if not isinstance(row.value, (str, bool, type(None)))
    }
